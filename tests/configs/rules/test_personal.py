"""``roster.rules``: rows of single people in place of the rules of their contract, each fault with its row."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from configs.errors import DataError
from configs.loader import load
from configs.rules.personal import has_rules, personal_rules
from optimize.roster.inputs.people import read_files
from tests.optimize.roster.verify.rules.made import config_of

AGENTS = pd.DataFrame({"agent": ["a", "b"], "contract": ["day", "day"]})


def read(rules, rows):
    frame = pd.DataFrame(rows, columns=["agent", "rule", "value"], index=range(2, 2 + len(rows)))
    return personal_rules(config_of(rules), AGENTS, frame)


def test_a_row_replaces_one_key_for_one_person() -> None:
    """The other keys of the rule, and other people, stay as they are."""
    found = read({"weekends": {"whole": True, "most": 2}}, [("a", "weekends.most", "1")])
    assert (found["a"].weekends.most, found["a"].weekends.whole, found["b"].weekends.most) == (1, True, 2)


def test_a_value_is_as_in_the_config_or_bare() -> None:
    """Durations with and without quotes, lists, tables."""
    rows = [
        ("a", "near_start", "2h"),
        ("a", "fixed_off", '["sat-sun"]'),
        ("a", "hours.own", '{ most = "20h" }'),
        ("b", "near_start", '"90min"'),
        ("b", "fixed_off", "sun"),
    ]
    found = read({"near_start": "1h"}, rows)
    assert (found["a"].near_start, found["b"].near_start) == (timedelta(hours=2), timedelta(minutes=90))
    assert (found["a"].fixed_off, found["b"].fixed_off) == ((5, 6), (6,))
    assert found["a"].hours["own"].most == timedelta(hours=20)


def test_a_row_changes_a_rule_of_the_preset() -> None:
    """One key of it, whether the contract or the preset wrote it; another preset takes the place of all."""
    found = read(
        {"preset": "fr"},
        [("a", "hours.week.most", "40h"), ("a", "weekly_rest.least", "48h"), ("b", "preset", "eu-young")],
    )
    assert (found["a"].hours["week"].most, found["a"].hours["week"].count) == (timedelta(hours=40), "worked")
    assert found["a"].weekly_rest.least == timedelta(hours=48)
    assert set(found["a"].hours) == {"day", "week", "average"}
    assert set(found["b"].hours) == {"day", "week"}


def test_rows_make_rules_where_the_contract_has_none() -> None:
    """And a person without rows has none."""
    assert set(read({}, [("a", "runs.nights", '{ of = "night", most = 2 }')])) == {"a", "b"}
    config = config_of({})
    assert has_rules(config, None)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("c", "near_start", "1h")], 'rules, row 2: agent "c" is not among the agents'),
        ([("a", "near_start", "1h"), ("a", "weekend.most", "1")], 'rules, row 3: agent a, weekend: is not a setting; did you mean "weekends"?'),
        ([("a", "weekends.most", "-1")], "rules, row 2: agent a, weekends.most: must be at least 0, got -1"),
        ([("a", "hours.x.most", "40")], "rules, row 2: agent a, hours.x.most: 40 has no unit"),
        ([("a", "near_start.most", "1h")], 'rules, row 2: "near_start.most" is not a rule'),
        ([("a", "preset", "atlantis")], 'rules, row 2: agent a, preset: "atlantis" is not a preset'),
        ([("a", "runs.x.least", "3"), ("a", "runs.x.most", "2")], "least 3 is above most 2"),
    ],
)  # fmt: skip
def test_a_fault_names_its_row(rows, words) -> None:
    """Row, agent, rule, value and remedy."""
    with pytest.raises(DataError) as error:
        read({"near_start": "2h"}, rows)
    assert words in str(error.value)


def test_the_file_is_read_with_the_people(tmp_path) -> None:
    """By its name in the config; the same rule twice is refused, and so is a wrong value, with its row."""
    (tmp_path / "c.toml").write_text(
        '[plan]\nname = "x"\ntimezone = "UTC"\ninterval = "30min"\n[history]\npath = "h.csv"\n'
        '[channels.phone]\nkind = "synchronous"\n[contracts.day]\nagents = 2\ndays_per_week = 5\ncost_per_hour = 9\n'
        'shifts = [ { length = "8h", start = "08:00" } ]\n[roster]\nrules = "rules.csv"\n',
        encoding="utf-8",
    )
    file = tmp_path / "rules.csv"
    file.write_text("agent,rule,value\nday-01,weekends.most,1\n", encoding="utf-8")
    people = read_files(load(tmp_path / "c.toml"))
    assert people.rules.to_dict("records") == [{"agent": "day-01", "rule": "weekends.most", "value": "1"}]
    file.write_text("agent,rule,value\nday-01,near_start,1h\nday-01,weekends.most,x\n", encoding="utf-8")
    with pytest.raises(
        DataError, match=r'rules.csv, row 3: agent day-01, weekends.most: must be a whole number, got "x"'
    ):
        read_files(load(tmp_path / "c.toml"))
    file.write_text("agent,rule,value\nday-01,near_start,1h\nday-01,near_start,2h\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"day-01"):
        read_files(load(tmp_path / "c.toml"))


def columns(rules, cells, rows=()):
    """Rules of a and b where the agents file has more columns."""
    frame = pd.DataFrame(rows, columns=["agent", "rule", "value"], index=range(2, 2 + len(rows)))
    return personal_rules(config_of(rules), AGENTS.assign(**cells), frame)


def test_columns_of_the_agents_file_are_limits_of_one_person() -> None:
    """By the key with underscores or with dots; an empty cell leaves the contract's, and the file of rules comes last."""
    rules = {"weekends": {"most": 2}, "hours": {"four-weeks": {"per": "4w", "most": "160h"}}}
    found = columns(rules, {"weekends_most": [1.0, None], "hours_four_weeks_most": ["120h", ""]})
    assert [found[agent].weekends.most for agent in "ab"] == [1, 2]
    assert found["a"].hours["four-weeks"].most == timedelta(hours=120)
    assert found["a"].hours["four-weeks"].per == found["b"].hours["four-weeks"].per
    assert found["b"].hours["four-weeks"].most == timedelta(hours=160)
    found = columns(rules, {"hours.four-weeks.most": [100, 120.5]}, [("b", "hours.four-weeks.most", "90h")])
    assert [found[agent].hours["four-weeks"].most for agent in "ab"] == [timedelta(hours=100), timedelta(hours=90)]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"weekends_most": ["1", "many"]}, 'agents, agent b, column weekends_most: agent b, weekends.most: must be a whole number, got "many"'),
        ({"weekend_most": [1, 1]}, 'agents, column weekend_most: is not a rule of a contract of this plan; did you mean "weekends_most"?'),
        ({"hours_moon_most": [1, 1]}, "agents, column hours_moon_most: is not a rule of a contract of this plan"),
    ],
)  # fmt: skip
def test_a_column_that_is_wrong_is_named_with_its_person(cells, words) -> None:
    with pytest.raises(DataError) as error:
        columns({"weekends": {"most": 2}}, cells)
    assert words in str(error.value)


