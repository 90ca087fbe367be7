"""`[roster]` and `[reports]`: people, how long to search, and what is written."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from configs.schema.base import Money, Settings
from configs.schema.exporting import Adp, DatevLodas, FrappeHr, Genesys, PayCodes, TeamsShifts, Ukg
from configs.schema.fairness import NOTHING_SHARED, FairnessOrWeight
from configs.units import Duration, Share


class Rostering(Settings):
    """People, their leave and wishes, and the search for a roster."""

    agents: str | None = None
    """File of agents, or "demo"; without it, `agents` of the contracts counts."""
    leave: str | None = None
    """File of leave, or "demo"."""
    requests: str | None = None
    """File of wishes, or "demo"."""
    rules: str | None = None
    """File of rules of single people: agent, rule, value. A rule is a key below `[contracts.NAME.rules]`, such as
    "weekends.most"; it takes the place of that of the contract.
    """
    fairness: FairnessOrWeight = NOTHING_SHARED
    """Sharing of nights, weekends and other unpopular work, or its weight as a number; nothing is shared by default.
    The agents file may have `nights` and `weekends` worked before.
    """
    previous: str | None = None
    """Run folder of the previous week: rest, working days in a row and shifts over its end carry over."""
    published: str | None = None
    """Run folder or roster table of the published roster; the new roster changes as little of it as possible."""
    change_cost: Money = 25.0
    """Penalty for one changed cell (a person and a shift) of the published roster; a moved shift changes two."""
    time_limit: Duration = timedelta(seconds=60)
    """Time limit of the search for a roster."""
    gap: Annotated[Share, Field(lt=1)] = 0.002
    """Gap to the proven bound at which the search stops."""
    solver: Literal["highs", "cbc"] = "highs"
    """Solver: HiGHS, or CBC if it is installed (PuLP 3.3 includes it); HiGHS is several times faster."""
    advice: bool | Annotated[int, Field(ge=0, le=100)] = True
    """Whether to work out advice after the roster; a number sets how many changed weeks to solve."""


Export = Literal[
    "payroll", "segments", "genesys", "amazon-connect", "calabrio", "genesys-forecast", "genesys-schedule",
    "teams-shifts", "ukg", "frappe-hr", "payroll-pivot", "adp", "gusto", "datev-lodas",
]  # fmt: skip
"""Name of an export: a module of `reports.exports`."""


class Reports(Settings):
    """What is written."""

    formats: tuple[Literal["html", "xlsx", "csv", "ics"], ...] = ("html", "xlsx", "csv", "ics")
    """File formats in the run folder."""
    exports: tuple[Export, ...] = ()
    """Files for other systems, in the folder `exports`: hours and pay by code, shifts by activity, and rosters, hours
    and forecasts in the import formats of other systems.
    """
    payroll: PayCodes = PayCodes()
    """Pay codes and periods of `payroll-pivot`, `adp`, `gusto` and `datev-lodas`."""
    adp: Adp | None = None
    """ADP Workforce Now."""
    datev_lodas: DatevLodas | None = None
    """DATEV LODAS."""
    genesys: Genesys = Genesys()
    """Genesys Cloud."""
    teams_shifts: TeamsShifts = TeamsShifts()
    """Microsoft Teams Shifts."""
    ukg: Ukg = Ukg()
    """UKG (Kronos)."""
    frappe_hr: FrappeHr | None = None
    """Frappe HR."""
