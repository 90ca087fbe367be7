"""`target` of a channel, and `[targets.*]` over several: the service level their customers get."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from configs.schema.base import Settings, positive
from configs.units import Duration, Share, format_duration

Span = Literal["interval", "day", "week"]
"""What a target is kept over: each interval separately, a day as a whole, or the week as a whole."""
USUAL_SURE = 0.9
"""Probability with which a day or a week meets its target, unless the config says otherwise."""
USUAL_FLOOR = 0.5
"""Least mean share of an interval where the target is one over the day, unless the config says otherwise."""


class SpanTarget(Settings):
    """The span of a target, and its probability."""

    over: Span = "interval"
    """What the target is kept over: "interval" means each interval separately, "day" and "week" their contacts
    together. The roster then spends people where they bring most contacts in time (docs/targets.md).
    """
    sure: Annotated[Share, Field(gt=0, lt=1)] | None = None
    """Probability with which a day or a week meets the target; default: 0.9. It has no meaning for an interval."""

    @property
    def probability(self) -> float:
        """Probability with which a span meets the target."""
        return USUAL_SURE if self.sure is None else self.sure


class LiveTarget(SpanTarget):
    """Service target for customers who wait."""

    share: Share = 0.80
    """Share of contacts to answer in time; below 1."""
    within: Duration = timedelta(seconds=20)
    """Time within which that share is answered."""
    asa: Duration | None = None
    """Maximum mean wait (average speed of answer)."""
    abandonment: Share | None = None
    """Maximum share of contacts that give up."""
    floor: Annotated[Share, Field(lt=1)] | None = None
    """Least mean share in time of any open interval, where the target is one over a day or a week; "week" needs it.
    Default for "day": 0.5.
    """

    @field_validator("share")
    @classmethod
    def _share_is_attainable(cls, share: float) -> float:
        if not 0 < share < 1:
            raise ValueError(
                f"{share:g} cannot be met by any number of agents; use a share above 0 and below 1, such as 0.99"
            )
        return share

    @model_validator(mode="after")
    def _span_and_floor_agree(self) -> LiveTarget:
        if self.over == "week" and not self.floor:
            words = 'over = "week" lets nights and Sundays go unanswered without a floor'
            raise ValueError(f"{words}; add the least share of any interval, such as floor = {USUAL_FLOOR:g}")
        if self.floor is not None and self.floor > self.share:
            words = "the floor is the least of any interval"
            raise ValueError(f"floor {self.floor:g} is above share {self.share:g}; {words}")
        return self

    @property
    def least(self) -> float:
        """Least mean share in time of an interval: the floor, or the usual one; the share itself by interval."""
        return self.share if self.over == "interval" else self.least_of_span

    @property
    def least_of_span(self) -> float:
        """Least mean share in time of an interval of a day or a week: the floor, or the usual one."""
        return min(USUAL_FLOOR, self.share) if self.floor is None else self.floor


class ConcurrentTarget(LiveTarget):
    """Service target for customers in a conversation."""

    response: Duration | None = None
    """Maximum mean response per message while an agent handles several conversations."""


class DeferrableTarget(SpanTarget):
    """Service target for deferrable work."""

    share: Annotated[Share, Field(gt=0)] = 1.0
    """Share of the contacts to finish in time, of every interval or of the span that `over` names; above 0."""
    within: Duration
    """Time within which that share is finished."""
    rest_within: Duration | None = None
    """Time within which all others are finished; default: twice `within`."""
    clock: Literal["open", "clock"] = "open"
    """Whether the time counts opening hours only or all hours."""

    @field_validator("within")
    @classmethod
    def _deadline_is_ahead(cls, within: timedelta) -> timedelta:
        return positive(within, "a deadline")

    @model_validator(mode="after")
    def _rest_takes_longer(self) -> DeferrableTarget:
        if self.rest_within is not None and self.rest_within < self.within:
            message = f"rest_within ({format_duration(self.rest_within)}) is shorter than within"
            raise ValueError(
                f"{message} ({format_duration(self.within)}); it is the time allowed for the remaining contacts"
            )
        return self

    @property
    def longest(self) -> timedelta:
        """Time within which everything is finished."""
        return 2 * self.within if self.rest_within is None else self.rest_within


class JointTarget(SpanTarget):
    """A service target over channels together: sites or skills that hire and answer together."""

    channels: tuple[str, ...]
    """Live channels whose contacts count together, each in time by the `within` of its own target. Of their own
    targets the floor stays; their own share is not asked for.
    """
    share: Annotated[Share, Field(gt=0, lt=1)] = 0.80
    """Share of all their contacts to answer in time."""
    over: Span = "day"
    """What the target is kept over: "day" or "week"."""
    weights: dict[str, Annotated[float, Field(gt=0, allow_inf_nan=False)]] | None = None
    """Value of a contact of each channel, to count by; default: every contact counts the same."""

    @field_validator("channels")
    @classmethod
    def _holds_several(cls, channels: tuple[str, ...]) -> tuple[str, ...]:
        if len(channels) < 2:
            words = f"names {len(channels) or 'no'} channel{'' if channels else 's'}"
            raise ValueError(f"{words}; name two or more, or set over in the target of the channel itself")
        return channels

    @field_validator("over")
    @classmethod
    def _counts_more_than_an_interval(cls, over: Span) -> Span:
        if over == "interval":
            raise ValueError('a target over channels together is one over "day" or "week"')
        return over
