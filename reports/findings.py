"""The week at a glance, in sentences. Plain functions: numbers of the week in, words out; no markup, no colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from reports import words
from reports.numbers.people import away, idle
from reports.numbers.work import NOISE_H

if TYPE_CHECKING:
    from optimize.roster.result import Changes, LimitHit
    from optimize.simulation.result import Promise
    from reports.numbers.channels import ChannelWeek, Spell
    from reports.numbers.lateness import Lateness
    from reports.numbers.week import Week
    from reports.numbers.work import Work

Mark = Literal["good", "bad", "plain"]
SURE = 0.9
"""Probability for which the replay tells the hours to add."""
MOST_SPELLS = 3
MOST_NAMES = 4


@dataclass(frozen=True)
class Finding:
    """One sentence, and whether it is good news, bad news or neither."""

    sentence: str
    mark: Mark = "plain"


def findings(week: Week) -> tuple[Finding, ...]:
    """Tell the week: cost, promises, shortage, proof, people, wishes."""
    told = [Finding(cost(week))]
    for channel in week.channels:
        told.append(Finding(promise(channel), _mark(channel.kept)))
        if channel.short_intervals:
            told.append(Finding(shortage(channel, week.run.horizon.interval_min), "bad"))
    told += [Finding(likely(each.promise, each.promised)) for each in week.channels if each.promise]
    if not any(channel.short_intervals for channel in week.channels):
        told.append(Finding("No interval is short of people.", "good"))
    told.append(Finding(proof(week), "good" if week.run.roster.status in {"optimal", "within gap"} else "plain"))
    if week.run.roster.could_be_better:
        told.append(Finding(limits_hit(week.run.roster.could_be_better)))
    told.append(Finding(staff(week)))
    told += [Finding(sentence) for sentence in (not_needed(week), on_leave(week)) if sentence]
    if week.run.roster.changes is not None:
        told.append(Finding(changed(week.run.roster.changes)))
    if week.run.config.roster.fairness and week.shifts:
        told.append(Finding(shared(week)))
    if week.wishes:
        told.append(Finding(wishes(week)))
    return tuple(told)


def changed(changes: Changes) -> str:
    """Tell what differs from the roster people were told before."""
    lost = f"{words.count(changes.unavoidable, 'shift')} could not be kept, since people are away or gone"
    if not changes.cells:
        sentence = "Against the published roster nobody's week changes"
    else:
        who = words.count(changes.people, "person has", "people have")
        sentence = f"Against the published roster {who} another week"
        sentence += f", {words.count(changes.cells, 'cell')} of agents and shifts changed"
    return f"{sentence}; {lost}." if changes.unavoidable else f"{sentence}."


def shared(week: Week) -> str:
    """Tell how nights and weekends are shared among those who work any."""
    from optimize.roster.persons.fairness import worked_burdens

    counts = worked_burdens(week.run.roster.schedule).values()
    parts = []
    for name in ("nights", "weekends"):
        some = [int(getattr(each, name)) for each in counts if getattr(each, name)]
        one, many = ("night", "nights") if name == "nights" else ("weekend shift", "weekend shifts")
        if some:
            who = words.count(len(some), "person works", "people work")
            span = str(some[0]) if min(some) == max(some) else f"{min(some)} to {max(some)}"
            parts.append(f"{who} {span} {one if span == '1' else many}")
        else:
            parts.append(f"nobody works {many}")
    told = ", ".join(parts)
    return f"{told[:1].upper()}{told[1:]}."


def missed_targets(week: Week) -> tuple[Finding, ...]:
    """Service targets missed and working days given up, a sentence each: what makes ``--strict`` leave with 3."""
    missed = [Finding(promise(channel), "bad") for channel in week.channels if channel.kept is False]
    given_up = week.run.roster.given_up
    return (*missed, *([Finding(f"{given_up}.", "bad")] if given_up else []))


def _mark(kept: bool | None) -> Mark:  # noqa: FBT001 - three answers, not a switch
    return "plain" if kept is None else "good" if kept else "bad"


def cost(week: Week) -> str:
    """Tell what the week costs, and what the program counted on top that is paid to nobody."""
    parts, currency = week.run.roster.cost, week.run.config.plan.currency
    sentence = f"The week costs {words.money(week.payroll, currency)}: {words.money(parts.wages, currency)} wages"
    sentence += f" and {words.money(parts.premiums, currency)} premiums" if parts.premiums >= 0.5 else ", no premiums"
    if week.paid_h:
        sentence += f", for {words.hours(week.paid_h)} paid"
    priced = [
        f"{words.money(amount, currency)} for {what}"
        for amount, what in (
            (parts.shortage, "shortage"),
            (parts.excess, "excess"),
            (parts.late, "late work"),
            (parts.changes, "changed shifts"),
            (parts.activities, "activities not held"),
        )
        if amount >= 0.5
    ]
    if priced:
        sentence += f". On top, the program counts {words.listed(priced)}; nobody is paid this"
    return sentence + "."


def promise(channel: ChannelWeek) -> str:
    """Tell whether the promise of a channel is kept over the week."""
    return _deferrable(channel) if channel.work else _live(channel)


def _live(channel: ChannelWeek) -> str:
    name, target, allowed = words.title(channel.channel), words.percent(channel.target), channel.time_allowed
    if channel.service_level is None:
        return f"{name}: no contacts are expected, so there is nothing to promise."
    given = words.percent_down(channel.service_level)
    if channel.kept:
        return f"{name} keeps its promise: {given} of contacts answered within {allowed}, {target} promised."
    return f"{name} misses its promise: {given} of contacts answered within {allowed}, {target} promised."


def _deferrable(channel: ChannelWeek) -> str:
    name, work = words.title(channel.channel), channel.work
    if work is None or channel.service_level is None:
        return f"{name}: no work falls due this week."
    due = f"{words.hours(work.judged_h)} of work due this week"
    left = _handed_on(work)
    if not work.late_h:
        return f"{name} is finished in time: all {due} are done within {channel.time_allowed}{left}."
    verb = "keeps its promise" if channel.kept else "is late"
    age = f", the oldest after {words.hours(work.oldest_h)}" if work.oldest_h else ""
    return (
        f"{name} {verb}: {words.hours(work.late_h)} of the {due} are finished after their deadline{age} "
        f"({words.percent_down(channel.service_level)} in time, {words.percent(channel.target)} promised){left}."
    )


def late(found: Lateness) -> str:
    """Tell how much work is late, its share, how long the oldest waits and when the worst comes."""
    verb = "is met" if found.met else "is missed"
    sentence = (
        f"{words.title(found.channel)}: {words.hours(found.late_h)} of the {words.hours(found.due_h)} due this week "
        f"({words.percent(found.share)}) are finished late, the oldest after {words.hours(found.oldest_h)}; the target "
        f"of {words.percent_down(found.target)} within {found.time_allowed} {verb}"
    )
    if found.worst is not None and found.worst_share is not None:
        share = words.percent(found.worst_share, 0)
        sentence += f"; what comes on {words.day(found.worst)} at {words.clock(found.worst)} fares worst, {share} late"
    return sentence + "."


def _handed_on(work: Work) -> str:
    if work.left_h <= NOISE_H:
        return ""
    same = ", as much as the week began with" if abs(work.left_h - work.opening_h) < 0.05 else ""
    return f"; {words.hours(work.left_h)} of work are handed on{same}"


def likely(promise: Promise, target: str) -> str:
    """Tell how probable it is that a target (``80% within 20 s``) is met, and the hours that make it nine in ten."""
    span = f"{words.percent(promise.low, 0)} to {words.percent(promise.high, 0)}"
    sentence = (
        f"{words.title(promise.channel)} keeps its promise of {target} over the week "
        f"with a probability of {words.percent(promise.probability, 0)} ({span} by the replay)"
    )
    if promise.cushion_h > 0:
        more = f"{words.hours(promise.cushion_h)} more at it"
        sentence += f"; {more}, spread as the roster has them, would make that {words.percent(SURE, 0)}"
    return sentence + "."


def shortage(channel: ChannelWeek, interval_min: int) -> str:
    """Tell when a channel is short of people, the worst spells first."""
    one, many = words.interval_noun(interval_min)
    worst = sorted(channel.spells, key=lambda spell: (-spell.agent_h, spell.start))[:MOST_SPELLS]
    spells = words.listed([_spell(spell) for spell in worst])
    more = len(channel.spells) - len(worst)
    rest = f", and at {more} other times" if more > 1 else ", and at one other time" if more else ""
    times, missing = words.count(channel.short_intervals, one, many), words.count(channel.shortage_h, "agent-hour")
    return f"{words.title(channel.channel)} is short in {times}, {missing} in all: {spells}{rest}."


def _spell(spell: Spell) -> str:
    return f"{words.span(spell.start, spell.end)} (up to {words.count(spell.most, 'agent')})"


def proof(week: Week) -> str:
    """Tell how near to the cheapest possible roster this one is, and of which rosters that is known."""
    roster, currency = week.run.roster, week.run.config.plan.currency
    total, bound = words.money(roster.cost.total, currency), words.money(roster.bound, currency)
    apart = words.money(max(0.0, roster.cost.total - roster.bound), currency)
    if roster.status == "optimal":
        return f"No roster{roster.scope} under these rules costs less: the total of {total} is proven optimal."
    if roster.gap is None:
        return not_comparable(week)
    share = words.percent(roster.gap, 2)
    counted = ", with what the program counts on top," if roster.cost.total - week.payroll >= 0.5 else ""
    near = (
        f"at most {apart} ({share}) above the cheapest possible: its total{counted} is {total}, "
        f"and no roster{roster.scope} has one below {bound}"
    )
    if roster.status == "time limit":
        return f"The search was stopped by its time limit; the roster is {near}."
    if roster.status == "interrupted":
        return f"The search was interrupted; the roster is {near}."
    if roster.status == "no better found":
        return f"The search found no better roster; this one is {near}."
    return f"The roster is {near}."


def limits_hit(hits: tuple[LimitHit, ...]) -> str:
    """Name the searches that a limit ended, where the roster might have been better without it."""
    named = [f"{hit.search} ({words.count(hit.times, 'time')}, by {hit.limit})" for hit in hits]
    return f"A limit ended some searches early, so a cheaper roster may exist: {words.listed(named)}."


def not_comparable(week: Week) -> str:
    """Tell that the bound is of rosters that keep the working days which this one gives up."""
    roster, currency = week.run.roster, week.run.config.plan.currency
    total, bound = words.money(roster.cost.total, currency), words.money(roster.bound, currency)
    return (
        f"{roster.given_up}. The total of {total} and the bound are not comparable: "
        f"no roster{roster.scope} has a total below {bound}."
    )


def staff(week: Week) -> str:
    """Tell how many people work how many shifts."""
    working = sum(1 for person in week.people if person.shifts)
    people, shifts = words.count(len(week.people), "person", "people"), words.count(len(week.shifts), "shift")
    return f"{working} of {people} {'works' if working == 1 else 'work'} {shifts}."


def not_needed(week: Week) -> str:
    """Name the people nobody needs this week; an empty text when there are none."""
    names = [person.name for person in idle(week.people, week.run.horizon.days)]
    if not names:
        return ""
    verb = "is" if len(names) == 1 else "are"
    return (
        f"{words.count(len(names), 'person', 'people')} {verb} not needed this week: {words.listed(names, MOST_NAMES)}."
    )


def on_leave(week: Week) -> str:
    """Tell how many people are on leave all week; an empty text when there are none."""
    gone = len(away(week.people, week.run.horizon.days))
    return f"{words.count(gone, 'person', 'people')} {'is' if gone == 1 else 'are'} on leave all week." if gone else ""


def wishes(week: Week) -> str:
    """Tell how many wishes the roster grants; an empty text when there are none."""
    asked, granted = len(week.wishes), sum(wish.granted for wish in week.wishes)
    if not asked:
        return ""
    if granted == asked:
        return "The only wish is granted." if asked == 1 else f"All {asked} wishes are granted."
    verb, share = "is" if granted == 1 else "are", words.percent(granted / asked, 0)
    return f"{granted} of {words.count(asked, 'wish', 'wishes')} {verb} granted ({share})."
