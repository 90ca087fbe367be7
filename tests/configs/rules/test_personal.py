"""``roster.rules``: rows of single people in place of the rules of their contract, each fault with its row."""

from __future__ import annotations

from datetime import timedelta

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
