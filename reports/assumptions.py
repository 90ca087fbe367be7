"""The assumptions of the plan in words: the settings a reader of the report needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from configs.units import WEEKDAYS, OpeningHours
from reports import formatting
from reports.english.targets import kept_over
from reports.metrics.channels import time_allowed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from configs.schema import Channel, Config, Contract, DeferrableChannel, Premium
    from reports.run import Run

DEFINITIONS = {
    "offered": "all contacts offered, including those who gave up",
    "answered": "answered contacts only",
    "abandon-ok": "contacts answered in time or given up within that time",
    "exclude-short": "contacts offered, except those who gave up within that time",
    "virtual": "contacts as if nobody gave up (virtual wait)",
}


@dataclass(frozen=True)
class Assumption:
    """One setting in words, under the heading it belongs to."""

    group: str
    setting: str
    value: str


def assumptions(run: Run) -> tuple[Assumption, ...]:
    """List the assumptions: staffing, channels, contracts, costs, search."""
    config = run.config
    return (
        *_staffing(config),
        *(
            Assumption(f"Channel {name}", *pair)
            for name, channel in config.channels.items()
            for pair in _channel(name, channel, config)
        ),
        *(
            Assumption(f"Contract {name}", *pair)
            for name, contract in config.contracts.items()
            for pair in _contract(contract, config)
        ),
        *_costs(config),
        Assumption("Search", "Stops", _search(config)),
    )


def _search(config: Config) -> str:
    limit = formatting.duration(config.roster.time_limit)
    return f"at a gap of {formatting.percent(config.roster.gap, 2)} to the proven bound, or after {limit}"


def _staffing(config: Config) -> Iterator[Assumption]:
    risk = config.staffing.risk
    mean = "the mean forecast" if isinstance(risk, str) else f"{formatting.percent(risk)} of weeks"
    yield Assumption("Staffing", "Planned for", mean)
    yield Assumption(
        "Staffing", "Unplanned absence", f"{formatting.percent(config.staffing.absence)} of the people rostered"
    )
    yield Assumption("Staffing", "Service level counts", DEFINITIONS[config.staffing.service_level])


def _channel(name: str, channel: Channel, config: Config) -> Iterator[tuple[str, str]]:
    yield "Kind", channel.kind
    yield "Open", _open(channel)
    if channel.kind == "deferrable":
        yield "Work hours", _worked(channel, config)
    yield "Service target", _promise(channel)
    if words := kept_over(config, name):
        yield "Target kept", words
    yield "Maximum occupancy", formatting.percent(channel.max_occupancy)
    if channel.minimum:
        yield "Minimum staff", formatting.count(channel.minimum, "agent")
    if channel.kind == "deferrable":
        return
    yield "Patience", formatting.duration(channel.patience) + " on average" if channel.patience else "nobody gives up"
    if channel.kind == "concurrent":
        yield "Concurrency", f"up to {channel.slots} conversations per agent"


def _open(channel: Channel) -> str:
    """Opening hours; a channel with a time zone of its own names it."""
    closed = ", not on public holidays" if channel.closed_on_holidays else ""
    where = f" ({channel.timezone} time)" if channel.timezone else ""
    return opening(channel.open) + where + closed


def _worked(channel: DeferrableChannel, config: Config) -> str:
    """Hours in which the work of a channel may be done."""
    if channel.worked is not None:
        return opening(channel.worked) + (", not on public holidays" if channel.closed_on_holidays else "")
    if all(each.kind == "deferrable" for each in config.channels.values()):
        return "while it is open"
    return "while live channels are staffed" + (", and while it is open" if channel.states_open else "")


def _promise(channel: Channel) -> str:
    target = channel.target
    if channel.kind == "deferrable":
        return f"{formatting.percent(target.share)} finished within {time_allowed(channel)}"
    parts = [f"{formatting.percent(target.share)} answered within {formatting.duration(target.within)}"]
    if channel.target.asa:
        parts.append(f"mean wait at most {formatting.duration(channel.target.asa)}")
    if channel.target.abandonment is not None:
        parts.append(f"abandonment at most {formatting.percent(channel.target.abandonment)}")
    if channel.kind == "concurrent" and channel.target.response:
        parts.append(f"mean response at most {formatting.duration(channel.target.response)}")
    return ", ".join(parts)


def _contract(contract: Contract, config: Config) -> Iterator[tuple[str, str]]:
    for shift in contract.shifts:
        starts = str(shift.start) if shift.start.first != shift.start.last else str(shift.start).partition("-")[0]
        break_types = [
            f"{formatting.duration(break_type.length)}{' paid' if break_type.paid else ''}"
            for break_type in contract.breaks_of(shift)
        ]
        begin, breaks = starts.replace("-", "–"), formatting.listed(break_types) or "none"
        if break_types and contract.break_gap:
            breaks += f", at least {formatting.duration(contract.break_gap)} apart and from both ends of the shift"
        yield "Shift", f"{formatting.duration(shift.length)}, starting {begin}; breaks {breaks}"
    rest = formatting.duration(contract.rest)
    yield "Week", f"{contract.days_per_week} days, days off {contract.days_off}, {rest} rest between shifts"
    yield "Cost", f"{formatting.money(contract.cost_per_hour, config.plan.currency, 2)} per paid hour"


def _costs(config: Config) -> Iterator[Assumption]:
    currency = config.plan.currency
    yield Assumption(
        "Costs", "One agent understaffed", f"{formatting.money(config.costs.shortage_per_hour, currency, 2)} per hour"
    )
    for tier in config.costs.shortage_tiers:
        price = f"{formatting.money(tier.per_hour, currency, 2)} per hour"
        yield Assumption(
            "Costs", f"One agent understaffed, below {formatting.percent(tier.below)} of the requirement", price
        )
    if config.costs.excess_per_hour:
        yield Assumption(
            "Costs", "One agent overstaffed", f"{formatting.money(config.costs.excess_per_hour, currency, 2)} per hour"
        )
    for premium in config.costs.premiums:
        yield Assumption(
            "Costs", f"Premium {premium.name}", f"{formatting.percent(premium.add)} more, {_when(premium)}"
        )


def _when(premium: Premium) -> str:
    weekdays = premium.days.weekdays
    named = ["every day"] if len(weekdays) == 7 else [formatting.DAYS[day] for day in weekdays]
    days = formatting.listed([*named, *(["public holidays"] if premium.days.holidays and len(weekdays) < 7 else [])])
    return f"{days} {str(premium.span).replace('-', '–')}" if premium.span else days


def opening(hours: OpeningHours) -> str:
    """Write opening hours, grouping equal days: ``Mon–Fri 07:00–22:00, Sat 09:00–18:00, Sun closed``."""
    if str(hours) == "daily 00:00-24:00":
        return "24 hours a day"
    texts = [", ".join(str(span).replace("-", "–") for span in spans) or "closed" for spans in hours.spans]
    groups: list[tuple[int, int]] = []
    for number in range(len(WEEKDAYS)):
        if groups and texts[groups[-1][0]] == texts[number]:
            groups[-1] = (groups[-1][0], number)
        else:
            groups.append((number, number))
    if len(groups) == 1:
        return f"daily {texts[0]}"
    names = [
        formatting.DAYS[first] if first == last else f"{formatting.DAYS[first]}–{formatting.DAYS[last]}"
        for first, last in groups
    ]
    return ", ".join(f"{name} {texts[first]}" for name, (first, _) in zip(names, groups, strict=True))
