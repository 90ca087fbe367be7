"""Every setting of the config: its type, its default, its meaning. The docstrings are the reference page."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    field_validator,
    model_validator,
)

from configs.errors import nearest
from configs.units import (
    ClockSpan,
    Duration,
    DurationSpan,
    OpeningHours,
    Share,
    StartSpan,
    format_duration,
    parse_weekdays,
)

MAX_SLOTS = 20
"""Most conversations one agent may hold; beyond eight nothing but delay is gained (docs/glossary.md)."""

MINUTES_ALLOWED = (5, 6, 10, 12, 15, 20, 30, 60)


def _weekdays(days: Any) -> Any:  # noqa: ANN401 - whatever stands in the file
    texts = [days] if isinstance(days, str) else days
    if isinstance(texts, (list, tuple)) and all(isinstance(text, str) for text in texts):
        return tuple(sorted({day for text in texts for day in parse_weekdays(text)}))
    return days


def _zone_exists(zone: str) -> str:
    if zone not in available_timezones():
        raise ValueError(f'"{zone}" is not a time zone{nearest(zone, sorted(available_timezones()))}')
    return zone


Weekdays = Annotated[tuple[int, ...], BeforeValidator(_weekdays)]
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


def _positive(value: timedelta, what: str) -> timedelta:
    if value <= timedelta(0):
        raise ValueError(f"{what} must be longer than 0s")
    return value


class Plan(Settings):
    """What is planned, where and when."""

    name: str
    """Name of the plan; the run folder is called after it."""
    timezone: ZoneName
    """Zone of the site, such as "Europe/London". Opening hours and shifts are local times of this zone."""
    interval: Duration = timedelta(minutes=15)
    """Length of a planning interval."""
    week: date | None = None
    """Monday of the planned week; by default the first whole week after the history ends."""
    weeks: Annotated[int, Field(ge=1, le=1)] = 1
    """Number of weeks planned at once."""
    currency: str = "EUR"
    """Currency of every cost, as three letters."""
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 1
    """Seed of everything that is drawn or broken by lot; same inputs and seed give the same bytes."""

    @field_validator("name")
    @classmethod
    def _name_is_a_file_name(cls, name: str) -> str:
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 _.-]{0,63}", name):
            raise ValueError(f'"{name}" cannot name a folder; use letters, digits, space, "_", "-" and "."')
        return name

    @field_validator("interval")
    @classmethod
    def _interval_divides_the_hour(cls, interval: timedelta) -> timedelta:
        if interval.total_seconds() / 60 not in MINUTES_ALLOWED:
            allowed = ", ".join(f"{minutes}min" for minutes in MINUTES_ALLOWED)
            raise ValueError(f"{format_duration(interval)} is not an interval; choose one of {allowed}")
        return interval

    @field_validator("week")
    @classmethod
    def _week_begins_on_monday(cls, week: date | None) -> date | None:
        if week is not None and week.weekday() != 0:
            raise ValueError(
                f"{week} is a {week:%A}; a week begins on Monday, such as {week - timedelta(week.weekday())}"
            )
        return week

    @property
    def zone(self) -> ZoneInfo:
        """The zone as an object."""
        return ZoneInfo(self.timezone)

    @property
    def interval_s(self) -> int:
        """Length of an interval in seconds."""
        return int(self.interval.total_seconds())


class HistoryColumns(Settings):
    """Names of the columns in the history file, where they differ from ours."""

    channel: str = "channel"
    """Column that names the channel; a file without it holds one channel."""
    start: str = "start"
    """Column of interval starts."""
    volume: str = "volume"
    """Column of contacts offered."""
    handled: str = "handled"
    """Column of contacts handled."""
    aht_s: str = "aht_s"
    """Column of mean handle time in seconds."""
    abandoned: str = "abandoned"
    """Column of contacts abandoned."""
    wait_s: str = "wait_s"
    """Column of the mean wait of all contacts offered, in seconds."""
    backlog: str = "backlog"
    """Column of contacts open at the start of the interval."""


class Cleaning(Settings):
    """What to do with days of the history that look odd, or are known to be."""

    channel: str | None = None
    """Channel it concerns; all by default."""
    first: date
    """First day."""
    last: date
    """Last day; by default the first."""
    action: Literal["keep", "drop", "replace"]
    """"keep" it, "drop" it (not observed), or "replace" it by what its neighbours let expect."""

    @model_validator(mode="before")
    @classmethod
    def _one_day_is_a_span(cls, raw: Any) -> Any:  # noqa: ANN401 - whatever stands in the file
        if isinstance(raw, dict) and "last" not in raw and "first" in raw:
            return {**raw, "last": raw["first"]}
        return raw

    @model_validator(mode="after")
    def _span_runs_forward(self) -> Cleaning:
        if self.last < self.first:
            raise ValueError(f"last ({self.last}) lies before first ({self.first})")
        return self


class History(Settings):
    """Where the arrivals of the past stand and how they are read."""

    path: str
    """A CSV file (plain or .gz), a folder of them, or "demo" for the built-in demo data."""
    format: Literal["auto", "csv"] = "auto"
    """Format of the files; "auto" looks at the first bytes."""
    columns: HistoryColumns = HistoryColumns()
    """Names of the columns in the file."""
    timezone: ZoneName | None = None
    """Zone of time stamps without an offset; by default the zone of the plan."""
    duplicates: Literal["refuse", "last", "sum"] = "refuse"
    """What to do with two different rows for one channel and interval."""
    missing: Literal["unknown", "zero"] = "unknown"
    """Whether an absent row means "not observed" or "no contacts"."""
    max_missing: Share = 0.5
    """Share of a channel's open intervals that may be absent before the history is refused."""
    cleaning: tuple[Cleaning, ...] = ()
    """What to do with odd days; without an entry they are kept and told."""


