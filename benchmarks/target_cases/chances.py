"""How often a finished plan meets its targets on fresh weeks, by this build's replay, whoever made the plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from unittest.mock import patch

import numpy as np

from configs.schema import DeferrableChannel

if TYPE_CHECKING:
    import pandas as pd

    from optimize.simulation import Replay
    from optimize.simulation.intervals import Counts
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
    made, days = _replayed(run, weeks, seed)
    kept = {each.channel: each.probability for each in made.service_targets}
    waits = {name for name, channel in run.config.channels.items() if isinstance(channel, DeferrableChannel)}
    return Chances(
        {name: each for name, each in kept.items() if name not in waits},
        days,
        {name: each for name, each in kept.items() if name in waits},
        made.table,
    )


def told(run: Run) -> dict[tuple[str, int], float]:
    """Probabilities by channel and day that the run itself tells; empty where it tells none."""
    return {} if run.replay is None else _days_of(run, run.replay)


def _days_of(run: Run, made: Replay) -> dict[tuple[str, int], float]:
    first = run.horizon.first
    return {(each.channel, (each.date - first).days): each.probability for each in getattr(made, "days", ())}


def _replayed(run: Run, weeks: int, seed: int) -> tuple[Replay, dict[tuple[str, int], float]]:
    """Replay with the probabilities by day; they are counted here while the replay does not tell them."""
    from optimize.simulation import replay, replay_week

    seen: dict[str, list[Counts]] = {}

    def noted(name: str, channel: object, counts: list[Counts]) -> object:
        seen[name] = counts
        return told_live(name, channel, counts)

    told_live = replay_week.live_target  # type: ignore[attr-defined]
    with patch.object(replay_week, "live_target", noted):
        made = replay(run.roster, run.forecast, run.requirement, run.config, run.horizon, replications=weeks, seed=seed)
    return made, _days_of(run, made) or {key: each for name in seen for key, each in _counted(run, name, seen[name])}


def _counted(run: Run, name: str, counts: list[Counts]) -> list[tuple[tuple[str, int], float]]:
    channel = run.config.channels[name]
    day = run.horizon.seen_in(channel.timezone).day
    good = np.array([np.bincount(day, each.good) for each in counts])
    of = np.array([np.bincount(day, each.counted) for each in counts])
    met = (good >= (channel.target.share - 1e-9) * of).mean(axis=0)
    return [((name, number), float(met[number])) for number in np.flatnonzero(of.sum(axis=0) > 0).tolist()]


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
