"""Presets are data with source and date; each loads, and is merged under what is written."""

from __future__ import annotations

import re
import tomllib
from datetime import date, timedelta

import pandas as pd
import pytest

from configs.errors import ConfigError
from configs.rules.notes import preset_notes
from configs.rules.presets import merged, preset, preset_names
from configs.schema.rules import Rules
from tests.conftest import ROOT
from tests.optimize.roster.verify.rules.made import config_of, found, week

NAMES = [
    "de", "de-young", "es", "eu", "eu-young", "fr", "gb", "gb-young",
    "us-chicago", "us-los-angeles", "us-oregon", "us-philadelphia", "us-seattle",
]  # fmt: skip


def test_the_presets_are_those_listed() -> None:
    """A file that is not packed would be missed by a planner only."""
    assert list(preset_names()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_preset_has_its_source_its_date_and_what_it_does_not_cover(name) -> None:
    """And rules that the schema accepts, alone and by name."""
    each = preset(name)
    assert each.title
    assert re.search(r"\d", each.source)
    assert date(1970, 1, 1) < each.date < date(2026, 11, 30)
    assert len(each.not_covered) >= 3
    assert Rules.model_validate({"preset": name}).rests == Rules.model_validate(each.rules).rests


@pytest.mark.parametrize(
    ("name", "hours"),
    [("eu", 11), ("de", 11), ("fr", 11), ("gb", 11), ("es", 12), ("eu-young", 12), ("gb-young", 12), ("de-young", 12),
     ("us-oregon", 10), ("us-seattle", 10), ("us-chicago", 10), ("us-los-angeles", 10), ("us-philadelphia", 9)],
)  # fmt: skip
def test_the_rest_between_two_shifts_is_that_of_the_law(name, hours) -> None:
    """Kept to the minute: that many hours are enough, half an hour less is not."""
    end = 4 * 60 + 8 * 60
    for minutes, broken in ((hours * 60, 0), (hours * 60 - 30, 1)):
        clock, day = (end + minutes) % 1440, (end + minutes) // 1440
        shifts = [(0, "04:00"), (day, f"{clock // 60:02d}:{clock % 60:02d}")]
        breaches = [each for each in found({"preset": name}, shifts, days=3) if each.rule.startswith("rests.")]
        assert len(breaches) == broken


def test_the_averages_of_the_laws() -> None:
    """48 hours a week over 17 weeks and 24, 44 over 12, 40 over a year."""
    rules = {name: Rules.model_validate({"preset": name}).hours["average"] for name in ("eu", "gb", "de", "fr", "es")}
    per_week = {name: each.most * 7 / each.per.days for name, each in rules.items()}
    expected = {"eu": 48, "gb": 48, "de": 48, "fr": 44, "es": 40}
    assert per_week == {name: timedelta(hours=hours) for name, hours in expected.items()}
    assert {name: str(each.per) for name, each in rules.items()} == {
        "eu": "17w",
        "gb": "17w",
        "de": "24w",
        "fr": "12w",
        "es": "52w",
    }


def test_the_longest_day_of_the_laws() -> None:
    """Worked hours: ten in Germany and France, nine in Spain, eight for the young."""
    for name, hours in (("de", 10), ("fr", 10), ("es", 9), ("eu-young", 8), ("gb-young", 8), ("de-young", 8)):
        for length, broken in ((float(hours), 0), (hours + 0.5, 1)):
            breaches = found({"preset": name}, [(1, "07:00", length)], days=7)
            assert len([each for each in breaches if each.rule == "hours.day"]) == broken


def test_no_nights_for_the_young() -> None:
    """Until 22:00, and half an hour into the night; in Germany until 20:00, and no weekend."""
    for name, last in (("eu-young", 14), ("gb-young", 14), ("de-young", 12)):
        assert found({"preset": name}, [(1, f"{last}:00")], days=7) == []
        assert len(found({"preset": name}, [(1, f"{last}:30")], days=7)) == 1
    assert len(found({"preset": "de-young"}, [(5, "08:00")], days=7)) == 1


def test_a_rule_of_the_same_name_takes_the_place_of_that_of_the_preset() -> None:
    """As a whole; the others stay in force."""
    rules = Rules.model_validate(
        {"preset": "fr", "hours": {"day": {"per": "day", "most": "8h"}}, "weekly_rest": {"least": "48h"}}
    )
    assert rules.hours["day"].count == "paid"
    assert set(rules.hours) == {"day", "week", "average"}
    assert rules.weekly_rest.least == timedelta(hours=48)
    assert rules.rests["daily"].least == timedelta(hours=11)


def test_rules_of_other_names_are_added() -> None:
    """A lower limit with a price leaves that of the law in force."""
    rule = {"preset": "fr", "hours": {"own": {"most": "35h", "price": 2}}}
    breaches = found(rule, [*week("xxxxxx"), (6, "14:00")])
    assert {each.rule for each in breaches} == {"hours.own", "hours.week", "shifts.days", "weekly_rest"}


def test_rules_of_a_preset_are_dropped_by_name() -> None:
    """Somebody who opted out of 48 hours; a table of one rule; and names the preset does not have."""
    assert "average" not in Rules.model_validate({"preset": "gb", "without": ["hours.average"]}).hours
    assert Rules.model_validate({"preset": "gb", "without": ["weekly_rest"]}).weekly_rest is None
    with pytest.raises(
        ValueError, match=r'without: "hours.averages" is not a rule of preset "gb"; did you mean "hours.average"'
    ):
        merged({"preset": "gb", "without": ["hours.averages"]})
    with pytest.raises(ValueError, match=r'"rotation" is not a rule of preset "us-oregon"; it has rests.between'):
        merged({"preset": "us-oregon", "without": ["rotation"]})
    assert preset("gb").rules["hours"]["average"]["most"] == "816h"


def test_an_unknown_preset_is_refused_with_the_nearest_or_all() -> None:
    """A sentence with the key."""
    for name, words in (("us-orgeon", 'did you mean "us-oregon"'), ("atlantis", "there are de, de-young, es")):
        with pytest.raises(ConfigError, match=words):
            config_of({"preset": name})
    with pytest.raises(ConfigError, match=r"contracts.day.rules: without needs a preset"):
        config_of({"without": ["hours.average"]})


def test_a_preset_in_use_says_what_it_rests_on_and_leaves_out() -> None:
    """One note for each contract."""
    (note,) = preset_notes(config_of({"preset": "gb"}))
    assert note.where == "contracts.day.rules.preset"
    assert 'preset "gb" has rules of Working Time Regulations 1998' in note.sentence
    assert "as of 1998-07-30; not verified: all numbers" in note.sentence
    assert "; not covered: breaks of 20 minutes" in note.sentence
    (other,) = preset_notes(config_of({"preset": "fr"}))
    assert "not verified" not in other.sentence
    assert list(preset_notes(config_of({"near_start": "1h"}))) == []
    rows = pd.DataFrame({"agent": ["a", "b"], "rule": ["preset"] * 2, "value": ["gb-young", '"gb-young"']})
    (note,) = preset_notes(config_of({}), rows)
    assert (note.where, note.sentence[:17]) == ("rules", 'preset "gb-young"')


def test_the_page_names_every_preset_and_its_example_is_accepted() -> None:
    """The first example of docs/rules.md, and the table of presets."""
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert [name for name in preset_names() if f"`{name}`" not in page] == []
    example = tomllib.loads(page.split("```toml")[1].split("```")[0])
    rules = config_of(example["contracts"]["full-time"]["rules"]).contracts["day"].rules
    assert set(rules.hours) == {"average", "month", "overtime"}
    assert set(rules.rests) == {"daily", "nights", "late-early"}


def test_presets_that_nobody_compared_with_the_law_say_so() -> None:
    """What is not verified is named in the file, and in the note of a plan."""
    written = {name for name in NAMES if preset(name).unverified}
    assert written == {"de", "de-young", "eu-young", "gb", "gb-young", "us-philadelphia", "us-seattle"}