class Calendar(Settings):
    """Public holidays and events."""

    country: str | None = None
    """Country whose public holidays count, as two letters."""
    region: str | None = None
    """Region of that country, such as "ENG"."""
    events: str | None = None
    """File of events (campaigns, outages, closed days), or "demo"."""
    adjustments: str | None = None
    """File of adjustments applied after the model: channel, from, to, multiply or add or set, reason."""


class Forecasting(Settings):
    """How the forecast is made."""

    fast: bool = False
    """Fewer models and a shorter backtest: some percent less accurate, several times as fast."""


class LiveTarget(Settings):
    """Promise to customers who wait."""

    share: Share = 0.80
    """Share of contacts to be answered in time; below 1."""
    within: Duration = timedelta(seconds=20)
    """Time within which that share is answered."""
    asa: Duration | None = None
    """Longest mean wait (average speed of answer)."""
    abandonment: Share | None = None
    """Largest share of contacts that may give up."""

    @field_validator("share")
    @classmethod
    def _share_can_be_kept(cls, share: float) -> float:
        if not 0 < share < 1:
            raise ValueError(
                f"{share:g} cannot be kept by any number of agents; ask for a share above 0 and below 1, such as 0.99"
            )
        return share


class ConcurrentTarget(LiveTarget):
    """Promise to customers in a conversation."""

    response: Duration | None = None
    """Longest mean response per message while an agent holds several conversations."""


class DeferrableTarget(Settings):
    """Promise for work that may wait."""

    share: Share = 1.0
    """Share of contacts to be finished in time."""
    within: Duration
    """Time within which that share is finished."""
    clock: Literal["open", "clock"] = "open"
    """Whether the time runs during opening hours only or round the clock."""

    @field_validator("within")
    @classmethod
    def _deadline_is_ahead(cls, within: timedelta) -> timedelta:
        return _positive(within, "a deadline")


class AnyChannel(Settings):
    """Settings every channel has."""

    open: Opening = ALWAYS_OPEN
    """Opening hours, by weekday; always open by default."""
    closed_on_holidays: bool = False
    """Whether the channel is closed on public holidays."""
    minimum: Annotated[int, Field(ge=0)] = 0
    """Fewest agents on duty while the channel is open."""
    max_occupancy: Annotated[Share, Field(gt=0, lt=1)] = 0.90
    """Largest share of their time agents may be busy."""
    aht: Duration | None = None
    """Mean handle time, used where the history has none."""

    @field_validator("aht")
    @classmethod
    def _handle_time_is_positive(cls, aht: timedelta | None) -> timedelta | None:
        return aht if aht is None else _positive(aht, "a handle time")


class LiveChannel(AnyChannel):
    """Settings of channels whose customers wait for an answer now."""

    patience: Duration | None = None
    """Mean time a customer waits before giving up; without it nobody gives up (Erlang C)."""

    @field_validator("patience")
    @classmethod
    def _patience_is_positive(cls, patience: timedelta | None) -> timedelta | None:
        return patience if patience is None else _positive(patience, "patience")


