"""Cost terms of the program, in the currency of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optimize.roster.program.layout import on_duty

if TYPE_CHECKING:
    from optimize.roster.inputs.week import Week
    from optimize.roster.program.layout import Layout
    from optimize.roster.program.model import Model

BREACH_HOURS = 8.0
"""A breach of rest weighs like a shift short, since its repair may cost one."""


def wages_and_premiums(model: Model, week: Week, layout: Layout) -> None:
    """``sum_t h * wage[contract,t] * paid[t]``: people at work or on a paid break, at the rate of that very hour."""
    hours = week.horizon.interval_h
    for (c, f, _), shift in layout.shifts.items():
        crew = week.crews[c]
        wage = week.prices.wages[crew.contract]
        paid = on_duty(shift, crew.families[f].length, pauses="unpaid")
        model.charge((column, value * hours * wage[t]) for t, column, value in paid)


def shortage(model: Model, week: Week, layout: Layout) -> None:
    """``sum_{m,t} h * price * short[m,t]``."""
    price = week.horizon.interval_h * week.prices.shortage
    for columns in layout.short.values():
        model.charge((int(column), price) for column in columns)


def excess(model: Model, week: Week, layout: Layout) -> None:
    """``sum_{m,t} h * price * over[m,t]``, on top of the wage."""
    price = week.horizon.interval_h * week.prices.excess
    for columns in layout.over.values():
        model.charge((int(column), price) for column in columns)


def breaches_of_rest(model: Model, week: Week, layout: Layout) -> None:
    """``sum_{c,d} price * breach[c,d]``: steers a search over whole numbers; a finished week has none."""
    model.charge((column, BREACH_HOURS * week.prices.shortage) for column in layout.breach.values())


def lateness(model: Model, week: Week, layout: Layout) -> None:
    """``sum_{m,t} h * price_late * late[m,t] + sum_m price_short * undone[m]``."""
    hours = week.horizon.interval_h
    for m in week.work:
        model.charge((int(column), hours * week.prices.late) for column in layout.late[m])
        model.charge([(layout.undone[m], week.prices.shortage)])
