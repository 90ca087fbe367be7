"""The result of staffing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from configs.notes import Noticed


@dataclass(frozen=True)
class Requirement:
    """The ``requirement`` table (see ``configs.tables.REQUIREMENT``).

    ``agents`` is the number of people to roster in the interval, unplanned absence included, 0 where closed;
    ``agents_present`` is how many of them must really be there. ``work_h`` (deferrable) is the number of rostered
    agent-hours the work of the interval takes, absence and the occupancy cap included, finished by ``due``.
    """

    table: pd.DataFrame
    notes: tuple[Noticed, ...] = ()
