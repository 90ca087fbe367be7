"""How a file of another system is read: what its columns are called, and what its cells mean."""

from __future__ import annotations

import re
from codecs import lookup
from datetime import timedelta
from encodings.aliases import aliases
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, field_validator, model_validator

from configs.errors import nearest
from configs.schema.base import Settings, positive
from configs.tables import ACTUALS, AGENTS, EVENTS, LEAVE, REQUESTS, RULES
from configs.units import Duration

ColumnName = Annotated[str, Field(min_length=1)] | Annotated[int, Field(ge=1)]
"""A column by its name, or by its number from 1 on where a file has no header."""

ColumnSum = ColumnName | tuple[ColumnName, ...]
"""One column, or several that are added up, such as talk, hold and after-call time."""

DATE_FORMATS = ("dmy", "mdy", "ymd", "epoch", "epoch-ms", "serial")
DATE_PATTERN = re.compile(r"(?=.*%[dj])(?=.*%[mbBj])(?=.*%[yY])|%c|%x")
"""Patterns that hold a whole date."""

Format = Literal[
    "auto",
    "csv",
    "amazon-connect",
    "asterisk-queue-log",
    "avaya-cms",
    "calabrio",
    "chatwoot-events",
    "chatwoot-traffic",
    "freshdesk",
    "fusionpbx",
    "genesys-history",
    "genesys-view",
    "verint-daily",
    "vicidial",
    "zammad",
    "zendesk",
]
"""Names of the profiles in ``forecast/data/sources/``, and two for tables without one."""


NO_FILES = frozenset({"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape"})
"""Encodings of names and of source text, in which nobody writes files."""


def _is_encoding(name: str) -> bool:
    try:
        b"x".decode(name, errors="ignore")
    except (LookupError, ValueError):
        return False
    return lookup(name).name.replace("-", "_") not in NO_FILES


def _encoding_exists(name: str) -> str:
    """Refuse an encoding that Python does not know, with the nearest name."""
    if not _is_encoding(name):
        names = [other for other in sorted({*aliases, *aliases.values()}) if _is_encoding(other)]
        raise ValueError(f'"{name}" is not a character encoding{nearest(name, names)}')
    return name


Encoding = Annotated[str, AfterValidator(_encoding_exists)]


class HandleTimes(Settings):
    """Content of the handle time column.

    The default is seconds and means. If the values do not look like it, the history is refused until both are stated.
    """

    unit: Literal["s", "ms", "min", "h:mm", "m:ss"] | None = None
    """Seconds, milliseconds or minutes; "h:mm" or "m:ss" says what the two parts of times such as 5:30 are. Times such
    as 0:04:21 and 4m 21s are read as they are.
    """
    is_: Literal["mean", "total"] | None = Field(None, alias="is")
    """The "mean" per contact, or the "total" of the contacts handled (of those offered, if there is no such column)."""


class TableShape(Settings):
    """Settings of any table that is read: where it is in the file, and how its cells are written."""

    sheet: ColumnName | None = None
    """Sheet of a workbook, by name or by number from 1 on; needed if several hold data."""
    encoding: Encoding | None = None
    """Character encoding of a text file, such as "cp1252"; default: UTF-8, or what its first bytes state."""
    separator: Literal[",", ";", "\t", "|"] | None = None
    """Separator of a text file; default: what a first line such as "sep=;" states, or the one that fits the lines."""
    header: Literal["none"] | Annotated[int, Field(ge=1)] | None = None
    """Row with the column names, counted from 1, or "none" if there is none: then columns are given by number.
    Default: the row with the names that the settings know, otherwise the first row of text as wide as the table.
    """
    footer: Annotated[int, Field(ge=0)] = 0
    """Number of filled rows at the end that are not data."""
    totals: tuple[str, ...] = ()
    """Texts such as "Total" that mark a row as a sum of others, and a column of a wide table: these are left out.
    Rows that only look like a sum are refused; an empty list reads them as data.
    """
    empty: tuple[str, ...] = ()
    """Further texts of cells without a value, such as "closed"; blank cells, "-", "NA", "null", "none", "#N/A" and
    "#DIV/0!" always are. A row without a volume was not observed.
    """
    date_format: str | None = None
    """Order of day, month and year ("dmy", "mdy", "ymd"), a pattern such as "%d.%m.%Y %H:%M", "epoch" or "epoch-ms"
    (seconds or milliseconds since 1970), or "serial" (day numbers of a spreadsheet). Default: the only one that fits
    the whole column.
    """
    decimal: Literal[".", ","] | None = None
    """Decimal mark; default: the one that fits the whole column, or that the other columns of the file show."""
    thousands: Literal[",", ".", " ", "'", ""] | None = None
    """Thousands mark, "" for none; default: the one that fits the whole column."""

    @field_validator("date_format")
    @classmethod
    def _format_is_known(cls, given: str | None) -> str | None:
        if given is None or given in DATE_FORMATS or DATE_PATTERN.search(given):
            return given
        listed = ", ".join(f'"{name}"' for name in DATE_FORMATS)
        raise ValueError(f'"{given}" is not a format; write {listed}, or a pattern such as "%d/%m/%Y %H:%M"')

    @property
    def is_ours(self) -> bool:
        """Whether the table is written as ours: no setting of its shape differs from its default."""
        shape = [*TableShape.model_fields, "label", "period", "rows", "wide"]
        fields = type(self).model_fields
        return all(getattr(self, name) == fields[name].default for name in shape if name in fields)


class Wide(Settings):
    """A table with the hours down and the days across, or the days down and the hours across."""

    across: Literal["days", "times", "channels"]
    """What the columns are: "days" (next to a column of times), "times" of day (next to one of dates) or "channels".
    Blank cells count as not observed.
    """
    value: str = "volume"
    """What the cells hold: one of our columns."""


