"""Targets over a day or a week in a run folder: what each gets, what every round of the loop saw, and what it learnt.

A run without such targets has none of these tables.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pandas as pd

from configs.tables import CORRECTIONS, ROUNDS, TARGETS, check, records, settled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from configs.horizon import Horizon
    from configs.schema import Config
    from configs.tables import Table
    from optimize.roster.inputs.service_model import Corrections
    from optimize.roster.result import Roster, TargetCount
    from optimize.roster.rounds import Kept, Round
    from reports.run import Run

    Row = dict[str, Any]
CHOSEN, NOT_CHOSEN = "yes", "no"
AMOUNTS = ("volume", "needed", "reached", "worth", "price")
"""Numbers of a target, by the names of the fields of `TargetCount`."""
SEEN = ("asked", "told", "seen", "probability", "margin")
"""Numbers of a target in a round, by the names of the fields of `Kept`."""


def target_tables(run: Run) -> list[tuple[pd.DataFrame, Table]]:
    """Return targets, rounds and corrections of a run as tables; none where no target is one over a day or a week."""
    roster, days = run.roster, _Days(run.config, run.horizon)
    if not roster.targets:
        return []
    made = [_table((_target_row(each, days) for each in roster.targets), TARGETS)]
    if roster.rounds:
        made.append(_table((row for each in roster.rounds for row in _round_rows(each, days)), ROUNDS))
    if roster.corrections is not None and roster.corrections.people:
        made.append(_table(_corrections_rows(roster.corrections, run.horizon), CORRECTIONS))
    return made


def with_targets(
    roster: Roster, config: Config, horizon: Horizon, read: Callable[[Table], pd.DataFrame | None]
) -> Roster:
    """Return a roster with what its run folder keeps of targets over a day or a week.

    Parameters
    ----------
    roster
        As its other tables have it.
    config, horizon
        What the run was planned with.
    read
        Returns a table of the folder, None where the run has none.
    """
    from optimize.roster.inputs.service_model import Corrections, margin_of

    found, rounds, moved = (read(table) for table in (TARGETS, ROUNDS, CORRECTIONS))
    if found is None:
        return roster
    days = _Days(config, horizon)
    targets = tuple(_target(row, days) for row in records(found))
    people = {} if moved is None else _people(moved, horizon)
    margin = {each.key: margin_of(config, each.key, each.needed, each.volume) for each in targets}
    return replace(
        roster,
        targets=targets,
        rounds=() if rounds is None else tuple(_rounds(rounds, days)),
        corrections=Corrections(people, margin),
    )


class _Days:
    """Dates of day numbers, and numbers of dates, by the clock of the customers of a target."""

    def __init__(self, config: Config, horizon: Horizon) -> None:
        from optimize.roster.inputs.service_model import date_of

        self._date = partial(date_of, config, horizon)

    def date(self, target: str, day: int | None) -> date | None:
        """Date of a day of a target; None over the week."""
        return None if day is None else self._date(target, day)

    def number(self, target: str, moment: pd.Timestamp) -> int | None:
        """Number of a day of a target; None where no date is given."""
        return None if pd.isna(moment) else (moment.date() - self._date(target, 0)).days


def _table(rows: Iterable[Row], table: Table) -> tuple[pd.DataFrame, Table]:
    frame = pd.DataFrame(list(rows), columns=table.names)
    if "date" in table.names:
        frame["date"] = pd.to_datetime(frame["date"])
    return settled(check(frame, table)), table


def _target_row(count: TargetCount, days: _Days) -> Row:
    return _span_row(count, days) | {name: getattr(count, name) for name in AMOUNTS}


def _span_row(row: TargetCount | Kept, days: _Days) -> Row:
    return {"target": row.target, "measure": row.measure, "date": days.date(row.target, row.day)}


def _target(row: Row, days: _Days) -> TargetCount:
    from optimize.roster.result import TargetCount

    span = row["target"], row["measure"], days.number(row["target"], row["date"])
    return TargetCount(*span, **{name: row[name] for name in AMOUNTS})


def _round_rows(one: Round, days: _Days) -> Iterator[Row]:
    about = {"round": float(one.number), "kind": one.kind, "chosen": CHOSEN if one.chosen else NOT_CHOSEN}
    for kept in one.kept:
        seen = {name: getattr(kept, name) for name in SEEN}
        yield about | {"cost": one.cost, "bound": one.bound} | _span_row(kept, days) | seen


def _rounds(table: pd.DataFrame, days: _Days) -> Iterator[Round]:
    from optimize.roster.rounds import Round

    for number, group in groupby(records(table), key=lambda row: int(row["round"])):
        rows = list(group)
        first, kept = rows[0], tuple(_kept(row, days) for row in rows)
        yield Round(number, first["kind"], first["cost"], first["bound"], kept, chosen=first["chosen"] == CHOSEN)


def _kept(row: Row, days: _Days) -> Kept:
    from optimize.roster.rounds import Kept

    span = row["target"], row["measure"], days.number(row["target"], row["date"])
    return Kept(*span, **{name: row[name] for name in SEEN})


def _corrections_rows(found: Corrections, horizon: Horizon) -> Iterator[Row]:
    for name, people in found.people.items():
        for start, more in zip(horizon.starts, people.tolist(), strict=True):
            yield {"channel": name, "start": start, "people": more}


def _people(table: pd.DataFrame, horizon: Horizon) -> dict[str, Any]:
    return {
        str(name): rows.set_index("start")["people"].reindex(horizon.starts).to_numpy(dtype=float)
        for name, rows in table.groupby("channel", sort=False)
    }
