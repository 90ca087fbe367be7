"""A made file of each system is read with nothing stated but the channels, and its totals are those of a plain sum."""

from __future__ import annotations

import contextlib
import csv
import gzip
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from forecast import read_history
from forecast.data.sources.registry import BY_NAME, PROFILES
from tests.forecast.data.sources import made
from tests.forecast.test_week import config_of

Plain = Callable[[Path], tuple[float, float]]
"""Contacts of the channel and the seconds they took, by code that knows the format; 0 seconds where it has none."""


def rows_of(path: Path, separator: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=separator))


def records_of(path: Path, separator: str = ",") -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter=separator))


def plain_genesys(path: Path) -> tuple[float, float]:
    mine = [row for row in rows_of(path) if row["Queue"].startswith("Sales") and row["Media Type"] == "Voice"]
    return sum(int(row["Offered"]) for row in mine), sum(int(row["Total Handle Time"]) for row in mine)


def plain_view(path: Path) -> tuple[float, float]:
    mine = [row for row in rows_of(path) if row["Media Type"] == "voice"]
    return sum(int(row["Offer"]) for row in mine), sum(int(row["Total Handle"]) for row in mine) / 1000


def plain_connect(path: Path) -> tuple[float, float]:
    mine = [row for row in rows_of(path) if row["ChannelType"] == "VOICE"]
    seconds = sum(float(row["AverageHandleTime"]) * int(row["ContactsHandled"]) for row in mine)
    return sum(int(row["IncomingContactVolume"]) for row in mine), seconds


def plain_avaya(path: Path) -> tuple[float, float]:
    rows = rows_of(path)
    seconds = sum(int(row[name]) for row in rows for name in ("ACDTIME", "HOLDTIME", "ACWTIME"))
    return sum(int(row["CALLSOFFERED"]) for row in rows), seconds


def plain_calabrio(path: Path) -> tuple[float, float]:
    mine = [row for row in records_of(path, ";") if row[4] == "Sales"]
    return sum(int(row[5]) for row in mine), sum(int(row[12]) + int(row[13]) for row in mine)


def plain_verint(path: Path) -> tuple[float, float]:
    mine = [row for row in records_of(path) if row[0] == "Sales"]
    return sum(int(row[2]) for row in mine), sum(int(row[2]) * int(row[3]) for row in mine)


def plain_vicidial(path: Path) -> tuple[float, float]:
    mine = [row for row in rows_of(path, "\t") if row["alt_dial"] != "MAIN" and row["campaign_id"] == "SALESLINE"]
    taken = [row for row in mine if row["status"] != "XDROP"]
    return len(mine), sum(int(row["length_in_sec"]) - int(row["alt_dial"]) for row in taken)


def plain_fusionpbx(path: Path) -> tuple[float, float]:
    names, *lines = [line[1:-1].split('","') for line in path.read_text().splitlines()]
    rows = [dict(zip(names, line, strict=True)) for line in lines]
    mine = [row for row in rows if row["direction"] == "inbound" and row["destination_number"] == "8001"]
    return len(mine), sum(int(row["billsec"]) for row in mine if row["missed_call"] == "false")


def plain_traffic(path: Path) -> tuple[float, float]:
    return sum(int(cell) for row in records_of(path)[1:] for cell in row[1:]), 0.0


def plain_events(path: Path) -> tuple[float, float]:
    return len({row["conversation_id"] for row in rows_of(path) if row["inbox_id"] == "4"}), 0.0


def plain_zammad(path: Path) -> tuple[float, float]:
    import openpyxl

    sheet = openpyxl.load_workbook(path).active
    return sum(row[4].value == "Support" for row in sheet.iter_rows(min_row=4) if row[0].value), 0.0


def plain_freshdesk(path: Path) -> tuple[float, float]:
    return sum(row["Group"] in {"Support", "Billing"} for row in rows_of(path)), 0.0


def plain_zendesk(path: Path) -> tuple[float, float]:
    return sum(row["Group"] == "Support" and row["Via"] == "Mail" for row in rows_of(path)), 0.0


def plain_log(_path: Path) -> tuple[float, float]:
    mine = [event for event in made.queue_log_events() if event[2] == "sales"]
    seconds = sum(int(event[5][1]) for event in mine if event[4].startswith("COMPLETE"))
    return sum(event[4] == "ENTERQUEUE" for event in mine), seconds


