"""Several weeks as JSON has them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from reports.english import sentence

if TYPE_CHECKING:
    from reports.metrics.accounts import Account
    from reports.metrics.week import Week
    from reports.weeks.overview import Overview


def plain(made: Overview) -> dict[str, Any]:
    """Return the weeks, the accounts of everybody, broken rules, and weeks that do not follow the one before."""
    return {
        "weeks": [_week(week) for week in made.weeks],
        "people": [
            {
                "agent": each.person.agent,
                "name": each.person.name,
                "contract": each.person.contract,
                "weeks": [_account(account) for account in each.weeks],
                "all": _account(each.total),
            }
            for each in made.people
        ],
        "broken": [
            {"agent": each.agent, "rule": each.rule, "sentence": sentence(each), "price": each.price}
            for each in made.breaches
        ],
        "seams": [{"week": seam.week.isoformat(), "fault": seam.fault} for seam in made.seams],
    }


def _week(week: Week) -> dict[str, Any]:
    roster = week.run.roster
    return {
        "run": week.run.name,
        "week": week.first.isoformat(),
        "cost": round(roster.cost.total, 2),
        "paid": round(week.payroll, 2),
        "bound": round(roster.bound, 2),
        "gap": roster.gap,
        "shortage_h": round(week.shortage_h, 6),
        "paid_h": round(week.paid_h, 6),
        "service": {channel.channel: channel.service_level for channel in week.channels},
    }


def _account(account: Account) -> dict[str, Any]:
    cells = asdict(account)
    agreed = cells.pop("agreed")
    days = {"first": account.first.isoformat(), "last": account.last.isoformat()}
    return {**cells, **days, **agreed, "difference_h": account.difference_h}