class Outcomes(Settings):
    """Texts of the outcome column of contacts, or of the event column of a log."""

    abandoned: tuple[str, ...] = ()
    """Texts of contacts that gave up."""
    handled: tuple[str, ...] = ()
    """Texts of contacts that were answered."""
    ignored: tuple[str, ...] = ()
    """Texts of rows that are not contacts, such as outbound calls."""


class Reading(TableShape):
    """Settings of a table of volumes, besides those of its shape."""

    format: Format = "auto"
    """System that wrote the files; "auto" recognises it by the columns, "csv" applies no profile."""
    label: Literal["start", "end"] = "start"
    """Whether the time of a row is the start or the end of its interval; of a span (09:00-09:30) it is its start."""
    period: Duration | None = None
    """Length of the intervals, if the time column numbers them (1, 2, 3 ...)."""
    first_period: Annotated[int, Field(ge=0)] = 1
    """Number of the interval that begins at midnight, if the time column numbers them; 0 with a period of "1h" reads
    hours.
    """
    rows: Literal["intervals", "contacts", "events"] = "intervals"
    """Meaning of a row: an interval, one contact, or one event of a contact."""
    counting: Literal["arrival", "end", "spread"] = "arrival"
    """Interval of a contact: where it arrived, where it ended, or its handle time spread over those it lasted."""
    wrap_up: Duration = timedelta(0)
    """After-call time that a log of events does not record; it is added to each handle time."""
    outcomes: Outcomes = Outcomes()
    """Texts that say what became of a contact."""
    wide: Wide | None = None
    """Set if the intervals are not below each other."""

    @field_validator("period")
    @classmethod
    def _period_is_positive(cls, period: timedelta | None) -> timedelta | None:
        return period if period is None else positive(period, "an interval")


class HistoryColumns(Settings):
    """Names of the columns in the file, if they differ from ours; numbers from 1 on if it has no header."""

    channel: ColumnName = "channel"
    """Column of channel names; a file without it has one channel."""
    start: ColumnName = "start"
    """Column of interval starts, such as "2026-01-05 09:00" or "09:00-09:30"; of arrivals, if a row is a contact."""
    date: ColumnName | None = None
    """Column of dates, if date and time are in two columns; default: that of `start`."""
    time: ColumnName | None = None
    """Column of times of day, if date and time are in two columns: 09:30, 9:30 AM, 930, 24:00, 09:00-09:30, or the
    number of an interval (see `period`); default: that of `start`.
    """
    end: ColumnName | None = None
    """Column of the times at which contacts ended, if a row is a contact."""
    answered: ColumnName | None = None
    """Column of the times at which contacts were answered, if a row is a contact."""
    volume: ColumnSum = "volume"
    """Column of contacts offered; several are added up."""
    handled: ColumnSum = "handled"
    """Column of contacts handled; several are added up."""
    aht_s: ColumnSum = "aht_s"
    """Column of handle times: mean seconds, unless `history.aht` states otherwise; several are added up."""
    abandoned: ColumnSum = "abandoned"
    """Column of contacts abandoned; several are added up. If a row is a contact: whether it was."""
    wait_s: ColumnName = "wait_s"
    """Column of the mean wait of all contacts offered, in seconds; of its wait, if a row is a contact."""
    backlog: ColumnName = "backlog"
    """Column of contacts open at the start of the interval."""
    contact: ColumnName | None = None
    """Column of contact numbers, if a row is a contact or an event."""
    caller: ColumnName | None = None
    """Column that identifies the customer, if a row is a contact; used to count repeated calls."""
    outcome: ColumnName | None = None
    """Column of outcomes or events, see `outcomes`."""
    queue: ColumnName | None = None
    """Column of queues, which `channels.NAME.source` may select."""
    media: ColumnName | None = None
    """Column of media, which `channels.NAME.source` may select."""
    skill: ColumnName | None = None
    """Column of skills, which `channels.NAME.source` may select."""
    language: ColumnName | None = None
    """Column of languages, which `channels.NAME.source` may select."""
    site: ColumnName | None = None
    """Column of sites, which `channels.NAME.source` may select."""


class NamedTable(TableShape):
    """A table read by column names: agents, leave, requests, rules, events."""

    columns: dict[str, ColumnName] | None = None
    """Our column names, each with the name in the file."""


class ActualsTable(Reading):
    """The table of actuals for `monitor` and `intraday`: what it does not state is as in `history`."""

    columns: dict[str, ColumnSum] | None = None
    """Our column names, each with the name in the file."""
    aht: HandleTimes | None = None
    """Content of the handle time column."""


class Readings(Settings):
    """How the other tables are read, if they are not written as ours."""

    actuals: ActualsTable | None = None
    """Actuals; default: as the history."""
    events: NamedTable = NamedTable()
    """Events of `calendar.events`."""
    agents: NamedTable = NamedTable()
    """Agents of `roster.agents`."""
    leave: NamedTable = NamedTable()
    """Leave of `roster.leave`."""
    requests: NamedTable = NamedTable()
    """Wishes of `roster.requests`."""
    rules: NamedTable = NamedTable()
    """Rules of `roster.rules`."""

    @model_validator(mode="after")
    def _columns_are_of_the_table(self) -> Readings:
        for table in (ACTUALS, EVENTS, AGENTS, LEAVE, REQUESTS, RULES):
            stated: NamedTable | ActualsTable | None = getattr(self, table.name)
            names = [*table.names, *(("date", "time") if table is ACTUALS else ())]
            for name in (stated and stated.columns) or ():
                if name not in names:
                    close = nearest(name, names)
                    raise ValueError(
                        f"{table.name}.columns: {name} is not a column of it{close}; it has {', '.join(names)}"
                    )
        return self
