"""Files of a test: written into its folder and read as a history, or refused with the faults as lines."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from configs.errors import DataError
from configs.files import Read, read_table, unkeyed
from configs.schema.inputs import History
from configs.tables import HISTORY, Table

LONDON = "Europe/London"
ONE_CHANNEL = replace(unkeyed(HISTORY, "channel"), key=("start",))


def read(folder: Path, text: str, zone: str = "UTC", table: Table = ONE_CHANNEL, **history: object) -> Read:
    """Read a text as a file of a history, as settings of ``[history]`` say."""
    path = folder / "history.csv"
    path.write_bytes(text.encode("utf-8"))
    shape = History.model_validate(history)
    return read_table(path, table, zone=zone, rename=shape.columns.model_dump(), shape=shape)


def told(folder: Path, text: str, zone: str = "UTC", table: Table = ONE_CHANNEL, **history: object) -> list[str]:
    """Return the faults of a file that is refused."""
    with pytest.raises(DataError) as caught:
        read(folder, text, zone, table, **history)
    return [str(fault) for fault in caught.value.faults]


def starts(found: Read) -> list[str]:
    """Starts of the rows in UTC, to the minute."""
    return found.frame.start.dt.strftime("%Y-%m-%d %H:%M").tolist()


def notes(found: Read) -> list[str]:
    """Notes of a file, without those every file has."""
    return [note.sentence for note in found.notes if "no offset" not in note.sentence]


def rows(*cells: str, head: str = "start;volume") -> str:
    """A file with these starts, one contact each, separated by semicolons."""
    return head + "\n" + "".join(f"{cell};1\n" for cell in cells)
