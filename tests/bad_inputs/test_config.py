"""Rows 31 to 39 of the list of bad inputs: the config, and the places it names."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bad_inputs.site import call, config_with, planned, refused, words_of
from tests.staffcurve.sites import CONFIG, write_site

WRONG = {
    "row-31-key": (
        config_with('patience = "2min"', 'patience = "2min"\npatience = "3min"'),
        "site.toml line 17: patience is given twice; it is already on line 16",
    ),
    "row-31-table": (
        config_with("[channels.email]", '[channels.phone]\nkind = "synchronous"\n[channels.email]'),
        "site.toml line 18: [channels.phone] is given twice; it is already on line 12",
    ),
    "row-32": (
        config_with('mon-sat = "08:00-18:00"', "mon-sat = 9:30-17:00"),
        'site.toml line 14: times need quotes, such as open = "09:30-17:00"',
    ),
    "row-33": (config_with("", "\n[calendar]\ncountry = NO\n"), "site.toml line 41: text needs quotes; found country = NO"),
    "row-34": (
        config_with("target = { share", "taget = { share"),
        'site.toml: channels.phone.taget: is not a setting; did you mean "target"?',
    ),
    "row-35-share": (
        config_with("share = 0.80", "share = 80"),
        'channels.phone.target.share: 80 is not a share between 0 and 1; 80 % is written 0.8 or "80%"',
    ),
    "row-35-absence": (
        config_with("", "\n[staffing]\nabsence = 30\n"),
        'staffing.absence: 30 is not a share between 0 and 1; 30 % is written 0.3 or "30%"',
    ),
    "row-36-deep": (config_with("", f"x = {'[' * 3000}{']' * 3000}\n"), "site.toml: is nested too deeply for a config"),
    "row-36-large": ("# " + "x" * 2_000_001, "site.toml: is larger than 2,000,000 bytes, so it is not a config"),
    "row-37-slots": (
        config_with('kind = "synchronous"', 'kind = "concurrent"\nslots = 0\ntouch = "30s"\nthink = "30s"\ntouches = 3'),
        "channels.phone.slots: must be at least 1, got 0",
    ),
    "row-37-target": (
        config_with('share = 0.80, within = "20s"', 'share = 1.0, within = "0s"'),
        "channels.phone.target.share: 1 cannot be met by any number of agents; use a share above 0 and below 1",
    ),
    "row-37-occupancy": (
        config_with('patience = "2min"', 'patience = "2min"\nmax_occupancy = 0'),
        "channels.phone.max_occupancy: must be above 0, got 0",
    ),
    "row-38-skill": (
        config_with("days_per_week = 5", 'days_per_week = 5\nskills = ["phone", "emial"]'),
        'contracts.day.skills: "emial" is not a channel; did you mean "email"?',
    ),
    "row-39-history": (config_with('"history.csv"', '"none.csv"'), 'history.path: no such file or folder: "none.csv"'),
    "row-39-agents": (config_with('"agents.csv"', '"."'), ".: is a folder; name a file in it"),
    "row-47-swapped": (
        config_with('start = "08:00-10:00"', 'start = "10:00-08:00"'),
        'contracts.day.shifts[0].start: "10:00-08:00" must lie within one day',
    ),
    "row-47-window": (config_with('"3h-4h30m"', '"4h30m-3h"'), 'contracts.day.breaks[0].after: "4h30m-3h" ends before it starts'),
    "row-47-days": (
        config_with("days_per_week = 5", "days_per_week = 5\nmin_days = 6"),
        "contracts.day: min_days 6 is above days_per_week 5",
    ),
    "row-47-break": (
        config_with('length = "30min"', 'length = "9h"'),
        "contracts.day: the break of 9h after 3h-4h30m does not fit into a shift of 8h",
    ),
    "row-54": (
        config_with('"history.csv"', '"postgresql://planner:s3cret@db.example/acd"'),
        "postgresql://planner:***@db.example/acd",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("config", "words"), WRONG.values(), ids=WRONG)
def test_a_wrong_config_is_a_sentence(config: str, words: str, tmp_path: Path) -> None:
    """It names the line or key, the value and what would be right; nothing is written, and no password is said."""
    result = planned(tmp_path, config=config)
    refused(result, tmp_path / "out", words)
    assert "s3cret" not in result.output + repr(result.exception)
    assert (
        len(result.stderr.replace("staffcurve: planning site\n", "").split("site.toml:")) <= 2
    )  # one fault, said once


def test_row_29_names_that_look_alike_are_refused(tmp_path: Path) -> None:
    """An accent as a character of its own, a mark that turns the text round, a line end: each is named with the remedy."""
    for name, shown in (
        ("cafe\\u0301", 'write it "caf\u00e9"'),
        ("e\\u202Email", 'write it "email"'),
        ("e\\nmail", 'write it "email"'),
    ):
        result = planned(tmp_path, config=config_with("[channels.email]", f'[channels."{name}"]'))
        refused(result, tmp_path / "out", "has characters that cannot be seen", shown)


def test_row_35_a_percentage_as_text_is_a_share(tmp_path: Path) -> None:
    """The other way to write 0.8."""
    write_site(tmp_path).write_text(config_with("share = 0.80", 'share = "80%"'), encoding="utf-8")
    assert call("check", tmp_path / "site.toml").exit_code == 0


def test_row_33_text_stays_text(tmp_path: Path) -> None:
    """``NO`` is Norway and ``007`` an id."""
    write_site(tmp_path).write_text(config_with("", '\n[calendar]\ncountry = "NO"\n'), encoding="utf-8")
    agents = "agent,name,contract,skills\n007,Bo,day,phone;email\n7,Al,day,phone;email\n"
    (tmp_path / "agents.csv").write_text(agents, encoding="utf-8")
    for name in ("leave.csv", "requests.csv"):
        lines = (tmp_path / name).read_text(encoding="utf-8").splitlines()
        (tmp_path / name).write_text(lines[0] + "\n", encoding="utf-8")
    result = call("check", tmp_path / "site.toml")
    assert result.exit_code == 0, words_of(result)
    assert "2 people" in words_of(result)


def test_row_38_hours_past_midnight_are_a_night(tmp_path: Path) -> None:
    """``22:00-06:00`` is open for eight hours; the history of the day does not fit, and that is said."""
    write_site(tmp_path).write_text(config_with('"08:00-18:00"', '"22:00-06:00"'), encoding="utf-8")
    result = call("check", tmp_path / "site.toml")
    refused(result, tmp_path / "out", 'channel "phone": 100% of its open intervals', "check its opening hours")


def test_row_39_a_path_outside_the_folder_is_read_as_any_other(tmp_path: Path) -> None:
    """The config is the planner's own; what is not a history is refused as such."""
    (tmp_path / "secret").write_text("root:x:0:0\n", encoding="utf-8")
    result = planned(tmp_path / "site", config=config_with('"history.csv"', '"../secret"'))
    refused(result, tmp_path / "site" / "out", "../secret: no data rows after the header")


