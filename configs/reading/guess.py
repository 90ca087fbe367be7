"""What the columns of an unknown file seem to be: by their names in the words of many systems, and by what they hold.

Names decide between columns of one kind of values; what a column holds decides whether its name can be true.
Nothing here is proof: whoever asks shows the guess before it is used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from configs.reading.blanks import BLANKS
from configs.reading.clock import Clock, ClockRules, clocks
from configs.reading.column_names import CLOCKS, DATES, ENDS, NAMES, NUMBERED, PARTS, STARTS, words_of
from configs.reading.durations import are_durations, seconds
from configs.reading.moments import Moment, TimeRules, moments
from configs.reading.numbers import LIKE, tidy
from configs.reading.source import Bad

if TYPE_CHECKING:
    from collections.abc import Sequence

    from configs.reading.raw import Cells

Holds = Literal["nothing", "dates", "moments", "times", "spans", "durations", "numbers", "shares", "texts"]
SAMPLE = 500
"""Different texts of a column that are looked at: one kind of value shows in far fewer."""


@dataclass(frozen=True)
class ColumnGuess:
    """A column of a file.

    `ours` is our column that it seems to be (of ``HistoryColumns``), None if none; several with the same `ours` are
    parts of a sum. `unit` and `is_` are what its name says of handle times, None where it says nothing. `by_name` is
    whether the name was known; else the content alone decided.
    """

    name: str
    holds: Holds
    ours: str | None = None
    by_name: bool = False
    unit: Literal["s", "ms", "min"] | None = None
    is_: Literal["mean", "total"] | None = None
    example: str = ""


@dataclass(frozen=True)
class Guess:
    """What a file seems to be: its columns in their order, and which of ours are needed and were not found."""

    columns: tuple[ColumnGuess, ...]
    missing: tuple[str, ...] = ()

    def names(self, ours: str) -> tuple[str, ...]:
        """Columns of the file that seem to be one of ours, several if they are to be added up."""
        return tuple(column.name for column in self.columns if column.ours == ours)

    @property
    def ours(self) -> tuple[str, ...]:
        """Our columns that were found, in the order of the file."""
        return tuple(dict.fromkeys(column.ours for column in self.columns if column.ours))

    @property
    def unused(self) -> tuple[str, ...]:
        """Columns of the file that are none of ours."""
        return tuple(column.name for column in self.columns if column.ours is None)

    @property
    def unit(self) -> Literal["s", "ms", "min"] | None:
        """Unit of handle times that their names state."""
        return next((column.unit for column in self.columns if column.ours == "aht_s" and column.unit), None)

    @property
    def is_(self) -> Literal["mean", "total"] | None:
        """Whether handle times are means or totals, as their names state."""
        return next((column.is_ for column in self.columns if column.ours == "aht_s" and column.is_), None)


NEEDED = ("start", "volume")


def guessed(cells: Cells) -> Guess:
    """Guess what each column of a file with a row an interval is.

    Parameters
    ----------
    cells
        The file as text; columns of a file without a header are called by their numbers, and content alone decides.
    """
    columns = [_looked_at(name, cells.columns[name]) for name in cells.header]
    columns = _with_starts(columns)
    columns = [_named(column) for column in columns]
    columns = _one_each(_with_parts(columns))
    found = {column.ours for column in columns}
    return Guess(tuple(columns), tuple(name for name in NEEDED if not _is_found(name, found)))


def _is_found(name: str, found: set[str | None]) -> bool:
    return name in found or (name == "start" and {"date", "time"} <= found)


def holds(texts: Sequence[str]) -> Holds:
    """What the cells of a column hold; blank ones say nothing."""
    seen = [text for text in dict.fromkeys(text.strip() for text in texts) if text.casefold() not in BLANKS][:SAMPLE]
    if not seen:
        return "nothing"
    if all(re.fullmatch(r"[-+]?[\d.,]+ ?%", text) for text in seen):
        return "shares"
    if all(LIKE.fullmatch(tidy(text)) for text in seen) and not all(
        re.fullmatch(r"\d{1,2}\.\d{1,2}\.\d{2,4}", t) for t in seen
    ):
        return _numbers_or_dates(seen)
    return _times(seen) or ("durations" if _are_durations(seen) else "texts")


def _numbers_or_dates(seen: Sequence[str]) -> Holds:
    """Numbers, unless all are days such as 20260105 or seconds since 1970."""
    if all(re.fullmatch(r"\d{8}|\d{10}|\d{12,14}", text) for text in seen):
        return _times(seen) or "numbers"
    return "numbers"


def _times(seen: Sequence[str]) -> Holds | None:
    read = clocks(seen, ClockRules())
    if all(isinstance(one, Clock) for one in read):
        spans = any(isinstance(one, Clock) and one.until is not None for one in read)
        return "spans" if spans else _times_or_durations(seen, read)
    whole = [one for one in moments(seen, TimeRules()).read if not _is_about_order(one)]
    if not all(isinstance(one, Moment) for one in whole):
        return None
    if not whole:  # the order of day and month is unclear: that these are dates is not
        return "moments" if any(re.search(r"\d[ T]\d|:", text) for text in seen) else "dates"
    return "dates" if all(isinstance(one, Moment) and one.kind == "day" for one in whole) else "moments"


def _is_about_order(one: Moment | Bad | None) -> bool:
    return isinstance(one, Bad) and one.words.startswith("the order of day and month")


def _times_or_durations(seen: Sequence[str], read: Sequence[Clock | Bad | None]) -> Holds:
    """Times of intervals fall on the five minutes; durations of calls do not all."""
    on_grid = all(isinstance(one, Clock) and one.at % 300_000_000 == 0 for one in read)
    return "times" if on_grid or not _are_durations(seen) else "durations"


def _are_durations(seen: Sequence[str]) -> bool:
    return are_durations(seen) and not any(isinstance(one, Bad) for one in seconds(seen, "m:ss", "")[0])


def _looked_at(name: str, texts: Sequence[str]) -> ColumnGuess:
    example = next((text.strip() for text in texts if text.strip()), "")
    return ColumnGuess(name, holds(texts), example=example)


def _with_starts(columns: list[ColumnGuess]) -> list[ColumnGuess]:
    """Find the column of starts, or those of dates and of times."""
    whole = _best(columns, ("moments",), STARTS)
    if whole is not None:
        return [_as(column, "start") if column is whole else column for column in columns]
    date = _best(columns, ("dates",), DATES)
    time = _best(columns, ("spans", "times"), CLOCKS) or _best(columns, ("numbers",), NUMBERED)
    if date is None:
        return columns
    if time is None:
        return [_as(column, "start") if column is date else column for column in columns]
    marks = {id(date): "date", id(time): "time"}
    return [_as(column, marks[id(column)]) if id(column) in marks else column for column in columns]


def _best(columns: Sequence[ColumnGuess], kinds: tuple[Holds, ...], names: re.Pattern[str]) -> ColumnGuess | None:
    """The first column of these kinds whose name fits; without names that fit, the first that is no end."""
    of_kind = [column for kind in kinds for column in columns if column.holds == kind]
    begins = [column for column in of_kind if not ENDS.fullmatch(words_of(column.name))]
    named = [column for column in begins if names.fullmatch(words_of(column.name))]
    if kinds == ("numbers",):
        return next(iter(named), None)
    return next(iter(named), None) or next(iter(begins), None)


def _named(column: ColumnGuess) -> ColumnGuess:
    """Find our name of a column by its own."""
    if column.ours is not None:
        return column
    words = words_of(column.name)
    for ours, (pattern, kinds) in NAMES.items():
        is_named = column.name.casefold() == ours or pattern.fullmatch(words)
        if column.holds in kinds and is_named:
            return _as(column, ours)
    return column


def _as(column: ColumnGuess, ours: str) -> ColumnGuess:
    known = not column.name.isdigit()
    if ours != "aht_s":
        return ColumnGuess(column.name, column.holds, ours, known, example=column.example)
    return ColumnGuess(column.name, column.holds, ours, known, _unit(column), _mean_or_total(column), column.example)


def _with_parts(columns: list[ColumnGuess]) -> list[ColumnGuess]:
    """Take talk, hold and after-call times as parts of the handle time where the file has no whole one."""
    if any(column.ours == "aht_s" for column in columns):
        return columns
    parts = {
        id(column)
        for column in columns
        if column.ours is None and column.holds in {"numbers", "durations"} and PARTS.fullmatch(words_of(column.name))
    }
    return [_as(column, "aht_s") if id(column) in parts else column for column in columns]


def _one_each(columns: list[ColumnGuess]) -> list[ColumnGuess]:
    """Keep the first column of each of ours; parts of a handle time are several."""
    seen: set[str] = set()
    kept: list[ColumnGuess] = []
    for column in columns:
        part = column.ours == "aht_s" and PARTS.fullmatch(words_of(column.name)) is not None
        again = column.ours in seen and not part
        kept.append(ColumnGuess(column.name, column.holds, example=column.example) if again else column)
        seen |= {column.ours} if column.ours and not again else set()
    return kept


def _unit(column: ColumnGuess) -> Literal["s", "ms", "min"] | None:
    """Unit that the name of a column of numbers states, such as ``(sec)``."""
    if column.holds != "numbers":
        return None
    words = re.sub(r"[^a-z]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", column.name).casefold()).split()
    units: tuple[tuple[Literal["s", "ms", "min"], set[str]], ...] = (
        ("ms", {"ms", "msec", "msecs", "millis", "milliseconds", "millisecond"}),
        ("s", {"s", "sec", "secs", "second", "seconds"}),
        ("min", {"min", "mins", "minute", "minutes"}),
    )
    return next((unit for unit, names in units if names & set(words)), None)


def _mean_or_total(column: ColumnGuess) -> Literal["mean", "total"] | None:
    words = words_of(column.name)
    if re.search(r"\b(?:avg|average|mean|aht)\b|^avg", words):
        return "mean"
    return "total" if re.search(r"\b(?:total|sum|tot)\b", words) else None
