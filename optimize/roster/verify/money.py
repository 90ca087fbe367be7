"""Recount of what the roster costs, hour by hour from the rows of the roster."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from configs.schema import Config, Premium
    from optimize.roster.result import Roster
    from optimize.roster.verify.presence import Duty

CENT = 0.01


def money_faults(config: Config, requirement: pd.DataFrame, roster: Roster, duties: list[Duty]) -> Iterator[Fault]:
    """Differences between the cost told and the cost recounted."""
    wages = premiums = 0.0
    hours = config.plan.interval_s / 3600
    shares: dict[int, float] = {}
    for duty in duties:
        row, rate = duty.row, config.contracts[str(duty.row["contract"])].cost_per_hour * hours
        for moment in duty.starts.tolist():
            if moment not in shares:
                shares[moment] = _premium(config.costs.premiums, datetime.fromtimestamp(moment, config.plan.zone))
        paid = int(duty.paid.sum())
        extra = rate * sum(shares[moment] for moment in duty.starts[duty.paid].tolist())
        wages += rate * paid
        premiums += extra
        for what, value in (("paid_h", paid * hours), ("cost", rate * paid + extra)):
            if abs(row[what] - value) > CENT:
                where = f"roster: agent {row['agent']}, {row['start']}"
                yield Fault(where, f"{what} is {row[what]:g}; the recount says {value:g}")
    cover = roster.coverage
    recounted = {
        "wages": wages,
        "premiums": premiums,
        "shortage": float(cover["shortage"].sum()) * hours * config.costs.shortage_per_hour,
        "excess": float(cover["excess"].sum()) * hours * config.costs.excess_per_hour,
        "late": sum(_late(config, requirement, cover, channel) for channel in config.channels),
    }
    # Hours in tables are exact to six places, and there are thousands of them at the price of an hour.
    dust = 1e-6 * hours * len(cover) * max(config.costs.shortage_per_hour, config.costs.excess_per_hour)
    for name, value in recounted.items():
        told_value = getattr(roster.cost, name)
        if abs(told_value - value) > max(CENT, dust, 1e-6 * abs(value)):
            yield Fault("cost", f"{name} is {told_value:.2f}; the recount says {value:.2f}")
    if roster.bound > roster.cost.total + max(CENT, 1e-6 * roster.cost.total):
        yield Fault("cost", f"{roster.cost.total:.2f} lies below its own bound, {roster.bound:.2f}")


def _premium(premiums: tuple[Premium, ...], moment: datetime) -> float:
    """Premiums of one local moment; hours after midnight belong to the day their span began."""
    share = 0.0
    minute = moment.hour * 60 + moment.minute
    for premium in premiums:
        if premium.span is None:
            hit = moment.weekday() in premium.days
        else:
            today = moment.weekday() in premium.days and premium.span.start <= minute < premium.span.end
            over = (moment.weekday() - 1) % 7 in premium.days and minute < premium.span.end - 1440
            hit = today or over
        share += premium.add * hit
    return share


def _late(config: Config, requirement: pd.DataFrame, cover: pd.DataFrame, channel: str) -> float:
    """Price of late and undone work, from arrivals, due times and work done.

    Work is taken in order of its deadline. Without a stated backlog the week is a circle: it begins with work of last
    week that is due in this one, and may end with as much.
    """
    settings = config.channels[channel]
    if settings.kind != "deferrable":
        return 0.0
    need = requirement[requirement["channel"] == channel].sort_values("start")
    have = cover[cover["channel"] == channel].sort_values("start")
    step, hours = pd.Timedelta(config.plan.interval), config.plan.interval_s / 3600
    arrived, done = need["work_h"].fillna(0.0).to_numpy(dtype=float), have["done_h"].to_numpy(dtype=float)
    ends = pd.DatetimeIndex(need["start"]) + step
    begin = need["start"].iloc[0]
    due = (begin + (need["due"] - begin) // step * step).where(need["work_h"] > 0)
    due = due.where(due.isna() | (due >= need["start"] + step), need["start"] + step)
    backlog = float(have["backlog_h"].iloc[0] + done[0] - arrived[0])
    if settings.backlog is None:
        length = ends[-1] - begin
        inherited = due > ends[-1]
        owed = np.array([float(need["work_h"][inherited & (due - length <= end)].sum()) for end in ends])
        owed += backlog - float(need["work_h"][inherited].sum())
    else:
        first = due.dropna().min()
        owed = np.where(ends >= first, backlog, 0.0)
    owed = owed + np.array([float(need["work_h"][due <= end].sum()) for end in ends])
    late = np.maximum(owed - np.cumsum(done), 0).sum() * hours * config.costs.late_per_hour
    undone = max(0.0, float(arrived.sum() - done.sum()))
    return float(late + undone * config.costs.shortage_per_hour)