def test_row_39_a_config_that_is_none_is_named(tmp_path: Path) -> None:
    """A folder, nothing, an empty file, bytes."""
    (tmp_path / "empty.toml").write_text(" \n")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    for name, words in (
        ("", "is a folder; name the config file in it"), ("none.toml", "no such file"), ("empty.toml", "file is empty"),
        ("bytes.toml", "is not UTF-8 text at byte 0"),
    ):  # fmt: skip
        refused(call("check", tmp_path / name), tmp_path / "out", words)


def test_row_39_a_file_nobody_may_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file, and what the system says."""
    config = write_site(tmp_path)
    read = Path.read_bytes

    def refuses(self: Path) -> bytes:
        if self.name == "agents.csv":
            raise PermissionError(13, "Permission denied")
        return read(self)

    monkeypatch.setattr(Path, "read_bytes", refuses)
    refused(call("check", config), tmp_path / "out", "agents.csv: cannot be read (Permission denied)")


def test_faults_of_every_file_are_told_together(tmp_path: Path) -> None:
    """History, agents, leave, requests, events and adjustments, one wrong thing in each, one sentence for each."""
    config = CONFIG + '\n[calendar]\nevents = "events.csv"\nadjustments = "adjustments.csv"\n'
    result = planned(
        tmp_path,
        config=config.replace('requests = "requests.csv"', 'requests = "requests.csv"\nprevious = "before"'),
        history_csv="channel,start,volume\nphone,2026-11-02T09:00,-1\n",
        agents_csv="agent,name,contract,skills\n1,A,day,phone;email\n1,B,day,phone;email\n",
        leave_csv="agent,start,end,reason\n001,soon,2026-12-02,x\n",
        requests_csv="agent,date,shift,wish,weight\n001,never,,on,1\n",
        events_csv="channel,start,end,name,closed\nphone,2026-12-25,2026-12-24,Christmas,yes\n",
        adjustments_csv="channel,from,to,multiply,reason\nphone,2026-12-01T00:00,2026-12-02T00:00,much,sale\n",
    )
    refused(
        result,
        tmp_path / "out",
        "history.csv row 2: volume is -1",
        "agents.csv row 3: agent is 1",
        'leave.csv row 2: start is "soon"',
        'requests.csv row 2: date is "never"',
        "events.csv row 2",
        'adjustments.csv row 2: multiply is "much"',
        "before: is not a run folder",
    )
    assert len(result.stderr.splitlines()) < 20
    for file in ("history.csv", "events.csv", "adjustments.csv"):
        assert result.stderr.count(f"{file} row 2") == 1
