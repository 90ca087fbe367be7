"""How often a finished plan meets its targets on fresh weeks, by this build's replay, whoever made the plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from configs.schema import DeferrableChannel

if TYPE_CHECKING:
    import pandas as pd

    from optimize.simulation import Replay
    from reports.run import Run

ERRORS = 3.0
"""Standard errors by which the share of an hour must be below the floor to count."""
NORMAL_95 = 1.959964


@dataclass(frozen=True)
class Chances:
    """Probabilities of a plan.

    Parameters
    ----------
    week
        Of each live channel over the week.
    days
        Of each live channel and day with contacts; the day is numbered from 0.
    deferrable
        Of each deferrable channel.
    table
        Service by channel and interval.
    """

    week: dict[str, float]
    days: dict[tuple[str, int], float]
    deferrable: dict[str, float]
    table: pd.DataFrame

    def of_days(self, channel: str) -> float:
        """Mean probability of a day of a channel."""
        return float(np.mean([each for (name, _), each in self.days.items() if name == channel]))

    @property
    def least_day(self) -> float:
        """Least probability of a channel-day."""
        return min(self.days.values())

    @property
    def mean_day(self) -> float:
        """Mean probability of a channel-day."""
        return float(np.mean(list(self.days.values())))

    @property
    def least_deferrable(self) -> float:
        """Least probability of a deferrable channel; NaN without one."""
        return min(self.deferrable.values(), default=float("nan"))


def fresh(run: Run, weeks: int, seed: int) -> Chances:
    """Replay a run on weeks of a seed of its own."""
    from optimize.simulation import replay

    made = replay(run.roster, run.forecast, run.requirement, run.config, run.horizon, replications=weeks, seed=seed)
    waits = {name for name, channel in run.config.channels.items() if isinstance(channel, DeferrableChannel)}
    return Chances(
        {each.channel: each.kept for each in made.channels if each.channel not in waits},
        _days_of(run, made),
        {each.channel: each.probability for each in made.service_targets if each.channel in waits},
        made.table,
    )


def told(run: Run) -> dict[tuple[str, int], float]:
    """Probabilities by channel and day that the run itself tells; empty where it simulated nothing."""
    return {} if run.replay is None else _days_of(run, run.replay)


def _days_of(run: Run, made: Replay) -> dict[tuple[str, int], float]:
    return {(each.channel, (each.date - run.horizon.first).days): each.probability for each in made.days}


def hours_below(run: Run, chances: Chances, floor: dict[str, float]) -> int:
    """Channel-hours whose mean share in time is below the floor by more than sampling error, by volume."""
    table = chances.table.merge(run.forecast.table[["channel", "start", "volume"]], on=["channel", "start"])
    table = table[table["channel"].isin(floor) & table["service_level"].notna()]
    error = (table["sl_high"] - table["sl_low"]) / (2 * NORMAL_95)
    parts = table.assign(
        hour=table["start"].dt.floor("h"), good=table["volume"] * table["service_level"],
        variance=(table["volume"] * error) ** 2,
    )  # fmt: skip
    hours = parts.groupby(["channel", "hour"])[["volume", "good", "variance"]].sum().reset_index()
    hours = hours[hours["volume"] > 0]
    highest = (hours["good"] + ERRORS * np.sqrt(hours["variance"])) / hours["volume"]
    return int((highest < hours["channel"].map(floor)).sum())
