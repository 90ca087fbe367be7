"""What each column of a file was taken for: by its title, its cells and its neighbours; what is open is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from staffcurve.importing.contents import column_of
from staffcurve.importing.proposal import Choice, Question, Taken
from staffcurve.importing.titles import (
    DURATIONS,
    MEANINGS,
    PART,
    WHEN,
    kind_of,
    plain,
    sureness,
    unit_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from staffcurve.importing.contents import Column

Name = str | int
BY_TITLE = "its title"
GROUPS = ("channel", "queue", "media", "skill", "language", "site")


@dataclass
class Found:
    """What has been found of a file so far: a column for each of ours, further settings, and what is open."""

    columns: dict[str, Name | tuple[Name, ...]] = field(default_factory=dict)
    why: dict[Name, str] = field(default_factory=dict)
    settings: dict[str, object] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)

    def take(self, role: str, column: Column, why: str) -> None:
        """Take a column for one of ours."""
        self.columns[role] = column.name
        self.why[column.name] = why

    def is_used(self, column: Column) -> bool:
        """Whether a column was taken for something."""
        return column.name in self.why

    def keep_times(self) -> None:
        """Forget everything but the times: a row is not what it seemed to be."""
        self.columns = {role: name for role, name in self.columns.items() if role in {"start", "date", "time"}}
        self.why = {name: why for name, why in self.why.items() if name in self.columns.values()}
        self.questions = [one for one in self.questions if one.key != "history.columns.volume"]

    def taken(self, columns: Sequence[Column]) -> tuple[Taken, ...]:
        """What each column was taken for, in the order of the file."""
        roles: dict[Name, str] = {}
        for role, names in self.columns.items():
            for name in names if isinstance(names, tuple) else (names,):
                roles[name] = role
        return tuple(Taken(_shown(one.name), roles.get(one.name, ""), self.why.get(one.name, "")) for one in columns)


def _shown(name: Name) -> str:
    return f"column {name}" if isinstance(name, int) else name


def looked_at(named: Mapping[Name, Sequence[str]]) -> list[Column]:
    """Look at every column of a file."""
    return [column_of(name, plain(str(name)) if isinstance(name, str) else "", cells) for name, cells in named.items()]


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
        and re.search(r"\b(time|start ?time|interval|period|slot|hour|half hour|uhrzeit|zeit)\b", one.title)
        and not DURATIONS.search(one.title)
    ]
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


def _take_numbered(column: Column, found: Found) -> None:
    """Take numbers for times: 930, hours of the day, or the numbers of intervals."""
    if column.kind == "hhmm":
        found.take("time", column, "times such as 930")
        return
    numbers = [int(text) for text in column.distinct]
    found.take("time", column, "numbers of intervals")
    if re.search(r"\bhour\b", column.title) and max(numbers) <= 24:
        found.settings |= {"period": "1h", "first_period": 0 if min(numbers) == 0 else 1}
        return
    lengths = [minutes for minutes in (60, 30, 15, 10, 5) if max(numbers) <= 1440 // minutes]
    if len(lengths) == 1 or max(numbers) > 24:
        found.settings |= {"period": f"{lengths[0]}min", "first_period": 0 if min(numbers) == 0 else 1}
    choices = tuple(
        Choice(f"{minutes}min", f"interval {max(numbers)} is the last of {1440 // minutes} of a day")
        for minutes in lengths
    )
    if "period" not in found.settings:
        found.questions.append(Question("history.period", "How long are the numbered intervals?", choices))


def _is_time_of_day(column: Column) -> bool:
    """Whether times are of the day and not durations: by the title, else because they lie on five minutes."""
    if DURATIONS.search(column.title) or re.search(
        r"\b(avg|average|total|talk|hold|acw|asa|max|duration|wait)\b", column.title
    ):
        return False
    if re.search(
        r"\b(time|start|from|begin|interval|hour|uhrzeit|zeit|heure|hora|ora|tijd|von|clock|period)\b", column.title
    ):
        return True
    minutes = {re.split(r"[:.h]", text)[1][:2] for text in column.texts if re.search(r"[:.h]", text)}
    return all(minute.isdigit() and int(minute) % 5 == 0 for minute in minutes)


def _best(columns: Sequence[Column], words: re.Pattern[str]) -> Column:
    """The first column whose title says it, else the first."""
    return next((one for one in columns if words.search(one.title)), columns[0])


def _names(columns: Sequence[Column]) -> tuple[Choice, ...]:
    return tuple(Choice(one.name, ", ".join(one.distinct[:3])) for one in columns if one.kind != "blank")


def find_counts(columns: Sequence[Column], found: Found) -> None:
    """Find contacts offered, handled and abandoned, and the other counts that a title tells."""
    for role in ("volume", "handled", "abandoned", "backlog", "wait_s"):
        kinds = {"number", "hhmm", "period", "serial"} if role != "wait_s" else {"number", "clock", "hhmm", "period"}
        _take_surest(role, [one for one in columns if one.kind in kinds and not found.is_used(one)], found)
    if "volume" in found.columns or any(one.key == "history.columns.volume" for one in found.questions):
        return
    left = [one for one in columns if one.kind in {"number", "hhmm", "period"} and not found.is_used(one)]
    plain_counts = [one for one in left if not DURATIONS.search(one.title) and not _part(one)]
    if len(left) == 1:
        found.take("volume", left[0], "the only column of numbers")
    elif "handled" in found.columns and not [one for one in plain_counts if not one.title]:
        _ask_handled(found)
    else:
        asks = "Which column holds the contacts offered?"
        found.questions.append(Question("history.columns.volume", asks, _names(left)))


def _ask_handled(found: Found) -> None:
    """Whether contacts handled, with those abandoned, are the contacts offered is for a person to say."""
    handled = found.columns["handled"]
    choices = [Choice(handled, "only contacts that were handled")]
    if "abandoned" in found.columns:
        choices.insert(0, Choice((handled, found.columns["abandoned"]), "handled and abandoned, added up"))
    asks = "No column holds the contacts offered. What is planned for?"
    found.questions.append(Question("history.columns.volume", asks, tuple(choices)))


def _take_surest(role: str, columns: Sequence[Column], found: Found) -> None:
    """Take the column whose title says a role most surely; two that say it alike are asked about."""
    sure = {
        one.name: max(sureness(one.title, each) for each in MEANINGS if each.role == role)
        for one in columns
        if one.title
    }
    best = max(sure.values(), default=0)
    if not best:
        return
    alike = [one for one in columns if sure.get(one.name) == best]
    if role == "volume" and len(alike) > 1:
        asks = "Which column holds the contacts offered?"
        found.questions.append(Question("history.columns.volume", asks, _names(alike)))
        return
    found.take(role, alike[0], BY_TITLE)


def find_groups(columns: Sequence[Column], found: Found) -> None:
    """Find the columns that say what a row belongs to: channel, queue, media and the like."""
    for role in GROUPS:
        texts = [one for one in columns if one.kind in {"text", "number", "period", "hhmm"} and not found.is_used(one)]
        _take_surest(role, [one for one in texts if not one.is_key], found)
    nameless = [one for one in columns if not one.title and one.kind == "text" and not one.is_key]
    if len(nameless) == 1 and not any(role in found.columns for role in GROUPS):
        found.take("queue", nameless[0], "the only column of texts")


def find_handle_time(columns: Sequence[Column], found: Found) -> None:
    """Find the handle time: one column of it, or talk, hold and after-call time to add up; and what it holds."""
    times = [one for one in columns if one.kind in {"number", "clock", "hhmm", "period"} and not found.is_used(one)]
    times = [
        one
        for one in times
        if not re.search(r"\b(max|longest|minimum|percent|abandon\w*|outbound|id|count|number)\b", one.title)
    ]
    whole = [one for one in times if DURATIONS.search(one.title)]
    parts = [one for one in times if _part(one)]
    if whole:
        mine = [_surest_time(whole)]
    else:
        talk = [one for one in parts if _part(one) == "talk"]
        mine = _one_kind(parts) if talk else []
    if not mine:
        return
    for one in mine:
        found.take("aht_s", one, BY_TITLE if len(mine) == 1 else f"{_part(one)} time, added up")
    if len(mine) > 1:
        found.columns["aht_s"] = tuple(one.name for one in mine)
    stated = {"unit": _unit(mine), "is": _kind_of(mine)}
    known = {name: value for name, value in stated.items() if value}
    if known.get("is") == "total" or known.get("unit") not in {None, "s"}:
        found.settings["aht"] = known


def _part(column: Column) -> str:
    return next((name for name, words in PART.items() if re.search(rf"\b({words})\b", column.title)), "")


def _surest_time(columns: list[Column]) -> Column:
    """A mean before a total, since it needs no division."""
    return next((one for one in columns if kind_of(one.title) == "mean"), columns[0])


def _one_kind(parts: list[Column]) -> list[Column]:
    """One column for each part, all means or all totals; means where both are there."""
    for kind in ("mean", "total", None):
        same = [one for one in parts if kind_of(one.title) == kind]
        if any(_part(one) == "talk" for one in same):
            return [
                next(one for one in same if _part(one) == name) for name in PART if any(_part(o) == name for o in same)
            ]
    return []


def _unit(columns: Sequence[Column]) -> str | None:
    if all(one.kind == "clock" for one in columns):
        return "s"
    return next((unit for one in columns if (unit := unit_of(one.title))), None)


def _kind_of(columns: Sequence[Column]) -> str | None:
    return next((kind for one in columns if (kind := kind_of(one.title))), None)
