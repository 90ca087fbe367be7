"""What a calendar without a region leaves out, and what it only estimates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from forecast.facts import EstimatedHolidays, RegionalHolidays

if TYPE_CHECKING:
    from datetime import date

    from forecast.calendar.public_holidays import Country


@dataclass(frozen=True)
class LeftOut:
    """A holiday of some regions only: its name, the days on which the whole country has none, and the regions."""

    name: str
    days: tuple[date, ...]
    regions: tuple[str, ...]


def left_out(country: Country, first: date, last: date) -> tuple[LeftOut, ...]:
    """Holidays on days from `first` to `last` that some region has and the whole country has not.

    Those of the most regions come first. Empty for a country with a region, and where all regions share all holidays.
    """
    if country.region is not None:
        return ()
    whole = country.names(first, last)
    days: dict[str, set[date]] = {}
    regions: dict[str, set[str]] = {}
    for region in country.regions():
        for day, names in replace(country, region=region).names(first, last).items():
            for name in names if day not in whole else ():
                days.setdefault(name, set()).add(day)
                regions.setdefault(name, set()).add(region)
    found = [LeftOut(name, tuple(sorted(days[name])), tuple(sorted(regions[name]))) for name in days]
    return tuple(sorted(found, key=lambda one: (-len(one.regions), one.name)))


def region_note(country: Country, begin: date, first: date, last: date) -> RegionalHolidays | None:
    """Find which regional holidays are left out of history and plan, those of the planned days with their dates.

    Parameters
    ----------
    country
        Whose holidays are planned with.
    begin
        First day of the history.
    first, last
        First and last planned day.
    """
    found = left_out(country, min(begin, first), last)
    if not found:
        return None
    names = tuple(one.name for one in found)
    ahead = tuple((day, one.name) for one in found for day in one.days if day >= first)
    return RegionalHolidays("calendar", country.name, begin, names, ahead, tuple(country.regions()))


def estimate_note(country: Country, first: date, last: date) -> EstimatedHolidays | None:
    """Find which holidays of the planned days have estimated dates: they follow the moon and may move by a day."""
    days = country.estimated(first, last)
    if not days:
        return None
    return EstimatedHolidays("calendar", tuple((day, name) for day in days for name in days[day]))
