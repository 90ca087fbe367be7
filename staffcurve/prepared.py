"""Weeks of one plan before their rosters, and who works which shift in all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from forecast.result import Forecast
    from optimize.roster.inputs.decided import Decided
    from optimize.staffing.requirement.result import Requirement


@dataclass(frozen=True)
class Prepared:
    """A week before its roster."""

    forecast: Forecast
    requirement: Requirement


@dataclass(frozen=True)
class Together:
    """Weeks whose people and starts are decided.

    Parameters
    ----------
    decided
        Who works which shift in all weeks.
    weeks
        What each week begins with, by its first day.
    """

    decided: Decided
    weeks: dict[date, Prepared]
