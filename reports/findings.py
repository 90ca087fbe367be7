"""The week at a glance, in sentences. Plain functions: numbers of the week in, words out; no markup, no colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from reports import formatting
from reports.english.fairness import burden_shared
from reports.english.served import differences
from reports.english.span_targets import by_interval, line
from reports.english.span_targets import missed as less_sure
from reports.fairness import shares_of
from reports.metrics.people import away, idle
from reports.metrics.work import NOISE_H

if TYPE_CHECKING:
    from configs.notes import Noticed
    from configs.schema.targets import Span
    from optimize.roster.result import Changes, LimitHit
    from optimize.simulation.result import TargetProbability
    from reports.metrics.channels import ChannelWeek, ShortagePeriod
    from reports.metrics.lateness import Lateness
    from reports.metrics.week import Week
    from reports.metrics.work import Work

Mark = Literal["good", "bad", "plain"]
ENDED = {
    "time limit": " The search stopped at its time limit.",
    "interrupted": " The search was interrupted.",
    "no better found": " The search found no cheaper roster.",
}
"""How a search ended that did not reach the gap asked for."""
SURE = 0.9
"""Probability the buffer hours of the replay are sized for."""
SPANS: dict[Span, str] = {"interval": "", "day": " on its least likely day", "week": " over the week"}
"""What the probability of a target is of, where not of each interval's week."""
RULE_BROKEN = "rule-broken"
"""Code of the notes that say so of a hard rule."""
MOST_SPELLS = 3
MOST_NAMES = 4


@dataclass(frozen=True)
class Finding:
    """One sentence, and whether it is good news, bad news or neither."""

    sentence: str
    mark: Mark = "plain"


def findings(week: Week) -> tuple[Finding, ...]:
    """Sum up the week: cost, service targets, understaffing, gap, people, wishes."""
    listed = [Finding(cost(week))]
    for channel in week.channels:
        listed.append(Finding(promise(channel), _mark(channel.kept)))
        if channel.short_intervals:
            listed.append(Finding(shortage(channel, week.run.horizon.interval_min), "bad"))
    by_week = [each for each in week.channels if each.promise and each.over == "interval"]
    listed += [Finding(likely(each.promise, each.promised)) for each in by_week if each.promise]
    listed += spans(week)
    listed += [Finding(sentence) for sentence in differences(week.served)]
    if not any(channel.short_intervals for channel in week.channels):
        listed.append(Finding("No interval is understaffed.", "good"))
    listed.append(Finding(proof(week), "good" if week.run.roster.status in {"optimal", "within gap"} else "plain"))
    if week.run.roster.could_be_better:
        listed.append(Finding(limits_hit(week.run.roster.could_be_better)))
    listed.append(Finding(staff(week)))
    listed += [Finding(sentence) for sentence in (not_needed(week), on_leave(week)) if sentence]
    if week.run.roster.changes is not None:
        listed.append(Finding(changed(week.run.roster.changes)))
    listed += shared(week)
    if week.wishes:
        listed.append(Finding(wishes(week)))
    return tuple(listed)


def spans(week: Week) -> list[Finding]:
    """Say how likely each target over a day or a week is met, and what meeting it in every interval would cost."""
    currency, roster = week.run.config.plan.currency, week.run.roster
    told = [Finding(f"{line(each, currency)}.", "bad" if each.missed else "plain") for each in week.targets]
    beside = by_interval(roster, currency)
    return [*told, *([Finding(beside)] if beside else [])]


def changed(changes: Changes) -> str:
    """Say what differs from the published roster."""
    lost = formatting.count(changes.unavoidable, "published shift")
    if not changes.cells:
        sentence = "Nobody's schedule differs from the published roster."
    else:
        who = formatting.count(changes.people, "person has", "people have")
        cells = formatting.count(changes.cells, "assignment differs", "assignments differ")
        sentence = f"{who} a changed schedule: {cells} from the published roster."
    return (
        f"{sentence} {lost} could not be kept: the people are away or have left." if changes.unavoidable else sentence
    )


def shared(week: Week) -> list[Finding]:
    """Say of each burden that the config shares how it is shared; nothing of one that nobody took."""
    shares = shares_of(week.run.rostered)
    found = []
    for kind in week.run.config.roster.fairness.weights:
        of_kind = [each for each in shares if each.kind == kind]
        if any(each.worked or each.earlier for each in of_kind):
            found.append(Finding(burden_shared(kind, of_kind)))
    return found


def missed_targets(week: Week) -> tuple[Finding, ...]:
    """Targets missed or met less often than asked, days given up, rules broken: why ``--strict`` exits with code 3."""
    missed = [Finding(promise(channel), "bad") for channel in week.channels if channel.kept is False]
    missed += [Finding(less_sure(each), "bad") for each in week.targets if each.missed]
    given_up, broken = week.run.roster.given_up, broken_rules(week.notes)
    missed += [Finding(f"{given_up}.", "bad")] if given_up else []
    return (*missed, *([Finding(broken, "bad")] if broken else []))


