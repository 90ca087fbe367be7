"""The tables that pass between rooms: their columns, and one checker that is called at every border.

Inside the program `start`, `end` and `due` are UTC time stamps; files carry ISO 8601 with an offset.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from configs.errors import DataError, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

DECIMALS = 6
"""Decimal places of numbers in tables: far finer than anything they are used for, far above a solver's noise."""

Kind = Literal["text", "time", "date", "number"]


@dataclass(frozen=True)
class Column:
    """One column: its name, what it holds, whether a file must have it and a row must fill it."""

    name: str
    kind: Kind
    required: bool = True
    filled: bool = True
    low: float | None = 0.0
    high: float | None = None


@dataclass(frozen=True)
class Table:
    """A table: its name, its columns in order, and the columns that make a row unique."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        """All column names, in order."""
        return [column.name for column in self.columns]

    @property
    def required(self) -> list[str]:
        """Names of the columns a file must have."""
        return [column.name for column in self.columns if column.required]

    def column(self, name: str) -> Column:
        """Return the column called `name`."""
        return next(column for column in self.columns if column.name == name)


def _text(name: str, *, required: bool = True, filled: bool = True) -> Column:
    return Column(name, "text", required, filled, None)


def _time(name: str, *, required: bool = True) -> Column:
    return Column(name, "time", required, required, None)


def _date(name: str) -> Column:
    return Column(name, "date", low=None)


def _number(name: str, *, required: bool = True, filled: bool = True, high: float | None = None) -> Column:
    return Column(name, "number", required, filled, 0.0, high)


def _optional(name: str, high: float | None = None) -> Column:
    return _number(name, required=False, filled=False, high=high)


_CHANNEL_START = (_text("channel"), _time("start"))

HISTORY = Table(
    "history",
    (
        *_CHANNEL_START,
        _number("volume"),
        *(_optional(name) for name in ("handled", "aht_s", "abandoned", "wait_s", "backlog")),
    ),
    key=("channel", "start"),
)
DIMENSIONS = ("queue", "media", "skill", "language", "site")
"""Columns of other systems' files by which `channels.NAME.source` selects rows."""
INTERVAL_ROWS = Table(
    "history",
    (*HISTORY.columns, *(_text(name, required=False, filled=False) for name in DIMENSIONS)),
    key=HISTORY.key,
)
"""A file of the history with a row an interval, before its rows have become channels of the plan."""
CONTACT_ROWS = Table(
    "contacts",
    (
        _text("contact", required=False, filled=False),
        _text("channel", required=False, filled=False),
        _time("start"),
        *(_time(name, required=False) for name in ("answered", "end")),
        *(_optional(name) for name in ("wait_s", "aht_s", "abandoned")),
        *(_text(name, required=False, filled=False) for name in ("caller", "outcome", *DIMENSIONS)),
    ),
)
"""A file with a row a contact: `start` is its arrival, `abandoned` is 1 if it gave up."""
ACTUALS = Table(
    "actuals",
    (
        *HISTORY.columns,
        _optional("response_s"),
        *(_optional(name, high=1.0) for name in ("service_level", "first_contact_resolution")),
        Column("satisfaction", "number", required=False, filled=False, low=None),
    ),
    key=HISTORY.key,
)
"""What came, for `monitor`: a history with the mean time to reply, the share answered in time, the share of contacts
that were settled at once, and satisfaction on any scale."""
EVENTS = Table(
    "events",
    (
        _text("channel", filled=False),
        _date("start"),
        _date("end"),
        _text("name"),
        _text("closed", required=False, filled=False),
    ),
)
FORECAST = Table(
    "forecast",
    (
        *_CHANNEL_START,
        _number("volume"),
        *(_optional(name) for name in ("q025", "q10", "q50", "q90", "q975", "aht_s", "model_volume")),
    ),
    key=("channel", "start"),
)
ADJUSTMENTS = Table(
    "adjustments",
    (
        _text("channel", filled=False),
        _time("from"),
        _time("to"),
        _optional("multiply"),
        Column("add", "number", required=False, filled=False, low=None),
        _optional("set"),
        _text("reason", filled=False),
    ),
)
REQUIREMENT = Table(
    "requirement",
    (
        *_CHANNEL_START,
        _text("kind", required=False, filled=False),
        *(_optional(name) for name in ("volume", "rate_cv", "aht_s", "load_erl")),
        *(_optional(name) for name in ("agents", "agents_present", "agents_interval")),
        *(_optional(name, high=1.0) for name in ("service_level", "abandonment", "occupancy")),
        _optional("asa_s"),
        _optional("work_h"),
        *(_time(name, required=False) for name in ("due", "rest_due")),
        *(_optional(name) for name in ("idle_h", "reserve", "cushion_h")),
    ),
    key=("channel", "start"),
)
CONCURRENCY = Table("concurrency", (_number("concurrency"), _number("aht_s"), _optional("volume")))
AGENTS = Table(
    "agents",
    (
        _text("agent"),
        _text("name", filled=False),
        _text("contract"),
        _text("skills"),
        _text("available", required=False, filled=False),
        _optional("hours_min", high=168.0),
        _optional("hours_max", high=168.0),
        _text("team", required=False, filled=False),
        _optional("nights"),
        _optional("weekends"),
        *(_text(name, required=False, filled=False) for name in ("email", "employee_id", "payroll_id", "genesys_id")),
    ),
    key=("agent",),
)
LEAVE = Table("leave", (_text("agent"), _time("start"), _time("end"), _text("reason", required=False, filled=False)))
REQUESTS = Table(
    "requests",
    (
        _text("agent"),
        _date("date"),
        _text("shift", required=False, filled=False),
        _text("wish"),
        _number("weight", required=False, filled=False),
    ),
)
REFUSED_WISHES = Table(
    "refused_wishes",
    (
        _text("agent"),
        _date("date"),
        _text("shift", filled=False),
        _text("wish"),
        _number("weight"),
        _text("reason"),
        *(Column(name, "number", filled=False, low=None) for name in ("cost", "cover")),
        _text("relax", filled=False),
    ),
    key=("agent", "date", "shift", "wish", "weight"),
)
"""Wishes that weeks planned by name do not grant, why, and what each would cost; `relax` names rules that forbid it."""
RULES = Table("rules", (_text("agent"), _text("rule"), _text("value")), key=("agent", "rule"))
"""Rules of single people: `rule` is a key below ``[contracts.NAME.rules]``, `value` is as in the config."""
ROSTER = Table(
    "roster",
    (
        _text("agent"),
        _text("name", filled=False),
        _text("contract"),
        _date("date"),
        _time("start"),
        _time("end"),
        _text("breaks", filled=False),
        _number("paid_h"),
        _number("cost"),
        _text("activities", required=False, filled=False),
    ),
    key=("agent", "start"),
)
ALTERNATIVES = Table(
    "alternatives",
    (
        _text("alternative"),
        *(_number(name) for name in ("changes", "people", "unavoidable")),
        _number("least_changes", required=False, filled=False),
        _number("cost"),
        _number("short_h"),
        _text("as_before"),
        _text("changed", filled=False),
    ),
    key=("alternative",),
)
OPEN_SHIFTS = Table(
    "open_shifts",
    (
        _text("absent"),
        _date("date"),
        _time("start"),
        _time("end"),
        _text("contract"),
        _text("agent", filled=False),
        _text("name", filled=False),
        _number("paid_h", filled=False),
        _number("cost", filled=False),
        Column("swap_start", "time", required=False, filled=False, low=None),
        Column("swap_end", "time", required=False, filled=False, low=None),
    ),
    key=("absent", "start", "agent", "swap_start"),
)
FAIRNESS = Table(
    "fairness",
    (
        _text("agent"),
        _text("kind"),
        *(_number(name) for name in ("worked", "earlier", "share")),
        Column("difference", "number", low=None),
        _text("why", filled=False),
    ),
    key=("agent", "kind"),
)
"""What each person takes of each kind of unpopular work in the week and took before, and their fair share of both."""
RUNNING = Table("running", (_text("agent"), _number("days_running")), key=("agent",))
WAITING = Table("waiting", (_text("channel"), _time("due"), _number("work_h"), _text("part")))
COVERAGE = Table(
    "coverage",
    (
        *_CHANNEL_START,
        *(_number(name) for name in ("required", "staffed", "shortage", "excess")),
        *(_optional(name, high=1.0) for name in ("service_level", "abandonment", "occupancy")),
        *(_optional(name) for name in ("work_h", "done_h", "backlog_h", "oldest_h")),
        _optional("on_time", high=1.0),
        *(_optional(name) for name in ("rest_work_h", "rest_done_h", "rest_backlog_h", "blended_h", "able")),
    ),
    key=("channel", "start"),
)
SIMULATION = Table(
    "simulation",
    (
        *_CHANNEL_START,
        *(_optional(name, high=1.0) for name in ("service_level", "sl_low", "sl_high", "abandonment")),
        _optional("asa_s"),
        _optional("occupancy", high=1.0),
    ),
    key=("channel", "start"),
)
TARGET_PROBABILITY = Table(
    "promise",
    (
        _text("channel"),
        _text("promise"),
        *(_number(name, high=1.0) for name in ("probability", "low", "high")),
        _optional("cushion_h"),
    ),
    key=("channel",),
)
PROMISE_DAYS = Table(
    "promise_days",
    (
        _text("channel"),
        _date("date"),
        *(_number(name, high=1.0) for name in ("service_level", "probability", "low", "high")),
    ),
    key=("channel", "date"),
)
"""Probability that a live channel meets its service target on each open day."""
_TARGET_SPAN = (_text("target"), _text("measure"), Column("date", "date", required=False, filled=False, low=None))
"""A target over a day or a week: a channel, or the name of one over several; no date over the week."""
TARGETS = Table(
    "targets",
    (
        *_TARGET_SPAN,
        _number("volume"),
        *(Column(name, "number", low=None) for name in ("needed", "reached")),
        *(_number(name) for name in ("worth", "price")),
    ),
    key=("target", "measure", "date"),
)
"""What a roster gives each target over a day or a week, and what one more contact in time would cost."""
ROUNDS = Table(
    "rounds",
    (
        _number("round"),
        _text("kind"),
        _text("chosen"),
        *(_number(name) for name in ("cost", "bound")),
        *_TARGET_SPAN,
        *(Column(name, "number", low=None) for name in ("asked", "told", "seen")),
        _number("probability", high=1.0),
        Column("margin", "number", low=None),
    ),
    key=("round", "target", "measure", "date"),
)
"""What each round of the loop planned and saw; the columns of a round stand in every row of it."""
CORRECTIONS = Table(
    "corrections",
    (*_CHANNEL_START, Column("people", "number", low=None)),
    key=("channel", "start"),
)
"""People by which simulation moved the staircase of a channel: it serves as if it had so many more."""

