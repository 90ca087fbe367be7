"""``segments.csv``: every shift cut into work, breaks and planned activities, as schedule imports want it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from configs.tables import SEGMENTS, check, no_rows
from optimize.roster.verify.presence import read_duties

if TYPE_CHECKING:
    from datetime import datetime

    from configs.schema import Config
    from optimize.roster.verify.presence import Duty
    from reports.run import Run

WORK, BREAK = "work", "break"
Piece = tuple["datetime", "datetime", str, bool]
"""Begin, end, what is done, and whether it is paid."""


def segments(run: Run) -> pd.DataFrame:
    """Return the ``segments`` table: the pieces of a shift follow one another from its begin to its end."""
    rows: list[dict[str, Any]] = []
    for duty in read_duties(run.config, run.roster.table):
        for first, last, activity, paid in _pieces(run.config, duty):
            rows.append(
                {
                    "agent": duty.row["agent"],
                    "name": duty.row["name"],
                    "date": duty.row["date"],
                    "start": pd.Timestamp(first).tz_convert("UTC"),
                    "end": pd.Timestamp(last).tz_convert("UTC"),
                    "activity": activity,
                    "paid": "yes" if paid else "no",
                    "hours": (last.timestamp() - first.timestamp()) / 3600,
                }
            )
    if not rows:
        return no_rows(SEGMENTS)
    return check(pd.DataFrame(rows), SEGMENTS)


def _pieces(config: Config, duty: Duty) -> list[Piece]:
    """Breaks and activities of a shift in order, and the work between them."""
    unpaid = {activity.name for activity in config.activities if not activity.paid}
    breaks = config.contracts[str(duty.row["contract"])].breaks_of(duty.kind) if duty.kind else ()
    off: list[Piece] = [
        (first, last, BREAK, pause.paid) for pause, (first, last) in zip(breaks, duty.pauses, strict=False)
    ]
    off += [(each.start, each.end, each.name, each.name not in unpaid) for each in duty.activities or ()]
    pieces: list[Piece] = []
    at = duty.row["start"].to_pydatetime()
    for piece in sorted(off, key=lambda piece: piece[0].timestamp()):
        if piece[0].timestamp() > at.timestamp():
            pieces.append((at, piece[0], WORK, True))
        pieces.append(piece)
        at = piece[1]
    end = duty.row["end"].to_pydatetime()
    return [*pieces, (at, end, WORK, True)] if at.timestamp() < end.timestamp() else pieces
