"""A roster somebody changed by hand: its shifts, the cover and cost that follow, and every rule it breaks.

Who is at work comes from its shifts; who serves which channel is decided by the cover rows of the week's program, with
those people given. The verifier recounts it as it recounts our own rosters.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from configs.errors import Fault, VerificationError
from configs.skills import skills_of
from configs.tables import DECIMALS, records
from optimize.roster.account.price import price
from optimize.roster.account.tables import coverage_table
from optimize.roster.account.target_counts import counted_again
from optimize.roster.inputs.assemble import assemble
from optimize.roster.inputs.pay import premium_shares
from optimize.roster.inputs.presence import people_at_work
from optimize.roster.inputs.service_model import NOTHING_LEARNT
from optimize.roster.inputs.service_plan import service_plan
from optimize.roster.inputs.week import CarryOver
from optimize.roster.program import build
from optimize.roster.program.problem import Problem
from optimize.roster.program.solution import require
from optimize.roster.program.solver import solver_of
from optimize.roster.rule_facts import RuleBroken
from optimize.roster.schedule.break_windows import break_windows
from optimize.roster.schedule.paid_time import paid_intervals
from optimize.roster.schedule.schedule import Schedule
from optimize.roster.schedule.shift import Shift
from optimize.roster.schedule.shift_type import may_begin
from optimize.roster.verify import recount
from optimize.roster.verify.rules.notices import rule_notices

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.roster.inputs.people import People
    from optimize.roster.inputs.service_model import ServicePlan
    from optimize.roster.inputs.week import Week
    from optimize.roster.program import Program
    from optimize.roster.result import Cost, Roster
    from optimize.roster.schedule.break_windows import BreakWindows
    from optimize.roster.schedule.shift import Span as BreakSpan

ShiftSpan = tuple[pd.Timestamp, pd.Timestamp]
"""Begin and end of a shift, UTC."""
AS_BEFORE = 1e-4
"""Share of the price of shortage by which a person stays at the channel they served, where it costs nothing."""


@dataclass(frozen=True)
class Edit:
    """What somebody works on a day after the change: begin and end of each shift, UTC; nothing is a day off."""

    agent: str
    day: int
    spans: tuple[ShiftSpan, ...]


@dataclass(frozen=True)
class Judged:
    """An edited roster with its coverage and cost, and the rules its people's shifts break."""

    roster: Roster
    broken: tuple[Fault, ...]


def apply_edits(config: Config, horizon: Horizon, roster: Roster, edits: tuple[Edit, ...]) -> Schedule:
    """Return the schedule with some days of some people replaced.

    Breaks of a new shift are placed within their windows where most people are to spare, one person after the other;
    planned activities of the shift it replaces are not held.
    """
    before = roster.schedule
    replaced = {(edit.agent, horizon.date(edit.day)) for edit in edits}
    spare = _Spare(horizon, roster)
    people = {str(row["agent"]): row for row in records(roster.people.agents)}
    made = [
        _shift(config, horizon, people[edit.agent], edit.day, span, spare)
        for edit in sorted(edits, key=lambda edit: (edit.day, edit.spans, edit.agent))
        for span in edit.spans
    ]
    kept = [shift for shift in before.shifts if (shift.agent, shift.day) not in replaced]
    after = Schedule.of([*kept, *made], before.zone, has_activities=before.has_activities)
    return paid(config, horizon, after) if made else after


def _shift(config: Config, horizon: Horizon, person: dict[str, Any], day: int, span: ShiftSpan, spare: _Spare) -> Shift:
    """One shift with its breaks, not yet priced; without breaks where the contract has no such shift."""
    start, end = (moment.to_pydatetime() for moment in span)
    agent, contract = str(person["agent"]), str(person["contract"])
    rules = config.contracts[contract]
    types = (each for each in rules.shifts if each.length == end - start and may_begin(each, start, horizon.zone))
    chosen = next(types, None)
    breaks: list[BreakSpan] = []
    if chosen is not None:
        windows = break_windows(rules, chosen, config.plan.interval)
        breaks = spare.breaks(span[0], windows, skills_of(str(person["skills"])))
    return Shift(agent, str(person["name"] or agent), contract, horizon.date(day), start, end, tuple(breaks))


class _Spare:
    """People to spare in each interval, channel by channel; everybody placed on a break is taken off."""

    def __init__(self, horizon: Horizon, roster: Roster) -> None:
        self._horizon = horizon
        cover = roster.coverage
        self._over = {
            str(channel): (rows.set_index("start")["staffed"] - rows.set_index("start")["required"])
            .reindex(horizon.starts)
            .fillna(0.0)
            .to_numpy(dtype=float)
            .copy()
            for channel, rows in cover.groupby("channel")
        }

    def breaks(self, start: pd.Timestamp, windows: BreakWindows, skills: tuple[str, ...]) -> list[BreakSpan]:
        """Moments of the breaks of a shift, each where the least number to spare is greatest, the earliest of those.

        Where breaks stand in each other's way, the sum of these least numbers is greatest.
        """
        step = pd.Timedelta(minutes=self._horizon.interval_min)
        begin, size = self._horizon.index(start), self._horizon.size
        over = np.sum([self._over[channel] for channel in skills if channel in self._over], axis=0)

        def away(k: int, offset: int) -> NDArray[np.int64]:
            return (begin + offset + np.arange(max(1, windows.break_types[k].length))) % size

        found = windows.cheapest(lambda k, offset: -float(over[away(k, offset)].min()))
        placed = []
        for k, offset in enumerate(found[1] if found else ()):
            for channel in skills:
                if channel in self._over:
                    self._over[channel][away(k, offset)] -= 1.0 / len(skills)
            first = start + offset * step
            placed.append((first.to_pydatetime(), (first + windows.break_types[k].length * step).to_pydatetime()))
        return placed


