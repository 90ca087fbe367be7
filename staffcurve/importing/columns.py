"""What each column of a file was taken for: by its title, its cells and its neighbours; what is open is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from configs.reading.numbers import THOUSAND
from staffcurve.importing.contents import column_of
from staffcurve.importing.proposal import Choice, Question, Taken
from staffcurve.importing.titles import (
    ABANDONED,
    DURATIONS,
    HANDLED,
    MEANINGS,
    NO_COUNT,
    PART,
    PLANNED,
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
LENGTHS = {"number", "clock", "length", "hhmm", "period"}
"""Kinds of columns that may hold durations."""
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


def _names(columns: Sequence[Column]) -> tuple[Choice, ...]:
    return tuple(Choice(one.name, ", ".join(one.distinct[:3])) for one in columns if one.kind != "blank")


def find_counts(columns: Sequence[Column], found: Found) -> None:
    """Find contacts offered, handled and abandoned, and the other counts that a title tells."""
    for role in ("volume", "handled", "abandoned", "backlog", "wait_s"):
        kinds = {"number", "hhmm", "period", "serial"} if role != "wait_s" else LENGTHS
        _take_surest(role, [one for one in columns if one.kind in kinds and not found.is_used(one)], found)
    if "volume" in found.columns or any(one.key == "history.columns.volume" for one in found.questions):
        return
    numbers = [one for one in columns if one.kind in {"number", "hhmm", "period"} and not found.is_used(one)]
    counts = [one for one in numbers if _may_count(one)]
    if len(numbers) == 1 and counts:
        found.take("volume", counts[0], "the only column of numbers")
    elif "handled" in found.columns and not [one for one in counts if not one.title]:
        _ask_handled(found)
    else:
        choices = (*_names(counts or numbers), *_other_layouts(counts))
        found.questions.append(Question("history.columns.volume", "Which column holds the contacts offered?", choices))


def _other_layouts(counts: Sequence[Column]) -> tuple[Choice, ...]:
    """What a file without a plain column of contacts may be: rows of single contacts, or a column a channel."""
    if not counts:
        return (Choice("contacts", "none: each row is a contact", "history.rows"),)
    if len(counts) > 1 and all(one.title for one in counts):
        return (Choice({"across": "channels"}, "all of them: each column is a channel", "history.wide"),)
    return ()


def ask_thousands(columns: Sequence[Column], found: Found) -> None:
    """Ask what 1.234 is where every count is written so: a thousand, or a fraction with three decimals."""
    counts = next((one for one in columns if one.name == found.columns.get("volume")), None)
    if counts is None or not all(map(THOUSAND.fullmatch, counts.distinct)):
        return
    first = counts.distinct[0]
    choices = (Choice(".", f"{first} is {first.replace('.', ',')}"), Choice("", f"{first} has three decimals"))
    found.questions.append(Question("history.thousands", "What marks the thousands?", choices))


def _may_count(column: Column) -> bool:
    """Whether nothing in a title rules out that the column counts contacts offered: it is no time, share or part."""
    if column.counts_up or "%" in "".join(column.texts) or DURATIONS.search(column.title) or _part(column):
        return False
    return re.search(rf"\b({NO_COUNT}|{HANDLED}|{ABANDONED})\b", column.title) is None


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
    if role == "volume":
        columns = [one for one in columns if not one.counts_up]
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
    times = [one for one in columns if one.kind in {*LENGTHS, "text"} and not found.is_used(one)]
    times = [
        one
        for one in times
        if not re.search(rf"\b(max|longest|minimum|percent|abandon\w*|outbound|id|count|number|{PLANNED})\b", one.title)
    ]
    whole = [one for one in times if DURATIONS.search(one.title)]
    parts = [one for one in times if _part(one) and one.kind != "text"]
    if whole:
        mine = [_surest_time(whole)]
    else:
        talk = [one for one in parts if _part(one) == "talk"]
        mine = _one_kind(parts) if talk else []
    if not mine:
        return
    for one in mine:
        alone = BY_TITLE if whole else "talk time alone"
        found.take("aht_s", one, alone if len(mine) == 1 else f"{_part(one)} time, added up")
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
    if all(one.kind in {"clock", "length"} for one in columns):
        return "s"
    return next((unit for one in columns if (unit := unit_of(one.title))), None)


def _kind_of(columns: Sequence[Column]) -> str | None:
    return next((kind for one in columns if (kind := kind_of(one.title))), None)
