"""The config: what loads, and the words for what does not (cases 31 to 39 of the list of bad inputs, and more)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from configs.errors import ConfigError
from configs.loader import build, load, parse, shipped

GOOD = """
[plan]
name = "site"
timezone = "Europe/London"

[history]
path = "history.csv"

[channels.phone]
kind = "synchronous"
open = "09:00-17:00"

[contracts.day]
agents = 3
days_per_week = 5
shifts = [ { length = "8h", start = "08:00-10:00" } ]
breaks = [ { length = "30min", after = "3h-4h" } ]
cost_per_hour = 12
"""


def told(tmp_path: Path, text: str, overrides: tuple[str, ...] = ()) -> str:
    """Words of the faults of a config."""
    file = tmp_path / "site.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load(file, overrides)
    return str(caught.value).replace(str(file), "site.toml")


@pytest.mark.parametrize("name", ["demo", "starter"])
def test_shipped_configs_load(name: str) -> None:
    """Both shipped configs are complete and right."""
    config = build(parse(shipped(name), name), name)
    assert config.channels


def test_a_good_config_has_its_defaults(tmp_path: Path) -> None:
    """Fifteen minutes, no absence, everybody serves every channel."""
    file = tmp_path / "site.toml"
    file.write_text(GOOD, encoding="utf-8")
    config = load(file)
    assert config.plan.interval_s == 900
    assert config.staffing.absence == 0
    assert config.contracts["day"].skills is None
    assert config.path("history.csv") == (tmp_path / "history.csv").resolve()


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    """Key path, value, what would be right, nearest name, for each of them."""
    text = GOOD.replace('open = "09:00-17:00"', 'open = "25:00-26:00"\ntaget = { share = 80 }').replace(
        '"30min", after', '"6h", after'
    )
    words = told(tmp_path, text + "\n[staffing]\nabsence = 30\n[contracts.night]\nagents = 1\nskills = ['phon']\n")
    assert 'site.toml: channels.phone.open: "25:00" is not a time of day; write one from "00:00" to "24:00"' in words
    assert 'site.toml: channels.phone.taget: is not a setting; did you mean "target"?' in words
    assert "site.toml: staffing.absence: 30 is not a share between 0 and 1; 30 % is written 0.3" in words
    assert (
        "site.toml: contracts.day: the break of 6h after 3h-4h does not fit into a shift of 8h: begun 3h into the shift, "
        "it ends 9h into it; widen its window, shorten the breaks, or give that shift its own breaks"
    ) in words
    assert 'site.toml: contracts.night.skills: "phon" is not a channel; did you mean "phone"?' in words
    assert "site.toml: contracts.night.days_per_week: is missing" in words


# --- Cases of the list of bad inputs -------------------------------------------------------------------------------


def test_case_31_a_key_given_twice_names_both_lines(tmp_path: Path) -> None:
    """TOML refuses it; we say where the first one stands."""
    words = told(tmp_path, GOOD.replace('open = "09:00-17:00"', 'open = "09:00-17:00"\nopen = "08:00-17:00"'))
    assert words == "site.toml line 12: open is given twice; it is already on line 11"


def test_case_31_a_table_given_twice_names_both_lines(tmp_path: Path) -> None:
    """The same for whole channels (case 38: two queues with the same name)."""
    words = told(tmp_path, GOOD + '\n[channels.phone]\nkind = "synchronous"\n')
    assert words == "site.toml line 20: [channels.phone] is given twice; it is already on line 9"


def test_case_32_a_time_without_quotes_is_told(tmp_path: Path) -> None:
    """9:30 is never 570."""
    words = told(tmp_path, GOOD.replace('open = "09:00-17:00"', "open = 9:30-17:00"))
    assert words.startswith("site.toml line 11: times need quotes")
    words = told(tmp_path, GOOD.replace('start = "08:00-10:00"', "start = 22:00:00"))
    assert 'contracts.day.shifts[0].start: "22:00:00" is not a time of day' in words


def test_case_33_text_stays_text(tmp_path: Path) -> None:
    """Norway is no False, and an unquoted word is told."""
    file = tmp_path / "site.toml"
    file.write_text(GOOD + '\n[calendar]\ncountry = "NO"\n', encoding="utf-8")
    assert load(file).calendar.country == "NO"
    words = told(tmp_path, GOOD + "\n[calendar]\ncountry = NO\n")
    assert words == "site.toml line 21: text needs quotes; found country = NO"


def test_case_34_an_unknown_key_has_its_nearest_name(tmp_path: Path) -> None:
    """At every depth."""
    words = told(tmp_path, GOOD.replace("cost_per_hour", "cost_per_our"))
    assert 'contracts.day.cost_per_our: is not a setting; did you mean "cost_per_hour"?' in words
    words = told(tmp_path, GOOD.replace('after = "3h-4h"', 'aftr = "3h-4h"'))
    assert 'contracts.day.breaks[0].aftr: is not a setting; did you mean "after"?' in words


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("absence = 30", "30 is not a share between 0 and 1; 30 % is written 0.3"),
        ("absence = 1.0", "must be below 1"),
        ('absence = "x%"', '"x%" is not a share; write 0.80 or "80%"'),
        ("absence = nan", "nan is not a share"),
        ("risk = 90", "90 is not a share between 0 and 1; 90 % is written 0.9"),
        ("risk = 0.0", '0 is not a share of weeks; write "mean" or a share above 0 and below 1'),
    ],
)
def test_case_35_shares_are_shares(tmp_path: Path, setting: str, words: str) -> None:
    """30 is not 30 %."""
    assert words in told(tmp_path, GOOD + f"\n[staffing]\n{setting}\n")


def test_case_35_a_share_with_its_sign_is_accepted(tmp_path: Path) -> None:
    """ "8%" is 0.08."""
    file = tmp_path / "site.toml"
    file.write_text(GOOD + '\n[staffing]\nabsence = "8%"\n', encoding="utf-8")
    assert load(file).staffing.absence == pytest.approx(0.08)


def test_case_36_a_file_nested_a_thousand_deep_is_told(tmp_path: Path) -> None:
    """No stack overflow, one sentence."""
    assert "site.toml" in told(tmp_path, "x = " + "[" * 5000 + "]" * 5000)


@pytest.mark.parametrize("slots", [0, 50])
def test_case_37_slots_have_a_range(tmp_path: Path, slots: int) -> None:
    """Neither nobody nor fifty conversations."""
    chat = f'\n[channels.chat]\nkind = "concurrent"\nslots = {slots}\ntouch = "30s"\nthink = "60s"\ntouches = 5\n'
    assert f"channels.chat.slots: must be at {'least 1' if slots == 0 else 'most 20'}, got {slots}" in told(
        tmp_path, GOOD + chat
    )


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ('target = { share = 1.0, within = "0s" }', "1 cannot be met by any number of agents"),
        ("max_occupancy = 0", "max_occupancy: must be above 0"),
        ('patience = "0s"', "patience must be longer than 0s"),
        ("patience = 120", '120 has no unit; write a duration such as "120s" or "120min"'),
        ('aht = "0s"', "a handle time must be longer than 0s"),
    ],
)
def test_case_37_what_no_number_of_agents_can_keep_is_told(tmp_path: Path, setting: str, words: str) -> None:
    """Ranges of each channel."""
    assert words in told(tmp_path, GOOD.replace('open = "09:00-17:00"', setting))


def test_case_38_hours_over_midnight_are_hours(tmp_path: Path) -> None:
    """22:00-06:00 ends on the next day; the same time twice is nothing."""
    file = tmp_path / "site.toml"
    file.write_text(GOOD.replace("09:00-17:00", "22:00-06:00"), encoding="utf-8")
    hours = load(file).channels["phone"].open
    assert hours.minutes(0) == ((0, 360), (1320, 1440))
    assert '"09:00-09:00" is empty; write "00:00-24:00" for the whole day' in told(
        tmp_path, GOOD.replace("09:00-17:00", "09:00-09:00")
    )


def test_case_38_overlapping_hours_are_told(tmp_path: Path) -> None:
    """Two spans of one day that overlap, and one day named twice."""
    assert "overlap on mon" in told(tmp_path, GOOD.replace('"09:00-17:00"', '{ mon = ["09:00-12:00", "11:00-13:00"] }'))
    assert "tue is given twice" in told(
        tmp_path, GOOD.replace('"09:00-17:00"', '{ mon-fri = "09:00-17:00", tue = "10:00-12:00" }')
    )


def test_case_39_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    """No such file, a folder, an empty file, not text."""
    for make, words in (
        (lambda p: None, "no such file"),
        (lambda p: p.mkdir(), "is a folder; name the config file in it"),
        (lambda p: p.write_bytes(b"  \n"), "file is empty"),
        (lambda p: p.write_bytes(b"\xff\xfe\x00x"), "is not UTF-8 text at byte 0"),
    ):
        path = tmp_path / f"{abs(hash(words))}.toml"
        make(path)
        with pytest.raises(ConfigError, match=words):
            load(path)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root reads everything")
def test_case_39_a_file_without_read_right_is_told(tmp_path: Path) -> None:
    """Permission denied is a sentence."""
    path = tmp_path / "site.toml"
    path.write_text(GOOD, encoding="utf-8")
    path.chmod(0)
    with pytest.raises(ConfigError, match="cannot be read"):
        load(path)


# --- Contradictions ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("agents = 3", "", "contracts.day.agents: is missing; say how many people there are"),
        ("agents = 3", "agents = 0", "channels.phone: nobody has this skill"),
        ("days_per_week = 5", "days_per_week = 7", "is 7, which makes 7 days in a row; max_consecutive_days is 6"),
        ('length = "8h"', 'length = "7h50m"', "7h50m is not a multiple of the interval, 15m"),
        ('after = "3h-4h"', 'after = "4h-3h"', '"4h-3h" ends before it starts'),
        ('start = "08:00-10:00"', 'start = "10:00-08:00"', "must lie within one day"),
        ('timezone = "Europe/London"', 'timezone = "Europe/Londn"', 'is not a time zone; did you mean "Europe/London"?'),
        ('timezone = "Europe/London"', 'timezone = "Europe/London"\nweek = 2026-12-01', "is a Tuesday; a week begins on Monday"),
        ('timezone = "Europe/London"', 'timezone = "Europe/London"\ninterval = "25min"', "25m is not an interval; choose one of"),
        ('name = "site"', 'name = "../site"', '"../site" cannot name a folder'),
        ('kind = "synchronous"', 'kind = "synchron"', 'must be one of "synchronous", "concurrent", "deferrable", got "synchron"'),
        ('kind = "synchronous"', 'kind = "deferrable"', "channels.phone.target: is missing"),
        ('kind = "synchronous"', 'kind = "concurrent"\nslots = 3', "needs touch, think and touches (or aht_by_slots)"),
    ],
)  # fmt: skip
def test_a_contradiction_is_told(tmp_path: Path, old: str, new: str, words: str) -> None:
    """One setting changed, one sentence."""
    assert old in GOOD
    assert words in told(tmp_path, GOOD.replace(old, new))


def test_breaks_without_any_placement_are_told(tmp_path: Path) -> None:
    """Overlapping windows are fine; two fixed breaks half an hour long, a quarter of an hour apart, are not."""
    two = 'breaks = [ { length = "30min", after = "3h-4h" }, { length = "30min", after = "4h" } ]'
    text = GOOD.replace('breaks = [ { length = "30min", after = "3h-4h" } ]', two)
    file = tmp_path / "site.toml"
    file.write_text(text, encoding="utf-8")
    assert len(load(file).contracts["day"].breaks) == 2
    words = told(tmp_path, text.replace('"3h-4h"', '"3h45m"'))
    assert (
        "contracts.day: the break of 30m after 4h-4h does not fit into a shift of 8h: given the breaks before it, it "
        "begins at the earliest 4h15m into the shift; widen its window, shorten the breaks, or give that shift its own breaks"
    ) in words


def test_overrides_replace_one_value(tmp_path: Path) -> None:
    """Numbers, text and new tables; a bad one is told."""
    file = tmp_path / "site.toml"
    file.write_text(GOOD, encoding="utf-8")
    config = load(file, ["staffing.absence=0.1", "plan.name=other", "contracts.day.agents=7"])
    assert (config.staffing.absence, config.plan.name, config.contracts["day"].agents) == (0.1, "other", 7)
    assert '--set: "absence" is not key.path=value' in told(tmp_path, GOOD, ("absence",))
    assert "--set plan.name.x: plan.name is not a table" in told(tmp_path, GOOD, ("plan.name.x=1",))


def test_a_config_can_be_made_again_from_its_raw_settings(tmp_path: Path) -> None:
    """What the manifest keeps is enough."""
    import json

    file = tmp_path / "site.toml"
    file.write_text(
        GOOD.replace('timezone = "Europe/London"', 'timezone = "Europe/London"\nweek = 2026-11-30'), encoding="utf-8"
    )
    config = load(file)
    again = build(json.loads(json.dumps(config.raw, default=str)))
    assert again.model_dump() == config.model_dump()
