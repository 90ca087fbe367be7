"""Which days are public holidays and which are working days, some weeks around the days of interest included."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from forecast.calendar.public_holidays import PUBLIC
from forecast.data.grid import weekdays

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from forecast.calendar.public_holidays import Country

    Mask = NDArray[np.bool_]

MARGIN_DAYS = 31
"""Days known before and after: what is the last working day of a month depends on the days that follow."""
SATURDAY = 5


@dataclass(frozen=True)
class DayKinds:
    """Of consecutive days, whether each is a public holiday and whether it is a working day.

    Parameters
    ----------
    begin
        First day, `MARGIN_DAYS` before the days of interest.
    holidays, workdays
        A value for each day, up to `MARGIN_DAYS` after the days of interest.
    """

    begin: date
    holidays: Mask
    workdays: Mask

    @classmethod
    def of(cls, country: Country, first: date, days: int) -> DayKinds:
        """Days as a country has them; weeks of school holidays are no holidays here where public ones count too."""
        marked = replace(country, categories=(PUBLIC,)) if PUBLIC in country.categories else country
        begin, count = first - timedelta(days=MARGIN_DAYS), days + 2 * MARGIN_DAYS
        holidays = np.zeros(count, dtype=bool)
        for day in marked.names(begin, begin + timedelta(days=count - 1)):
            holidays[(day - begin).days] = True
        return cls(begin, holidays, np.array(country.working(begin, count), dtype=bool) & ~holidays)

    @classmethod
    def plain(cls, first: date, days: int) -> DayKinds:
        """Days where no country is known: no holidays, Monday to Friday are working days."""
        begin, count = first - timedelta(days=MARGIN_DAYS), days + 2 * MARGIN_DAYS
        return cls(begin, np.zeros(count, dtype=bool), weekdays(begin, count) < SATURDAY)

    @property
    def dates(self) -> list[date]:
        """Every day, those around included."""
        return [self.begin + timedelta(days=i) for i in range(len(self.holidays))]

    @property
    def inner(self) -> slice:
        """The days of interest among them."""
        return slice(MARGIN_DAYS, len(self.holidays) - MARGIN_DAYS)

    def until(self, day: int) -> DayKinds:
        """The days of interest before number `day`, and those around them."""
        end = day + 2 * MARGIN_DAYS
        return DayKinds(self.begin, self.holidays[:end], self.workdays[:end])

    def since(self, day: int) -> DayKinds:
        """The days of interest from number `day` on, and those around them."""
        return DayKinds(self.begin + timedelta(days=day), self.holidays[day:], self.workdays[day:])
