"""Contracted hours that somebody does not get: who, how many, which days stand in the way, and what would help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.notes import Note
from configs.tables import records
from optimize.roster.inputs.workload import NEAR, hours

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    import pandas as pd

    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.roster.result import People

NAMED = 10
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def fewer_hours(config: Config, horizon: Horizon, people: People, table: pd.DataFrame) -> Iterator[Note]:
    """Tell who is rostered for fewer paid hours than their ``hours_min``, whatever the program made of it.

    Leave takes the place of working days and of their share of the hours, so the week can be solved without them; the
    person is still told, since the contract is not met by work alone.
    """
    paid = table.groupby("agent")["paid_h"].sum()
    short = [
        (str(row["agent"]), row, hours(row.get("hours_min"), 0.0), float(paid.get(row["agent"], 0.0)))
        for row in records(people.agents)
    ]
    short = [one for one in short if one[3] < one[2] - NEAR]
    for agent, row, least, got in short[:NAMED]:
        why, change = _reason(config, row, _days_of_leave(people, agent, horizon))
        name = str(row.get("name") or "") or agent
        who = name if name == agent else f"{name} ({agent})"
        yield Note("roster", f"{who} works {got:g} of {least:g} contracted hours (hours_min): {why}; {change}")
    if len(short) > NAMED:
        yield Note("roster", f"{len(short) - NAMED} more people work fewer hours than their hours_min")


def _days_of_leave(people: People, agent: str, horizon: Horizon) -> list[date]:
    """Local days of the week that leave of a person touches."""
    spans = people.leave[people.leave["agent"] == agent]
    found = []
    for day in range(horizon.days):
        begin, end = horizon.moment(day, 0), horizon.moment(day + 1, 0)
        if ((spans["start"] < end) & (spans["end"] > begin)).any():
            found.append(horizon.date(day))
    return found


def _reason(config: Config, row: dict[str, object], leave: list[date]) -> tuple[str, str]:
    """Why the hours are not reached, and a way out."""
    contract = str(row["contract"])
    if leave:
        listed = ", ".join(f"{DAYS[day.weekday()]} {day:%d %b}" for day in leave)
        count = "1 day" if len(leave) == 1 else f"{len(leave)} days"
        return f"{count} of leave ({listed})", "count the leave as hours worked, shorten it, or lower hours_min"
    available = str(row.get("available") or "").strip()
    if available:
        return f'available is "{available}"', "widen it, or lower hours_min"
    most = config.contracts[contract].days_per_week
    rules = f"the rules of contract {contract} ({most} days a week, its shifts, rest and days in a row) allow no more"
    return rules, "offer longer shifts or more days, or lower hours_min"
