"""``docs/config.md``: every setting of the config with its default, from the docstrings of the schema."""

from __future__ import annotations

import types
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from staffcurve.reference.markdown import MADE, code, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from configs.schema import Settings

HEAD = f"""# The config

{MADE}

A config is a TOML file. Paths in it are relative to it. `staffcurve init DIR` writes a commented one to start from;
`configs/demo.toml` is another. Unknown keys are refused, and all faults of a file are reported at once.
`--set key.path=value` replaces one value on the command line.

| value | is written as |
| --- | --- |
| duration | `"20s"`, `"15min"`, `"8h30m"`, `"2d"` |
| share | 0.8 or `"80%"` |
| opening hours | `"07:00-22:00"`, or by weekday: `{{ mon-fri = "07:00-22:00", sat = "09:00-17:00" }}` |
| clock span | `"22:00-06:00"`; one that ends before it starts crosses midnight |
| span of starts | `"06:00-15:00"`, or one time: `"08:00"` |
| window | `"3h-5h"`, or one duration: `"4h"` |
| weekdays | `["mon", "sat-sun"]` |
| period | `"day"`, `"week"`, `"month"`, `"horizon"`, or rolling: `"4w"` (whole weeks), `"14d"` |
| date | `2026-11-30` |
"""
REQUIRED = "**required**"


def config_page() -> str:
    """Return the page."""
    from configs.schema import Config

    parts = [HEAD]
    for path, model, note in tables_of(Config, ""):
        if path:
            parts.append(_section(path, model, note))
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def tables_of(model: type[Settings], path: str, note: str = "") -> Iterator[tuple[str, type[Settings], str]]:
    """Yield every table of the config: its path, the model that checks it, and which of several kinds it is."""
    yield path, model, note
    hints = get_type_hints(model, include_extras=True)
    for name, field in model.model_fields.items():
        key = field.alias or name
        for inner, parallelism in _models(hints[name]):
            where = f"{path}.{key}" if path else key
            where += ".NAME" if parallelism == "named" else "[]" if parallelism == "listed" else ""
            kind = get_args(inner.model_fields["kind"].annotation) if "kind" in inner.model_fields else ()
            yield from tables_of(inner, where, str(kind[0]) if kind else note)


def _models(hint: Any) -> Iterator[tuple[type[Settings], str]]:  # noqa: ANN401 - any annotation
    """Models inside an annotation, and whether one, a list or a mapping of them stands there."""
    from configs.schema import Settings

    origin, arguments = get_origin(hint), get_args(hint)
    if isinstance(hint, type) and issubclass(hint, Settings):
        yield hint, "one"
    elif origin is dict:
        yield from ((model, "named") for model, _ in _models(arguments[1]))
    elif origin is tuple:
        yield from ((model, "listed") for model, _ in _models(arguments[0]))
    elif origin in {Annotated, Union, types.UnionType}:
        for one in arguments[:1] if origin is Annotated else arguments:
            yield from _models(one)


def _section(path: str, model: type[Settings], note: str) -> str:
    hints = get_type_hints(model, include_extras=True)
    rows = []
    for name, field in model.model_fields.items():
        default = REQUIRED if field.is_required() else default_text(field.get_default(call_default_factory=True))
        rows.append([code(field.alias or name), type_text(hints[name]), default, field.description or ""])
    listed = path.endswith("[]")
    title = f"[[{path.removesuffix('[]')}]]" if listed else f"[{path}]"
    data = " ".join((model.__doc__ or "").split())
    kind = f" ({note})" if note else ""
    return f"## `{title}`{kind}\n\n{data}\n\n" + table(["key", "value", "default", "meaning"], rows)


def type_text(hint: Any, *, many: bool = False) -> str:  # noqa: ANN401 - any annotation
    """Say what may stand there, in a planner's words; in the plural for what a list or table holds."""
    from configs.schema import Settings

    origin, arguments = get_origin(hint), get_args(hint)
    if hint is type(None):
        return ""
    if origin is Annotated:
        return _annotated(arguments, many=many)
    if origin in {Union, types.UnionType}:
        return " or ".join(text for text in dict.fromkeys(type_text(one, many=many) for one in arguments) if text)
    if origin is Literal:
        return " or ".join(code(_quoted(one) if isinstance(one, str) else str(one)) for one in arguments)
    if origin in {tuple, dict}:
        inner = type_text(arguments[0 if origin is tuple else 1], many=True)
        kind = _noun("list" if origin is tuple else "table", many=many)
        return "tables, below" if list(_models(hint)) else f"{kind} of {inner}"
    if isinstance(hint, type) and issubclass(hint, Settings):
        return "table, below"
    if hint is Any:
        return "values of any kind" if many else "value of any kind"
    names = {bool: "true or false", int: "whole number", float: "number", str: "text", timedelta: "duration"}
    return _noun(names.get(hint, getattr(hint, "__name__", "value")), many=many)


def _noun(word: str, *, many: bool) -> str:
    return f"{word}s" if many else word


def _quoted(text: str) -> str:
    """Write a text as TOML has it; a tab would not be seen."""
    return '"' + text.replace("\t", "\\t") + '"'


def _annotated(arguments: tuple[Any, ...], *, many: bool) -> str:
    from configs.schema import base, costs, rules
    from configs.units import Duration, Share

    known = {
        Duration: "duration", Share: "share", base.Weekdays: "weekdays", base.ZoneName: "zone",
        base.Clock: "clock span", base.Opening: "opening hours", base.Window: "window", base.Starts: "span of starts",
        costs.Days: 'weekdays, or `"holidays"`', rules.Per: "period",
    }  # fmt: skip
    for alias, text in known.items():
        shape = get_args(alias)
        if arguments[0] is shape[0] and arguments[1] == shape[1]:
            return _noun(text, many=many) + _limits(arguments[1:])
    return type_text(arguments[0], many=many) + _limits(arguments[1:])


def _limits(extras: tuple[Any, ...]) -> str:
    """Write the limits of a number: `` of 0 or more``."""
    found = {
        name: getattr(limit, name)
        for extra in extras
        for limit in getattr(extra, "metadata", ())
        for name in ("ge", "gt", "le", "lt")
        if hasattr(limit, name)
    }
    said = {"ge": "at least {:,}", "gt": "above {:,}", "le": "at most {:,}", "lt": "below {:,}"}
    words = [said[name].format(value) for name, value in found.items()]
    return f", {' and '.join(words)}" if words else ""


def default_text(value: Any) -> str:  # noqa: ANN401 - any default
    """Write a default as the config would have it."""
    from configs.schema import Settings
    from configs.schema.costs import PremiumDays
    from configs.schema.rules import SATURDAY_AND_SUNDAY
    from configs.units import format_duration

    if value is None or value in ((), {}):
        return "–"
    if isinstance(value, Settings):
        return "as below"
    if isinstance(value, bool):
        return code(str(value).lower())
    if isinstance(value, timedelta):
        return code(f'"{format_duration(value)}"')
    if value in (tuple(range(7)), PremiumDays()):
        return "every day"
    if value == SATURDAY_AND_SUNDAY:
        return code('["sat", "sun"]')
    if isinstance(value, tuple):
        return code("[" + ", ".join(f'"{one}"' if isinstance(one, str) else str(one) for one in value) + "]")
    if isinstance(value, dict):
        return code("{ " + ", ".join(f'{key} = "{one}"' for key, one in value.items()) + " }")
    if isinstance(value, int | float):
        return code(f"{value:g}" if isinstance(value, float) else str(value))
    return code(f'"{value}"')
