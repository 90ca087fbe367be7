"""The settings of the reading block: which of them `import` replaces, and how answers come before what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from configs.overrides import Override, applied

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from staffcurve.importing.proposal import Question

REPLACED = (
    "path",
    "query",
    "table",
    "format",
    "rows",
    "columns",
    "aht",
    "outcomes",
    "wide",
    "period",
    "first_period",
    "label",
    "date_format",
    "decimal",
    "thousands",
    "sheet",
    "encoding",
    "separator",
    "header",
    "footer",
    "totals",
    "empty",
)
"""Settings of ``[history]`` that belong to the file; the others, such as `missing` and `cleaning`, stay as they are."""
UNKNOWABLE = ("label", "date_format", "decimal", "thousands", "sheet", "empty", "aht")
"""Those of them that a file may leave open: what the config states of them is an answer beforehand."""
WHEN = {"start", "date", "time"}


def typed(changes: Sequence[str]) -> dict[str, Any]:
    """Settings given with ``--set``, as a config holds them."""
    raw: dict[str, Any] = {}
    applied(raw, [Override.parse(text) for text in changes])
    return raw


def joined(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Join two tables of settings; those above come first, key by key. None takes a setting away."""
    both = dict(below)
    for name, value in above.items():
        under = both.get(name)
        both[name] = joined(under, value) if isinstance(value, dict) and isinstance(under, dict) else value
    return {name: value for name, value in both.items() if value is not None}


def answered(settings: Mapping[str, Any], key: str, value: object) -> dict[str, Any]:
    """Settings of a config with the value of one more, by its dotted key."""
    tables: Any = value
    for name in reversed(key.split(".")):
        tables = {name: tables}
    return joined(settings, tables)


def is_answered(settings: Mapping[str, Any], question: Question) -> bool:
    """Whether settings of a config hold the answer to a question."""
    table: Any = settings
    for name in question.key.split("."):
        if not isinstance(table, dict) or name not in table:
            return False
        table = table[name]
    return True


def reading_block(found: Mapping[str, Any], stated: Mapping[str, Any]) -> dict[str, Any]:
    """Settings found, with what was stated in their place, in the order in which a config has them.

    A stated column of starts takes the place of found ones of dates and times, and the other way round.
    """
    columns = dict(found.get("columns", {}))
    asked = set(stated.get("columns", {}))
    if asked & WHEN:
        columns = {role: name for role, name in columns.items() if role not in WHEN or role in asked}
    block = joined({**found, "columns": columns}, stated)
    block["columns"] = {
        role: name for role, name in block["columns"].items() if role != name or role in WHEN - {"start"}
    }
    order = [*REPLACED, *block]
    return {name: block[name] for name in dict.fromkeys(order) if name in block and block[name] not in ({}, ())}
