"""The mark of a run: its name and a digest of its roster, by which an edited file finds the run it came from."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from configs.tables import records
from reports.shifts import text

if TYPE_CHECKING:
    import pandas as pd

    from reports.run import Run

_MARK = re.compile(r"Run (?P<name>.+-\d{4}-\d{2}-\d{2}), roster (?P<digest>[0-9a-f]{12})\.?")


@dataclass(frozen=True)
class Mark:
    """Name of a run, such as ``demo-2026-11-30``, and a digest of its roster, twelve digits.

    Two runs of one week have one name; when their rosters differ, so do the digests.
    """

    name: str
    digest: str

    def __str__(self) -> str:
        """Write the mark as the workbook has it."""
        return f"Run {self.name}, roster {self.digest}."


def mark_of(run: Run) -> Mark:
    """Return the mark of a run."""
    return Mark(run.name, digest_of(run.roster.table))


def digest_of(roster: pd.DataFrame) -> str:
    """Return the digest of a ``roster`` table: who works from when to when, with which breaks and activities."""
    lines = sorted(
        "\t".join(
            (
                str(row["agent"]), f"{row['start'].timestamp():.0f}", f"{row['end'].timestamp():.0f}",
                text(row.get("breaks")), text(row.get("activities")),
            )
        )
        for row in records(roster)
    )  # fmt: skip
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def mark_in(words: str) -> Mark | None:
    """Read a mark from the text of a cell; None where the text is something else."""
    found = _MARK.fullmatch(words.strip())
    return Mark(found["name"], found["digest"]) if found else None
