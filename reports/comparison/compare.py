"""Runs side by side. The first run named is the base of the comparison."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from configs.errors import DataError, Fault
from reports.comparison.cells import PeopleChange, Sheet, people_change
from reports.comparison.facts import RunFacts, facts_of
from reports.comparison.settings import Difference, differences

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reports.run import Run


@dataclass(frozen=True)
class Comparison:
    """The runs counted, each later roster against the first, and the settings that differ."""

    runs: tuple[RunFacts, ...]
    people: tuple[PeopleChange, ...]
    settings: tuple[Difference, ...]

    @property
    def channels(self) -> tuple[str, ...]:
        """Every channel of any run, in the order of the first that has it."""
        return tuple(dict.fromkeys(each.channel for run in self.runs for each in run.channels))


def labels(folders: Sequence[Path]) -> tuple[str, ...]:
    """Short names of run folders that differ from each other: the folder's name, or as much of its path as it takes.

    Raises
    ------
    DataError
        One folder is named twice.
    """
    parts = [folder.resolve().parts for folder in folders]
    for at, one in enumerate(parts):
        if one in parts[:at]:
            raise DataError(Fault(str(folders[at]), "is named twice; name different runs"))
    size = 1
    while len({one[-size:] for one in parts}) < len(parts):
        size += 1
    return tuple("/".join(one[-size:]) for one in parts)


def compare(named: Sequence[tuple[str, Run]]) -> Comparison:
    """Compare runs, each under its label.

    Raises
    ------
    DataError
        They cannot be compared: other zone, currency, length, or no channel in common.
    """
    _check(named)
    facts = tuple(facts_of(label, run) for label, run in named)
    sheets = [Sheet(one.label, one.week, one.shifts) for one in facts]
    people = tuple(people_change(sheets[0], other) for other in sheets[1:])
    return Comparison(facts, people, differences([run.config for _, run in named]))


def _check(named: Sequence[tuple[str, Run]]) -> None:
    if len(named) < 2:
        raise DataError(Fault("compare", "needs at least two runs; name another run folder"))
    faults = []
    (first, base), *others = named
    for label, run in others:
        for what, mine, theirs in (
            ("time zone", run.horizon.timezone, base.horizon.timezone),
            ("currency", run.config.plan.currency, base.config.plan.currency),
            ("number of days", run.horizon.days, base.horizon.days),
        ):
            if mine != theirs:
                words = f"has the {what} {mine}, but {first} has {theirs}; compare runs with the same {what}"
                faults.append(Fault(label, words))
        if not set(run.config.channels) & set(base.config.channels):
            have, want = ", ".join(run.config.channels), ", ".join(base.config.channels)
            faults.append(Fault(label, f"has no channel in common with {first}: it has {have}, {first} has {want}"))
    if faults:
        raise DataError(faults)


def weeks_differ(made: Comparison) -> bool:
    """Return whether the runs plan different weeks."""
    return any(one.week != other.week for one, other in pairwise(made.runs))
