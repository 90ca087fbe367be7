"""Which shift type a finished shift is, and what of it is paid."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest

from configs.schema import Config
from configs.tables import records
from optimize.roster.inputs.people import read_people
from optimize.roster.planner import plan_week
from optimize.roster.schedule.paid_time import breaks_paid, paid_intervals
from optimize.roster.schedule.schedule import Schedule
from optimize.roster.schedule.shift import PlannedActivity, Shift
from optimize.roster.schedule.shift_type import may_begin, shift_type_of
from optimize.roster.verify.duty import read_duties
from optimize.roster.verify.kinds import kind_of
from optimize.roster.verify.kinds import may_begin as verifier_may_begin
from tests.optimize.roster import weeks
from tests.optimize.roster.schedule.build import schedule_of, shift_of, utc

MINUTE = timedelta(minutes=1)
MONDAY = "2026-11-30 08:00"
TWO_BREAKS = [{"length": "15min", "after": "1h-3h", "paid": True}, {"length": "30min", "after": "3h-5h"}]
CONTRACT: dict[str, Any] = {
    "agents": 3, "days_per_week": 5, "cost_per_hour": 10, "breaks": TWO_BREAKS, "break_gap": "45min",
    "shifts": [{"length": "8h", "start": "08:00-10:00", "step": "1h", "days": ["mon", "tue", "wed", "thu", "fri"]}],
}  # fmt: skip


def config_of(contract: dict[str, Any] = CONTRACT, timezone: str = "UTC", **more: Any) -> Config:
    plan = {"name": "tiny", "timezone": timezone, "interval": "15min"}
    return weeks.config_of(plan=plan, contracts={"d": contract}, **more)


def with_breaks(*spans: tuple[int, int], start: str = MONDAY, **more: Any) -> Shift:
    """A shift of eight hours with breaks given as minutes after its start and lengths."""
    begin = utc(start)
    breaks = tuple((begin + first * MINUTE, begin + (first + length) * MINUTE) for first, length in spans)
    return shift_of("a", start, breaks=breaks, paid_h=7.5, **more)


def kind_by_the_verifier(config: Config, shift: Shift) -> object:
    """What the verifier finds for the same row."""
    (row,) = records(schedule_of(shift, timezone=config.plan.timezone).table)
    return kind_of(config, row)


@pytest.mark.parametrize(
    ("breaks", "fits"),
    [
        (((60, 15), (180, 30)), True),  # both as early as they may begin
        (((180, 15), (300, 30)), True),  # both as late
        (((59, 15), (180, 30)), False),
        (((60, 15), (301, 30)), False),
        (((181, 15), (300, 30)), False),
        (((135, 15), (195, 30)), True),  # 45 minutes between them
        (((136, 15), (195, 30)), False),
        (((60, 15), (180, 31)), False),
        (((60, 15),), False),
        ((), False),
    ],
)
def test_breaks_decide_to_the_minute(breaks: tuple[tuple[int, int], ...], fits: bool) -> None:
    """Windows, gap, lengths and number: at the limit a type fits, a minute beyond none does; the verifier agrees."""
    config, shift = config_of(), with_breaks(*breaks)
    assert (shift_type_of(config, shift) is not None) is fits
    assert (kind_by_the_verifier(config, shift) is not None) is fits


@pytest.mark.parametrize(
    ("start", "fits"),
    [
        ("2026-11-30 08:00", True),
        ("2026-11-30 10:00", True),
        ("2026-11-30 07:00", False),
        ("2026-11-30 11:00", False),
        ("2026-11-30 08:30", False),
        ("2026-12-05 08:00", False),  # a Saturday
    ],
)
def test_starts_and_days_decide(start: str, fits: bool) -> None:
    """First and last start of the span, between its steps, and on a day without such shifts; the verifier agrees."""
    config, shift = config_of(), with_breaks((60, 15), (180, 30), start=start)
    assert (shift_type_of(config, shift) is not None) is fits
    assert (kind_by_the_verifier(config, shift) is not None) is fits


@pytest.mark.parametrize("start", ["2026-03-29 00:45", "2026-03-29 01:00", "2026-03-29 01:15", "2026-10-25 01:30"])
def test_a_start_the_clock_skips_is_when_the_skip_ends(start: str) -> None:
    """01:30 is skipped on 29 March: such a shift begins at 02:00 of summer time, and at no other moment of that night."""
    skipped = {"length": "8h", "start": "01:30"}
    config = config_of(CONTRACT | {"shifts": [skipped]}, "Europe/London")
    (shift_type,) = config.contracts["d"].shifts
    moment = pd.Timestamp(start, tz="UTC")
    expected = start in {"2026-03-29 01:00", "2026-10-25 01:30"}
    assert may_begin(shift_type, utc(start), config.plan.zone) is expected
    assert verifier_may_begin(shift_type, moment.tz_convert(config.plan.zone)) is expected


def test_types_that_differ_in_paid_breaks_are_told_apart_by_paid_hours() -> None:
    """Of two types with the same break, paid in one of them, a shift of 8 paid hours is one and of 7.5 the other."""
    break_type = {"length": "30min", "after": "3h-5h"}
    shifts = [{"length": "8h", "start": "08:00", "breaks": [break_type | {"paid": paid}]} for paid in (False, True)]
    config = config_of(CONTRACT | {"shifts": shifts, "break_gap": "0h"})
    first, second = config.contracts["d"].shifts
    unpaid, paid = (schedule_of(with_breaks((180, 30))).shifts[0], shift_of("a", MONDAY, breaks=_lunch()))
    assert shift_type_of(config, unpaid) is first
    assert shift_type_of(config, paid) is second
    assert [each for _, each in breaks_paid(config, unpaid)] == [False]
    assert [each for _, each in breaks_paid(config, paid)] == [True]


def _lunch() -> tuple[tuple[Any, Any], ...]:
    return ((utc("2026-11-30 11:00"), utc("2026-11-30 11:30")),)


def test_a_known_type_is_not_guessed() -> None:
    """The planner knows the number of the type, whatever else would fit; breaks that it does not have are another's."""
    config = config_of(CONTRACT | {"shifts": CONTRACT["shifts"] * 2})
    shift = with_breaks((60, 15), (180, 30), shift_type=1)
    assert shift_type_of(config, shift) is config.contracts["d"].shifts[1]
    assert shift_type_of(config, replace(shift, breaks=())) is None