def test_a_column_needs_a_contract_with_rules() -> None:
    """Without any, people are not planned by rules; other columns are nobody's business."""
    config = config_of({}).model_copy(
        update={"contracts": {"day": config_of({}).contracts["day"].model_copy(update={"rules": None})}}
    )
    assert personal_rules(config, AGENTS.assign(shoe_size=[40, 41]), None) == {}
    with pytest.raises(DataError, match=r"column weekends_most: is a rule of people"):
        personal_rules(config, AGENTS.assign(weekends_most=[1, 2]), None)


def test_a_row_over_the_horizon_is_refused_where_weeks_are_checked_alone() -> None:
    """As it is in the config; in a plan of one week it is the week."""
    rows = pd.DataFrame([("a", "hours.all", '{ per = "horizon", most = "40h" }')], columns=["agent", "rule", "value"], index=[2])  # fmt: skip
    one = config_of({})
    assert personal_rules(one, AGENTS, rows)["a"].hours["all"].per.kind == "horizon"
    two = one.model_copy(update={"plan": one.plan.model_copy(update={"weeks": 2})})
    with pytest.raises(DataError, match=r'rules, row 2: hours.all.per is "horizon", but plan.weeks = 2 .*; write "2w"'):
        personal_rules(two, AGENTS, rows)


def test_locks_are_dates_with_what_they_settle() -> None:
    found = read(
        {"locks": {"2026-12-01": "off"}}, [("a", "locks.2026-12-02", "06:00"), ("b", "locks.2026-12-01", "work")]
    )
    assert found["a"].locks == {date(2026, 12, 1): "off", date(2026, 12, 2): "06:00"}
    assert found["b"].locks == {date(2026, 12, 1): "work"}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (
            "maybe",
            'agent a, locks.2026-12-02: "maybe" is not what a day can be locked to; write "off", "work" or a start',
        ),
        ("06:15", "rules, row 2: agent a: no shift of contract day begins at 06:15 on Wednesday"),
    ],
)
def test_a_lock_that_cannot_be_is_refused(value: str, words: str) -> None:
    with pytest.raises(DataError) as error:
        read({}, [("a", "locks.2026-12-02", value)])
    assert words in str(error.value)