def broken_rules(notes: tuple[Noticed, ...]) -> str:
    """Say how many rules about people are broken, and the first of them; empty where none is."""
    found = [note for note in notes if note.code == RULE_BROKEN]
    if not found:
        return ""
    number = formatting.count(len(found), "rule of a person is broken", "rules of people are broken")
    return f"{number}; the first: {found[0].sentence}."


def _mark(kept: bool | None) -> Mark:  # noqa: FBT001 - three answers, not a switch
    return "plain" if kept is None else "good" if kept else "bad"


def cost(week: Week) -> str:
    """Say what the week costs, and which penalties the program adds; penalties are not paid."""
    parts, currency = week.run.roster.cost, week.run.config.plan.currency
    sentence = (
        f"The week costs {formatting.money(week.payroll, currency)}: {formatting.money(parts.wages, currency)} wages"
    )
    sentence += (
        f" and {formatting.money(parts.premiums, currency)} premiums" if parts.premiums >= 0.5 else ", no premiums"
    )
    if week.paid_h:
        sentence += f", for {formatting.count(week.paid_h, 'paid hour')}"
    priced = [
        f"{formatting.money(amount, currency)} for {what}"
        for amount, what in (
            (parts.shortage, "understaffing"),
            (parts.excess, "overstaffing"),
            (parts.late, "late work"),
            (parts.targets, "missed service targets"),
            (parts.changes, "changed shifts"),
            (parts.activities, "activities not scheduled"),
        )
        if amount >= 0.5
    ]
    if priced:
        sentence += f". Penalties add {formatting.listed(priced)}; they are not paid"
    return sentence + "."


def promise(channel: ChannelWeek) -> str:
    """Say whether a channel meets its service target over the week."""
    return _deferrable(channel) if channel.work else _live(channel)


def _live(channel: ChannelWeek) -> str:
    name, target, allowed = formatting.title(channel.channel), formatting.percent(channel.target), channel.time_allowed
    if channel.service_level is None:
        return f"{name}: no contacts are expected this week."
    given = formatting.percent_down(channel.service_level)
    verb = "meets" if channel.kept else "misses"
    return f"{name} {verb} its service target: {given} of contacts answered within {allowed}, target {target}."


def _deferrable(channel: ChannelWeek) -> str:
    name, work = formatting.title(channel.channel), channel.work
    if work is None or channel.service_level is None:
        return f"{name}: no work falls due this week."
    due, target = formatting.hours(work.judged_h), formatting.percent(channel.target)
    verb = "meets" if channel.kept else "misses"
    if not work.late_h:
        done = f"all work due this week ({due}) is done within {channel.time_allowed}"
        return f"{name} {verb} its service target: {done}.{_carried_over(work)}"
    wait = f", longest wait {formatting.hours(work.oldest_h)}" if work.oldest_h else ""
    return (
        f"{name} {verb} its service target: "
        f"{formatting.percent_down(channel.service_level)} of the work due is done within "
        f"{channel.time_allowed}, target {target}. Late: {formatting.hours(work.late_h)} of {due}{wait}."
        f"{_carried_over(work)}"
    )


def late(found: Lateness) -> str:
    """Say how much work is late, its share, the longest wait and when the worst interval arrives."""
    sentence = (
        f"{formatting.title(found.channel)}: {formatting.percent(found.share)} of the work due this week is late "
        f"({formatting.hours(found.late_h)} of {formatting.hours(found.due_h)}, "
        f"longest wait {formatting.hours(found.oldest_h)}). "
        f"The target of {formatting.percent_down(found.target)} within {found.time_allowed}{_on_days(found)}."
    )
    if found.worst is not None and found.worst_share is not None:
        share = formatting.percent(found.worst_share, 0)
        worst = f"{formatting.day(found.worst)} {formatting.clock(found.worst)}"
        sentence += f" Worst interval: {worst}, {share} of its work late."
    return sentence


def _on_days(found: Lateness) -> str:
    """Whether the target is met, and on how many days it is not where it counts over each of them."""
    if found.missed_days is None:
        return f" is {'met' if found.met else 'missed'}"
    days = formatting.count(found.missed_days, "day")
    return f" over each day is {f'missed on {days}' if found.missed_days else 'met'}"


def _carried_over(work: Work) -> str:
    if work.left_h <= NOISE_H:
        return ""
    same = ", as much as this week began with" if abs(work.left_h - work.opening_h) < 0.05 else ""
    return f" Carry-over to next week: {formatting.hours(work.left_h)}{same}."