CALLS = {"kind": "synchronous"}
TICKETS = {"kind": "deferrable", "target": {"within": "24h"}}
CASES: dict[str, tuple[str, str, Callable[[Path], None], Plain, dict]] = {
    "genesys-history": (
        "genesys-history", "a.csv", made.genesys_history, plain_genesys,
        CALLS | {"source": {"queue": "sales*", "media": "voice"}},
    ),
    "genesys-view": ("genesys-view", "a.csv", made.genesys_view, plain_view, CALLS | {"source": {"media": "voice"}}),
    "amazon-connect": (
        "amazon-connect", "a.csv", made.amazon_connect, plain_connect, CALLS | {"source": {"media": "voice"}},
    ),
    "avaya-cms": ("avaya-cms", "a.csv", made.avaya_cms, plain_avaya, CALLS | {"source": {"queue": ["101", "102"]}}),
    "calabrio": ("calabrio", "a.txt", made.calabrio, plain_calabrio, CALLS | {"source": {"queue": "Sales"}}),
    "verint-daily": (
        "verint-daily", "a.csv", made.verint_daily, plain_verint,
        CALLS | {"source": {"queue": "Sales"}, "shape": "even"},
    ),
    "vicidial": ("vicidial", "a.txt", made.vicidial, plain_vicidial, CALLS | {"source": {"queue": "sales*"}}),
    "fusionpbx": (
        "fusionpbx", "a.csv", made.fusionpbx, plain_fusionpbx, CALLS | {"source": {"destination_number": "8001"}},
    ),
    "chatwoot-traffic": ("chatwoot-traffic", "a.csv", made.chatwoot_traffic, plain_traffic, TICKETS),
    "chatwoot-events": (
        "chatwoot-events", "a.csv", made.chatwoot_events, plain_events, TICKETS | {"source": {"queue": "4"}},
    ),
    "zammad": ("zammad", "a.xlsx", made.zammad, plain_zammad, TICKETS | {"source": {"queue": "Support"}}),
    "freshdesk": (
        "freshdesk", "a.csv", made.freshdesk, plain_freshdesk, TICKETS | {"source": {"queue": ["support", "billing"]}},
    ),
    "zendesk": (
        "zendesk", "a.csv", made.zendesk, plain_zendesk, TICKETS | {"source": {"queue": "Support", "media": "mail"}},
    ),
    "queue-log": ("asterisk-queue-log", "queue_log.txt", made.queue_log, plain_log, CALLS | {"source": {"queue": "sales"}}),
    "queue-log-table": ("asterisk-queue-log", "a.csv", made.queue_log_table, plain_log, CALLS | {"source": {"queue": "sales"}}),
}  # fmt: skip


def test_every_profile_has_a_made_file():
    """A profile without one would not be tested."""
    assert {case[0] for case in CASES.values()} == {profile.name for profile in PROFILES}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_made_file_is_read_as_a_plain_sum_has_it(case, tmp_path):
    """Contacts and seconds of handling are those of plain code; the books are exact; the note names system and proof."""
    name, file, make, plain, channel = case
    make(tmp_path / file)
    config = config_of(
        tmp_path,
        plan={"name": "t", "timezone": "UTC", "interval": "1h"},
        history={"path": file, "max_missing": 1.0},
        channels={"phone": channel},
    )
    history = read_history(config)
    table = history.table
    contacts, seconds = plain(tmp_path / file)
    assert table.volume.sum() == pytest.approx(contacts, abs=1e-9)
    weight = table.handled if "handled" in table.columns else table.volume
    got = (table.aht_s * weight).sum() if "aht_s" in table.columns else 0.0
    assert got == pytest.approx(seconds, abs=1e-6)
    assert sum(account.used_contacts for account in history.files) == pytest.approx(contacts, abs=1e-9)
    profile = BY_NAME[name]
    note = next(str(note) for note in history.notes if note.code == "read-as-profile")
    assert note.startswith(f'{file}: was read as {profile.system} (history.format = "{name}"), known from ')


