"""Public holidays, events and closed days, as marks on consecutive days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from configs.errors import ConfigError, DataError, Fault, nearest

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd
    from numpy.typing import NDArray

    from configs.notes import Note
    from configs.schema import Config

YES = frozenset({"yes", "true", "1", "y", "closed", "x"})
NO = frozenset({"", "no", "false", "0", "n", "open"})
OBSERVED = " (observed)"
ANY_HOLIDAY = "any public holiday"


@dataclass(frozen=True)
class Marks:
    """Events on consecutive days: `columns` holds 1 where the event of that name is, shape (days, names)."""

    names: tuple[str, ...]
    columns: NDArray[np.float64]


@dataclass(frozen=True)
class Calendar:
    """What is special about a day: public holidays of a country or region, and the ``events`` table.

    `events` has naive dates in `start` and `end` (both days included) and ``closed`` as yes, no or blank.
    """

    events: pd.DataFrame
    country: str | None = None
    region: str | None = None
    notes: tuple[Note, ...] = ()

    def holidays(self, first: date, days: int) -> dict[date, str]:
        """Public holidays among `days` days from `first` on, by date."""
        if self.country is None or days <= 0:
            return {}
        import holidays

        last = first + timedelta(days=days - 1)
        years = range(first.year, last.year + 1)
        found = holidays.country_holidays(self.country, subdiv=self.region, years=years)
        return {day: str(found[day]).replace(OBSERVED, "") for day in sorted(found) if first <= day <= last}

    def closed(self, channel: str, first: date, days: int, *, on_holidays: bool = False) -> NDArray[np.bool_]:
        """Whether each day is closed for a channel: by an event marked closed, or on public holidays."""
        mask = np.zeros(days, dtype=bool)
        if on_holidays:
            for day in self.holidays(first, days):
                mask[(day - first).days] = True
        for _, begin, end in self._spans(channel, closed=True):
            mask[_span(begin, end, first, days)] = True
        return mask

    def effects(self, channel: str, first: date, days: int) -> Marks:
        """Marks for the forecast: any public holiday, each one by name, each event by name."""
        columns: dict[str, NDArray[np.float64]] = {}
        for day, name in self.holidays(first, days).items():
            for key in (f"0 {ANY_HOLIDAY}", f"1 {name}"):
                columns.setdefault(key, np.zeros(days))[(day - first).days] = 1.0
        for name, begin, end in self._spans(channel, closed=False):
            columns.setdefault(f"2 {name}", np.zeros(days))[_span(begin, end, first, days)] = 1.0
        used = [key for key in sorted(columns) if columns[key].any()]
        table = np.column_stack([columns[key] for key in used]) if used else np.zeros((days, 0))
        return Marks(tuple(key[2:] for key in used), table)

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
        When the country or region is not known.
    DataError
        When the events file is wrong.
    """
    from configs import demo
    from configs.files import read_table
    from configs.tables import EVENTS

    settings = config.calendar
    _known_country(settings.country, settings.region)
    if settings.events is None:
        return Calendar(no_events(), settings.country, settings.region)
    if settings.events == "demo":
        return Calendar(demo.events(), settings.country, settings.region)
    read = read_table(config.path(settings.events), EVENTS, zone=config.plan.timezone, told_as=settings.events)
    return Calendar(
        _checked(read.frame, settings.events, list(config.channels)), settings.country, settings.region, read.notes
    )


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


def _known_country(country: str | None, region: str | None) -> None:
    if country is None:
        if region is not None:
            raise ConfigError(Fault("calendar.region", f'"{region}" stands without a country; set calendar.country'))
        return
    import holidays

    known = holidays.list_supported_countries(include_aliases=True)
    if country not in known:
        words = f'"{country}" is not a country with known holidays{nearest(country, sorted(known))}; write two letters'
        raise ConfigError(Fault("calendar.country", words))
    if region is not None and region not in known[country]:
        listed = ", ".join(known[country]) or "none"
        words = f'"{region}" is not a region of {country}{nearest(region, known[country])}; known: {listed}'
        raise ConfigError(Fault("calendar.region", words))


def _checked(events: pd.DataFrame, told_as: str, channels: list[str]) -> pd.DataFrame:
    faults = []
    if "closed" not in events.columns:
        events = events.assign(closed="")
    columns = (events.index, events.channel, events.start, events.end, events.closed)
    for row, channel, start, end, closed in zip(*columns, strict=True):
        where = f"{told_as} row {row}"
        if end < start:
            faults.append(Fault(where, f"end {end:%Y-%m-%d} lies before start {start:%Y-%m-%d}"))
        if channel and channel not in channels:
            words = f'"{channel}" is not a channel of the config{nearest(str(channel), channels)}'
            faults.append(Fault(where, f"{words}; leave it blank for all channels"))
        if str(closed).casefold() not in YES | NO:
            faults.append(Fault(where, f'closed is "{closed}"; write yes or no'))
    if faults:
        raise DataError(faults)
    return events.reset_index(drop=True)
