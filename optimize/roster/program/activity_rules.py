"""Rules about planned activities in the program of the week: how many people of a pool begin one in each interval.

The rows count people without naming them, so every roster with activities satisfies them and the bound holds. The
finished roster decides who takes part when (`assign_activities`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from configs.schema.activities import MISSED
from optimize.roster.inputs.activities import people_of_pool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from optimize.roster.inputs.week import Week, WeekActivity
    from optimize.roster.program.layout import Layout
    from optimize.roster.program.model import Model


def people_take_part_once(model: Model, week: Week, layout: Layout) -> None:
    """``sum_{s,t} q[i,s,t] + unheld[i] == count[i]``: everybody who takes part begins it once."""
    for i, activity in enumerate(week.activities):
        begun = [(column, 1.0) for pool in range(len(week.pools)) for column in _columns(layout, i, pool)]
        model.row(f"once_{i}", [*begun, (layout.unheld[i], 1.0)], "==", activity.count)


def those_who_work_take_part(model: Model, week: Week, layout: Layout) -> None:
    """``sum_t q[i,s,t] <= people[i,s]`` and ``<= sum y``: no more than take part in each pool, and work at all."""
    for i, activity in enumerate(week.activities):
        for pool in range(len(week.pools)):
            begun = [(column, 1.0) for column in _columns(layout, i, pool)]
            if begun:
                model.row(f"able_{i}_{pool}", begun, "<=", _able(week, activity, pool))
                model.row(f"working_{i}_{pool}", [*begun, *_working(week, layout, activity, pool)], "<=", 0)


def few_take_part_at_once(model: Model, week: Week, layout: Layout) -> None:
    """``sum_s sum_{u = t-length+1 .. t} q[i,s,u] <= at_once[i]``."""
    for i, activity in enumerate(week.activities):
        if activity.at_once is None:
            continue
        for t in range(week.size):
            begun = [
                (int(layout.activity[i, pool][u]), 1.0)
                for pool in range(len(week.pools))
                for u in range(max(0, t - activity.length + 1), t + 1)
                if (i, pool) in layout.activity and layout.activity[i, pool][u] >= 0
            ]
            if begun:
                model.row(f"at_once_{i}_{t}", begun, "<=", activity.at_once)


def meetings_have_one_time(model: Model, week: Week, layout: Layout) -> None:
    """``sum_t w[i,t] == 1`` and ``q[i,s,t] <= people[i,s] * w[i,t]``: who takes part does so at the one time."""
    for i, columns in layout.meeting.items():
        model.row(f"one_time_{i}", [(int(column), 1.0) for column in columns if column >= 0], "==", 1)
        for pool in range(len(week.pools)):
            able = float(_able(week, week.activities[i], pool))
            for t in np.flatnonzero(layout.activity[i, pool] >= 0) if (i, pool) in layout.activity else ():
                terms = [(int(layout.activity[i, pool][t]), 1.0), (int(columns[t]), -able)]
                model.row(f"meet_{i}_{pool}_{t}", terms, "<=", 0)


def missed_activities(model: Model, week: Week, layout: Layout) -> None:
    """``sum_i h * length[i] * weight * price_short * unheld[i]``."""
    hours = week.horizon.interval_h
    for i, activity in enumerate(week.activities):
        model.add_cost([(layout.unheld[i], hours * activity.length * MISSED * week.prices.shortage)])


def unpaid_activities(model: Model, week: Week, layout: Layout) -> None:
    """``- sum_{i unpaid,s,t} h * wage * q[i,s,t]``, at the largest wage of the pool over the activity: a bound."""
    for (i, pool), columns in layout.activity.items():
        activity = week.activities[i]
        if activity.paid:
            continue
        contracts = {staff_group.contract for staff_group in week.staff_groups if staff_group.pool == pool}
        wage = np.max([week.prices.wages[contract] for contract in sorted(contracts)], axis=0) * week.horizon.interval_h
        saved = np.convolve(wage, np.ones(activity.length))[activity.length - 1 :]
        model.add_cost((int(columns[t]), -float(saved[t])) for t in np.flatnonzero(columns >= 0))


def _columns(layout: Layout, i: int, pool: int) -> list[int]:
    return [int(column) for column in layout.activity.get((i, pool), ()) if column >= 0]


def _able(week: Week, activity: WeekActivity, pool: int) -> int:
    return len(people_of_pool(week, activity, pool))


def _working(week: Week, layout: Layout, activity: WeekActivity, pool: int) -> Iterator[tuple[int, float]]:
    """Minus those who work at all, of the groups in which somebody takes part."""
    wanted = set(activity.people)
    for (c, h), columns in layout.pattern.items():
        subgroup = week.staff_groups[c].subgroups[h]
        if week.staff_groups[c].pool == pool and wanted.intersection(subgroup.agents):
            yield from ((y, -1.0) for y, days in zip(columns, subgroup.patterns, strict=True) if days)