def likely(promise: TargetProbability, target: str) -> str:
    """Say in what share of simulated weeks a service target is met, and which buffer hours make that nine in ten."""
    span = f"{formatting.percent(promise.low, 0)} to {formatting.percent(promise.high, 0)}"
    sentence = (
        f"{formatting.title(promise.channel)}: {target}{SPANS[promise.over]} met in "
        f"{formatting.percent(promise.probability, 0)} of simulated weeks (95% interval {span})."
    )
    return f"{sentence} {buffer(promise.cushion_h)}" if promise.cushion_h > 0 else sentence


def buffer(hours: float) -> str:
    """Say how many agent-hours more would meet a target in nine weeks of ten."""
    surer = formatting.percent(SURE, 0)
    return f"{formatting.hours(hours)} more, spread like the rostered hours, would raise that to {surer}."


def shortage(channel: ChannelWeek, interval_min: int) -> str:
    """Say when a channel is understaffed, the worst spells first."""
    one, many = formatting.interval_noun(interval_min)
    worst = sorted(channel.periods, key=lambda period: (-period.agent_h, period.start))
    periods = formatting.listed([_period(period) for period in worst], MOST_SPELLS)
    times, missing = (
        formatting.count(channel.short_intervals, one, many),
        formatting.count(channel.shortage_h, "agent-hour"),
    )
    return f"{formatting.title(channel.channel)} is understaffed in {times}, {missing} in total: {periods}."


def _period(period: ShortagePeriod) -> str:
    return f"{formatting.span(period.start, period.end)} (up to {formatting.count(period.most, 'agent')})"


def proof(week: Week) -> str:
    """State the gap to the lower bound, and for which rosters the bound holds."""
    roster, currency = week.run.roster, week.run.config.plan.currency
    total, bound = formatting.money(roster.cost.total, currency), formatting.money(roster.bound, currency)
    if roster.status == "optimal":
        return f"Proven optimal: no roster{roster.scope} under these rules costs less than {total}."
    if roster.gap is None:
        return not_comparable(week)
    priced = roster.cost.total - week.payroll
    penalties = f", including {formatting.money(priced, currency)} of penalties" if priced >= 0.5 else ""
    return (
        f"Gap {formatting.percent(roster.gap, 2)}: no roster{roster.scope} under these rules costs less than {bound}; "
        f"this one costs {total}{penalties}.{ENDED.get(roster.status, '')}"
    )


def limits_hit(hits: tuple[LimitHit, ...]) -> str:
    """Name the searches that a limit ended, where the roster might have been better without it."""
    named = [f"{hit.search} ({formatting.count(hit.times, 'time')}, by {hit.limit})" for hit in hits]
    return f"A limit ended some searches early, so a cheaper roster may exist: {formatting.listed(named)}."


def not_comparable(week: Week) -> str:
    """Say that the bound is for rosters that keep the working days this one gives up."""
    roster, currency = week.run.roster, week.run.config.plan.currency
    total, bound = formatting.money(roster.cost.total, currency), formatting.money(roster.bound, currency)
    return (
        f"{roster.given_up}. The cost of {total} and the bound are not comparable: "
        f"no roster{roster.scope} costs less than {bound}."
    )


def staff(week: Week) -> str:
    """Say how many people work how many shifts."""
    working = sum(1 for person in week.people if person.shifts)
    people, shifts = formatting.count(len(week.people), "person", "people"), formatting.count(len(week.shifts), "shift")
    return f"{working} of {people} {'works' if working == 1 else 'work'} {shifts}."


def not_needed(week: Week) -> str:
    """Name the people without shifts this week; an empty text when there are none."""
    names = [person.name for person in idle(week.people, week.run.horizon.days)]
    if not names:
        return ""
    who = formatting.count(len(names), "person has", "people have")
    return f"{who} no shifts this week: {formatting.listed(names, MOST_NAMES)}."


def on_leave(week: Week) -> str:
    """Say how many people are on leave all week; an empty text when there are none."""
    gone = len(away(week.people, week.run.horizon.days))
    return (
        f"{formatting.count(gone, 'person', 'people')} {'is' if gone == 1 else 'are'} on leave all week."
        if gone
        else ""
    )


def wishes(week: Week) -> str:
    """Say how many wishes the roster grants; an empty text when there are none."""
    asked, granted = len(week.wishes), sum(wish.granted for wish in week.wishes)
    if not asked:
        return ""
    if granted == asked:
        return "The only wish is granted." if asked == 1 else f"All {asked} wishes are granted."
    verb, share = "is" if granted == 1 else "are", formatting.percent(granted / asked, 0)
    return f"{granted} of {formatting.count(asked, 'wish', 'wishes')} {verb} granted ({share})."
