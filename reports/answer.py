"""The week on one screen: a table of channels, cost and gap, and what to look at first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports import formatting
from reports.alerts import matters
from reports.document.listing import NOTHING, Cell, Listing, listing
from reports.findings import Finding, changed, cost, proof, spans, staff
from reports.metrics.work import NOISE_H

if TYPE_CHECKING:
    from configs.schema.targets import Span
    from optimize.simulation.result import TargetProbability
    from reports.findings import Mark
    from reports.metrics.channels import ChannelWeek
    from reports.metrics.week import Week


OVER: dict[Span, str] = {"interval": "", "day": ", day", "week": ", week"}
"""What a target is over, in the column of targets."""

MOST_SPANS = 2
"""Targets over a day or a week that have a sentence in the answer; the report has one for each."""


@dataclass(frozen=True)
class Answer:
    """What a planner reads when a run ends.

    `attention` holds every matter, the most serious first; `suggestions` and `notes` count what only the report says.
    """

    channels: Listing
    summary: tuple[Finding, ...]
    attention: tuple[Finding, ...]
    suggestions: int
    notes: int

    def left(self, shown: int, where: str) -> str:
        """Count what is only `where` when `shown` matters are printed; an empty text when that is everything."""
        counts = ((len(self.attention) - shown, "matter"), (self.suggestions, "suggestion"), (self.notes, "note"))
        parts = [formatting.count(number, noun) for number, noun in counts if number]
        return f"More {where}: {formatting.listed(parts)}." if parts else ""


def answer(week: Week) -> Answer:
    """Choose and write what the terminal says of a week."""
    roster = week.run.roster
    summary = [Finding(cost(week)), *_spans(week), Finding(proof(week)), Finding(staff(week))]
    if roster.changes is not None:
        summary.append(Finding(changed(roster.changes)))
    attention = tuple(Finding(one.sentence, "bad" if one.grave else "plain") for one in matters(week))
    return Answer(channel_listing(week), tuple(summary), attention, len(roster.advice), len(week.notes))


def _spans(week: Week) -> tuple[Finding, ...]:
    """The targets over a day or a week that are met least often, and the cost of meeting every interval."""
    found = spans(week)
    targets, others = found[: len(week.targets)], found[len(week.targets) :]
    likely = [1.0 if each.met is None else each.met.probability for each in week.targets]
    first = sorted(range(len(targets)), key=likely.__getitem__)[:MOST_SPANS]
    return (*(targets[number] for number in sorted(first)), *others)


def channel_listing(week: Week) -> Listing:
    """One row a channel: target, service expected, service in the simulated weeks, agent-hours short.

    Without a simulation its two columns are left out; the hours late appear only where work is late.
    """
    simulated, late = week.run.replay is not None, week.late_h > NOISE_H
    heads = ["Channel", "<Target", "Expected"]
    heads += ["Simulated", "Probability"] if simulated else []
    heads += ["Short h", *(["Late h"] if late else [])]
    rows = [_row(channel, simulated=simulated, late=late) for channel in week.channels]
    return listing("", heads, rows)


def _row(channel: ChannelWeek, *, simulated: bool, late: bool) -> list[Cell | str]:
    met: Mark = "plain" if channel.kept is None else "good" if channel.kept else "bad"
    expected = (
        NOTHING if channel.service_level is None else formatting.percent_down(channel.service_level, aligned=True)
    )
    row: list[Cell | str] = [
        channel.channel,
        f"{formatting.percent(channel.target)} in {channel.time_allowed}{OVER[channel.over]}",
        Cell(expected, met),
    ]
    if simulated:
        seen = channel.replayed
        row += [NOTHING if seen is None else formatting.percent_down(seen.service_level, aligned=True)]
        row += [_probability(channel.promise)]
    row.append(Cell(formatting.fixed(channel.shortage_h), "bad" if channel.shortage_h > NOISE_H else "plain"))
    if late:
        late_h = channel.work.late_h if channel.work else 0.0
        row.append(Cell(formatting.fixed(late_h), "bad" if late_h > NOISE_H else "plain"))
    return row


def _probability(promise: TargetProbability | None) -> str:
    """Share of simulated weeks that meet the target, with its 95 % interval: ``97% (95–99%)``."""
    if promise is None:
        return NOTHING
    low, high = (formatting.number(100 * share, 0) for share in (promise.low, promise.high))
    return f"{formatting.percent(promise.probability, 0)} ({low}–{high}%)"
