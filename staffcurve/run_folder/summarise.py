"""The numbers of a week, as ``summary.json`` and ``--json`` have them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from reports.findings import findings, missed_targets
from reports.metrics.lateness import lateness
from reports.metrics.people import away, idle
from staffcurve.run_folder.records import advice_of, changes_of, notes_of, proof_of, shortfalls_of
from staffcurve.run_folder.summary import (
    AccuracySummary,
    ChannelSummary,
    CostSummary,
    FindingRecord,
    LateSummary,
    PeopleSummary,
    ReplayedChannel,
    ReplayedTarget,
    ReplaySummary,
    RosterSummary,
    ShortSummary,
    Summary,
    WorkSummary,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.metrics.channels import ChannelWeek
    from reports.metrics.lateness import Lateness
    from reports.metrics.targets import SpanTarget
    from reports.metrics.week import Week


def summary_of(week: Week) -> Summary:
    """Return the numbers of a week."""
    run = week.run
    return Summary(
        schema_version=Summary.NEWEST,
        staffcurve=run.version,
        plan=run.config.plan.name,
        week=week.first.isoformat(),
        days=run.horizon.days,
        timezone=run.horizon.timezone,
        interval_min=run.horizon.interval_min,
        currency=run.config.plan.currency,
        cost=_cost(week),
        roster=_roster(week),
        shortfalls=shortfalls_of(run.roster),
        late=tuple(late_of(each) for each in lateness(run.rostered)),
        missed=tuple(each.sentence for each in missed_targets(week)),
        advice=tuple(each.model_copy(update={"saving": _rounded(each.saving)}) for each in advice_of(run.roster)),
        people=_people(week),
        channels={each.channel: _channel(each, run.config.timezone_of(each.channel)) for each in week.channels},
        simulation=_replay(week),
        accuracy={
            each.channel: AccuracySummary(days=each.days, **_picked(each, ("wape", "naive_wape", "bias", "covered_80")))
            for each in run.forecast.accuracy
        },
        findings=tuple(FindingRecord(sentence=each.sentence, mark=each.mark) for each in findings(week)),
        notes=notes_of(week.notes),
    )


def late_of(found: Lateness) -> LateSummary:
    """Return the late work of a channel."""
    return LateSummary(
        channel=found.channel,
        **_picked(found, ("late_h", "due_h", "share")),
        target=found.target,
        met=found.met,
        oldest_h=_rounded(found.oldest_h),
        worst=None if found.worst is None else found.worst.isoformat(),
        worst_share=_rounded(found.worst_share),
    )


def _cost(week: Week) -> CostSummary:
    cost = asdict(week.run.roster.cost) | {"total": week.run.roster.cost.total, "payroll": week.payroll}
    return CostSummary(**{name: round(value, 2) for name, value in cost.items()})


def _roster(week: Week) -> RosterSummary:
    roster, proof = week.run.roster, proof_of(week.run.roster)
    return RosterSummary(
        status=proof.status,
        bound=round(roster.bound, 2),
        bound_for=proof.bound_for,
        gap=_rounded(roster.gap),
        left_out=roster.left_out,
        days_given_up=proof.days_given_up,
        shifts=len(week.shifts),
        paid_h=round(float(week.paid_h), 6),
        changes=changes_of(roster.changes),
    )


def _people(week: Week) -> PeopleSummary:
    days = week.run.horizon.days
    return PeopleSummary(
        all=len(week.people),
        working=sum(1 for person in week.people if person.shifts),
        on_leave=tuple(person.agent for person in away(week.people, days)),
        not_needed=tuple(person.agent for person in idle(week.people, days)),
        wishes=len(week.wishes),
        wishes_granted=sum(wish.granted for wish in week.wishes),
    )


def _channel(channel: ChannelWeek, timezone: str) -> ChannelSummary:
    work: dict[str, Any] = (
        {} if channel.work is None else {"work": WorkSummary(**_picked(channel.work, WorkSummary.model_fields))}
    )
    return ChannelSummary(
        timezone=timezone,
        kind=channel.kind,
        volume=_rounded(channel.volume),
        target=channel.target,
        service_level=_rounded(channel.service_level),
        kept=channel.kept,
        intervals_below_target=channel.below,
        **_picked(channel, ("required_h", "staffed_h", "shortage_h", "excess_h")),
        short=tuple(
            ShortSummary(start=each.start.isoformat(), end=each.end.isoformat(), **_picked(each, ("agent_h", "most")))
            for each in channel.periods
        ),
        **work,
    )


def _replay(week: Week) -> ReplaySummary | None:
    """Service of each channel in the replay; None where the roster was not replayed."""
    replay = week.run.replay
    if replay is None:
        return None
    facts = ("probability", "low", "high", "cushion_h")
    spans = {each.name: _span(each) for each in week.targets}
    return ReplaySummary(
        replications=replay.replications,
        seed=replay.seed,
        channels={
            each.channel: ReplayedChannel(**_picked(each, ReplayedChannel.model_fields)) for each in replay.channels
        },
        promises={
            each.channel: ReplayedTarget(promise=each.promise, **_picked(each, facts), **spans.get(each.channel, {}))
            for each in replay.service_targets
        },
    )


def _span(target: SpanTarget) -> dict[str, Any]:
    """What a target over a day or a week adds to how probable it is."""
    worst = target.worst_day if target.over == "day" else None
    busier = {f"{each.factor:g}": _rounded(each.probability) for each in target.busier}
    return {
        "over": target.over,
        "sure": target.sure,
        **({"worst_day": worst.day.isoformat()} if worst and worst.day else {}),
        **({"busier": busier} if busier else {}),
    }


def _picked(found: object, names: Iterable[str]) -> dict[str, Any]:
    return {name: _rounded(getattr(found, name)) for name in names}


def _rounded(value: float | None) -> float | None:
    """Round to six decimals, so that the last bits of a machine do not change the file."""
    return None if value is None or value != value else round(float(value), 6)  # noqa: PLR0124 - NaN
