"""Read a config file, apply overrides, and tell every fault at once in a planner's words."""

from __future__ import annotations

import re
import tomllib
from copy import deepcopy
from datetime import date, datetime, time
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from configs import schema
from configs.checks import cross_faults
from configs.errors import ConfigError, Fault, nearest
from configs.overrides import MISSING, Override, applied, placed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic_core import ErrorDetails

MAX_BYTES = 2_000_000
SHIPPED = ("demo", "starter")

_KINDS = {
    "synchronous": schema.SynchronousChannel,
    "concurrent": schema.ConcurrentChannel,
    "deferrable": schema.DeferrableChannel,
}


def load(path: str | Path, overrides: Sequence[str | Override] = ()) -> schema.Config:
    """Load and check a config file.

    Parameters
    ----------
    path
        The TOML file, or the name of a shipped one (``demo``, ``starter``).
    overrides
        Values that replace one each, as ``key.path=value`` or with the option they were typed with.

    Raises
    ------
    ConfigError
        With every fault of the file and of the overrides, each where it was typed.
    """
    return _loaded(*_read(path), overrides)


def load_shipped(name: str, overrides: Sequence[str | Override] = ()) -> schema.Config:
    """Load a config that comes with the package, whatever files stand in the current folder."""
    return _loaded(f"{name}.toml", shipped(name), Path.cwd(), overrides)


def _loaded(name: str, text: str, folder: Path, overrides: Sequence[str | Override]) -> schema.Config:
    raw = parse(text, name)
    changes = [Override.parse(change) if isinstance(change, str) else change for change in overrides]
    created = applied(raw, changes)
    try:
        return build(raw, name, folder)
    except ConfigError as error:
        raise ConfigError(placed(error.faults, name, changes, created)) from error


def build(raw: dict[str, Any], name: str = "config", folder: Path | None = None) -> schema.Config:
    """Check a config that is already a mapping; `name` stands before every fault."""
    config: schema.Config | None = None
    faults: list[Fault] = []
    try:
        config = schema.Config.model_validate(raw, context={"folder": folder or Path.cwd(), "raw": raw})
    except ValidationError as error:
        faults = [_fault(details, name) for details in error.errors() if not _is_aftermath(details)]
    faults += [Fault(f"{name}: {where}", sentence) for where, sentence in cross_faults(raw, config)]
    if faults or config is None:
        raise ConfigError(_unique(faults))
    return config


def changed(config: schema.Config, settings: Mapping[str, object]) -> schema.Config:
    """Return a config with some settings replaced, checked again.

    Parameters
    ----------
    config
        The config, which stays as it is.
    settings
        New values by dotted key, such as ``plan.weeks``; None takes a setting away.

    Raises
    ------
    ConfigError
        With every fault of the new settings.
    """
    raw = deepcopy(config.raw)
    for key, value in settings.items():
        *tables, name = key.split(".")
        table = raw
        for each in tables:
            table = table.setdefault(each, {})
        if value is None:
            table.pop(name, None)
        else:
            table[name] = value
    return build(raw, "config", config.folder)


def folder_of(path: str | Path) -> Path:
    """Folder that the paths in a config file are relative to; the current one for a shipped config."""
    return Path.cwd() if _is_shipped(path) else Path(path).resolve().parent


def faults_of(error: ValidationError, where: tuple[str, ...], name: str) -> list[Fault]:
    """Every fault of one table of a config that is checked alone; `where` is the path of the table."""
    faults = []
    for details in error.errors():
        if not _is_aftermath(details):
            details["loc"] = (*where, *details["loc"])
            faults.append(_fault(details, name))
    return _unique(faults)


def _is_shipped(path: str | Path) -> bool:
    return str(path) in SHIPPED and not Path(path).exists()


def shipped(name: str) -> str:
    """Text of a config that comes with the package."""
    return files("configs").joinpath(f"{name}.toml").read_text(encoding="utf-8")


def _read(path: str | Path) -> tuple[str, str, Path]:
    if _is_shipped(path):
        return f"{path}.toml", shipped(str(path)), folder_of(path)
    file = Path(path)
    if not file.exists():
        raise ConfigError(Fault(str(path), 'no such file; "staffcurve init DIR" writes one to start from'))
    if file.is_dir():
        raise ConfigError(Fault(str(path), "is a folder; name the config file in it"))
    try:
        blob = file.read_bytes()
    except OSError as error:
        raise ConfigError(Fault(str(path), f"cannot be read ({error.strerror})")) from error
    if not blob.strip():
        raise ConfigError(Fault(str(path), "file is empty"))
    if len(blob) > MAX_BYTES:
        raise ConfigError(Fault(str(path), f"is larger than {MAX_BYTES:,} bytes, so it is not a config"))
    try:
        return str(path), blob.decode("utf-8-sig"), folder_of(path)
    except UnicodeDecodeError as error:
        raise ConfigError(Fault(str(path), f"is not UTF-8 text at byte {error.start}")) from error


