"""Plans kept in a folder under a hash of everything they depend on."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.inputs.service_model import Corrections
from optimize.scenarios.outcome import ChannelOutcome, Outcome
from optimize.scenarios.plan import Planned
from staffcurve.run_folder.whole import whole_file

if TYPE_CHECKING:
    from pathlib import Path

    from configs.scenarios import Asked
    from reports.run import Provenance

SEARCH_ONLY = ("gap", "time_limit", "advice", "solver")
"""Settings of `[roster]` that no plan without whole people depends on."""


def key_of(asked: Asked, provenance: Provenance, version: str, before: str = "") -> str:
    """Hash of a plan: its settings and changes, the bytes of its files, all versions, and the plan it begins from."""
    settings = asked.config.model_dump(mode="json", by_alias=True, exclude={"scenarios", "reports"})
    for name in SEARCH_ONLY:
        settings["roster"].pop(name, None)
    changes = None
    if asked.scenario is not None:
        changes = asked.scenario.model_dump(mode="json", by_alias=True, exclude={"title", "sweep", "set"})
    text = json.dumps([settings, changes, asdict(provenance), version, before], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def read(folder: Path, key: str) -> Planned | None:
    """Return the plan kept under a key; None where there is none, or it cannot be read."""
    try:
        given = json.loads((folder / f"{key}.json").read_text(encoding="utf-8"))
        outcome = given["outcome"]
        channels = tuple(ChannelOutcome(**each) for each in outcome["channels"])
        people = {name: np.array(values) for name, values in given["people"].items()}
        margin = {(target, measure, day): value for target, measure, day, value in given["margin"]}
        return Planned(Outcome(**{**outcome, "channels": channels}), Corrections(people, margin))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def write(folder: Path, key: str, planned: Planned) -> None:
    """Keep a plan under a key; the file is there whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(
        {
            "outcome": asdict(planned.outcome),
            "people": {name: values.tolist() for name, values in planned.corrections.people.items()},
            "margin": [[*row, value] for row, value in planned.corrections.margin.items()],
        },
        indent=1,
    )
    with whole_file(folder / f"{key}.json") as path:
        path.write_text(text + "\n", encoding="utf-8", newline="\n")
