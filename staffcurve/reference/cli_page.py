"""``docs/cli.md``: every command with its example, arguments and options."""

from __future__ import annotations

from dataclasses import dataclass
from inspect import Parameter, cleandoc, signature
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

from typer.models import ArgumentInfo, OptionInfo

from staffcurve.reference.markdown import MADE, code, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HEAD = f"""# The command line

{MADE}

Data goes to stdout or to files, messages to stderr. Tables fit terminals from 40 to 200 columns; there is no colour
when output is piped or `NO_COLOR` is set. `staffcurve --install-completion` completes commands and options in your
shell.

| exit code | meaning |
| --- | --- |
| 0 | done |
| 1 | failed, with the reason: bad data, or rules that no roster can meet |
| 2 | wrong usage |
| 3 | done, but with `--strict` a service target is missed (or there is an alarm) |
| 130 | interrupted: a search for a roster keeps its best so far, anything else writes nothing |

With `--json` a command prints one object on stdout with `schema_version`, `command` and `ok`; when something is wrong
`ok` is false and `faults` holds `where` and `sentence` of each fault.
"""
COMMON = ("--json", "--quiet", "--debug")
"""Options every command has; described once."""


@dataclass(frozen=True)
class Taken:
    """One argument or option: as it is typed, and what it means."""

    typed: str
    meaning: str
    option: bool


def cli_page() -> str:
    """Return the page."""
    from staffcurve.cli.app import app

    commands = {str(one.name): one.callback for one in app.registered_commands if one.callback is not None}
    overview = table(
        ["command", "does"],
        ([f"[`{name}`](#staffcurve-{name})", _paragraphs(one)[0]] for name, one in commands.items()),
    )
    common = [[one.typed, one.meaning] for one in _parameters(commands["run"]) if _is_common(one)]
    parts = [HEAD, overview, "Every command also takes\n\n" + table(["option", "meaning"], common)]
    parts += [_command(name, one) for name, one in commands.items()]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def example_of(function: Callable[..., Any]) -> str:
    """Return the example in the help of a command."""
    return next(one for one in _paragraphs(function) if one.startswith("Example: ")).removeprefix("Example: ")


def options_of(name: str) -> set[str]:
    """Return every option of a command as it may be typed."""
    from staffcurve.cli.app import app

    function = next(one.callback for one in app.registered_commands if one.name == name)
    if function is None:
        raise LookupError(name)
    typed = [one.typed for one in _parameters(function) if one.option]
    return {word.strip("`,") for text in typed for word in text.split() if word.startswith("`-")}


def _paragraphs(function: Callable[..., Any]) -> list[str]:
    return [" ".join(one.split()) for one in cleandoc(function.__doc__ or "").split("\n\n")]


def _command(name: str, function: Callable[..., Any]) -> str:
    data = [one for one in _paragraphs(function) if not one.startswith("Example: ")]
    rows = [[one.typed, one.meaning] for one in _parameters(function) if not _is_common(one)]
    parts = [f"## staffcurve {name}", *data, f"```\n{example_of(function)}\n```"]
    return "\n\n".join([*parts, table(["argument or option", "meaning"], rows)] if rows else parts)


def _is_common(one: Taken) -> bool:
    return one.option and any(code(name) in one.typed for name in COMMON)


def _parameters(function: Callable[..., Any]) -> Iterator[Taken]:
    """Arguments first, then options, in the order of the command."""
    hints = get_type_hints(function, include_extras=True)
    found = []
    for name, parameter in signature(function).parameters.items():
        kind, info = get_args(hints[name])[:2]
        found.append(_parameter(name, kind, info, parameter.default))
    yield from sorted(found, key=lambda one: one.option)


def _parameter(name: str, kind: Any, info: Any, default: Any) -> Taken:  # noqa: ANN401 - any annotation
    text = str(info.help or "")
    if isinstance(info, ArgumentInfo):
        return Taken(code(info.metavar or name.upper()), text, option=False)
    if not isinstance(info, OptionInfo):
        raise TypeError(f"{name} is neither argument nor option")
    declared = [one for one in (info.default, *(info.param_decls or ())) if isinstance(one, str)]
    names = sorted(declared or [f"--{name.replace('_', '-')}"], key=len, reverse=True)
    value = "" if kind is bool else " " + code(info.metavar or _value(kind))
    if default is Parameter.empty:
        text += " Required."
    elif default not in {None, False, ""} and str(default) != ".":
        text += f" Default: {code(str(default))}."
    return Taken(", ".join(map(code, names)) + value, text, option=True)


def _value(kind: Any) -> str:  # noqa: ANN401 - any annotation
    """Name what an option takes."""
    known = {int: "NUMBER", float: "NUMBER", str: "TEXT", Path: "FILE"}
    plain = [one for one in (get_args(kind) if get_origin(kind) is not None else (kind,)) if one is not type(None)]
    return known.get(plain[0], "VALUE")
