"""Every setting of the config: its type, its default, its meaning. The docstrings are the reference page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import PrivateAttr

from configs.schema.activities import Activity
from configs.schema.base import Settings
from configs.schema.channels import (
    MAX_SLOTS,
    Channel,
    ConcurrentChannel,
    DeferrableChannel,
    SynchronousChannel,
)
from configs.schema.contracts import Break, Contract, Shift
from configs.schema.costs import Costs, Premium
from configs.schema.fairness import Fairness
from configs.schema.inputs import Calendar, Cleaning, Forecasting, History
from configs.schema.plan import Plan
from configs.schema.reading import HandleTimes, HistoryColumns, NamedTable, Reading, Readings, TableShape
from configs.schema.rostering import Reports, Rostering
from configs.schema.rules import Rules
from configs.schema.scenarios import (
    Deflection,
    Hire,
    Move,
    Outsourcing,
    Resolution,
    Scale,
    Scenario,
    Sweep,
    Training,
)
from configs.schema.staffing import Loop, ServiceDefinition, Simulation, Staffing
from configs.schema.targets import DeferrableTarget, JointTarget, Span, SpanTarget

__all__ = [
    "MAX_SLOTS",
    "Activity",
    "Break",
    "Calendar",
    "Channel",
    "Cleaning",
    "ConcurrentChannel",
    "Config",
    "Contract",
    "Costs",
    "DeferrableChannel",
    "Deflection",
    "Fairness",
    "Forecasting",
    "HandleTimes",
    "Hire",
    "History",
    "HistoryColumns",
    "JointTarget",
    "Loop",
    "Move",
    "NamedTable",
    "Outsourcing",
    "Plan",
    "Premium",
    "Reading",
    "Readings",
    "Reports",
    "Resolution",
    "Rostering",
    "Rules",
    "Scale",
    "Scenario",
    "Settings",
    "Shift",
    "Simulation",
    "Span",
    "SpanTarget",
    "Staffing",
    "Sweep",
    "SynchronousChannel",
    "TableShape",
    "Training",
]


class Config(Settings):
    """The whole config."""

    plan: Plan
    """What is planned, where and when."""
    history: History = History()
    """Where past arrivals are."""
    reading: Readings = Readings()
    """How files of other systems are read: agents, leave, events, actuals."""
    calendar: Calendar = Calendar()
    """Public holidays and events."""
    forecast: Forecasting = Forecasting()
    """How the forecast is made."""
    channels: dict[str, Channel]
    """The channels, by name."""
    targets: dict[str, JointTarget] | None = None
    """Service targets over several channels together, by name."""
    staffing: Staffing = Staffing()
    """How contacts become agents."""
    costs: Costs = Costs()
    """Costs and penalties besides the hourly wage."""
    contracts: dict[str, Contract]
    """The contracts, by name."""
    activities: tuple[Activity, ...] = ()
    """Planned work away from the channels."""
    roster: Rostering = Rostering()
    """People, their absences and wishes."""
    simulation: Simulation = Simulation()
    """How the finished roster is simulated."""
    reports: Reports = Reports()
    """What is written."""
    scenarios: dict[str, Scenario] | None = None
    """What if: plans that differ, by name; `staffcurve scenario` compares them with this one."""

    _folder: Path = Path()
    _raw: dict[str, Any] = PrivateAttr(default_factory=dict)

    def model_post_init(self, context: dict[str, Any] | None, /) -> None:
        """Keep where the config stands and what was given; the loader passes both on as `context`."""
        if context is not None:
            self._folder, self._raw = context["folder"], context["raw"]

    @property
    def folder(self) -> Path:
        """Folder of the config file; every path in it is relative to this."""
        return self._folder

    @property
    def raw(self) -> dict[str, Any]:
        """The settings as they were given, overrides included; what `configs.loader.build` needs to make them again."""
        return self._raw

    @property
    def plans_jointly(self) -> bool:
        """Whether people and starts of all weeks are planned in one search: as stated, or by default.

        The default is to do so where people have rules, and for several weeks whose targets are all by interval.
        Targets over a day or a week make the search slow.
        """
        if self.plan.joint is not None:
            return self.plan.joint
        if self.roster.rules is not None or any(contract.rules is not None for contract in self.contracts.values()):
            return True
        live = (name for name, channel in self.channels.items() if not isinstance(channel, DeferrableChannel))
        return self.plan.weeks > 1 and all(self.span_of(name) == "interval" for name in live)

    def timezone_of(self, channel: str) -> str:
        """Name of the zone in which a channel's opening hours, days, holidays and deadlines are local times."""
        return self.channels[channel].timezone or self.plan.timezone

    def service_definition_of(self, channel: str) -> ServiceDefinition:
        """What the share of a live channel's target counts; one definition serves all channels so far."""
        if isinstance(self.channels[channel], DeferrableChannel):
            raise KeyError(f"{channel} has a deadline and no service level")
        return self.staffing.service_level

    def joint_of(self, channel: str) -> str | None:
        """Name of the target over several channels that a channel is part of; None where it has a target of its own."""
        return next((name for name, joint in (self.targets or {}).items() if channel in joint.channels), None)

    def span_of(self, channel: str) -> Span:
        """What a channel's target is kept over: by the target over several channels it is part of, else by its own."""
        return self._target_in_force(channel).over

    def sure_of(self, channel: str) -> float:
        """Probability with which a day or a week meets the target in force; it has no meaning for "interval"."""
        return self._target_in_force(channel).probability

    def least_of(self, channel: str) -> float:
        """Least mean share in time of any interval of a live channel: its floor, or its share where each must keep it.

        In a target over several channels each keeps the floor of its own.
        """
        target = self.channels[channel].target
        if isinstance(target, DeferrableTarget):
            raise KeyError(f"{channel} has a deadline and no service level")
        return target.least if self.joint_of(channel) is None else target.least_of_span

    def _target_in_force(self, channel: str) -> SpanTarget:
        name = self.joint_of(channel)
        return self.channels[channel].target if name is None or self.targets is None else self.targets[name]

    def path(self, text: str) -> Path:
        """Resolve a path of the config."""
        return (self._folder / text).resolve()
