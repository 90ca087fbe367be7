"""Volumes that jump a hundredfold: another unit, a lost decimal mark, or the truth. It is asked, not assumed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.errors import Fault
from forecast.data.account import contacts_text
from forecast.data.grid import minutes_of_day, to_grid
from forecast.data.intervals import by_channel
from forecast.data.jumps import jumps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from configs.schema import Cleaning
    from forecast.calendar.marks import Calendar
    from forecast.data.jumps import Jump

MOST_SHOWN = 3


def odd_volumes(
    rows: pd.DataFrame,
    clock: pd.Series,
    calendar: Calendar,
    rules: Sequence[Cleaning],
    label: str,
) -> list[Fault]:
    """Find the channels whose volumes jump a hundredfold on days that no event, holiday or rule explains.

    Parameters
    ----------
    rows
        ``channel, volume`` of every interval observed.
    clock
        Naive local start of every row.
    calendar
        Events and holidays.
    rules
        ``history.cleaning``: a day that a rule names is settled, whatever the rule does.
    told_as
        Name of the history in messages.
    """
    faults = []
    for name, mine in by_channel(rows):
        local = pd.DatetimeIndex(clock.loc[mine.index])
        times_of_day = np.flatnonzero(np.bincount(minutes_of_day(local)))
        grid = to_grid(local, mine.volume.to_numpy(float), times_of_day)
        marked = np.asarray(calendar.effects(name, grid.first, grid.days).columns.any(axis=1), dtype=bool)
        asked = [jump for jump in jumps(grid, marked) if not _is_settled(jump, name, rules)]
        if asked:
            text = [_sentence(jump) for jump in asked[:MOST_SHOWN]]
            text += [f"{len(asked) - MOST_SHOWN} more like these"] if len(asked) > MOST_SHOWN else []
            words = f'channel "{name}": volumes jump a hundredfold: {"; ".join(text)}; {_ways_out(asked)}'
            faults.append(Fault(label, words))
    return faults


def _ways_out(found: Sequence[Jump]) -> str:
    """Name the settings of a config that say what jumps are."""
    first, last = found[0].first, found[0].last
    span = f"first = {first}" if first == last else f"first = {first}, last = {last}"
    rule = f'history.cleaning = [ {{ {span}, action = "keep" }} ]'
    return f'correct the file, or state {rule} if it is right, "drop" or "replace" if it is not'


def _sentence(jump: Jump) -> str:
    """Say what jumps and by how much."""
    came, usual = contacts_text(jump.came), contacts_text(jump.usual)
    hundredth = contacts_text(max(jump.came, jump.usual) / 100)
    if jump.level:
        return (
            f"a day has {came} contacts from {jump.first} on, {usual} before; a hundredth of the larger is {hundredth}"
        )
    days = f"on {jump.first}" if jump.first == jump.last else f"from {jump.first} to {jump.last}"
    times = f"{jump.came / jump.usual:,.0f} times as many"
    return f"{came} contacts {days} in intervals where {usual} are usual, {times}; a hundredth of them is {hundredth}"


def _is_settled(jump: Jump, channel: str, rules: Sequence[Cleaning]) -> bool:
    """Whether rules say of every day what to do with it; of a new level, of its first day."""
    days = [jump.first + timedelta(days=i) for i in range((jump.last - jump.first).days + 1)]
    mine = [rule for rule in rules if rule.channel in {None, channel}]
    return all(any(rule.first <= day <= rule.last for rule in mine) for day in days)
