"""`[channels.*]`: the three kinds of channels."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, field_validator, model_validator

from configs.schema.base import ALWAYS_OPEN, Opening, Settings, ZoneName, positive
from configs.schema.targets import ConcurrentTarget, DeferrableTarget, LiveTarget
from configs.units import Duration, Share

MAX_SLOTS = 20
"""Most conversations one agent may handle; more than four or five add little but delay (docs/glossary.md)."""


def _several(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Texts = Annotated[tuple[str, ...], BeforeValidator(_several)]
"""A text, or several of them."""


class AnyChannel(Settings):
    """Settings every channel has."""

    open: Opening = ALWAYS_OPEN
    """Opening hours, by weekday; default: always open."""
    timezone: ZoneName | None = None
    """Time zone of its customers, if it differs: its opening hours, days, holidays and deadlines follow this zone;
    default: the zone of the plan.
    """
    closed_on_holidays: bool = False
    """Whether the channel is closed on public holidays."""
    minimum: Annotated[int, Field(ge=0)] = 0
    """Minimum agents on duty while the channel is open."""
    max_occupancy: Annotated[Share, Field(gt=0, lt=1)] = 0.90
    """Maximum share of their time that agents may be busy."""
    aht: Duration | None = None
    """Mean handle time, used if the history has none."""
    source: dict[str, Texts] | None = None
    """Rows of the history that are this channel: a text, or several, for `queue`, `media`, `skill`, `language`, `site`,
    `file` or a column of the file; "*" stands for any letters, as in { queue = ["Sales*", "Orders"], media = "voice" }.
    All rows that match are added up. Default: the rows whose channel column has its name.
    """
    volume: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    """Contacts a week of a channel without history yet."""
    shape: str | dict[str, Annotated[float, Field(ge=0, allow_inf_nan=False)]] | None = None
    """Spread of a week or a day over its intervals, for `volume` and for a history of daily totals: the name of another
    channel (by the clock of each), "even" over the opening hours, or weights from a time of day on, as in
    { "08:00" = 3, "12:00" = 5 }.
    """
    from_: date | None = Field(None, alias="from")
    """First day of a channel without history yet; default: the whole week."""

    @property
    def states_open(self) -> bool:
        """Whether the config states opening hours; otherwise contacts are accepted at any time."""
        return "open" in self.model_fields_set

    @field_validator("source")
    @classmethod
    def _source_has_texts(cls, source: dict[str, Texts] | None) -> dict[str, Texts] | None:
        if source is None:
            return None
        if not source:
            raise ValueError('is empty; name a column with its texts, or { file = "*" } for all rows')
        for key, texts in source.items():
            if not texts:
                raise ValueError(f'has no text for "{key}"; write "*" for all of them')
        return source

    @field_validator("shape")
    @classmethod
    def _weights_have_times(cls, shape: str | dict[str, float] | None) -> str | dict[str, float] | None:
        if isinstance(shape, dict):
            bad = [text for text in shape if not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", text, re.ASCII)]
            if bad:
                raise ValueError(f'"{bad[0]}" is not a time of day such as "08:00"')
            if not any(shape.values()):
                raise ValueError("has no weight above 0")
        return shape

    @field_validator("aht")
    @classmethod
    def _handle_time_is_positive(cls, aht: timedelta | None) -> timedelta | None:
        return aht if aht is None else positive(aht, "a handle time")


class LiveChannel(AnyChannel):
    """Settings of channels whose customers wait for an answer now."""

    patience: Duration | None = None
    """Mean time a customer waits before giving up; without it nobody gives up (Erlang C)."""

    @field_validator("patience")
    @classmethod
    def _patience_is_positive(cls, patience: timedelta | None) -> timedelta | None:
        return patience if patience is None else positive(patience, "patience")

    @field_validator("target", mode="before", check_fields=False)
    @classmethod
    def _target_asks_for_something(cls, raw: object) -> object:
        if raw == {}:
            raise ValueError('is empty; write a target, such as { share = 0.80, within = "20s" }, or leave it out')
        return raw


class SynchronousChannel(LiveChannel):
    """A channel with one customer at a time, who waits now: phone, video."""

    kind: Literal["synchronous"]
    """"synchronous"."""
    service_cv: Annotated[float, Field(ge=0, le=10, allow_inf_nan=False)] = 1.0
    """Coefficient of variation of the handle time; lengthens waits if nobody gives up (no `patience`)."""
    redial_share: Annotated[Share, Field(lt=1)] = 0.0
    """Share of those who give up who call again; leave 0 if the history counts these calls."""
    redial_after: Duration = timedelta(minutes=5)
    """Mean time until such a customer calls again, in the simulation."""
    target: LiveTarget = LiveTarget()
    """The service target."""

    @field_validator("redial_after")
    @classmethod
    def _call_again_is_positive(cls, redial_after: timedelta) -> timedelta:
        return positive(redial_after, "the time until a customer calls again")

    @model_validator(mode="after")
    def _who_calls_again_gave_up(self) -> SynchronousChannel:
        if self.redial_share > 0 and self.patience is None:
            raise ValueError("redial_share needs patience: without it nobody gives up and calls again")
        return self


class ConcurrentChannel(LiveChannel):
    """A channel whose agents hold several conversations: live chat, messaging answered in minutes."""

    kind: Literal["concurrent"]
    """"concurrent"."""
    slots: Annotated[int, Field(ge=1, le=MAX_SLOTS)]
    """Conversations an agent may handle at once."""
    touch: Duration | None = None
    """Agent time per message."""
    think: Duration | None = None
    """Customer time between two messages."""
    touches: Annotated[float, Field(ge=1, allow_inf_nan=False)] | None = None
    """Mean number of agent messages per conversation."""
    switch: Annotated[float, Field(ge=0, le=1)] = 0.0
    """Extra agent time per message for each further open conversation, as a share."""
    aht_by_slots: tuple[Duration, ...] | None = None
    """Measured handle time with 1, 2, ... conversations open, instead of touch, think and touches."""
    target: ConcurrentTarget = ConcurrentTarget(within=timedelta(seconds=40))
    """The service target."""

    @model_validator(mode="after")
    def _curve_is_given_once(self) -> ConcurrentChannel:
        derived = [name for name in ("touch", "think", "touches") if getattr(self, name) is not None]
        if self.aht_by_slots is not None and derived:
            raise ValueError("give either touch, think and touches, or aht_by_slots")
        if self.aht_by_slots is None and len(derived) < 3:
            raise ValueError(
                "needs touch, think and touches (or aht_by_slots): "
                "how long a message takes, how long the customer pauses, how many messages"
            )
        if self.aht_by_slots is not None and len(self.aht_by_slots) != self.slots:
            raise ValueError(
                f"aht_by_slots has {len(self.aht_by_slots)} values for {self.slots} slots; give one for each"
            )
        if self.touch is not None:
            positive(self.touch, "touch")
        return self


class DeferrableChannel(AnyChannel):
    """A channel whose work can wait for hours: e-mail, tickets, threads."""

    kind: Literal["deferrable"]
    """"deferrable"."""
    target: DeferrableTarget
    """The service target."""
    worked: Opening | None = None
    """Hours in which its work may be done, in the time zone of the plan. Default: the opening hours of live channels
    on days on which they need agents, and the hours of `open` if stated; without a live channel, the hours of
    `open`. `closed_on_holidays` excludes public holidays.
    """
    returns: Annotated[Share, Field(lt=1)] = 0.0
    """Share of finished contacts whose customer writes again; leave 0 if the history counts these contacts."""
    returns_after: Duration = timedelta(hours=12)
    """Mean time until such a customer writes again."""
    backlog: Annotated[int, Field(ge=0)] | None = None
    """Contacts open when the week begins, due evenly over the first deadline; default: the carry-over of the week
    itself.
    """
    blend: bool = False
    """Whether agents on calls with this skill do its work in idle time, within the service target of the calls."""
    at_end: Literal["as-found", "clear", "due"] = "as-found"
    """Work that must be done by the end of the week: enough to leave no more backlog than at the start, all that
    arrived while the channel was open, or only what is due.
    """


Channel = Annotated[SynchronousChannel | ConcurrentChannel | DeferrableChannel, Field(discriminator="kind")]