class SynchronousChannel(LiveChannel):
    """A channel with one customer at a time who waits now: phone, video."""

    kind: Literal["synchronous"]
    """"synchronous"."""
    service_cv: Annotated[float, Field(ge=0, le=10, allow_inf_nan=False)] = 1.0
    """Coefficient of variation of the handle time; stretches waits where nobody gives up (no patience given)."""
    target: LiveTarget = LiveTarget()
    """The promise."""


class ConcurrentChannel(LiveChannel):
    """A channel whose agents hold several conversations: live chat, messaging answered in minutes."""

    kind: Literal["concurrent"]
    """"concurrent"."""
    slots: Annotated[int, Field(ge=1, le=MAX_SLOTS)]
    """Conversations an agent may hold at once."""
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
    """The promise."""

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
            _positive(self.touch, "touch")
        return self


class DeferrableChannel(AnyChannel):
    """A channel whose work may wait for hours: e-mail, tickets, threads."""

    kind: Literal["deferrable"]
    """"deferrable"."""
    target: DeferrableTarget
    """The promise."""
    returns: Annotated[Share, Field(lt=1)] = 0.0
    """Share of finished contacts whose customer writes again; leave 0 where the history counts those contacts too."""
    returns_after: Duration = timedelta(hours=12)
    """Mean time until such a customer writes again."""
    backlog: Annotated[int, Field(ge=0)] | None = None
    """Contacts open when the week begins; by default as many as this week itself would hand on."""


Channel = Annotated[SynchronousChannel | ConcurrentChannel | DeferrableChannel, Field(discriminator="kind")]


class Staffing(Settings):
    """How contacts become people."""

    service_level: Literal["offered", "answered", "abandon-ok", "exclude-short", "virtual"] = "offered"
    """What the share of a target counts; the five definitions stand in the glossary."""
    risk: Literal["mean", "mean-service"] | Share = "mean"
    """Plan for the mean forecast, for the mean service over its spread, or for a share of weeks (0.9: nine in ten)."""
    absence: Annotated[Share, Field(lt=1)] = 0.0
    """Share of rostered people who are unexpectedly absent."""
    enough_with: Annotated[Share, Field(gt=0, lt=1)] | None = None
    """Probability with which enough people come although some are absent; without it they come on average."""
    method: Literal["auto", "sipp", "mol", "exact"] = "auto"
    """How intervals are coupled: each by itself, by lagged load, one after another exactly, or by handle time."""

    @field_validator("risk")
    @classmethod
    def _risk_is_a_quantile(cls, risk: float | str) -> float | str:
        if not isinstance(risk, str) and not 0 < risk < 1:
            raise ValueError(f'{risk:g} is not a share of weeks; write "mean" or a share above 0 and below 1')
        return risk


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


class Break(Settings):
    """A pause inside a shift that may move within its window."""

    length: Duration
    """Length of the break."""
    after: Window
    """Earliest and latest start of the break, counted from the start of the shift."""
    paid: bool = False
    """Whether the break is paid."""


