"""The week before: what its roster hands on to this one - ends of shifts, days worked running, people still at work."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from configs.errors import DataError, Fault
from configs.pauses import read_pauses
from configs.tables import AGENTS, ROSTER, RUNNING, Table, records

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.roster.result import Roster

WEEK_DAYS = 7
KEPT = "inputs/previous"
"""Where a run folder holds the roster of the week before it."""


@dataclass(frozen=True)
class Previous:
    """A roster and its people, the first local day after it, and where it stands in messages.

    `running` holds the days each of its people had worked in a row when that week itself began.
    """

    table: pd.DataFrame
    agents: pd.DataFrame
    until: date
    running: Mapping[str, int] = field(default_factory=dict)
    told_as: str = "roster.previous"

    def ended(self) -> dict[str, pd.Timestamp]:
        """End of the last shift of everybody who worked."""
        ends = self.table.groupby("agent")["end"].max()
        return {str(agent): end for agent, end in ends.items()}

    def days_running(self) -> dict[str, int]:
        """Days in a row everybody has worked up to the last day; who was free on it is left out."""
        worked: dict[str, set[int]] = {}
        for row in records(self.table):
            worked.setdefault(str(row["agent"]), set()).add((self.until - pd.Timestamp(row["date"]).date()).days)
        runs = {}
        for agent, days in sorted(worked.items()):
            run = next(back for back in range(1, WEEK_DAYS + 2) if back not in days) - 1
            whole = run == WEEK_DAYS
            runs[agent] = run + (self.running.get(agent, 0) if whole else 0)
        return {agent: run for agent, run in runs.items() if run}


def previous_of(roster: Roster, timezone: str) -> Previous:
    """What a roster in memory hands on to the week after it."""
    last = roster.coverage["start"].max().tz_convert(timezone)
    people, before = roster.people, roster.people.previous
    return Previous(
        roster.table,
        people.agents,
        last.date() + timedelta(days=1),
        {} if before is None else before.days_running(),
        "previous",
    )


def read_previous(config: Config) -> Previous | None:
    """Read the run folder that ``roster.previous`` names; None where it names none.

    Raises
    ------
    DataError
        It is no run folder, or its plan has another zone or another interval.
    """
    from configs.loader import build

    told_as = config.roster.previous
    if told_as is None:
        return None
    folder = config.path(told_as)
    told = _manifest(folder, told_as)
    before = build(told["config"], f"{told_as}/manifest.json", folder).plan
    for what, theirs, ours in (
        ("time zone", before.timezone, config.plan.timezone),
        ("interval", f"{before.interval_s // 60} min", f"{config.plan.interval_s // 60} min"),
    ):
        if theirs != ours:
            raise DataError(Fault(told_as, f"was planned with {what} {theirs}, this plan has {ours}; they must agree"))
    earlier = read_kept(folder, date.fromisoformat(told["week"]), config.plan.timezone)
    return Previous(
        _table(folder / "roster.csv", ROSTER, config.plan.timezone),
        _table(folder / "inputs" / "agents.csv", AGENTS, config.plan.timezone),
        date.fromisoformat(told["week"]) + timedelta(days=WEEK_DAYS),
        {} if earlier is None else earlier.days_running(),
        told_as,
    )


def keep(previous: Previous, folder: Path, zone: str) -> None:
    """Write what a run took over into its folder, so that it can be read back whatever becomes of the run before."""
    from configs.files import write_table

    home = folder / KEPT
    home.mkdir(parents=True)
    rows = [{"agent": agent, "days_running": float(days)} for agent, days in sorted(previous.running.items())]
    running = pd.DataFrame(rows, columns=RUNNING.names).astype({"agent": "str", "days_running": "float64"})
    for frame, table in ((previous.table, ROSTER), (previous.agents, AGENTS), (running, RUNNING)):
        write_table(frame, table, home / f"{table.name}.csv", zone)


def read_kept(folder: Path, week: date, zone: str) -> Previous | None:
    """Read what the run of a week took over from the week before; None where it took over nothing."""
    home = folder / KEPT
    if not home.is_dir():
        return None
    roster, agents, running = (_table(home / f"{table.name}.csv", table, zone) for table in (ROSTER, AGENTS, RUNNING))
    days = {str(row["agent"]): int(row["days_running"]) for row in records(running)}
    return Previous(roster, agents, week, days)


def _manifest(folder: Path, told_as: str) -> dict[str, Any]:
    """The manifest of a run folder, as far as the week after needs it."""
    path = folder / "manifest.json"
    words = 'is not a run folder: it has no manifest.json; name one that "staffcurve run CONFIG" wrote'
    if not path.is_file():
        raise DataError(Fault(told_as, words))
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        date.fromisoformat(told["week"])
        dict(told["config"])
    except (UnicodeDecodeError, ValueError, KeyError, TypeError) as error:
        raise DataError(Fault(f"{told_as}/manifest.json", f"cannot be read ({error})")) from error
    return dict(told)


def _table(path: Path, table: Table, zone: str) -> pd.DataFrame:
    from configs.files import read_table

    return read_table(path, table, zone=zone, told_as=str(path), empty="keep").frame.reset_index(drop=True)


def check_previous(previous: Previous | None, horizon: Horizon) -> None:
    """Refuse a roster that does not end where the week begins.

    Raises
    ------
    DataError
        It is the roster of another week.
    """
    if previous is None or previous.until == horizon.first:
        return
    given, wanted = (day - timedelta(days=WEEK_DAYS) for day in (previous.until, horizon.first))
    words = f"is the roster for the week of {given}; the week of {horizon.first} needs the one for {wanted}"
    raise DataError(Fault(previous.told_as, words))


def still_at_work(previous: Previous, horizon: Horizon) -> Iterator[tuple[str, NDArray[np.int64]]]:
    """Yield agent and intervals of this week worked by shifts of the week before that run past its end."""
    step = pd.Timedelta(minutes=horizon.interval_min)
    late = previous.table[previous.table["end"] > horizon.begin]
    for row in records(late.sort_values(["agent", "start"], kind="stable")):
        start, end = ((row[name] - horizon.begin) // step for name in ("start", "end"))
        works = np.ones(end - start, dtype=bool)
        text = row["breaks"] if isinstance(row["breaks"], str) else ""
        for first, last in read_pauses(text, row["start"].to_pydatetime(), row["end"].to_pydatetime(), horizon.zone):
            begin, until = ((pd.Timestamp(moment) - horizon.begin) // step for moment in (first, last))
            works[begin - start : until - start] = False
        moments = start + np.flatnonzero(works)
        yield str(row["agent"]), moments[(moments >= 0) & (moments < horizon.size)]
