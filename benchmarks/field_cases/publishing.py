"""A week published again and again, hours that come twice, and the files of other systems.

The right answers: a phone that takes entries with higher numbers only shows the roster last published; the moments in
calendars, texts and workbooks are those of ``roster.csv``; other readers of calendars, where they are installed (``ics``,
``vobject``; ``ical.js`` and ``node-ical`` on NODE_PATH), find the same ones.
"""

from __future__ import annotations

import csv
import json
import re
import subprocess
from datetime import UTC, date, datetime, timedelta
from importlib.util import find_spec
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import icalendar

from benchmarks.field_cases.case import Row, staffcurve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CONFIG = """
[plan]
name = "p"
timezone = "{zone}"
interval = "30min"
week = {week}
[history]
path = "history.csv"
[forecast]
fast = true
[channels.phone]
kind = "synchronous"
open = {{ daily = "00:00-24:00" }}
target = {{ share = 0.80, within = "20s" }}
patience = "150s"
minimum = 1
[costs]
shortage_per_hour = 90
[contracts.day]
days_per_week = 5
days_off = "any"
shifts = [ {{ length = "8h", start = "06:00-14:00", step = "30min" }} ]
breaks = [ {{ length = "30min", after = "3h-5h" }} ]
cost_per_hour = 10
[contracts.night]
days_per_week = 5
days_off = "any"
shifts = [ {{ length = "{night}", start = "{start}" }} ]
breaks = [ {{ length = "30min", after = "{after}" }} ]
cost_per_hour = 10
[roster]
agents = "agents.csv"
leave = "leave.csv"
time_limit = "10s"
gap = 0.02
advice = false
[simulation]
replications = 0
[reports]
formats = ["xlsx", "csv", "ics"]
exports = ["amazon-connect", "calabrio"]
"""
DOUBLED = (
    ("Europe/London", date(2026, 10, 19), "9h", "22:00", "4h"),
    ("Europe/London", date(2026, 10, 19), "8h30m", "17:00", "3h"),
    ("America/New_York", date(2026, 10, 26), "9h", "22:00", "4h"),
    ("Australia/Lord_Howe", date(2027, 3, 29), "8h", "22:00", "4h"),
    ("Africa/Casablanca", date(2027, 2, 1), "9h", "22:00", "5h"),
)
"""Zone, the week whose Sunday has an hour twice (half an hour on Lord Howe Island); length, start and break of a shift."""
NODE = {
    "ical.js": "const m=require('ical.js');const ICAL=m.default||m;"
    "const all=new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map(e=>new ICAL.Event(e));"
    "print(all.map(e=>[e.uid,e.startDate.toUnixTime(),e.endDate.toUnixTime()]))",
    "node-ical": "const all=Object.values(require('node-ical').sync.parseICS(text)).filter(e=>e.type==='VEVENT');"
    "print(all.map(e=>[e.uid,e.start.getTime()/1000,e.end.getTime()/1000]))",
}
Span = tuple[float, float]


def rows(folder: Path) -> Iterator[Row]:
    """Publish again, then the hours that come twice."""
    yield from _again(folder / "again")
    for zone, week, night, start, after in DOUBLED:
        home = folder / f"{zone.replace('/', '-')}-{start[:2]}"
        yield from _twice(_site(home, zone, week, night, start, after), f"{zone} from {start}", week)