def test_unpaid_breaks_and_activities_are_not_paid() -> None:
    """Of 32 quarters, a paid break of one, an unpaid one of two, an unpaid training of four, a paid coaching: 26."""
    activities = [{"name": "training", "length": "1h", "paid": False}, {"name": "coaching", "length": "1h"}]
    config = config_of(activities=activities)
    horizon = weeks.horizon_of(config)
    held = tuple(
        PlannedActivity(name, utc(f"2026-11-30 {hour}:00"), utc(f"2026-11-30 {hour + 1}:00"))
        for name, hour in (("training", 13), ("coaching", 14))
    )
    shift = with_breaks((60, 15), (180, 30), activities=held)
    unpaid = {44, 45, 52, 53, 54, 55}
    assert paid_intervals(config, horizon, shift).tolist() == [t for t in range(32, 64) if t not in unpaid]


def test_breaks_of_no_known_type_are_paid() -> None:
    """Where the contract has no such breaks nothing says that they are unpaid; the verifier counts the same."""
    config = config_of()
    shift = with_breaks((0, 30))
    assert len(paid_intervals(config, weeks.horizon_of(config), shift)) == 32
    (duty,) = read_duties(config, schedule_of(shift).table)
    assert duty.kind is None
    assert int(duty.paid.sum()) == 32
    assert int(duty.works.sum()) == 30


def test_the_verifier_counts_the_same_paid_hours_of_a_planned_week() -> None:
    """Paid intervals of every shift of a plan are those of the recount, and its types are those it was planned with."""
    config = config_of()
    horizon = weeks.horizon_of(config)
    need = weeks.requirement_of(horizon, phone=2 * weeks.hours_between(horizon, 8, 18))
    roster = plan_week(config, horizon, need, read_people(config))
    read = Schedule.from_table(roster.table, horizon.zone)
    assert len(read.shifts) == 15
    for shift, planned, duty in zip(
        read.shifts, roster.schedule.shifts, read_duties(config, roster.table), strict=True
    ):
        starts = (duty.starts - int(horizon.begin.timestamp())) // config.plan.interval_s
        assert np.array_equal(paid_intervals(config, horizon, shift), starts[duty.paid])
        assert shift_type_of(config, shift) is shift_type_of(config, planned) is duty.kind
