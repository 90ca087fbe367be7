"""Who is at work when, counted from the rows of the roster."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pandas as pd

from configs.tables import records
from optimize.roster.verify.shifts import kind_of, pauses_of

if TYPE_CHECKING:
    from configs.schema import Config


def moments_of(config: Config, row: dict[str, Any]) -> tuple[list[pd.Timestamp], list[bool], list[bool]]:
    """Interval starts of one shift, with whether the person is at work and whether the interval is paid."""
    start, end = row["start"].tz_convert(config.plan.zone), row["end"].tz_convert(config.plan.zone)
    moments = list(pd.date_range(start, end, freq=config.plan.interval, inclusive="left"))
    works, paid = [True] * len(moments), [True] * len(moments)
    kind = kind_of(config, row)
    breaks = config.contracts[str(row["contract"])].breaks_of(kind) if kind else ()
    for pause, (first, last) in zip(breaks, pauses_of(config, row) or (), strict=False):
        for i, moment in enumerate(moments):
            if first.timestamp() <= moment.timestamp() < last.timestamp():
                works[i], paid[i] = False, pause.paid
    return moments, works, paid


def at_work(
    config: Config,
    table: pd.DataFrame,
    skills: dict[str, frozenset[str]],
    begin: pd.Timestamp,
    end: pd.Timestamp,
) -> dict[frozenset[str], Counter[pd.Timestamp]]:
    """People at work per set of skills and interval (UTC).

    What runs over the end of the horizon is counted at its beginning: the last night of the week is taken to be
    staffed like the night before it.
    """
    people: dict[frozenset[str], Counter[pd.Timestamp]] = {}
    for row in records(table):
        moments, works, _ = moments_of(config, {str(k): v for k, v in row.items()})
        counter = people.setdefault(skills.get(str(row["agent"]), frozenset()), Counter())
        for moment, on in zip(moments, works, strict=True):
            if on:
                utc = moment.tz_convert("UTC")
                counter[utc if utc < end else begin + (utc - end)] += 1
    return people
