"""The types of config values: durations, shares, hours, money."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

from configs.errors import nearest
from configs.units import WEEKDAYS, ClockSpan, DurationSpan, OpeningHours, StartSpan, parse_weekdays
from configs.zones import known_zones

MINUTES_ALLOWED = (5, 6, 10, 12, 15, 20, 30, 60)


def _weekdays(days: Any) -> Any:  # noqa: ANN401 - whatever stands in the file
    texts = [days] if isinstance(days, str) else days
    if isinstance(texts, (list, tuple)) and all(isinstance(text, str) for text in texts):
        return tuple(sorted({day for text in texts for day in parse_weekdays(text)}))
    return days


def _of_a_week(days: tuple[int, ...]) -> tuple[int, ...]:
    for day in days:
        if not 0 <= day < len(WEEKDAYS):
            raise ValueError(f"{day} is not a weekday; write names such as {WEEKDAYS[0]}")
    return days


def _zone_exists(zone: str) -> str:
    if zone not in known_zones():
        raise ValueError(f'"{zone}" is not a time zone{nearest(zone, sorted(known_zones()))}')
    return zone


Weekdays = Annotated[tuple[int, ...], BeforeValidator(_weekdays), AfterValidator(_of_a_week)]


ZoneName = Annotated[str, AfterValidator(_zone_exists)]


Opening = Annotated[OpeningHours, BeforeValidator(OpeningHours.parse), PlainSerializer(str, return_type=str)]


Clock = Annotated[ClockSpan, BeforeValidator(ClockSpan.parse), PlainSerializer(str, return_type=str)]


Window = Annotated[DurationSpan, BeforeValidator(DurationSpan.parse), PlainSerializer(str, return_type=str)]


Starts = Annotated[StartSpan, BeforeValidator(StartSpan.parse), PlainSerializer(str, return_type=str)]


Money = Annotated[float, Field(ge=0, allow_inf_nan=False)]


Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]


ALWAYS_OPEN = OpeningHours.parse("00:00-24:00")


class Settings(BaseModel):
    """Base of every table: frozen, unknown keys refused, fields documented by the docstrings under them."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, validate_default=False)


def positive(value: timedelta, what: str) -> timedelta:
    """Return the duration, or refuse it: `what` must be longer than nothing."""
    if value <= timedelta(0):
        raise ValueError(f"{what} must be longer than 0s")
    return value
