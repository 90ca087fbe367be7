"""One day as an integer program: starts and breaks are free inside each person's lawful shapes.

Those who may have the day off, or work on it, next to their other days are free to; the others work as they do.

    min  sum cost * x - sum gain * served
    sum_s x[g, s] + off[g] == people of g            people with the same contract, skills, lawful shapes and freedom
    n[p, s] == sum_g x[g, s]                         starts of each pair of contract and skills, whole numbers
    n begun that must have had break k <= taken[p, k, t] <= n begun that may have had it        for each kind of shape
    taken[p, k + 1, t] <= taken[p, k, t - length - gap]
    sum_c at[q, c, t] == at work of skill set q      a person counts once, at one channel
    sum_q at[q, c, t] == sum_j served[c, j, t]       steps of the demand

Shapes of a kind have the same length and breaks, so who begins first takes each break first. Numbers of starts are
whole; the rest then is a flow, and whole people and breaks are read from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.program.model import Model

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.roster.joined.centre import Centre

    Array = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Mask = NDArray[np.bool_]

MOST = 1e5
"""Upper bound of people served; more than any centre has."""


@dataclass(frozen=True)
class DayTask:
    """One day to be planned again.

    Parameters
    ----------
    day
        Its number.
    people
        Numbers of those who work on it, or may; shape (n,).
    lawful
        Shapes each one may work; shape (n, S), padded with False where contracts have fewer.
    may_rest
        Whether each one may have the day off; shape (n,).
    cost
        Wages and wishes of each shape; shape (n, S).
    shapes
        Shapes they work now, `OFF` for none; shape (n,).
    others
        People at work without them; shape (K, T).
    """

    day: int
    people: Ints
    lawful: Mask
    may_rest: Mask
    cost: Array
    shapes: Ints
    others: Array


class DayProgram:
    """The program of a day.

    Parameters
    ----------
    centre
        Contracts, skills and demand.
    task
        The day.
    """

    def __init__(self, centre: Centre, task: DayTask) -> None:
        self.centre, self.task = centre, task
        self.model = Model("day")
        self.begun: dict[tuple[int, int], int] = {}
        self._taken_of: dict[tuple[int, tuple[int, ...]], list[dict[int, int]]] = {}
        self._at_work: dict[tuple[int, int], list[tuple[int, float]]] = {}
        self._window()
        self._people()
        for pair in sorted({pair for pair, _ in self.begun}):
            self._breaks(pair)
        self._cover()

    def starts(self, values: Array) -> dict[tuple[int, int], int]:
        """People who begin each shape, by pair and shape."""
        return {key: round(float(values[column])) for key, column in self.begun.items()}

    def break_columns(self) -> Ints:
        """Columns that must be whole for breaks to be read."""
        tables = [taken for each in self._taken_of.values() for taken in each]
        return np.array([column for taken in tables for column in taken.values()], dtype=int)

    def breaks(self, values: Array) -> dict[tuple[int, int], list[list[int]]]:
        """Starts of the breaks, after the shift began, of each person who begins a shape, by pair and shape.

        Who begins first takes each break first.
        """
        found: dict[tuple[int, int], list[list[int]]] = {}
        for (pair, shapes), tables in self._taken_of.items():
            contract = self.centre.problem.contracts[self.centre.pairs[pair][0]]
            people = [s for s in shapes for _ in range(round(float(values[self.begun[pair, s]])))]
            moments = [_moments(taken, values) for taken in tables]
            for k, s in enumerate(people):
                begin = int(contract.starts[self.task.day, s])
                found.setdefault((pair, s), []).append([each[k] - begin for each in moments])
        return found

    def _window(self) -> None:
        """Intervals in which anybody planned here can be at work."""
        centre, day = self.centre, self.task.day
        contracts = centre.problem.contracts
        self.first = min(int(each.starts[day].min()) for each in contracts)
        self.beyond = min(max(int(each.ends[day].max()) for each in contracts), centre.problem.intervals)

    def _people(self) -> None:
        """Columns and rows of who begins when."""
        task, model = self.task, self.model
        chosen: dict[tuple[int, int], list[int]] = {}
        for number, (pair, members) in enumerate(self._groups()):
            first, size = members[0], float(len(members))
            columns = {}
            for s in np.flatnonzero(task.lawful[first]).tolist():
                columns[s] = model.column(f"x_{number}_{s}", 0.0, size)
                model.add_cost([(columns[s], float(task.cost[first, s]))])
                chosen.setdefault((pair, s), []).append(columns[s])
            terms = [(c, 1.0) for c in columns.values()]
            if task.may_rest[first]:
                terms.append((model.column(f"off_{number}", 0.0, size), 1.0))
            model.row(f"people_{number}", terms, "==", size)
        for (pair, s), columns_of in sorted(chosen.items()):
            here = float(sum(self.centre.pair_of[task.people] == pair))
            self.begun[pair, s] = model.column(f"n_{pair}_{s}", 0.0, here, integer=True)
            terms = [(self.begun[pair, s], 1.0), *((c, -1.0) for c in columns_of)]
            model.row(f"starts_{pair}_{s}", terms, "==", 0.0)

    def _groups(self) -> list[tuple[int, list[int]]]:
        """Pair of contract and skills, and members, of people who are the same to the program."""
        task = self.task
        groups: dict[tuple[int, bool, bytes, bytes], list[int]] = {}
        for k, person in enumerate(task.people.tolist()):
            cost = np.where(task.lawful[k], task.cost[k], 0.0)
            key = (int(self.centre.pair_of[person]), bool(task.may_rest[k]), task.lawful[k].tobytes(), cost.tobytes())
            groups.setdefault(key, []).append(k)
        return [(key[0], members) for key, members in groups.items()]

    def _note(self, skill_set: int, begin: int, end: int, column: int, sign: float) -> None:
        """Note that a column counts at work in some intervals."""
        for t in range(max(begin, self.first), min(end, self.beyond)):
            self._at_work.setdefault((skill_set, t), []).append((column, sign))

    def _breaks(self, pair: int) -> None:
        """Breaks of a pair of contract and skills, for each kind of shape."""
        number, skill_set = self.centre.pairs[pair]
        contract = self.centre.problem.contracts[number]
        kinds: dict[tuple[int, object], list[int]] = {}
        for of_pair, s in self.begun:
            if of_pair == pair:
                kinds.setdefault((int(contract.lengths[s]), contract.breaks[s]), []).append(s)
        for kind, shapes in enumerate(kinds.values()):
            begin = {s: int(contract.starts[self.task.day, s]) for s in shapes}
            for s in shapes:
                self._note(skill_set, begin[s], begin[s] + int(contract.lengths[s]), self.begun[pair, s], 1.0)
            before: tuple[dict[int, int], int] | None = None
            tables = self._taken_of.setdefault((pair, tuple(sorted(shapes, key=begin.__getitem__))), [])
            for k, rule in enumerate(contract.breaks[shapes[0]]):
                taken = self._taken(f"{pair}_{kind}_{k}", pair, begin, rule.first, rule.last)
                for t, column in taken.items():
                    self._note(skill_set, t, t + rule.length, column, -1.0)
                    if t - 1 in taken:
                        self._note(skill_set, t, t + rule.length, taken[t - 1], 1.0)
                if before is not None:
                    self._in_order(f"{pair}_{kind}_{k}", before, taken, contract.gap)
                before = taken, rule.length
                tables.append(taken)

    def _taken(self, name: str, pair: int, begin: dict[int, int], first: int, last: int) -> dict[int, int]:
        """Columns of people who have begun a break by an interval, between those who must and those who may."""
        model, taken = self.model, {}
        opening, closing = min(begin.values()) + first, max(begin.values()) + last
        most = float(len(self.task.people))
        for t in range(opening, closing + 1):
            taken[t] = model.column(f"b_{name}_{t}", 0.0, most)
            may = [(self.begun[pair, s], -1.0) for s, at in begin.items() if at + first <= t]
            must = [(self.begun[pair, s], -1.0) for s, at in begin.items() if at + last <= t]
            model.row(f"may_{name}_{t}", [(taken[t], 1.0), *may], "<=", 0.0)
            if must:
                model.row(f"must_{name}_{t}", [(taken[t], 1.0), *must], ">=", 0.0)
            if t > opening:
                model.row(f"more_{name}_{t}", [(taken[t], 1.0), (taken[t - 1], -1.0)], ">=", 0.0)
        return taken

    def _in_order(self, name: str, before: tuple[dict[int, int], int], taken: dict[int, int], gap: int) -> None:
        """No more have begun a break than had begun the one before early enough."""
        earlier, length = before
        for t, column in taken.items():
            at = t - length - gap
            if at in earlier:
                self.model.row(f"order_{name}_{t}", [(column, 1.0), (earlier[at], -1.0)], "<=", 0.0)
            elif at < min(earlier):
                self.model.row(f"order_{name}_{t}", [(column, 1.0)], "<=", 0.0)

    def _cover(self) -> None:
        """Steps of the demand that people at work serve."""
        demand, known = self.centre.problem.demand, self.centre.skills.known
        for t in range(self.first, self.beyond):
            served: dict[int, list[tuple[int, float]]] = {c: [] for c in range(demand.channels)}
            for c in range(demand.channels):
                for j in range(len(demand.gain)):
                    wide = float(demand.width[j, c, t]) if j < len(demand.width) else MOST
                    column = self.model.column(f"served_{c}_{j}_{t}", 0.0, wide)
                    self.model.add_cost([(column, -float(demand.gain[j, c, t]))])
                    served[c].append((column, -1.0))
            for q in range(len(known)):
                channels = np.flatnonzero(known[q]).tolist()
                here, fixed = self._at_work.get((q, t), []), float(self.task.others[q, t])
                if demand.channels == 1:
                    served[0] += here
                    served[0].append((-1, fixed))
                    continue
                if not here and not fixed:
                    continue
                flows = [self.model.column(f"at_{q}_{c}_{t}", 0.0, MOST) for c in channels]
                terms = [*here, *((flow, -1.0) for flow in flows)]
                self.model.row(f"work_{q}_{t}", terms, "==", -fixed)
                for c, flow in zip(channels, flows, strict=True):
                    served[c].append((flow, 1.0))
            for c, terms in served.items():
                fixed = sum(value for column, value in terms if column < 0)
                self.model.row(f"cover_{c}_{t}", [term for term in terms if term[0] >= 0], "==", -fixed)


def _moments(taken: dict[int, int], values: Array) -> list[int]:
    """Interval at which each one begins a break, in order."""
    found: list[int] = []
    for t, column in taken.items():
        found += [t] * (round(float(values[column])) - len(found))
    return found
