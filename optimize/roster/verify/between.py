"""Recount of work done between calls: no more than idle time, understaffing and skills allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from configs.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from numpy.typing import NDArray

    from configs.schema import Config
    from optimize.roster.result import Roster

    Array = NDArray[np.float64]

NEAR = 1e-3
"""Hours by which two counts may differ."""


def blend_faults(
    config: Config,
    requirement: pd.DataFrame,
    roster: Roster,
    people: dict[frozenset[str], Array],
    starts: pd.DatetimeIndex,
) -> Iterator[Fault]:
    """Everything wrong with `blended_h`; `people` at work by skills."""
    mixed = {name for name, channel in config.channels.items() if channel.kind == "deferrable" and channel.blend}
    given, taken = np.zeros(len(starts)), np.zeros(len(starts))
    for name, channel in config.channels.items():
        have = roster.coverage[roster.coverage["channel"] == name].set_index("start").reindex(starts)
        between = have["blended_h"].fillna(0.0).to_numpy(dtype=float)
        where = f"coverage {name}"
        if channel.kind == "deferrable":
            if name not in mixed and between.any():
                yield Fault(where, "has work done between calls, but blend is not set")
            taken += between * channel.max_occupancy * (1 - config.staffing.absence)
            continue
        given += between
        need = requirement[requirement["channel"] == name].set_index("start").reindex(starts)
        idle = need["idle_h"].fillna(0.0).to_numpy(dtype=float) if "idle_h" in need else np.zeros(len(starts))
        short = have["shortage"].to_numpy(dtype=float)
        able = np.sum(
            [np.zeros(len(starts)), *(n for skills, n in people.items() if name in skills and skills & mixed)], axis=0
        )
        required = np.maximum(need["agents"].to_numpy(dtype=float), 1e-9)
        most = np.minimum(idle * np.maximum(1 - short, 0), idle * np.minimum(able / required, 1))
        bad = between > most + NEAR
        if bad.any():
            at = int(bad.argmax())
            reported = f"{between[at]:g} hours of other work are done between calls at {starts[at]}"
            yield Fault(where, f"{reported}; {most[at]:g} are possible")
    differ = np.abs(given - taken) > NEAR
    if differ.any():
        at = int(differ.argmax())
        yield Fault("coverage", f"{given[at]:g} hours are given between calls at {starts[at]}, and {taken[at]:g} used")
