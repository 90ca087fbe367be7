"""The public API: a roster from data frames, without a config file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from configs.errors import DataError, Fault
from configs.horizon import Horizon
from configs.loader import build
from configs.tables import AGENTS, LEAVE, REQUESTS, REQUIREMENT, check, no_rows
from optimize.roster.advice import advise
from optimize.roster.carry_over import previous_of
from optimize.roster.inputs.people import People, counted
from optimize.roster.planner import plan_week, relaxed_week
from optimize.roster.together.decide import decided_weeks
from optimize.roster.together.demand import wanted_by

if TYPE_CHECKING:
    from collections.abc import Mapping

    from optimize.roster.result import Roster


def plan(
    requirement: pd.DataFrame,
    contracts: Mapping[str, Mapping[str, Any]],
    agents: pd.DataFrame | None = None,
    rules: Mapping[str, Mapping[str, Any]] | None = None,
    *,
    leave: pd.DataFrame | None = None,
    requests: pd.DataFrame | None = None,
    previous: Roster | None = None,
    timezone: str = "UTC",
) -> Roster:
    """Make a roster for a week.

    Parameters
    ----------
    requirement
        ``channel, start, agents`` for live channels, ``channel, start, work_h, due`` for deferrable ones; `start` and
        `due` with a zone, one row for each channel and interval of seven days that begin at a local midnight.
    contracts
        As in the config: name -> ``days_per_week, shifts, breaks, rest, cost_per_hour, agents, skills, ...``.
    agents
        ``agent, name, contract, skills``; without it the contracts say how many there are.
    rules
        Other tables of the config, such as ``{"costs": {...}, "roster": {...}}``. What would help is found only when
        asked for, by ``{"roster": {"advice": True}}``.
    leave, requests
        As in the files of the same name.
    previous
        The roster of the week before; without it the week is a circle.
    timezone
        Zone whose clock shifts, breaks and premiums follow.

    Raises
    ------
    StaffcurveError
        With what is wrong, in sentences.

    Returns
    -------
    Roster
        With ``table, coverage, cost, bound, gap, status, seconds``.
    """
    requirement = check(requirement, REQUIREMENT)
    horizon = _horizon(requirement, timezone)
    raw: dict[str, Any] = {name: dict(table) for name, table in (rules or {}).items()}
    raw["plan"] = {
        "name": "plan",
        "timezone": timezone,
        "interval": f"{horizon.interval_min}min",
        **raw.get("plan", {}),
    }
    raw.setdefault("history", {"path": "none"})
    raw["channels"] = {
        channel: _channel(rows) for channel, rows in requirement.groupby("channel", sort=False)
    } | raw.get("channels", {})
    raw["contracts"] = {name: dict(contract) for name, contract in contracts.items()}
    raw["roster"] = {"advice": False, **raw.get("roster", {})}
    if agents is not None:
        raw["roster"]["agents"] = "agents"
    config = build(raw, "rules")
    people = People(
        counted(config) if agents is None else check(agents, AGENTS),
        no_rows(LEAVE) if leave is None else check(leave, LEAVE),
        no_rows(REQUESTS) if requests is None else check(requests, REQUESTS),
        previous=None if previous is None else previous_of(previous, timezone),
    )
    if config.plans_jointly:
        wanted = wanted_by(config, *relaxed_week(config, horizon, requirement, people, None))
        people = replace(people, decided=decided_weeks(config, horizon, [wanted], people))
    roster = plan_week(config, horizon, requirement, people)
    if not config.roster.advice:
        return roster
    return replace(roster, advice=advise(config, horizon, requirement, roster))


def _horizon(requirement: pd.DataFrame, timezone: str) -> Horizon:
    starts = pd.DatetimeIndex(sorted(requirement["start"].unique()))
    local = starts[0].tz_convert(timezone)
    minutes = int(min((starts[1:] - starts[:-1]).total_seconds()) // 60) if len(starts) > 1 else 60
    if local.hour or local.minute:
        raise DataError(Fault("requirement", f"begins at {local.isoformat()}; a week begins at midnight in {timezone}"))
    return Horizon(local.date(), 7, minutes, timezone)


def _channel(rows: pd.DataFrame) -> dict[str, Any]:
    """Least settings of a channel: only whether its work may wait matters to the roster."""
    deferrable = "work_h" in rows and bool(rows["work_h"].notna().any())
    return {"kind": "deferrable", "target": {"within": "24h"}} if deferrable else {"kind": "synchronous"}
