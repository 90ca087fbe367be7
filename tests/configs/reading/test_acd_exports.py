"""Four exports of telephone systems are read once their columns are named: totals are those of a plain sum."""

from __future__ import annotations

import csv
import math
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from configs.loader import build
from forecast.data.history import History, read_history
from tests.configs.reading.test_other_tables import FULL
from tests.conftest import SHARED

CASES = SHARED / "cases" / "acd-exports"
NAMES: dict[str, dict[str, str]] = {
    "avaya": {
        "start": "Date",
        "time": "Interval",
        "volume": "Offered calls",
        "handled": "Handled",
        "aht_s": "Avg time",
    },
    "five9": {"start": "Date", "time": "Time", "volume": "Inbound", "handled": "Handled", "aht_s": "Handle time (sec)"},
    "nice": {"start": "StartDate", "time": "StartTime", "volume": "Queued", "handled": "Handled", "aht_s": "AvgHandle"},
    "semicolon": {},
}


def history_of(folder: Path, name: str, columns: dict[str, str]) -> History:
    settings = {
        "plan": {"name": name, "timezone": "UTC", "interval": "30min"},
        "history": {"path": f"{name}.csv", "columns": columns},
        "channels": {"phone": {"kind": "synchronous", "open": {"mon-fri": "09:00-17:00"}}},
        "contracts": {"full": FULL},
    }
    return read_history(build(settings, folder=folder))


def plain_sum(file: Path, column: str, separator: str) -> float:
    with file.open(encoding="utf-8", newline="") as lines:
        return math.fsum(float(row[column]) for row in csv.DictReader(lines, delimiter=separator))


@pytest.mark.real
@pytest.mark.skipif(not CASES.is_dir(), reason="the exports are not here")
@pytest.mark.parametrize("name", list(NAMES))
def test_the_exports_of_the_case(name):
    """All contacts of the file are in the history, from the first Monday of 2026 to the fifth Friday."""
    found = history_of(CASES, name, NAMES[name]).table
    column = NAMES[name].get("volume", "volume")
    assert found.volume.sum() == plain_sum(CASES / f"{name}.csv", column, ";" if name == "semicolon" else ",")
    assert (str(found.start.min()), str(found.start.max())) == (
        "2026-01-05 09:00:00+00:00",
        "2026-02-06 16:30:00+00:00",
    )
    assert found.aht_s.between(200, 300).all()


def made(folder: Path, name: str) -> float:
    """Write a file as one of the four systems does, five weeks of half hours from 9 to 5; returns its contacts."""
    head = {
        "avaya": "Date,Interval,Offered calls,Handled,Avg time",
        "five9": "Date,Time,Inbound,Handled,Handle time (sec)",
        "nice": "StartDate,StartTime,Queued,Handled,AvgHandle",
        "semicolon": "start;volume;aht_s",
    }[name]
    lines, total = [head], 0
    for day in (date(2026, 1, 5) + timedelta(days=i) for i in range(35)):
        for half in range(18, 34) if day.weekday() < 5 else ():
            start = datetime(day.year, day.month, day.day) + timedelta(minutes=30 * half)  # noqa: DTZ001 - UTC by the plan
            volume, aht = 20 + (half * 7 + day.day * 3) % 17, 240 + (half + day.day) % 40
            total += volume
            end = start + timedelta(minutes=30)
            lines.append(
                {
                    "avaya": f"{start:%m/%d/%Y},{start:%H:%M}-{end:%H:%M},{volume},{volume},{aht}",
                    "five9": f"{start:%m/%d/%Y},{start:%I:%M %p},{volume},{volume},{aht}".replace(",0", ",", 1),
                    "nice": f"{start:%Y-%m-%d},{start:%H:%M:%S},{volume},{volume},00:{aht // 60:02d}:{aht % 60:02d}",
                    "semicolon": f"{start:%d.%m.%Y %H:%M};{volume};{aht},5",
                }[name]
            )
    (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return total


@pytest.mark.parametrize("name", list(NAMES))
def test_files_like_them(tmp_path, name):
    """Files that the test writes in the same forms keep every contact, and the handle times are in seconds."""
    total = made(tmp_path, name)
    found = history_of(tmp_path, name, NAMES[name])
    assert found.table.volume.sum() == total
    assert len(found.table) == 400
    assert found.table.aht_s.between(240, 280.5).all()
    (account,) = found.files
    assert (account.rows, account.used_contacts) == (400, total)


def test_one_file_settles_the_order_for_the_others(tmp_path):
    """Of a folder of months the first may be open alone; another that has a 13th settles it."""
    folder = tmp_path / "months"
    folder.mkdir()
    rows = {"a": ["05/01/2026", "06/01/2026"], "b": ["13/01/2026", "14/01/2026"]}
    for name, days in rows.items():
        lines = [f"{day} {hour:02d}:{minute:02d};4\n" for day in days for hour in range(9, 17) for minute in (0, 30)]
        (folder / f"{name}.csv").write_text("start;volume\n" + "".join(lines), encoding="utf-8")
    settings = {
        "plan": {"name": "t", "timezone": "UTC", "interval": "30min"},
        "history": {"path": "months", "max_missing": 0.99},
        "channels": {"phone": {"kind": "synchronous", "open": {"mon-fri": "09:00-17:00"}}},
        "contracts": {"full": FULL},
    }
    found = read_history(build(settings, folder=tmp_path)).table
    assert sorted({str(day) for day in found.start.dt.date}) == ["2026-01-05", "2026-01-06", "2026-01-13", "2026-01-14"]
    (folder / "b.csv").unlink()
    with pytest.raises(
        Exception, match=r"a\.csv rows 2, 3, 4, 5, 6 and 27 more: start is .* order of day and month is unclear"
    ):
        read_history(build(settings, folder=tmp_path))
