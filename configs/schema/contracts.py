"""`[contracts.*]`: shifts, breaks and limits of a kind of employment."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from configs.breaks import BreakRule, BreakType
from configs.schema.base import Money, Settings, Starts, Weekdays, Window, positive
from configs.schema.rules import Rules
from configs.units import Duration, format_duration

SECOND = timedelta(seconds=1)
LONGEST_REST = timedelta(hours=144)
"""With a shift of 24 h it fills the week: one shift every seven days."""


class Break(Settings):
    """A pause inside a shift that may move within its window."""

    length: Duration
    """Length of the break."""
    after: Window
    """Earliest and latest start of the break, counted from the start of the shift."""
    paid: bool = False
    """Whether the break is paid."""


class Shift(Settings):
    """A shift type: its length, and when it may begin."""

    length: Duration
    """Length of the shift, breaks included."""
    start: Starts
    """Earliest and latest clock time at which it may begin."""
    step: Duration = timedelta(minutes=30)
    """Distance between allowed starts."""
    days: Weekdays = tuple(range(7))
    """Weekdays on which it may begin."""
    breaks: tuple[Break, ...] | None = None
    """Breaks of this shift type; default: those of the contract."""

    @field_validator("length")
    @classmethod
    def _length_is_a_working_day(cls, length: timedelta) -> timedelta:
        if not timedelta(0) < length <= timedelta(hours=24):
            raise ValueError(f"{format_duration(length)} is not a shift length; write one above 0 and up to 24h")
        return length

    @field_validator("step")
    @classmethod
    def _step_is_positive(cls, step: timedelta) -> timedelta:
        return positive(step, "step")

    @property
    def starts(self) -> tuple[int, ...]:
        """Allowed starts in minutes after local midnight, in order."""
        return tuple(range(self.start.first, self.start.last + 1, int(self.step.total_seconds() // 60)))


class Contract(Settings):
    """A kind of employment: working days, shifts, breaks and cost."""

    agents: Annotated[int, Field(ge=0)] | None = None
    """Number of people, if no agents file names them."""
    skills: tuple[str, ...] | None = None
    """Channels these people serve; default: all."""
    days_per_week: Annotated[int, Field(ge=1, le=7)]
    """Working days a week."""
    min_days: Annotated[int, Field(ge=1, le=7)] | None = None
    """Minimum working days a week; default: all of `days_per_week` or none."""
    guaranteed: bool = False
    """Whether everyone works all these days; otherwise people who are not needed get no shifts and no pay."""
    days_off: Literal["together", "any"] = "together"
    """Whether days off are consecutive (Sunday is followed by Monday)."""
    shifts: Annotated[tuple[Shift, ...], Field(min_length=1)]
    """Shift types."""
    breaks: tuple[Break, ...] = ()
    """Breaks of every shift type without its own breaks, in the order they are taken. Windows may overlap, breaks
    never do. If the written order has no placement, breaks follow the order of their windows.
    """
    break_gap: Duration = timedelta(0)
    """Least time between two breaks, and between a break and each end of the shift."""
    rest: Duration = timedelta(hours=11)
    """Minimum rest between two shifts, up to 144h. If it leaves fewer days than the contract has, people work as many
    as fit.
    """
    max_consecutive_days: Annotated[int, Field(ge=1, le=31)] = 6
    """Maximum working days in a row."""
    cost_per_hour: Money
    """Cost of a paid hour, premiums excluded."""
    rules: Rules | None = None
    """Rules about people over several weeks."""

    @field_validator("rest")
    @classmethod
    def _rest_leaves_a_day(cls, rest: timedelta) -> timedelta:
        if not timedelta(0) <= rest <= LONGEST_REST:
            raise ValueError(
                f"{format_duration(rest)} is not a rest between two shifts; write one from 0h to "
                f"{format_duration(LONGEST_REST)}"
            )
        return rest

    @model_validator(mode="after")
    def _days_are_in_order(self) -> Contract:
        if self.min_days is not None and self.min_days > self.days_per_week:
            raise ValueError(f"min_days {self.min_days} is above days_per_week {self.days_per_week}")
        return self

    @model_validator(mode="after")
    def _breaks_find_a_place(self) -> Contract:
        for shift in self.shifts:
            rule = self.break_rule(shift)
            if rule.blocked is not None:
                raise ValueError(no_place(rule, self.breaks_of(shift), self.break_gap, SECOND))
        return self

    def breaks_of(self, shift: Shift) -> tuple[Break, ...]:
        """Breaks of one of the contract's shifts in the order they are taken.

        It is the order written, or that of their windows where only it leaves a placement.
        """
        written = self.breaks if shift.breaks is None else shift.breaks
        by_window = tuple(sorted(written, key=lambda break_type: break_type.after.first))
        if by_window == written or _rule(shift, written, self.break_gap, SECOND).blocked is None:
            return written
        return by_window

    def break_rule(self, shift: Shift, unit: timedelta = SECOND) -> BreakRule:
        """Where the breaks of one of the contract's shifts may lie, counted in `unit`; the gap is rounded up to it."""
        return _rule(shift, self.breaks_of(shift), self.break_gap, unit)


def _rule(shift: Shift, breaks: tuple[Break, ...], gap: timedelta, unit: timedelta) -> BreakRule:
    break_types = tuple(
        BreakType(
            break_type.after.first // unit, break_type.after.last // unit, break_type.length // unit, break_type.paid
        )
        for break_type in breaks
    )
    return BreakRule(shift.length // unit, break_types, -(-gap // unit))


def no_place(rule: BreakRule, breaks: tuple[Break, ...], gap: timedelta, unit: timedelta) -> str:
    """Say which break finds no place in its shift, and why; `rule` is counted in `unit`."""
    k = rule.blocked or 0
    break_type, begun = breaks[k], rule.earliest[k] * unit
    if begun > break_type.after.last:
        causes = [*(["the breaks before it"] if k else []), *([f"break_gap {format_duration(gap)}"] if gap else [])]
        why = f"given {' and '.join(causes)}, it begins at the earliest {format_duration(begun)} into the shift"
    else:
        after = f", and break_gap asks for {format_duration(gap)} after it" if gap else ""
        end = format_duration(begun + break_type.length)
        why = f"begun {format_duration(begun)} into the shift, it ends {end} into it{after}"
    return (
        f"the break of {format_duration(break_type.length)} after {break_type.after} does not fit into a shift of "
        f"{format_duration(rule.shift * unit)}: {why}; widen its window, shorten the breaks"
        f"{' or break_gap' if gap else ''}, or give that shift its own breaks"
    )
