"""What staffing may notice: a fact each, with the numbers its sentence needs.

`where` is a config key or the forecast table. The sentences are in ``reports.english.staffing``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from configs.notes import Fact

if TYPE_CHECKING:
    from datetime import datetime

    from forecast.opening.hours import DaySpan


@dataclass(frozen=True)
class ChannelsNotPlanned(Fact):
    """Channels of the forecast table that the config does not name."""

    where: str
    channels: tuple[str, ...]


@dataclass(frozen=True)
class RowsOutsideWeek(Fact):
    """Rows of the forecast table outside the planned days."""

    where: str
    rows: int


@dataclass(frozen=True)
class NoQuantiles(Fact):
    """Intervals without quantiles, staffed for the mean volume."""

    where: str
    intervals: int


@dataclass(frozen=True)
class RiskNotUsed(Fact):
    """A share of weeks to cover is set; channels with a target over a day or a week are staffed for the mean volume."""

    where: str
    risk: float
    channels: tuple[str, ...]


@dataclass(frozen=True)
class OneQueue(Fact):
    """Channels that share people, agent-hours as one queue and apart; `whole` where they share enough for all of it."""

    where: str
    channels: tuple[str, ...]
    hours: float
    hours_apart: float
    whole: bool


@dataclass(frozen=True)
class ForecastOutsideHours(Fact):
    """Contacts are forecast while the channel is closed."""

    where: str
    contacts: float


@dataclass(frozen=True)
class HandleTimeDiffers(Fact):
    """The handle time of the forecast is not touch times touches, which is used."""

    where: str
    forecast_s: float
    used_s: float


@dataclass(frozen=True)
class MinimumNotUsed(Fact):
    """A minimum of agents is set for work that may wait."""

    where: str


@dataclass(frozen=True)
class ExactNotPossible(Fact):
    """The exact method does not apply beyond `most_erl` Erlang, or to this kind of channel; "mol" was used."""

    where: str
    most_erl: float


@dataclass(frozen=True)
class ServiceDiffers(Fact):
    """Service levels of intervals by themselves and of the day followed through, in the interval where most apart."""

    where: str
    intervals: int
    of: int
    worst: datetime
    alone: float
    followed: float


@dataclass(frozen=True)
class IdleTime(Fact):
    """Agent-hours between calls that may hold the work of other channels."""

    where: str
    hours: float
    channels: tuple[str, ...]


@dataclass(frozen=True)
class SingleAgentHours(Fact):
    """Hours of the week in which one agent costs more than the work is worth; sums over the planned days."""

    where: str
    channel: str
    hours: tuple[DaySpan, ...]
    contacts: float
    cost: float
    paid_h: float
    work_h: float
    worth: float
    currency: str
