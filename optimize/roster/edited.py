"""A roster somebody changed by hand: its rows, the cover and cost that follow, and every rule it breaks.

Who is at work comes from the rows, by the recount that checks our own rosters; who serves which channel is decided by
the cover rows of the week's program, with those people given. So an edited roster is judged by the same measure as one
of ours.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from configs.errors import VerificationError
from configs.pauses import write_pauses
from configs.tables import DECIMALS, ROSTER, check, records
from optimize.roster.account.price import price
from optimize.roster.account.tables import coverage_table
from optimize.roster.inputs.assemble import assemble
from optimize.roster.inputs.pay import premium_shares
from optimize.roster.inputs.people import skills_of
from optimize.roster.inputs.week import Before
from optimize.roster.program import build
from optimize.roster.program.problem import Problem
from optimize.roster.program.solution import require
from optimize.roster.program.solver import solver_of
from optimize.roster.verify.activities import activity_faults
from optimize.roster.verify.cover import cover_faults
from optimize.roster.verify.kinds import may_begin
from optimize.roster.verify.money import money_faults
from optimize.roster.verify.presence import at_work, read_duties
from optimize.roster.verify.shifts import shift_faults

if TYPE_CHECKING:
    from datetime import datetime

    from numpy.typing import NDArray

    from configs.breaks import BreakRule
    from configs.errors import Fault
    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.roster.inputs.week import Week
    from optimize.roster.program import Program
    from optimize.roster.result import Cost, People, Roster

Span = tuple[pd.Timestamp, pd.Timestamp]
"""Begin and end of a shift, UTC."""
AS_BEFORE = 1e-4
"""Share of the price of shortage by which a person stays at the channel they served, where it costs nothing."""


@dataclass(frozen=True)
class Edit:
    """What somebody works on a day after the change: begin and end of each shift, UTC; nothing is a day off."""

    agent: str
    day: int
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Judged:
    """An edited roster with its coverage and cost, and the rules its people's shifts break."""

    roster: Roster
    broken: tuple[Fault, ...]


def apply_edits(config: Config, horizon: Horizon, roster: Roster, edits: tuple[Edit, ...]) -> pd.DataFrame:
    """Return the ``roster`` table with some days of some people replaced.

    Breaks of a new shift are placed within their windows where most people are to spare, one person after the other;
    planned activities of the shift it replaces are not held.
    """
    table = roster.table
    days = (pd.to_datetime(table["date"]) - pd.Timestamp(horizon.first)).dt.days
    replaced = {(edit.agent, edit.day) for edit in edits}
    gone = [(agent, day) in replaced for agent, day in zip(table["agent"], days, strict=True)]
    spare = _Spare(horizon, roster)
    people = {str(row["agent"]): row for row in records(roster.people.agents)}
    rows = [
        _row(config, horizon, people[edit.agent], edit.day, span, spare)
        for edit in sorted(edits, key=lambda edit: (edit.day, edit.spans, edit.agent))
        for span in edit.spans
    ]
    kept = table[~np.array(gone, dtype=bool)]
    if not rows:
        return kept.reset_index(drop=True)
    columns = [name for name in ROSTER.names if name in table]
    made = pd.DataFrame(rows)[columns].astype({"date": table["date"].dtype})
    both = pd.concat([kept[columns], made], ignore_index=True)
    return paid(config, horizon, check(both.sort_values(["agent", "start"], kind="stable"), ROSTER))


