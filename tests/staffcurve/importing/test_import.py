"""`staffcurve import` at the command line: what it says, asks, writes, and leaves as it is."""

from __future__ import annotations

import json
import os
import shutil
import tomllib

import pytest
from typer.testing import CliRunner

from staffcurve.cli import ask
from staffcurve.cli.app import app
from tests.conftest import SHARED
from tests.staffcurve.importing.made import PLAIN, halves, length, lines, total

CONFIG = """\
# our centre
[plan]
name = "centre"
timezone = "Europe/Berlin"  # where we are
interval = "30min"

[history]
path = "old.csv"   # last year
columns = { start = "When", volume = "N" }
missing = "zero"   # our system leaves them out

[channels.phone]
kind = "synchronous"
open = { mon-fri = "09:00-17:00" }

[contracts.a]
agents = 30
days_per_week = 5
shifts = [ { length = "8h", start = "09:00" } ]
cost_per_hour = 15
"""
UTC = ("--set", "plan.timezone=UTC")
AMBIGUOUS = "Date,Time,Calls\n" + "".join(
    f"0{month}/0{day}/2026,{hour:02d}:00,{month + day + hour}\n"
    for month in (1, 2)
    for day in (5, 6, 7, 8)
    for hour in range(9, 17)
)
QUEUES = lines(
    "Queue,Start,Calls", lambda h: f"Sales,{h.start:%Y-%m-%d %H:%M},{h.offered}\nCare,{h.start:%Y-%m-%d %H:%M},1"
)


def run(*words):
    """Run a command; nobody is at the terminal."""
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def centre(tmp_path):
    """A folder with a config."""
    (tmp_path / "centre.toml").write_text(CONFIG, encoding="utf-8")
    return tmp_path


def put(folder, name, content):
    """Write a file and return it."""
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return file


def test_the_block_is_written_and_nothing_else_changes(centre):
    """Comments, other settings and other tables stay; `check` then has the same totals."""
    file, config = put(centre, "calls.csv", PLAIN["durations"]), centre / "centre.toml"
    told = run("import", file, config, "--write")
    assert told.exit_code == 0, told.output
    expected = CONFIG.replace('path = "old.csv"', 'path = "calls.csv"').replace(
        '{ start = "When", volume = "N" }',
        '{ date = "StartDate", time = "StartTime", volume = "Queued", aht_s = "AvgHandle" }',
    )
    assert config.read_text(encoding="utf-8") == expected
    checked = json.loads(run("check", config, "--json").stdout)
    assert checked["channels"][0]["contacts"] == total()


def test_a_second_time_changes_no_byte(centre):
    """What is written is what would be written again."""
    file, config = put(centre, "calls.csv", PLAIN["from and to"]), centre / "centre.toml"
    run("import", file, config, "--write")
    once = config.read_bytes()
    assert run("import", file, config, "--write").exit_code == 0
    assert config.read_bytes() == once


def test_without_write_nothing_is_written(centre):
    """The config is as it was, and the next command writes it."""
    file, config = put(centre, "calls.csv", PLAIN["durations"]), centre / "centre.toml"
    told = run("import", file, config)
    assert told.exit_code == 0, told.output
    assert config.read_text(encoding="utf-8") == CONFIG
    assert f"Next: staffcurve import {file} {config} --write" in told.stderr


def test_the_path_is_relative_to_the_config(centre):
    """Wherever the command is run, from a folder above or beside."""
    (centre / "data").mkdir()
    file = put(centre / "data", "calls.csv", PLAIN["durations"])
    assert run("import", file, centre / "centre.toml", "--write").exit_code == 0
    assert tomllib.loads((centre / "centre.toml").read_text(encoding="utf-8"))["history"]["path"] == "data/calls.csv"


def test_a_folder_is_imported_as_one_history(centre):
    """Its files are read together."""
    (centre / "data").mkdir()
    head, *rows = PLAIN["durations"].splitlines()
    put(centre / "data", "a.csv", "\n".join([head, *rows[:100]]) + "\n")
    put(centre / "data", "b.csv", "\n".join([head, *rows[100:]]) + "\n")
    told = run("import", centre / "data", centre / "centre.toml", "--write", "--json")
    assert told.exit_code == 0, told.output
    assert json.loads(told.stdout)["totals"]["contacts"] == total()
    assert json.loads(run("check", centre / "centre.toml", "--json").stdout)["channels"][0]["contacts"] == total()


