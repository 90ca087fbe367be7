"""How many burdens each person could take: working days of the contract times days open to them, by kind.

A day is open to a person for a kind of burden if their contract offers such a shift on it, a channel they know wants
somebody during it, and availability, fixed days off and leave allow it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from configs.rules.person import person_rules
from configs.rules.personal import personal_rules
from configs.schema import DeferrableChannel
from configs.skills import skills_of
from configs.tables import records
from optimize.roster.fairness.cells import cells_of
from optimize.roster.inputs.availability import Availability
from optimize.roster.inputs.leave import leave_of, meets
from optimize.roster.inputs.people import paid_minutes
from optimize.roster.inputs.wishes import wishes_of
from optimize.roster.inputs.workload import hours

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.roster.fairness.burdens import Burdens
    from optimize.roster.fairness.cells import Cells
    from optimize.roster.inputs.leave import LeaveSpan
    from optimize.roster.inputs.people import People

    Array = NDArray[np.float64]
    Mask = NDArray[np.bool_]

Closed = Literal["contract", "skills", "availability", "fixed-off", "leave"]
"""Why a day is not open: no such shift in the contract, no channel of theirs wants anybody, hours, day off, leave."""
CLOSED: tuple[Closed, ...] = ("contract", "skills", "availability", "fixed-off", "leave")
"""In the order in which days are counted as closed: each day by the first reason."""
WEEK = 7


@dataclass(frozen=True)
class Openings:
    """What each person could take.

    Parameters
    ----------
    agents
        Everybody, in the order of the agents.
    days_per_week
        Working days of the contract, fewer where the person's `hours_max` leaves room for fewer; shape (P,).
    open
        Days open for each burden, and for "wishes" the number of wishes; shape (P, K).
    closed
        Days closed for each reason of `CLOSED`, of those that are open to anybody; shape (P, R, K).
    cells
        Shifts by contract.
    """

    agents: tuple[str, ...]
    days_per_week: Array
    open: Array
    closed: Array
    cells: dict[str, Cells]

    def chances(self, names: Sequence[str]) -> Array:
        """Working days times open days, and the number of wishes; shape (P, K)."""
        found = self.days_per_week[:, None] * self.open
        if "wishes" in names:
            place = list(names).index("wishes")
            found[:, place] = self.open[:, place]
        return found


def wanted_by_live(config: Config, wanted: dict[str, Mask], size: int) -> Mask:
    """Whether each channel wants somebody in each interval; work that may wait wants them whenever a live one does.

    Parameters
    ----------
    config
        Its channels.
    wanted
        Of each live channel, whether it wants somebody; shape (T,).
    size
        Intervals.
    """
    anywhere = np.any(list(wanted.values()), axis=0) if wanted else np.ones(size, dtype=bool)
    return np.array([wanted.get(name, anywhere) for name in config.channels])


def wanted_of(config: Config, horizon: Horizon, requirement: pd.DataFrame) -> Mask:
    """Whether each channel wants somebody in each interval, by the ``requirement`` table; shape (C, T)."""
    live = {}
    for name, channel in config.channels.items():
        if not isinstance(channel, DeferrableChannel):
            rows = requirement[requirement["channel"] == name].set_index("start")["agents"].reindex(horizon.starts)
            live[name] = rows.fillna(0.0).to_numpy() > 0
    return wanted_by_live(config, live, horizon.size)


def openings_of(config: Config, horizon: Horizon, people: People, burdens: Burdens, wanted: Mask) -> Openings:
    """Count the days open to everybody.

    Parameters
    ----------
    config
        Contracts and channels.
    horizon
        The days.
    people
        Agents, leave, wishes and rules.
    burdens
        What is shared.
    wanted
        Whether each channel wants somebody; shape (C, T).
    """
    rows = records(people.agents)
    cells = {name: cells_of(config, name, horizon, burdens) for name in config.contracts}
    spans, off = leave_of(people, horizon), _fixed_off(config, horizon, people)
    agents = tuple(str(row["agent"]) for row in rows)
    left: list[Mask] = []
    known: dict[tuple[Any, ...], Mask] = {}
    for agent, row in zip(agents, rows, strict=True):
        contract, closed_days, away = str(row["contract"]), off.get(agent, 0), spans.get(agent, [])
        equal = (contract, row["skills"], str(row.get("available")), closed_days, tuple(away))
        if equal not in known:
            known[equal] = _left(config, horizon, row, cells[contract], wanted, closed_days, away)
        left.append(known[equal])
    after = np.array(left)
    anybody = after[:, -1].any(axis=0)
    closed = (np.insert(after, 0, anybody, axis=1)[:, :-1] & anybody & ~after).sum(axis=2)
    open_days = after[:, -1].sum(axis=1).astype(float)
    if "wishes" in burdens.names:
        wishes = wishes_of(people.requests, horizon)
        open_days[:, burdens.names.index("wishes")] = [len(wishes.get(agent, [])) for agent in agents]
    days = np.array([_days_per_week(config, row) for row in rows])
    return Openings(agents, days, open_days, closed.astype(float), cells)


def _left(
    config: Config,
    horizon: Horizon,
    row: dict[str, Any],
    cells: Cells,
    wanted: Mask,
    off: int,
    spans: list[LeaveSpan],
) -> Mask:
    """Days that are still open for each burden after each reason of `CLOSED` in turn; shape (R, D, K)."""
    kept = np.logical_and.accumulate(_masks(config, horizon, row, cells, wanted, off, spans))
    return np.array([(mask[:, :, None] & cells.burdens).any(axis=1) for mask in kept])


def _masks(
    config: Config,
    horizon: Horizon,
    row: dict[str, Any],
    cells: Cells,
    wanted: Mask,
    off: int,
    spans: list[LeaveSpan],
) -> list[Mask]:
    """Which shifts a person may work by each reason of `CLOSED` alone; shape (D, S) each."""
    numbers = [at for at, name in enumerate(config.channels) if name in skills_of(str(row["skills"]))]
    somewhere = np.concatenate([[0], np.cumsum(wanted[numbers].any(axis=0))])
    begins, ends = (np.clip(each, 0, horizon.size) for each in (cells.starts, cells.starts + cells.lengths))
    cell = row.get("available")
    always = Availability.parse("" if cell is None or cell != cell else str(cell))  # noqa: PLR0124 - NaN
    shifts = list(zip(cells.clock.tolist(), cells.minutes.tolist(), strict=True))
    by_weekday = np.array([[always.allows(day, *shift) for shift in shifts] for day in range(WEEK)])
    days = range(horizon.days)
    away = [
        [meets(spans, start, start + length) for start, length in zip(of_day, cells.lengths, strict=True)]
        for of_day in (cells.starts if spans else ())
    ]
    return [
        cells.offered,
        somewhere[ends] > somewhere[begins],
        by_weekday[[horizon.date(day).weekday() for day in days]],
        np.broadcast_to(np.array([not off >> day & 1 for day in days])[:, None], cells.offered.shape),
        ~np.array(away) if spans else np.ones_like(cells.offered),
    ]


def _fixed_off(config: Config, horizon: Horizon, people: People) -> dict[str, int]:
    """Fixed days off of people with rules, a bit for each day."""
    rules = personal_rules(config, people.agents, people.rules)
    return {agent: person_rules(each, horizon.first, horizon.days).off for agent, each in rules.items()}


def _days_per_week(config: Config, row: dict[str, Any]) -> float:
    """Working days a week; with `hours_max`, at most as many as it has room for the contract's mean shift."""
    contract = config.contracts[str(row["contract"])]
    most = hours(row.get("hours_max"), np.inf)
    mean = float(np.mean([paid_minutes(contract, number) / 60 for number in range(len(contract.shifts))]))
    return min(float(contract.days_per_week), most / mean)
