"""The whole week in numbers: what the sentences, the page, the workbook and ``summary.json`` are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.metrics.channels import ChannelWeek, channel_week
from reports.metrics.people import Person, Wish, people_of, wishes_of
from reports.metrics.served import Served, served
from reports.metrics.targets import SpanTarget, span_targets
from reports.shifts import ShiftLine, shifts_of

if TYPE_CHECKING:
    from datetime import date

    from configs.notes import Noticed
    from reports.run import Run


@dataclass(frozen=True)
class Week:
    """One planned week, counted; `targets` are those over a day or a week, `served` how well their channels served."""

    run: Run
    channels: tuple[ChannelWeek, ...]
    shifts: tuple[ShiftLine, ...]
    people: tuple[Person, ...]
    wishes: tuple[Wish, ...]
    targets: tuple[SpanTarget, ...] = ()
    served: tuple[Served, ...] = ()

    @property
    def first(self) -> date:
        """First local day."""
        return self.run.horizon.first

    @property
    def days(self) -> tuple[date, ...]:
        """Every local day."""
        return tuple(self.run.horizon.date(number) for number in range(self.run.horizon.days))

    @property
    def paid_h(self) -> float:
        """Paid hours."""
        return sum(shift.paid_h for shift in self.shifts)

    @property
    def payroll(self) -> float:
        """What is really paid: wages and premiums."""
        return self.run.roster.cost.wages + self.run.roster.cost.premiums

    @property
    def shortage_h(self) -> float:
        """Agent-hours missing, all channels."""
        return sum(channel.shortage_h for channel in self.channels)

    @property
    def late_h(self) -> float:
        """Agent-hours of work finished after their deadline, all channels."""
        return sum(channel.work.late_h for channel in self.channels if channel.work)

    @property
    def required_name(self) -> str:
        """What the people required are called where channels stand together: ``required or floor`` if they differ."""
        return " or ".join(dict.fromkeys(channel.required_name for channel in self._by_span)) or "required"

    @property
    def excess_name(self) -> str:
        """What people beyond them are called where channels stand together."""
        return " or ".join(dict.fromkeys(channel.excess_name for channel in self._by_span)) or "overstaffed"

    @property
    def _by_span(self) -> list[ChannelWeek]:
        """Live channels, those planned by interval first."""
        return sorted((each for each in self.channels if not each.work), key=lambda each: each.over != "interval")

    @property
    def judged(self) -> tuple[ChannelWeek, ...]:
        """Channels whose service target can be judged."""
        return tuple(channel for channel in self.channels if channel.kept is not None)

    @property
    def kept(self) -> tuple[ChannelWeek, ...]:
        """Channels whose service target is met."""
        return tuple(channel for channel in self.channels if channel.kept)

    @property
    def notes(self) -> tuple[Noticed, ...]:
        """What every stage noticed, each thing once, in the order of the stages."""
        run = self.run
        stages = (run.notes, run.forecast.notes, run.requirement.notes, run.roster.people.notes, run.roster.notes)
        return tuple(dict.fromkeys(note for notes in stages for note in notes))


def week_of(run: Run) -> Week:
    """Count the week."""
    shifts = shifts_of(run)
    people = people_of(run, shifts)
    channels = tuple(channel_week(run, channel) for channel in run.config.channels)
    return Week(
        run=run,
        channels=channels,
        shifts=shifts,
        people=people,
        wishes=wishes_of(run, people),
        targets=span_targets(run.rostered, run.replay),
        served=served(run.rostered, run.replay),
    )
