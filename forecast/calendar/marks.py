"""Public holidays, events and closed days, as marks on consecutive days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from configs.errors import DataError, Fault, nearest
from forecast.calendar.day_kinds import DayKinds
from forecast.calendar.public_holidays import PUBLIC, Country, check_country
from forecast.calendar.regions import estimate_note, region_note

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd
    from numpy.typing import NDArray

    from configs.notes import Noticed
    from configs.schema import Config

YES = frozenset({"yes", "true", "1", "y", "closed", "x"})
NO = frozenset({"", "no", "false", "0", "n", "open"})
ANY_HOLIDAY = "any {} holiday"


@dataclass(frozen=True)
class Marks:
    """Events on consecutive days: `columns` holds 1 where the event of that name is, shape (days, names).

    A day with several holidays has equal parts of 1 for each.

    `shared` says which of the names stand for any holiday of a category; `kinds`, where known, which days are
    public holidays and working days.
    """

    names: tuple[str, ...]
    columns: NDArray[np.float64]
    shared: tuple[bool, ...] = ()
    kinds: DayKinds | None = None

    def until(self, day: int) -> Marks:
        """Marks of the days before day number `day`."""
        kinds = None if self.kinds is None else self.kinds.until(day)
        return replace(self, columns=self.columns[:day], kinds=kinds)

    def since(self, day: int) -> Marks:
        """Marks of the days from day number `day` on."""
        kinds = None if self.kinds is None else self.kinds.since(day)
        return replace(self, columns=self.columns[day:], kinds=kinds)


@dataclass(frozen=True)
class Calendar:
    """What is special about a day: public holidays of a country or region, and the ``events`` table.

    `events` has naive dates in `start` and `end` (both days included) and ``closed`` as yes, no or blank.
    """

    events: pd.DataFrame
    country: str | None = None
    region: str | None = None
    notes: tuple[Noticed, ...] = ()
    categories: tuple[str, ...] = (PUBLIC,)

    @property
    def of_country(self) -> Country | None:
        """Whose public holidays count; None when no country was named."""
        return None if self.country is None else Country(self.country, self.region, self.categories)

    def holidays(self, first: date, days: int) -> dict[date, str]:
        """Public holidays among `days` days from `first` on, by date; several names of one day with "; " between."""
        country = self.of_country
        if country is None or days <= 0:
            return {}
        found = country.names(first, first + timedelta(days=days - 1))
        return {day: "; ".join(names) for day, names in found.items()}

    def closed(self, channel: str, first: date, days: int, *, on_holidays: bool = False) -> NDArray[np.bool_]:
        """Whether each day is closed for a channel: by an event marked closed, or on public holidays."""
        mask = np.zeros(days, dtype=bool)
        if on_holidays:
            for day in self.holidays(first, days):
                mask[(day - first).days] = True
        for _, begin, end in self._spans(channel, closed=True):
            mask[_span(begin, end, first, days)] = True
        return mask

    def special_days(self, channel: str, first: date, days: int) -> dict[date, tuple[str, ...]]:
        """Names of the public holidays and events of a channel, by date, among `days` days from `first` on."""
        found = {day: [names] for day, names in self.holidays(first, days).items()}
        for name, begin, end in (*self._spans(channel, closed=True), *self._spans(channel, closed=False)):
            within = range(days)[_span(begin, end, first, days)]
            for day in (first + timedelta(days=number) for number in within):
                found.setdefault(day, []).append(name)
        return {day: tuple(dict.fromkeys(names)) for day, names in sorted(found.items())}

    def effects(self, channel: str, first: date, days: int) -> Marks:
        """Marks for the forecast: any holiday of a category, each one by name, each event by name."""
        columns: dict[str, NDArray[np.float64]] = {}
        country = self.of_country
        last = first + timedelta(days=days - 1)
        found = {} if country is None or days <= 0 else country.by_category(first, last)
        for category, dated in found.items():
            for day, names in dated.items():
                shared = ANY_HOLIDAY.format(category.replace("_", " "))
                columns.setdefault(f"0 {shared}", np.zeros(days))[(day - first).days] = 1.0
                for name in names:
                    # A day that is two holidays is as busy as one of them: it has the mean of their effects.
                    columns.setdefault(f"1 {name}", np.zeros(days))[(day - first).days] = 1.0 / len(names)
        for name, begin, end in self._spans(channel, closed=False):
            columns.setdefault(f"2 {name}", np.zeros(days))[_span(begin, end, first, days)] = 1.0
        used = [key for key in sorted(columns) if columns[key].any()]
        table = np.column_stack([columns[key] for key in used]) if used else np.zeros((days, 0))
        kinds = None if country is None or days <= 0 else DayKinds.of(country, first, days)
        return Marks(tuple(key[2:] for key in used), table, tuple(key.startswith("0") for key in used), kinds)

    def _spans(self, channel: str, *, closed: bool) -> list[tuple[str, date, date]]:
        """Name, first and last day of the events of a channel, closed ones or the others, in order."""
        table = self.events
        return sorted(
            (str(name), begin.date(), end.date())
            for whose, begin, end, name, mark in zip(
                table.channel, table.start, table.end, table["name"], table.closed, strict=True
            )
            if whose in {"", channel} and (str(mark).casefold() in YES) == closed
        )


def _span(begin: date, end: date, first: date, days: int) -> slice:
    return slice(max(0, min((begin - first).days, days)), max(0, min((end - first).days + 1, days)))


def no_events() -> pd.DataFrame:
    """Return an ``events`` table without rows."""
    import pandas as pd

    texts = {name: pd.Series(dtype="str") for name in ("channel", "name", "closed")}
    dates = {name: pd.Series(dtype="datetime64[us]") for name in ("start", "end")}
    return pd.DataFrame({**texts, **dates})[["channel", "start", "end", "name", "closed"]]


def read_calendar(config: Config) -> Calendar:
    """Read the events file of a config and check its country.

    Raises
    ------
    ConfigError
        When the country, its region or a category of its holidays is not known.
    DataError
        When the events file is wrong.
    """
    from configs import demo
    from configs.files import read_table
    from configs.tables import EVENTS

    settings = config.calendar
    check_country(settings.country, settings.region, settings.categories)
    events = no_events()
    notes: tuple[Noticed, ...] = ()
    if settings.events == "demo":
        events = demo.events()
    elif settings.events is not None:
        shape = config.reading.events
        read = read_table(
            config.path(settings.events),
            EVENTS,
            zone=config.plan.timezone,
            rename=shape.columns,
            shape=shape,
            label=settings.events,
        )
        events, notes = _checked(read.frame, settings.events, list(config.channels)), read.notes
    return Calendar(events, settings.country, settings.region, notes, settings.categories)


def public_holidays(config: Config, first: date, days: int) -> frozenset[date]:
    """Dates of the public holidays of a config's country and region among `days` days from `first` on.

    Raises
    ------
    ConfigError
        When the country or region is not known.
    """
    without_events = config.calendar.model_copy(update={"events": None})
    calendar = read_calendar(config.model_copy(update={"calendar": without_events}))
    return frozenset(calendar.holidays(first, days))


def calendar_notes(calendar: Calendar, begin: date, first: date, last: date) -> tuple[Noticed, ...]:
    """What a planner should know of the holidays of a history that begins on `begin` and of the planned days."""
    country = calendar.of_country
    if country is None:
        return ()
    found = (region_note(country, begin, first, last), estimate_note(country, first, last))
    return tuple(note for note in found if note is not None)


def _checked(events: pd.DataFrame, label: str, channels: list[str]) -> pd.DataFrame:
    faults = []
    if "closed" not in events.columns:
        events = events.assign(closed="")
    columns = (events.index, events.channel, events.start, events.end, events.closed)
    for row, channel, start, end, closed in zip(*columns, strict=True):
        where = f"{label} row {row}"
        if end < start:
            faults.append(Fault(where, f"end {end:%Y-%m-%d} is before start {start:%Y-%m-%d}"))
        if channel and channel not in channels:
            words = f'"{channel}" is not a channel of the config{nearest(str(channel), channels)}'
            faults.append(Fault(where, f"{words}; leave it blank for all channels"))
        if str(closed).casefold() not in YES | NO:
            faults.append(Fault(where, f'closed is "{closed}"; write yes or no'))
    if faults:
        raise DataError(faults)
    return events.reset_index(drop=True)
