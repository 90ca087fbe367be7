"""Who takes part in which activity when, decided on finished shifts.

The program of the week has counted, for each pool, how many people begin an activity in each interval. Here they are
counted again with the people actually at work, and assigned by linear assignment: each session lies inside its
person's shift and clear of breaks. A break in the way moves within its window. Then the remaining people cover the
channels.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.facts import Absent, ActivityMissed
from optimize.roster.inputs.activities import people_of_pool
from optimize.roster.persons.breaks import fixed_shifts, with_breaks
from optimize.roster.program.budget import Limits
from optimize.roster.program.problem import Problem
from optimize.roster.program.solution import require
from optimize.roster.search.neighbourhood_search import whole_numbers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.roster.facts import Absence
    from optimize.roster.inputs.shift_slot import ShiftSlot
    from optimize.roster.inputs.week import ShiftType, WeekActivity
    from optimize.roster.persons.breaks import Moments
    from optimize.roster.persons.tours import Tour
    from optimize.roster.program import Program
    from optimize.roster.program.solver import Solver

    Array = NDArray[np.float64]

AgentShift = tuple[str, "ShiftSlot"]
"""An agent and one of their shifts."""
Session = tuple[int, int]
"""Number of an activity and the interval in which somebody begins it."""
LIMITS = Limits(gap=5e-4, nodes=500)
"""For counting activities again: shifts and breaks are fixed, so few columns are left and one node is usual."""
NEVER = 1e6
"""Price of an impossible assignment; above that of all moved breaks together."""


@dataclass(frozen=True)
class ActivityAssignment:
    """Breaks and sessions of each shift, why people miss an activity, and the column values with both."""

    breaks: dict[AgentShift, Moments]
    sessions: dict[AgentShift, tuple[Session, ...]]
    missed: tuple[ActivityMissed, ...]
    values: Array


def assign_activities(
    program: Program, values: Array, named: dict[str, Tour], breaks: dict[AgentShift, Moments], solver: Solver
) -> ActivityAssignment:
    """Place the activities of the week on the shifts of its people; without activities, `values` stay as they are."""
    if not program.week.activities:
        return ActivityAssignment(breaks, {}, (), values)
    builder = _ScheduleBuilder(program, named, dict(breaks))
    planned = _planned(program, values, builder, solver)
    activities = program.week.activities
    for i in sorted(range(len(activities)), key=lambda i: (not activities[i].together, -activities[i].length, i)):
        _assign(program, planned, builder, i)
    final = _recover_cover(program, planned, builder, solver)
    missed = tuple(_missed(builder, i, activity) for i, activity in enumerate(activities) if builder.lacking(i))
    return ActivityAssignment(
        builder.breaks, {key: tuple(sorted(sessions)) for key, sessions in builder.sessions.items()}, missed, final
    )


@dataclass
class _ScheduleBuilder:
    """Shifts with their breaks and the sessions put into them so far."""

    program: Program
    named: dict[str, Tour]
    breaks: dict[AgentShift, Moments]
    sessions: dict[AgentShift, list[Session]] = field(default_factory=dict)
    taking_part: dict[int, list[tuple[str, int]]] = field(default_factory=dict)

    def shift_type(self, agent: str, shift_slot: ShiftSlot) -> ShiftType:
        return self.program.week.staff_groups[self.named[agent].staff_group].shift_types[shift_slot.shift_type]

    def possible_starts(self, agent: str, i: int) -> dict[int, tuple[ShiftSlot, Moments]]:
        """Intervals in which somebody can begin an activity, with the shift and the breaks it would then have."""
        activity = self.program.week.activities[i]
        found: dict[int, tuple[ShiftSlot, Moments]] = {}
        for shift_slot in self.named[agent].shift_slots if agent in self.named else ():
            shift_type = self.shift_type(agent, shift_slot)
            first = bisect_left(activity.starts, shift_slot.start)
            last = bisect_right(activity.starts, shift_slot.start + shift_type.length - activity.length)
            for t in activity.starts[first:last]:
                moments = self._breaks_around(agent, shift_slot, i, t)
                if moments is not None:
                    found[t] = (shift_slot, moments)
        return found

    def _breaks_around(self, agent: str, shift_slot: ShiftSlot, i: int, t: int) -> Moments | None:
        """Breaks of a shift that allow one more session, moved as little as possible; None where none do."""
        activities = self.program.week.activities
        taken = [
            (start, start + activities[other].length) for other, start in self.sessions.get((agent, shift_slot), [])
        ]
        new = (t, t + activities[i].length)
        if any(new[0] < end and start < new[1] for start, end in taken):
            return None
        windows = self.shift_type(agent, shift_slot).breaks
        now = self.breaks.get((agent, shift_slot), ())
        if not any(new[0] < at + p.length and at < new[1] for p, at in zip(windows.break_types, now, strict=True)):
            return now

        def moved(k: int, offset: int) -> float:
            at = shift_slot.start + offset
            met = any(at < end and start < at + windows.break_types[k].length for start, end in [*taken, new])
            return math.inf if met else abs(at - now[k])

        found = windows.cheapest(moved)
        return None if found is None else tuple(shift_slot.start + offset for offset in found[1])

    def enter(self, agent: str, i: int, t: int, shift_slot: ShiftSlot, moments: Moments) -> None:
        """Write one session down."""
        key = (agent, shift_slot)
        self.sessions.setdefault(key, []).append((i, t))
        self.taking_part.setdefault(i, []).append((agent, t))
        if key in self.breaks:
            self.breaks[key] = moments

    def lacking(self, i: int) -> int:
        """People who still have to begin an activity."""
        return self.program.week.activities[i].count - len(self.taking_part.get(i, []))

    def absent(self, i: int) -> list[str]:
        """People who take part in an activity and have not begun it, in order."""
        there = {agent for agent, _ in self.taking_part.get(i, [])}
        return [agent for agent in self.program.week.activities[i].people if agent not in there]


def _planned(program: Program, values: Array, builder: _ScheduleBuilder, solver: Solver) -> Array:
    """Count again how many people begin each activity when, limited to those who can; shifts and breaks are fixed."""
    lower, upper = fixed_shifts(program, values)
    for (i, pool), columns in program.layout.activity.items():
        able = np.zeros(program.week.size)
        for agent in people_of_pool(program.week, program.week.activities[i], pool):
            able[list(builder.possible_starts(agent, i))] += 1
        inside = np.flatnonzero(columns >= 0)
        upper[columns[inside]] = np.minimum(upper[columns[inside]], able[inside])
    solution = solver.solve("activities", Problem(program.model, bounds=(lower, upper)), LIMITS)
    require(solution, "activities of the finished week")
    return whole_numbers(program, solution.values)


def _assign(program: Program, planned: Array, builder: _ScheduleBuilder, i: int) -> None:
    """Assign the counted starts of one activity to people, pool by pool, moving as few breaks as possible."""
    from scipy.optimize import linear_sum_assignment

    week = program.week
    for pool in range(len(week.pools)):
        columns = program.layout.activity.get((i, pool))
        if columns is None:
            continue
        tokens = [t for t in np.flatnonzero(columns >= 0).tolist() for _ in range(round(float(planned[columns[t]])))]
        agents = people_of_pool(week, week.activities[i], pool)
        spares = [builder.possible_starts(agent, i) for agent in agents]
        cost = np.full((len(agents), len(tokens)), NEVER)
        for row, (agent, possible_starts) in enumerate(zip(agents, spares, strict=True)):
            for place, t in enumerate(tokens):
                if t in possible_starts:
                    shift_slot, moments = possible_starts[t]
                    cost[row, place] = float(builder.breaks.get((agent, shift_slot), ()) != moments)
        rows, places = linear_sum_assignment(cost)
        for row, place in zip(rows.tolist(), places.tolist(), strict=True):
            if cost[row, place] < NEVER:
                shift_slot, moments = spares[row][tokens[place]]
                builder.enter(agents[row], i, tokens[place], shift_slot, moments)
    _fill_up(program, planned, builder, i)


def _fill_up(program: Program, planned: Array, builder: _ScheduleBuilder, i: int) -> None:
    """Place people for whom the counts left no start, where overstaffing is largest."""
    wanted = round(program.week.activities[i].count - planned[program.layout.unheld[i]])
    spare = sum(planned[columns] for columns in program.layout.overstaff.values())
    length = program.week.activities[i].length
    for agent in builder.absent(i):
        if len(builder.taking_part.get(i, [])) >= wanted:
            return
        possible_starts = {
            t: found for t, found in builder.possible_starts(agent, i).items() if _is_free(builder, i, t)
        }
        if possible_starts:
            best = min(possible_starts, key=lambda t: (-float(np.min(np.asarray(spare)[t : t + length])), t))
            builder.enter(agent, i, best, *possible_starts[best])


def _is_free(builder: _ScheduleBuilder, i: int, t: int) -> bool:
    """Whether one more person may begin an activity then: a meeting at its one time, others within `at_once`."""
    activity, taking_part = builder.program.week.activities[i], [start for _, start in builder.taking_part.get(i, [])]
    if activity.together:
        return not taking_part or taking_part[0] == t
    if activity.at_once is None:
        return True
    moments = range(t, t + activity.length)
    return all(sum(s <= at < s + activity.length for s in taking_part) < activity.at_once for at in moments)


def _recover_cover(program: Program, planned: Array, builder: _ScheduleBuilder, solver: Solver) -> Array:
    """Flows, understaffing and work for the activities and breaks as assigned."""
    layout = program.layout
    lower, upper = fixed_shifts(program, with_breaks(program, planned, builder.named, builder.breaks))
    fixed = list(layout.fixed_at_zero)
    lower[fixed] = upper[fixed] = 0.0
    pool_of = {
        a: staff_group.pool
        for staff_group in program.week.staff_groups
        for subgroup in staff_group.subgroups
        for a in subgroup.agents
    }
    for i, people in builder.taking_part.items():
        for agent, t in people:
            column = layout.activity[i, pool_of[agent]][t]
            lower[column] = upper[column] = lower[column] + 1
    for i, columns in layout.meeting.items():
        there = builder.taking_part.get(i, [])
        at = there[0][1] if there else program.week.activities[i].starts[0]
        lower[columns[at]] = upper[columns[at]] = 1.0
    for i, column in layout.unheld.items():
        lower[column] = upper[column] = builder.lacking(i)
    solution = solver.solve("cover", Problem(program.model, bounds=(lower, upper)))
    require(solution, "cover around activities")
    return whole_numbers(program, solution.values)


def _missed(builder: _ScheduleBuilder, i: int, activity: WeekActivity) -> ActivityMissed:
    """How many people miss an activity, who of them, and why."""
    few: Absence = "not-together" if activity.together else "at-once" if activity.at_once else "too-short"
    why: dict[Absence, list[str]] = {"no-shift": [], "no-room": [], few: []}
    for agent in builder.absent(i):
        if agent not in builder.named or not builder.named[agent].shift_slots:
            why["no-shift"].append(agent)
        elif not builder.possible_starts(agent, i):
            why["no-room"].append(agent)
        else:
            why[few].append(agent)
    absent = tuple(Absent(tuple(agents), reason) for reason, agents in why.items() if agents)
    return ActivityMissed(f"activity {activity.name}", builder.lacking(i), activity.count, absent)
