"""A plan made by the command line of either build, read back by this one."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.house import ROOT, Cost, measure
from configs.schema import DeferrableChannel
from staffcurve.run_folder.read import read_run

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from configs.schema import Config
    from reports.run import Run

FLOOR = 0.5
NO_CAP = 0.999
"""Occupancy that is no cap."""
QUIET = ("roster.advice=false", "simulation.replications=0", 'reports.formats=["csv"]')
"""Settings of a plan of which only the roster is looked at."""


@dataclass(frozen=True)
class Plan:
    """A finished run and what it took."""

    run: Run
    cost: Cost

    @property
    def payroll(self) -> float:
        """Wages and premiums of the week."""
        return float(self.run.roster.cost.wages + self.run.roster.cost.premiums)

    @property
    def gap(self) -> float:
        """Relative distance of the cost to its bound; NaN where none is proven."""
        found = self.run.roster.gap
        return float("nan") if found is None else float(found)


def planned(build: Path, config: str, out: Path, changes: Sequence[str] = QUIET) -> Plan:
    """Run ``staffcurve run`` of a build and read its folder.

    Raises
    ------
    RuntimeError
        The run failed.
    """
    os.environ["PYTHONPATH"] = str(build.resolve())
    words = [word for change in changes for word in ("--set", change)]
    arguments = [sys.executable, "-m", "staffcurve", "run", config, "--out", str(out), *words]
    out.mkdir(parents=True, exist_ok=True)
    cost = measure(arguments, out)
    folders = sorted(path.parent for path in out.glob("*/manifest.json"))
    if cost.code != 0 or not folders:
        said = subprocess.run(arguments, cwd=out, capture_output=True, text=True, check=False).stderr
        raise RuntimeError(f"exit code {cost.code} of {' '.join(arguments)}\n{said[-2000:]}")
    return Plan(read_run(folders[-1]), cost)


def over(
    config: Config,
    span: str,
    *,
    sure: Mapping[str, float] | None = None,
    floor: float = FLOOR,
    caps: bool = False,
) -> list[str]:
    """Settings for a target over a day or a week at every live channel; without `caps` no occupancy is too high."""
    changes = []
    for name in live(config):
        target = f"channels.{name}.target"
        changes += [f"{target}.over={span}", f"{target}.floor={min(floor, config.channels[name].target.share):g}"]
        if sure is not None:
            changes.append(f"{target}.sure={sure[name]:.3f}")
        if not caps:
            changes.append(f"channels.{name}.max_occupancy={NO_CAP:g}")
    return changes


def live(config: Config) -> list[str]:
    """Channels whose customers wait now."""
    return [name for name, channel in config.channels.items() if not isinstance(channel, DeferrableChannel)]


def shared(*parts: str) -> Path:
    """Data that lies beside the checkout, such as ``shared("cases", "pooled-queues")``."""
    return ROOT.parent.joinpath("shared", *parts)
