"""The section on targets over a day or a week: how likely, where weakest, what more costs, how the plan was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports import formatting
from reports.document.listing import NOTHING
from reports.english import span_targets as words
from reports.english.served import differences
from reports.page.daily import NEAR, Cell, DailyRow

if TYPE_CHECKING:
    from optimize.roster.rounds import Round
    from optimize.simulation.result import Busier
    from reports.findings import Mark
    from reports.metrics.served import Served
    from reports.metrics.targets import Met, SpanTarget
    from reports.metrics.week import Week

KINDS = {"relaxed": "without whole people", "whole": "whole people"}
"""What the plan of a round was made of."""


@dataclass(frozen=True)
class TargetLine:
    """One target; texts are ready to show."""

    name: str
    asked: str
    sure: str
    likely: str
    span: str
    mark: Mark
    worst_day: str
    worst_hour: str
    floor: str
    point: str
    busier: tuple[str, ...]


@dataclass(frozen=True)
class ServedLine:
    """A channel's contacts in time over the week, three ways."""

    channel: str
    formula: str
    corrected: str
    simulated: str


@dataclass(frozen=True)
class RoundLine:
    """One round of the loop."""

    number: int
    plan: str
    cost: str
    bound: str
    least: str
    mean: str
    chosen: bool


@dataclass(frozen=True)
class TargetsView:
    """Everything the section shows; `factors` are the heads of the busier weeks, such as ``+5%``."""

    lines: tuple[TargetLine, ...]
    days: tuple[DailyRow, ...]
    served: tuple[ServedLine, ...]
    rounds: tuple[RoundLine, ...]
    factors: tuple[str, ...]
    sentences: tuple[str, ...]
    differences: tuple[str, ...]


def targets_view(week: Week) -> TargetsView | None:
    """Make the section; None where every interval is planned separately."""
    found, roster, currency = week.targets, week.run.roster, week.run.config.plan.currency
    if not found:
        return None
    factors = factors_of(found)
    saving = words.by_interval(roster, currency)
    return TargetsView(
        lines=tuple(_line(each, factors, currency) for each in found),
        days=tuple(_days(each, week) for each in found if each.days),
        served=tuple(_served(each) for each in week.served),
        rounds=tuple(_round(each, currency) for each in roster.rounds),
        factors=tuple(formatting.change(factor - 1) for factor in factors),
        sentences=(*([saving] if saving else []), *words.meant(found)),
        differences=differences(week.served),
    )


def factors_of(found: tuple[SpanTarget, ...]) -> tuple[float, ...]:
    """Volumes over the forecast that were simulated, the least first."""
    return tuple(sorted({one.factor for each in found for one in each.busier}))


def _line(target: SpanTarget, factors: tuple[float, ...], currency: str) -> TargetLine:
    likely, worst, hour = target.met, target.worst_day, target.worst_hour
    return TargetLine(
        name=formatting.title(target.name),
        asked=words.asked(target),
        sure=formatting.percent(target.sure, 0),
        likely=formatting.percent(likely.probability, 0) if likely else NOTHING,
        span=_interval(likely) if likely else "",
        mark="plain" if likely is None else "bad" if target.missed else "good",
        worst_day=f"{formatting.day(worst.day)}, {formatting.percent(worst.probability, 0)}"
        if worst and worst.day
        else NOTHING,
        worst_hour=f"{formatting.day(hour.start)} {formatting.clock(hour.start)}, {formatting.percent(hour.share, 0)}"
        if hour
        else NOTHING,
        floor=NOTHING if target.floor is None else formatting.percent(target.floor, 0),
        point=NOTHING if target.point_cost is None else formatting.money(target.point_cost, currency),
        busier=tuple(_at(target.busier, factor) for factor in factors),
    )


def _interval(one: Met) -> str:
    return f"{formatting.number(100 * one.low, 0)}–{formatting.percent(one.high, 0)}"


def _at(busier: tuple[Busier, ...], factor: float) -> str:
    found = next((one for one in busier if one.factor == factor), None)
    return formatting.percent(found.probability, 0) if found else NOTHING


def _days(target: SpanTarget, week: Week) -> DailyRow:
    keys = {channel.channel: f"c{number}" for number, channel in enumerate(week.channels)}
    at = keys.get(target.name, "targets")
    by_date = {each.day: each for each in target.days}
    cells = [_cell(by_date[day], target, at) if day in by_date else Cell("closed", "", "") for day in week.days]
    return DailyRow(formatting.title(target.name), tuple(cells))


def _cell(met: Met, target: SpanTarget, at: str) -> Cell:
    """A day's probability; only a target over the day is judged by it."""
    below = target.sure - met.probability
    look = "" if target.over != "day" else "kept" if below <= 1e-9 else "near" if below <= NEAR else "missed"
    address = "" if met.day is None else f"#day={met.day.isoformat()}&at={at}"
    return Cell(formatting.percent(met.probability, 0), look, address)


def _served(one: Served) -> ServedLine:
    seen = one.simulated
    span = f"{formatting.percent_down(max(0.0, seen.sl_low))}–{formatting.percent_down(min(1.0, seen.sl_high))}"
    return ServedLine(
        formatting.title(one.channel),
        NOTHING if one.formula is None else formatting.percent_down(one.formula, aligned=True),
        NOTHING if one.corrected is None else formatting.percent_down(one.corrected, aligned=True),
        f"{formatting.percent_down(seen.service_level, aligned=True)} ({span})",
    )


def _round(one: Round, currency: str) -> RoundLine:
    return RoundLine(
        one.number,
        KINDS[one.kind],
        formatting.money(one.cost, currency),
        formatting.money(one.bound, currency),
        formatting.percent(one.least, 0),
        formatting.percent(one.mean, 0),
        one.chosen,
    )
