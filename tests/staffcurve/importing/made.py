"""Files as other systems write them, made of the same contacts: fifteen working days, half hours from nine to five."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FIRST = date(2026, 1, 5)
DAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")


@dataclass(frozen=True)
class Half:
    """Contacts of one half hour: when it starts, how many came, were handled and gave up, mean handle time."""

    start: datetime
    offered: int
    handled: int
    aht_s: int

    @property
    def end(self) -> datetime:
        """When it ends."""
        return self.start + timedelta(minutes=30)

    @property
    def lost(self) -> int:
        """Contacts that gave up."""
        return self.offered - self.handled


def halves(days: int = 15) -> list[Half]:
    """The half hours in order; each day has contacts of its own, so that no two orders of dates agree."""
    found = []
    for number in range(days):
        day = FIRST + timedelta(days=number // 5 * 7 + number % 5)
        for slot in range(16):
            start = datetime(day.year, day.month, day.day, 9) + timedelta(minutes=30 * slot)  # noqa: DTZ001 - a clock
            offered = 20 + (7 * slot + 3 * number) % 17
            found.append(Half(start, offered, offered - (slot + number) % 4, 220 + (13 * slot + number) % 50))
    return found


def total() -> int:
    """Contacts offered in all of them."""
    return sum(half.offered for half in halves())


def lines(head: str | None, row: Callable[[Half], str], *, above: str = "", below: str = "") -> str:
    """A file with a line for each half hour."""
    body = "".join(f"{row(half)}\n" for half in halves())
    return above + ("" if head is None else f"{head}\n") + body + below


def clock(moment: datetime) -> str:
    """``9:30 AM``."""
    return f"{(moment.hour - 1) % 12 + 1}:{moment:%M} {'AM' if moment.hour < 12 else 'PM'}"


def length(seconds: int) -> str:
    """``00:04:21``."""
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def epoch(moment: datetime) -> int:
    """Seconds since 1970, of a clock in UTC."""
    return round((moment - datetime(1970, 1, 1)).total_seconds())  # noqa: DTZ001 - a clock


def by_contact() -> str:
    """A line for each contact, at odd seconds."""
    return "Call ID,Call start,Queue,Caller,Outcome,Talk seconds\n" + "".join(_contacts())


def _contacts() -> Iterator[str]:
    number = 0
    for half in halves():
        for place in range(half.offered):
            number += 1
            at = half.start + timedelta(seconds=7 + place * 1700 // half.offered)
            gone = place < half.lost
            outcome, talk = ("Abandoned", 0) if gone else ("Answered", half.aht_s)
            yield f"c{number},{at:%Y-%m-%d %H:%M:%S},Sales,+44{number:09d},{outcome},{talk}\n"


def numbered_contacts() -> str:
    """A line for each contact, its number under a title that may mean contacts."""
    rows = [line.split(",") for line in _contacts()]
    return "Ticket,Created\n" + "".join(f"{100_000 + at},{row[1]}\n" for at, row in enumerate(rows))


def across_days() -> str:
    """Times down and days across, blank on the days that are not there."""
    days = sorted({half.start.date() for half in halves()})
    table = {(half.start.time(), half.start.date()): half.offered for half in halves()}
    times = sorted({half.start.time() for half in halves()})
    rows = [",".join([f"{time:%H:%M}", *(str(table[time, day]) for day in days)]) for time in times]
    return ",".join(["Time", *map(str, days)]) + "\n" + "\n".join(rows) + "\n"


def across_times() -> str:
    """Days down and times across."""
    days = sorted({half.start.date() for half in halves()})
    table = {(half.start.date(), half.start.time()): half.offered for half in halves()}
    times = sorted({half.start.time() for half in halves()})
    rows = [",".join([str(day), *(str(table[day, time]) for time in times)]) for day in days]
    return ",".join(["Date", *(f"{time:%H:%M}" for time in times)]) + "\n" + "\n".join(rows) + "\n"


def across_times_and_sums() -> str:
    """Days down, times across, and the sum of each day, which may look like a time (1345)."""
    head, *rows = across_times().splitlines()
    sums = [sum(map(int, row.split(",")[1:])) for row in rows]
    return "\n".join([f"{head},Total", *(f"{row},{each}" for row, each in zip(rows, sums, strict=True))]) + "\n"


def across_hours() -> str:
    """Days and their names down, hours 9 to 16 across as bare numbers."""
    days = sorted({half.start.date() for half in halves()})
    rows = [
        [sum(h.offered for h in halves() if (h.start.date(), h.start.hour) == (day, at)) for at in range(9, 17)]
        for day in days
    ]
    lines_ = [",".join([f"{day},{DAYS[day.weekday()]}", *map(str, row)]) for day, row in zip(days, rows, strict=True)]
    return "\n".join([",".join(["Date", "Weekday", *map(str, range(9, 17))]), *lines_]) + "\n"


PLAIN: dict[str, str | bytes] = {
    "two columns": lines("Date,Time,Calls", lambda h: f"{h.start:%Y-%m-%d},{h.start:%H:%M},{h.offered}"),
    "from and to": lines(
        "Date,Interval,Offered calls,Handled,Avg time",
        lambda h: f"{h.start:%d/%m/%Y},{h.start:%H:%M}-{h.end:%H:%M},{h.offered},{h.handled},{h.aht_s}",
    ),
    "AM and PM": lines(
        "Date,Time,Inbound,Handled,Handle time (sec)",
        lambda h: f"{h.start:%m/%d/%Y},{clock(h.start)},{h.offered},{h.handled},{h.aht_s}",
    ),
    "AM and PM in one": lines(
        "Interval Start,Offered", lambda h: f"{h.start.month}/{h.start.day}/{h.start:%y} {clock(h.start)},{h.offered}"
    ),
    "durations": lines(
        "StartDate,StartTime,Queued,AvgHandle",
        lambda h: f"{h.start:%Y-%m-%d},{h.start:%H:%M:%S},{h.offered},{length(h.aht_s)}",
    ),
    "dots and commas": lines("start;volume;aht_s", lambda h: f"{h.start:%d.%m.%Y %H:%M};{h.offered};{h.aht_s},5"),
    "German": lines(
        "Datum;Uhrzeit;Anrufe angeboten;Anrufe angenommen;Verloren;Ø Bearbeitungszeit",
        lambda h: f"{h.start:%d.%m.%Y};{h.start:%H:%M};{h.offered};{h.handled};{h.lost};{length(h.aht_s)}",
    ).encode("cp1252"),
    "titles": lines(
        "Date,Time,Calls offered",
        lambda h: f"{h.start:%Y-%m-%d},{h.start:%H:%M},{h.offered}",
        above="Queue report\nFrom,2026-01-05\n\n",
    ),
    "sums": lines(
        "Date,Time,Calls offered",
        lambda h: f"{h.start:%Y-%m-%d},{h.start:%H:%M},{h.offered}",
        below=f"Total,,{sum(h.offered for h in halves())}\n",
    ),
    "sep line": lines("Start;Calls", lambda h: f"{h.start:%Y-%m-%d %H:%M};{h.offered}", above="sep=;\n"),
    "tabs": lines("Start\tCalls", lambda h: f"{h.start:%Y-%m-%d %H:%M}\t{h.offered}").encode("utf-16"),
    "no header": lines(None, lambda h: f"{h.start:%Y-%m-%d %H:%M},{h.offered}"),
    "930": lines("Day,Start time,Offered", lambda h: f"{h.start:%Y-%m-%d},{int(f'{h.start:%H%M}')},{h.offered}"),
    "epoch": lines("Timestamp,Calls", lambda h: f"{epoch(h.start)},{h.offered}"),
    "epoch ms": lines("timestamp,calls", lambda h: f"{epoch(h.start)}000,{h.offered}"),
    "start and end": lines(
        "Interval Start,Interval End,Offered", lambda h: f"{h.start:%Y-%m-%dT%H:%M},{h.end:%Y-%m-%dT%H:%M},{h.offered}"
    ),
    "only ends": lines("Interval End,Offered", lambda h: f"{h.end:%Y-%m-%dT%H:%M},{h.offered}"),
    "parts of a total": lines(
        "Date,Time,Calls Offered,ACD Calls,Aban Calls,% Answered,Total Talk Time,Total Hold Time,Total ACW Time",
        lambda h: (
            f"{h.start:%Y-%m-%d},{h.start:%H:%M},{h.offered},{h.handled},{h.lost},95%,{h.handled * (h.aht_s - 30)},{h.handled * 10},{h.handled * 20}"
        ),
    ),
    "month names": lines(
        "Date,Time,Contacts", lambda h: f"{h.start.day} {h.start:%b} {h.start.year},{h.start:%H:%M},{h.offered}"
    ),
    "thousands": lines(
        "Start,Calls,Handle time (ms)", lambda h: f'{h.start:%Y-%m-%d %H:%M},{h.offered},"{h.aht_s * 1000:,}"'
    ),
    "digits and bars": lines(
        "date|period|TZ|contactsReceived|contactsHandled|AHT",
        lambda h: f"{h.start:%m%d%Y}|{h.start:%H:%M}|CET|{h.offered}|{h.handled}|{h.aht_s}",
    ),
    "Italian": lines(
        "Data;Ora inizio;Chiamate offerte;Chiamate gestite;Tempo medio di gestione",
        lambda h: f"{h.start:%d/%m/%Y};{h.start:%H.%M};{h.offered};{h.handled};{h.aht_s // 60}:{h.aht_s % 60:02d}",
    ),
    "German months": lines(
        "Tag;Uhrzeit;Anrufe gesamt",
        lambda h: f"{DAYS[h.start.weekday()]}, {h.start.day}. Januar {h.start.year};{h.start:%H:%M} Uhr;{h.offered}",
    ),
    "date in the first row": lines(
        "Date,Time,Offered",
        lambda h: (
            f"{f'{h.start:%Y-%m-%d}' if h.start.hour == 9 and not h.start.minute else ''},{h.start:%H:%M},{h.offered}"
        ),
    ),
    "UTC in the title": lines("Interval Start UTC,Offered", lambda h: f"{h.start:%Y-%m-%d %H:%M},{h.offered}"),
    "days and parts of them": lines(
        "Date,Time,Offered",
        lambda h: (
            f"{46027 + (h.start.date() - FIRST).days},{(h.start.hour * 60 + h.start.minute) / 1440:.10f},{h.offered}"
        ),
    ),
    "parts in German": lines(
        "Datum;Zeit;Anrufe;Mittlere Gesprächsdauer;Mittlere Nachbearbeitungsdauer",
        lambda h: f"{h.start:%d.%m.%Y};{h.start:%H:%M};{h.offered};{length(h.aht_s - 30)};0:00:30",
    ),
    "minutes and seconds in words": lines(
        "Start,Calls,Handle time",
        lambda h: f"{h.start:%Y-%m-%d %H:%M},{h.offered},{h.aht_s // 60}m {h.aht_s % 60}s",
    ),
    "two decimals": lines("Start,Calls", lambda h: f"{h.start:%Y-%m-%d %H:%M},{h.offered}.00"),
    "offset of hours": lines("timestamp,contacts", lambda h: f"{h.start:%Y-%m-%dT%H:%M:%S}+00,{h.offered}"),
    "forecast beside": lines(
        "Date,Time,Forecast Calls,Calls,Forecast AHT,AHT",
        lambda h: f"{h.start:%Y-%m-%d},{h.start:%H:%M},99,{h.offered},999,{h.aht_s}",
    ),
    "#NV": lines("Start;Anrufe;AHT", lambda h: f"{h.start:%d.%m.%Y %H:%M};{h.offered};#NV"),
    "a row a contact, numbered": numbered_contacts(),
    "a row a contact": by_contact(),
    "days across": across_days(),
    "times across": across_times(),
    "times across, German": across_times().replace("Date", "Tag", 1).replace(",", ";"),
    "times across and sums": across_times_and_sums(),
    "hours across": across_hours(),
}
"""Files that say everything themselves, by their kind."""
