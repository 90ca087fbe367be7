"""Recount of what the roster costs, hour by hour from the rows of the roster."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from configs.errors import Fault
from configs.tables import records
from configs.units import DAY_MINUTES
from forecast.calendar.marks import public_holidays
from optimize.roster.verify.activities import missed_cost
from optimize.roster.verify.changed import changed_cells
from optimize.roster.verify.work import late_hours, missed_share_hours, read_account, terminal_backlog_hours

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from configs.schema import Config, Premium
    from optimize.roster.result import Roster
    from optimize.roster.verify.duty import Duty

CENT = 0.01


def money_faults(config: Config, requirement: pd.DataFrame, roster: Roster, duties: list[Duty]) -> Iterator[Fault]:
    """Differences between the cost reported and the cost recounted."""
    wages = premiums = 0.0
    hours = config.plan.interval_s / 3600
    shares: dict[int, float] = {}
    holidays = _holidays(config, roster)
    for duty in duties:
        row, rate = duty.row, config.contracts[str(duty.row["contract"])].cost_per_hour * hours
        for moment in duty.starts.tolist():
            if moment not in shares:
                shares[moment] = _premium(
                    config.costs.premiums, datetime.fromtimestamp(moment, config.plan.zone), holidays
                )
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
        "shortage": sum(_shortage(config, row) for row in records(cover[cover["shortage"] > 0])) * hours,
        "excess": float(cover["excess"].sum()) * hours * config.costs.excess_per_hour,
        "late": sum(_late(config, requirement, roster, channel) for channel in config.channels),
        "activities": missed_cost(config, roster, duties),
    }
    if roster.people.published is not None:
        recounted["changes"] = changed_cells(roster) * config.roster.change_cost
    # Hours in tables are exact to six places, and there are thousands of them at the price of an hour.
    most_expensive = max(config.costs.shortage_per_hour, *(tier.per_hour for tier in config.costs.shortage_tiers), 0.0)
    dust = 1e-6 * hours * len(cover) * max(most_expensive, config.costs.excess_per_hour)
    for name, value in recounted.items():
        reported = getattr(roster.cost, name)
        if abs(reported - value) > max(CENT, dust, 1e-6 * abs(value)):
            yield Fault("cost", f"{name} is {reported:.2f}; the recount says {value:.2f}")
    # A working day given up is no roster of the kind the bound is for: its wages are saved.
    if not roster.left_out and roster.bound > roster.cost.total + max(CENT, 1e-6 * roster.cost.total):
        yield Fault("cost", f"{roster.cost.total:.2f} is below its own bound, {roster.bound:.2f}")


def _shortage(config: Config, row: dict[str, Any]) -> float:
    """Price of an hour of one row's understaffing: each slice of the missing people at the price of its tier."""
    required, staffed, costs = float(row["required"]), float(row["staffed"]), config.costs
    channel = config.channels[str(row["channel"])]
    if channel.kind == "deferrable" or not costs.shortage_tiers:
        return float(row["shortage"]) * costs.shortage_per_hour
    most_expensive = max(tier.per_hour for tier in costs.shortage_tiers)
    marks = sorted(
        {staffed, required, min(channel.minimum, required), *(t.below * required for t in costs.shortage_tiers)}
    )
    price = 0.0
    for low, high in pairwise(mark for mark in marks if staffed <= mark <= required):
        middle = (low + high) / 2
        tiers = [tier.per_hour for tier in costs.shortage_tiers if middle < tier.below * required]
        rate = most_expensive if middle < channel.minimum else max([costs.shortage_per_hour, *tiers])
        price += (high - low) * rate
    return price


def _holidays(config: Config, roster: Roster) -> frozenset[date]:
    """Public holidays of the days on which somebody works, and of the days before; none where no premium asks."""
    if roster.table.empty or not any(premium.days.holidays for premium in config.costs.premiums):
        return frozenset()
    days = sorted(day for row in records(roster.table) for day in _local_days(config, row))
    first = days[0] - timedelta(days=1)
    return public_holidays(config, first, (days[-1] - first).days + 1)


def _local_days(config: Config, row: dict[str, Any]) -> tuple[date, date]:
    return row["start"].tz_convert(config.plan.zone).date(), row["end"].tz_convert(config.plan.zone).date()


def _premium(premiums: tuple[Premium, ...], moment: datetime, holidays: frozenset[date]) -> float:
    """Premiums of one local moment, whatever day its shift belongs to; after midnight a span is of the day it began."""
    share = 0.0
    minute = moment.hour * 60 + moment.minute
    day = moment.date()
    for premium in premiums:
        if premium.span is None:
            hit = _is_paid(premium, day, holidays)
        else:
            today = _is_paid(premium, day, holidays) and premium.span.start <= minute < premium.span.end
            before = day - timedelta(days=1)
            hit = today or (minute < premium.span.end - DAY_MINUTES and _is_paid(premium, before, holidays))
        share += premium.add * hit
    return share


def _is_paid(premium: Premium, day: date, holidays: frozenset[date]) -> bool:
    """Whether a premium is paid on a local day."""
    return day.weekday() in premium.days.weekdays or (premium.days.holidays and day in holidays)


def _late(config: Config, requirement: pd.DataFrame, roster: Roster, channel: str) -> float:
    """Price of late work and terminal backlog, from arrivals, due times and work done."""
    account = read_account(config, requirement, roster, channel)
    if account is None:
        return 0.0
    return (
        late_hours(account) * config.costs.late_per_hour
        + (terminal_backlog_hours(account) + missed_share_hours(account)) * config.costs.shortage_per_hour
    )
