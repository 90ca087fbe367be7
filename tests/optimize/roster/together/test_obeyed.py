"""Rules of a person -> what the joined search plans by, and what it leaves to the recount."""

from __future__ import annotations

from datetime import date

import pytest

from configs.rules.person import person_rules
from configs.schema.rules import Rules
from optimize.roster.joined.problem import Hours, Limits
from optimize.roster.joined.problem import Rules as Obeyable
from optimize.roster.together.obeyed import ANY, Obeyed, by_contract, with_rules
from tests.optimize.roster.weeks import config_of

MONDAY = date(2026, 11, 30)
DAYS = 28
WEEKLY = Limits(5, 5)


def obeyed(days: int = DAYS, *, on_leave: bool = False, **rules: object) -> Obeyed:
    """What is planned by under these rules and a contract of five days, off together, 11 h of rest."""
    base = by_contract(config_of().contracts["day"], WEEKLY)
    return with_rules(base, person_rules(Rules.model_validate(rules), MONDAY, days), on_leave=on_leave)


def test_a_contract_asks_for_rest_days_off_together_and_its_days_a_week() -> None:
    base = by_contract(config_of().contracts["day"], WEEKLY)
    assert base.rules == Obeyable(rest=660, most_run=6, least_off=2)
    assert base.hours == Hours(week_shifts=WEEKLY)
    assert base.left == ()


def test_rules_about_nights() -> None:
    found = obeyed(
        runs={"nights": {"of": "night", "least": 2, "most": 3}}, rests={"a": {"after_run": "night", "least": "48h"}}
    )
    assert (found.night, found.rules.least_nights, found.rules.most_nights) == ("night", 2, 3)
    assert found.rules.rest_after_nights == 48 * 60
    assert found.left == ()


def test_the_stricter_of_contract_and_rule_holds() -> None:
    strict = obeyed(runs={"w": {"least": 2, "most": 4}, "o": {"of": "off", "least": 3}}, rests={"r": {"least": "12h"}})
    assert strict.rules == Obeyable(rest=720, least_run=2, most_run=4, least_off=3)
    loose = obeyed(runs={"w": {"most": 9}, "o": {"of": "off", "least": 1}}, rests={"r": {"least": "9h"}})
    assert loose.rules == Obeyable(rest=660, most_run=6, least_off=2)


@pytest.mark.parametrize(
    ("per", "days", "hours"),
    [
        ("week", 28, Hours(week_shifts=WEEKLY, week_minutes=Limits(1800, 2400))),
        ("horizon", 28, Hours(week_shifts=WEEKLY, minutes=Limits(1800, 2400))),
        ("4w", 28, Hours(week_shifts=WEEKLY, minutes=Limits(1800, 2400))),
        ("4w", 7, Hours(week_shifts=WEEKLY, minutes=Limits(0, 2400))),
    ],
)
def test_hours_of_a_week_or_of_the_horizon(per: str, days: int, hours: Hours) -> None:
    """A longer period of which only the horizon is known counts what is known, and asks for no least."""
    assert obeyed(days, hours={"h": {"per": per, "least": "30h", "most": "40h"}}).hours == hours


@pytest.mark.parametrize("per", ["month", "14d", "2w", "day"])
def test_other_periods_are_left_to_the_recount(per: str) -> None:
    found = obeyed(hours={"h": {"per": per, "most": "40h"}})
    assert (found.hours, found.left) == (Hours(week_shifts=WEEKLY), ("hours.h",))


def test_leave_lifts_the_least_and_keeps_the_most() -> None:
    found = obeyed(on_leave=True, hours={"h": {"per": "horizon", "least": "30h", "most": "40h"}})
    assert found.hours.minutes == Limits(0, 2400)
    assert obeyed(shifts={"s": {"per": "horizon", "most": 9}}).hours.shifts == Limits(0, 9)
    assert obeyed(shifts={"s": {"per": "horizon", "least": 9}}).hours.shifts == Limits(9, ANY)


def test_weekends_successions_and_fixed_days() -> None:
    found = obeyed(
        weekends={"whole": True, "most": 2},
        successions={"l": {"after": "late", "forbid": ["early", "day"]}},
        fixed_off=[2],
        fixed_off_dates=["2026-12-01"],
    )
    assert found.rules.whole_weekends
    assert found.hours.most_weekends == 2
    assert found.forbidden == {("late", "early"), ("late", "day")}
    assert found.free == {1, 2, 9, 16, 23}
    assert found.left == ()


@pytest.mark.parametrize(
    ("rules", "left"),
    [
        ({"hours": {"h": {"most": "40h", "price": 5}}}, "hours.h"),
        ({"hours": {"h": {"most": "40h", "count": "worked"}}}, "hours.h"),
        ({"shifts": {"s": {"of": "night", "most": 2}}}, "shifts.s"),
        ({"runs": {"r": {"of": "off", "most": 4}}}, "runs.r"),
        ({"runs": {"r": {"of": "early", "most": 4}, "n": {"of": "night", "most": 3}}}, "runs.r"),
        ({"rests": {"r": {"after": "late", "before": "early", "least": "14h"}}}, "rests.r"),
        ({"rests": {"r": {"after_run": "night", "run_days": 3, "least": "48h"}}}, "rests.r"),
        ({"weekends": {"days": "fri-sun", "most": 2}}, "weekends"),
        ({"weekends": {"most": 2, "price": 10}}, "weekends"),
        ({"successions": {"s": {"after": ["night", "night"], "forbid": ["late"]}}}, "successions.s"),
        ({"successions": {"s": {"after": "late", "forbid": ["work"]}}}, "successions.s"),
        ({"weekly_rest": {"least": "36h"}}, "weekly_rest"),
        ({"rotation": {"pattern": "4on4off"}}, "rotation"),
        ({"near_start": "2h"}, "near_start"),
    ],
)
def test_what_the_search_does_not_know_is_named(rules: dict[str, object], left: str) -> None:
    """Nothing of such a rule is planned by; its key is what the notice names."""
    found = obeyed(**rules)
    assert left in found.left


def test_periods_that_reach_back_to_known_days_are_left_to_the_recount_as_well() -> None:
    base = by_contract(config_of().contracts["day"], WEEKLY)
    rules = Rules.model_validate({"hours": {"h": {"per": "4w", "most": "160h"}}, "weekends": {"most": 2}})
    found = with_rules(base, person_rules(rules, MONDAY, DAYS), on_leave=False, known=True)
    assert found.hours.minutes == Limits(0, 160 * 60)
    assert found.left == ("hours.h", "weekends")
