"""Settings that differ between runs, defaults included, by key path."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from configs.schema import Config

WEEK = "plan.week"
"""Shown at the head of a comparison; two weeks of one plan do not count as different settings."""


@dataclass(frozen=True)
class Difference:
    """One setting: its key path, and its value in each run as text; none where the run has no such key."""

    key: str
    values: tuple[str | None, ...]


def differences(configs: Sequence[Config]) -> tuple[Difference, ...]:
    """List the settings that are not the same in every config, in order of key."""
    flat = [dict(_flat(config.model_dump(mode="json", by_alias=True), "")) for config in configs]
    keys = sorted({key for one in flat for key in one})
    rows = (Difference(key, tuple(one.get(key) for one in flat)) for key in keys if key != WEEK)
    return tuple(row for row in rows if len(set(row.values)) > 1)


def _flat(value: object, path: str) -> Iterator[tuple[str, str]]:
    """Every leaf under its key path; lists of tables are numbered from 1."""
    if isinstance(value, dict) and value:
        for key, one in value.items():
            yield from _flat(one, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        for number, one in enumerate(value, start=1):
            yield from _flat(one, f"{path}[{number}]")
    elif value is not None:
        yield path, _text(value)


def _text(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_text(one) for one in value) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)
