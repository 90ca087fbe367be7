"""`[costs]`: what an hour costs in addition to the wage."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainSerializer, model_validator

from configs.schema.base import Clock, Money, Settings
from configs.units import WEEKDAYS, Share, parse_weekdays

HOLIDAYS = "holidays"


@dataclass(frozen=True)
class PremiumDays:
    """Days on which a premium is paid: weekdays, Monday is 0, and optionally public holidays."""

    weekdays: tuple[int, ...] = tuple(range(7))
    holidays: bool = False

    @classmethod
    def parse(cls, value: object) -> PremiumDays:
        """Read ``["sun", "holidays"]``, or one such text."""
        if isinstance(value, PremiumDays):
            return value
        texts = [text for text in (value if isinstance(value, (list, tuple)) else [value]) if isinstance(text, str)]
        if not texts or (isinstance(value, (list, tuple)) and len(texts) < len(value)):
            raise ValueError(f'{value!r} is not a list of days; write one such as ["sun", "holidays"]')
        parts = [part.strip().lower() for text in texts for part in text.split(",")]
        days = {day for part in parts if part != HOLIDAYS for day in _weekdays(part)}
        return cls(tuple(sorted(days)), HOLIDAYS in parts)

    def texts(self) -> list[str]:
        """Write the days as the config has them."""
        return [*(WEEKDAYS[day] for day in self.weekdays), *([HOLIDAYS] if self.holidays else [])]


def _weekdays(text: str) -> tuple[int, ...]:
    try:
        return parse_weekdays(text)
    except ValueError as error:
        raise ValueError(f'{error}, or "{HOLIDAYS}"') from None


Days = Annotated[PremiumDays, BeforeValidator(PremiumDays.parse), PlainSerializer(PremiumDays.texts)]


class Premium(Settings):
    """Extra pay at certain hours or days."""

    name: str
    """Name of the premium."""
    span: Clock | None = Field(default=None)
    """Hours of the day in which it is paid, written as `from` and `to`."""
    days: Days = PremiumDays()
    """Weekdays it is paid, such as ["sun"]; "holidays" are those of `[calendar]`, on any weekday."""
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


class ShortageTier(Settings):
    """A higher penalty for understaffing below a share of the requirement."""

    below: Annotated[Share, Field(gt=0, lt=1)]
    """Share of the requirement below which a missing agent costs more."""
    per_hour: Money
    """Penalty for an hour with one agent missing below that share."""


class Costs(Settings):
    """Costs and penalties besides the hourly wage."""

    shortage_per_hour: Money = 90.0
    """Penalty for one hour with one agent understaffed."""
    shortage_tiers: tuple[ShortageTier, ...] = ()
    """Higher penalties for agents missing below shares of the requirement, and below a channel's `minimum`."""
    excess_per_hour: Money = 0.0
    """Penalty for one hour with one agent overstaffed, on top of the wage."""
    premiums: tuple[Premium, ...] = ()
    """Extra pay at certain hours or days."""

    @model_validator(mode="after")
    def _tiers_rise(self) -> Costs:
        prices = [self.shortage_per_hour, *(t.per_hour for t in sorted(self.shortage_tiers, key=lambda t: -t.below))]
        for before, after in pairwise(prices):
            if after <= before:
                raise ValueError(
                    f"shortage_tiers: {after:g} an hour must be more than {before:g}, the price above that share; "
                    "prices rise as the shortage grows"
                )
        shares = [tier.below for tier in self.shortage_tiers]
        if len(set(shares)) < len(shares):
            raise ValueError("shortage_tiers: the same share is given twice")
        return self

    @property
    def late_per_hour(self) -> float:
        """Price of an hour of work for each hour it stays late."""
        return self.shortage_per_hour / LATE_DAY_HOURS