def test_what_cannot_be_known_is_asked_with_an_option_for_each_answer(centre):
    """Two orders of day and month fit: both are shown, the exit code is 1 and nothing is written."""
    file, config = put(centre, "calls.csv", AMBIGUOUS), centre / "centre.toml"
    told = run("import", file, config, "--write")
    assert told.exit_code == 1
    assert "In which order are day and month?" in told.stderr
    for order, span in (("dmy", "2026-05-01 to 2026-08-02"), ("mdy", "2026-01-05 to 2026-02-08")):
        (line,) = [line for line in told.stderr.splitlines() if f"""--set 'history.date_format="{order}"'""" in line]
        assert span in line
    assert config.read_text(encoding="utf-8") == CONFIG


def test_an_answer_given_beforehand_is_written(centre):
    """With the option of the question, nothing is left to ask."""
    file, config = put(centre, "calls.csv", AMBIGUOUS), centre / "centre.toml"
    told = run("import", file, config, "--write", "--set", 'history.date_format="mdy"')
    assert told.exit_code == 0, told.output
    assert tomllib.loads(config.read_text(encoding="utf-8"))["history"]["date_format"] == "mdy"


def test_a_person_at_the_terminal_is_asked(centre, monkeypatch):
    """The number of an answer is enough; another number is asked again."""
    monkeypatch.setattr(ask, "can_ask", lambda: True)
    file, config = put(centre, "calls.csv", AMBIGUOUS), centre / "centre.toml"
    told = CliRunner().invoke(app, ["import", str(file), str(config), "--write"], input="7\n1\n")
    assert told.exit_code == 0, told.output
    assert "In which order are day and month?" in told.stderr
    assert tomllib.loads(config.read_text(encoding="utf-8"))["history"]["date_format"] == "dmy"


def test_what_the_config_states_answers_too(centre):
    """An order of dates that it already holds is not asked for again."""
    config = centre / "centre.toml"
    config.write_text(CONFIG.replace('path = "old.csv"', 'date_format = "dmy"\npath = "old.csv"'), encoding="utf-8")
    told = run("import", put(centre, "calls.csv", AMBIGUOUS), config, "--write")
    assert told.exit_code == 0, told.output
    assert tomllib.loads(config.read_text(encoding="utf-8"))["history"]["date_format"] == "dmy"


def test_mean_or_total_is_asked_where_the_values_do_not_say_it(centre):
    """Seconds so short that they may be minutes: each reading is an answer."""
    content = lines(
        "Date,Time,Calls,Handle time", lambda h: f"{h.start:%Y-%m-%d},{h.start:%H:%M},{h.offered},{h.aht_s / 60:.1f}"
    )
    told = run("import", put(centre, "calls.csv", content), centre / "centre.toml", "--write", "--json")
    assert told.exit_code == 1
    (question,) = json.loads(told.stdout)["questions"]
    assert question["key"] == "history.aht"
    assert {"unit": "min", "is": "mean"} in [answer["value"] for answer in question["answers"]]


def test_which_queue_is_the_channel_is_asked_and_written(centre):
    """All queues, or one: the source of the channel is written with the block."""
    file, config = put(centre, "calls.csv", QUEUES), centre / "centre.toml"
    told = run("import", file, config, "--write")
    assert told.exit_code == 1
    assert """--set 'channels.phone.source={ queue = "Sales" }'""" in told.stderr
    told = run("import", file, config, "--write", "--set", 'channels.phone.source={ queue = "Sales" }')
    assert told.exit_code == 0, told.output
    assert tomllib.loads(config.read_text(encoding="utf-8"))["channels"]["phone"]["source"] == {"queue": "Sales"}
    assert json.loads(run("check", config, "--json").stdout)["channels"][0]["contacts"] == total()


def test_the_only_queue_of_a_file_is_the_only_channel(centre):
    """That is known, so it is not asked."""
    file = put(centre, "calls.csv", lines("Queue,Start,Calls", lambda h: f"Sales,{h.start:%Y-%m-%d %H:%M},{h.offered}"))
    told = run("import", file, centre / "centre.toml", "--write")
    assert told.exit_code == 0, told.output
    assert json.loads(run("check", centre / "centre.toml", "--json").stdout)["channels"][0]["contacts"] == total()


def test_a_new_config_has_a_channel_for_each_queue(tmp_path):
    """With the hours that were seen; what is to decide is marked, and `check` reads it."""
    file, config = put(tmp_path, "calls.csv", QUEUES), tmp_path / "new" / "staffcurve.toml"
    told = run("import", file, config, "--write", "--set", "plan.timezone=Europe/London")
    assert told.exit_code == 0, told.output
    text = config.read_text(encoding="utf-8")
    raw = tomllib.loads(text)
    assert list(raw["channels"]) == ["sales", "care"]
    assert raw["channels"]["sales"]["open"] == {"mon-fri": "09:00-17:00"}
    assert raw["history"]["path"] == "../calls.csv"
    assert text.count("# decide") >= 5
    contacts = {
        one["channel"]: one["contacts"] for one in json.loads(run("check", config, "--json").stdout)["channels"]
    }
    assert contacts == {"sales": total(), "care": len(halves())}


