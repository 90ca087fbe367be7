"""A comparison as plain values for other programs; what ``compare --json`` prints."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from reports.comparison.facts import ChannelFacts
from reports.comparison.sentences import sentences

if TYPE_CHECKING:
    from reports.comparison.compare import Comparison
    from reports.comparison.facts import RunFacts

DIGITS = 6


def plain(made: Comparison) -> dict[str, Any]:
    """Return runs, people changed, settings and sentences; keys are added, never renamed or removed."""
    return {
        "runs": [_run(run) for run in made.runs],
        "people": [
            {
                "base": one.base,
                "run": one.other,
                "cells": one.cells,
                "cells_changed": len(one.changes),
                "people_changed": one.people,
                "moved": one.moved,
                "added": one.added,
                "dropped": one.dropped,
                "changes": [asdict(change) for change in one.changes],
                "breaks_changed": [asdict(change) for change in one.rested],
            }
            for one in made.people
        ],
        "settings": [{"key": row.key, "values": list(row.values)} for row in made.settings],
        "sentences": [one.sentence for one in sentences(made)],
    }


def _run(run: RunFacts) -> dict[str, Any]:
    cost = {name: round(value, 2) for name, value in asdict(run.cost).items()}
    return {
        "run": run.label,
        "plan": run.plan,
        "week": run.week.isoformat(),
        "currency": run.currency,
        "volume": _rounded(run.volume),
        "required_h": _rounded(run.required_h),
        "staffed_h": _rounded(run.staffed_h),
        "shortage_h": _rounded(run.shortage_h),
        "paid_h": _rounded(run.paid_h),
        "payroll": round(run.payroll, 2),
        "cost": cost | {"total": round(run.cost.total, 2)},
        "bound": round(run.bound, 2),
        "gap": _rounded(run.gap),
        "status": run.status,
        "people": run.people,
        "working": run.working,
        "shifts": len(run.shifts),
        "wishes": run.wishes,
        "wishes_granted": run.granted,
        "channels": {each.channel: _channel(each) for each in run.channels},
    }


def _channel(one: ChannelFacts) -> dict[str, Any]:
    return {field.name: _rounded(getattr(one, field.name)) for field in fields(ChannelFacts) if field.name != "channel"}


def _rounded(value: Any) -> Any:  # noqa: ANN401 - numbers are rounded, the rest is as it is
    return round(value, DIGITS) if isinstance(value, float) else value
