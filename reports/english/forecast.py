"""Sentences about the forecast: holidays, adjustments, the method, spells without contacts, patience."""

from __future__ import annotations

from forecast.data.account import contacts_text
from forecast.facts import (
    Adjusted,
    BiasedOnPast,
    ClosedSeason,
    EndedAtEnd,
    EstimatedHolidays,
    HistoryEndsEarly,
    HistoryTooShort,
    LaterStart,
    NeverObserved,
    NotInUse,
    OutageAtEnd,
    RegionalHolidays,
    SeasonAtEnd,
    ShortHistory,
    SilentAtEnd,
    VolumeNotUsed,
    VolumeStated,
)
from forecast.patience import Patience
from reports.english import units
from reports.english.registry import written

MOST_HOLIDAYS = 3
MOST_REGIONS = 8
NOT_RECORDED = "if contacts were not recorded then, drop these days with [[history.cleaning]]"


@written.register
def _(fact: RegionalHolidays) -> str:
    many = units.count(len(fact.names), "regional holiday")
    names = units.listed(fact.names, MOST_HOLIDAYS)
    said = f"{fact.country} without a region leaves out {many} since {fact.since}: {names}"
    if fact.ahead:
        # Those of the most regions are named, in order of days.
        shown = [*sorted(fact.ahead[:MOST_HOLIDAYS]), *fact.ahead[MOST_HOLIDAYS:]]
        said += f"; in the planned days {units.listed([f'{day} {name}' for day, name in shown], MOST_HOLIDAYS)}"
    known = ", ".join(fact.regions[:MOST_REGIONS]) + (", ..." if len(fact.regions) > MOST_REGIONS else "")
    return f"{said}; set calendar.region ({known})"


@written.register
def _(fact: EstimatedHolidays) -> str:
    days = units.listed([f"{day} {name}" for day, name in fact.days], MOST_HOLIDAYS)
    return f"dates of holidays are estimates and may move by a day: {days}"


@written.register
def _(fact: Adjusted) -> str:
    who = f'channel "{fact.channel}"' if fact.channel else "all channels"
    when = f"{fact.begin:%Y-%m-%d %H:%M} to {fact.end:%Y-%m-%d %H:%M}"
    said = (
        f"{who} {when}: {fact.way} {fact.value:g}, {fact.before:,.0f} became {fact.after:,.0f} contacts ({fact.reason})"
    )
    return f"{said}; nothing was forecast there, so nothing was changed" if fact.before == 0 else said


@written.register
def _(fact: VolumeStated) -> str:
    since = f" from {fact.begins} on" if fact.begins else ""
    planned = f"{contacts_text(fact.volume)} contacts a week are planned{since}, spread {units.by_shape(fact.shape)}"
    return f"has no history yet; {planned}"


@written.register
def _(fact: HistoryTooShort) -> str:
    days = units.count(fact.days, "day")
    return f"has {days} of history; its volume is used until there are two weeks"


@written.register
def _(fact: VolumeNotUsed) -> str:
    return f"has {units.count(fact.days, 'day')} of history, so its volume is not used; remove it from the config"


@written.register
def _(fact: ShortHistory) -> str:
    days = f"{fact.days} days of history" + (f" since it began on {fact.began}" if fact.began else "")
    return f"has {days}; its forecast is the mean of each weekday; eight weeks of history would improve it"


@written.register
def _(fact: BiasedOnPast) -> str:
    off = f"{units.percent(abs(fact.bias))} too {'high' if fact.bias > 0 else 'low'}"
    chance = f"more than chance explains (standard error {units.percent(fact.standard_error)})"
    look = "look for days that history.cleaning or the calendar should name"
    return f"was forecast {off} on past weeks, {chance}; {look}, or adjust the forecast (calendar.adjustments)"


@written.register
def _(fact: HistoryEndsEarly) -> str:
    return f"its history ends {fact.days} days before the planned week; newer data would forecast better"


@written.register
def _(fact: OutageAtEnd) -> str:
    end = "after two weeks of zeros it would count as ended"
    return f"has had no contacts since {fact.first}; it is forecast as before; {end}"


@written.register
def _(fact: SeasonAtEnd) -> str:
    until = f" until {fact.back}" if fact.back else ""
    return f"has had no contacts since {fact.first} and none at that time of the year before; its forecast is 0{until}"


@written.register
def _(fact: EndedAtEnd) -> str:
    return f"has had no contacts since {fact.first}; its forecast is 0; {NOT_RECORDED}"


@written.register
def _(_fact: SilentAtEnd) -> str:
    return "had no contacts in the last eight weeks; its forecast is 0"


@written.register
def _(fact: LaterStart) -> str:
    return f"began on {fact.day}; the zeros recorded before are not counted"


@written.register
def _(fact: ClosedSeason) -> str:
    return f"had no contacts from {fact.first} to {fact.last}; the same season is forecast as 0; {NOT_RECORDED}"


@written.register
def _(fact: NotInUse) -> str:
    return f"had no contacts from {fact.first} to {fact.last}; these days count as not in use"


@written.register
def _(fact: NeverObserved) -> str:
    return f"was never observed {units.hours_of_week(fact.hours)}; these hours are filled from similar ones"


@written.register
def _(fact: Patience) -> str:
    said = []
    if fact.patience_s is not None:
        said.append(f"customers wait {fact.patience_s:.0f} s on average before they give up")
    if fact.redial_share:
        said.append(f"about {units.percent(fact.redial_share, 0)} of those who gave up call again soon")
    return f"in the history {units.listed(said)}"