PAYROLL = Table(
    "payroll",
    (
        _text("agent"),
        _text("name", filled=False),
        _text("contract"),
        _date("date"),
        _time("start"),
        _time("end"),
        _text("code"),
        _number("hours"),
        _number("rate"),
        _number("amount"),
    ),
    key=("agent", "start", "code"),
)
SEGMENTS = Table(
    "segments",
    (
        _text("agent"),
        _text("name", filled=False),
        _date("date"),
        _time("start"),
        _time("end"),
        _text("activity"),
        _text("paid"),
        _number("hours"),
    ),
    key=("agent", "start"),
)
ACCOUNTS = Table(
    "accounts",
    (
        _text("agent"),
        _text("name", filled=False),
        _text("contract"),
        _text("team", filled=False),
        _date("first"),
        _date("last"),
        _number("paid_h"),
        *(_number(name, filled=False) for name in ("least_h", "most_h")),
        Column("difference_h", "number", filled=False, low=None),
        *(
            _number(name)
            for name in ("days", "nights", "leave_days", "weekends_worked", "weekends_free", "longest_run")
        ),
        Column("shortest_rest_h", "number", filled=False, low=None),
        *(_number(name) for name in ("wishes_granted", "wishes_refused", "rules_broken", "rules_relaxed")),
    ),
    key=("agent", "first", "last"),
)
"""What each person works in each of several weeks, and in all of them: a row for each span of days."""

