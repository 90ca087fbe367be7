"""Rules about people and their shifts. Each compares two cumulative counts, so rounding preserves them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from optimize.roster.inputs.patterns import WEEK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from optimize.roster.inputs.week import Subgroup, Week
    from optimize.roster.program.layout import Layout, ShiftColumns
    from optimize.roster.program.model import Model


def everybody_has_one_pattern(model: Model, week: Week, layout: Layout) -> dict[tuple[int, int], int]:
    """``sum_p y[c,h,p] <= people[c,h]``, with equality where days are guaranteed.

    Returns the row of each staff group and subgroup that has a pattern.
    """
    rows = {}
    for (c, h), columns in layout.pattern.items():
        subgroup = week.staff_groups[c].subgroups[h]
        if columns:
            rows[c, h] = work_one_pattern(model, f"{c}_{h}", columns, subgroup, len(subgroup.agents))
    return rows


def work_one_pattern(model: Model, who: str, columns: Sequence[int], subgroup: Subgroup, people: int) -> int:
    """``sum_p y[p] <= people``, with equality where days are guaranteed: one pattern for each person of a subgroup.

    Returns the row.
    """
    return model.row(f"heads_{who}", [(y, 1.0) for y in columns], "==" if subgroup.guaranteed else "<=", people)


def patterns_make_the_days(model: Model, week: Week, layout: Layout) -> None:
    """``sum_f n[c,f,d,last] + dropped_days[c,d] == sum_{h, p works d} y[c,h,p]``: patterns fill the days."""
    for c, staff_group in enumerate(week.staff_groups):
        for day in range(week.horizon.days):
            begun = [(s.everybody, 1.0) for (cc, _, d), s in layout.shifts.items() if cc == c and d == day]
            terms = [
                (y, -1.0)
                for h, subgroup in enumerate(staff_group.subgroups)
                for y, pattern in zip(layout.pattern[c, h], subgroup.patterns, strict=True)
                if day in pattern
            ]
            if begun or terms:
                model.row(f"day_{c}_{day}", [*begun, *terms, (layout.dropped_days[c, day], 1.0)], "==", 0)


def kinds_keep_the_hours(model: Model, week: Week, layout: Layout) -> dict[tuple[int, int, int], int]:
    """``n[c,f,d,last] + dropped_days[c,d] >= sum_{h, p works d by f} y[c,h,p]``: shift types that patterns ask for.

    Patterns under limits of hours name the shift type of each day. Other people take the remaining shifts, since the
    shift types of a day sum to its people. Returns the row of each staff group, shift type and day that some pattern
    names.
    """
    asked: dict[tuple[int, int, int], list[tuple[int, float]]] = {}
    for (c, h), columns in layout.pattern.items():
        subgroup = week.staff_groups[c].subgroups[h]
        for p, (y, pattern) in enumerate(zip(columns, subgroup.patterns, strict=True)):
            for day in pattern:
                f = subgroup.shift_type(p, day)
                if f is not None:
                    asked.setdefault((c, f, day), []).append((y, -1.0))
    rows = {}
    for key, terms in sorted(asked.items()):
        c, _, day = key
        begun = [(layout.shifts[key].everybody, 1.0), (layout.dropped_days[c, day], 1.0)]
        rows[key] = model.row(f"kinds_{'_'.join(map(str, key))}", [*begun, *terms], ">=", 0)
    return rows


def starts_follow_in_order(model: Model, layout: Layout) -> None:
    """``n[c,f,d,k] <= n[c,f,d,k+1]``: a cumulative count never falls."""
    for key, shift in layout.shifts.items():
        stem = "_".join(map(str, key))
        for k, (before, after) in enumerate(zip(shift.started, shift.started[1:], strict=False)):
            model.row(f"order_{stem}_{k}", [(before, 1.0), (after, -1.0)], "<=", 0)


def rest_between_days(model: Model, week: Week, layout: Layout) -> None:
    """Daily rest, counted: people free again only after start a' of the next day start later or are off.

    A long shift with a long rest may reach over a day off; no shift and rest of a day each reach over two. The same
    rows then tie day d to day d+2, for people whose day d+1 is off. For each start a' of day d+1: ``#{on d: end + rest
    > a'} - #{work d, not d+1} - rest_violation[c,d] <= #{on d+1: start > a'}``. Rest links neighbouring days only, and
    starts sorted against ends give the best matching, so for people with one pattern the rows are exact; over several
    patterns they are necessary only. Tours repair what is left; a small staff group for which they cannot is searched
    person by person. The last day is tied to the first only where the week is a circle.
    """
    for c, staff_group in enumerate(week.staff_groups):
        for day, after in [(day, day + gap) for gap in range(1, week.reach(staff_group) + 1) for day in range(WEEK)]:
            if week.before is None or after < WEEK:
                _rest_over(model, week, layout, c, (day, after))


def _rest_over(model: Model, week: Week, layout: Layout, c: int, days: tuple[int, int]) -> None:
    """Rows of rest of one staff group between two days; a second day from 7 on is in the next round of the week."""
    (day, later), staff_group = days, week.staff_groups[c]
    after, ahead = later % WEEK, week.size if later >= WEEK else 0
    today, then = _shifts_of(layout, c, day), _shifts_of(layout, c, after)
    between = {d % WEEK for d in range(day + 1, later)}
    off = [
        (y, -1.0)
        for h, subgroup in enumerate(staff_group.subgroups)
        for y, pattern in zip(layout.pattern[c, h], subgroup.patterns, strict=True)
        if day in pattern and (after not in pattern or between & set(pattern))
    ]
    stem = f"rest_{c}_{day}" if later == day + 1 else f"rest_over{'' if later == day + 2 else later - day}_{c}_{day}"
    for start in sorted({a + ahead for _, s in then for a in s.starts}):
        tired = [
            term for f, s in today for term in _after(s, start - staff_group.shift_types[f].length - staff_group.rest)
        ]
        begins = [(column, -value) for _, s in then for column, value in _after(s, start - ahead)]
        if tired:
            terms = [*tired, *begins, *off, (layout.rest_violation[c, day], -1.0)]
            model.row(f"{stem}_{start}", terms, "<=", 0)


def rest_from_the_week_before(model: Model, week: Week, layout: Layout) -> None:
    """``#{work d, rested at f or later} - rest_violation[c,last] <= #{on d: start >= f}``: rest from the previous week.

    One row for each day and each first start `f` of a subgroup. People and starts, both sorted, match where these
    counts do (Hall's condition), so the rows are exact for each day. Where the week follows on another one the breach
    column of its last day serves this edge.
    """
    for c, staff_group in enumerate(week.staff_groups):
        for first in sorted({subgroup.first for subgroup in staff_group.subgroups if subgroup.first}):
            for day in range(week.horizon.days):
                today = [s for _, s in _shifts_of(layout, c, day) if s.starts[0] < first]
                tired = [
                    (y, 1.0)
                    for h, subgroup in enumerate(staff_group.subgroups)
                    if subgroup.first >= first
                    for y, pattern in zip(layout.pattern[c, h], subgroup.patterns, strict=True)
                    if day in pattern
                ]
                if today and tired:
                    everybody = [s for _, s in _shifts_of(layout, c, day)]
                    later = [(column, -value) for s in everybody for column, value in _after(s, first - 1)]
                    terms = [*tired, *later, (layout.rest_violation[c, WEEK - 1], -1.0)]
                    model.row(f"rested_{c}_{day}_{first}", terms, "<=", 0)


def shifts_end_before_leave(model: Model, week: Week, layout: Layout) -> None:
    """``#{work d, leave after e or earlier} - rest_violation[c,d] <= #{on d: end <= e}``: shifts end before leave.

    One row for each day and each latest end `e` of a subgroup; exact for each day like the rest from the week before.
    """
    for c, staff_group in enumerate(week.staff_groups):
        for day in range(week.horizon.days):
            limits = {
                h: end
                for h, subgroup in enumerate(staff_group.subgroups)
                if (end := subgroup.last_end(day)) is not None
            }
            for end in sorted(set(limits.values())):
                leaving = [
                    (y, 1.0)
                    for h, limit in limits.items()
                    if limit <= end
                    for y, pattern in zip(layout.pattern[c, h], staff_group.subgroups[h].patterns, strict=True)
                    if day in pattern
                ]
                early = [
                    (column, -value)
                    for f, s in _shifts_of(layout, c, day)
                    for column, value in _up_to(s, end - staff_group.shift_types[f].length)
                ]
                if leaving:
                    terms = [*leaving, *early, (layout.rest_violation[c, day], -1.0)]
                    model.row(f"leave_{c}_{day}_{end}", terms, "<=", 0)


def _shifts_of(layout: Layout, staff_group: int, day: int) -> list[tuple[int, ShiftColumns]]:
    return [(f, s) for (c, f, d), s in layout.shifts.items() if c == staff_group and d == day]


def _after(shift: ShiftColumns, moment: int) -> list[tuple[int, float]]:
    """Terms that count people who begin after `moment`."""
    before = [k for k, start in enumerate(shift.starts) if start <= moment]
    if len(before) == len(shift.starts):
        return []
    terms = [(shift.everybody, 1.0)]
    return [*terms, (shift.started[before[-1]], -1.0)] if before else terms


def _up_to(shift: ShiftColumns, moment: int) -> list[tuple[int, float]]:
    """Terms that count people who begin at `moment` or before."""
    begun = [column for start, column in zip(shift.starts, shift.started, strict=True) if start <= moment]
    return [(begun[-1], 1.0)] if begun else []


def breaks_follow_in_order(model: Model, layout: Layout) -> None:
    """``p[u] <= p[u+1]``: a cumulative count never falls."""
    for key, shift in layout.shifts.items():
        for b, break_type in enumerate(shift.break_types):
            stem = "_".join(map(str, (*key, b)))
            for i, (before, after) in enumerate(zip(break_type.columns, break_type.columns[1:], strict=False)):
                if break_type.moves:
                    model.row(f"pauses_{stem}_{i}", [(before, 1.0), (after, -1.0)], "<=", 0)


def breaks_stay_in_their_windows(model: Model, layout: Layout) -> None:
    """``p[u] <= n[starts <= u - first]`` and ``p[u] >= n[starts <= u - last]``.

    Nobody is on a break before its window opens, and everybody has begun it when the window closes. Windows of equal
    shifts open and close in the order of their starts, so first come, first served gives everybody a legal break
    (Hall's condition): the rows are exact. A count that never falls keeps a ceiling all along when it keeps it at the
    ceiling's last interval, and a floor from its first one, so only those have rows.
    """
    for key, shift in layout.shifts.items():
        for b, break_type in enumerate(shift.break_types):
            stem = "_".join(map(str, (*key, b)))
            opened, closed = shift.windows.begun(b, shift.starts)
            for i, column in enumerate(break_type.columns if break_type.moves else ()):
                if i + 1 == len(opened) or opened[i + 1] > opened[i]:
                    model.row(f"early_{stem}_{i}", [(column, 1.0), (shift.started[opened[i] - 1], -1.0)], "<=", 0)
                if closed[i] > (closed[i - 1] if i else 0):
                    model.row(f"late_{stem}_{i}", [(column, 1.0), (shift.started[closed[i] - 1], -1.0)], ">=", 0)


def breaks_keep_their_distance(model: Model, layout: Layout) -> None:
    """``p[b+1,u] <= p[b,u - length - gap]``, where windows alone do not keep two breaks apart.

    Whoever has begun a break began the one before it early enough. The rows are exact: sorted by start of shift, the
    k-th person takes the k-th start of every break. Rows say that the k-th start of a break lies `length + gap` or more
    after the k-th of the one before it. Conversely, where everybody's own breaks are that far apart, so are the k-th
    starts: at least k people have begun the later break by its k-th start, and all of these began the earlier one
    `length + gap` before. Rows are left out where windows say as much: all who may have begun must have.
    """
    for key, shift in layout.shifts.items():
        for b, (before, after) in enumerate(pairwise(shift.break_types), start=1):
            stem = "_".join(map(str, (*key, b)))
            for i, earlier in zip(*shift.windows.follows(b, shift.starts), strict=True):
                model.row(f"apart_{stem}_{i}", [(after.columns[i], 1.0), (before.columns[earlier], -1.0)], "<=", 0)