def paid(config: Config, horizon: Horizon, schedule: Schedule) -> Schedule:
    """Return a schedule with its paid hours and costs counted again."""
    shares = 1 + premium_shares(config, horizon)
    shifts = []
    for shift in schedule.shifts:
        index = paid_intervals(config, horizon, shift)
        rate = config.contracts[shift.contract].cost_per_hour
        hours = round(len(index) * horizon.interval_h, DECIMALS)
        cost = round(float(shares[index % len(shares)].sum()) * rate * horizon.interval_h, DECIMALS)
        shifts.append(replace(shift, paid_h=hours, cost=cost))
    return replace(schedule, shifts=tuple(shifts))


def judge(
    config: Config, horizon: Horizon, requirement: pd.DataFrame, before: Roster, schedule: Schedule, people: People
) -> Judged:
    """Find the cover, the cost and the broken rules of a changed schedule.

    Parameters
    ----------
    config
        The rules.
    horizon
        The week.
    requirement
        The ``requirement`` table the roster is held against.
    before
        The roster that was changed: people stay at the channels they served where nothing is lost by it.
    schedule
        The shifts as they are now.
    people
        Agents, leave and requests.

    Raises
    ------
    VerificationError
        The cover or the cost found differs from its own recount.
    """
    asked = replace(before, table=schedule.table, planned=schedule, people=people)
    there = people_at_work(config, asked, horizon)
    service = _service(config, horizon, requirement, before)
    week = assemble(config, horizon, requirement, people)
    week = replace(week, service=None if service is None else service.model)
    program = build(_given(week, there))
    _stay(program, before)
    solution = solver_of(config).endless().solve("edited roster", Problem(program.model))
    require(solution, "cover of an edited roster")
    coverage = coverage_table(program, solution.values)
    cost = price(config, replace(program, week=week), schedule, coverage)
    counted = counted_again(week, coverage, before.targets)
    made = replace(asked, coverage=coverage, cost=cost, bound=min(before.bound, cost.total), left_out=0, changes=None)
    made = replace(made, service=service, targets=counted)
    found = recount(config, requirement, made)
    if found.wrong:
        raise VerificationError(found.wrong)
    return Judged(_as_before(made, before, cost), (*found.broken, *_broken_rules(config, made)))


def _broken_rules(config: Config, roster: Roster) -> list[Fault]:
    """Rules about people that are broken; those with a price are not faults."""
    notices = rule_notices(config, roster)
    return [Fault(each.where, each.sentence) for each in notices if type(each) is RuleBroken]


def _service(config: Config, horizon: Horizon, requirement: pd.DataFrame, before: Roster) -> ServicePlan | None:
    """The targets over a day or a week as the roster was planned for them, each at the price it had there."""
    if not before.targets:
        return None
    learnt = before.corrections or NOTHING_LEARNT
    found = service_plan(config, horizon, requirement, before.people.agents, learnt)
    if found is None:
        return None
    price = {each.key: each.price for each in before.targets}
    prices = tuple(price.get(row.key, row.price) for row in found.model.rows)
    return replace(found, model=found.model.priced(prices))


def _as_before(made: Roster, before: Roster, cost: Cost) -> Roster:
    """The price of changes is that of the roster edited: the planner's own changes are free."""
    return replace(made, cost=replace(cost, changes=before.cost.changes), changes=before.changes)


def _given(week: Week, people: dict[frozenset[str], np.ndarray]) -> Week:
    """Return a week of people already placed: no shifts to decide, only who serves which channel."""
    number = {channel: m for m, channel in enumerate(week.channels)}
    groups = sorted(
        (tuple(sorted(number[skill] for skill in skills if skill in number)), counts)
        for skills, counts in people.items()
    )
    skills = {pool: each for pool, (each, _) in enumerate(groups)}
    present = {pool: counts for pool, (_, counts) in enumerate(groups)}
    return replace(week, staff_groups=(), before=CarryOver(skills, present), activities=())


def _stay(program: Program, before: Roster) -> None:
    """Charge a trifle for people at another channel than before, so that equal covers do not differ by chance."""
    week, model, layout = program.week, program.model, program.layout
    penalty = AS_BEFORE * max(1.0, week.prices.shortage) * week.horizon.interval_h
    for m, channel in enumerate(week.channels):
        rows = before.coverage[before.coverage["channel"] == channel].set_index("start")
        there = rows["staffed"].reindex(week.horizon.starts).fillna(0.0).to_numpy(dtype=float)
        flows = [flow for (_, served), flow in layout.flow.items() if served == m]
        for t in range(week.size):
            terms = [(int(flow[t]), 1.0) for flow in flows if flow[t] >= 0]
            if not terms:
                continue
            more, fewer = (model.column(f"{side}_{m}_{t}", 0, 1e6) for side in ("more", "fewer"))
            model.row(f"stay_{m}_{t}", [*terms, (more, -1.0), (fewer, 1.0)], "==", float(there[t]))
            model.add_cost([(more, penalty), (fewer, penalty)])
