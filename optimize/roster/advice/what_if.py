"""What-if questions about a roster: each is a changed week with an upper bound on its saving.

The upper bound is Lagrangian: at the present prices, people change to the best shifts the change allows. It is cheap,
and shows which changed weeks are worth solving.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.schema import DeferrableChannel
from configs.skills import SKILLS_SEPARATOR
from configs.tables import records
from configs.units import DAY_MINUTES, DurationSpan, StartSpan
from optimize.roster.advice.shadow_prices import ShadowPrices, shift_worth
from optimize.roster.facts import BreaksWider, OneMorePerson, SkillTaught, StartsMoved, TargetLater
from optimize.roster.inputs.assemble import assemble
from optimize.roster.inputs.service_plan import service_plan
from optimize.roster.schedule.break_windows import break_windows
from optimize.staffing.requirement.teams import sharing_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.notes import Noticed
    from configs.schema import Break, Config, Contract, Shift
    from optimize.roster.inputs.people import People
    from optimize.roster.inputs.service import ServiceModel
    from optimize.roster.inputs.service_model import ServicePlan
    from optimize.roster.inputs.week import ShiftType, StaffGroup, Week
    from optimize.roster.program import Program
    from optimize.roster.result import AdviceKind

HALF_HOUR = timedelta(minutes=30)
"""How far starts and breaks are moved; an interval, where that is longer."""
TOLERANCE = 1e-6
"""People of a relaxed week below which a count means nobody: the tolerance of an interior point."""
TARGET_NAMES = (timedelta(hours=4), timedelta(hours=24))
"""How much longer a deferrable channel may take: half a working day, and to the same time of the next."""


@dataclass(frozen=True)
class Context:
    """Everything a week was assembled from, with its program, relaxed values and prices."""

    config: Config
    horizon: Horizon
    requirement: pd.DataFrame
    people: People
    program: Program
    values: NDArray[np.float64]
    prices: ShadowPrices
    service: ServicePlan | None = None

    def changed(
        self, config: Config | None = None, requirement: pd.DataFrame | None = None, people: People | None = None
    ) -> Week:
        """Assemble the week with one part changed."""
        asked = self.requirement if requirement is None else requirement
        week = assemble(config or self.config, self.horizon, asked, people or self.people)
        return replace(week, service=self._service(people or self.people))

    def _service(self, people: People) -> ServiceModel | None:
        """The targets over a day or a week; counted again where people share other channels than before."""
        if self.service is None:
            return None
        now, then = (sharing_of(self.config, each.agents).team_of for each in (self.people, people))
        if now == then:
            return self.service.model
        learnt = self.service.corrections
        again = service_plan(self.config, self.horizon, self.requirement, people.agents, learnt)
        return None if again is None else again.model


@dataclass(frozen=True)
class Question:
    """A change: its kind, what it is about, the fact itself, the most it can save, and how to make the changed week."""

    kind: AdviceKind
    subject: str
    change: Noticed
    most: float
    week: Callable[[], Week]


def questions(now: Context) -> tuple[Question, ...]:
    """All questions: the most promising of each kind first, then the next of each, and so on.

    Kinds alternate because the upper bound is less exact for some than for others; one more person comes last, since
    its shadow price is nearly exact.
    """
    turns: list[tuple[int, Question]] = []
    for kind in (_starts, _breaks, _targets, _skills, _persons):
        ranked = sorted(kind(now), key=lambda each: (-round(each.most, 6), repr(each.change)))
        turns += enumerate(ranked)
    return tuple(each for _, each in sorted(turns, key=lambda turn: (turn[0], turn[1].kind == "person", -turn[1].most)))


def _persons(now: Context) -> Iterator[Question]:
    """One more person of each contract, with the skills that help most."""
    week, best = now.program.week, dict[str, tuple[float, int, int]]()
    for c, staff_group in enumerate(week.staff_groups):
        for h, subgroup in enumerate(staff_group.subgroups):
            if not subgroup.patterns:  # nobody of them can work, and one more could not either
                continue
            worth = -float(now.prices.rows[now.program.rows.heads[c, h]])
            if subgroup.away == min((other.away for other in staff_group.subgroups), key=len):
                best[staff_group.contract] = max(
                    best.get(staff_group.contract, (worth, c, h)), (worth, c, h), key=lambda b: b[0]
                )
    for contract, (worth, c, h) in sorted(best.items()):
        skills = tuple(week.channels[m] for m in week.staff_groups[c].skills)
        agent = week.staff_groups[c].subgroups[h].agents[0]
        more = OneMorePerson(f"contracts.{contract}", contract, skills)
        yield Question("person", contract, more, worth, partial(_with_one_more, now, agent))


def _with_one_more(now: Context, agent: str) -> Week:
    agents = now.people.agents
    row = agents[agents["agent"] == agent].assign(agent=f"{agent} again")
    return now.changed(people=replace(now.people, agents=pd.concat([agents, row], ignore_index=True)))


def _starts(now: Context) -> Iterator[Question]:
    """Shifts of a contract may begin half an hour, or one step, earlier or later."""
    for name, contract in sorted(now.config.contracts.items()):
        for direction in (-1, 1):
            shifts = tuple(_moved(now, shift, direction) for shift in contract.shifts)
            if shifts == contract.shifts:
                continue
            edges = tuple(s.start.first if direction < 0 else s.start.last for s in shifts)
            moved = StartsMoved(f"contracts.{name}.shifts", name, direction < 0, edges)
            change = partial(
                now.changed, _with_contract(now.config, name, contract.model_copy(update={"shifts": shifts}))
            )
            yield Question("start", name, moved, _gain_of_starts(now, name, direction), change)


def _step(now: Context, shift: Shift) -> int:
    """Minutes by which starts are moved."""
    return _minutes(max(shift.step, HALF_HOUR, now.config.plan.interval))


def _moved(now: Context, shift: Shift, direction: int) -> Shift:
    step = _step(now, shift) * direction
    first, last = shift.start.first + min(step, 0), shift.start.last + max(step, 0)
    if first < 0 or last >= DAY_MINUTES or (shift.start.last - shift.start.first) % _minutes(shift.step):
        return shift
    return shift.model_copy(update={"start": StartSpan(first, last)})


def _gain_of_starts(now: Context, contract: str, direction: int) -> float:
    """What the best shift of the new start is worth above the best of today, for everybody of the contract."""
    gains: dict[int, dict[int, float]] = {}
    for c, _, day, staff_group, shift_type in _shift_types(now.program.week, contract):
        starts = shift_type.starts[day]
        step = _step(now, now.config.contracts[contract].shifts[shift_type.number])
        new = (starts[0] if direction < 0 else starts[-1]) + direction * step // now.horizon.interval_min
        gain = max(0.0, _worth(now, staff_group, shift_type, new)) - _best(now, staff_group, shift_type, day)
        gains.setdefault(c, {})[day] = max(gain, gains.get(c, {}).get(day, 0.0))
    return sum(_for_everybody(now.program.week.staff_groups[c], by_day) for c, by_day in gains.items())


def _best(
    now: Context, staff_group: StaffGroup, shift_type: ShiftType, day: int, worth: NDArray[np.float64] | None = None
) -> float:
    """Worth of the best shift of a day; nobody need work one that is worth less than nothing."""
    return max(0.0, *(_worth(now, staff_group, shift_type, start, worth) for start in shift_type.starts[day]))


def _for_everybody(staff_group: StaffGroup, by_day: dict[int, float]) -> float:
    """Gains of the best days, as many as each person works."""
    ranked = sorted(by_day.values(), reverse=True)
    return sum(
        len(subgroup.agents) * sum(ranked[: max((len(p) for p in subgroup.patterns), default=0)])
        for subgroup in staff_group.subgroups
    )


def _shift_types(week: Week, contract: str) -> Iterator[tuple[int, int, int, StaffGroup, ShiftType]]:
    for c, staff_group in enumerate(week.staff_groups):
        for f, shift_type in enumerate(staff_group.shift_types):
            for day, starts in enumerate(shift_type.starts):
                if staff_group.contract == contract and starts:
                    yield c, f, day, staff_group, shift_type


def _worth(
    now: Context, staff_group: StaffGroup, shift_type: ShiftType, start: int, worth: NDArray[np.float64] | None = None
) -> float:
    week = now.program.week
    wage = week.prices.wages[staff_group.contract] * week.horizon.interval_h
    return shift_worth(now.prices.pool[staff_group.pool] if worth is None else worth, wage, shift_type, start)


def _breaks(now: Context) -> Iterator[Question]:
    """Windows of all breaks of a contract half an hour wider on each side; their order and distance stay."""
    by = max(HALF_HOUR, now.config.plan.interval)
    for name, contract in sorted(now.config.contracts.items()):
        if not any(contract.breaks_of(shift) for shift in contract.shifts):
            continue
        wider, gain = _with_wider_breaks(contract, by), 0.0
        for c, f, day, staff_group, shift_type in _shift_types(now.program.week, name):
            moved = break_windows(wider, wider.shifts[shift_type.number], now.config.plan.interval)
            shift = now.program.layout.shifts[c, f, day]
            begun = np.diff(now.values[list(shift.started)], prepend=0.0).clip(0)
            for start, people in zip(shift.starts, begun.tolist(), strict=True):
                if people > TOLERANCE:
                    better = _worth(now, staff_group, replace(shift_type, breaks=moved), start)
                    gain += people * (better - _worth(now, staff_group, shift_type, start))
        change = BreaksWider(f"contracts.{name}.breaks", name, by)
        yield Question("break", name, change, gain, partial(now.changed, _with_contract(now.config, name, wider)))


def _with_wider_breaks(contract: Contract, by: timedelta) -> Contract:
    """Give every shift type its own breaks: the present ones in their order, with wider windows."""
    shifts = tuple(
        shift.model_copy(update={"breaks": tuple(_wider(break_type, by) for break_type in contract.breaks_of(shift))})
        for shift in contract.shifts
    )
    return contract.model_copy(update={"shifts": shifts})


def _wider(break_type: Break, by: timedelta) -> Break:
    after = DurationSpan(max(timedelta(0), break_type.after.first - by), break_type.after.last + by)
    return break_type.model_copy(update={"after": after})


def _targets(now: Context) -> Iterator[Question]:
    """A service target of deferrable work that is longer by four hours of its clock, or by a day."""
    week = now.program.week
    for m in sorted({work.channel for work in week.work.values()}):
        name = week.channels[m]
        settings = now.config.channels[name]
        if not isinstance(settings, DeferrableChannel):
            continue
        for longer in TARGET_NAMES:
            change = partial(_with_longer_target, now, name, settings, longer)
            changed = change().work
            most = sum(
                float(_due_prices(now, k) @ (work.floor - changed[k].floor))
                for k, work in week.work.items()
                if work.channel == m and k in changed
            )
            yield Question("promise", name, TargetLater(f"channels.{name}.target", name, longer), most, change)


def _due_prices(now: Context, k: int) -> NDArray[np.float64]:
    return now.prices.rows[now.program.rows.due[k]]


def _with_longer_target(now: Context, name: str, settings: DeferrableChannel, longer: timedelta) -> Week:
    """Hours are counted on the channel's own clock, a day is one of the calendar."""
    from optimize.staffing.requirement.deferrable import due_times

    table = now.requirement
    mine = (table["channel"] == name) & table["due"].notna()
    moved: pd.Series = pd.Series(longer, index=table.index[mine])
    if longer < timedelta(days=1):
        target, clock = settings.target, settings.target.clock
        before, after = (
            due_times(now.horizon, settings.open, within, clock, timezone=settings.timezone)
            for within in (target.within, target.within + longer)
        )
        by_start = pd.Series(after - before, index=now.horizon.starts)
        moved = pd.Series(by_start.reindex(pd.DatetimeIndex(table.loc[mine, "start"])).to_numpy(), index=moved.index)
    due = table["due"].copy()
    due[mine] = due[mine] + moved
    return now.changed(requirement=table.assign(due=due))


