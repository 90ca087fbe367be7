"""What needs attention this week: few sentences, the weightiest first. Numbers of the week in, words out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from reports import words
from reports.findings import MOST_NAMES, SURE, promise, shortage
from reports.numbers.people import idle

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from optimize.roster.result import Shortfall
    from optimize.simulation.result import Promise
    from reports.numbers.channels import ChannelWeek
    from reports.numbers.people import Person
    from reports.numbers.week import Week

MOST = 6
"""Sentences beyond these are left to the sections that tell them."""
HELD = 0.70
"""An 80 % band that held less than this share of the past is too narrow to plan by."""
LEAST_SHORT_H = 0.25
"""Agent-hours short below this are not worth a sentence of their own."""


class Weight(IntEnum):
    """How grave a matter is; what touches customers comes before what touches money, that before the rest."""

    MISSED = 6
    UNSURE = 5
    LATE = 4
    SHORT = 3
    PROOF = 2
    RECORD = 1
    PEOPLE = 0


@dataclass(frozen=True)
class Matter:
    """One sentence with its weight, its size among those of like weight, and where the page tells more.

    `at` is a section or a channel of the page, `day` the day to look at, `link` the words that lead there.
    """

    sentence: str
    weight: Weight
    size: float
    at: str
    link: str
    day: date | None = None

    @property
    def grave(self) -> bool:
        """Whether customers feel it."""
        return self.weight >= Weight.SHORT

    @property
    def address(self) -> str:
        """Where the page tells more: ``#roster``, ``#day=2026-12-06&at=c0``."""
        return f"#day={self.day.isoformat()}&at={self.at}" if self.day else f"#{self.at}"


def attention(week: Week) -> tuple[Matter, ...]:
    """Choose what a planner should look at first; nothing where all is well."""
    return matters(week)[:MOST]


def matters(week: Week) -> tuple[Matter, ...]:
    """Everything that needs attention, the most serious first."""
    found = [matter for number, channel in enumerate(week.channels) for matter in _channel(channel, week, f"c{number}")]
    found += [*_proof(week), *_record(week), *_people(week)]
    return tuple(sorted(found, key=lambda matter: (-matter.weight, -matter.size)))


def _channel(channel: ChannelWeek, week: Week, at: str) -> Iterator[Matter]:
    given, link = channel.service_level, f"See {channel.channel}"
    if channel.kept is False and given is not None:
        yield Matter(promise(channel), Weight.MISSED, channel.target - given, at, link)
    elif channel.promise is not None and channel.promise.probability < SURE:
        yield Matter(unsure(channel.promise), Weight.UNSURE, 1 - channel.promise.probability, at, link)
    elif channel.work and channel.work.late_h:
        yield Matter(promise(channel), Weight.LATE, channel.work.late_h, at, link)
    if channel.shortage_h >= LEAST_SHORT_H:
        worst = _worst(channel, week)
        day = (worst or max(channel.spells, key=lambda spell: spell.agent_h)).start.date()
        link = f"See {channel.channel} on {words.DAYS[day.weekday()]}"
        yield Matter(_short(channel, week), Weight.SHORT, channel.shortage_h, at, link, day)


def _worst(channel: ChannelWeek, week: Week) -> Shortfall | None:
    """Return the span with most agent-hours short whose reason is known."""
    return next((one for one in week.run.roster.shortfalls if one.channel == channel.channel), None)


def _short(channel: ChannelWeek, week: Week) -> str:
    """Tell when a channel is short of people, the worst span with its reason where the roster knows it."""
    worst = _worst(channel, week)
    if worst is None:
        return shortage(channel, week.run.horizon.interval_min)
    times = words.count(channel.short_intervals, *words.interval_noun(week.run.horizon.interval_min))
    missing = words.count(channel.shortage_h, "agent-hour")
    most = words.count(worst.most, "agent")
    return (
        f"{words.title(channel.channel)} is short in {times}, {missing} in all; "
        f"most on {words.span(worst.start, worst.end)} (up to {most}): {worst.reason}."
    )


def unsure(told: Promise) -> str:
    """Tell that a promise kept on average may well be missed, and what would make it surer."""
    risk = words.percent(1 - told.probability, 0)
    sentence = (
        f"{words.title(told.channel)} keeps its promise of {told.promise} on average, "
        f"but misses it with a probability of {risk}"
    )
    if told.cushion_h > 0:
        sentence += f"; {words.hours(told.cushion_h)} more at it would make that {words.percent(1 - SURE, 0)}"
    return sentence + "."


def _proof(week: Week) -> Iterator[Matter]:
    roster, currency = week.run.roster, week.run.config.plan.currency
    if roster.gap is None or roster.gap <= week.run.config.roster.gap or roster.status == "optimal":
        return
    apart = roster.cost.total - roster.bound
    sentence = (
        f"The roster may cost up to {words.money(apart, currency)} ({words.percent(roster.gap)}) more than the "
        f"cheapest{roster.scope}; the search was to come within {words.percent(week.run.config.roster.gap, 2)}."
    )
    yield Matter(sentence, Weight.PROOF, apart, "cost", "See the cost")


def _record(week: Week) -> Iterator[Matter]:
    for one in week.run.forecast.accuracy:
        name = words.title(one.channel)
        if one.is_biased:
            side = "high" if one.bias > 0 else "low"
            sentence = (
                f"{name}: on past weeks the forecast was {words.percent(abs(one.bias))} too {side}, "
                f"more than chance explains (standard error {words.percent(one.bias_error or 0.0)})."
            )
            yield Matter(sentence, Weight.RECORD, abs(one.bias), "record", "See the record")
        if one.naive_wape > 0 and one.wape > one.naive_wape:
            sentence = (
                f"{name}: last week repeated would have been nearer than the forecast on the past "
                f"({words.percent(one.naive_wape)} off against {words.percent(one.wape)})."
            )
            yield Matter(sentence, Weight.RECORD, one.wape - one.naive_wape, "record", "See the record")
        elif one.covered_80 < HELD:
            sentence = f"{name}: the 80% band held only {words.percent(one.covered_80, 0)} of the past; plan with room."
            yield Matter(sentence, Weight.RECORD, HELD - one.covered_80, "record", "See the record")


def _people(week: Week) -> Iterator[Matter]:
    spare = idle(week.people, week.run.horizon.days)
    if spare:
        sentence = f"{words.count(len(spare), 'person', 'people')} without a shift: {_names(spare)}."
        yield Matter(sentence, Weight.PEOPLE, len(spare), "roster", "See the roster")
    refused = sum(not wish.granted for wish in week.wishes)
    if refused:
        asked = words.count(len(week.wishes), "wish", "wishes")
        yield Matter(f"{refused} of {asked} could not be granted.", Weight.PEOPLE, refused, "wishes", "See the wishes")


def _names(people: Sequence[Person]) -> str:
    return words.listed([person.name for person in people], MOST_NAMES)
