"""``segments.csv``: every shift cut into work, breaks and planned activities, as schedule imports want it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from configs.tables import SEGMENTS, check, no_rows
from optimize.roster.schedule.paid_time import breaks_paid
from optimize.roster.schedule.shift import HOUR
from reports.tables import write_ordered

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from configs.schema import Config
    from optimize.roster.schedule.shift import Shift
    from reports.run import Run

WORK, BREAK = "work", "break"
Piece = tuple["datetime", "datetime", str, bool]
"""Begin, end, what is done, and whether it is paid."""


def write(run: Run, home: Path) -> list[Path]:
    """Write the table."""
    path = home / "segments.csv"
    write_ordered(segments(run), SEGMENTS, path, run.horizon.timezone)
    return [path]


def segments(run: Run) -> pd.DataFrame:
    """Return the ``segments`` table: the pieces of a shift follow one another from its begin to its end."""
    rows: list[dict[str, Any]] = []
    for shift in run.roster.schedule.shifts:
        for first, last, activity, paid in pieces_of(run.config, shift):
            rows.append(
                {
                    "agent": shift.agent,
                    "name": shift.name,
                    "date": pd.Timestamp(shift.day),
                    "start": first,
                    "end": last,
                    "activity": activity,
                    "paid": "yes" if paid else "no",
                    "hours": (last - first) / HOUR,
                }
            )
    if not rows:
        return no_rows(SEGMENTS)
    return check(pd.DataFrame(rows), SEGMENTS)


def pieces_of(config: Config, shift: Shift) -> list[Piece]:
    """Breaks and activities of a shift in order, and the work between them: no gap from its begin to its end."""
    unpaid = {activity.name for activity in config.activities if not activity.paid}
    off: list[Piece] = [(first, last, BREAK, paid) for (first, last), paid in breaks_paid(config, shift)]
    off += [(each.start, each.end, each.name, each.name not in unpaid) for each in shift.activities]
    pieces: list[Piece] = []
    at = shift.start
    for piece in sorted(off, key=lambda piece: piece[0]):
        if piece[0] > at:
            pieces.append((at, piece[0], WORK, True))
        pieces.append(piece)
        at = piece[1]
    return [*pieces, (at, shift.end, WORK, True)] if at < shift.end else pieces
