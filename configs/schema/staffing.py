"""`[staffing]` and `[simulation]`: how contacts become people, and how a roster is replayed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator

from configs.schema.base import Settings
from configs.units import Share

ServiceDefinition = Literal["offered", "answered", "abandon-ok", "exclude-short", "virtual"]


class Loop(Settings):
    """The rounds in which a simulation corrects a plan for targets over a day or a week."""

    rounds: Annotated[int, Field(ge=0, le=10)] = 3
    """Rounds of correction; 0 trusts the queueing formulas as they are."""
    replications: Annotated[int, Field(ge=20, le=2_000)] = 300
    """Number of weeks simulated in each round."""


class Staffing(Settings):
    """How contacts become agents."""

    service_level: ServiceDefinition = "offered"
    """Definition of the share in a service target; the glossary has all five."""
    risk: Literal["mean", "mean-service"] | Share = "mean"
    """Plan for the mean forecast, for the mean service over its spread, or for a share of weeks (0.9 means nine in
    ten).
    """
    absence: Annotated[Share, Field(lt=1)] = 0.0
    """Share of rostered people who are unexpectedly absent."""
    enough_with: Annotated[Share, Field(gt=0, lt=1)] | None = None
    """Probability of having the required people present despite absence; without it they are present on average."""
    method: Literal["auto", "sipp", "mol", "exact"] = "auto"
    """Dependence between intervals: "sipp" treats each as independent, "mol" uses the modified offered load, "exact"
    the transient method, "auto" chooses by handle time.
    """

    loop: Loop = Loop()
    """How a plan for targets over a day or a week is corrected by simulation."""

    @field_validator("risk")
    @classmethod
    def _risk_is_a_quantile(cls, risk: float | str) -> float | str:
        if not isinstance(risk, str) and not 0 < risk < 1:
            raise ValueError(f'{risk:g} is not a share of weeks; write "mean" or a share above 0 and below 1')
        return risk


class Simulation(Settings):
    """The simulation of the finished roster, contact by contact."""

    replications: Annotated[int, Field(ge=0, le=10_000)] = 300
    """Number of weeks that `run` simulates; 0 skips the simulation, 1 shows no spread and is refused."""

    priority: tuple[str, ...] = ()
    """Channels that people with several skills serve first, most urgent first; the others follow in the order of the
    config.
    """

    @field_validator("replications")
    @classmethod
    def _one_shows_no_spread(cls, replications: int) -> int:
        if replications == 1:
            raise ValueError("one replication has no spread; use 2 or more, or 0 for none")
        return replications
