"""Which columns of a file say when a row is: starts, ends, dates next to times of day, numbered intervals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from staffcurve.importing.proposal import Choice, Question
from staffcurve.importing.titles import DURATIONS, TIMES, WHEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from staffcurve.importing.columns import Found
    from staffcurve.importing.contents import Column

UTC = re.compile(r"\b(utc|gmt)\b")
HOUR = re.compile(r"\b(hours?|hrs?|hour of day|stunde|std|heure|hora|ora|uur|timme|time of day)\b")
NUMBERED = re.compile(r"\b(time|interval|intervall|intervalle|intervalo|period|slot|half hour|uhrzeit|zeit|tijd)\b")
"""Titles of plain numbers that are times: of hours, and of 930 or numbers of intervals."""


def find_times(columns: Sequence[Column], found: Found) -> None:
    """Find the column of starts, or those of dates and of times of day."""
    moments = [one for one in columns if one.kind in {"moment", "epoch"} and not WHEN["other"].search(one.title)]
    if not moments:
        moments = [one for one in columns if one.kind in {"moment", "epoch"}]
    if moments:
        start = _start(moments, found)
        if start.kind == "epoch":
            found.settings["date_format"] = "epoch-ms" if len(start.texts[0].split(".")[0]) == 13 else "epoch"
        return
    dates = [one for one in columns if one.kind == "date"]
    serials = [one for one in columns if one.kind == "serial" and re.search(r"date|day|start|time|datum", one.title)]
    if not dates and serials:
        found.settings["date_format"] = "serial"
        dates = serials
    if not dates:
        dates = [one for one in columns if one.kind == "digits"]
        _find_pattern(dates, found)
    if not dates:
        return
    date = _best(dates, WHEN["start"])
    _find_clock(columns, date, found)


def find_zone(columns: Sequence[Column], found: Found) -> None:
    """Take UTC where the title of the times says so, or a column of zones says nothing else."""
    names = {found.columns.get(role) for role in ("start", "date", "time", "end")}
    titles = [one.title for one in columns if one.name in names]
    zones = [one for one in columns if re.search(r"\b(tz|time ?zone|zeitzone|zone)\b", one.title)]
    told = any(UTC.search(title) for title in titles)
    if told or any({text.casefold() for text in one.distinct} in ({"utc"}, {"gmt"}) for one in zones):
        found.settings["timezone"] = "UTC"


def _find_pattern(dates: list[Column], found: Found) -> None:
    """The order of dates such as 13012026, which are a pattern of their own."""
    if not dates:
        return
    texts = [text for text in dates[0].distinct if re.fullmatch(r"\d{8}", text, re.ASCII)]
    orders = [("%d%m%Y", [text[2:4] for text in texts]), ("%m%d%Y", [text[:2] for text in texts])]
    fitting = [pattern for pattern, months in orders if all(1 <= int(month) <= 12 for month in months)]
    if len(fitting) == 1:
        found.settings["date_format"] = fitting[0]
        return
    choices = tuple(
        Choice(pattern, f"{texts[0]} is {'day' if pattern[1] == 'd' else 'month'} first") for pattern in fitting
    )
    found.questions.append(Question("history.date_format", "In which order are day and month?", choices))


def _start(moments: list[Column], found: Found) -> Column:
    """Take the start among columns of times; a file with nothing but ends is read by them."""
    ends = [one for one in moments if WHEN["end"].search(one.title) and not re.search(r"\b(start|begin)\b", one.title)]
    starts = [one for one in moments if one not in ends]
    if not starts:
        found.settings["label"] = "end"
    start = _best(starts or ends, WHEN["start"])
    found.take("start", start, "dates with times" if start.kind == "moment" else "seconds since 1970")
    return start


def _find_clock(columns: Sequence[Column], date: Column, found: Found) -> None:
    """Take the times of day that stand next to a column of dates; without any, a row is a day."""
    spans = [one for one in columns if one.kind == "span"]
    clocks = [one for one in columns if one.kind == "clock" and _is_time_of_day(one)]
    numbered = [
        one
        for one in columns
        if one.kind in {"hhmm", "period"}
        and (NUMBERED.search(one.title) or HOUR.search(one.title))
        and not DURATIONS.search(one.title)
    ]
    fractions = [one for one in columns if date.kind == "serial" and _is_part_of_day(one)]
    if fractions and not (spans or clocks):
        found.take("date", date, "days of a spreadsheet")
        found.take("time", fractions[0], "parts of a day")
        return
    if not (spans or clocks or numbered):
        found.take("start", date, "dates; a row is a day")
        return
    found.take("date", date, "dates")
    ends = [one for one in clocks if WHEN["end"].search(one.title) and not re.search(r"\b(start|begin)\b", one.title)]
    starts = [one for one in clocks if one not in ends]
    if spans:
        found.take("time", spans[0], "times from and to")
    elif starts or ends:
        if not starts:
            found.settings["label"] = "end"
        found.take("time", _best(starts or ends, WHEN["start"]), "times of day")
    else:
        _take_numbered(numbered[0], found)


def _is_part_of_day(column: Column) -> bool:
    """Whether numbers are times of day as a spreadsheet keeps them, such as 0.375."""
    numbers = column.numbers
    timed = NUMBERED.search(column.title) or HOUR.search(column.title) or WHEN["start"].search(column.title)
    return bool(timed) and column.kind == "number" and all(0 <= number < 1 for number in numbers)


def _take_numbered(column: Column, found: Found) -> None:
    """Take numbers for times: 930, hours of the day, or the numbers of intervals."""
    if column.kind == "hhmm":
        found.take("time", column, "times such as 930")
        return
    low, high = (bound(int(text) for text in column.distinct) for bound in (min, max))
    if HOUR.search(column.title) and high <= 24:
        found.take("time", column, "hours of the day")
        found.settings |= hours_of_day(high)
        return
    found.take("time", column, "numbers of intervals")
    lengths = [minutes for minutes in (60, 30, 15, 10, 5) if high <= 1440 // minutes]
    whole = [minutes for minutes in lengths if high - low + 1 == 1440 // minutes]
    if whole:
        found.settings |= {"period": f"{whole[0]}min", "first_period": low}
        return
    lasts = [(minutes, f"interval {high} is one of the {1440 // minutes} of a day") for minutes in lengths]
    choices = tuple(Choice(f"{minutes}min", means) for minutes, means in lasts)
    found.questions.append(Question("history.period", "How long are the numbered intervals?", choices))
    if low > 0:
        firsts = tuple(Choice(first, f"it has the number {first}") for first in (1, 0))
        asks = "Which number has the interval that begins at midnight?"
        found.questions.append(Question("history.first_period", asks, firsts))
    else:
        found.settings["first_period"] = 0


def hours_of_day(last: int) -> dict[str, object]:
    """Settings of times that are hours: 8 is eight o'clock, unless they count to 24; then 1 begins at midnight."""
    return {"period": "1h", "first_period": 1 if last == 24 else 0}


def _is_time_of_day(column: Column) -> bool:
    """Whether times are of the day and not durations: by the title, else because they lie on five minutes."""
    if DURATIONS.search(column.title) or re.search(
        r"\b(avg|average|total|talk|hold|acw|asa|max|duration|wait)\b", column.title
    ):
        return False
    if TIMES.search(column.title):
        return True
    minutes = {re.split(r"[:.h]", text)[1][:2] for text in column.texts if re.search(r"[:.h]", text)}
    return all(minute.isdigit() and int(minute) % 5 == 0 for minute in minutes)


def _best(columns: Sequence[Column], words: re.Pattern[str]) -> Column:
    """The first column whose title says it, else the first."""
    return next((one for one in columns if words.search(one.title)), columns[0])
