"""Advice: the most promising changes of the rules, each with the saving of its relaxed week."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from configs.errors import StaffcurveError
from optimize.roster.advice.rules import dearest_rules
from optimize.roster.advice.shadow_prices import prices_of
from optimize.roster.advice.what_if import Context, Question, questions
from optimize.roster.facts import ExpensiveHours
from optimize.roster.inputs.assemble import assemble
from optimize.roster.inputs.loosened import loosened
from optimize.roster.program import build
from optimize.roster.program.problem import Problem
from optimize.roster.program.published import published_slots
from optimize.roster.program.solver import solver_of
from optimize.roster.result import Advice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from threading import Event

    import pandas as pd

    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.roster.advice.shadow_prices import ShadowPrices
    from optimize.roster.inputs.people import People
    from optimize.roster.inputs.week import Week
    from optimize.roster.program import Program
    from optimize.roster.program.solver import Solver
    from optimize.roster.result import Roster

WORK = 200_000
"""Nonzeros in the rows of all weeks solved again; a hundred thousand take two to four seconds."""
LARGEST = 400_000
"""Nonzeros in the rows of a week above which none is solved again."""
MOST_ASKED = 12
"""Most changed weeks solved: more advice than anybody reads."""
LEAST_SAVING = 2e-4
"""Share of the cost below which a saving is lost in the gap."""
HOURS_SHOWN = 5
"""Blocks of hours listed; few, since the price of a block is not a plan."""
BLOCK_H = 4
"""Hours of a block: half a shift, about the shortest time for which somebody can be asked to come."""


def advise(
    config: Config,
    horizon: Horizon,
    requirement: pd.DataFrame,
    roster: Roster,
    tell: Callable[[str, float | None], None] = lambda _word, _gap: None,
    end: Event | None = None,
) -> tuple[Advice, ...]:
    """Find what changes would save, the largest saving first, what rules of people cost, and the most expensive hours.

    A saving is the difference of two lower bounds, that of the week and that of the changed week, both solved without
    whole numbers; the search for a roster may find a little more or less. As many changes are solved as the size of the
    week allows in a few seconds, or as ``roster.advice`` says. One more person is priced by the shadow price, which one
    person hardly changes. Rules of people in weeks planned by name are priced at the prices of that search, all weeks
    together, a week on average. A roster read from a file has no relaxed week, and so no advice. There is none either
    when `end` is set meanwhile, since which weeks had been solved by then would be chance.
    """
    relaxed = roster.relaxed
    if relaxed is None or not relaxed.duals.size:
        return ()
    tell("pricing hours", None)
    config = config if roster.people.decided is None else loosened(config)
    week, service = assemble(config, horizon, requirement, roster.people), roster.service
    week = week if service is None else replace(week, service=service.model)
    program = _built(config, week, roster.people)
    if len(relaxed.duals) != program.model.rows:
        return ()
    prices = prices_of(program, relaxed)
    now = Context(config, horizon, requirement, roster.people, program, relaxed.values, prices, service)
    least = max(1.0, LEAST_SAVING * roster.cost.total)
    asked = [question for question in questions(now) if question.most >= least]
    number = _number(config, program)
    solved, unsolved = asked[:number], asked[number:]
    tell(f"solving {len(solved)} changed weeks", None)
    savings = _answers(now, solved, relaxed.bound, solver_of(config, end).endless())
    if end is not None and end.is_set():
        return ()
    found = [
        Advice(question.kind, question.subject, saving, question.change, "solved again")
        for question, saving in zip(solved, savings, strict=True)
        if saving is not None and saving >= least
    ]
    found += [
        Advice(each.kind, each.subject, each.most, each.change, "shadow price")
        for each in unsolved
        if each.kind == "person"
    ]
    decided = roster.people.decided
    return (
        *sorted(found, key=lambda each: (-each.saving, repr(each.change))),
        *(() if decided is None else dearest_rules(decided, least)),
        *_most_expensive(program.week, prices),
    )


def _built(config: Config, week: Week, people: People) -> Program:
    return build(week, published_slots(week, people.published, config.roster.change_cost))


def _number(config: Config, program: Program) -> int:
    """Changed weeks to solve: as many as asked for, or as a few seconds allow."""
    if config.roster.advice is not True:
        return int(config.roster.advice)
    size = program.model.arrays().values.size
    return 0 if size > LARGEST else min(MOST_ASKED, WORK // max(size, 1))


def _answers(now: Context, asked: list[Question], bound: float, solver: Solver) -> list[float | None]:
    """Saving of each change; two are solved at a time, each on one thread, so the answers do not depend on timing."""

    def saving(question: Question) -> float | None:
        """Money a week between the bounds of this week and the changed one; None where there is no answer."""
        if solver.budget.interrupted:
            return None
        try:
            model = _built(now.config, question.week(), now.people).model
            changed = solver.solve("advice", Problem(model, relaxed=True))
        except StaffcurveError:  # a change may clash with another rule; then it is no advice
            return None
        return bound - changed.bound if changed.status == "optimal" else None

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(saving, asked))


def _most_expensive(week: Week, prices: ShadowPrices) -> Iterator[Advice]:
    """Blocks of hours in which one agent-hour more would cost most, by channel."""
    hours = week.horizon.interval_h
    found = []
    for m, worth in prices.channel.items():
        needed = week.live[m] > 0 if m in week.live else np.ones(week.size, dtype=bool)
        for day in range(week.horizon.days):
            for hour in range(0, 24, BLOCK_H):
                slots = (
                    (week.horizon.day == day) & (week.horizon.time_of_day * hours // BLOCK_H * BLOCK_H == hour) & needed
                )
                if slots.any():
                    found.append((float(worth[slots].mean()) / hours, m, day, hour))
    for price, m, day, hour in sorted(found, key=lambda each: (-round(each[0], 6), *each[1:]))[:HOURS_SHOWN]:
        if price > 0:
            name, weekday = week.channels[m], week.horizon.date(day).weekday()
            block = ExpensiveHours(f"channels.{name}", name, weekday, hour, hour + BLOCK_H)
            yield Advice("hour", name, price, block, "shadow price")