def test_a_new_config_asks_for_the_time_zone(tmp_path):
    """No file says it; nothing is written without it."""
    told = run("import", put(tmp_path, "calls.csv", PLAIN["durations"]), tmp_path / "new.toml", "--write")
    assert told.exit_code == 1
    assert """--set 'plan.timezone="Europe/London"'""" in told.stderr
    assert not (tmp_path / "new.toml").exists()


def test_a_workbook_with_several_sheets_asks_for_one(centre):
    """The sheet that is named is read."""
    xlsxwriter = pytest.importorskip("xlsxwriter", reason="XlsxWriter is not installed")
    book = xlsxwriter.Workbook(centre / "calls.xlsx")
    for name in ("Calls", "Other"):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, ["Date", "Time", "Calls", "AHT"])
        for row, half in enumerate(halves(), 1):
            sheet.write_datetime(row, 0, half.start, book.add_format({"num_format": "dd/mm/yyyy"}))
            sheet.write_datetime(row, 1, half.start.time(), book.add_format({"num_format": "hh:mm"}))
            sheet.write_row(row, 2, [half.offered, length(half.aht_s)])
    book.close()
    told = run("import", centre / "calls.xlsx", centre / "centre.toml", "--write")
    assert told.exit_code == 1
    assert """--set 'history.sheet="Other"'""" in told.stderr
    told = run("import", centre / "calls.xlsx", centre / "centre.toml", "--write", "--set", "history.sheet=Calls")
    assert told.exit_code == 0, told.output
    assert json.loads(run("check", centre / "centre.toml", "--json").stdout)["channels"][0]["contacts"] == total()


def test_what_is_printed(centre):
    """The system, the columns, ten rows with their zone, the picture, the totals and the block."""
    told = run("import", put(centre, "calls.csv", PLAIN["durations"]), centre / "centre.toml")
    assert told.exit_code == 0, told.output
    for part in (
        "System: none that is known; read by its columns",
        "Kind: text (utf-8, separated by commas)",
        "StartDate   date",
        "Mon 2026-01-05 09:00 +0100       20     220",
        "Totals: 240 rows, 6,715 contacts, 2026-01-05 to 2026-01-23",
        "    00    03    06    09    12    15    18    21",
        'columns = { date = "StartDate", time = "StartTime", volume = "Queued", aht_s = "AvgHandle" }',
    ):
        assert part in told.stdout
    assert sum(line.startswith((" Mon 2026", " Tue 2026")) for line in told.stdout.splitlines()) == 10


