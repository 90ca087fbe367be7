"""Paid hours that are agreed with a person: in one week, and over several."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from optimize.roster.inputs.people import paid_minutes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from configs.schema import Contract
    from configs.schema.rules import HoursRule, Rules

HOUR = timedelta(hours=1)
WEEK_DAYS = 7


@dataclass(frozen=True)
class HourLimits:
    """Least and most paid hours; None where nothing says it."""

    least_h: float | None = None
    most_h: float | None = None


@dataclass(frozen=True)
class AgreedWeek:
    """One week of a person: what rules and the agents file state, and what the contract's days and shifts give."""

    stated: HourLimits
    usual: HourLimits
    leave_days: int

    @property
    def hours(self) -> HourLimits:
        """The limits of the week."""
        return _settled(self.stated, self.usual)


def agreed_week(contract: Contract, row: dict[str, Any], rules: Rules | None, leave_days: int) -> AgreedWeek:
    """Limits of one week.

    Rules of paid hours in a week, ``hours_min`` and ``hours_max`` are stated; the tightest of them is in force. Where
    no least is stated it is that of the contract: its fewest working days, each with its shortest shift. Nobody works
    more than all its days, each with its longest shift. Whole days of leave count as working days and as their share
    of ``hours_min``; a rule counts them as its ``leave_day``, and without one asks for no least.

    Parameters
    ----------
    contract
        The contract of the person.
    row
        Their row of the ``agents`` table.
    rules
        Their rules over weeks; None without any.
    leave_days
        Whole days of leave in the week.
    """
    stated = _tightest([_of_person(contract, row, leave_days), *_of_rules(rules, 1, leave_days)])
    return AgreedWeek(stated, _of_contract(contract, leave_days), leave_days)


def agreed_weeks(weeks: Sequence[AgreedWeek], rules: Rules | None) -> HourLimits:
    """Limits over weeks in a row: the sum of those of the weeks, and rules of paid hours whose period divides them.

    `rules` are those of the last week. A rule over ``4w`` limits eight weeks twice; one over three weeks says nothing
    about four.
    """
    leave = sum(week.leave_days for week in weeks)
    stated = _tightest([_total(week.stated for week in weeks), *_of_rules(rules, len(weeks), leave)])
    return _settled(stated, _total(week.usual for week in weeks))


def _of_rules(rules: Rules | None, weeks: int, leave_days: int) -> Iterator[HourLimits]:
    for rule in () if rules is None else rules.hours.values():
        times, rest = divmod(weeks * WEEK_DAYS, rule.per.days) if _counts_weeks(rule) else (0, 1)
        if not rest:
            yield _of_rule(rule, times, leave_days)


def _counts_weeks(rule: HoursRule) -> bool:
    return rule.count == "paid" and rule.per.step == WEEK_DAYS and rule.per.days > 0


def _of_rule(rule: HoursRule, times: int, leave_days: int) -> HourLimits:
    credit = (rule.leave_day or timedelta(0)) * leave_days
    excused = rule.leave_day is None and leave_days > 0
    least, most = (
        None if value is None else max(0.0, (value * times - credit) / HOUR) for value in (rule.least, rule.most)
    )
    return HourLimits(None if excused else least, most)


def _of_person(contract: Contract, row: dict[str, Any], leave_days: int) -> HourLimits:
    least, most = (_number(row.get(name)) for name in ("hours_min", "hours_max"))
    share = max(0, contract.days_per_week - leave_days) / contract.days_per_week
    return HourLimits(None if least is None else least * share, most)


def _number(cell: Any) -> float | None:  # noqa: ANN401 - a cell
    return None if cell is None or cell != cell else float(cell)  # noqa: PLR0124 - NaN


def _of_contract(contract: Contract, leave_days: int) -> HourLimits:
    paid = [paid_minutes(contract, shift) / 60 for shift in range(len(contract.shifts))]
    least, most = contract.min_days or contract.days_per_week, contract.days_per_week
    return HourLimits(max(0, least - leave_days) * min(paid), max(0, most - leave_days) * max(paid))


def _settled(stated: HourLimits, usual: HourLimits) -> HourLimits:
    """What is stated, within what the contract allows."""
    most = _least_of([stated.most_h, usual.most_h])
    least = stated.least_h if stated.least_h is not None else _least_of([usual.least_h, most])
    return HourLimits(least, most)


def _tightest(limits: Sequence[HourLimits]) -> HourLimits:
    least = max((each.least_h for each in limits if each.least_h is not None), default=None)
    return HourLimits(least, _least_of([each.most_h for each in limits]))


def _least_of(values: Iterable[float | None]) -> float | None:
    return min((value for value in values if value is not None), default=None)


def _total(limits: Iterable[HourLimits]) -> HourLimits:
    """Sum over weeks; a limit that one of them lacks is none of all."""
    every = list(limits)
    least = [each.least_h for each in every if each.least_h is not None]
    most = [each.most_h for each in every if each.most_h is not None]
    return HourLimits(sum(least) if len(least) == len(every) else None, sum(most) if len(most) == len(every) else None)
