"""The program of a repair: published shifts stay or are dropped, people take further shifts, channels are served.

Shifts that are taken are counted by staff group, shift type, day and start, with their breaks, as in the program of the
week; published shifts keep their breaks. Each person has a column for each published shift that may be dropped and for
each shift type and day they may take. With `slots` given, only these starts are used, each person has a column for each
of them, and rest is kept exactly; without it rest is left out, so that the least number of changes found is a bound.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from optimize.roster.inputs.shift_slot import ShiftSlot
from optimize.roster.inputs.week import CarryOver
from optimize.roster.program import costs, price_lack, rules, serve_channels
from optimize.roster.program.layout import duty_matrix, lay_out
from optimize.roster.program.model import Model
from optimize.roster.repair.people import paid_h, slots_of
from optimize.roster.repair.rules import PersonColumns, keep_rest, keep_rules
from optimize.roster.schedule.intervals import at_work

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from numpy.typing import NDArray

    from configs.schema import Config
    from optimize.roster.inputs.week import Week
    from optimize.roster.program.layout import Layout
    from optimize.roster.repair.people import Own, Person, Staff

Place = tuple[int, ShiftSlot]
"""Staff group and shift slot."""
MOST_LACK = 1e9
"""Upper bound of a price: columns need a finite one."""


@dataclass(frozen=True)
class RepairProgram:
    """The model, its columns, and the terms of what it may minimise.

    `slots` are the starts it uses, None for all; `columns` by person; `runs` are those of days off together. `lack` is
    what customers lack beyond `lack_before`, that of the published roster, in money; `lack_prices` are the prices it
    sums. `cells` counts changes, and `money` holds wages, premiums, excess and lack.
    """

    week: Week
    slots: frozenset[Place] | None
    model: Model
    layout: Layout
    columns: dict[str, PersonColumns]
    runs: tuple[int, ...]
    lack: int
    lack_prices: dict[int, float]
    lack_before: float
    cells: tuple[int, ...]
    money: dict[int, float]

    def cost(self, cell: float, money: float, lack: float = 0.0) -> NDArray[np.float64]:
        """Cost of each column: a price for a changed cell, a weight of the money, and one of the lack."""
        cost = np.zeros(self.model.columns)
        cost[list(self.cells)] = cell
        cost[self.lack] = lack
        for column, value in self.money.items():
            cost[column] += money * value
        return cost

    @property
    def decisions(self) -> NDArray[np.int64]:
        """Columns that say who changes what."""
        found = [
            column
            for each in self.columns.values()
            for column in (*each.drop.values(), *each.takes.values(), *each.slots.values())
        ]
        return np.array(sorted(found), dtype=np.int64)

    @property
    def whole(self) -> NDArray[np.int64]:
        """Columns that are whole numbers in every lawful repair: the decisions, and runs of working days."""
        return np.sort(np.concatenate([self.decisions, np.array(self.runs, dtype=np.int64)]))


def build_repair(
    config: Config,
    week: Week,
    staff: Staff,
    present: NDArray[np.float64],
    lack_before: float,
    slots: Collection[Place] | None = None,
) -> RepairProgram:
    """State a repair.

    Parameters
    ----------
    config
        The rules.
    week
        The week, with the absences as leave.
    staff
        Everybody, with the shifts they keep.
    present
        People at work in the kept shifts, the previous week included; one row for each pool, one column an interval.
    lack_before
        Price of what customers lack in the published roster.
    slots
        The starts that may be used, by staff group; None for all, without rest.
    """
    week = week if slots is None else _only(week, slots)
    bare = _without_patterns(week, present)
    model = Model("repair")
    layout = lay_out(model, bare)
    columns = {person.agent: _columns(model, week, person, slots) for person in staff.people}
    duty = _duty(week, layout, model.columns, staff.people, columns)
    rules.starts_follow_in_order(model, layout)
    rules.breaks_follow_in_order(model, layout)
    rules.breaks_stay_in_their_windows(model, layout)
    rules.breaks_keep_their_distance(model, layout)
    serve_channels(model, bare, layout, duty)
    runs: list[int] = []
    for person in staff.people:
        group = week.staff_groups[person.staff_group]
        paid = tuple(paid_h(config, group, f) for f in range(len(group.shift_types)))
        runs += keep_rules(model, person, columns[person.agent], paid)
    _taken_by_people(model, layout, staff.people, columns)
    if slots is not None:
        _starts_by_people(model, layout, staff.people, columns)
        for person in staff.people:
            keep_rest(model, week, person, columns[person.agent])
    lack, lack_prices = _lack(model, bare, layout, lack_before)
    money = _money(model, bare, layout, columns)
    cells = [c for each in columns.values() for c in (*each.drop.values(), *each.takes.values())]
    used = None if slots is None else frozenset(slots)
    return RepairProgram(
        week, used, model, layout, columns, tuple(runs), lack, lack_prices, lack_before, tuple(cells), money
    )


def _only(week: Week, slots: Collection[Place]) -> Week:
    """The week with some of its starts only, which keeps the program small."""
    groups = tuple(
        replace(
            group,
            shift_types=tuple(
                replace(
                    shift_type,
                    starts=tuple(
                        tuple(start for start in starts if (c, ShiftSlot(day, start, f)) in slots)
                        for day, starts in enumerate(shift_type.starts)
                    ),
                )
                for f, shift_type in enumerate(group.shift_types)
            ),
        )
        for c, group in enumerate(week.staff_groups)
    )
    return replace(week, staff_groups=groups)


def _without_patterns(week: Week, present: NDArray[np.float64]) -> Week:
    """The week with nobody on a pattern: shifts that are taken come on top of the people `present`."""
    groups = tuple(
        replace(
            group,
            subgroups=tuple(
                replace(each, patterns=(), type_sequences=(), choice=None, guaranteed=False) for each in group.subgroups
            ),
        )
        for group in week.staff_groups
    )
    there = CarryOver(dict(enumerate(week.pools)), dict(enumerate(present)))
    return replace(week, staff_groups=groups, before=there, activities=())


def _columns(model: Model, week: Week, person: Person, slots: Collection[Place] | None) -> PersonColumns:
    possible = slots_of(week, person)
    if slots is not None:
        possible = tuple(slot for slot in possible if (person.staff_group, slot) in slots)
    kinds = sorted({(slot.shift_type, slot.day) for slot in possible})
    free = [own for own in person.own if not own.locked]
    drop = {own: model.column(f"drop_{person.number}_{own.day}_{own.start}", 0, 1, integer=True) for own in free}
    takes = {kind: model.column(f"take_{person.number}_{kind[0]}_{kind[1]}", 0, 1, integer=True) for kind in kinds}
    single = {
        slot: model.column(f"z_{person.number}_{k}", 0, 1, integer=True)
        for k, slot in enumerate(possible if slots is not None else ())
    }
    return PersonColumns(drop, takes, single)


def _duty(
    week: Week, layout: Layout, size: int, people: Iterable[Person], columns: dict[str, PersonColumns]
) -> sparse.csr_matrix:
    """People at work by the shifts that are taken, less those dropped; rows are ``pool * size + interval``."""
    taken = duty_matrix(replace(week, activities=()), replace(layout, activity={}), size)
    rows: list[int] = []
    cols: list[int] = []
    for person in people:
        pool = week.staff_groups[person.staff_group].pool
        for own, column in columns[person.agent].drop.items():
            moments = _moments(week, own)
            rows += [pool * week.size + t for t in moments]
            cols += [column] * len(moments)
    shape = (len(week.pools) * week.size, size)
    dropped = sparse.coo_matrix((np.full(len(rows), -1.0), (np.array(rows, int), np.array(cols, int))), shape=shape)
    both: sparse.csr_matrix = (taken + dropped).tocsr()
    return both


def _moments(week: Week, own: Own) -> list[int]:
    """Intervals of this week in which somebody serves channels in a published shift."""
    found = (week.interval(int(t)) for t in at_work(own.shift, week.horizon) if t >= 0)
    return [t for t in found if t is not None]


def _taken_by_people(model: Model, layout: Layout, people: Iterable[Person], columns: dict[str, PersonColumns]) -> None:
    """``sum_i take[i,f,d] == n[c,f,d,last]``: everybody who takes a shift begins it."""
    takers: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for person in people:
        for (f, day), column in columns[person.agent].takes.items():
            takers[person.staff_group, f, day].append(column)
    for (c, f, day), shift in layout.shifts.items():
        terms = [*((column, 1.0) for column in takers[c, f, day]), (shift.everybody, -1.0)]
        model.row(f"takers_{c}_{f}_{day}", terms, "==", 0)


def _starts_by_people(
    model: Model, layout: Layout, people: Iterable[Person], columns: dict[str, PersonColumns]
) -> None:
    """``sum_i z[i,start k] == n[k] - n[k-1]``, and ``sum_k z[i,k] == take[i,f,d]``."""
    beginners: dict[Place, list[int]] = defaultdict(list)
    for person in people:
        mine = columns[person.agent]
        for slot, column in mine.slots.items():
            beginners[person.staff_group, slot].append(column)
        for (f, day), take in mine.takes.items():
            same = [(column, 1.0) for slot, column in mine.slots.items() if (slot.shift_type, slot.day) == (f, day)]
            model.row(f"one_{person.number}_{f}_{day}", [*same, (take, -1.0)], "==", 0)
    found = {(c, slot.shift_type, slot.day, slot.start): own for (c, slot), own in beginners.items()}
    for (c, f, day), shift in layout.shifts.items():
        for k, start in enumerate(shift.starts):
            begin = [(column, 1.0) for column in found.get((c, f, day, start), ())]
            before = [(shift.started[k - 1], 1.0)] if k else []
            model.row(f"begin_{c}_{f}_{day}_{k}", [*begin, *before, (shift.started[k], -1.0)], "==", 0)


def _lack(model: Model, week: Week, layout: Layout, before: float) -> tuple[int, dict[int, float]]:
    """``lack >= price of what customers lack - price before``; returns the column and the prices it sums."""
    price_lack(model, week, layout)
    prices = {c: float(value) for c, value in enumerate(model.cost()) if value}
    lack = model.column("lack", 0, MOST_LACK)
    model.row("as_before", [*prices.items(), (lack, -1.0)], "<=", before)
    return lack, prices


def _money(model: Model, week: Week, layout: Layout, columns: dict[str, PersonColumns]) -> dict[int, float]:
    """Every price of the roster, and nothing left as cost in the model: each search has its own."""
    costs.wages_and_premiums(model, week, layout)
    costs.excess(model, week, layout)
    model.add_cost((c, -own.shift.cost) for each in columns.values() for own, c in each.drop.items())
    money = {c: float(value) for c, value in enumerate(model.cost()) if value}
    model.add_cost((c, -value) for c, value in money.items())
    return money
