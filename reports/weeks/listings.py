"""Tables of several weeks: the weeks with their cost, service by channel, accounts, broken rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import formatting
from reports.document.listing import NOTHING, Cell, Listing, listing
from reports.english import sentence

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from reports.metrics.accounts import Account
    from reports.metrics.agreed_hours import HourLimits
    from reports.metrics.channels import ChannelWeek
    from reports.metrics.people import Person
    from reports.metrics.week import Week
    from reports.weeks.overview import Overview
    from reports.weeks.people import PersonWeeks

NOISE_H = 0.05
"""Agent-hours below this are shown as none."""
BOUND_NOTE = (
    "Penalties are part of the cost and are not paid. The bound of a week is that of its report; bounds of weeks are "
    "not added, since each may take the other weeks as they are."
)
ACCOUNT_NOTE = (
    "Agreed: hours that rules, hours_min and hours_max, or the days and shifts of the contract ask for, less whole "
    "days of leave. Difference: hours above the most, or below the least. Run and rest count the days before the first "
    "week, as far as they are known."
)


def weeks_listing(made: Overview) -> Listing:
    """A row for each week, and one for all of them."""
    heads = [
        "week of", "cost", "paid", "bound", "gap", "required h", "understaffed h", "at work", "shifts", "paid h",
        "rules broken",
    ]  # fmt: skip
    rows = [_week_row(made, number, week) for number, week in enumerate(made.weeks)]
    return listing("The weeks", heads, [*rows, _total_row(made)], BOUND_NOTE)


def _week_row(made: Overview, number: int, week: Week) -> list[Cell | str]:
    roster, currency = week.run.roster, made.currency
    broken = sum(each.weeks[number].rules_broken for each in made.people)
    return [
        f"{formatting.day(week.first)} {week.first.year}",
        formatting.money(roster.cost.total, currency),
        formatting.money(week.payroll, currency),
        formatting.money(roster.bound, currency),
        roster.gap_text,
        formatting.fixed(_required_h(week)),
        _short(week.shortage_h),
        f"{sum(bool(person.shifts) for person in week.people)} of {len(week.people)}",
        formatting.number(len(week.shifts), 0),
        formatting.fixed(week.paid_h),
        Cell(str(broken), "bad" if broken else "plain"),
    ]


def _total_row(made: Overview) -> list[Cell | str]:
    def total(pick: Callable[[Week], float]) -> float:
        return sum(pick(week) for week in made.weeks)

    broken = sum(each.total.rules_broken for each in made.people)
    return [
        "all weeks",
        formatting.money(total(lambda week: week.run.roster.cost.total), made.currency),
        formatting.money(total(lambda week: week.payroll), made.currency),
        NOTHING,
        NOTHING,
        formatting.fixed(total(_required_h)),
        _short(total(lambda week: week.shortage_h)),
        f"{sum(each.total.days > 0 for each in made.people)} of {len(made.people)}",
        formatting.number(total(lambda week: len(week.shifts)), 0),
        formatting.fixed(total(lambda week: week.paid_h)),
        Cell(str(broken), "bad" if broken else "plain"),
    ]


def _required_h(week: Week) -> float:
    return sum(channel.required_h for channel in week.channels)


def _short(value: float) -> Cell:
    return Cell(formatting.fixed(value), "bad" if value >= NOISE_H else "plain")


def service_listing(made: Overview) -> Listing:
    """A row for each channel: its target, and the service expected in each week."""
    names = dict.fromkeys(channel.channel for week in made.weeks for channel in week.channels)
    rows = [_channel_row(made, name) for name in names]
    heads = ["channel", "<target", *(short_day(week.first) for week in made.weeks)]
    return listing(
        "Service expected, by week", heads, rows, "Share in time. Each week's report has the simulated service."
    )


def _channel_row(made: Overview, name: str) -> list[Cell | str]:
    found = [next((each for each in week.channels if each.channel == name), None) for week in made.weeks]
    targets = dict.fromkeys(each.promised for each in found if each is not None)
    return [formatting.title(name), formatting.listed(list(targets)), *(_service(each) for each in found)]


def _service(channel: ChannelWeek | None) -> Cell:
    if channel is None or channel.service_level is None:
        return Cell(NOTHING)
    return Cell(
        formatting.percent_down(channel.service_level, aligned=True),
        "plain" if channel.kept is None else "good" if channel.kept else "bad",
    )


def account_listings(made: Overview) -> tuple[Listing, ...]:
    """A table of accounts for each contract."""
    heads = [
        "person", *(short_day(week.first) for week in made.weeks), "paid h", "agreed h", "difference", "days",
        "nights", "leave days", "weekends worked", "weekends free", "longest run", "shortest rest", "wishes granted",
        "rules broken",
    ]  # fmt: skip
    return tuple(
        listing(
            f"Accounts: {contract}",
            heads,
            [_account_row(each) for each in made.people if each.person.contract == contract],
            ACCOUNT_NOTE if not number else "",
        )
        for number, contract in enumerate(made.contracts)
    )


def _account_row(each: PersonWeeks) -> list[Cell | str]:
    return [name_of(each.person), *(formatting.fixed(week.paid_h) for week in each.weeks), *_counts(each.total)]


def _counts(total: Account) -> list[Cell | str]:
    wishes = total.wishes_granted + total.wishes_refused
    return [
        formatting.fixed(total.paid_h),
        agreed_text(total.agreed),
        difference_text(total.difference_h),
        str(total.days),
        str(total.nights),
        str(total.leave_days),
        str(total.weekends_worked),
        str(total.weekends_free),
        str(total.longest_run),
        NOTHING if total.shortest_rest_h is None else formatting.hours(total.shortest_rest_h),
        f"{total.wishes_granted} of {wishes}" if wishes else NOTHING,
        Cell(str(total.rules_broken), "bad" if total.rules_broken else "plain"),
    ]


def short_day(day: date) -> str:
    """Write the first day of a week as a head: ``30 Nov``."""
    return f"{day.day} {formatting.MONTHS[day.month - 1]}"


def name_of(person: Person) -> str:
    """Name of a person with the id, where it is another."""
    return person.agent if person.name == person.agent else f"{person.name} ({person.agent})"


def agreed_text(agreed: HourLimits) -> str:
    """Write agreed hours: ``150``, ``152–160``, ``up to 160``."""
    least, most = agreed.least_h, agreed.most_h
    if most is None:
        return NOTHING if least is None else f"from {formatting.number(least)}"
    if least is None:
        return f"up to {formatting.number(most)}"
    return formatting.number(least) if least == most else f"{formatting.number(least)}–{formatting.number(most)}"


def difference_text(hours: float | None) -> str:
    """Write a difference with its sign: ``+4.0``, ``-7.5``, ``0.0``."""
    if hours is None:
        return NOTHING
    text = formatting.fixed(hours)
    return f"+{text}" if float(text.replace(",", "")) > 0 else text


def rules_listing(made: Overview) -> Listing | None:
    """Every broken rule, the hard ones first; None where none is broken."""
    if not made.breaches:
        return None
    names = {each.person.agent: name_of(each.person) for each in made.people}
    found = sorted(made.breaches, key=lambda each: each.price is not None)
    rows: list[list[Cell | str]] = [
        [
            names[each.agent],
            each.rule,
            sentence(each),
            "hard" if each.price is None else formatting.money(each.price, made.currency),
        ]
        for each in found
    ]
    note = "Recounted over all weeks by the rules of the last. A rule with a price may be broken at that price."
    return listing("Rules about people that are broken", ["person", "<rule", "<what", "price"], rows, note)
