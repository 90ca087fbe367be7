"""Prices of the relaxed week, read as money per agent-hour: what one more person at work would be worth, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from optimize.roster.inputs.week import ShiftType, Week
    from optimize.roster.program import Program
    from optimize.roster.result import Relaxed


@dataclass(frozen=True)
class ShadowPrices:
    """Shadow prices in money per interval.

    `rows` holds the price of every row in order, to be read by the numbers in `Program.rows`; `channel[m]` the cost of
    one more person required at a channel in each interval, `pool[s]` what one more person at work with those skills is
    worth.
    """

    rows: NDArray[np.float64]
    channel: dict[int, NDArray[np.float64]]
    pool: dict[int, NDArray[np.float64]]


def prices_of(program: Program, relaxed: Relaxed) -> ShadowPrices:
    """Prices of the relaxed week."""
    week, rows, duals = program.week, program.rows, relaxed.duals
    hours = week.horizon.interval_h
    channel = {m: np.where(_wanted(week, m), duals[rows.cover[m]], 0.0) for m in week.live}
    channel |= {
        m: np.where(week.worked(m), duals[rows.work[m]] * hours, 0.0)
        for m in {work.channel for work in week.work.values()}
    }
    pool = {
        s: np.max([channel[m] + _own(program, duals, skills, m) for m in skills], axis=0)
        for s, skills in enumerate(week.pools)
    }
    return ShadowPrices(duals, channel, pool)


def _own(program: Program, duals: NDArray[np.float64], skills: Collection[int], m: int) -> NDArray[np.float64]:
    """What people at a channel are worth beyond others there, because they can serve another channel of its team."""
    week, worth = program.week, np.zeros(program.week.size)
    for number, ladder in enumerate(() if week.service is None else week.service.ladders):
        if m in ladder.team and ladder.channel is not None and ladder.channel in skills:
            rows = np.array(program.rows.steps[number])
            worth -= (ladder.own - ladder.others) * np.where(rows >= 0, duals[rows], 0.0)
    return worth


def _wanted(week: Week, m: int) -> NDArray[np.bool_]:
    """Intervals in which people at a live channel are required, or bring a target over a day or a week further."""
    wanted = week.live[m] > 0
    if week.service is None:
        return wanted
    further = [ladder.steps > 0 for ladder in week.service.ladders if m in ladder.team]
    return np.asarray(np.logical_or.reduce([wanted, *further]))


def shift_worth(worth: NDArray[np.float64], wage: NDArray[np.float64], shift_type: ShiftType, start: int) -> float:
    """Worth of one person's shift less its wage, with every break at its best moment.

    Parameters
    ----------
    worth
        Worth of a person at work in each interval, the week read as a circle.
    wage
        Wage of each interval.
    shift type
        Length and breaks.
    start
        Interval in which the shift begins.
    """
    size = len(worth)
    there = np.arange(start, start + shift_type.length)
    here, paid = worth[there % size], wage[there % len(wage)]

    def lost(k: int, offset: int) -> float:
        break_type = shift_type.break_types[k]
        away = slice(offset, offset + break_type.length)
        return float(here[away].sum() if break_type.paid else (here[away] - paid[away]).sum())

    cheapest = shift_type.breaks.cheapest(lost)
    return float((here - paid).sum()) - (cheapest[0] if cheapest else 0.0)
