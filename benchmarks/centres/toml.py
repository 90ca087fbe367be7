"""Settings as TOML text: nested mappings of texts, numbers, truth values and lists."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def toml_of(settings: Mapping[str, object]) -> str:
    """Write one table a paragraph; what lies deeper than two tables is written inline."""
    lines: list[str] = []
    for name, table in settings.items():
        if not isinstance(table, dict):
            raise TypeError(f"{name} is not a table")
        if table and all(isinstance(each, dict) for each in table.values()):
            for under, inner in table.items():
                lines += _paragraph(f"{name}.{under}", inner)
        else:
            lines += _paragraph(name, table)
    return "\n".join(lines[:-1]) + "\n"


def _paragraph(name: str, table: Mapping[str, object]) -> list[str]:
    return [f"[{name}]", *(f"{_key(key)} = {_value(value)}" for key, value in table.items()), ""]


def _value(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(key)} = {_value(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_value(each) for each in value) + "]"
    if isinstance(value, (str, bool, int, float)):
        return json.dumps(value)
    return str(value)  # a date is written as it is


def _key(key: str) -> str:
    return key if key.replace("-", "").replace("_", "").isalnum() else json.dumps(key)
