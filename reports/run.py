"""Everything a report is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from configs.horizon import Horizon
    from configs.notes import Noticed
    from configs.schema import Config
    from configs.zones import ZoneRules
    from forecast.result import Forecast
    from optimize.roster.result import Roster
    from optimize.simulation.result import Replay
    from optimize.staffing.requirement.result import Requirement
    from reports.calendar_entry import Entry


@dataclass(frozen=True)
class Provenance:
    """Where a plan comes from: (path, SHA-256 or none when built in) of its inputs, (name, version) of libraries.

    `zones` are the rules of time zones it was made under; none where the run does not say.
    """

    inputs: tuple[tuple[str, str | None], ...]
    libraries: tuple[tuple[str, str | None], ...]
    python: str
    zones: ZoneRules | None = None


@dataclass(frozen=True)
class Rostered:
    """A finished roster with what it was made for; `requirement` is the table of that name."""

    config: Config
    horizon: Horizon
    requirement: pd.DataFrame
    roster: Roster


@dataclass(frozen=True)
class Run:
    """One planned week: the config, the result of each stage, and what was noticed on the way.

    `recent` has the last weeks of the history (``channel, start, volume``), to be drawn behind the forecast.
    `given_out` has the calendar entries people may have already from earlier runs of the week.
    """

    config: Config
    horizon: Horizon
    forecast: Forecast
    requirement: Requirement
    roster: Roster
    version: str
    notes: tuple[Noticed, ...] = ()
    replay: Replay | None = None
    recent: pd.DataFrame | None = None
    provenance: Provenance | None = None
    given_out: tuple[Entry, ...] = ()

    @property
    def rostered(self) -> Rostered:
        """The part of the run that needs no forecast."""
        return Rostered(self.config, self.horizon, self.requirement.table, self.roster)

    @property
    def name(self) -> str:
        """Name of the run and of its folder, such as ``demo-2026-11-30``."""
        return name_of(self.config, self.horizon)


def name_of(config: Config, horizon: Horizon) -> str:
    """Name of the run of a week and of its folder, such as ``demo-2026-11-30``."""
    return f"{config.plan.name}-{horizon.first.isoformat()}"
