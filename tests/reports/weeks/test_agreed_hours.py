"""Agreed hours of a week and of several, on paper."""

from __future__ import annotations

import pytest

from configs.schema.contracts import Contract
from configs.schema.rules import Rules
from reports.metrics.agreed_hours import HourLimits, agreed_week, agreed_weeks

BREAKS = {"breaks": [{"length": "30min", "after": "4h"}]}
FULL = Contract.model_validate(
    {"days_per_week": 5, "cost_per_hour": 10, "shifts": [{"length": "8h", "start": "08:00"}], **BREAKS}
)
"""Five days of 7.5 paid hours."""
MIXED = Contract.model_validate({
    "days_per_week": 5, "min_days": 3, "cost_per_hour": 10,
    "shifts": [{"length": "4h", "start": "08:00"}, {"length": "10h", "start": "08:00"}],
})  # fmt: skip
"""Three to five days of 4 or 10 hours."""


def rules(**hours: dict[str, object]) -> Rules:
    return Rules.model_validate({"hours": hours})


def week(contract: Contract = FULL, own: Rules | None = None, leave: int = 0, **row: float):
    return agreed_week(contract, row, own, leave)


@pytest.mark.parametrize(
    ("contract", "leave", "least", "most"),
    [(FULL, 0, 37.5, 37.5), (FULL, 2, 22.5, 22.5), (FULL, 7, 0, 0), (MIXED, 0, 12, 50), (MIXED, 4, 0, 10)],
)
def test_without_rules_the_contract_says_it(contract: Contract, leave: int, least: float, most: float) -> None:
    """Its days with their shortest and longest shift; whole days of leave count as working days."""
    assert week(contract, leave=leave).hours == HourLimits(least, most)


def test_hours_of_the_person_take_the_place_of_the_contract_s_least() -> None:
    """``hours_min`` with its share of leave; the contract's most stays where it is lower."""
    assert week(MIXED, hours_min=20.0, hours_max=30.0).hours == HourLimits(20, 30)
    assert week(MIXED, leave=2, hours_min=20.0, hours_max=30.0).hours == HourLimits(12, 30)
    assert week(MIXED, leave=3, hours_max=30.0).hours == HourLimits(0, 20)
    assert week(MIXED, hours_max=8.0).hours == HourLimits(8, 8)


def test_the_tightest_of_several_is_in_force() -> None:
    """Two rules of a week and the hours of the person."""
    own = rules(law={"most": "48h"}, own={"least": "18h", "most": "36h"})
    assert week(MIXED, own, hours_min=20.0).hours == HourLimits(20, 36)
    assert week(MIXED, own, hours_min=10.0, hours_max=34.0).hours == HourLimits(18, 34)


def test_rules_of_other_things_are_not_hours_of_the_week() -> None:
    """Hours worked instead of paid, a day, a calendar month, rolling days."""
    own = rules(
        worked={"most": "10h", "count": "worked"}, day={"per": "day", "most": "8h"},
        month={"per": "month", "most": "20h"}, days={"per": "14d", "most": "20h"},
    )  # fmt: skip
    assert week(own=own).hours == week().hours
    assert agreed_weeks([week(own=own)] * 2, own) == agreed_weeks([week()] * 2, None)


def test_leave_excuses_from_a_rule_or_counts_as_its_leave_day() -> None:
    """As the verifier judges it: without ``leave_day`` no least, with it so many hours less of both."""
    assert week(MIXED, rules(own={"least": "30h"}), leave=1).hours == HourLimits(8, 40)
    credited = rules(own={"least": "30h", "most": "40h", "leave_day": "8h"})
    assert week(MIXED, credited, leave=2).hours == HourLimits(14, 24)
    assert week(MIXED, credited, leave=7).hours == HourLimits(0, 0)


def test_weeks_add_up() -> None:
    """A part-time week with leave between two ordinary ones."""
    some = [week(hours_min=20.0), week(hours_min=20.0, leave=1), week(hours_min=20.0)]
    assert agreed_weeks(some, None) == HourLimits(56, 105)


@pytest.mark.parametrize(
    ("weeks", "least", "most"), [(4, 140, 148), (8, 280, 296), (3, 112.5, 112.5), (2, 75, 75), (6, 225, 225)]
)
def test_a_rule_over_four_weeks_limits_as_many_times_as_it_fits(weeks: int, least: float, most: float) -> None:
    """Over three or six weeks it says nothing: the contract does."""
    own = rules(month={"per": "4w", "least": "140h", "most": "148h"})
    assert agreed_weeks([week(own=own)] * weeks, own) == HourLimits(least, most)


def test_leave_over_four_weeks() -> None:
    """Two days of eight hours less; without ``leave_day`` the least is that of the contract, lowered by its share."""
    some = [week(leave=2), *[week()] * 3]
    credited = rules(month={"per": "4w", "least": "144h", "most": "150h", "leave_day": "8h"})
    assert agreed_weeks(some, credited) == HourLimits(128, 134)
    excused = rules(month={"per": "4w", "least": "144h", "most": "150h"})
    assert agreed_weeks(some, excused) == HourLimits(135, 135)
