"""Columns of times and of dates: their texts as moments, their moments as UTC, and ends of intervals as starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.errors import Fault
from configs.reading.carried import carried_down
from configs.reading.clock import DAY, MINUTE, NUMBER, Clock, ClockRules, clocks
from configs.reading.date_only import column_of_times
from configs.reading.half_days import lost_halves
from configs.reading.interval_ends import as_starts, midnights_that_end_a_day
from configs.reading.local_times import HALF_A_DAY, RowTimes, utc_times
from configs.reading.moments import DATE_HINT, Moment, TimeRules, moments
from configs.reading.source import Bad, Distinct, Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from configs.tables import Column

EMPTY = Bad("is empty", instead=True)


def times(source: Source, column: Column) -> pd.Series:
    """One column as UTC times; faults and notes go to `source`."""
    rules, faults = time_rules(source), len(source.faults)
    parts = source.distinct(column.name)
    rows = (
        _date_and_time(source, column, parts, rules) if len(parts) == 2 else _moments(source, column, parts[0], rules)
    )
    if column.name == "start" and len(source.faults) == faults:
        column_of_times(source, column, rows)
        _of_contacts(source, column, rows)
        lost = "" if (rows.kind == "utc").any() else lost_halves(rows.naive)
        if lost:
            source.faults.append(Fault(source.label, f"{source.name(column.name)}: {lost}"))
        _even_spans(source, column, rows)
    numbered = rules.clock.period is not None and all(NUMBER.fullmatch(text) for text in parts[-1].texts if text)
    ends = column.name == "start" and getattr(source.shape, "label", "start") == "end"
    ends = ends and not numbered and not rows.length.any()
    if ends:
        rows = midnights_that_end_a_day(source, column, rows)
    utc = utc_times(source, column, rows, ends=ends)
    if ends and len(source.faults) == faults:
        utc = as_starts(source, column, utc)
    return pd.Series(pd.DatetimeIndex(utc).tz_localize("UTC"))


def _of_contacts(source: Source, column: Column, rows: RowTimes) -> None:
    """Refuse contacts without a time of day: all of a day would come at midnight."""
    if getattr(source.shape, "rows", "") == "contacts" and len(rows.kind) and (rows.kind == "day").all():
        words = f"{source.name(column.name)} holds dates alone; contacts need the time they came, or add them up by day"
        source.faults.append(Fault(source.label, words))


def dates(source: Source, column: Column) -> pd.Series:
    """One column as naive midnights; faults and notes go to `source`."""
    (distinct,) = source.distinct(column.name)
    read = _read(source, column, distinct, time_rules(source))
    whole = [
        Bad(DATE_HINT) if isinstance(one, Moment) and (one.kind == "utc" or one.value.time() != _MIDNIGHT) else one
        for one in read
    ]
    values = [one.value if isinstance(one, Moment) else None for one in _without_bad(source, column, distinct, whole)]
    return pd.Series(np.array(values, dtype="datetime64[us]")[distinct.codes])


_MIDNIGHT = pd.Timestamp(0).time()


def time_rules(source: Source) -> TimeRules:
    """What the config states of the times of a file."""
    shape = source.shape
    if shape is None:
        return TimeRules(clock=ClockRules(setting=source.setting))
    period = getattr(shape, "period", None)
    micros = None if period is None else round(period.total_seconds() * 1_000_000)
    serial = shape.date_format == "serial"
    return TimeRules(shape.date_format, ClockRules(micros, getattr(shape, "first_period", 1), serial, source.setting))


def _moments(source: Source, column: Column, distinct: Distinct, rules: TimeRules) -> RowTimes:
    """Moments of one column of the file."""
    read = _without_bad(source, column, distinct, _read(source, column, distinct, rules))
    at = np.array([None if one is None else one.value for one in read], dtype="datetime64[us]")
    kind = np.array(["" if one is None else one.kind for one in read], dtype="U5")
    length = np.array([0 if one is None else one.length or 0 for one in read], dtype=np.int64)
    return RowTimes(at[distinct.codes], kind[distinct.codes], length[distinct.codes])


def _read(source: Source, column: Column, distinct: Distinct, rules: TimeRules) -> list[Moment | Bad | None]:
    """Read the different texts of a column of the file, blank ones as None, and keep what was found of their order."""
    read = moments(["" if source.is_blank(text) else text for text in distinct.texts], rules)
    for words in read.notes:
        source.note(f"{distinct.name}: {words}")
    if read.settled.proven:
        source.order = read.settled.order
    source.order_unclear |= read.settled.unclear
    return [EMPTY if one is None and column.filled else one for one in read.read]


def _without_bad(
    source: Source, column: Column, distinct: Distinct, read: Sequence[Moment | Bad | None]
) -> list[Moment | None]:
    """Tell what is bad, and go on without it."""
    source.bad_rows(column, distinct, {place: one for place, one in enumerate(read) if isinstance(one, Bad)})
    return [None if isinstance(one, Bad) else one for one in read]


def _date_and_time(source: Source, column: Column, parts: tuple[Distinct, ...], rules: TimeRules) -> RowTimes:
    """Moments of a column of dates and one of times of day or spans."""
    day_texts, clock_texts = carried_down(source, parts[0]), parts[1]
    days = _read(source, column, day_texts, rules)
    days = [
        Bad("it must be a date alone, since the time is in a column of its own")
        if isinstance(one, Moment) and (one.kind == "utc" or one.value.time() != _MIDNIGHT)
        else one
        for one in days
    ]
    day = np.array(
        [None if one is None else one.value for one in _without_bad(source, column, day_texts, days)],
        dtype="datetime64[us]",
    )
    read = clocks(["" if source.is_blank(text) else text for text in clock_texts.texts], rules.clock)
    bad = {place: one or EMPTY for place, one in enumerate(read) if not isinstance(one, Clock)}
    source.bad_rows(column, clock_texts, bad)
    known = [one if isinstance(one, Clock) else Clock(0) for one in read]
    at = np.array([one.at - (one.offset or 0) * MINUTE for one in known], dtype=np.int64)
    length = np.array([0 if one.until is None else (one.until - one.at) % DAY or DAY for one in known], dtype=np.int64)
    kind = np.array(["local" if one.offset is None else "utc" for one in known], dtype="U5")
    place = clock_texts.codes
    moment = day[day_texts.codes] + at[place].astype("timedelta64[us]")
    kinds = kind[place]
    kinds[np.isnat(moment)] = ""
    return RowTimes(moment, kinds, length[place])


def _even_spans(source: Source, column: Column, rows: RowTimes) -> None:
    """Refuse spans of another length than most; a minute more or less is a matter of spelling (09:00-09:29)."""
    spans = (rows.length > 0) & (rows.length <= HALF_A_DAY)
    if not spans.any():
        return
    lengths, count = np.unique(rows.length[spans], return_counts=True)
    usual = int(lengths[int(np.argmax(count))])
    odd = spans & (np.abs(rows.length - usual) > MINUTE)
    if odd.any():
        words = f"the span is not {usual // MINUTE} minutes long as the others are; give all intervals one length"
        source.fault(column, Bad(words), np.flatnonzero(odd).tolist())