def _site(folder: Path, zone: str, week: date, night: str = "9h", start: str = "22:00", after: str = "3h-5h") -> Path:
    """Write a site of eight people with ten weeks of history, flat but for a busy middle of the day."""
    folder.mkdir(parents=True)
    text = CONFIG.format(zone=zone, week=week, night=night, start=start, after=after)
    (folder / "plan.toml").write_text(text, encoding="utf-8")
    moment = datetime.combine(week - timedelta(days=70), datetime.min.time(), ZoneInfo(zone)).astimezone(UTC)
    lines = ["channel,start,volume,aht_s"]
    for step in range(69 * 48):
        at = moment + timedelta(minutes=30 * step)
        lines.append(f"phone,{at.isoformat()},{9 if 9 <= at.astimezone(ZoneInfo(zone)).hour < 18 else 3},240")
    (folder / "history.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    people = [f"{kind[0]}{number},{kind} {number},{kind},phone" for kind in ("day", "night") for number in range(1, 5)]
    (folder / "agents.csv").write_text("\n".join(["agent,name,contract,skills", *people]) + "\n", encoding="utf-8")
    (folder / "leave.csv").write_text("agent,start,end,reason\n", encoding="utf-8")
    return folder


def _roster(run: Path) -> dict[str, set[Span]]:
    """Spans of each person in ``roster.csv``, in seconds since 1970."""
    found: dict[str, set[Span]] = {}
    with (run / "roster.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            begin, end = (datetime.fromisoformat(row[key]).timestamp() for key in ("start", "end"))
            found.setdefault(row["agent"], set()).add((begin, end))
    return found


Phone = dict[str, tuple[int, str, bool, Span]]


def _import(phone: Phone, run: Path) -> None:
    """Read every calendar of a run as a phone does: a new entry, or one with a higher number, is taken."""
    for path in sorted((run / "calendars").glob("*.ics")):
        for event in icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT"):
            uid, number = str(event["uid"]), int(event.get("sequence", 0))
            span = (event.decoded("dtstart").timestamp(), event.decoded("dtend").timestamp())
            if uid not in phone or number > phone[uid][0]:
                phone[uid] = (number, path.stem, str(event.get("status")) == "CANCELLED", span)


def _shown(phone: Phone) -> dict[str, set[Span]]:
    found: dict[str, set[Span]] = {}
    for _, agent, cancelled, span in phone.values():
        if not cancelled:
            found.setdefault(agent, set()).add(span)
    return found


def _again(folder: Path) -> Iterator[Row]:
    """Publish, then again after leave, after leave elsewhere, after somebody left, and unchanged."""
    week = date(2026, 11, 30)
    _site(folder, "Europe/London", week)
    phone: Phone = {}
    run, other = folder / "out" / f"p-{week}", folder / "again" / f"p-{week}"
    ill = "agent,start,end,reason\nd1,2026-12-04,2026-12-05,ill\nd3,2026-11-30,2026-12-06,ill\n"
    fewer = "\n".join(line for line in (folder / "agents.csv").read_text().splitlines() if line[:2] != "d2") + "\n"
    steps = (
        ("first time", {}, (), run),
        ("two fall ill, the folder is replaced", {"leave.csv": ill}, ("--published", str(run)), run),
        ("they are well again, into another folder", {"leave.csv": ill[:23] + "\n"}, ("--published", str(run), "--out", "again"), other),
        ("d2 leaves the roster", {"agents.csv": fewer}, ("--published", str(other), "--out", "again"), other),
        ("without --published, over the folder that stands", {"leave.csv": ill}, ("--out", "again"), other),
    )  # fmt: skip
    for case, files, words, made in steps:
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
        told = staffcurve(folder, "run", "plan.toml", "-q", *words)
        _import(phone, made)
        wrong = sum(len(spans ^ _roster(made).get(agent, set())) for agent, spans in _shown(phone).items())
        printed = f"exit {told.code}, {wrong} shifts differ"
        yield Row(f"published again: {case}", "phones show the roster", printed, told.code == 0 and not wrong)
    before = {path.name: path.read_bytes() for path in (other / "calendars").iterdir()}
    staffcurve(folder, "run", "plan.toml", "-q", "--out", "again")
    after = {path.name: path.read_bytes() for path in (other / "calendars").iterdir()}
    same = sum(before[name] == after.get(name) for name in before)
    yield Row("published again unchanged", f"{len(before)} files alike", f"{same} files alike", before == after)


def _twice(folder: Path, case: str, week: date) -> Iterator[Row]:
    """A week whose Sunday has an hour, or half an hour, twice."""
    zone = case.partition(" ")[0]
    told, run = staffcurve(folder, "run", "plan.toml", "-q"), folder / "out" / f"p-{week}"
    phone: Phone = {}
    _import(phone, run)
    alike = told.code == 0 and _shown(phone) == _roster(run)
    yield Row(f"{case}: calendars", "the moments of roster.csv", "alike" if alike else "other", alike)
    yield from _readers(case, run)
    yield from _edits(folder, case, run)
    yield _amazon(zone, run)
    yield _calabrio(zone, week, run)


def _readers(case: str, run: Path) -> Iterator[Row]:
    """Every reader that is installed finds the moments that icalendar finds."""
    paths = sorted((run / "calendars").glob("*.ics"))
    right = [
        sorted((str(e["uid"]), *(e.decoded(key).timestamp() for key in ("dtstart", "dtend"))) for e in _events(path))
        for path in paths
    ]
    for name, read in (("ics", _by_ics), ("vobject", _by_vobject)):
        if find_spec(name):
            found = [sorted(read(path.read_text(encoding="utf-8"))) for path in paths]
            yield Row(f"{case}: read by {name}", "alike", "alike" if found == right else "other", found == right)
    for name in NODE:
        seen = [_by_node(name, path) for path in paths]
        if None not in seen:
            alike = [sorted(each or []) for each in seen] == right
            yield Row(f"{case}: read by {name}", "alike", "alike" if alike else "other", alike)


def _events(path: Path) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT"))


def _by_ics(text: str) -> list[tuple[str, float, float]]:
    from ics import Calendar

    return [(e.uid, e.begin.timestamp(), e.end.timestamp()) for e in Calendar(text).events]


def _by_vobject(text: str) -> list[tuple[str, float, float]]:
    import vobject

    events = vobject.readOne(text).contents.get("vevent", [])
    return [(e.uid.value, e.dtstart.value.timestamp(), e.dtend.value.timestamp()) for e in events]


def _by_node(name: str, path: Path) -> list[tuple[str, float, float]] | None:
    """What a reader of node finds; None where node or the reader is not installed."""
    head = (
        "const text=require('fs').readFileSync(process.argv[1],'utf8');const print=x=>console.log(JSON.stringify(x));"
    )
    try:
        done = subprocess.run(
            ["node", "-e", head + NODE[name], str(path)], capture_output=True, text=True, check=True
        )  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        return None
    return [(uid, float(begin), float(end)) for uid, begin, end in json.loads(done.stdout)]


def _edits(folder: Path, case: str, run: Path) -> Iterator[Row]:
    """The workbook elsewhere, unchanged; a break and a shift moved by the hour; shifts offered in that night."""
    import openpyxl

    (folder / "post").mkdir()
    (run / "staffing.xlsx").rename(folder / "post" / "mine.xlsx")
    changes = _changes(folder, "post/mine.xlsx")
    yield Row(f"{case}: workbook moved away", "found, nothing changed", f"{changes} changes", changes == 0)
    text = (run / "roster.csv").read_text(encoding="utf-8")
    starred = re.search(r"\d\d:\d\d\*-\d\d:\d\d\*?", text)
    if starred is not None:
        first = text.replace(starred[0], starred[0].replace("*", ""), 1)
        (run / "edited.csv").write_text(first, encoding="utf-8")
        changes = _changes(folder, f"out/{run.name}/edited.csv")
        yield Row(f"{case}: break moved by that hour", "1 change", f"{changes} changes", changes == 1)
    sheet = openpyxl.load_workbook(folder / "post" / "mine.xlsx")
    for head, offered in ((column[0].value, column[1].value) for column in sheet["Choices"].iter_cols()):
        if str(head).startswith("night"):
            yield from _offered(folder, case, str(head), str(offered))


def _offered(folder: Path, case: str, head: str, text: str) -> Iterator[Row]:
    """Write an offered shift into the night of the change, or the night before, as its column says."""
    import openpyxl

    book = openpyxl.load_workbook(folder / "post" / "mine.xlsx")
    sheet, change = book["Roster"], "," in head
    for row in sheet.iter_rows(min_row=3):
        if row[0].value == "n1":
            for number, cell in enumerate(row[5:12]):
                cell.value = text if number == (5 if change else 1) else None
    book.save(folder / "post" / "typed.xlsx")
    told = staffcurve(folder, "roster", "plan.toml", "--edited", "post/typed.xlsx", "--json")
    broken = [
        each["sentence"] for each in json.loads(told.out)["broken"] if "not a shift of contract" in each["sentence"]
    ]
    night = "the night of the change" if change else "another night"
    yield Row(f"{case}: {text} offered in {night}", "a shift of the contract", "; ".join(broken) or "it is", not broken)


def _changes(folder: Path, file: str) -> int:
    told = staffcurve(folder, "roster", "plan.toml", "--edited", file, "--json")
    return len(json.loads(told.out)["changes"]) if told.code == 0 else -1


def _amazon(zone: str, run: Path) -> Row:
    """Whole contacts, and the sum of each local day rounded."""

    def by_day(rows: list[tuple[str, str]]) -> dict[date, float]:
        sums: dict[date, float] = {}
        for start, volume in rows:
            day = datetime.fromisoformat(start).astimezone(ZoneInfo(zone)).date()
            sums[day] = sums.get(day, 0.0) + float(volume)
        return sums

    read = {}
    for name, keys in (("exports/amazon-connect.csv", ("TimeStamp", "IncomingContactVolume")), ("forecast.csv", ("start", "volume"))):  # fmt: skip
        with (run / name).open(encoding="utf-8", newline="") as file:
            read[name] = [tuple(row[key] for key in keys) for row in csv.DictReader(file)]
    counts, forecast = (by_day(rows) for rows in read.values())
    whole = all(volume.isdigit() for _, volume in read["exports/amazon-connect.csv"])
    off = max(abs(counts[day] - forecast[day]) for day in forecast)
    return Row(f"{zone}: amazon-connect", "whole, a day within 0.5", f"whole: {whole}, {off:.2f}", whole and off <= 0.5)


def _calabrio(zone: str, week: date, run: Path) -> Row:
    """Read as the last public importer did: CRLF, commas, no quotes; an hour that comes twice is copied to both."""
    text = (run / "exports" / "calabrio.csv").read_bytes().decode()
    starts: list[float] = []
    lengths = set()
    for line in text.split("\r\n")[:-1]:
        cells = line.split(",")
        begin, end = (datetime.strptime(cell, "%Y%m%d %H:%M").replace(tzinfo=ZoneInfo(zone)) for cell in cells[1:3])
        passes = {begin.replace(fold=fold).timestamp() for fold in (0, 1)}
        starts += passes
        lengths.add((end.replace(tzinfo=None) - begin.replace(tzinfo=None)).total_seconds() / 60)
    first = datetime.combine(week, datetime.min.time(), ZoneInfo(zone)).timestamp()
    last = datetime.combine(week + timedelta(days=7), datetime.min.time(), ZoneInfo(zone)).timestamp()
    right = sorted(starts) == [first + 1800 * n for n in range(int(last - first) // 1800)] and lengths == {30.0}
    return Row(
        f"{zone}: calabrio", "each interval of the week once", f"{len(starts)} intervals", right and "\r\n" in text
    )
