"""`[contracts.NAME.rules]`: what is accepted, and the sentence for what is not."""

from __future__ import annotations

from datetime import date
from typing import get_args, get_type_hints

import pytest

from configs.errors import ConfigError
from configs.schema import Settings
from configs.schema.rules import (
    KINDS,
    PATTERNS,
    HoursRule,
    Pairing,
    RestRule,
    Rotation,
    Rules,
    RunRule,
    ShiftsRule,
    Succession,
    Weekends,
    WeeklyRest,
)
from tests.optimize.roster import weeks
from tests.optimize.roster.verify.rules.made import config_of

FAULTS = [
    ({"hour": {}}, 'contracts.day.rules.hour: is not a setting; did you mean "hours"?'),
    ({"hours": {"x": {"moast": "3h"}}}, 'contracts.day.rules.hours.x.moast: is not a setting; did you mean "most"?'),
    ({"hours": {"x": {}}}, "contracts.day.rules.hours.x: asks for nothing; state least or most"),
    ({"hours": {"x": {"least": "40h", "most": "39h"}}}, "contracts.day.rules.hours.x: least 40h is above most 39h"),
    ({"hours": {"x": {"most": 40}}}, 'contracts.day.rules.hours.x.most: 40 has no unit; write a duration such as "40s"'),
    ({"hours": {"x": {"most": "40h30s"}}}, "contracts.day.rules.hours.x.most: 40h30s is not a number of whole minutes"),
    ({"hours": {"x": {"most": "40h", "price": -1}}}, "contracts.day.rules.hours.x.price: must be at least 0.0, got -1"),
    ({"hours": {"x": {"most": "40h", "per": "fortnight"}}}, 'contracts.day.rules.hours.x.per: "fortnight" is not a period'),
    ({"shifts": {"x": {"of": "nigth", "most": 1}}}, 'contracts.day.rules: shifts.x.of: "nigth" is not a kind of shift; did you mean "night"?'),
    ({"shifts": {"x": {"of": "off", "most": 1}}}, 'contracts.day.rules: shifts.x.of: "off" is not a kind of shift; there are early, day, late, night, work'),
    ({"shifts": {"x": {"least": 3, "most": 2}}}, "contracts.day.rules.shifts.x: least 3 is above most 2"),
    ({"runs": {"x": {"most": 0}}}, "contracts.day.rules.runs.x.most: must be at least 1, got 0"),
    ({"runs": {"x": {"of": "nap", "most": 1}}}, 'contracts.day.rules: runs.x.of: "nap" is not a kind of shift'),
    ({"rests": {"x": {"after": "late"}}}, "contracts.day.rules.rests.x.least: is missing"),
    ({"rests": {"x": {"least": "9h", "after": "late", "after_run": "night"}}}, "contracts.day.rules.rests.x: has after and after_run; state one"),
    ({"rests": {"x": {"least": "9h", "run_days": 2}}}, "contracts.day.rules.rests.x: run_days needs after_run"),
    ({"rests": {"x": {"least": "9h", "before": "work"}}}, 'contracts.day.rules: rests.x.before: "work" is not a kind of shift'),
    ({"weekly_rest": {"least": "25h", "per": "day"}}, "contracts.day.rules.weekly_rest: least 25h is longer than the period, day"),
    ({"weekends": {}}, "contracts.day.rules.weekends: asks for nothing; state whole = true or most"),
    ({"weekends": {"most": 1, "days": ["mon", "wed"]}}, "contracts.day.rules.weekends: days: the days of a weekend follow each other"),
    ({"weekends": {"most": 1, "days": ["daily"]}}, "contracts.day.rules.weekends: days: a weekend has between one and six days"),
    ({"successions": {"x": {"after": "late"}}}, "contracts.day.rules.successions.x: needs forbid or allow"),
    ({"successions": {"x": {"after": "late", "forbid": ["off"], "allow": ["off"]}}}, "contracts.day.rules.successions.x: needs forbid or allow"),
    ({"successions": {"x": {"after": "lat", "forbid": ["off"]}}}, 'contracts.day.rules: successions.x.after: "lat" is not a kind of shift; did you mean "late"?'),
    ({"rotation": {"pattern": "DDXX--"}}, 'contracts.day.rules.rotation: pattern: "X" has no kind of shift; letters has W, D, E, L, N'),
    ({"rotation": {"pattern": "----"}}, 'contracts.day.rules.rotation.pattern: "----" is not a pattern'),
    ({"rotation": {"pattern": "AA--", "letters": {"A": "dawn"}}}, 'contracts.day.rules: rotation.letters.A: "dawn" is not a kind of shift'),
    ({"rotation": {"pattern": "W-", "letters": {"WW": "work"}}}, 'contracts.day.rules.rotation: letters: "WW" is not one letter'),
    ({"kinds": {"all": {}}}, "contracts.day.rules.kinds.all: holds every shift; state starts, covers or days"),
    ({"kinds": {"x": {"at_least": "1h", "days": ["sun"]}}}, "contracts.day.rules.kinds.x: at_least needs covers"),
    ({"kinds": {"off": {"days": ["sun"]}}}, 'contracts.day.rules: kinds: "off" has a meaning of its own'),
    ({"fixed_off": ["sonntag"]}, "contracts.day.rules.fixed_off"),
    ({"fixed_off": [9]}, "contracts.day.rules.fixed_off: 9 is not a weekday; write names such as mon"),
    ({"near_start": "-1h"}, "contracts.day.rules.near_start"),
]  # fmt: skip


