"""Shift types of a contract -> shapes of the joined problem: one for each shift type and clock time of its start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.inputs.people import paid_minutes
from optimize.roster.joined.problem import Break
from optimize.roster.joined.problem import Contract as Joined
from optimize.roster.schedule.break_windows import break_windows
from optimize.roster.schedule.day import begins_on

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.rules.person import PersonRules, RestLimit
    from configs.schema import Config, Contract
    from optimize.roster.schedule.break_windows import BreakWindows

    Ints = NDArray[np.int64]

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Shapes:
    """Shapes of a contract, with what they are in the config.

    Parameters
    ----------
    contract
        The shapes as the joined problem has them.
    shift_types
        Number of each shape's shift type in the contract; shape (S,).
    clock
        Its start in minutes after midnight; shape (S,).
    minutes
        Its length in minutes; shape (S,).
    paid, worked
        Minutes paid, and minutes without all breaks; shape (S,).
    kinds
        Names of the kinds of shifts that each shape is of, by weekday 0 to 6.
    """

    contract: Joined
    shift_types: Ints
    clock: Ints
    minutes: Ints
    paid: Ints
    worked: Ints
    kinds: tuple[tuple[frozenset[str], ...], ...]


def shapes_of(
    config: Config, name: str, horizon: Horizon, wages: NDArray[np.float64], rules: PersonRules | None, night: str
) -> Shapes:
    """Return the shapes of a contract over all days of a horizon.

    Parameters
    ----------
    config
        The contract is one of its.
    name
        The contract.
    horizon
        All weeks as one.
    wages
        Cost of a paid hour of the contract in each interval, and in those of two days after the horizon.
    rules
        Say of which kinds a shift is; None where nobody has rules.
    night
        Kind of shift that counts as a night.
    """
    contract, step = config.contracts[name], timedelta(minutes=horizon.interval_min)
    cells = [(number, clock) for number, shift in enumerate(contract.shifts) for clock in shift.starts]
    windows = {number: break_windows(contract, shift, step) for number, shift in enumerate(contract.shifts)}
    starts = np.zeros((horizon.days, len(cells)), dtype=np.int64)
    offered = np.zeros(starts.shape, dtype=bool)
    wage = np.zeros(starts.shape)
    for s, (number, clock) in enumerate(cells):
        shift = contract.shifts[number]
        paid = _paid_cost(windows[number], wages) * horizon.interval_h
        for day in range(horizon.days):
            begins = horizon.index(horizon.moment(begins_on(horizon, day, clock, shift.length), clock))
            starts[day, s] = begins
            offered[day, s] = horizon.date(day).weekday() in shift.days
            wage[day, s] = paid[min(max(begins, 0), len(paid) - 1)]
    numbers = np.array([number for number, _ in cells])
    lengths = np.array([windows[number].length for number, _ in cells])
    minutes = np.array([contract.shifts[number].length // MINUTE for number, _ in cells])
    clocks = np.array([clock for _, clock in cells])
    paid_min = np.array([round(paid_minutes(contract, number)) for number, _ in cells])
    kinds = _kinds(rules, clocks, minutes)
    classes = list(zip(kinds, *_told_apart(rules, clocks, minutes), strict=True))
    bands = {each: band for band, each in enumerate(sorted(set(classes), key=_in_order))}
    made = Joined(
        name=name,
        starts=starts,
        offered=offered,
        lengths=lengths,
        breaks=tuple(_breaks(windows[number]) for number, _ in cells),
        gap=-(-contract.break_gap // step),
        minutes=paid_min,
        nights=np.array([night in each[0] for each in kinds]),
        bands=np.array([bands[each] for each in classes]),
        wage=wage,
    )
    worked = np.array([worked_minutes(contract, number) for number, _ in cells])
    return Shapes(made, numbers, clocks, minutes, paid_min, worked, kinds)


def worked_minutes(contract: Contract, shift: int) -> int:
    """Minutes of one of a contract's shifts without all its breaks, paid or not."""
    shift_type = contract.shifts[shift]
    pauses = sum((each.length for each in contract.breaks_of(shift_type)), timedelta(0))
    return (shift_type.length - pauses) // MINUTE


def has_pairs(rest: RestLimit) -> bool:
    """Whether a rule about rest is one for two kinds of shifts on consecutive days."""
    return rest.price is None and rest.after_run is None and (rest.after, rest.before) != (None, None)


def _told_apart(rules: PersonRules | None, clocks: Ints, minutes: Ints) -> tuple[list[int], list[int]]:
    """Starts and lengths as far as a rule about consecutive days compares them; 0 elsewhere."""
    rests = rules is not None and any(has_pairs(rest) for rest in rules.rests)
    starts = rests or (rules is not None and rules.near_start_min is not None)
    return (clocks * starts).tolist(), (minutes * rests).tolist()


def _breaks(windows: BreakWindows) -> tuple[Break, ...]:
    return tuple(Break(each.first, each.last, each.length) for each in windows.break_types)


def _paid_cost(windows: BreakWindows, wages: NDArray[np.float64]) -> NDArray[np.float64]:
    """Least wages of a shift begun in each interval, per hour of an interval: unpaid breaks lie where they save most.

    Wherever the breaks lie in the end, the shift costs no less, so a bound with these wages holds.
    """
    sums = np.concatenate([[0.0], np.cumsum(wages)])
    size = len(wages) - windows.length + 1
    paid = sums[windows.length : windows.length + size] - sums[:size]
    for k, each in enumerate(windows.break_types):
        if not each.paid:
            spans = [sums[u + each.length : u + each.length + size] - sums[u : u + size] for u in windows.starts(k)]
            paid = paid - np.max(spans, axis=0)
    return np.asarray(paid)


def _kinds(rules: PersonRules | None, clocks: Ints, minutes: Ints) -> tuple[tuple[frozenset[str], ...], ...]:
    return tuple(
        tuple(
            frozenset(each.name for each in (rules.kinds if rules else ()) if each.holds(weekday, clock, length))
            for weekday in range(7)
        )
        for clock, length in zip(clocks.tolist(), minutes.tolist(), strict=True)
    )


def _in_order(one: tuple[tuple[frozenset[str], ...], int, int]) -> tuple[list[list[str]], int, int]:
    kinds, clock, minutes = one
    return [sorted(each) for each in kinds], clock, minutes
