"""What needs attention this week, in a few sentences, the most serious first."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from reports import formatting
from reports.english.span_targets import missed
from reports.findings import SPANS, SURE, broken_rules, buffer, not_needed, promise, shortage
from reports.metrics.people import idle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from optimize.roster.result import Shortfall
    from optimize.simulation.result import TargetProbability
    from reports.metrics.channels import ChannelWeek
    from reports.metrics.week import Week

MOST = 6
"""Sentences beyond these are left to their own sections."""
HELD = 0.70
"""An 80% band that covered less than this share of past intervals is too narrow to plan with."""
LEAST_SHORT_H = 0.25
"""Understaffing below this many agent-hours gets no sentence of its own."""


class Severity(IntEnum):
    """How serious a matter is: rules about people come first, then customers, money, and the rest."""

    RULES = 7
    MISSED = 6
    UNSURE = 5
    LATE = 4
    SHORT = 3
    PROOF = 2
    RECORD = 1
    PEOPLE = 0


@dataclass(frozen=True)
class Alert:
    """One sentence with its weight, its size among those of equal weight, and where the page says more.

    `at` is a section or a channel of the page, `day` the day to look at, `link` the words that lead there.
    """

    sentence: str
    weight: Severity
    size: float
    at: str
    link: str
    day: date | None = None

    @property
    def grave(self) -> bool:
        """Whether customers feel it, or a rule about people is broken."""
        return self.weight >= Severity.SHORT

    @property
    def address(self) -> str:
        """Where the page says more: ``#roster``, ``#day=2026-12-06&at=c0``."""
        return f"#day={self.day.isoformat()}&at={self.at}" if self.day else f"#{self.at}"


def attention(week: Week) -> tuple[Alert, ...]:
    """Choose what a planner should look at first; nothing where all is well."""
    return matters(week)[:MOST]


def matters(week: Week) -> tuple[Alert, ...]:
    """Everything that needs attention, the most serious first."""
    found = [alert for number, channel in enumerate(week.channels) for alert in _channel(channel, week, f"c{number}")]
    found += [*_rules(week), *_spans(week), *_proof(week), *_record(week), *_people(week)]
    return tuple(sorted(found, key=lambda alert: (-alert.weight, -alert.size)))


def _channel(channel: ChannelWeek, week: Week, at: str) -> Iterator[Alert]:
    given, link = channel.service_level, f"See {channel.channel}"
    if channel.kept is False and given is not None:
        yield Alert(promise(channel), Severity.MISSED, channel.target - given, at, link)
    elif channel.promise is not None and channel.over == "interval" and channel.promise.probability < SURE:
        yield Alert(
            unsure(channel.promise, channel.promised), Severity.UNSURE, 1 - channel.promise.probability, at, link
        )
    elif channel.work and channel.work.late_h:
        yield Alert(promise(channel), Severity.LATE, channel.work.late_h, at, link)
    if channel.shortage_h >= LEAST_SHORT_H:
        worst = _worst(channel, week)
        day = (worst or max(channel.periods, key=lambda period: period.agent_h)).start.date()
        link = f"See {channel.channel} on {formatting.DAYS[day.weekday()]}"
        yield Alert(_short(channel, week), Severity.SHORT, channel.shortage_h, at, link, day)


def _spans(week: Week) -> Iterator[Alert]:
    """Targets over a day or a week that are met less often than asked."""
    at = {channel.channel: f"c{number}" for number, channel in enumerate(week.channels)}
    for each in week.targets:
        if each.missed:
            apart = each.sure - min(day.probability for day in each.missed)
            yield Alert(missed(each), Severity.UNSURE, apart, at.get(each.name, "targets"), f"See {each.name}")


def _rules(week: Week) -> Iterator[Alert]:
    """Rules about people that the roster breaks, in one sentence."""
    sentence = broken_rules(week.notes)
    if sentence:
        yield Alert(sentence, Severity.RULES, 1.0, "roster", "See the roster")


def _worst(channel: ChannelWeek, week: Week) -> Shortfall | None:
    """Return the span with the most agent-hours missing whose reason is known."""
    return next((one for one in week.run.roster.shortfalls if one.channel == channel.channel), None)


def _short(channel: ChannelWeek, week: Week) -> str:
    """Say when a channel is understaffed, with the worst span and its reason where the roster knows it."""
    worst = _worst(channel, week)
    if worst is None:
        return shortage(channel, week.run.horizon.interval_min)
    times = formatting.count(channel.short_intervals, *formatting.interval_noun(week.run.horizon.interval_min))
    missing = formatting.count(channel.shortage_h, "agent-hour")
    most = formatting.count(worst.most, "agent")
    return (
        f"{formatting.title(channel.channel)} is understaffed in {times}, {missing} in total; "
        f"worst {formatting.span(worst.start, worst.end)} (up to {most}): {worst.reason}."
    )


def unsure(record: TargetProbability, target: str) -> str:
    """Say that a target met on average may be missed, and which buffer hours would help."""
    sentence = (
        f"{formatting.title(record.channel)} meets {target} on average, "
        f"but{SPANS[record.over]} only in {formatting.percent(record.probability, 0)} of simulated weeks."
    )
    return f"{sentence} {buffer(record.cushion_h)}" if record.cushion_h > 0 else sentence


def _proof(week: Week) -> Iterator[Alert]:
    roster, currency = week.run.roster, week.run.config.plan.currency
    if roster.gap is None or roster.gap <= week.run.config.roster.gap or roster.status == "optimal":
        return
    apart = roster.cost.total - roster.bound
    sentence = (
        f"Gap {formatting.percent(roster.gap, 2)}, "
        f"target {formatting.percent(week.run.config.roster.gap, 2)}: the roster may "
        f"cost up to {formatting.money(apart, currency)} more than the cheapest{roster.scope}."
    )
    yield Alert(sentence, Severity.PROOF, apart, "cost", "See the cost")


def _record(week: Week) -> Iterator[Alert]:
    for one in week.run.forecast.accuracy:
        name = formatting.title(one.channel)
        if one.is_biased:
            side = "high" if one.bias > 0 else "low"
            sentence = (
                f"{name}: the forecast was {formatting.percent(abs(one.bias))} too {side} on past weeks, "
                f"more than chance explains (standard error {formatting.percent(one.bias_error or 0.0)})."
            )
            yield Alert(sentence, Severity.RECORD, abs(one.bias), "record", "See forecast accuracy")
        if one.naive_wape > 0 and one.wape > one.naive_wape:
            sentence = (
                f"{name}: repeating the previous week would have beaten the forecast on past weeks "
                f"(error {formatting.percent(one.naive_wape)} compared with {formatting.percent(one.wape)})."
            )
            yield Alert(sentence, Severity.RECORD, one.wape - one.naive_wape, "record", "See forecast accuracy")
        elif one.covered_80 < HELD:
            held = formatting.percent(one.covered_80, 0)
            sentence = f"{name}: the 80% band covered only {held} of past intervals; plan with a margin."
            yield Alert(sentence, Severity.RECORD, HELD - one.covered_80, "record", "See forecast accuracy")


def _people(week: Week) -> Iterator[Alert]:
    spare = idle(week.people, week.run.horizon.days)
    if spare:
        yield Alert(not_needed(week), Severity.PEOPLE, len(spare), "roster", "See the roster")
    refused = sum(not wish.granted for wish in week.wishes)
    if refused:
        asked = formatting.count(len(week.wishes), "wish", "wishes")
        yield Alert(f"{refused} of {asked} could not be granted.", Severity.PEOPLE, refused, "wishes", "See the wishes")
