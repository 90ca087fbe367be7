"""Who works which shift in weeks that were planned together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from optimize.roster.facts import RuleCost
    from optimize.roster.wish_facts import RefusedWish


@dataclass(frozen=True)
class Decided:
    """Shifts of all weeks by name; each week then places breaks, activities and deferrable work.

    Parameters
    ----------
    table
        ``roster`` table without breaks.
    first, weeks
        First day, and number of weeks.
    cost, bound
        Cost of the shifts by what the weeks want of people, and a proven bound of it for rosters by name that keep the
        rules planned by; no bound where deferrable work is wanted, whose place is only a guess.
    week_bounds
        For each week, a proven bound of its cost while the other weeks stay as they are; none where it is not known.
    cut_short
        Whether the time limit ended the search.
    left
        Keys of rules, such as ``contracts.full.rules.weekly_rest``, that the search does not plan by.
    rule_costs
        What families of rules cost over all weeks, the dearest first; none where it is not known.
    refused
        Wishes of all weeks that the shifts do not grant.
    """

    table: pd.DataFrame
    first: date
    weeks: int
    cost: float
    bound: float | None
    week_bounds: tuple[float, ...] = ()
    cut_short: bool = False
    left: tuple[str, ...] = ()
    rule_costs: tuple[RuleCost, ...] = ()
    refused: tuple[RefusedWish, ...] = ()

    def bound_of(self, first: date) -> float | None:
        """Bound of the week that begins on a day, under the rules planned by; None where it is not known."""
        week = (first - self.first).days // 7
        return self.week_bounds[week] if 0 <= week < len(self.week_bounds) else None
