"""The forecast with staffing as Calabrio (Teleopti) imports it, for all skills and for each skill.

Skill, begin, end, volume, task time, time after the task, agents: local time of the skill, no headings, lines that end
in CRLF, nothing quoted. The importer copies an hour that comes twice to both of its passes, so it is written once, with
what the two have in common. Every row opens the skill, so closed intervals are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from configs.tables import records
from reports.exports.files import write_text
from reports.exports.numbers import days_of, inside, known, places, plain
from reports.slugs import slugs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    import pandas as pd
    from numpy.typing import NDArray

    from reports.run import Run


@dataclass(frozen=True)
class _Interval:
    """One interval of a skill; `start` and `end` are clock times, `agents` is None where none are asked for."""

    start: datetime
    end: datetime
    volume: float
    aht_s: float
    agents: float | None


def write(run: Run, home: Path) -> list[Path]:
    """Write the file of all skills, ``calabrio.csv``, and one of each into the folder ``calabrio``."""
    names = slugs(run.config.channels)
    texts = {channel: _lines(run, channel) for channel in sorted(run.config.channels)}
    whole = write_text("".join(texts.values()), home / "calabrio.csv")
    return [whole, *(write_text(text, home / "calabrio" / f"{names[each]}.csv") for each, text in texts.items())]


def _lines(run: Run, channel: str) -> str:
    lines = []
    for each in _once(_intervals(run, channel)):
        agents = () if each.agents is None else (plain(each.agents),)
        times = (f"{moment:%Y%m%d %H:%M}" for moment in (each.start, each.end))
        lines.append(",".join((channel, *times, plain(each.volume), plain(each.aht_s), "0", *agents)) + "\r\n")
    return "".join(lines)


def _once(intervals: Iterable[_Interval]) -> Iterator[_Interval]:
    """Put intervals of one clock time together: mean volume, its mean handle time, and the most agents of the two."""
    by_start = sorted(intervals, key=lambda each: each.start)
    for start, group in groupby(by_start, key=lambda each: each.start):
        passes = list(group)
        volume, work = (sum(values) for values in zip(*((p.volume, p.volume * p.aht_s) for p in passes), strict=True))
        aht_s = work / volume if volume else max(each.aht_s for each in passes)
        agents = None if passes[0].agents is None else max(each.agents or 0.0 for each in passes)
        yield _Interval(start, passes[0].end, volume / len(passes), aht_s, agents)


def _intervals(run: Run, channel: str) -> Iterator[_Interval]:
    """Intervals of a channel that are not closed, in order of time."""
    table = inside(run, channel)
    rows = run.requirement.table
    required = rows[rows["channel"] == channel].set_index("start")["agents"].reindex(table["start"]).fillna(0.0)
    deferrable = run.config.channels[channel].kind == "deferrable"
    closed = _closed(run, channel, table, required.to_numpy(dtype=float))
    for row, agents, shut in zip(records(table), required, closed, strict=True):
        if not shut:
            start, end = _clocks(run, row["start"])
            volume, aht_s = (known(row.get(name)) for name in ("volume", "aht_s"))
            yield _Interval(start, end, volume, aht_s, None if deferrable else float(agents))


def _clocks(run: Run, start: pd.Timestamp) -> tuple[datetime, datetime]:
    """Clock times of an interval: one whose end comes twice ends at the next time on the clock."""
    import pandas as pd

    step = pd.Timedelta(minutes=run.horizon.interval_min)
    local, end = (moment.tz_convert(run.horizon.zone) for moment in (start, start + step))
    naive = local.tz_localize(None)
    return naive.to_pydatetime(), (naive + step if end.fold else end.tz_localize(None)).to_pydatetime()


def _closed(run: Run, channel: str, table: pd.DataFrame, agents: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Nothing comes and nobody is required, outside the opening hours or on the whole of that day."""
    still = (np.nan_to_num(table["volume"].to_numpy(dtype=float)) <= 0) & (agents <= 0)
    days, settings = days_of(run, table), run.config.channels[channel]
    is_open = run.horizon.seen_in(settings.timezone).is_open(settings.open)
    busy = np.bincount(days, weights=~still, minlength=run.horizon.days)[days] > 0
    shut: NDArray[np.bool_] = still & (~is_open[places(run, table)] | ~busy)
    return shut