@pytest.mark.parametrize(("rules", "words"), FAULTS, ids=[words[:60] for _, words in FAULTS])
def test_a_fault_has_its_key_its_value_and_a_remedy(rules, words) -> None:
    """The sentence begins as given."""
    with pytest.raises(ConfigError) as error:
        config_of(rules)
    assert words in str(error.value)


def test_every_rule_of_the_schema_is_accepted() -> None:
    """All of them together, with names of rotations and two spellings of days before."""
    rules = (
        config_of(
            {
                "kinds": {"sunday": {"days": ["sun"]}},
                "hours": {"week": {"least": "30h", "most": "40h", "price": 2.5}},
                "shifts": {"sundays": {"of": "sunday", "per": "4w", "most": 2}},
                "runs": {"work": {"least": 2, "most": 6}, "nights": {"of": "night", "most": 3}},
                "rests": {"nights": {"after_run": "night", "run_days": 2, "least": "2d"}},
                "weekly_rest": {"least": "35h"},
                "weekends": {"whole": True, "most": 2},
                "successions": {
                    "a": {"after": "late", "forbid": ["early"]},
                    "b": {"after": ["night", "off"], "allow": ["off"]},
                },
                "rotation": {"pattern": "dupont", "starts": date(2026, 11, 30)},
                "fixed_off": ["wed", "sat-sun"],
                "fixed_off_dates": [date(2026, 12, 25)],
                "near_start": "90min",
            }
        )
        .contracts["day"]
        .rules
    )
    assert rules.fixed_off == (2, 5, 6)
    assert rules.successions["a"].before == ("late",)
    assert rules.weekends.first == 5
    assert list(rules.used_kinds) == ["day", "early", "late", "night", "sunday"]


def test_the_named_rotations_are_whole_weeks_or_eight_days() -> None:
    """DuPont and Panama are four weeks, with as many shifts as their names ask: 14 of each person."""
    assert {name: len(pattern) for name, pattern in PATTERNS.items()} == {
        "4on4off": 8,
        "5on2off": 7,
        "dupont": 28,
        "panama": 28,
    }
    assert {name: len(pattern) - pattern.count("-") for name, pattern in PATTERNS.items()} == {
        "4on4off": 4,
        "5on2off": 5,
        "dupont": 14,
        "panama": 14,
    }
    assert PATTERNS["dupont"].count("N") == PATTERNS["dupont"].count("D") == 7
    assert PATTERNS["panama"][14:] == PATTERNS["panama"][:14].replace("D", "N")


def test_a_weekend_may_go_over_sunday() -> None:
    """Friday to Sunday begins on Friday, Sunday and Monday on Sunday."""
    assert Weekends(days=("fri-sun",), most=1).first == 4
    assert Weekends(days=("sun", "mon"), most=1).first == 6


def test_a_horizon_of_weeks_planned_alone_is_refused() -> None:
    """With the period that says the same."""
    plan = {"name": "made", "timezone": "UTC", "interval": "30min", "weeks": 4}
    contract = {"agents": 1, "days_per_week": 5, "cost_per_hour": 10, "shifts": [{"length": "8h", "start": "08:00"}]}
    rules = {"hours": {"all": {"per": "horizon", "most": "160h"}}}
    with pytest.raises(ConfigError, match=r'rules.hours.all.per: is "horizon", but plan.weeks = 4 .* write "4w"'):
        weeks.config_of(plan=plan, contracts={"day": contract | {"rules": rules}})


READ = {
    Rules: {"preset", "without", "kinds", "hours", "shifts", "runs", "rests", "weekly_rest", "weekends", "successions",
            "rotation", "fixed_off", "fixed_off_dates", "locks", "near_start", "pairing"},
    Pairing: {"mentors", "least"},
    HoursRule: {"per", "least", "most", "count", "leave_day", "price"},
    ShiftsRule: {"of", "per", "least", "most", "price"},
    RunRule: {"of", "least", "most", "price"},
    RestRule: {"least", "after", "after_run", "run_days", "before", "price"},
    WeeklyRest: {"least", "per", "price"},
    Weekends: {"days", "whole", "most", "per", "price"},
    Succession: {"after", "forbid", "allow", "price"},
    Rotation: {"pattern", "letters", "starts", "price"},
}  # fmt: skip
"""Keys that a test of the recount breaks and keeps; a new key needs one before it is listed here."""


def test_no_key_is_accepted_that_nothing_obeys() -> None:
    """Every key of every table is among those that the tests of the recount show at work."""
    assert {model: set(model.model_fields) for model in READ} == READ
    inside = {
        inner
        for hint in get_type_hints(Rules, include_extras=True).values()
        for inner in (hint, *get_args(hint))
        if isinstance(inner, type) and issubclass(inner, Settings)
    }
    assert inside - set(READ) == {type(KINDS["night"])}
