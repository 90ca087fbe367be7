"""Everything a report is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from configs.horizon import Horizon
    from configs.notes import Note
    from configs.schema import Config
    from forecast.result import Forecast
    from optimize.roster.result import Roster
    from optimize.simulation.result import Replay
    from optimize.staffing.result import Requirement
    from reports.publication import Entry


@dataclass(frozen=True)
class Provenance:
    """Where a plan comes from: (path, SHA-256 or none when built in) of its inputs, (name, version) of libraries."""

    inputs: tuple[tuple[str, str | None], ...]
    libraries: tuple[tuple[str, str | None], ...]
    python: str


@dataclass(frozen=True)
class Run:
    """One planned week: the config, the result of each stage, and what was noticed on the way.

    `recent` has the last weeks of the history (``channel, start, volume``), to be seen beside the forecast.
    `given_out` has the calendar entries people may have already from earlier runs of the week.
    """

    config: Config
    horizon: Horizon
    forecast: Forecast
    requirement: Requirement
    roster: Roster
    version: str
    notes: tuple[Note, ...] = ()
    replay: Replay | None = None
    recent: pd.DataFrame | None = None
    provenance: Provenance | None = None
    given_out: tuple[Entry, ...] = ()

    @property
    def name(self) -> str:
        """Name of the run and of its folder, such as ``demo-2026-11-30``."""
        return f"{self.config.plan.name}-{self.horizon.first.isoformat()}"
