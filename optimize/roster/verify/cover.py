"""Recount of cover: nobody is counted twice, nobody serves a channel they cannot, no work is done before it arrives."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.errors import Fault
from optimize.roster.verify.between import blend_faults
from optimize.roster.verify.presence import at_work
from optimize.roster.verify.work import read_account, work_faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from configs.schema import Config
    from optimize.roster.result import Roster
    from optimize.roster.verify.duty import Duty

NEAR = 1e-3
"""Agents or hours by which two counts may differ; a solver is exact to far less."""


def cover_faults(config: Config, requirement: pd.DataFrame, roster: Roster, duties: list[Duty]) -> Iterator[Fault]:
    """Everything wrong with the ``coverage`` table."""
    starts = pd.DatetimeIndex(sorted(requirement["start"].unique()))
    people = at_work(config, roster, duties, starts[0], len(starts))
    staffed = {
        str(channel): rows.set_index("start").reindex(starts)["staffed"].to_numpy(dtype=float)
        for channel, rows in roster.coverage.groupby("channel")
    }
    yield from _allocation_faults(config, people, staffed, starts)
    if "able" in roster.coverage:
        yield from _able_faults(roster, people, staffed, starts)
    if "blended_h" in roster.coverage:
        yield from blend_faults(config, requirement, roster, people, starts)
    for channel in config.channels:
        need = requirement[requirement["channel"] == channel].set_index("start").reindex(starts)
        have = roster.coverage[roster.coverage["channel"] == channel].set_index("start").reindex(starts)
        if config.channels[channel].kind == "deferrable":
            yield from _work_faults(config, channel, need, have)
            account = read_account(config, requirement, roster, channel)
            yield from () if account is None else work_faults(channel, account)
        else:
            yield from _live_faults(channel, need, have)


def _allocation_faults(
    config: Config,
    people: dict[frozenset[str], np.ndarray],
    staffed: dict[str, np.ndarray],
    starts: pd.DatetimeIndex,
) -> Iterator[Fault]:
    """Hall's condition: people placed at a set of channels are no more than those at work who can serve one of them."""
    channels = list(config.channels)
    nobody = np.zeros(len(starts))
    for size in range(1, len(channels) + 1):
        for members in combinations(channels, size):
            placed = np.sum([staffed.get(channel, nobody) for channel in members], axis=0)
            able = np.sum([nobody, *(count for group, count in people.items() if group & set(members))], axis=0)
            bad = placed > able + NEAR
            if bad.any():
                at = int(bad.argmax())
                yield Fault(
                    f"coverage {', '.join(members)}",
                    f"{placed[at]:g} people are counted at {starts[at]}; {able[at]:g} at work can serve it",
                )
    total = np.sum([nobody, *people.values()], axis=0)
    everywhere = np.sum([nobody, *staffed.values()], axis=0)
    lost = np.abs(total - everywhere) > NEAR
    if lost.any():
        at = int(lost.argmax())
        yield Fault("coverage", f"{everywhere[at]:g} people are counted at {starts[at]}; {total[at]:g} are at work")


def _able_faults(
    roster: Roster, people: dict[frozenset[str], np.ndarray], staffed: dict[str, np.ndarray], starts: pd.DatetimeIndex
) -> Iterator[Fault]:
    """People of a team said to be able to serve a channel: no more than such are there, no fewer than must be."""
    for stair in () if roster.service is None else roster.service.staircases:
        rows = roster.coverage[roster.coverage["channel"] == stair.channel].set_index("start")["able"].reindex(starts)
        if rows.isna().all():
            continue
        able, team = rows.to_numpy(dtype=float), frozenset(stair.team)
        there = np.sum([staffed[name] for name in stair.team], axis=0)
        known, others = np.zeros(len(starts)), np.zeros(len(starts))
        for skills, count in people.items():
            if stair.channel in skills:
                known = known + count
            elif skills & team:
                others = others + count
        least, most = np.maximum(staffed[stair.channel], there - others), np.minimum(known, there)
        bad = ~((able >= least - NEAR) & (able <= most + NEAR))
        if bad.any():
            at = int(bad.argmax())
            words = f"able is {able[at]:g} at {starts[at]}; from {least[at]:g} to {most[at]:g} are"
            yield Fault(f"coverage {stair.channel}", words)


def _differs(where: str, what: str, reported: np.ndarray, recounted: np.ndarray, index: pd.Index) -> Iterator[Fault]:
    bad = ~(np.abs(reported - recounted) <= NEAR)
    if bad.any():
        at = int(bad.argmax())
        yield Fault(where, f"{what} is {reported[at]:g} at {index[at]}; the recount says {recounted[at]:g}")


def _live_faults(channel: str, need: pd.DataFrame, have: pd.DataFrame) -> Iterator[Fault]:
    where = f"coverage {channel}"
    required, staffed = need["agents"].to_numpy(dtype=float), have["staffed"].to_numpy(dtype=float)
    yield from _differs(where, "required", have["required"].to_numpy(dtype=float), required, have.index)
    yield from _differs(
        where,
        "shortage",
        have["shortage"].to_numpy(dtype=float),
        np.maximum(required - staffed, 0),
        have.index,
    )
    yield from _differs(
        where, "excess", have["excess"].to_numpy(dtype=float), np.maximum(staffed - required, 0), have.index
    )


def _work_faults(config: Config, channel: str, need: pd.DataFrame, have: pd.DataFrame) -> Iterator[Fault]:
    where = f"coverage {channel}"
    hours = config.plan.interval_s / 3600
    arrived, done = need["work_h"].fillna(0.0).to_numpy(dtype=float), have["done_h"].to_numpy(dtype=float)
    yield from _differs(where, "work_h", have["work_h"].to_numpy(dtype=float), arrived, have.index)
    between = have["blended_h"].fillna(0.0).to_numpy(dtype=float) if "blended_h" in have else 0.0
    too_much = done > have["staffed"].to_numpy(dtype=float) * hours + between + NEAR
    if too_much.any():
        at = int(too_much.argmax())
        yield Fault(where, f"{done[at]:g} hours are done at {have.index[at]} by {have['staffed'].iloc[at]:g} people")
