"""Calendars that people have already: given out by the folder a run replaces, and by the roster named as published."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from reports.publication import FILE, entries_of, read_entries

if TYPE_CHECKING:
    from pathlib import Path

    from configs.schema import Config
    from reports.publication import Entry
    from reports.run import Run


def check_given_out(config: Config, out: Path) -> None:
    """Read what earlier runs of a plan gave out, so that a damaged file is reported before the long work.

    Raises
    ------
    DataError
        A ``published.json`` cannot be read.
    """
    week = re.compile(re.escape(config.plan.name) + r"-\d{4}-\d{2}-\d{2}")
    for folder in sorted(out.iterdir()):
        if week.fullmatch(folder.name):
            read_entries(folder)
    if config.roster.published is not None:
        read_entries(config.path(config.roster.published))


def given_out(run: Run, final: Path) -> tuple[Entry, ...]:
    """Entries that people may have in their calendars when a run is written to the folder `final`."""
    places = [final] if (final / FILE).is_file() or (final / "calendars").is_dir() else []
    if run.config.roster.published is not None:
        places.append(run.config.path(run.config.roster.published))
    # Both may be one folder, and what two folders gave out is often the same.
    return tuple(dict.fromkeys(entry for place in places for entry in _given_out(run, place)))


def _given_out(run: Run, place: Path) -> tuple[Entry, ...]:
    """Entries of a run folder or of a roster table; without their numbers they were given out once."""
    from configs.files import read_table
    from configs.tables import ROSTER

    if (place / FILE).is_file():
        return read_entries(place)
    file = place / "roster.csv" if place.is_dir() else place
    table = read_table(file, ROSTER, zone=run.config.plan.timezone, told_as=str(file), empty="keep").frame
    return entries_of(replace(run, roster=replace(run.roster, table=table.reset_index(drop=True))))