def parse(text: str, name: str) -> dict[str, Any]:
    """Read TOML; a fault names its line."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(_toml_fault(str(error), text, name)) from error
    except RecursionError as error:
        raise ConfigError(Fault(name, "is nested too deeply for a config")) from error


def _toml_fault(message: str, text: str, name: str) -> Fault:
    """Say what the TOML reader found, with both lines of a key that is given twice."""
    at = re.search(r"\(at line (\d+), column (\d+)\)", message)
    if at is None:
        return Fault(name, f"is not TOML: {message}")
    number, lines = int(at[1]), text.splitlines()
    line = lines[number - 1] if number <= len(lines) else ""
    where = f"{name} line {number}"
    if "overwrite" in message or "twice" in message or "redefine" in message.lower():
        key = line.split("=")[0].strip()
        first = next((i for i, other in enumerate(lines[: number - 1], 1) if other.split("=")[0].strip() == key), None)
        return Fault(where, f"{key} is given twice" + (f"; it is already on line {first}" if first else ""))
    if re.search(r"=\s*\[?\s*\d{1,2}:\d{2}", line):
        return Fault(where, f'times need quotes, such as open = "09:30-17:00"; found {line.strip()}')
    if re.search(r"=\s*[A-Za-z]", line):
        return Fault(where, f"text needs quotes; found {line.strip()}")
    return Fault(where, f"is not TOML: {message.split(' (at', maxsplit=1)[0]}; found {line.strip()}")


def _is_aftermath(details: ErrorDetails) -> bool:
    """Whether a list is only called too short because the entries it has are wrong."""
    return details["type"] == "too_short" and bool(details["input"])


def _fault(details: ErrorDetails, name: str) -> Fault:
    keys = _keys(details["loc"])
    where = f"{name}: {_dotted(keys)}"
    kind, value, context = details["type"], details["input"], details.get("ctx", {})
    if kind == "extra_forbidden":
        return Fault(where, f"is not a setting{nearest(str(keys[-1]), _fields(details['loc']))}")
    if kind == "missing":
        return Fault(where, MISSING)
    if kind == "value_error":
        return Fault(where, str(context["error"]))
    if kind.startswith("union_tag"):
        return Fault(
            f"{where}.kind",
            f"must be one of {_listed(_KINDS)}"
            + (f", got {_shown(value.get('kind'))}" if isinstance(value, dict) and "kind" in value else ""),
        )
    if kind == "literal_error":
        expected = str(context["expected"])
        known = re.findall(r"'(.+?)'", expected)
        return Fault(where, f"must be {expected}, got {_shown(value)}{nearest(str(value), known)}")
    if kind.startswith(("greater_than", "less_than")):
        bound = {
            "greater_than": "above",
            "greater_than_equal": "at least",
            "less_than": "below",
            "less_than_equal": "at most",
        }[kind]
        return Fault(where, f"must be {bound} {next(iter(context.values()))}, got {_shown(value)}")
    if isinstance(value, (date, datetime, time)) and "string" in kind:
        return Fault(where, f'must be text in quotes, got {value}; write "{value}"')
    return Fault(where, f"{_expected(kind)}, got {_shown(value)}")


def _expected(kind: str) -> str:
    """Name what a pydantic error type wanted."""
    names = {
        "int": "must be a whole number",
        "float": "must be a number",
        "finite": "must be a finite number",
        "string": "must be text in quotes",
        "bool": "must be true or false",
        "date": "must be a date such as 2026-11-30",
        "dict": "must be a table",
        "model": "must be a table",
        "tuple": "must be a list",
        "too_short": "must have at least one entry",
    }
    return next((words for stem, words in names.items() if kind.startswith(stem)), f"is not valid ({kind})")


def _keys(loc: tuple[int | str, ...]) -> list[int | str]:
    """Leave out the marks pydantic adds for the member of a union."""
    keys = [key for i, key in enumerate(loc) if not (i == 2 and loc[0] == "channels" and key in _KINDS)]
    unions = re.compile(r"literal\[|function-|float|constrained")
    return [key for key in keys if not (isinstance(key, str) and unions.match(key))] or list(loc)


def _dotted(keys: Sequence[int | str]) -> str:
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys).lstrip(".")


def _fields(loc: tuple[int | str, ...]) -> list[str]:
    """Names of the settings that the table at `loc` may hold."""
    model: Any = schema.Config
    for i, key in enumerate(loc[:-1]):
        if key in _KINDS and i == 2:
            model = _KINDS[str(key)]
        elif isinstance(model, type) and issubclass(model, BaseModel) and key in model.model_fields:
            model = _inner(model.model_fields[str(key)].annotation)
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        return []
    return sorted(field.alias or name for name, field in model.model_fields.items())


def _inner(annotation: Any) -> Any:  # noqa: ANN401 - a type expression
    """Find the settings model inside ``tuple[Model, ...]``, ``dict[str, Model]`` or ``Model | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = [inner for inner in map(_inner, getattr(annotation, "__args__", ())) if inner is not None]
    return found[0] if found else None


def _shown(value: object) -> str:
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _listed(names: object) -> str:
    return ", ".join(f'"{name}"' for name in names)  # type: ignore[attr-defined]


def _unique(faults: list[Fault]) -> list[Fault]:
    return list(dict.fromkeys(faults))
