"""``summary.json``: the numbers of the week for other programs.

Within one `schema_version` keys are added, never renamed or removed. Shares are 0..1, times agent-hours,
amounts in the currency of the plan; a number that does not exist is null.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from configs.notes import plain_note
from reports.findings import findings, missed_targets
from reports.numbers.lateness import lateness
from reports.numbers.people import away, idle
from reports.numbers.week import week_of

if TYPE_CHECKING:
    from pathlib import Path

    from forecast.result import Accuracy
    from optimize.roster.result import Advice, Roster
    from reports.numbers.channels import ChannelWeek
    from reports.numbers.lateness import Lateness
    from reports.numbers.week import Week
    from reports.run import Run

SCHEMA_VERSION = 1


def write(run: Run, folder: Path) -> list[Path]:
    """Write ``summary.json``."""
    path = folder / "summary.json"
    text = json.dumps(summary(week_of(run)), indent=2, ensure_ascii=False, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
    return [path]


def summary(week: Week) -> dict[str, Any]:
    """Return the numbers of the week as plain values; also what ``--json`` prints."""
    run = week.run
    return {
        "schema_version": SCHEMA_VERSION,
        "staffcurve": run.version,
        "plan": run.config.plan.name,
        "week": week.first.isoformat(),
        "days": run.horizon.days,
        "timezone": run.horizon.timezone,
        "interval_min": run.horizon.interval_min,
        "currency": run.config.plan.currency,
        "cost": _cost(week),
        "roster": _proof(week),
        "shortfalls": short_spans(run.roster),
        "late": [late_work(each) for each in lateness(run.rostered)],
        "missed": [each.sentence for each in missed_targets(week)],
        "advice": [advised(each) | {"saving": _rounded(each.saving)} for each in run.roster.advice],
        "people": _people(week),
        "channels": {
            channel.channel: {"timezone": run.config.timezone_of(channel.channel)} | _channel(channel)
            for channel in week.channels
        },
        "simulation": _simulation(week),
        "accuracy": {record.channel: _accuracy(record) for record in run.forecast.accuracy},
        "findings": [{"sentence": finding.sentence, "mark": finding.mark} for finding in findings(week)],
        "notes": [plain_note(note) for note in week.notes],
    }


def late_work(found: Lateness) -> dict[str, Any]:
    """Late work of a channel as plain values; shares 0..1, hours."""
    return {
        "channel": found.channel,
        "late_h": _rounded(found.late_h),
        "due_h": _rounded(found.due_h),
        "share": _rounded(found.share),
        "target": found.target,
        "met": found.met,
        "oldest_h": _rounded(found.oldest_h),
        "worst": None if found.worst is None else found.worst.isoformat(),
        "worst_share": None if found.worst_share is None else _rounded(found.worst_share),
    }


def short_spans(roster: Roster) -> list[dict[str, Any]]:
    """Spans in which people are missing and why, most agent-hours first."""
    return [
        {
            "channel": each.channel,
            "start": each.start.isoformat(),
            "end": each.end.isoformat(),
            "agent_h": each.agent_h,
            "most": each.most,
            "reason": each.reason,
            "code": each.code,
        }
        for each in roster.shortfalls
    ]


def advised(advice: Advice) -> dict[str, Any]:
    """Advice as plain values; `code` is the kind of change."""
    return {
        "kind": advice.kind,
        "subject": advice.subject,
        "saving": advice.saving,
        "sentence": advice.sentence,
        "basis": advice.basis,
        "code": advice.change.code,
    }


def _simulation(week: Week) -> dict[str, Any] | None:
    """Service of each channel in the replay, with its 95 % interval; None where the roster was not replayed."""
    replay = week.run.replay
    if replay is None:
        return None
    names = ("contacts", "service_level", "sl_low", "sl_high", "abandonment", "asa_s", "occupancy", "kept")
    channels = {each.channel: {name: _rounded(getattr(each, name)) for name in names} for each in replay.channels}
    facts = ("probability", "low", "high", "cushion_h")
    promises = {
        each.channel: {"promise": each.promise} | {name: _rounded(getattr(each, name)) for name in facts}
        for each in replay.promises
    }
    return {"replications": replay.replications, "seed": replay.seed, "channels": channels, "promises": promises}


def _cost(week: Week) -> dict[str, float]:
    cost = week.run.roster.cost
    names = ("wages", "premiums", "shortage", "excess", "late", "changes", "activities", "total")
    parts = {name: round(getattr(cost, name), 2) for name in names}
    return {"payroll": round(week.payroll, 2), **parts}


def _proof(week: Week) -> dict[str, Any]:
    roster = week.run.roster
    return {
        "status": roster.status,
        "bound": round(roster.bound, 2),
        "bound_for": f"any roster{roster.scope}",
        "gap": _rounded(roster.gap),
        "left_out": roster.left_out,
        "days_given_up": [str(each) for each in roster.days_given_up],
        "shifts": len(week.shifts),
        "paid_h": _rounded(week.paid_h),
        "changes": None if roster.changes is None else asdict(roster.changes),
    }


def _people(week: Week) -> dict[str, Any]:
    days = week.run.horizon.days
    return {
        "all": len(week.people),
        "working": sum(1 for person in week.people if person.shifts),
        "on_leave": [person.agent for person in away(week.people, days)],
        "not_needed": [person.agent for person in idle(week.people, days)],
        "wishes": len(week.wishes),
        "wishes_granted": sum(wish.granted for wish in week.wishes),
    }


def _channel(channel: ChannelWeek) -> dict[str, Any]:
    told: dict[str, Any] = {
        "kind": channel.kind,
        "volume": _rounded(channel.volume),
        "target": channel.target,
        "service_level": _rounded(channel.service_level),
        "kept": channel.kept,
        "intervals_below_target": channel.below,
        "required_h": _rounded(channel.required_h),
        "staffed_h": _rounded(channel.staffed_h),
        "shortage_h": _rounded(channel.shortage_h),
        "excess_h": _rounded(channel.excess_h),
        "short": [
            {
                "start": spell.start.isoformat(),
                "end": spell.end.isoformat(),
                "agent_h": _rounded(spell.agent_h),
                "most": _rounded(spell.most),
            }
            for spell in channel.spells
        ],
    }
    if channel.work:
        work = channel.work
        told["work"] = {
            name: _rounded(getattr(work, name))
            for name in ("opening_h", "arriving_h", "done_h", "left_h", "judged_h", "late_h", "oldest_h")
        }
    return told


def _accuracy(record: Accuracy) -> dict[str, Any]:
    return {"days": record.days} | {
        name: _rounded(getattr(record, name)) for name in ("wape", "naive_wape", "bias", "covered_80")
    }


def _rounded(value: float | None) -> float | None:
    """Round to six decimals, so that the last bits of a machine do not change the file."""
    return None if value is None or value != value else round(float(value), 6)  # noqa: PLR0124 - NaN
