"""Public holidays by name: in one language whatever the process speaks, and one name for one event in every year.

The library names holidays in the language of the process, adds "(observed)" or "(estimated)" to some years and joins
the names of a day. An effect is learned by name, so each of the three would hide the years before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from configs.errors import ConfigError, Fault, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

PUBLIC = "public"
LABELS = ("observed_label", "estimated_label", "observed_estimated_label")
"""Patterns of the library, such as "%s (observed)", that say how a date was found; not part of the event."""
PLAIN_LABEL = re.compile(
    r"\s*\((?:(?:observed|estimated|in lieu|substitute(?: day| holiday)?|day in lieu)(?:,\s*)?)+\)", re.IGNORECASE
)
MOVED_FROM = re.compile(r"\s*\((?:substituted|transferred|moved|swapped) (?:from|for) [^)]*\)", re.IGNORECASE)
"""A day off named after the date it was swapped with has another name every year."""
SUBSTITUTE = re.compile(r"(?:substitute|in lieu)(?: holiday| day)?|day in lieu", re.IGNORECASE)
"""A day off for a holiday that fell on a weekend, where the library does not say for which."""
ADDED = re.compile(
    r"bridge(?: public)? (?:holiday|day)"
    r"|additional (?:public |special )?(?:\(non-working\) )?(?:holiday|day)(?: off)?(?: by .*)?",
    re.IGNORECASE,
)
"""A day off that makes a holiday longer, where the library does not say which."""
LOOK_BACK = timedelta(days=7)
"""A substitute or an added day lies at most so long after its holiday."""


@dataclass(frozen=True)
class Country:
    """Whose public holidays count: a country, perhaps a region of it, and the categories of its holidays."""

    name: str
    region: str | None = None
    categories: tuple[str, ...] = (PUBLIC,)

    def by_category(self, first: date, last: date) -> dict[str, dict[date, tuple[str, ...]]]:
        """Names of the holidays on each day from `first` to `last`, in order, for every category asked for."""
        return {category: self._of(category, first, last) for category in self.categories}

    def names(self, first: date, last: date) -> dict[date, tuple[str, ...]]:
        """Names of the holidays on each day from `first` to `last` of all categories asked for."""
        merged: dict[date, set[str]] = {}
        for days in self.by_category(first, last).values():
            for day, names in days.items():
                merged.setdefault(day, set()).update(names)
        return {day: tuple(sorted(merged[day])) for day in sorted(merged)}

    def estimated(self, first: date, last: date) -> dict[date, tuple[str, ...]]:
        """Names of the holidays whose dates are estimates, since they follow the moon."""
        found: dict[date, tuple[str, ...]] = {}
        for category in self.categories:
            days = self._library(first, last, category)
            for day in sorted(days):
                said = [name for name in days.get_list(day) if "estimated" in name.casefold()]
                if said and first <= day <= last:
                    found[day] = _events(days, day, said)
        return found

    def working(self, first: date, days: int) -> list[bool]:
        """Whether each of `days` days is a working day of the country: no weekend, no public holiday."""
        category = PUBLIC if PUBLIC in _any_year(self.name).supported_categories else self.categories[0]
        found = self._library(first, first + timedelta(days=days), category)
        return [bool(found.is_working_day(first + timedelta(days=i))) for i in range(days)]

    def regions(self) -> tuple[str, ...]:
        """Regions the library knows of this country."""
        return tuple(sorted(_any_year(self.name).subdivisions))

    def _of(self, category: str, first: date, last: date) -> dict[date, tuple[str, ...]]:
        found = self._library(first, last, category)
        return {day: event_names(found, day) for day in sorted(found) if first <= day <= last}

    def _library(self, first: date, last: date, category: str) -> Any:  # noqa: ANN401 - an untyped library
        return _holidays(self.name, self.region, (first - LOOK_BACK).year, last.year, category)


@lru_cache(maxsize=512)
def _holidays(country: str, region: str | None, first: int, last: int, category: str) -> Any:  # noqa: ANN401 - as above
    """Holidays of the years `first` to `last`; every channel asks for the same ones."""
    import holidays

    return holidays.country_holidays(
        country,
        subdiv=region,
        years=range(first, last + 1),
        language=language(country),
        categories=(category,),
    )


def language(country: str) -> str | None:
    """Language in which the holidays of a country are named: its own English, else American, else its own.

    None where the library knows one language only. Left to itself it would take that of the process.
    """
    known = _any_year(country)
    own: str | None = known.default_language
    if own is not None and own.startswith("en"):
        return own
    return "en_US" if "en_US" in known.supported_languages else own


def event_names(found: Any, day: date) -> tuple[str, ...]:  # noqa: ANN401 - an untyped library
    """Names of the events on a day, without what differs from year to year; sorted, each once."""
    return _events(found, day, found.get_list(day))


def _events(found: Any, day: date, names: Sequence[str]) -> tuple[str, ...]:  # noqa: ANN401 - an untyped library
    """Events that the library's names of a day are about; a substitute without a name is the holiday it is for."""
    events: set[str] = set()
    for event in {event_name(found, name) for name in names}:
        events.update((_holiday_of(found, day, event) if _nameless(event) else ()) or (event,))
    return tuple(sorted(events))


