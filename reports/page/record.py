"""How accurate the forecast has been, compared with the weekly naive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports import formatting

if TYPE_CHECKING:
    from forecast.result import Accuracy
    from reports.metrics.week import Week


@dataclass(frozen=True)
class Record:
    """One channel's record; `ours` and `naive` are bar widths in per cent of the widest."""

    accuracy: Accuracy
    ours: str
    naive: str
    verdict: str


def records(week: Week) -> tuple[Record, ...]:
    """Compare the error of every channel with that of the weekly naive."""
    record = week.run.forecast.accuracy
    widest = max((max(one.wape, one.naive_wape) for one in record), default=0.0) or 1.0
    return tuple(
        Record(one, f"{100 * one.wape / widest:.1f}", f"{100 * one.naive_wape / widest:.1f}", _verdict(one))
        for one in record
    )


def _verdict(one: Accuracy) -> str:
    sum_off = f"; biased {'high' if one.bias > 0 else 'low'}" if one.is_biased else ""
    if one.naive_wape <= 0:
        return f"no comparison{sum_off}"
    less = 1 - one.wape / one.naive_wape
    if abs(less) < 0.005:
        return f"same error{sum_off}"
    return f"{formatting.percent(abs(less), 0)} {'less' if less > 0 else 'more'} error{sum_off}"
