"""`[reports.payroll]`, `[reports.genesys]` and others: what an export must know of the system it goes to."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from configs.schema.base import Settings

Text = Annotated[str, Field(min_length=1, pattern=r"^[^\x00-\x1f]+$")]
"""A name or id of another system: one line, not empty."""
Code = Annotated[str, Field(pattern=r"^[^\x00-\x1f]*$")]
"""A code or id of another system; empty to leave out what it is for."""


class PayCodes(Settings):
    """Paid hours by person, period and pay code, for payroll programs."""

    codes: dict[str, Code] = Field(default_factory=dict)
    """Pay code of "normal" and of each premium, by its name; "" leaves a premium out. `adp` and `gusto` have the codes
    "regular", "overtime" and, for `gusto`, "double-overtime" for their own columns.
    """
    hours: Literal["added", "apart"] | None = None
    """"added": the hours of a premium are listed in addition to the normal hours, for a pay code that pays only the
    premium. "apart": each hour has one code, that of the highest premium, for a code that pays the whole hour. Default:
    "added"; for `gusto` always "apart".
    """
    period: Literal["week", "month"] = "week"
    """Period of one row of `payroll-pivot`: the planned week, or each calendar month in it."""
    layout: Literal["rows", "columns"] = "rows"
    """Whether `payroll-pivot` has a row or a column for each pay code."""
    decimals: Annotated[int, Field(ge=0, le=4)] = 2
    """Decimal places of the hours in `payroll-pivot`."""
    decimal_mark: Literal[".", ","] = "."
    """Decimal mark of `payroll-pivot`."""
    separator: Literal[",", ";", "\t", "|"] = ","
    """Separator of the cells of `payroll-pivot`."""
    line_end: Literal["lf", "crlf"] = "lf"
    """Line ends of `payroll-pivot`."""
    encoding: Literal["utf-8", "utf-8-sig", "cp1252"] = "utf-8"
    """Encoding of `payroll-pivot`; "utf-8-sig" is UTF-8 with a byte order mark."""


class Adp(Settings):
    """ADP Workforce Now, for the export `adp`."""

    company: Annotated[str, Field(pattern=r"^[A-Za-z0-9]{1,10}$")]
    """Company code (Co Code); part of the file name."""
    batch: Text
    """Batch ID."""


class DatevLodas(Settings):
    """DATEV LODAS, for the export `datev-lodas`."""

    consultant: Annotated[int, Field(ge=1)]
    """Number of the tax consultant (BeraterNr)."""
    client: Annotated[int, Field(ge=1)]
    """Number of the client (MandantenNr)."""
    booking_key: Annotated[int, Field(ge=1, le=99)] = 1
    """Booking key of hours (bs_nr)."""


class Genesys(Settings):
    """Genesys Cloud, for the exports `genesys-forecast` and `genesys-schedule`."""

    planning_groups: dict[str, Code] = Field(default_factory=dict)
    """Planning group id of each channel, by channel name; "" leaves a channel out."""
    activity_codes: dict[str, Text] = Field(default_factory=dict)
    """Activity code id of "work", "break", each activity by its name, and "leave" if there is a leave file."""
    published: bool = False
    """Whether the imported schedule is published at once."""


class TeamsShifts(Settings):
    """Microsoft Teams Shifts, for the export `teams-shifts`."""

    shared: bool = False
    """Whether imported shifts are shared with the team at once."""


class Ukg(Settings):
    """UKG (Kronos), for the export `ukg`."""

    segment_types: dict[str, Text] = Field(default_factory=lambda: {"break": "BREAK"})
    """Segment type of "work", "break" and each activity, by its name; work may do without."""
    labor_account: Text | None = None
    """Labour account of all work (LaborAccountName)."""
    job: Text | None = None
    """Job path of all work (OrgJobPath)."""


class FrappeHr(Settings):
    """Frappe HR (ERPNext), for the export `frappe-hr`."""

    company: Text
    """Company of the shift assignments."""
