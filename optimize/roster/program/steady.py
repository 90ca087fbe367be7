"""A roster near one that people have already been told: the price of every change, and tours that keep most of it.

A cell is a person, a day and a start. Moving a shift changes two cells (one goes, one comes), a shift more or less
changes one. Where starts are pooled the price is ``|begun - told|`` per crew, day and start, which is never more than
what the named roster changes, so that the bound of the program stays a bound.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import pandas as pd

from optimize.roster.inputs.stint import Stint
from optimize.roster.schedule.schedule import Schedule

if TYPE_CHECKING:
    from optimize.roster.inputs.week import Cohort, Crew, Week
    from optimize.roster.program.layout import Layout, ShiftColumns, Shifts
    from optimize.roster.program.model import Model
    from optimize.roster.schedule.shift import Shift


@dataclass(frozen=True)
class Told:
    """Shifts of a published roster that their people can still work, and the price of changing a cell.

    `columns` are those of the program that count changes. `breaks` holds the starts of the breaks of each of these
    shifts, as intervals of the week, where they are lawful breaks of it.
    """

    stints: dict[str, tuple[Stint, ...]]
    price: float
    columns: tuple[int, ...] = ()
    breaks: dict[tuple[str, Stint], tuple[int, ...]] = field(default_factory=dict)

    def begun(self, crew: Crew) -> Counter[Stint]:
        """People of a crew by the kind of shift they were told."""
        return Counter(s for cohort in crew.cohorts for agent in cohort.agents for s in self.stints.get(agent, ()))


def told_before(week: Week, published: pd.DataFrame | None, price: float) -> Told | None:
    """Read a published ``roster`` table as shifts of this week; None where nothing was published.

    A shift is left out whose person is away that day or gone, or whose start and length the contract does not have.
    """
    if published is None:
        return None
    shifts = Schedule.from_table(published, week.horizon.zone).by_agent
    stints: dict[str, tuple[Stint, ...]] = {}
    breaks: dict[tuple[str, Stint], tuple[int, ...] | None] = {}
    for crew in week.crews:
        for cohort in crew.cohorts:
            for agent in cohort.agents:
                found = [(_stint(week, crew, shift), shift) for shift in shifts.get(agent, ())]
                kept = {s.day: (s, shift) for s, shift in found if s is not None and may_work(crew, cohort, s)}
                stints[agent] = tuple(sorted(stint for stint, _ in kept.values()))
                breaks |= {(agent, stint): _breaks(week, crew, stint, shift) for stint, shift in kept.values()}
    return Told(stints, price, breaks={key: moments for key, moments in breaks.items() if moments is not None})


def may_work(crew: Crew, cohort: Cohort, stint: Stint) -> bool:
    """Whether people of a cohort are there that day, rested from the week before, and home when leave begins."""
    return stint.day not in cohort.away and cohort.allows(stint.day, stint.start, crew.families[stint.family].length)


def _stint(week: Week, crew: Crew, shift: Shift) -> Stint | None:
    day = (shift.day - week.horizon.first).days
    start = week.horizon.index(pd.Timestamp(shift.start))
    length = (shift.end - shift.start) // timedelta(minutes=week.horizon.interval_min)
    if not 0 <= day < week.horizon.days:
        return None
    families = (f for f, each in enumerate(crew.families) if each.length == length and start in each.starts[day])
    family = next(families, None)
    return None if family is None else Stint(day, start, family)


def _breaks(week: Week, crew: Crew, stint: Stint, shift: Shift) -> tuple[int, ...] | None:
    """Starts of the breaks of a published shift; None where its kind of shift has no such breaks."""
    windows = crew.families[stint.family].breaks
    firsts, lasts = ([week.horizon.index(pd.Timestamp(span[side])) for span in shift.breaks] for side in (0, 1))
    lengths = [last - first for first, last in zip(firsts, lasts, strict=True)]
    alike = lengths == [pause.length for pause in windows.pauses]
    return tuple(firsts) if alike and windows.allow([first - stint.start for first in firsts]) else None


def charge_changes(model: Model, week: Week, layout: Layout, told: Told) -> tuple[int, ...]:
    """``sum price * |begun[c,d,start,length] - told[c,d,start,length]|``; returns the columns that count the changes.

    Where nobody was told a start, everybody who begins then is a change; elsewhere ``more - fewer = begun - told``.
    """
    columns: list[int] = []
    counts = [_by_cell(crew, told.begun(crew)) for crew in week.crews]
    begun: dict[tuple[int, Cell], list[tuple[int, float]]] = defaultdict(list)
    for (c, f, day), shift in layout.shifts.items():
        for k, start in enumerate(shift.starts):
            begun[c, (day, start, week.crews[c].families[f].length)] += _begun(shift, k)
    for (c, cell), terms in begun.items():
        before = counts[c].get(cell, 0)
        if not before:
            model.charge((column, told.price * sign) for column, sign in terms)
            continue
        stem = "_".join(map(str, (c, *cell)))
        more = model.column(f"more_{stem}", 0, week.crews[c].size)
        fewer = model.column(f"fewer_{stem}", 0, before)
        model.row(f"told_{stem}", [*terms, (more, -1.0), (fewer, 1.0)], "==", before)
        model.charge([(more, told.price), (fewer, told.price)])
        columns += [more, fewer]
    return tuple(columns)


Cell = tuple[int, int, int]
"""Day, start and length of a shift, in intervals: what a person is told."""


def _by_cell(crew: Crew, begun: Counter[Stint]) -> Counter[Cell]:
    cells: Counter[Cell] = Counter()
    for stint, people in begun.items():
        cells[stint.day, stint.start, crew.families[stint.family].length] += people
    return cells


def _begun(shift: ShiftColumns, k: int) -> list[tuple[int, float]]:
    """Terms of the people who begin at the k-th start."""
    return [(shift.started[k], 1.0), *([(shift.started[k - 1], -1.0)] if k else [])]


def told_values(week: Week, layout: Layout, told: Told) -> dict[int, float] | None:
    """Pattern and start columns of the published roster as it can still be worked, to begin a search with.

    People whose days left are no pattern of theirs stay at home; None where one of them is guaranteed days.
    """
    values = dict.fromkeys((y for ys in layout.pattern.values() for y in ys), 0.0)
    begun: Counter[tuple[Shifts, int]] = Counter()
    for c, crew in enumerate(week.crews):
        for h, cohort in enumerate(crew.cohorts):
            for agent in cohort.agents:
                stints = told.stints.get(agent, ())
                p = cohort.pattern_of({stint.day: stint.family for stint in stints})
                if p is not None and stints:
                    values[layout.pattern[c, h][p]] += 1
                    begun.update(((c, stint.family, stint.day), stint.start) for stint in stints)
                elif cohort.guaranteed:
                    return None
    for key, shift in layout.shifts.items():
        total = 0
        for start, column in zip(shift.starts, shift.started, strict=True):
            total += begun[key, start]
            values[column] = float(total)
    return values
