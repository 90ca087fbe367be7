"""Runs of weeks that follow each other, counted together: everybody's shifts and accounts, and what needs attention."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from configs.errors import DataError, Fault
from reports.metrics.week import week_of
from reports.weeks.people import PersonWeeks, everybody

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from optimize.roster.rule_facts import Breach
    from reports.metrics.week import Week
    from reports.run import Run

SeamFault = Literal["unknown", "changed"]
"""A week was planned without the week before, or after another roster of it."""


@dataclass(frozen=True)
class Seam:
    """A week that does not follow the roster of the week before as it is now."""

    week: date
    fault: SeamFault


@dataclass(frozen=True)
class Overview:
    """Several weeks in a row.

    Parameters
    ----------
    weeks
        The weeks, in order.
    people
        Everybody who is in any of them, in order of contract (as the last config names them), team and id.
    breaches
        Every rule about people that is broken, in order of person and day.
    seams
        Weeks that were not planned after the roster of the week before.
    """

    weeks: tuple[Week, ...]
    people: tuple[PersonWeeks, ...]
    breaches: tuple[Breach, ...]
    seams: tuple[Seam, ...]

    @property
    def runs(self) -> tuple[Run, ...]:
        """The run of each week."""
        return tuple(week.run for week in self.weeks)

    @property
    def days(self) -> tuple[date, ...]:
        """Every planned day."""
        return tuple(day for week in self.weeks for day in week.days)

    @property
    def name(self) -> str:
        """Name of the weeks and of their folder, such as ``demo-2026-11-30-4w``."""
        return f"{self.runs[0].name}-{len(self.weeks)}w"

    @property
    def currency(self) -> str:
        """Currency of every week."""
        return self.runs[0].config.plan.currency

    @property
    def contracts(self) -> tuple[str, ...]:
        """Contracts of the people, in their order."""
        return tuple(dict.fromkeys(each.person.contract for each in self.people))


def in_order(named: Sequence[tuple[str, Run]]) -> tuple[Run, ...]:
    """Put the runs of weeks in order.

    Raises
    ------
    DataError
        Fewer than two, weeks that do not follow each other, or ones with another time zone or currency.
    """
    if len(named) < 2:
        raise DataError(Fault("weeks", "needs at least two runs of weeks in a row; name another run folder"))
    ordered = sorted(named, key=lambda each: each[1].horizon.first)
    faults = [fault for before, after in pairwise(ordered) for fault in _faults(before, after)]
    if faults:
        raise DataError(faults)
    return tuple(run for _, run in ordered)


def _faults(before: tuple[str, Run], after: tuple[str, Run]) -> list[Fault]:
    (first, earlier), (label, later) = before, after
    found = []
    expected = earlier.horizon.first + timedelta(days=earlier.horizon.days)
    if later.horizon.first != expected:
        words = f"is the week of {later.horizon.first}, but {expected} follows {first}; name the runs of weeks in a row"
        found.append(Fault(label, words))
    for what, theirs, ours in (
        ("time zone", earlier.horizon.timezone, later.horizon.timezone),
        ("currency", earlier.config.plan.currency, later.config.plan.currency),
    ):
        if theirs != ours:
            words = f"has the {what} {ours}, but {first} has {theirs}; weeks shown together have the same {what}"
            found.append(Fault(label, words))
    return found


def overview_of(runs: Sequence[Run]) -> Overview:
    """Count weeks that follow each other; `runs` are in order, as `in_order` returns them."""
    from reports.metrics.broken_rules import broken_rules

    own = [_own(run) for run in runs]
    weeks, broken = tuple(week_of(run) for run in own), broken_rules(own)
    return Overview(weeks, everybody(weeks, broken), broken, _seams(runs))


def _own(run: Run) -> Run:
    """A run with the shifts that begin in its week: a shift over its end is counted once."""
    table, horizon = run.roster.table, run.horizon
    inside = (table["start"] >= horizon.begin) & (table["start"] < horizon.end)
    if inside.all():
        return run
    return replace(run, roster=replace(run.roster, table=table[inside].reset_index(drop=True), planned=None))


def _seams(runs: Sequence[Run]) -> tuple[Seam, ...]:
    found = []
    for before, after in pairwise(runs):
        previous = after.roster.people.previous
        if previous is None:
            found.append(Seam(after.horizon.first, "unknown"))
        elif _shifts(previous.table) != _shifts(before.roster.table):
            found.append(Seam(after.horizon.first, "changed"))
    return tuple(found)


def _shifts(table: pd.DataFrame) -> set[tuple[object, ...]]:
    return set(zip(table["agent"], table["start"], table["end"], strict=True))