def _skills(now: Context) -> Iterator[Question]:
    """One more skill for everybody of a staff group: the worth of their best shifts with it, less that without."""
    week = now.program.week
    for c, staff_group in enumerate(week.staff_groups):
        have = tuple(week.channels[m] for m in staff_group.skills)
        for m in sorted(set(range(len(week.channels))) - set(staff_group.skills)):
            with_it = np.maximum(now.prices.pool[staff_group.pool], now.prices.channel[m])
            gains: dict[int, float] = {}
            for cc, _, day, _, shift_type in _shift_types(week, staff_group.contract):
                if cc == c:
                    gain = _best(now, staff_group, shift_type, day, with_it) - _best(now, staff_group, shift_type, day)
                    gains[day] = max(gain, gains.get(day, 0.0))
            most = _for_everybody(staff_group, gains)
            taught = SkillTaught("agents", week.channels[m], staff_group.size, staff_group.contract, have)
            subject = f"{staff_group.contract}: {', '.join(have)}"
            yield Question("skill", subject, taught, most, partial(_with_skill, now, staff_group, m))


def _with_skill(now: Context, staff_group: StaffGroup, m: int) -> Week:
    members = {agent for subgroup in staff_group.subgroups for agent in subgroup.agents}
    channel = now.program.week.channels[m]
    skills = [
        f"{row['skills']}{SKILLS_SEPARATOR}{channel}" if str(row["agent"]) in members else row["skills"]
        for row in records(now.people.agents)
    ]
    return now.changed(people=replace(now.people, agents=now.people.agents.assign(skills=skills)))


def _with_contract(config: Config, name: str, contract: Contract) -> Config:
    return config.model_copy(update={"contracts": config.contracts | {name: contract}})


def _minutes(value: timedelta) -> int:
    return int(value.total_seconds() // 60)