def _nameless(event: str) -> bool:
    return bool(SUBSTITUTE.fullmatch(event) or ADDED.fullmatch(event))


def _holiday_of(found: Any, day: date, event: str) -> tuple[str, ...]:  # noqa: ANN401 - an untyped library
    """Names of the holiday that a nameless day off is for: the nearest one in the week before, none without one.

    A substitute is for a holiday on a weekend: after a Sunday, Monday and Tuesday of holidays it is for the Sunday.
    """
    week = [day - timedelta(days=back) for back in range(1, LOOK_BACK.days + 1)]
    named = [(before, {event_name(found, name) for name in found.get_list(before)}) for before in week]
    dated = [(before, tuple(sorted(n for n in names if not _nameless(n)))) for before, names in named]
    remembered = [(before, names) for before, names in dated if names]
    on_weekend = [names for before, names in remembered if before.weekday() in found.weekend]
    nearest_first = [names for _, names in remembered]
    chosen = on_weekend or nearest_first if SUBSTITUTE.fullmatch(event) else nearest_first
    return chosen[0] if chosen else ()


def event_name(found: Any, name: str) -> str:  # noqa: ANN401 - an untyped library
    """Name of an event without what differs from year to year: how its date was found, and from when it was moved.

    The library's own patterns are taken off, so that "Alternative holiday for Children's Day" is that day; and the
    usual English ones, since some names hold them without a pattern.
    """
    for _ in range(len(LABELS)):
        before = name
        name = MOVED_FROM.sub("", PLAIN_LABEL.sub("", name)).strip()
        for pattern in _patterns(found):
            match = pattern.fullmatch(name)
            name = match[1].strip() if match else name
        if name == before:
            break
    return name


def _patterns(found: Any) -> Iterator[re.Pattern[str]]:  # noqa: ANN401 - an untyped library
    for label in LABELS:
        words = found.tr(getattr(found, label, "") or "%s")
        head, mark, tail = words.partition("%s")
        if mark and (head.strip() or tail.strip()):
            yield re.compile(f"{re.escape(head)}(.+){re.escape(tail)}")


def check_country(country: str | None, region: str | None, categories: Sequence[str]) -> None:
    """Refuse a country, region or category that the library does not know, all faults at once.

    Raises
    ------
    ConfigError
        With the names that are known.
    """
    if country is None:
        faults = []
        if region is not None:
            faults.append(Fault("calendar.region", f'"{region}" needs a country; set calendar.country'))
        if tuple(categories) != (PUBLIC,):
            faults.append(Fault("calendar.categories", "needs a country; set calendar.country"))
    else:
        faults = list(_unknown(country, region, categories))
    if faults:
        raise ConfigError(faults)


def _unknown(country: str, region: str | None, categories: Sequence[str]) -> Iterator[Fault]:
    import holidays

    known = holidays.list_supported_countries(include_aliases=True)
    if country not in known:
        words = f'"{country}" is not a country with known holidays{nearest(country, sorted(known))}; write two letters'
        yield Fault("calendar.country", words)
        return
    if region is not None and region not in known[country]:
        listed = ", ".join(known[country]) or "none"
        words = f'"{region}" is not a region of {country}{nearest(region, known[country])}; known: {listed}'
        yield Fault("calendar.region", words)
    supported = sorted(_any_year(country).supported_categories)
    for category in categories:
        if category not in supported:
            words = f'"{category}" is not a category of the holidays of {country}{nearest(category, supported)}'
            yield Fault("calendar.categories", f"{words}; known: {', '.join(supported)}")


@lru_cache(maxsize=64)
def _any_year(country: str) -> Any:  # noqa: ANN401 - as above
    """What the library knows of a country, without any days."""
    import holidays

    return holidays.country_holidays(country)
