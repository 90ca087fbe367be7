"""Several weeks -> who works which shift in all of them, in one search."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.errors import Fault, InfeasibleError
from configs.notes import sentence_of
from configs.schema import DeferrableChannel
from configs.skills import skills_of
from configs.tables import records
from optimize.roster.facts import NoRoster
from optimize.roster.inputs.decided import Decided
from optimize.roster.inputs.pay import premium_shares
from optimize.roster.inputs.previous import still_at_work
from optimize.roster.joined.centre import Centre
from optimize.roster.joined.diagnosis import stuck_people
from optimize.roster.joined.problem import OFF, Problem
from optimize.roster.joined.search import Effort, search
from optimize.roster.schedule.schedule import Schedule
from optimize.roster.schedule.shift import Shift
from optimize.roster.together.demand import demand_of, served_before, with_teams
from optimize.roster.together.fairness import fairness_of
from optimize.roster.together.pairing import with_mentors
from optimize.roster.together.persons import staff_of
from optimize.roster.together.wishes import refused_wishes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from threading import Event

    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.roster.inputs.people import People
    from optimize.roster.joined.demand import Demand
    from optimize.roster.joined.search import Searched
    from optimize.roster.together.demand import Wanted
    from optimize.roster.together.persons import Staff

    Array = NDArray[np.float64]
    Roster = NDArray[np.int64]


@dataclass(frozen=True)
class Weeks:
    """Several weeks as one problem.

    Parameters
    ----------
    horizon
        All weeks as one.
    staff
        Everybody, with the shapes of their contracts.
    problem
        What is searched.
    """

    horizon: Horizon
    staff: Staff
    problem: Problem


def decided_weeks(
    config: Config,
    horizon: Horizon,
    wanted: Sequence[Wanted],
    people: People,
    tell: Callable[[str, float | None], None] = lambda _word, _gap: None,
    end: Event | None = None,
    effort: Effort | None = None,
) -> Decided:
    """Search who works which shift in all weeks; parameters as of `joined_weeks`.

    `effort` says how much is tried; without it the time limit of a roster holds for each week.

    Raises
    ------
    InfeasibleError
        Somebody has no roster that keeps the rules; with each such person.
    """
    weeks = joined_weeks(config, horizon, wanted, people)
    _everybody_has_one(weeks)
    effort = effort or Effort(seconds=len(wanted) * config.roster.time_limit.total_seconds())
    stop = (lambda: False) if end is None else end.is_set
    found = search(
        weeks.problem,
        effort,
        seed=config.plan.seed,
        tell=lambda stage, _cost: tell(f"all weeks: {stage}", None),
        stop=stop,
    )
    if weeks.staff.pairings:
        found = with_mentors(weeks.problem, found, weeks.staff.pairings)
    table = decided_table(weeks, people, found.rosters.shapes)
    cut_short = found.seconds > effort.seconds
    left = _left(config, weeks, people)
    live = not any(isinstance(channel, DeferrableChannel) for channel in config.channels.values())
    bound = found.bound if live and not any(week.beyond for week in wanted) else None
    exact = live and not weeks.staff.has_prices and _is_exact(config, people, wanted)
    bounds = _week_bounds(weeks.problem, found) if exact else ()
    refused = refused_wishes(people.requests, horizon, weeks.staff, weeks.problem, found.rosters)
    return Decided(table, horizon.first, len(wanted), found.cost, bound, bounds, cut_short, left, refused=refused)


def _everybody_has_one(weeks: Weeks) -> None:
    """Name everybody who has no roster that keeps the rules, and what to relax."""
    faults = []
    for stuck in stuck_people(weeks.problem):
        by = None if stuck.days is None else weeks.horizon.date(stuck.days - 1)
        words = sentence_of(NoRoster("roster", stuck.freed_by, by))
        faults.append(Fault(f"agent {weeks.staff.persons[stuck.person].name}", words))
    if faults:
        raise InfeasibleError(faults)


def _is_exact(config: Config, people: People, wanted: Sequence[Wanted]) -> bool:
    """Whether the weeks cost what the search counts: no wishes, no target rows, nobody of two skills from before.

    Rules with a price are counted by the search only.
    """
    before = [] if people.previous is None else records(people.previous.agents)
    several = any(len(set(skills_of(str(row["skills"]))) & set(config.channels)) > 1 for row in before)
    return people.requests.empty and not several and not any(week.beyond for week in wanted)


def _week_bounds(problem: Problem, found: Searched) -> tuple[float, ...]:
    """What each week costs at least while the others stay: their cost leaves it that part of the bound of all."""
    costs = Centre(problem).by_week(found.rosters)
    return tuple((found.bound - (found.cost - costs)).tolist())


def _left(config: Config, weeks: Weeks, people: People) -> tuple[str, ...]:
    """Where the rules are written that the search does not plan by: in contracts, or in the file of single people."""
    contract = dict(zip(people.agents["agent"].astype(str), people.agents["contract"].astype(str), strict=True))
    named = {
        f"contracts.{contract[agent]}.rules.{rule}" if config.contracts[contract[agent]].rules else f"rules.{rule}"
        for agent, rules in weeks.staff.left.items()
        for rule in rules
    }
    return tuple(sorted(named))


def joined_weeks(config: Config, horizon: Horizon, wanted: Sequence[Wanted], people: People) -> Weeks:
    """State several weeks as one problem.

    Parameters
    ----------
    config
        Contracts, channels and prices.
    horizon
        All weeks as one.
    wanted
        What each week wants of people, in order.
    people
        Agents, leave, wishes and rules; the week before the first.
    """
    shares = 1 + premium_shares(config, horizon)
    wages = {name: contract.cost_per_hour * shares for name, contract in config.contracts.items()}
    staff = staff_of(config, horizon, people, wages)
    demand, teams = demand_of(wanted)
    demand.base[0, 0] += staff.owed
    demand = served_before(demand, _there_before(config, horizon, people, staff, demand))
    channels = len(config.channels)
    persons = tuple(replace(each, skills=with_teams(each.skills, channels, teams)) for each in staff.persons)
    midnights = np.array([horizon.index(horizon.moment(day, 0)) for day in range(horizon.days + 1)])
    contracts = tuple(each.contract for each in staff.shapes)
    fairness = fairness_of(config, horizon, people, wanted)
    problem = Problem(horizon.interval_min, midnights, horizon.first.weekday(), demand, contracts, persons, fairness)
    return Weeks(horizon, staff, problem)


def _there_before(config: Config, horizon: Horizon, people: People, staff: Staff, demand: Demand) -> Array:
    """People at each channel who come from before the horizon; shape (C, T).

    Those of a known week are at the first channel they know that wants somebody. Without one, the hours before the
    first shift of the first day can begin are staffed as they should be, by a night like the last one.
    """
    there = np.zeros(demand.base.shape)
    if people.previous is None:
        first = min(
            int(each.contract.starts[0][each.contract.offered[0]].min(initial=horizon.size)) for each in staff.shapes
        )
        there[:, :first] = demand.ends[-1][:, :first]
        return there
    known = {str(row["agent"]): skills_of(str(row["skills"])) for row in records(people.previous.agents)}
    number = {name: m for m, name in enumerate(config.channels)}
    left = still_at_work(people.previous, horizon).at_work(
        horizon, {a: tuple(s) for a, s in known.items()}, circle=False
    )
    for skills, at_work in left.items():
        channels = [number[skill] for skill in skills if skill in number]
        for t in np.flatnonzero(at_work).tolist():
            for _ in range(int(at_work[t])):
                short = [m for m in channels if there[m, t] < demand.ends[-1][m, t]]
                there[(short or channels)[:1], t] += 1.0
    return there


def decided_table(weeks: Weeks, people: People, roster: Roster) -> pd.DataFrame:
    """Return a roster of everybody, shape (P, D), as a ``roster`` table without breaks."""
    names = dict(zip(people.agents["agent"].astype(str), people.agents["name"].astype(str), strict=True))
    shifts = Schedule.of(_shifts(weeks, names, roster), weeks.horizon.zone)
    return shifts.to_table()


def _shifts(weeks: Weeks, names: dict[str, str], roster: Roster) -> Iterator[Shift]:
    horizon, step = weeks.horizon, pd.Timedelta(minutes=weeks.horizon.interval_min)
    for person, row in zip(weeks.staff.persons, roster.tolist(), strict=True):
        shapes = weeks.staff.shapes[person.contract]
        for day, shape in enumerate(row):
            if shape == OFF:
                continue
            start = horizon.begin + int(shapes.contract.starts[day, shape]) * step
            end = start + int(shapes.contract.lengths[shape]) * step
            yield Shift(
                agent=person.name,
                name=names[person.name],
                contract=shapes.contract.name,
                day=horizon.date(day),
                start=start.to_pydatetime(),
                end=end.to_pydatetime(),
                breaks=(),
                activities=(),
                paid_h=int(shapes.contract.minutes[shape]) / 60,
                cost=float(shapes.contract.wage[day, shape]),
                shift_type=int(shapes.shift_types[shape]),
            )