TABLES = (
    HISTORY,
    ACTUALS,
    EVENTS,
    FORECAST,
    REQUIREMENT,
    AGENTS,
    LEAVE,
    REQUESTS,
    RULES,
    REFUSED_WISHES,
    ROSTER,
    COVERAGE,
    SIMULATION,
    TARGET_PROBABILITY,
    PROMISE_DAYS,
    TARGETS,
    ROUNDS,
    CORRECTIONS,
    ACCOUNTS,
)


def check(frame: pd.DataFrame, table: Table, where: str | None = None) -> pd.DataFrame:
    """Check a table in memory against its contract and return it with the columns in order.

    Columns the contract does not name are kept at the end. The frame given is left as it was.

    Raises
    ------
    DataError
        A required column is absent, a cell is empty, infinite, negative or of the wrong kind, or a key stands twice.
    """
    where = where or f"{table.name} table"
    missing = [name for name in table.required if name not in frame.columns]
    if missing:
        raise DataError(
            Fault(where, f"has no column {', '.join(missing)}; it has {', '.join(map(str, frame.columns))}")
        )
    faults = [
        fault for column in table.columns if column.name in frame.columns for fault in _cells(frame, column, where)
    ]
    if table.key and not faults:
        twice = frame.duplicated(list(table.key), keep="first")
        if twice.any():
            row = frame.loc[twice].iloc[0]
            repeated = ", ".join(f"{name} {row[name]}" for name in table.key)
            faults.append(Fault(where, f"{repeated} is there more than once"))
    if faults:
        raise DataError(faults)
    order = [name for name in table.names if name in frame.columns]
    return frame[order + [name for name in frame.columns if name not in order]].reset_index(drop=True)


