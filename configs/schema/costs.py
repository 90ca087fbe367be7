"""`[costs]`: what an hour costs beside the wage."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, model_validator

from configs.schema.base import Clock, Money, Settings, Weekdays


class Premium(Settings):
    """Extra pay at certain hours or days."""

    name: str
    """Name of the premium."""
    span: Clock | None = Field(default=None)
    """Hours of the day it is paid, written as `from` and `to`."""
    days: Weekdays = tuple(range(7))
    """Weekdays it is paid, such as ["sun"]."""
    add: Annotated[float, Field(ge=0, le=10, allow_inf_nan=False)]
    """Extra pay as a share of the hourly cost; premiums add up."""

    @model_validator(mode="before")
    @classmethod
    def _from_and_to_make_a_span(cls, raw: Any) -> Any:  # noqa: ANN401 - whatever stands in the file
        if not isinstance(raw, dict) or "span" in raw:
            return raw
        raw = dict(raw)
        first, last = raw.pop("from", None), raw.pop("to", None)
        if (first is None) != (last is None):
            raise ValueError("give both from and to, or neither")
        if first is not None:
            raw["span"] = f"{first}-{last}"
        elif "days" not in raw:
            raise ValueError("needs hours (from and to) or days")
        return raw


LATE_DAY_HOURS = 8.0
"""An hour of work that stays late for a working day costs as much as one hour short of an agent."""


class Costs(Settings):
    """What an hour costs beside the wage."""

    shortage_per_hour: Money = 90.0
    """Price of one hour with one agent too few."""
    excess_per_hour: Money = 0.0
    """Price of one hour with one agent too many, beside the wage."""
    premiums: tuple[Premium, ...] = ()
    """Extra pay at certain hours or days."""

    @property
    def late_per_hour(self) -> float:
        """Price of an hour of work for each hour it stays late."""
        return self.shortage_per_hour / LATE_DAY_HOURS