@pytest.mark.parametrize(
    ("table", "make", "plain", "channel"),
    [
        ("queue_log", made.queue_log_table, plain_log, CALLS | {"source": {"queue": "sales"}}),
        ("reporting_events", made.chatwoot_events, plain_events, TICKETS | {"source": {"queue": "4"}}),
    ],
    ids=["queue_log", "reporting_events"],
)
def test_a_table_of_a_database_is_recognised_like_its_file(table, make, plain, channel, tmp_path):
    """The rows of a table in a database are the same system's, and give the same contacts."""
    make(tmp_path / "a.csv")
    names, *rows = records_of(tmp_path / "a.csv")
    with contextlib.closing(sqlite3.connect(tmp_path / "calls.db")) as database:
        database.execute(f"CREATE TABLE {table} ({', '.join(names)})")
        database.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(names))})", rows)
        database.commit()
    config = config_of(
        tmp_path,
        plan={"name": "t", "timezone": "UTC", "interval": "1h"},
        history={"path": "sqlite:///calls.db", "query": f"SELECT * FROM {table}", "max_missing": 1.0},
        channels={"phone": channel},
    )
    history = read_history(config)
    assert history.table.volume.sum() == plain(tmp_path / "a.csv")[0] > 0
    assert "read-as-profile" in {note.code for note in history.notes}


def test_a_folder_of_rotated_logs_is_one_log(tmp_path):
    """The parts of a queue log are found by their names, packed or not whatever they are called, and a call may begin in one and end in another."""
    made.queue_log(tmp_path / "whole")
    lines = (tmp_path / "whole").read_text().splitlines(keepends=True)
    (tmp_path / "log").mkdir()
    (tmp_path / "log" / "queue_log").write_text("".join(lines[70:]))
    (tmp_path / "log" / "queue_log.1").write_text("".join(lines[30:70]))
    (tmp_path / "log" / "queue_log.2").write_bytes(gzip.compress("".join(lines[:30]).encode()))
    config = config_of(
        tmp_path,
        plan={"name": "t", "timezone": "UTC", "interval": "1h"},
        history={"path": "log", "max_missing": 1.0},
        channels={"phone": CALLS | {"source": {"queue": "sales"}}},
    )
    table = read_history(config).table
    seconds = (table.aht_s * table.handled).sum()
    assert (table.volume.sum(), seconds) == pytest.approx(plain_log(tmp_path), abs=1e-6)


def genesys_of(path: Path, source: dict) -> float:
    """Contacts of a channel of Genesys' history."""
    made.genesys_history(path / "a.csv")
    plan = {"name": "t", "timezone": "UTC", "interval": "1h"}
    rules = {"path": "a.csv", "max_missing": 1.0}
    config = config_of(path, plan=plan, history=rules, channels={"phone": CALLS | {"source": source}})
    return float(read_history(config).table.volume.sum())


def test_sets_of_skills_are_texts_that_a_star_may_match(tmp_path):
    """Skills that are joined by three bars are one text; rows without a skill are those of an empty one."""
    got = {skill: genesys_of(tmp_path, {"skill": skill}) for skill in ("*|||Gold", "", "*")}
    rows = rows_of(tmp_path / "a.csv")
    plain = {
        skill: sum(int(row["Offered"]) for row in rows if row["Skill Set"] in texts)
        for skill, texts in (("*|||Gold", {"Billing|||Gold"}), ("", {""}), ("*", {"", "Billing|||Gold"}))
    }
    assert got == plain
    assert got["*"] == got["*|||Gold"] + got[""]


@pytest.mark.parametrize(
    ("file", "written"),
    [
        ("a.csv.gz", lambda text: gzip.compress(text.encode())),
        ("a.txt", lambda text: text.replace(",", "\t").encode("utf-16")),
        ("a.csv", lambda text: ("sep=;\r\n" + text.replace(",", ";")).encode("utf-8-sig")),
        ("a.csv", lambda text: ("Report of June\n\n" + text).encode()),
    ],
    ids=["gzip", "utf-16 with tabs", "sep line", "title"],
)
def test_a_system_is_recognised_however_its_file_was_saved(file, written, tmp_path):
    """Packed, in another encoding, with another separator or below a title."""
    made.amazon_connect(tmp_path / "plain.csv")
    (tmp_path / file).write_bytes(written((tmp_path / "plain.csv").read_text()))
    config = config_of(
        tmp_path,
        plan={"name": "t", "timezone": "UTC", "interval": "1h"},
        history={"path": file, "max_missing": 1.0},
        channels={"phone": CALLS | {"source": {"media": "voice"}}},
    )
    assert read_history(config).table.volume.sum() == plain_connect(tmp_path / "plain.csv")[0]
