"""A proposal tried: the file read by the readers themselves, and what it then holds."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import pandas as pd
    from numpy.typing import NDArray

    from configs.notes import Noticed
    from configs.schema import Config

NAMES = ("channel", "queue", "media")
"""Columns that may say what a row belongs to: the first that a file has."""
SHOWN = ("channel", "queue", "media", "start", "volume", "handled", "abandoned", "aht_s", "wait_s", "backlog")
FIRST_ROWS = 10
A_DAY_S = 86_400


@dataclass(frozen=True)
class Trial:
    """The rows of a file as they are read: `frame` has UTC `start`, `volume`, and further columns if there are any."""

    frame: pd.DataFrame
    timezone: str
    notes: tuple[Noticed, ...]

    @property
    def rows(self) -> int:
        """Rows that count."""
        return len(self.frame)

    @property
    def contacts(self) -> float:
        """Contacts of all rows."""
        return fsum(self.frame["volume"].fillna(0.0))

    @property
    def span(self) -> tuple[date, date]:
        """First and last local day."""
        local = self.local
        return local.min().date(), local.max().date()

    @property
    def local(self) -> pd.Series:
        """Start of each row on the clock of the plan."""
        local: pd.Series = self.frame["start"].dt.tz_convert(self.timezone)
        return local

    @property
    def naming(self) -> str | None:
        """The column that tells channels apart; None where the file does not."""
        return next((name for name in NAMES if name in self.frame and self.frame[name].fillna("").ne("").any()), None)

    @property
    def names(self) -> dict[str, float]:
        """Contacts of each channel, queue or medium of the file, those with the most first."""
        if self.naming is None:
            return {}
        sums = self.frame["volume"].groupby(self.frame[self.naming].fillna("").astype(str)).sum()
        return {str(name): float(count) for name, count in sorted(sums.items(), key=lambda one: (-one[1], one[0]))}

    @property
    def by_hour(self) -> NDArray[np.float64]:
        """Contacts by weekday and local hour, shape (7, 24), Monday first."""
        table, local = np.zeros((7, 24)), self.local
        at = (local.dt.day_of_week.to_numpy(), local.dt.hour.to_numpy())
        np.add.at(table, at, self.frame["volume"].fillna(0.0).to_numpy())
        return table

    @property
    def interval_s(self) -> int:
        """Length of the steps between starts in seconds: the largest that divides them all, on the local clock.

        Days that begin at midnight are 23 or 25 hours apart where the clock changes, and no hours for that.
        """
        starts = self.local.dt.tz_localize(None).to_numpy().astype("datetime64[s]").astype(np.int64)
        steps = np.diff(np.unique(starts))
        return int(np.gcd.reduce(steps)) if len(steps) else A_DAY_S

    @property
    def shown(self) -> list[str]:
        """Columns of the first rows that are shown."""
        return [name for name in SHOWN if name in self.frame.columns and self.frame[name].notna().any()]


def config_of(raw: Mapping[str, Any], history: Mapping[str, Any], folder: Any, name: str) -> Config:  # noqa: ANN401 - path or None
    """Build the config `raw` with another ``[history]``.

    Raises
    ------
    ConfigError
        With every fault of the settings.
    """
    from configs.loader import build

    return build({**raw, "history": dict(history)}, name, folder)


def provisional(timezone: str) -> dict[str, Any]:
    """A config that reads a file whose channels are not known yet."""
    return {
        "plan": {"name": "import", "timezone": timezone},
        "channels": {"all": {"kind": "synchronous"}},
        "contracts": {
            "all": {"agents": 1, "days_per_week": 5, "shifts": [{"length": "8h", "start": "09:00"}], "cost_per_hour": 1}
        },
    }


def tried(config: Config) -> Trial:
    """Read the file that a config names, by the readers that every command uses.

    Raises
    ------
    DataError
        With every fault of every file.
    """
    from forecast.data.files import read_files

    read = read_files(config, str(config.history.path))
    frame = read.frame
    if "kind" in frame.columns:
        frame = frame.loc[frame["kind"] != "ignored"]
    return Trial(frame.reset_index(drop=True), config.plan.timezone, tuple(read.notes))
