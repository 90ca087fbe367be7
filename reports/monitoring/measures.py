"""What is measured of a channel over some intervals: forecast error, handle time, service, replies, backlog."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from reports.series import weighted_mean

if TYPE_CHECKING:
    import pandas as pd

    from reports.series import Numbers

How = Literal["measured", "expected"]


@dataclass(frozen=True)
class Measured:
    """A channel over the intervals seen; a number that is not known is none.

    `wape` is the summed absolute error per interval over actual contacts, `wape_day` that of whole days, `bias` the
    summed error over actual contacts (above 0: the forecast was too high). `in_80` and `in_95` are the shares of
    intervals inside the bands. Means are weighted by contacts. `service` is ``measured`` where the actuals have it, and
    else ``expected``: by formula, of the people rostered with the actual volume and handle time. Backlogs are means
    over the intervals [contacts].
    """

    days: int
    intervals: int
    came: float
    said: float
    wape: float | None
    wape_day: float | None
    bias: float | None
    in_80: float | None
    in_95: float | None
    aht_s: float | None
    aht_said_s: float | None
    service: float | None
    service_how: How | None
    service_planned: float | None
    wait_s: float | None
    wait_planned_s: float | None
    response_s: float | None
    abandonment: float | None
    backlog: float | None
    backlog_planned: float | None
    first_contact_resolution: float | None
    satisfaction: float | None


def measured(rows: pd.DataFrame) -> Measured:
    """Measure the rows of one channel (see `reports.monitoring.align.align`)."""
    came, said = _numbers(rows, "came"), _numbers(rows, "said")
    days = rows.groupby("date", sort=True)[["came", "said"]].sum()
    total = float(came.sum())
    aht = _numbers(rows, "aht_s")
    service, how = _service(rows, came)
    backlog = _numbers(rows, "backlog")
    abandoned = _numbers(rows, "abandoned")
    return Measured(
        days=len(days),
        intervals=len(rows),
        came=total,
        said=float(said.sum()),
        wape=float(np.abs(came - said).sum()) / total if total else None,
        wape_day=float((days["came"] - days["said"]).abs().sum()) / total if total else None,
        bias=float((said - came).sum()) / total if total else None,
        in_80=_mean(inside(rows, "q10", "q90")),
        in_95=_mean(inside(rows, "q025", "q975")),
        aht_s=weighted_mean(aht, came),
        aht_said_s=weighted_mean(np.where(np.isnan(aht), np.nan, _numbers(rows, "aht_said")), came),
        service=service,
        service_how=how,
        service_planned=weighted_mean(_numbers(rows, "service_planned"), said),
        wait_s=weighted_mean(_numbers(rows, "wait_s"), came),
        wait_planned_s=weighted_mean(_numbers(rows, "wait_planned"), said),
        response_s=weighted_mean(_numbers(rows, "response_s"), came),
        abandonment=_share(abandoned, came),
        backlog=_mean(backlog[~np.isnan(backlog)]),
        backlog_planned=_mean(_numbers(rows, "backlog_planned")[~np.isnan(backlog)]),
        first_contact_resolution=weighted_mean(_numbers(rows, "first_contact_resolution"), came),
        satisfaction=weighted_mean(_numbers(rows, "satisfaction"), came),
    )


def inside(rows: pd.DataFrame, low: str, high: str) -> Numbers:
    """1 where the actual is inside a band and 0 where it is not, for open intervals with a band."""
    came, said = _numbers(rows, "came"), _numbers(rows, "said")
    below, above = _numbers(rows, low), _numbers(rows, high)
    known = (said > 0) & ~np.isnan(below) & ~np.isnan(above)
    return ((came >= below - 1e-9) & (came <= above + 1e-9))[known].astype(np.float64)


def _service(rows: pd.DataFrame, came: Numbers) -> tuple[float | None, How | None]:
    found = weighted_mean(_numbers(rows, "service_measured"), came)
    if found is not None:
        return found, "measured"
    found = weighted_mean(_numbers(rows, "service_expected"), came)
    return found, None if found is None else "expected"


def _numbers(rows: pd.DataFrame, column: str) -> Numbers:
    return rows[column].to_numpy(dtype=float, na_value=np.nan)


def _mean(values: Numbers) -> float | None:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else None


def _share(part: Numbers, whole: Numbers) -> float | None:
    known = ~np.isnan(part)
    total = float(whole[known].sum())
    return float(part[known].sum()) / total if total else None
