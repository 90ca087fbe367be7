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
    """Something people do once in the week instead of serving customers, inside their shifts."""

    name: str
    """Name, as written in the roster."""
    length: Duration
    """How long it takes."""
    agents: tuple[str, ...] | None = None
    """People who take part, by their ids; by default all."""
    team: str | None = None
    """Team whose people take part."""
    contract: str | None = None
    """Contract whose people take part."""
    skills: tuple[str, ...] | None = None
    """Channels; people who serve all of them take part."""
    count: Annotated[int, Field(ge=1)] | None = None
    """How many of them take part, those who cost least; by default everybody."""
    days: Weekdays = tuple(range(7))
    """Weekdays on which it may take place."""
    window: Clock = ALL_DAY
    """Hours of the day within which it begins and ends."""
    at_once: Annotated[int, Field(ge=1)] | None = None
    """Largest number of people who take part at the same time."""
    together: bool = False
    """Whether everybody takes part at the same time, as in a meeting."""
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
        room = timedelta(minutes=self.window.end - self.window.start)
        if self.length > room:
            raise ValueError(f"{format_duration(self.length)} does not fit into the window {self.window}")
        if self.together and self.at_once is not None:
            raise ValueError("together and at_once cannot be combined; keep one")
        return self
