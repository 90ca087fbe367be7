"""Questions a planner may ask of a roster: each a changed week with the most that it could save.

The most is Lagrange's bound: people change their shifts for the best ones the change allows, at the prices of today.
It costs nothing to find, and tells which questions are worth solving a changed week for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.schema import DeferrableChannel
from configs.tables import records
from configs.units import DAY_MINUTES, DurationSpan, StartSpan
from optimize.roster.advice.worth import Prices, shift_worth
from optimize.roster.facts import BreaksWider, OneMorePerson, SkillTaught, StartsMoved, TargetLater
from optimize.roster.inputs.assemble import assemble
from optimize.roster.inputs.people import SKILLS_SEPARATOR
from optimize.roster.schedule.break_windows import break_windows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.notes import Noticed
    from configs.schema import Break, Config, Contract, Shift
    from optimize.roster.inputs.people import People
    from optimize.roster.inputs.week import Crew, Family, Week
    from optimize.roster.program import Program
    from optimize.roster.result import AdviceKind

HALF_HOUR = timedelta(minutes=30)
"""How far starts and breaks are moved; an interval, where that is longer."""
NEARLY_NOBODY = 1e-6
"""People of a relaxed week below which nobody is meant: the tolerance of an interior point."""
PROMISES = (timedelta(hours=4), timedelta(hours=24))
"""How much longer a deferrable channel may take: half a working day, and to the same time of the next."""


@dataclass(frozen=True)
class Situation:
    """Everything a week was assembled from, with its program, relaxed values and prices."""

    config: Config
    horizon: Horizon
    requirement: pd.DataFrame
    people: People
    program: Program
    values: NDArray[np.float64]
    prices: Prices

    def changed(
        self, config: Config | None = None, requirement: pd.DataFrame | None = None, people: People | None = None
    ) -> Week:
        """Assemble the week anew with one part changed."""
        return assemble(
            config or self.config,
            self.horizon,
            self.requirement if requirement is None else requirement,
            people or self.people,
        )


@dataclass(frozen=True)
class Question:
    """A change: its kind, what it is about, the fact itself, the most it can save, and how to make the changed week."""

    kind: AdviceKind
    subject: str
    change: Noticed
    most: float
    week: Callable[[], Week]


def questions(now: Situation) -> tuple[Question, ...]:
    """All questions: the most promising of each kind first, then the next of each, and so on.

    The kinds take turns because the most that a change could save is further from the truth for some than for others;
    one more person comes last, since there the shadow price is near it.
    """
    turns: list[tuple[int, Question]] = []
    for kind in (_starts, _breaks, _promises, _skills, _persons):
        ranked = sorted(kind(now), key=lambda each: (-round(each.most, 6), repr(each.change)))
        turns += enumerate(ranked)
    return tuple(each for _, each in sorted(turns, key=lambda turn: (turn[0], turn[1].kind == "person", -turn[1].most)))


def _persons(now: Situation) -> Iterator[Question]:
    """One more person of each contract, with the skills that help most."""
    week, best = now.program.week, dict[str, tuple[float, int, int]]()
    for c, crew in enumerate(week.crews):
        for h, cohort in enumerate(crew.cohorts):
            if not cohort.patterns:  # nobody of them can work, and one more could not either
                continue
            worth = -float(now.prices.rows[now.program.rows.heads[c, h]])
            if cohort.away == min((other.away for other in crew.cohorts), key=len):
                best[crew.contract] = max(best.get(crew.contract, (worth, c, h)), (worth, c, h), key=lambda b: b[0])
    for contract, (worth, c, h) in sorted(best.items()):
        skills = tuple(week.channels[m] for m in week.crews[c].skills)
        agent = week.crews[c].cohorts[h].agents[0]
        more = OneMorePerson(f"contracts.{contract}", contract, skills)
        yield Question("person", contract, more, worth, partial(_with_one_more, now, agent))


def _with_one_more(now: Situation, agent: str) -> Week:
    agents = now.people.agents
    row = agents[agents["agent"] == agent].assign(agent=f"{agent} again")
    return now.changed(people=replace(now.people, agents=pd.concat([agents, row], ignore_index=True)))


def _starts(now: Situation) -> Iterator[Question]:
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


def _step(now: Situation, shift: Shift) -> int:
    """Minutes by which starts are moved."""
    return _minutes(max(shift.step, HALF_HOUR, now.config.plan.interval))


def _moved(now: Situation, shift: Shift, direction: int) -> Shift:
    step = _step(now, shift) * direction
    first, last = shift.start.first + min(step, 0), shift.start.last + max(step, 0)
    if first < 0 or last >= DAY_MINUTES or (shift.start.last - shift.start.first) % _minutes(shift.step):
        return shift
    return shift.model_copy(update={"start": StartSpan(first, last)})


def _gain_of_starts(now: Situation, contract: str, direction: int) -> float:
    """What the best shift of the new start is worth above the best of today, for everybody of the contract."""
    gains: dict[int, dict[int, float]] = {}
    for c, _, day, crew, family in _families(now.program.week, contract):
        starts = family.starts[day]
        step = _step(now, now.config.contracts[contract].shifts[family.number])
        new = (starts[0] if direction < 0 else starts[-1]) + direction * step // now.horizon.interval_min
        gain = max(0.0, _worth(now, crew, family, new)) - _best(now, crew, family, day)
        gains.setdefault(c, {})[day] = max(gain, gains.get(c, {}).get(day, 0.0))
    return sum(_for_everybody(now.program.week.crews[c], by_day) for c, by_day in gains.items())


def _best(now: Situation, crew: Crew, family: Family, day: int, worth: NDArray[np.float64] | None = None) -> float:
    """Worth of the best shift of a day; nobody need work one that is worth less than nothing."""
    return max(0.0, *(_worth(now, crew, family, start, worth) for start in family.starts[day]))


def _for_everybody(crew: Crew, by_day: dict[int, float]) -> float:
    """Gains of the best days, as many as each person works."""
    ranked = sorted(by_day.values(), reverse=True)
    return sum(
        len(cohort.agents) * sum(ranked[: max((len(p) for p in cohort.patterns), default=0)]) for cohort in crew.cohorts
    )


def _families(week: Week, contract: str) -> Iterator[tuple[int, int, int, Crew, Family]]:
    for c, crew in enumerate(week.crews):
        for f, family in enumerate(crew.families):
            for day, starts in enumerate(family.starts):
                if crew.contract == contract and starts:
                    yield c, f, day, crew, family


def _worth(now: Situation, crew: Crew, family: Family, start: int, worth: NDArray[np.float64] | None = None) -> float:
    week = now.program.week
    wage = week.prices.wages[crew.contract] * week.horizon.interval_h
    return shift_worth(now.prices.pool[crew.pool] if worth is None else worth, wage, family, start)


def _breaks(now: Situation) -> Iterator[Question]:
    """Windows of all breaks of a contract half an hour wider on each side; their order and distance stay."""
    by = max(HALF_HOUR, now.config.plan.interval)
    for name, contract in sorted(now.config.contracts.items()):
        if not any(contract.breaks_of(shift) for shift in contract.shifts):
            continue
        wider, gain = _with_wider_breaks(contract, by), 0.0
        for c, f, day, crew, family in _families(now.program.week, name):
            moved = break_windows(wider, wider.shifts[family.number], now.config.plan.interval)
            shift = now.program.layout.shifts[c, f, day]
            begun = np.diff(now.values[list(shift.started)], prepend=0.0).clip(0)
            for start, people in zip(shift.starts, begun.tolist(), strict=True):
                if people > NEARLY_NOBODY:
                    better = _worth(now, crew, replace(family, breaks=moved), start)
                    gain += people * (better - _worth(now, crew, family, start))
        change = BreaksWider(f"contracts.{name}.breaks", name, by)
        yield Question("break", name, change, gain, partial(now.changed, _with_contract(now.config, name, wider)))


def _with_wider_breaks(contract: Contract, by: timedelta) -> Contract:
    """Every kind of shift gets breaks of its own: its present ones in their present order, with wider windows."""
    shifts = tuple(
        shift.model_copy(update={"breaks": tuple(_wider(pause, by) for pause in contract.breaks_of(shift))})
        for shift in contract.shifts
    )
    return contract.model_copy(update={"shifts": shifts})


def _wider(pause: Break, by: timedelta) -> Break:
    after = DurationSpan(max(timedelta(0), pause.after.first - by), pause.after.last + by)
    return pause.model_copy(update={"after": after})


def _promises(now: Situation) -> Iterator[Question]:
    """A promise of deferrable work that is longer by four hours of its clock, or by a day."""
    week = now.program.week
    for m in sorted({work.channel for work in week.work.values()}):
        name = week.channels[m]
        settings = now.config.channels[name]
        if not isinstance(settings, DeferrableChannel):
            continue
        for longer in PROMISES:
            change = partial(_with_longer_promise, now, name, settings, longer)
            changed = change().work
            most = sum(
                float(_due_prices(now, k) @ (work.floor - changed[k].floor))
                for k, work in week.work.items()
                if work.channel == m and k in changed
            )
            yield Question("promise", name, TargetLater(f"channels.{name}.target", name, longer), most, change)


def _due_prices(now: Situation, k: int) -> NDArray[np.float64]:
    return now.prices.rows[now.program.rows.due[k]]


def _with_longer_promise(now: Situation, name: str, settings: DeferrableChannel, longer: timedelta) -> Week:
    """Hours are counted on the channel's own clock, a day is one of the calendar."""
    from optimize.staffing.deferrable import due_times

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


def _skills(now: Situation) -> Iterator[Question]:
    """One more skill for everybody of a crew: what their best shifts would be worth with it, and are without."""
    week = now.program.week
    for c, crew in enumerate(week.crews):
        have = tuple(week.channels[m] for m in crew.skills)
        for m in sorted(set(range(len(week.channels))) - set(crew.skills)):
            with_it = np.maximum(now.prices.pool[crew.pool], now.prices.channel[m])
            gains: dict[int, float] = {}
            for cc, _, day, _, family in _families(week, crew.contract):
                if cc == c:
                    gain = _best(now, crew, family, day, with_it) - _best(now, crew, family, day)
                    gains[day] = max(gain, gains.get(day, 0.0))
            most = _for_everybody(crew, gains)
            taught = SkillTaught("agents", week.channels[m], crew.size, crew.contract, have)
            subject = f"{crew.contract}: {', '.join(have)}"
            yield Question("skill", subject, taught, most, partial(_with_skill, now, crew, m))


def _with_skill(now: Situation, crew: Crew, m: int) -> Week:
    members = {agent for cohort in crew.cohorts for agent in cohort.agents}
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
