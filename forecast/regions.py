"""What a calendar without a region leaves out, and what it only estimates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from configs.notes import Note

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from forecast.public_holidays import Country

MOST_NAMES = 3
MOST_REGIONS = 8


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


def region_note(country: Country, begin: date, first: date, last: date) -> Note | None:
    """Say which regional holidays are left out of history and plan, those of the planned days with their dates.

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
    names = _listed([one.name for one in found])
    many = "holiday" if len(found) == 1 else "holidays"
    said = f"{country.name} without a region leaves out {len(found)} regional {many} since {begin}: {names}"
    ahead = [(day, one.name) for one in found for day in one.days if day >= first]
    if ahead:
        # Those of the most regions are named, in order of days.
        shown = sorted(ahead[:MOST_NAMES]) + ahead[MOST_NAMES:]
        said += f"; in the planned days {_listed([f'{day} {name}' for day, name in shown])}"
    regions = country.regions()
    known = ", ".join(regions[:MOST_REGIONS]) + (", ..." if len(regions) > MOST_REGIONS else "")
    return Note("calendar", f"{said}; set calendar.region ({known})")


def estimate_note(country: Country, first: date, last: date) -> Note | None:
    """Say which holidays of the planned days have estimated dates: they follow the moon and may move by a day."""
    days = country.estimated(first, last)
    if not days:
        return None
    listed = _listed([f"{day} {name}" for day in days for name in days[day]])
    return Note("calendar", f"dates of holidays are estimates and may move by a day: {listed}")


def _listed(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMES
    return ", ".join(names[:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")
