"""`[roster]` and `[reports]`: people, how long to search, and what is written."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from configs.schema.base import Money, Settings
from configs.units import Duration, Share


class Rostering(Settings):
    """People, their absences and wishes, and how long to search."""

    agents: str | None = None
    """File of agents, or "demo"; without it the contracts say how many there are."""
    leave: str | None = None
    """File of leave, or "demo"."""
    requests: str | None = None
    """File of wishes, or "demo"."""
    fairness: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)] = 0.0
    """Weight of sharing nights and weekends evenly; a person's k-th night counts k times this, a broken wish its own
    weight. 0 does not share them. The agents file may have `nights` and `weekends` worked before."""
    previous: str | None = None
    """Run folder of the previous week: rest, working days in a row and shifts past its end carry over."""
    published: str | None = None
    """Published run folder or roster table; the new roster changes as little of it as possible."""
    change_cost: Money = 25.0
    """Price of one changed cell (a person and a shift) of a published roster; a moved shift changes two."""
    time_limit: Duration = timedelta(seconds=60)
    """Time limit of the search for a roster."""
    gap: Annotated[Share, Field(lt=1)] = 0.002
    """Gap to the proven bound at which the search stops."""
    solver: Literal["highs", "cbc"] = "highs"
    """Program that solves: HiGHS, or CBC where it is installed (PuLP 3.3 brings it along); HiGHS is several times
    quicker."""
    advice: bool | Annotated[int, Field(ge=0, le=100)] = True
    """Whether to suggest changes that would help; a number says how many changed weeks to solve."""


class Reports(Settings):
    """What is written."""

    formats: tuple[Literal["html", "xlsx", "csv", "ics"], ...] = ("html", "xlsx", "csv", "ics")
    """Kinds of files in the run folder."""
    exports: tuple[Literal["payroll", "segments", "genesys", "amazon-connect", "calabrio"], ...] = ()
    """Files for other systems, in the folder `exports`: hours and pay by code, shifts by activity, and the forecast in
    the import format of three systems."""
