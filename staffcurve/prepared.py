"""Weeks of one plan before their rosters, and who works which shift in all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from forecast.result import Forecast
    from optimize.staffing.requirement.result import Requirement
    from optimize.targets.joint import JointWeeks


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
    joint
        Who works which shift in all weeks.
    weeks
        What each week begins with, by its first day.
    """

    joint: JointWeeks
    weeks: dict[date, Prepared]
