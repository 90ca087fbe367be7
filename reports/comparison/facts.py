"""The numbers of a run that are compared, of the week and of each channel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.metrics.week import week_of

if TYPE_CHECKING:
    from datetime import date

    from optimize.roster.result import Cost
    from reports.metrics.channels import ChannelWeek
    from reports.run import Run
    from reports.shifts import ShiftLine


@dataclass(frozen=True)
class ChannelFacts:
    """One channel of a run.

    `service_level` is expected by formula (deferrable: share of the work in time), `replayed` that of the simulation
    with its 95% interval `low` to `high`, `probability` that of meeting the service target over the week; hours are
    agent-hours.
    """

    channel: str
    kind: str
    target: float
    time_allowed: str
    volume: float
    required_h: float
    staffed_h: float
    shortage_h: float
    late_h: float
    service_level: float | None
    kept: bool | None
    replayed: float | None
    low: float | None
    high: float | None
    probability: float | None


@dataclass(frozen=True)
class RunFacts:
    """One run; money in the currency of the plan, hours in agent-hours."""

    label: str
    plan: str
    week: date
    currency: str
    cost: Cost
    payroll: float
    bound: float
    gap: float | None
    status: str
    people: int
    working: int
    shifts: tuple[ShiftLine, ...]
    paid_h: float
    wishes: int
    granted: int
    channels: tuple[ChannelFacts, ...]

    @property
    def volume(self) -> float:
        """Contacts expected, all channels."""
        return sum(each.volume for each in self.channels)

    @property
    def required_h(self) -> float:
        """Agent-hours required, live and deferrable."""
        return sum(each.required_h for each in self.channels)

    @property
    def staffed_h(self) -> float:
        """Agent-hours staffed."""
        return sum(each.staffed_h for each in self.channels)

    @property
    def shortage_h(self) -> float:
        """Agent-hours missing."""
        return sum(each.shortage_h for each in self.channels)

    def channel(self, name: str) -> ChannelFacts | None:
        """Return the channel of that name, if the run has it."""
        return next((each for each in self.channels if each.channel == name), None)


def facts_of(label: str, run: Run) -> RunFacts:
    """Count one run; `label` is its name in the comparison."""
    week, roster = week_of(run), run.roster
    return RunFacts(
        label=label,
        plan=run.config.plan.name,
        week=week.first,
        currency=run.config.plan.currency,
        cost=roster.cost,
        payroll=week.payroll,
        bound=roster.bound,
        gap=roster.gap,
        status=roster.status,
        people=len(week.people),
        working=sum(1 for person in week.people if person.shifts),
        shifts=week.shifts,
        paid_h=week.paid_h,
        wishes=len(week.wishes),
        granted=sum(wish.granted for wish in week.wishes),
        channels=tuple(_channel(run, each) for each in week.channels),
    )


def _channel(run: Run, week: ChannelWeek) -> ChannelFacts:
    replayed = (
        next((each for each in run.replay.channels if each.channel == week.channel), None) if run.replay else None
    )
    promise = (
        next((each for each in run.replay.service_targets if each.channel == week.channel), None)
        if run.replay
        else None
    )
    return ChannelFacts(
        channel=week.channel,
        kind=week.kind,
        target=week.target,
        time_allowed=week.time_allowed,
        volume=week.volume,
        required_h=week.required_h,
        staffed_h=week.staffed_h,
        shortage_h=week.shortage_h,
        late_h=week.work.late_h if week.work else 0.0,
        service_level=week.service_level,
        kept=week.kept,
        replayed=_known(replayed.service_level) if replayed else None,
        low=_known(replayed.sl_low) if replayed else None,
        high=_known(replayed.sl_high) if replayed else None,
        probability=promise.probability if promise else None,
    )


def _known(value: float) -> float | None:
    return None if value != value else value  # noqa: PLR0124 - NaN
