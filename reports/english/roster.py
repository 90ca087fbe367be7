"""Sentences about a roster: people, working days, edges of the week, missing people, the bound; and all in one text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optimize.roster.facts import (
    ActivityMissed,
    AwayAllWeek,
    BoundScope,
    DayGivenUp,
    DaysGivenUp,
    DueBeforeWorked,
    FewerDays,
    FewerHours,
    Gap,
    MoreFewerHours,
    PaidInThisWeek,
    SingleDaysOff,
    StillAtWork,
    TargetsNotKept,
    WeekRepeats,
    WeeksCutShort,
    WeeksTogether,
    WishesOnLeave,
)
from optimize.roster.result import Roster, Shortfall
from reports.english import units
from reports.english.registry import written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from optimize.roster.facts import Absence, Assumption, Lack

NAMED = 5
SHORTFALLS_SHOWN = 5
SCOPES: dict[Assumption, str] = {
    "repeating": "of a repeating week",
    "apart": "that staffs each channel separately",
    "service": "that meets its targets by the service staircases of this plan",
    "kept": "in which nobody gives up a working day",
    "rules": "by name",
    "weeks": "with the other weeks as they are",
}
"""What a bound takes as given, as words that follow "any roster"."""
SHORT = {
    "no-start": "no possible shift of a person with the skill covers it",
    "all-at-work": "everyone with the skill who could cover it is already at work or has worked all their days or "
    "hours",
    "too-little-rest": "people with days left would have too little rest before or after another shift",
    "on-break": "people with the skill are on their breaks",
    "costs-more": "another shift would cost more than the understaffing it removes",
}
"""Why a channel is understaffed."""
ABSENT: dict[Absence, str] = {
    "no-shift": "no shift this week",
    "no-room": "no shift with enough time for it within its window",
    "not-together": "not at work at the common time, or a channel would be too understaffed",
    "at-once": "no place left under at_once",
    "too-short": "every possible time would leave channels too understaffed",
}
COSTS = ("wages", "premiums", "shortage", "excess", "late", "targets")
"""Parts of the cost that are told one by one."""
STATUS = {
    "optimal": "its cost equals the lower bound",
    "within gap": "the target gap is reached",
    "no better found": "the search ended; it found no cheaper roster",
    "time limit": "the time limit ended the search; more time may find a cheaper one",
    "interrupted": "the search was interrupted; this is its best roster",
}


@written.register
def _(_fact: WeekRepeats) -> str:
    begin = "the first hours of the week are covered by the shifts that run past its end"
    return f"{begin}, assumed to be staffed the same in the previous week"


@written.register
def _(_fact: PaidInThisWeek) -> str:
    return "shifts that run past the end of the week are paid in this week and cover the next"


@written.register
def _(_fact: StillAtWork) -> str:
    return "the first hours of the week are covered by people of the previous week who are still at work"


@written.register
def _(fact: AwayAllWeek) -> str:
    verb = "is" if len(fact.agents) == 1 else "are"
    people = units.count(len(fact.agents), "person", "people")
    return f"{people} {verb} on leave all week and cannot be rostered: {units.listed(fact.agents, NAMED)}"


@written.register
def _(fact: TargetsNotKept) -> str:
    lacks = [_lack(each) for each in sorted(fact.lacks, key=lambda each: each.probability - each.asked)]
    met = f"targets are met in fewer simulated weeks than asked: {units.listed(lacks, NAMED)}"
    return f"{met}; no plan that was tried meets them all; add people or shifts, or relax the targets"


@written.register
def _(fact: WishesOnLeave) -> str:
    verb = "is" if len(fact.wishes) == 1 else "are"
    wishes = units.listed([f"{wish.agent} ({_day(wish.day)})" for wish in fact.wishes], NAMED)
    return f"{units.count(len(fact.wishes), 'wish', 'wishes')} {verb} for a day of leave of the same person: {wishes}"


@written.register
def _(fact: FewerDays) -> str:
    why = "rest, hour limits, availability, leave and the previous week allow no more"
    people = units.listed([f"{one.agent} ({one.got} of {one.contracted})" for one in fact.people], NAMED)
    return f"fewer working days than contracted, because {why}: {people}"


@written.register
def _(fact: FewerHours) -> str:
    who = fact.name if fact.name == fact.agent else f"{fact.name} ({fact.agent})"
    said = f"{who} works {fact.hours:g} of {fact.hours_min:g} contracted hours (hours_min)"
    leave = f"{units.count(len(fact.leave), 'day')} of leave ({', '.join(_day(day) for day in fact.leave)})"
    if fact.leave_takes_them:
        return f"{said}: {leave}; count the leave as hours worked, shorten it, or lower hours_min"
    rules = f"the rules of contract {fact.contract} (rest, days in a row, shifts)"
    facts = [f"the search found no week with more within {rules}"]
    facts += [f"there is also {leave}"] if fact.leave else []
    facts += [f'available is "{fact.available}"'] if fact.available else []
    return f"{said}: {'; '.join(facts)}; offer longer shifts or more days, or lower hours_min"


@written.register
def _(fact: MoreFewerHours) -> str:
    return f"{fact.people} more people work fewer hours than their hours_min"


@written.register
def _(fact: DueBeforeWorked) -> str:
    first = f"{_day(fact.first)} {units.clock(fact.first)}"
    return (
        f"{fact.hours:.2f} hours of its work are due before anyone may do it, the first on {first}; they are "
        f"late in any roster; widen channels.{fact.channel}.worked or allow more time in its service target"
    )


@written.register
def _(fact: WeeksTogether) -> str:
    what = f"the {fact.weeks} weeks planned together cost" if fact.weeks > 1 else "planned by name, the week costs"
    least = f"no roster by name that keeps the rules planned by costs less than {units.number(fact.bound, 0)}"
    return f"{what} {units.number(fact.cost, 0)} with penalties, wishes and priced rules; {least}"


@written.register
def _(fact: WeeksCutShort) -> str:
    what = f"the {fact.weeks} weeks planned together" if fact.weeks > 1 else "this week, planned by name,"
    return f"the search for {what} was ended by roster.time_limit; another machine may find another roster"


@written.register
def _(fact: SingleDaysOff) -> str:
    meet = "a single day off where the previous week and this week meet"
    return f"{meet}; days off are placed together within one week only: {units.listed(fact.agents, NAMED)}"


@written.register
def _(fact: DayGivenUp) -> str:
    return f"contract {fact.contract} on {_day(fact.day)}"


@written.register
def _(fact: DaysGivenUp) -> str:
    count = units.count(fact.number, "working day was", "working days were")
    when = f" ({', '.join(dict.fromkeys(str(day) for day in fact.days))})" if fact.days else ""
    before = "it" if fact.number == 1 else "them"
    return f"{count} given up{when}, because the search found no allowed start with enough rest before {before}"


@written.register
def _(fact: ActivityMissed) -> str:
    parts = [f"{units.listed(one.agents, NAMED)}: {ABSENT[one.reason]}" for one in fact.absent]
    return f"{fact.number} of {fact.of} people do not take part ({'; '.join(parts)})"


@written.register
def _(fact: BoundScope) -> str:
    week = [SCOPES[one] for one in fact.assumes if one == "repeating"]
    clauses = units.listed([SCOPES[one] for one in fact.assumes if one != "repeating"])
    return "".join(f" {words}" for words in (*week, clauses) if words)


@written.register
def _(fact: Gap) -> str:
    return "not comparable" if fact.share is None else units.percent(fact.share, 2)


@written.register
def _(short: Shortfall) -> str:
    return SHORT.get(short.code, short.code)


@written.register
def _(roster: Roster) -> str:
    return "\n".join(_lines(roster)) + "\n"


def _lines(roster: Roster) -> Iterator[str]:
    """Status, cost, bound and gap of a roster, its shortfalls and its advice; amounts without a currency."""
    yield f"status   {roster.status}: {STATUS[roster.status]}"
    parts = {name: getattr(roster.cost, name) for name in COSTS}
    split = ", ".join(f"{name} {value:,.2f}" for name, value in parts.items() if value >= 0.005)
    yield f"cost     {roster.cost.total:,.2f}" + (f" ({split})" if split else "")
    yield f"bound    {roster.bound:,.2f}; no roster{roster.scope} under these rules costs less"
    yield f"gap      {roster.gap_text}"
    if roster.interval_bound is not None:
        yield f"interval {roster.interval_bound:,.2f} at least, if every interval were planned separately"
    if roster.could_be_better:
        named = units.listed([f"{hit.search} ({hit.times} by {hit.limit})" for hit in roster.could_be_better])
        yield f"limits   a cheaper roster may exist; searches that a limit ended: {named}"
    if roster.left_out:
        yield f"         {roster.given_up}"
    if roster.shortfalls:
        yield "understaffed:"
        for each in roster.shortfalls[:SHORTFALLS_SHOWN]:
            when = f"{_day(each.start)} {units.clock(each.start)}-{units.clock(each.end)}"
            yield f"  {each.channel}, {when}, {each.agent_h:,.2f} agent-hours: {each.reason}"
    for kind, title in ((True, "most valuable hours"), (False, "what would help")):
        found = [each for each in roster.advice if (each.kind == "hour") is kind]
        if found:
            yield f"{title}:"
            yield from (f"  {each.message(lambda amount: f'{amount:,.0f}')}" for each in found)


def _lack(lack: Lack) -> str:
    when = "over the week" if lack.day is None else f"on {_day(lack.day)}"
    return f"{lack.target} {when} in {units.percent(lack.probability, 0)} (asked {units.percent(lack.asked, 0)})"


def _day(day: date) -> str:
    return f"{units.DAYS[day.weekday()]} {day.day:02d} {units.MONTHS[day.month - 1]}"
