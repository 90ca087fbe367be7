"""Sentences about sources of contacts and events: what was counted, patience, redials, and the lines of a queue log."""

from __future__ import annotations

from forecast.data.contacts.facts import (
    ContactsCounted,
    Counting,
    MeasuredPatience,
    MeasuredRedials,
    QueueLogRead,
    SeveralTimes,
)
from reports.english import units
from reports.english.registry import written

MOST_DAYS = 5
LEAST_BEYOND = 0.05
"""A smaller share of customers whose patience was not seen changes the mean by less than its range."""
PLACES: dict[Counting, str] = {
    "arrival": "in the interval of its arrival",
    "end": "in the interval of its end",
    "spread": "where it arrived, with its handle time spread over the intervals it was worked on",
}


@written.register
def _(fact: ContactsCounted) -> str:
    counts = f"each of {fact.contacts:,} contacts counts {PLACES[fact.counting]}"
    span = f"from {units.moment(fact.first)} to the interval of {units.moment(fact.last)}"
    said = f"{counts}; intervals without contacts {span} are zeros"
    if fact.quiet:
        days = units.listed([str(day) for day in fact.quiet], MOST_DAYS)
        meaning = "zeros, too" if fact.quiet_are_zero else "not observed"
        said += f"; days without any contact count as {meaning}: {days}"
    if fact.not_ended:
        said += f"; {units.count(fact.not_ended, 'contact')} without an end left out"
    left = units.hours(fact.outside_h)
    return f"{said}; {left} of handling outside the observed intervals left out" if fact.outside_h else said


@written.register
def _(fact: MeasuredPatience) -> str:
    low, high = f"{fact.low_s:,.0f}", f"{fact.high_s:,.0f}"
    many = f"{fact.abandoned:,} abandoned contacts of {fact.contacts:,}"
    said = f"measured patience is {fact.mean_s:,.0f} s (95%: {low} to {high} s) from {many}"
    if fact.median_s is not None:
        said += f"; half give up within {fact.median_s:,.0f} s"
    if fact.beyond >= LEAST_BEYOND:
        still = f"{units.percent(fact.beyond, 0)} would wait longer than {fact.until_s:,.0f} s, which few had to"
        rest = f"the mean takes them to give up at the rate of all, which alone gives {fact.exponential_s:,.0f} s"
        said += f"; {still}; {rest}"
    setting = f"channels.{fact.channel}.patience"
    if fact.stated_s is not None:
        return f"{said}; {setting} states {fact.stated_s:,.0f} s, which is used"
    return f"{said}; set {setting} to {fact.mean_s:.0f} s"


@written.register
def _(fact: SeveralTimes) -> str:
    numbers = units.count(fact.numbers, "number")
    said = (
        f"{fact.rows:,} of {fact.contacts:,} contacts have only {numbers}, such as calls that go from one queue of this"
    )
    return f"{said} channel to another; each counts where it arrives"


@written.register
def _(fact: MeasuredRedials) -> str:
    window = units.seconds(fact.window_s)
    said = f"{units.percent(fact.share, 0)} of {fact.contacts:,} customers who gave up contacted again within {window}"
    if fact.after_s is not None:
        said += f", after {fact.after_s:,.0f} s on average"
    if fact.by_chance is not None:
        said += f"; in an equal time a week later {units.percent(fact.by_chance, 0)} did"
    channel = f"channels.{fact.channel}"
    settings = f"{channel}.redial_share and redial_after describe this"
    return f"{said}; {settings}; leave redial_share at 0 while the history counts these contacts"


@written.register
def _(fact: QueueLogRead) -> str:
    ends = f"{fact.answered:,} answered, {fact.abandoned:,} abandoned, {fact.left:,} ended otherwise"
    said = f"{fact.lines:,} lines with {fact.entered:,} arrivals in queues: {ends}, {fact.unfinished:,} without an end"
    if fact.earlier:
        said += f"; {units.count(fact.earlier, 'call')} that arrived before the log begins left out"
    if fact.unreadable:
        said += f"; {units.count(fact.unreadable, 'line')} not readable"
    wrap_up = f"{units.seconds(fact.wrap_up_s)} of" if fact.wrap_up_s else "no"
    return f"{said}; the log does not record work after a call; handle times are talk time with {wrap_up} wrap-up added"
