"""Config and requirement -> the two lanes of a channel whose share is one over a day or the week."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.inputs.carryover_backlog import due_of_waiting, found_waiting
from optimize.roster.inputs.split import Lane, Span, Split
from optimize.roster.inputs.week import Ending, Work
from optimize.roster.inputs.work import closing_interval, due_intervals, hours_per_contact, rest_due, share_due

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Config, DeferrableChannel

    Array = NDArray[np.float64]
    Numbers = NDArray[np.int64]


def is_split(config: Config, channel: str) -> bool:
    """Whether the roster chooses which work of a channel is in time; a share of 1 leaves nothing to choose."""
    settings = config.channels[channel]
    return settings.kind == "deferrable" and settings.target.over != "interval" and settings.target.share < 1


def split_of(
    config: Config,
    number: int,
    rows: pd.DataFrame,
    horizon: Horizon,
    worked: NDArray[np.bool_],
    waiting: pd.DataFrame | None = None,
) -> tuple[dict[int, Work], Split]:
    """Lanes of one deferrable channel, and the most work each can get: all of it.

    The parameters are those of `classes_of`. A backlog known when the week begins goes into the lane of the rest, due
    when it was: its customers came in another week and count in no span of this one.
    """
    channel = list(config.channels)[number]
    settings = config.channels[channel]
    if settings.kind != "deferrable":
        raise TypeError(f"{channel} is not deferrable")
    arrivals = rows["work_h"].to_numpy(dtype=float)
    due_by = due_intervals(rows["due"], horizon)
    rest = np.maximum(due_intervals(rest_due(rows, settings, horizon), horizon), due_by)
    hours, carried = _known_backlog(config, channel, rows, horizon, (due_by, rest), waiting)
    nothing, end = np.zeros(horizon.size), _End(closing_interval(settings, horizon, worked), worked, settings.at_end)
    numbers = (number, len(config.channels) + number)
    lanes = {
        k: _lane(arrivals > 0, due, None if carried is None else known, end)
        for k, due, known in zip(numbers, (due_by, rest), (nothing, carried), strict=True)
    }
    found = {}
    for (k, lane), known in zip(lanes.items(), (0.0, hours), strict=True):
        backlog = (0.0, lane.most_backlog(arrivals)) if carried is None else (known, known)
        ending = _ending(lane, arrivals, end)
        found[k] = Work(number, arrivals, due_by, lane.floor(arrivals), backlog, ending, worked)
    judged = np.full(horizon.size, fill_value=True) if carried is None else due_by < horizon.size
    return found, Split(lanes, _spans(settings, arrivals, judged, horizon))


def parts_of(work: Mapping[int, Work], split: Split, in_time: Array) -> dict[int, Work]:
    """The classes of a channel once it is known which work of each interval is done in time.

    Raises
    ------
    KeyError
        `work` lacks one of the lanes.
    """
    parts = {split.in_time: in_time, split.rest: work[split.in_time].arrivals - in_time}
    return {
        k: replace(
            work[k],
            arrivals=arrivals,
            floor=split.lanes[k].floor(arrivals),
            ending=replace(work[k].ending, level=split.lanes[k].level(arrivals)),
        )
        for k, arrivals in parts.items()
    }


@dataclass(frozen=True)
class _End:
    """How a channel's week ends: its last interval, in which intervals its work may be done, and the rule."""

    interval: int
    worked: NDArray[np.bool_]
    rule: str

    @property
    def last_worked(self) -> int:
        """Last interval in which its work may be done; -1 where there is none."""
        return int(np.flatnonzero(self.worked)[-1]) if self.worked.any() else -1


def _known_backlog(
    config: Config,
    channel: str,
    rows: pd.DataFrame,
    horizon: Horizon,
    due: tuple[Numbers, Numbers],
    waiting: pd.DataFrame | None,
) -> tuple[float, Array | None]:
    """Hours that wait when the week begins, and minus those not yet due by the end of each interval.

    None where the week repeats itself. Of a stated backlog the share of the target is due over the first deadline, the
    others over that of the rest.
    """
    settings = config.channels[channel]
    if settings.kind != "deferrable":
        raise TypeError(f"{channel} is not deferrable")
    if settings.backlog is not None:
        hours, share = settings.backlog * hours_per_contact(channel, rows, settings), settings.target.share
        first, later = (share_due(settings, horizon, rows["work_h"].to_numpy(dtype=float), each) for each in due)
        return hours, hours * (share * first + (1 - share) * later - 1)
    left = found_waiting(waiting, config, channel)
    if left is None:
        return 0.0, None
    hours = sum(float(mine["work_h"].sum()) for mine in left.values())
    return hours, np.asarray(sum(due_of_waiting(mine, horizon) for mine in left.values()) - hours)


def _lane(there: NDArray[np.bool_], due: Numbers, carried: Array | None, end: _End) -> Lane:
    """Places of a lane; `there` says in which intervals work arrives; the week repeats itself if `carried` is None."""
    size, places = len(due), np.flatnonzero(there)
    moments, nowhere = np.maximum.accumulate(due[places]), -1
    if carried is None:
        places, moments, nowhere = (
            np.concatenate([places - size, places]), np.concatenate([moments - size, moments]), -size - 1,
        )  # fmt: skip
    ordered = np.concatenate([[nowhere], places])
    up_to = ordered[np.searchsorted(moments, np.arange(-1, size), side="right")]
    closing = {"due": int(up_to[-1]), "clear": end.interval}.get(end.rule, size - 1)
    if carried is not None:
        return Lane(up_to[1:], carried, closing, float(carried[-1]) if end.rule == "due" else 0.0, None)
    before, last = int(up_to[0]), end.last_worked
    most = before if end.rule == "due" else min(before, last - size)
    after = end.interval if end.rule == "clear" else last
    least = before if end.rule == "due" else max(most, after - size)
    return Lane(up_to[1:], np.zeros(size), closing, 0.0, (most, least))


def _ending(lane: Lane, arrivals: Array, end: _End) -> Ending:
    as_found = end.rule == "as-found"
    return Ending(end.interval if end.rule == "clear" else len(arrivals) - 1, lane.level(arrivals), as_found)


def _spans(
    settings: DeferrableChannel, arrivals: Array, judged: NDArray[np.bool_], horizon: Horizon
) -> tuple[Span, ...]:
    """Days of the channel's zone, or the week, with work that falls due where it can be judged."""
    local = horizon.seen_in(settings.timezone)
    number = local.day if settings.target.over == "day" else np.zeros(horizon.size, dtype=np.int64)
    found = []
    for span in np.unique(number):
        inside = np.flatnonzero((number == span) & judged & (arrivals > 0))
        if inside.size:
            hours = float(arrivals[inside].sum())
            found.append(Span(int(inside[0]), int(inside[-1]), settings.target.share * hours))
    return tuple(found)
