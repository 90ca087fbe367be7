"""People who are on leave all week, and wishes for days on which somebody is on leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.tables import records
from optimize.roster.facts import AwayAllWeek, WishDay, WishesOnLeave
from optimize.roster.inputs.leave import leave_of, whole_days
from optimize.roster.inputs.wishes import as_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.roster.inputs.people import People


def away_notes(config: Config, horizon: Horizon, people: People) -> Iterator[AwayAllWeek | WishesOnLeave]:
    """What leave makes impossible: a week with any shift, and a wish."""
    away = {agent: whole_days(horizon, spans) for agent, spans in leave_of(people, horizon).items()}
    gone = tuple(sorted(agent for agent, days in away.items() if len(days) == horizon.days))
    if gone:
        yield AwayAllWeek(config.roster.leave or "leave", gone)
    wishes = tuple(
        WishDay(agent, day)
        for agent, day in ((str(row["agent"]), as_date(row["date"])) for row in records(people.requests))
        if (day - horizon.first).days in away.get(agent, ())
    )
    if wishes:
        yield WishesOnLeave(config.roster.requests or "requests", wishes)
