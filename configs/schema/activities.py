"""`[[activities]]`: planned work away from the channels, such as training, meetings and coaching."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated

from pydantic import Field, field_validator, model_validator

from configs.schema.base import Clock, Settings, Weekdays, positive
from configs.units import ClockSpan, Duration, format_duration

ALL_DAY = ClockSpan.parse("00:00-24:00")
NAME = re.compile(r"[^\s;,][^;,\n]{0,38}[^\s;,]|[^\s;,]")

MISSED = 2.0
"""An hour of an activity that is not held costs as much as two hours short of an agent: it is put off only then."""


class Activity(Settings):
    """Planned work once a week inside a shift, away from the channels."""

    name: str
    """Name, as in the roster."""
    length: Duration
    """Length."""
    agents: tuple[str, ...] | None = None
    """People who take part, by id; default: all."""
    team: str | None = None
    """Team whose people take part."""
    contract: str | None = None
    """Contract whose people take part."""
    skills: tuple[str, ...] | None = None
    """Channels; people who serve all of them take part."""
    count: Annotated[int, Field(ge=1)] | None = None
    """Number of people who take part, chosen at least cost; default: everyone."""
    days: Weekdays = tuple(range(7))
    """Weekdays on which it may take place."""
    window: Clock = ALL_DAY
    """Hours of the day in which it starts and ends."""
    at_once: Annotated[int, Field(ge=1)] | None = None
    """Maximum people who take part at the same time."""
    together: bool = False
    """Whether everyone takes part at the same time, as in a meeting."""
    paid: bool = True
    """Whether its time is paid."""

    @field_validator("name")
    @classmethod
    def _name_can_stand_in_a_table(cls, name: str) -> str:
        if not NAME.fullmatch(name):
            raise ValueError(f'"{name}" is not a valid name; write 1 to 40 characters without ";" and ","')
        return name

    @field_validator("length")
    @classmethod
    def _length_is_positive(cls, length: timedelta) -> timedelta:
        return positive(length, "an activity")

    @model_validator(mode="after")
    def _activity_fits(self) -> Activity:
        window_length = timedelta(minutes=self.window.end - self.window.start)
        if self.length > window_length:
            raise ValueError(f"{format_duration(self.length)} does not fit into the window {self.window}")
        if self.together and self.at_once is not None:
            raise ValueError("together and at_once cannot be combined; keep one")
        return self