class Shift(Settings):
    """A kind of shift: how long, and when it may begin."""

    length: Duration
    """Length of the shift, breaks included."""
    start: Starts
    """Earliest and latest clock time at which it may begin."""
    step: Duration = timedelta(minutes=30)
    """Distance between allowed starts."""
    days: Weekdays = tuple(range(7))
    """Weekdays on which it may begin."""
    breaks: tuple[Break, ...] | None = None
    """Breaks of this shift; by default those of the contract."""

    @field_validator("length")
    @classmethod
    def _length_is_a_working_day(cls, length: timedelta) -> timedelta:
        if not timedelta(0) < length <= timedelta(hours=24):
            raise ValueError(f"{format_duration(length)} is not the length of a shift; it lies above 0 and up to 24h")
        return length

    @field_validator("step")
    @classmethod
    def _step_is_positive(cls, step: timedelta) -> timedelta:
        return _positive(step, "step")

    @property
    def starts(self) -> tuple[int, ...]:
        """Allowed starts in minutes after local midnight, in order."""
        return tuple(range(self.start.first, self.start.last + 1, int(self.step.total_seconds() // 60)))


class Contract(Settings):
    """A kind of employment: how much, which shifts, which breaks, at what cost."""

    agents: Annotated[int, Field(ge=0)] | None = None
    """Number of people, where no agents file names them."""
    skills: tuple[str, ...] | None = None
    """Channels those people serve; all by default."""
    days_per_week: Annotated[int, Field(ge=1, le=7)]
    """Working days a week."""
    guaranteed: bool = False
    """Whether everybody works all these days; otherwise people nobody needs stay at home unpaid."""
    days_off: Literal["together", "any"] = "together"
    """Whether days off follow one another (the week read as a circle)."""
    shifts: Annotated[tuple[Shift, ...], Field(min_length=1)]
    """Kinds of shifts."""
    breaks: tuple[Break, ...] = ()
    """Breaks of every shift that names none of its own."""
    rest: Duration = timedelta(hours=11)
    """Shortest rest between two shifts."""
    max_consecutive_days: Annotated[int, Field(ge=1, le=31)] = 6
    """Most working days in a row."""
    cost_per_hour: Money
    """Cost of a paid hour, premiums excluded."""

    @field_validator("rest")
    @classmethod
    def _rest_leaves_a_day(cls, rest: timedelta) -> timedelta:
        if not timedelta(0) <= rest <= timedelta(hours=24):
            raise ValueError(f"{format_duration(rest)} is not a daily rest; it lies between 0h and 24h")
        return rest

    @model_validator(mode="after")
    def _breaks_fit_their_shifts(self) -> Contract:
        for shift in self.shifts:
            breaks = self.breaks_of(shift)
            for pause in breaks:
                end = pause.after.last + pause.length
                if end > shift.length:
                    raise ValueError(
                        f"the break of {format_duration(pause.length)} after {pause.after} can end "
                        f"{format_duration(end)} into a shift of {format_duration(shift.length)}; "
                        "shorten the break or its window, or give that shift breaks of its own"
                    )
            for before, after in pairwise(breaks):
                if after.after.first < before.after.last + before.length:
                    raise ValueError(
                        f"the breaks after {before.after} and after {after.after} can overlap; move their windows apart"
                    )
        return self

    def breaks_of(self, shift: Shift) -> tuple[Break, ...]:
        """Breaks of one of the contract's shifts, in order of their windows."""
        breaks = self.breaks if shift.breaks is None else shift.breaks
        return tuple(sorted(breaks, key=lambda pause: pause.after.first))


class Rostering(Settings):
    """People, their absences and wishes, and how long to search."""

    agents: str | None = None
    """File of agents, or "demo"; without it the contracts say how many there are."""
    leave: str | None = None
    """File of leave, or "demo"."""
    requests: str | None = None
    """File of wishes, or "demo"."""
    time_limit: Duration = timedelta(seconds=60)
    """Longest time the search for a roster may take."""
    gap: Annotated[Share, Field(lt=1)] = 0.002
    """Distance to the proven bound at which the search stops."""


class Simulation(Settings):
    """How the finished roster is replayed, contact by contact."""

    replications: Annotated[int, Field(ge=0, le=10_000)] = 10
    """How often the week is simulated by `run`; 0 leaves it out, 1 shows no spread and is refused."""

    @field_validator("replications")
    @classmethod
    def _one_shows_no_spread(cls, replications: int) -> int:
        if replications == 1:
            raise ValueError("one replication shows no spread; simulate 2 or more, or 0 for none")
        return replications


class Reports(Settings):
    """What is written."""

    formats: tuple[Literal["html", "xlsx", "csv", "ics"], ...] = ("html", "xlsx", "csv", "ics")
    """Kinds of files in the run folder."""


class Config(Settings):
    """The whole config."""

    plan: Plan
    """What is planned, where and when."""
    history: History
    """Where the arrivals of the past stand."""
    calendar: Calendar = Calendar()
    """Public holidays and events."""
    forecast: Forecasting = Forecasting()
    """How the forecast is made."""
    channels: dict[str, Channel]
    """The channels, by name."""
    staffing: Staffing = Staffing()
    """How contacts become people."""
    costs: Costs = Costs()
    """What an hour costs beside the wage."""
    contracts: dict[str, Contract]
    """The contracts, by name."""
    roster: Rostering = Rostering()
    """People, their absences and wishes."""
    simulation: Simulation = Simulation()
    """How the finished roster is replayed."""
    reports: Reports = Reports()
    """What is written."""

    _folder: Path = Path()
    _raw: dict[str, Any] = {}

    @property
    def folder(self) -> Path:
        """Folder of the config file; every path in it is relative to this."""
        return self._folder

    @property
    def raw(self) -> dict[str, Any]:
        """The settings as they were given, overrides included; what `configs.loader.build` needs to make them again."""
        return self._raw

    def path(self, text: str) -> Path:
        """Resolve a path of the config."""
        return (self._folder / text).resolve()
