"""``manifest.json``: what a run was made of and how good it is, enough to make its reports again."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from optimize.simulation.result import ChannelService, Promise, Replay
    from reports.run import Run

SCHEMA_VERSION = 1


def manifest(run: Run, seconds: dict[str, float]) -> dict[str, Any]:
    """Everything about a run that its tables do not say. Only `seconds` differ between equal runs."""
    from reports.summary import short_spans
    from staffcurve.provenance import provenance, told

    roster = run.roster
    made = told(run.provenance or provenance(run.config))
    return {
        "schema_version": SCHEMA_VERSION,
        "staffcurve": run.version,
        "python": made["python"],
        "libraries": made["libraries"],
        "time_zones": made["time_zones"],
        "plan": run.config.plan.name,
        "week": run.horizon.first.isoformat(),
        "seed": run.config.plan.seed,
        "inputs": made["inputs"],
        "roster": {
            "status": roster.status,
            "cost": asdict(roster.cost) | {"total": roster.cost.total},
            "bound": roster.bound,
            "bound_for": f"any roster{roster.scope}",
            "gap": roster.gap,
            "left_out": roster.left_out,
            "days_given_up": list(roster.days_given_up),
            "changes": None if roster.changes is None else asdict(roster.changes),
        },
        "interrupted": roster.interrupted,
        "shortfalls": short_spans(roster),
        "advice": [asdict(each) for each in roster.advice],
        "simulation": replayed(run.replay),
        "accuracy": [asdict(record) for record in run.forecast.accuracy],
        "notes": [asdict(note) for note in run.notes],
        "config": run.config.raw,
        "seconds": {name: round(value, 3) for name, value in seconds.items()},
    }


def replayed(replay: Replay | None) -> dict[str, Any] | None:
    """What a replay adds to its table; None where there is none."""
    if replay is None:
        return None
    channels, promises = ([_known(each) for each in rows] for rows in (replay.channels, replay.promises))
    return {"replications": replay.replications, "seed": replay.seed, "channels": channels, "promises": promises}


def _known(record: ChannelService | Promise) -> dict[str, Any]:
    """A record as JSON holds it: null where there is no number."""
    return {key: None if value != value else value for key, value in asdict(record).items()}  # noqa: PLR0124 - NaN


def write_manifest(run: Run, seconds: dict[str, float], folder: Path) -> None:
    """Write ``manifest.json``; the config's folder is told from the run folder, so that both can move together."""
    told = manifest(run, seconds) | {"config_folder": _from(run.config.folder, folder)}
    text = json.dumps(told, indent=2, ensure_ascii=False, default=_plain, allow_nan=False)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def _from(home: Path, folder: Path) -> str:
    """Path to `home` seen from `folder`; whole where they stand on different drives."""
    try:
        return Path(os.path.relpath(home, folder)).as_posix()
    except ValueError:
        return home.as_posix()


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} cannot be written to a manifest")
