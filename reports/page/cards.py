"""The cards at the top: the few numbers a manager looks for first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports import formatting

if TYPE_CHECKING:
    from reports.findings import Mark
    from reports.metrics.week import Week


@dataclass(frozen=True)
class Card:
    """One number with what it is and a line below it."""

    label: str
    value: str
    below: str
    mark: Mark = "plain"


def cards(week: Week) -> tuple[Card, ...]:
    """Choose the cards of the week."""
    return (_cost(week), _targets(week), _shortage(week), _hours(week), _proof(week), *_wishes(week))


def _cost(week: Week) -> Card:
    cost, currency = week.run.roster.cost, week.run.config.plan.currency
    return Card(
        "Cost of the week",
        formatting.money(week.payroll, currency),
        f"including {formatting.money(cost.premiums, currency)} premiums",
    )


def _targets(week: Week) -> Card:
    kept, judged = week.kept, week.judged
    missed = [channel.channel for channel in judged if not channel.kept]
    below = f"missed: {formatting.listed(missed)}" if missed else _least_sure(week) if judged else "no contacts"
    return Card(
        "Service targets met",
        f"{len(kept)} of {len(judged)}",
        below,
        "bad" if missed else "good" if judged else "plain",
    )


def _least_sure(week: Week) -> str:
    service_targets = week.run.replay.service_targets if week.run.replay else ()
    if not service_targets:
        return "every channel"
    least = min(service_targets, key=lambda one: (one.probability, one.low))
    if least.probability >= 1:
        return "every channel, in every simulated week"
    return f"lowest probability: {least.channel}, {formatting.percent(least.probability, 0)}"


def _shortage(week: Week) -> Card:
    short = [channel for channel in week.channels if channel.short_intervals]
    required = sum(channel.required_h for channel in week.channels)
    if not short:
        return Card("Understaffed", "0 h", "no interval", "good")
    share = f"{formatting.percent(week.shortage_h / required, 2)} of the requirement" if required else ""
    return Card("Understaffed", formatting.hours(week.shortage_h), share, "bad")


def _hours(week: Week) -> Card:
    working = sum(1 for person in week.people if person.shifts)
    return Card(
        "Paid hours", formatting.number(week.paid_h), f"{working} people, {formatting.count(len(week.shifts), 'shift')}"
    )


def _proof(week: Week) -> Card:
    roster = week.run.roster
    if roster.status == "optimal":
        return Card("Gap to the bound", "0%", "proven optimal")
    if roster.gap is None:
        return Card("Gap to the bound", roster.gap_text, "working days were given up")
    below = {
        "time limit": "stopped at the time limit",
        "interrupted": "search interrupted",
        "no better found": "no cheaper roster found",
    }
    proven = "proven, each channel staffed separately" if roster.apart else "proven"
    return Card("Gap to the bound", formatting.percent(roster.gap, 2), below.get(roster.status, proven))


def _wishes(week: Week) -> tuple[Card, ...]:
    if not week.wishes:
        return ()
    granted = sum(wish.granted for wish in week.wishes)
    return (
        Card("Wishes granted", f"{granted} of {len(week.wishes)}", formatting.percent(granted / len(week.wishes), 0)),
    )
