"""Cost terms of the program, in the currency of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optimize.roster.program.layout import on_duty

if TYPE_CHECKING:
    from optimize.roster.inputs.week import Week
    from optimize.roster.program.layout import Layout
    from optimize.roster.program.model import Model

REST_VIOLATION_HOURS = 8.0
"""A rest violation is priced like a shift of understaffing, since its repair may cost one."""


def wages_and_premiums(model: Model, week: Week, layout: Layout) -> None:
    """``sum_t h * wage[contract,t] * paid[t]``: people at work or on a paid break, at the rate of that very hour."""
    hours = week.horizon.interval_h
    for (c, f, _), shift in layout.shifts.items():
        staff_group = week.staff_groups[c]
        wage = week.prices.wages[staff_group.contract]
        paid = on_duty(shift, staff_group.shift_types[f].length, break_types="unpaid")
        model.add_cost((column, value * hours * wage[t]) for t, column, value in paid)


def shortage(model: Model, week: Week, layout: Layout) -> None:
    """``sum_{m,t} h * price * understaff[m,t]``."""
    price = week.horizon.interval_h * week.prices.shortage
    for columns in layout.understaff.values():
        model.add_cost((int(column), price) for column in columns)


def excess(model: Model, week: Week, layout: Layout) -> None:
    """``sum_{m,t} h * price * overstaff[m,t]``, on top of the wage."""
    price = week.horizon.interval_h * week.prices.excess
    for columns in layout.overstaff.values():
        model.add_cost((int(column), price) for column in columns)


def rest_violations(model: Model, week: Week, layout: Layout) -> None:
    """``sum_{c,d} price * rest_violation[c,d]``: steers a search over whole numbers; a finished week has none."""
    model.add_cost((column, REST_VIOLATION_HOURS * week.prices.shortage) for column in layout.rest_violation.values())


def lateness(model: Model, week: Week, layout: Layout) -> None:
    """``sum_{m,t} h * price_late * late[m,t] + sum_m price_short * terminal_backlog[m]``."""
    hours = week.horizon.interval_h
    for m in week.work:
        model.add_cost((int(column), hours * week.prices.late) for column in layout.late.get(m, ()))
        model.add_cost([(layout.terminal_backlog[m], week.prices.shortage)])
