"""What is fuzzed: each subject makes a wrong file, reads it, and says what must hold."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from benchmarks.fuzzing.mutations import changed_bytes, changed_json, changed_settings, changed_table, encoded, written
from benchmarks.fuzzing.naive import contacts

if TYPE_CHECKING:
    from random import Random

    from configs.schema import Config
    from forecast.data.history import History

ROOT = Path(__file__).resolve().parent.parent.parent
USUAL = frozenset({"IntervalsAddedUp", "OpenIntervalsAbsent"})
"""Kinds of notes on intervals, which say nothing of a cell."""
OLD_RUN = ROOT / "tests" / "golden" / "run_folder"


class WrongTotalError(Exception):
    """The reader took the file without a word, and its total is not that of the file."""


class Subject(Protocol):
    """One kind of file."""

    suffix: str

    def wrong(self, rng: Random) -> bytes:
        """Make a wrong file."""

    def read(self, file: Path) -> bool:
        """Read it: True where it was taken, an error of staffcurve where not, any other is a finding."""


class HistoryFiles:
    """Histories of one and of two channels, through `read_history`."""

    suffix = ".csv"

    def wrong(self, rng: Random) -> bytes:
        """Change a good file."""
        rows = rng.choice(self._seeds)
        for _ in range(rng.choice((1, 1, 1, 2, 3))):
            rows = changed_table(rows, rng) if rows and rows[0] and len(rows) > 1 else rows
        text = written(rows, rng, plain=rng.random() < 0.7)
        draw = rng.random()
        if draw < 0.1:
            return encoded(text, rng)
        return changed_bytes(text.encode(), rng) if draw < 0.35 else text.encode()

    def read(self, file: Path) -> bool:
        """Read it as the program does."""
        from forecast.data.history import read_history

        made = read_history(self._config, str(file))
        check_total(made, file)
        return True

    @cached_property
    def _seeds(self) -> list[list[list[str]]]:
        return [_history(step, offset) for step in (30, 60) for offset in ("", "Z", "+00:00")]

    @cached_property
    def _config(self) -> Config:
        from configs.loader import build

        return build(
            {
                "plan": {"name": "fuzz", "timezone": "Europe/London", "interval": "60min"},
                "history": {"max_missing": 1.0},
                "channels": {"phone": {"kind": "synchronous", "open": "08:00-18:00", "aht": "3min"}},
                "contracts": {
                    "a": {
                        "agents": 1,
                        "days_per_week": 1,
                        "cost_per_hour": 1,
                        "shifts": [{"length": "8h", "start": "09:00"}],
                    }
                },
            }
        )


def _history(step: int, offset: str) -> list[list[str]]:
    """Three days of one channel, from eight to eighteen."""
    rows = [["channel", "start", "volume", "aht_s"]]
    for day in range(3):
        for at in range(8 * 60, 18 * 60, step):
            clock = f"{date(2026, 11, 2) + timedelta(days=day)}T{at // 60:02}:{at % 60:02}{offset}"
            rows.append(["phone", clock, str(5 + (at // step * 7 + day) % 11), str(180 + at % 7)])
    return rows


def check_total(made: History, file: Path) -> None:
    """Compare what was read, and what the account of the file says was left out, with the sum of the file.

    A note that is not among the usual ones is a word: it says which cells were read otherwise.
    """
    expected = contacts(file.read_bytes())
    used = float(made.table["volume"].sum())
    left_out = sum(part.contacts for account in made.files for part in account.left_out)
    if expected is not None and abs(expected - used - left_out) < 1e-6 * max(1.0, abs(expected)):
        return
    if all(type(note).__name__ in USUAL or "no offset" in str(note) for note in made.notes):
        raise WrongTotalError(f"naive sum {expected}, read {used}, left out {left_out}")


class Configs:
    """The shipped configs, through `configs.loader.load`."""

    suffix = ".toml"

    def wrong(self, rng: Random) -> bytes:
        """Change a good file."""
        text = rng.choice(self._seeds)
        for _ in range(rng.choice((1, 1, 2, 3))):
            text = changed_settings(text, rng) if text.strip() else text
        return text.encode()

    def read(self, file: Path) -> bool:
        """Read it as the program does."""
        from configs.loader import load

        load(file)
        return True

    @cached_property
    def _seeds(self) -> list[str]:
        texts = [files("configs").joinpath(f"{name}.toml").read_text(encoding="utf-8") for name in ("demo", "starter")]
        return [*texts, (ROOT / "benchmarks" / "guard.toml").read_text(encoding="utf-8")]


class Documents:
    """Manifest, summary, entries and explanations of a run folder, through the reader of each."""

    suffix = ".json"

    def wrong(self, rng: Random) -> bytes:
        """Change a good file."""
        text = rng.choice(sorted(self._seeds.values()))
        for _ in range(rng.choice((1, 1, 2))):
            text = changed_json(text, rng) if '": ' in text else text
        return text.encode(errors="replace")

    def read(self, file: Path) -> bool:
        """Read it as the program does."""
        from configs.errors import StaffcurveError
        from staffcurve.run_folder.document import read_document
        from staffcurve.run_folder.explanations import Explanations
        from staffcurve.run_folder.manifest import Manifest
        from staffcurve.run_folder.published import PublishedEntries
        from staffcurve.run_folder.summary import Summary

        taken = False
        for model in (Manifest, Summary, PublishedEntries, Explanations):
            try:
                read_document(model, file).text()
                taken = True
            except StaffcurveError:
                continue
        return taken

    @cached_property
    def _seeds(self) -> dict[str, str]:
        return {path.name: path.read_text(encoding="utf-8") for path in OLD_RUN.glob("*.json")}


class Grids:
    """The roster grid as CSV, through `read_grid`."""

    suffix = ".csv"

    def wrong(self, rng: Random) -> bytes:
        """Change a good file."""
        rows = [cells.copy() for cells in GRID]
        for _ in range(rng.choice((1, 1, 2))):
            rows = changed_table(rows, rng) if rows and rows[0] and len(rows) > 1 else rows
        text = written(rows, rng, plain=rng.random() < 0.7)
        return changed_bytes(text.encode(), rng) if rng.random() < 0.4 else text.encode()

    def read(self, file: Path) -> bool:
        """Read it as the program does."""
        return read_roster(file)


GRID = [
    ["agent", "name", *((date(2026, 11, 30) + timedelta(days=day)).isoformat() for day in range(7))],
    *(
        [f"A{row}", f"Agent {row}", "08:00-16:30", "", "leave", "22:00-06:00", "", "00:30-09:00", ""]
        for row in range(6)
    ),
]


def read_roster(file: Path) -> bool:
    """Read a grid of the week of the seeds."""
    from configs.horizon import Horizon
    from reports.workbook.readback import read_grid

    read_grid(file, Horizon(date(2026, 11, 30), 7, 15, "Europe/London"))
    return True


class Workbooks:
    """The roster sheet of a workbook, through `read_grid`."""

    suffix = ".xlsx"

    def wrong(self, rng: Random) -> bytes:
        """Change a good file."""
        packed = self._seed
        if rng.random() < 0.3:
            return changed_bytes(packed, rng)
        made = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as new:
            names = old.namelist()
            chosen = {rng.choice(names) for _ in range(2)}
            for name in names:
                part = old.read(name)
                new.writestr(name, changed_bytes(part, rng) if name in chosen and part else part)
        return made.getvalue()

    def read(self, file: Path) -> bool:
        """Read it as the program does."""
        return read_roster(file)

    @cached_property
    def _seed(self) -> bytes:
        import xlsxwriter

        packed = io.BytesIO()
        book = xlsxwriter.Workbook(packed)
        sheet = book.add_worksheet("Roster")
        for number, row in enumerate(GRID):
            sheet.write_row(number, 0, row)
        book.close()
        return packed.getvalue()


SUBJECTS: dict[str, type] = {
    "files": HistoryFiles,
    "configs": Configs,
    "documents": Documents,
    "grids": Grids,
    "workbooks": Workbooks,
}
