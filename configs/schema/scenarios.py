"""`[scenarios.*]`: what is asked of the plan, and what would be different."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, field_validator, model_validator

from configs.schema.base import Money, Opening, Positive, Settings, positive
from configs.schema.channels import Texts
from configs.units import Duration, Share

SWEEP_MOST = 50
"""Most values of a sweep: each is a plan of its own."""


def _several(value: object) -> object:
    return [value] if isinstance(value, dict) else value


class Move(Settings):
    """A part of a channel's contacts that come by another channel."""

    from_: str = Field(alias="from")
    """Channel they come by today."""
    to: str
    """Channel they come by instead."""
    share: Share
    """Share of the contacts that move."""
    hours: Opening | None = None
    """Hours in which they move, by weekday, in the zone of the first channel; default: all."""
    contacts: Positive = 1.0
    """Contacts by the new channel for each that moves: above 1 where an answer leads to another contact."""
    aht: Duration | None = None
    """Handle time of a contact that moved; default: that of the new channel. Conversations (kind "concurrent") always
    take the time of their channel.
    """

    @field_validator("aht")
    @classmethod
    def _takes_time(cls, aht: timedelta | None) -> timedelta | None:
        return aht if aht is None else positive(aht, "a handle time")


class Deflection(Settings):
    """A part of a channel's contacts that a bot or self-service answers."""

    channel: str
    """The channel."""
    share: Share
    """Share of its contacts that do not reach an agent at first."""
    hours: Opening | None = None
    """Hours in which this holds, by weekday, in the zone of the channel; default: all."""
    fails: Share = 0.0
    """Share of those contacts that reach an agent later after all."""
    after: Duration = timedelta(hours=1)
    """When these come, after their first try; where the channel is closed then, when it opens."""


class Resolution(Settings):
    """A higher first-contact resolution, so that fewer contacts come again."""

    channel: str
    """The channel."""
    now: Annotated[Share, Field(gt=0)]
    """First-contact resolution today."""
    then: Annotated[Share, Field(gt=0)]
    """First-contact resolution in the scenario."""
    again: Share = 1.0
    """Share of the customers of other contacts who come again."""


class Outsourcing(Settings):
    """A part of a channel's contacts that a partner answers at a price."""

    channel: str
    """The channel."""
    price: Money
    """Price of a contact."""
    share: Share = 1.0
    """Share of the contacts that the partner answers."""
    hours: Opening | None = None
    """Hours in which this holds, by weekday, in the zone of the channel; default: all."""


class Scale(Settings):
    """Factors on a channel."""

    volume: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)] = 1.0
    """Factor on its contacts."""
    aht: Annotated[float, Field(gt=0, le=100, allow_inf_nan=False)] = 1.0
    """Factor on its handle time; conversations (kind "concurrent") have theirs in `touch` and `think`."""


class Hire(Settings):
    """People more, or fewer, of one kind."""

    contract: str
    """Their contract."""
    skills: Texts
    """Channels they serve."""
    people: int
    """How many; below 0 so many people of exactly this kind leave."""


class Training(Settings):
    """People who learn another channel."""

    of: str
    """Channel they serve today."""
    skill: str
    """Channel they learn."""
    people: Annotated[int, Field(gt=0)]
    """How many of those who do not know it, in the order of the agents file."""


class Sweep(Settings):
    """One setting at several values, each a plan of its own."""

    key: str
    """The setting: a key of the config such as "staffing.absence", or of the scenario such as "move.share"."""
    values: tuple[Any, ...] = Field(min_length=1, max_length=SWEEP_MOST)
    """Its values, numbers where a break-even is asked for."""


class Scenario(Settings):
    """What is different in a scenario. Parts apply in the order in which they stand here."""

    title: str | None = None
    """What it is, in a few words; default: its name."""
    set: dict[str, Any] | None = None
    """Settings of the config that differ, by their keys: `set.staffing.absence = 0.1`. Tables are merged, values
    and lists replaced; a new contract or channel may be added.
    """
    scale: dict[str, Scale] | None = None
    """Factors on contacts and handle time, by channel."""
    resolve: Annotated[tuple[Resolution, ...], BeforeValidator(_several)] = ()
    """Higher first-contact resolution."""
    deflect: Annotated[tuple[Deflection, ...], BeforeValidator(_several)] = ()
    """Contacts that a bot or self-service answers."""
    move: Annotated[tuple[Move, ...], BeforeValidator(_several)] = ()
    """Contacts that come by another channel."""
    outsource: Annotated[tuple[Outsourcing, ...], BeforeValidator(_several)] = ()
    """Contacts that a partner answers."""
    hire: Annotated[tuple[Hire, ...], BeforeValidator(_several)] = ()
    """People more or fewer."""
    train: Annotated[tuple[Training, ...], BeforeValidator(_several)] = ()
    """People who learn another channel."""
    sweep: Sweep | None = None
    """One setting at several values."""

    @model_validator(mode="after")
    def _differs(self) -> Scenario:
        if not (self.model_fields_set - {"title"}):
            raise ValueError("changes nothing; add what differs, such as set.staffing.absence = 0.1 or move = { ... }")
        return self