def _row(
    config: Config, horizon: Horizon, person: dict[str, Any], day: int, span: Span, spare: _Spare
) -> dict[str, Any]:
    """One shift with its breaks; without any where the contract has no such shift."""
    start, end = span
    contract = config.contracts[str(person["contract"])]
    local = start.tz_convert(horizon.zone)
    kinds = [shift for shift in contract.shifts if shift.length == end - start and may_begin(shift, local)]
    rule = contract.break_rule(kinds[0], config.plan.interval) if kinds else None
    moments = spare.breaks(start, rule, skills_of(str(person["skills"]))) if rule else []
    return {
        "agent": str(person["agent"]),
        "name": str(person["name"] or person["agent"]),
        "contract": str(person["contract"]),
        "date": pd.Timestamp(horizon.date(day)),
        "start": start,
        "end": end,
        "breaks": write_pauses(moments, horizon.zone),
        "paid_h": 0.0,
        "cost": 0.0,
        "activities": "",
    }


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

    def breaks(self, start: pd.Timestamp, rule: BreakRule, skills: tuple[str, ...]) -> list[tuple[datetime, datetime]]:
        """Moments of the breaks of a shift, each where the least number to spare is greatest, the earliest of those.

        Where breaks stand in each other's way, the sum of these least numbers is greatest.
        """
        step = pd.Timedelta(minutes=self._horizon.interval_min)
        begin, size = self._horizon.index(start), self._horizon.size
        over = np.sum([self._over[channel] for channel in skills if channel in self._over], axis=0)

        def away(k: int, offset: int) -> NDArray[np.int64]:
            return (begin + offset + np.arange(max(1, rule.pauses[k].length))) % size

        found = rule.cheapest(lambda k, offset: -float(over[away(k, offset)].min()))
        placed = []
        for k, offset in enumerate(found[1] if found else ()):
            for channel in skills:
                if channel in self._over:
                    self._over[channel][away(k, offset)] -= 1.0 / len(skills)
            first = start + offset * step
            placed.append((first.to_pydatetime(), (first + rule.pauses[k].length * step).to_pydatetime()))
        return placed


def paid(config: Config, horizon: Horizon, table: pd.DataFrame) -> pd.DataFrame:
    """Return a ``roster`` table with its paid hours and costs counted anew."""
    shares = 1 + premium_shares(config, horizon)
    hours, cost = [], []
    table = table.sort_values(["agent", "start"], kind="stable").reset_index(drop=True)
    for duty in read_duties(config, table):
        index = (duty.starts - int(horizon.begin.timestamp())) // config.plan.interval_s % len(shares)
        rate = config.contracts[str(duty.row["contract"])].cost_per_hour
        hours.append(round(float(duty.paid.sum()) * horizon.interval_h, DECIMALS))
        cost.append(round(float(shares[index] @ duty.paid) * rate * horizon.interval_h, DECIMALS))
    return table.assign(paid_h=hours, cost=cost)


def judge(
    config: Config, horizon: Horizon, requirement: pd.DataFrame, before: Roster, table: pd.DataFrame, people: People
) -> Judged:
    """Find the cover, the cost and the broken rules of a changed table.

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
    table
        The ``roster`` table as it is now.
    people
        Agents, leave and requests.

    Raises
    ------
    VerificationError
        The cover or the cost found differs from its own recount.
    """
    asked = replace(before, table=table, people=people)
    duties = read_duties(config, table)
    there = at_work(config, asked, duties, horizon.begin, horizon.size)
    week = assemble(config, horizon, requirement, people)
    program = build(_given(week, there))
    _stay(program, before)
    solution = solver_of(config).endless().solve("edited roster", Problem(program.model))
    require(solution, "cover of an edited roster")
    coverage = coverage_table(program, solution.values)
    cost = price(config, replace(program, week=week), table, coverage)
    made = replace(asked, coverage=coverage, cost=cost, bound=min(before.bound, cost.total), left_out=0, changes=None)
    wrong = [*cover_faults(config, requirement, made, duties), *money_faults(config, requirement, made, duties)]
    if wrong:
        raise VerificationError(wrong)
    broken = [*shift_faults(config, made, duties, horizon.begin), *activity_faults(config, made, duties)]
    return Judged(_as_before(made, before, cost), tuple(broken))


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
    return replace(week, crews=(), before=Before(skills, present), activities=())


def _stay(program: Program, before: Roster) -> None:
    """Charge a trifle for people at another channel than before, so that equal covers do not differ by chance."""
    week, model, layout = program.week, program.model, program.layout
    trifle = AS_BEFORE * max(1.0, week.prices.shortage) * week.horizon.interval_h
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
            model.charge([(more, trifle), (fewer, trifle)])
