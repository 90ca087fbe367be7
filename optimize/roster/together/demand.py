"""Relaxed weeks -> what people are worth in each interval of all of them.

Channels of the joined problem are, in this order: the channels of the plan, and one for each team whose people have
targets over a day or a week, which stands for its people beyond the floors. A step there gains what the relaxed week
pays for it: contacts in time at the price of its target rows. At that price a plan with many contacts fewer costs as
much, and so does one with many more. So steps that the relaxed week takes gain `HELD` times as much, and those beyond
`BEYOND` times. Deferrable work is wanted where the relaxed week does it, at `HELD` times the wage; the program of each
week moves it once people are known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.joined.demand import Demand
from optimize.roster.program.present import present_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from configs.schema import Config
    from optimize.roster.inputs.week import Week
    from optimize.roster.program import Program
    from optimize.roster.program.solution import Solution

    Array = NDArray[np.float64]
    Team = tuple[int, ...]


HELD = 1.5
"""Gain of the steps that the relaxed week takes, over their gain at its prices; of its deferrable work, over wages."""

BEYOND = 0.15
"""Gain of the steps beyond those, over their gain at its prices."""


@dataclass(frozen=True)
class Wanted:
    """What a week wants of people, in steps.

    Parameters
    ----------
    width, gain
        People of each step, and what each saves; shape (J, C, T) and (J + 1, C, T), for the channels of the plan.
    beyond
        By team: what each person beyond its floors saves, shape (T, K); more than at the prices up to the people of
        the relaxed week.
    owed
        What target rows cost with the people of the floors alone, at the prices used.
    """

    width: Array
    gain: Array
    beyond: dict[Team, Array]
    owed: float


def wanted_by(config: Config, program: Program, relaxed: Solution) -> Wanted:
    """Return what a week wants, read from it without whole numbers.

    Parameters
    ----------
    config
        Prices of shortage, excess and late work.
    program, relaxed
        The relaxed week with the prices of its rows.
    """
    week, costs = program.week, config.costs
    hour, size = week.horizon.interval_h, week.size
    tiers = max((len(each) for each in week.tiers.values()), default=0)
    width, gain = np.zeros((tiers + 1, len(week.channels), size)), np.zeros((tiers + 2, len(week.channels), size))
    gain[:-1] = costs.shortage_per_hour * hour
    gain[-1] = -costs.excess_per_hour * hour
    for m, required in week.live.items():
        levels = [required, *(tier.level for tier in week.tiers[m])]
        prices = np.cumsum([costs.shortage_per_hour, *(tier.extra for tier in week.tiers[m])]) * hour
        for k, level in enumerate(levels):
            below = levels[k + 1] if k + 1 < len(levels) else np.zeros(size)
            width[tiers - k, m] = level - below
            gain[tiers - k, m] = prices[k]
        gain[: tiers + 1 - len(levels), m] = prices[-1]
    for m, people in _work(program, relaxed).items():
        width[tiers, m] = people
        gain[: tiers + 1, m] = min(HELD * _wage(week), costs.shortage_per_hour) * hour
    beyond, owed = _beyond(week, _paid(program, relaxed), _taken(program, relaxed))
    return Wanted(width, gain, beyond, owed)


def _work(program: Program, relaxed: Solution) -> dict[int, Array]:
    """People at each deferrable channel in each interval of the relaxed week."""
    week = program.week
    people = {m: np.zeros(week.size) for m in range(len(week.channels)) if m not in week.live}
    for (_, m), columns in program.layout.flow.items():
        if m in people:
            there = columns >= 0
            people[m][there] += np.maximum(relaxed.values[columns[there]], 0.0)
    return people


def _wage(week: Week) -> float:
    """Mean wage of an hour, premiums included: what an hour of deferrable work costs to have done at some time."""
    return float(np.mean([wages.mean() for wages in week.prices.wages.values()]))


def _paid(program: Program, relaxed: Solution) -> list[float]:
    """What the relaxed week pays for a unit of gain of each target row, at most what a missing one costs."""
    service = program.week.service
    if service is None:
        return []
    duals = relaxed.duals[program.rows.targets]
    return [min(max(float(dual), 0.0), row.price) for dual, row in zip(duals, service.rows, strict=True)]


def _taken(program: Program, relaxed: Solution) -> dict[Team, Array]:
    """People beyond the floors of each team in each interval of the relaxed week; shape (T,)."""
    service = program.week.service
    if service is None:
        return {}
    over = present_in(program, relaxed.values).over
    teams = dict.fromkeys(ladder.team for ladder in service.ladders)
    return {team: np.maximum(sum(over[m] for m in team), 0.0) for team in teams}


def _beyond(week: Week, paid: Sequence[float], taken: Mapping[Team, Array]) -> tuple[dict[Team, Array], float]:
    """Gains of further people of each team at these prices, and what is owed at the floors.

    Steps that the relaxed week takes, `taken`, gain more and others less; a step it takes in part gains in proportion.
    """
    service = week.service
    if service is None:
        return {}, 0.0
    found: dict[Team, Array] = {}
    for number, ladder in enumerate(service.ladders):
        length = max((row.gain[number].step.shape[1] for row in service.rows if number in row.gain), default=0)
        worth = np.zeros((week.size, length))
        for row, price in zip(service.rows, paid, strict=True):
            if number in row.gain:
                step = row.gain[number].step
                worth[:, : step.shape[1]] += price * step
        before = found.get(ladder.team, np.zeros((week.size, 0)))
        longest = max(length, before.shape[1])
        found[ladder.team] = _wider(before, longest) + _wider(worth, longest)
    for team, steps in found.items():
        part = np.clip(taken[team][:, None] - np.arange(steps.shape[1]), 0.0, 1.0)
        found[team] = steps * (HELD * part + BEYOND * (1.0 - part))
    owed = sum(price * (row.needed - row.at_floor) for row, price in zip(service.rows, paid, strict=True))
    return found, float(owed)


def _wider(steps: Array, size: int) -> Array:
    return np.pad(steps, ((0, 0), (0, size - steps.shape[1])))


def demand_of(weeks: Sequence[Wanted]) -> tuple[Demand, tuple[Team, ...]]:
    """Join weeks; also return the teams that have a channel of their own after those of the plan."""
    teams = tuple(sorted({team for week in weeks for team in week.beyond}))
    parts = [_of_week(week, teams, weeks) for week in weeks]
    base, width, gain = (np.concatenate(each, axis=-1) for each in zip(*parts, strict=True))
    base[0, 0] += sum(week.owed for week in weeks)
    return Demand(base, width, gain), teams


def _of_week(week: Wanted, teams: tuple[Team, ...], weeks: Sequence[Wanted]) -> tuple[Array, Array, Array]:
    size = week.width.shape[2]
    plain = week.width.shape[0]
    steps = max([plain, *(each.beyond[team].shape[1] for each in weeks for team in each.beyond)])
    channels = week.width.shape[1] + len(teams)
    width, gain = np.zeros((steps, channels, size)), np.zeros((steps + 1, channels, size))
    own = week.width.shape[1]
    width[steps - plain :, :own] = week.width
    gain[steps - plain :, :own] = week.gain
    gain[: steps - plain, :own] = week.gain[0]
    for place, team in enumerate(teams, own):
        more = week.beyond.get(team, np.zeros((size, 0)))
        width[: more.shape[1], place] = 1.0
        gain[: more.shape[1], place] = more.T
        gain[-1, place] = week.gain[-1].min()
        gain[:-1, place] = np.maximum(gain[:-1, place], gain[-1, place])
    base = (width * gain[:-1])[:, :own].sum(axis=0)
    return np.concatenate([base, np.zeros((len(teams), size))]), width, gain


def served_before(demand: Demand, people: Array) -> Demand:
    """Return the demand with people who are there already; they take the dearest steps.

    Parameters
    ----------
    demand
        What people are worth.
    people
        People at each channel in each interval in any case; shape (C, T).
    """
    begun = np.concatenate([np.zeros((1, *demand.base.shape)), demand.ends])[:-1]
    taken = np.clip(people - begun, 0.0, demand.width)
    return Demand(demand.base - (demand.gain[:-1] * taken).sum(axis=0), demand.width - taken, demand.gain)


def with_teams(skills: frozenset[int], channels: int, teams: tuple[Team, ...]) -> frozenset[int]:
    """Channels of the joined problem that somebody with these skills can serve."""
    return skills | {channels + place for place, team in enumerate(teams) if skills & set(team)}
