"""`target` of a channel: the service level its customers get."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from configs.schema.base import Settings, positive
from configs.units import Duration, Share, format_duration


class LiveTarget(Settings):
    """Service target for customers who wait."""

    share: Share = 0.80
    """Share of contacts to answer in time; below 1."""
    within: Duration = timedelta(seconds=20)
    """Time within which that share is answered."""
    asa: Duration | None = None
    """Maximum mean wait (average speed of answer)."""
    abandonment: Share | None = None
    """Maximum share of contacts that give up."""

    @field_validator("share")
    @classmethod
    def _share_is_attainable(cls, share: float) -> float:
        if not 0 < share < 1:
            raise ValueError(
                f"{share:g} cannot be met by any number of agents; use a share above 0 and below 1, such as 0.99"
            )
        return share


class ConcurrentTarget(LiveTarget):
    """Service target for customers in a conversation."""

    response: Duration | None = None
    """Maximum mean response per message while an agent handles several conversations."""


class DeferrableTarget(Settings):
    """Service target for deferrable work."""

    share: Annotated[Share, Field(gt=0)] = 1.0
    """Share of the contacts of every interval to finish in time; above 0."""
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
