"""What the recount of deferrable work reads of one channel: its parts, and how its week begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from configs.schema import DeferrableChannel

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class Part:
    """The part of a channel's work that is promised in time, or the rest.

    `due` is the moment the work of each interval is due, `due_by` that of the channel's promise; `found` is what the
    week before left, where that is known. `backlog_due` is the share of a stated backlog that is due by the end of each
    interval, where it is not that of this part alone.
    """

    name: str
    arrived: Array
    due: pd.Series
    due_by: pd.Series
    done: Array
    backlog: Array
    found: pd.DataFrame | None = None
    backlog_due: Array | None = None

    @property
    def opening(self) -> float:
        """Hours that waited when the week began."""
        return float(self.backlog[0] + self.done[0] - self.arrived[0])


@dataclass(frozen=True)
class BacklogAccount:
    """One deferrable channel of the coverage table, in order of its intervals, which end at `ends`.

    `worked` says in which of them its work may be done; `chosen`, that the coverage says which work is in time.
    """

    settings: DeferrableChannel
    have: pd.DataFrame
    ends: pd.DatetimeIndex
    step: pd.Timedelta
    zone: str
    parts: tuple[Part, ...]
    worked: NDArray[np.bool_]
    chosen: bool = False

    @property
    def repeats(self) -> bool:
        """Whether the week is a circle: nothing is known of what waits when it begins."""
        return self.settings.backlog is None and self.parts[0].found is None
