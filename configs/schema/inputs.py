"""`[history]`, `[calendar]`, `[forecast]`: what is read, and how it becomes a forecast."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import field_validator, model_validator

from configs.schema.base import Settings, ZoneName
from configs.schema.reading import HandleTimes, HistoryColumns, Reading
from configs.units import Share


class Cleaning(Settings):
    """Treatment of unusual days in the history."""

    channel: str | None = None
    """Channel; default: all."""
    first: date
    """First day."""
    last: date
    """Last day; default: the first."""
    action: Literal["keep", "drop", "replace"]
    """"keep" it, "drop" it (not observed), or "replace" it with an estimate from the days around it."""

    @model_validator(mode="before")
    @classmethod
    def _one_day_is_a_span(cls, raw: Any) -> Any:  # noqa: ANN401 - whatever stands in the file
        if isinstance(raw, dict) and "last" not in raw and "first" in raw:
            return {**raw, "last": raw["first"]}
        return raw

    @model_validator(mode="after")
    def _span_runs_forward(self) -> Cleaning:
        if self.last < self.first:
            raise ValueError(f"last ({self.last}) is before first ({self.first})")
        return self


class History(Reading):
    """Where past arrivals are and how they are read."""

    path: str | None = None
    """A file (CSV, XLSX, ODS or Parquet; text may be .gz), a folder of them, the URL of a database, or "demo" for the
    built-in demo data. Not needed for commands that start from a forecast or requirement file.
    """
    query: str | None = None
    """Query whose rows are the history, if `path` is the URL of a database, such as "sqlite:///calls.db" or
    "postgresql://planner:${CALLS_PASSWORD}@db/calls" (`${NAME}` is a variable of the environment).
    """
    table: str | None = None
    """Table or view whose rows are the history, instead of a query."""
    columns: HistoryColumns = HistoryColumns()
    """Names of the columns in the file."""
    aht: HandleTimes | None = None
    """Content of the handle time column."""
    timezone: ZoneName | None = None
    """Time zone of time stamps without an offset; default: the zone of the plan."""
    duplicates: Literal["refuse", "last", "sum"] = "refuse"
    """Several rows for one channel and interval: "refuse" them (a row that repeats another in every cell of the file
    counts once), keep the "last" in the order of files and rows, or "sum" all, including repeats.
    """
    missing: Literal["unknown", "zero"] = "unknown"
    """Whether a missing row means "not observed" or "no contacts"."""
    max_missing: Share = 0.5
    """Share of a channel's open intervals that may be missing; above it the history is refused."""
    cleaning: tuple[Cleaning, ...] = ()
    """Treatment of unusual days; without an entry they are kept and reported."""


class Calendar(Settings):
    """Public holidays and events."""

    country: str | None = None
    """Country whose public holidays count, as two letters."""
    region: str | None = None
    """Region of that country, such as "ENG"."""
    categories: tuple[str, ...] = ("public",)
    """Kinds of holidays that count, such as "public", "bank", "school" or "optional"; each country has its own."""
    events: str | None = None
    """File of events (campaigns, outages, closed days), or "demo"."""
    adjustments: str | None = None
    """File of adjustments applied after the model: channel, from, to, multiply or add or set, reason."""

    @field_validator("categories")
    @classmethod
    def _at_least_one_category(cls, categories: tuple[str, ...]) -> tuple[str, ...]:
        if not categories:
            raise ValueError('is empty; leave it out for "public" holidays, or leave out calendar.country')
        return categories


class Forecasting(Settings):
    """How the forecast is made."""

    fast: bool = False
    """Fewer models and a shorter backtest: a few per cent less accurate, several times as fast."""