def no_rows(table: Table) -> pd.DataFrame:
    """Return an empty table with the columns of `table`."""
    import pandas as pd

    kinds = {"time": "datetime64[us, UTC]", "number": "float64"}
    return pd.DataFrame({column.name: pd.Series(dtype=kinds.get(column.kind, "str")) for column in table.columns})


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as mappings from column name to cell."""
    return [{str(name): cell for name, cell in row.items()} for row in frame.to_dict("records")]


def settled(frame: pd.DataFrame) -> pd.DataFrame:
    """Round numbers to the precision of files, so that a stage gives the same from memory and from a file."""
    numbers = frame.select_dtypes("float64").columns
    return frame.assign(**{name: frame[name].round(DECIMALS) + 0.0 for name in numbers})


def _cells(frame: pd.DataFrame, column: Column, where: str) -> Iterator[Fault]:
    """Faults of one column, one for each kind of fault."""
    import numpy as np
    import pandas as pd

    values = frame[column.name]
    empty = values.isna()
    if column.filled and empty.any():
        yield Fault(where, f"{column.name} is empty in row {_first(empty)}")
    if column.kind == "time" and not isinstance(values.dtype, pd.DatetimeTZDtype) and not empty.all():
        yield Fault(where, f"{column.name} must be timestamps with a zone, got {values.dtype}")
        return
    if column.kind != "number" or empty.all():
        return
    if not pd.api.types.is_numeric_dtype(values):
        yield Fault(where, f"{column.name} must be numbers, got {values.dtype}")
        return
    numbers = values.to_numpy(dtype=float, na_value=np.nan)
    for bad, words in (
        (np.isinf(numbers), "is infinite"),
        (
            numbers < (-np.inf if column.low is None else column.low),
            f"must be {column.low:g} or more" if column.low is not None else "",
        ),
        (
            numbers > (np.inf if column.high is None else column.high),
            f"must be at most {column.high:g}" if column.high is not None else "",
        ),
    ):
        if bad.any():
            at = int(np.flatnonzero(bad)[0])
            yield Fault(where, f"{column.name} {words}, got {numbers[at]:g} in row {at + 1}")


def _first(mask: pd.Series) -> int:
    return int(mask.to_numpy().argmax()) + 1