def test_quiet_prints_questions_only(centre):
    """Errors and what is open are printed; the rest is not."""
    done = run("import", put(centre, "calls.csv", PLAIN["durations"]), centre / "centre.toml", "--quiet")
    assert (done.exit_code, done.output) == (0, "")
    told = run("import", put(centre, "b.csv", AMBIGUOUS), centre / "centre.toml", "--quiet")
    assert "In which order are day and month?" in told.stderr
    assert told.stdout == ""


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.csv", "", "file is empty"),
        ("photo.pdf", "%PDF-1.7 ...", "is a PDF"),
        ("bad.csv", "Start,Calls\n2026-01-05 09:00,-3\n2026-01-05 09:30,4\n", "-3"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_and_nothing_is_written(centre, name, content, words):
    """The fault names the file; the config is as it was."""
    told = run("import", put(centre, name, content), centre / "centre.toml", "--write")
    assert told.exit_code == 1
    assert words in told.stderr
    assert config_text(centre) == CONFIG


def config_text(centre):
    """Text of the config."""
    return (centre / "centre.toml").read_text(encoding="utf-8")


def test_a_file_that_is_not_there_is_told(centre):
    """No traceback, and no new config."""
    told = run("import", centre / "none.csv", centre / "new.toml", "--write")
    assert told.exit_code == 1
    assert "no such file" in told.stderr
    assert not (centre / "new.toml").exists()


def test_a_built_in_config_is_not_written_to(centre):
    """`demo` is part of the product."""
    told = run("import", put(centre, "calls.csv", PLAIN["durations"]), "demo", "--write")
    assert told.exit_code == 1
    assert "demo: is built in and cannot be changed" in told.stderr


def test_a_write_that_fails_leaves_the_config_as_it_was(centre, monkeypatch):
    """A full disk is told; the old text is there, whole, and no part of the new one."""
    file = put(centre, "calls.csv", PLAIN["durations"])

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    told = run("import", file, centre / "centre.toml", "--write")
    assert told.exit_code == 1
    assert "No space left on device" in told.stderr
    assert config_text(centre) == CONFIG
    assert sorted(path.name for path in centre.iterdir()) == ["calls.csv", "centre.toml"]


@pytest.mark.real
@pytest.mark.parametrize("name", ["avaya", "five9", "nice", "semicolon"])
def test_exports_of_four_systems(tmp_path, name):
    """Each is read with nothing but `import --write` into its config; the totals are those of a plain sum."""
    folder = shutil.copytree(SHARED / "cases" / "acd-exports", tmp_path / "exports")
    folder.chmod(0o755)
    for file in folder.iterdir():
        file.chmod(0o644)
    told = run("import", folder / f"{name}.csv", folder / f"{name}.toml", "--write")
    assert told.exit_code == 0, told.output
    place = 1 if name == "semicolon" else 2
    text = (folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split(";" if name == "semicolon" else ",") for line in text]
    checked = json.loads(run("check", folder / f"{name}.toml", "--json").stdout)
    assert checked["channels"][0]["contacts"] == sum(int(row[place]) for row in rows)
    assert checked["channels"][0]["intervals"] == len(rows)
    assert checked["channels"][0]["from"] == "2026-01-05"


def test_a_new_config_of_hourly_rows_is_a_config(tmp_path):
    """Shifts and breaks are multiples of its interval."""
    rows = [f"2026-01-{day:02d},{hour},{hour + day}" for day in range(5, 10) for hour in range(8, 18)]
    config = tmp_path / "new.toml"
    told = run("import", put(tmp_path, "calls.csv", "\n".join(["Date,Hour,Calls", *rows])), config, "--write", *UTC)
    assert told.exit_code == 0, told.output
    assert f"Written to {config}: a new config. Decide what its comments ask." in told.stderr
    assert run("check", config).exit_code == 0


def test_files_of_a_folder_may_have_orders_of_their_own(tmp_path):
    """Each proves its own; that of the first is then not written for all."""
    (tmp_path / "data").mkdir()
    put(tmp_path / "data", "a.csv", "Date,Time,Calls\n01/13/2026,09:00,3\n01/14/2026,09:30,4\n")
    put(tmp_path / "data", "b.csv", "Date,Time,Calls\n15/01/2026,09:00,3\n16/01/2026,09:30,4\n")
    told = run("import", tmp_path / "data", tmp_path / "new.toml", "--write", "--json", *UTC)
    assert told.exit_code == 0, told.output
    totals = json.loads(told.stdout)["totals"]
    assert (totals["contacts"], totals["first"], totals["last"]) == (14, "2026-01-13", "2026-01-16")


def test_a_read_only_config_stays_as_it_is(centre, monkeypatch):
    """Replacing it would get round what its owner said; an administrator may write into it all the same."""
    config = centre / "centre.toml"
    monkeypatch.setattr("os.access", lambda path, right: right != os.W_OK or path != config)
    told = run("import", put(centre, "calls.csv", PLAIN["durations"]), config, "--write")
    assert told.exit_code == 1
    assert "is read-only; allow writing to it, or name another config" in " ".join(told.stderr.split())
    assert config.read_text(encoding="utf-8") == CONFIG


@pytest.mark.parametrize(
    ("begin", "name"), [(b"\x89PNG\r\n\x1a\n", "PNG"), (b"\xff\xd8\xff\xe0", "JPEG"), (b"GIF89a", "GIF")]
)
def test_a_picture_is_called_one(centre, begin, name):
    """A screenshot of a report holds no numbers."""
    told = run("import", put(centre, "report.csv", begin + bytes(range(256))), centre / "centre.toml")
    assert told.exit_code == 1
    assert f"is a picture ({name}), not CSV; export the table itself as CSV (UTF-8) or XLSX" in told.stderr


def test_a_wide_table_is_listed_by_its_sides(centre):
    """Not by every heading: a year has 365."""
    told = run("import", put(centre, "calls.csv", PLAIN["days across"]), centre / "centre.toml", "--json")
    columns = json.loads(told.stdout)["columns"]
    assert columns == [
        {"column": "Time", "taken_for": "time"},
        {"column": "2026-01-05 to 2026-01-23", "taken_for": "volume"},
    ]


def test_json_is_called_json(centre):
    """Cut at its commas it would be a table of nonsense."""
    told = run(
        "import", put(centre, "calls.csv", '[{"start": "2026-01-05T09:00", "volume": 3}]'), centre / "centre.toml"
    )
    assert told.exit_code == 1
    assert "calls.csv: is JSON, not CSV; save the table as CSV (UTF-8)" in told.stderr
