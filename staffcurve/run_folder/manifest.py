"""``manifest.json``: what a run was made of and how good it is, enough to make its reports again."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import Field

from configs.errors import DataError, Fault
from configs.redaction import redacted_settings
from staffcurve.run_folder.document import Document, Number, Record, nan_is_null, read_document
from staffcurve.run_folder.layout import MANIFEST, OVERVIEW
from staffcurve.run_folder.records import (
    AdviceRecord,
    NoteRecord,
    ProofRecord,
    ShortfallRecord,
    advice_of,
    notes_of,
    proof_of,
    shortfalls_of,
)

if TYPE_CHECKING:
    from optimize.simulation.result import Replay
    from reports.run import Run


class InputRecord(Record):
    """A file that was read, and the SHA-256 of its bytes; null where it comes with the package.

    For a database: its URL without the password, and the digest of the rows read; null where this run read none.
    """

    path: str
    sha256: str | None


class ZonesRecord(Record):
    """The rules of time zones a run was made under."""

    version: str | None
    source: str


class ServiceRecord(Record):
    """A channel in the replay; null where there is no number."""

    channel: str
    contacts: Number | None
    service_level: Number | None
    sl_low: Number | None
    sl_high: Number | None
    abandonment: Number | None
    asa_s: Number | None
    occupancy: Number | None
    kept: Number | None = None


class TargetRecord(Record):
    """How probable it is that a channel meets its target; null where there is no number."""

    channel: str
    promise: str
    probability: Number | None
    low: Number | None
    high: Number | None
    cushion_h: Number | None = None
    over: str = "interval"


class BusierRecord(Record):
    """How probable a target is with `factor` times the contacts forecast; null where there is no number."""

    channel: str
    factor: Number
    probability: Number | None


class ReplayRecord(Record):
    """What a replay adds to its table; `busier` stands only where a target is one over a day or a week."""

    replications: int
    seed: int
    channels: tuple[ServiceRecord, ...]
    promises: tuple[TargetRecord, ...] = ()
    busier: tuple[BusierRecord, ...] = ()


class AccuracyRecord(Record):
    """How the forecast of a channel did on its own past."""

    channel: str
    days: int
    wape: Number
    naive_wape: Number
    bias: Number
    covered_80: Number
    bias_error: Number | None = None


class Manifest(Document):
    """Everything about a run that its tables do not say. Only `seconds` differ between equal runs."""

    staffcurve: str
    python: str | None = None
    libraries: dict[str, str | None] | None = None
    time_zones: ZonesRecord | None = None
    plan: str
    week: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")
    seed: int | None = None
    inputs: tuple[InputRecord, ...] | None = None
    roster: ProofRecord
    interrupted: bool = False
    shortfalls: tuple[ShortfallRecord, ...] = ()
    advice: tuple[AdviceRecord, ...] = ()
    simulation: ReplayRecord | None = None
    accuracy: tuple[AccuracyRecord, ...] = ()
    notes: tuple[NoteRecord, ...] = ()
    config: dict[str, Any]
    seconds: dict[str, Number] = Field(default_factory=dict)
    config_folder: str = "."

    @property
    def name(self) -> str:
        """Name of the run, such as ``demo-2026-11-30``."""
        return f"{self.plan}-{self.week}"


def manifest_of(run: Run, seconds: dict[str, float], folder: Path) -> Manifest:
    """Return the manifest of a run in `folder`; the config's folder is seen from there, so that both can move."""
    from staffcurve.run_folder.provenance import provenance

    made = run.provenance or provenance(run.config)
    return Manifest(
        schema_version=Manifest.NEWEST,
        staffcurve=run.version,
        python=made.python,
        libraries=dict(made.libraries),
        time_zones=made.zones and ZonesRecord(version=made.zones.version, source=made.zones.source),
        plan=run.config.plan.name,
        week=run.horizon.first.isoformat(),
        seed=run.config.plan.seed,
        inputs=tuple(InputRecord(path=path, sha256=digest) for path, digest in made.inputs),
        roster=proof_of(run.roster),
        interrupted=run.roster.interrupted,
        shortfalls=shortfalls_of(run.roster),
        advice=advice_of(run.roster),
        simulation=None if run.replay is None else replay_of(run.replay),
        accuracy=tuple(AccuracyRecord(**asdict(each)) for each in run.forecast.accuracy),
        notes=notes_of(run.notes),
        config=redacted_settings(run.config.raw),
        seconds={name: round(value, 3) for name, value in seconds.items()},
        config_folder=_seen_from(folder, run.config.folder),
    )


def replay_of(replay: Replay) -> ReplayRecord:
    """Return what a replay adds to its table."""
    busier = tuple(BusierRecord(**nan_is_null(asdict(each))) for each in replay.busier)
    return ReplayRecord(
        replications=replay.replications,
        seed=replay.seed,
        channels=tuple(ServiceRecord(**nan_is_null(asdict(each))) for each in replay.channels),
        promises=tuple(TargetRecord(**nan_is_null(asdict(each))) for each in replay.service_targets),
        **({"busier": busier} if busier else {}),
    )


def _seen_from(folder: Path, home: Path) -> str:
    """Path to `home` from `folder`; whole where they stand on different drives."""
    try:
        return Path(os.path.relpath(home, folder)).as_posix()
    except ValueError:
        return home.as_posix()


def read_manifest(folder: Path, label: str | None = None) -> Manifest:
    """Return the manifest of a run folder, which is called `label` in messages.

    Raises
    ------
    DataError
        `run` did not write the folder, or the manifest is damaged or of a newer version.
    """
    label = label or str(folder)
    if not (folder / MANIFEST).is_file() and (folder / OVERVIEW).is_file():
        raise DataError(Fault(label, "is an overview of several weeks and not a run folder; name a run that it shows"))
    if not (folder / MANIFEST).is_file():
        words = f'is not a run folder: it has no {MANIFEST}; name one that "staffcurve run CONFIG" wrote'
        raise DataError(Fault(label, words))
    return read_document(Manifest, folder / MANIFEST, f"{label}/{MANIFEST}")
