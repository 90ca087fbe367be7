"""Notes about presets in use: what law they are, and what of it they do not cover."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from configs.notes import Note
from configs.rules.presets import preset, preset_names
from configs.tables import records

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from configs.schema import Config


def preset_notes(config: Config, rows: pd.DataFrame | None = None) -> Iterator[Note]:
    """Say of each preset of a contract, or of rows for single people, what it rests on and what it leaves out."""
    for name, contract in sorted(config.contracts.items()):
        if contract.rules is None or contract.rules.preset is None:
            continue
        yield _note(f"contracts.{name}.rules.preset", contract.rules.preset)
    values = [] if rows is None else [str(row["value"]).strip().strip("\"'") for row in _presets(rows)]
    for name in sorted(set(values) & set(preset_names())):
        yield _note(config.roster.rules or "rules", name)


def _presets(rows: pd.DataFrame) -> list[dict[str, Any]]:
    return [row for row in records(rows) if row["rule"] == "preset"]


def _note(where: str, name: str) -> Note:
    used = preset(name)
    begin = f'preset "{name}" has rules of {used.source}, as of {used.date}'
    doubt = f"; not verified: {used.unverified}" if used.unverified else ""
    return Note(where, f"{begin}{doubt}; not covered: {'; '.join(used.not_covered)}")
