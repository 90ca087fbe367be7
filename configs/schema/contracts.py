"""`[contracts.*]`: shifts, breaks and limits of a kind of employment."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from configs.schema.base import Money, Settings, Starts, Weekdays, Window, positive
from configs.units import Duration, format_duration

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
    """A kind of shift: how long, and when it may begin."""

    length: Duration
    """Length of the shift, breaks included."""
    start: Starts
    """Earliest and latest clock time at which it may begin."""
    step: Duration = timedelta(minutes=30)
    """Distance between allowed starts."""
    days: Weekdays = tuple(range(7))
    """Weekdays on which it may begin."""
    breaks: tuple[Break, ...] | None = None
    """Breaks of this shift; by default those of the contract."""

    @field_validator("length")
    @classmethod
    def _length_is_a_working_day(cls, length: timedelta) -> timedelta:
        if not timedelta(0) < length <= timedelta(hours=24):
            raise ValueError(f"{format_duration(length)} is not the length of a shift; it lies above 0 and up to 24h")
        return length

    @field_validator("step")
    @classmethod
    def _step_ispositive(cls, step: timedelta) -> timedelta:
        return positive(step, "step")

    @property
    def starts(self) -> tuple[int, ...]:
        """Allowed starts in minutes after local midnight, in order."""
        return tuple(range(self.start.first, self.start.last + 1, int(self.step.total_seconds() // 60)))


class Contract(Settings):
    """A kind of employment: how much, which shifts, which breaks, at what cost."""

    agents: Annotated[int, Field(ge=0)] | None = None
    """Number of people, where no agents file names them."""
    skills: tuple[str, ...] | None = None
    """Channels those people serve; all by default."""
    days_per_week: Annotated[int, Field(ge=1, le=7)]
    """Working days a week."""
    min_days: Annotated[int, Field(ge=1, le=7)] | None = None
    """Fewest working days a week; by default it is all of `days_per_week` or none."""
    guaranteed: bool = False
    """Whether everybody works all these days; otherwise people nobody needs stay at home unpaid."""
    days_off: Literal["together", "any"] = "together"
    """Whether days off follow one another (the week read as a circle)."""
    shifts: Annotated[tuple[Shift, ...], Field(min_length=1)]
    """Kinds of shifts."""
    breaks: tuple[Break, ...] = ()
    """Breaks of every shift that names none of its own."""
    rest: Duration = timedelta(hours=11)
    """Shortest rest between two shifts, up to 144h; where it leaves fewer days than the contract has, people work as
    many as fit."""
    max_consecutive_days: Annotated[int, Field(ge=1, le=31)] = 6
    """Most working days in a row."""
    cost_per_hour: Money
    """Cost of a paid hour, premiums excluded."""

    @field_validator("rest")
    @classmethod
    def _rest_leaves_a_day(cls, rest: timedelta) -> timedelta:
        if not timedelta(0) <= rest <= LONGEST_REST:
            raise ValueError(
                f"{format_duration(rest)} is not a rest between two shifts; it lies between 0h and "
                f"{format_duration(LONGEST_REST)}"
            )
        return rest

    @model_validator(mode="after")
    def _days_are_in_order(self) -> Contract:
        if self.min_days is not None and self.min_days > self.days_per_week:
            raise ValueError(f"min_days {self.min_days} is above days_per_week {self.days_per_week}")
        return self

    @model_validator(mode="after")
    def _breaks_fit_their_shifts(self) -> Contract:
        for shift in self.shifts:
            breaks = self.breaks_of(shift)
            for pause in breaks:
                end = pause.after.last + pause.length
                if end > shift.length:
                    raise ValueError(
                        f"the break of {format_duration(pause.length)} after {pause.after} can end "
                        f"{format_duration(end)} into a shift of {format_duration(shift.length)}; "
                        "shorten the break or its window, or give that shift breaks of its own"
                    )
            for before, after in pairwise(breaks):
                if after.after.first < before.after.last + before.length:
                    raise ValueError(
                        f"the breaks after {before.after} and after {after.after} can overlap; move their windows apart"
                    )
        return self

    def breaks_of(self, shift: Shift) -> tuple[Break, ...]:
        """Breaks of one of the contract's shifts, in order of their windows."""
        breaks = self.breaks if shift.breaks is None else shift.breaks
        return tuple(sorted(breaks, key=lambda pause: pause.after.first))
