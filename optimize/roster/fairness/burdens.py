"""Which of the burdens that are shared a shift is: a night, a weekend, early, late, on a holiday, unpopular."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from configs.rules.person import kind_of
from configs.schema.rules import KINDS
from forecast.calendar.marks import public_holidays

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from configs.rules.person import Kind
    from configs.schema import Config
    from configs.schema.fairness import Burden

SATURDAY = 5
"""Number of the first day of the weekend, as Python counts week days."""
BACK = timedelta(days=371)
"""How far back holidays are looked up: a little more than a year, as rules look back."""
KIND_OF: dict[Burden, str] = {"nights": "night", "early": "early", "late": "late"}
"""Kinds of shifts, as rules name them, behind the burdens that are one."""


class Burdens:
    """The burdens that a config shares, over some days and the year before them.

    Attributes
    ----------
    names, weights
        What is shared, in order, and its weights; weights have shape (K,).
    """

    def __init__(self, config: Config, first: date, days: int) -> None:
        shared = config.roster.fairness
        self.names = tuple(shared.weights)
        self.weights = np.array([shared.weights[name] for name in self.names])
        looks = "holidays" in self.names and config.calendar.country is not None
        self._holidays = public_holidays(config, first - BACK, days + BACK.days) if looks else frozenset()
        self._unpopular = tuple(kind_of("unpopular", each) for each in shared.unpopular)
        self._kinds = {name: self._kinds_of(config, name) for name in config.contracts}
        self._others = {name: kind_of(kind, KINDS[kind]) for name, kind in KIND_OF.items()}
        self._known: dict[tuple[str, date, int, int], NDArray[np.bool_]] = {}

    @staticmethod
    def _kinds_of(config: Config, contract: str) -> dict[Burden, Kind]:
        """Kinds of shifts as the rules of a contract have them."""
        rules = config.contracts[contract].rules
        kinds = KINDS if rules is None else rules.all_kinds
        return {name: kind_of(kind, kinds[kind]) for name, kind in KIND_OF.items()}

    def of(self, contract: str, day: date, clock: int, minutes: int) -> NDArray[np.bool_]:
        """Whether a shift is each burden; shape (K,). Refused wishes are of a person and never of a shift.

        Parameters
        ----------
        contract
            Whose kinds of shifts count; those of every config where it is not one of the plan.
        day
            Day to which the shift belongs.
        clock, minutes
            Its begin in minutes after midnight, and its length.
        """
        key = (contract, day, clock, minutes)
        if key not in self._known:
            self._known[key] = self._look(*key)
        return self._known[key]

    def _look(self, contract: str, day: date, clock: int, minutes: int) -> NDArray[np.bool_]:
        weekday, kinds = day.weekday(), self._kinds.get(contract, self._others)
        found = {name: kind.holds(weekday, clock, minutes) for name, kind in kinds.items()}
        found["weekends"] = weekday >= SATURDAY
        found["holidays"] = day in self._holidays
        found["unpopular"] = any(kind.holds(weekday, clock, minutes) for kind in self._unpopular)
        return np.array([found.get(name, False) for name in self.names], dtype=bool)
