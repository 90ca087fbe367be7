"""Where a plan comes from: the files it read with their hashes, and the libraries that computed it."""

from __future__ import annotations

import hashlib
from importlib.metadata import PackageNotFoundError, version
from platform import python_version
from typing import TYPE_CHECKING

from configs.reading.addresses import is_database
from configs.redaction import redacted
from configs.tables import ROSTER
from configs.zones import RULES
from reports.run import Provenance
from staffcurve.run_folder.layout import table_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from configs.schema import Config

LIBRARIES = ("highspy", "numpy", "pandas", "pulp", "scipy", "statsmodels")
OPTIONAL_LIBRARIES = ("highspy-extras",)
"""Named where they are installed: their presence alone changes what a solver offers."""
BUILT_IN = "demo"


def provenance(config: Config, digests: Mapping[str, str] | None = None) -> Provenance:
    """Hash the files a config names and ask the libraries for their versions.

    `digests` are those of database rows (`configs.reading.database.digest`) by the URL as it may be shown: they are
    taken when the rows are read, since a database may hold others a moment later. Without one the hash is unknown.
    """
    return Provenance(tuple(_inputs(config, digests or {})), tuple(_libraries()), python_version(), RULES)


def _libraries() -> Iterator[tuple[str, str | None]]:
    """Libraries with their versions: the needed ones always, the optional ones where they are installed."""
    for name in LIBRARIES:
        yield name, _version(name)
    for name in OPTIONAL_LIBRARIES:
        found = _version(name)
        if found is not None:
            yield name, found


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _published(config: Config) -> str | None:
    """The table of a published roster, of which the folder holds much else."""
    text = config.roster.published
    return text if text is None or not config.path(text).is_dir() else f"{text}/{table_file(ROSTER)}"


def _inputs(config: Config, digests: Mapping[str, str]) -> Iterator[tuple[str, str | None]]:
    """Files a run read, with the hash of their bytes."""
    named = [
        config.history.path,
        config.calendar.events,
        config.calendar.adjustments,
        config.roster.agents,
        config.roster.leave,
        config.roster.requests,
        config.roster.rules,
        config.roster.previous and f"{config.roster.previous}/{table_file(ROSTER)}",
        _published(config),
    ]
    for text in named:
        if text is None:
            continue
        if text == BUILT_IN:
            yield BUILT_IN, None
            continue
        if is_database(text):
            yield redacted(text), digests.get(redacted(text))
            continue
        path = config.path(text)
        files = sorted(file for file in path.iterdir() if file.is_file()) if path.is_dir() else [path]
        for file in files:
            name = text if file == path else f"{text}/{file.name}"
            yield name, hashlib.sha256(file.read_bytes()).hexdigest()
