"""A scenario of a config -> the config it plans by; a sweep -> a scenario for each value."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from configs.errors import ConfigError, Fault, nearest
from configs.loader import build
from configs.schema import Scenario

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from configs.schema import Config

BASELINE = "baseline"
"""Name of the plan without any scenario, which every scenario is compared with."""
PARTS = frozenset(Scenario.model_fields)
"""Keys of a scenario; any other key of a sweep is one of the config."""


@dataclass(frozen=True)
class Asked:
    """One plan to make.

    Parameters
    ----------
    name
        Of the scenario, with the value where it has a sweep.
    title
        What it is, in a few words.
    config
        What it plans by; its contacts and people are changed by `scenario` afterwards.
    scenario
        None for the baseline.
    sweep
        Name of the scenario whose sweep it is a value of.
    value
        The value swept.
    """

    name: str
    title: str
    config: Config
    scenario: Scenario | None = None
    sweep: str | None = None
    value: Any = None


def asked_plans(config: Config, names: Sequence[str]) -> tuple[Asked, ...]:
    """The baseline, and every plan of the scenarios of these names, all of them where there is none.

    Raises
    ------
    ConfigError
        There is no such scenario, or a setting of one is wrong; the fault names the scenario.
    """
    known = config.scenarios or {}
    if not known:
        words = "there is no scenario; add one, such as [scenarios.busier] with scale.phone.volume = 1.1"
        raise ConfigError(Fault("scenarios", words))
    wrong = [name for name in names if name not in known]
    if wrong:
        raise ConfigError([Fault("scenario", f'"{name}" is not a scenario{_close(name, known)}') for name in wrong])
    raw = deepcopy(config.raw)
    scenarios = raw.pop("scenarios")
    plans = [Asked(BASELINE, "as planned", build(raw, "config", config.folder))]
    faults: list[Fault] = []
    for name in names or known:
        try:
            plans += _plans(config, raw, name, scenarios[name])
        except ConfigError as error:
            faults += error.faults
    if faults:
        raise ConfigError(faults)
    return tuple(plans)


def _close(name: str, known: Iterable[str]) -> str:
    return nearest(name, list(known)) or f"; there are {', '.join(known)}"


def _plans(config: Config, raw: dict[str, Any], name: str, given: dict[str, Any]) -> Iterator[Asked]:
    swept = given.get("sweep")
    if swept is None:
        yield _plan(config, raw, name, given)
        return
    for value in swept["values"]:
        changed = deepcopy({key: part for key, part in given.items() if key != "sweep"})
        _put(changed, swept["key"], value, f"scenarios.{name}.sweep.key")
        label = f"{value:g}" if isinstance(value, float) else str(value)
        yield _plan(config, raw, f"{name} {label}", changed, sweep=name, value=value)


def _plan(
    config: Config,
    raw: dict[str, Any],
    name: str,
    given: dict[str, Any],
    sweep: str | None = None,
    value: Any = None,  # noqa: ANN401 - of any kind
) -> Asked:
    """Merge what is set into the config, and check both again."""
    merged = deepcopy(raw)
    _merge(merged, given.get("set", {}))
    merged["scenarios"] = {"this": {"title": name} | given}
    where = f"scenarios.{name}"
    try:
        made = build(merged, where, config.folder)
    except ConfigError as error:
        named = [Fault(each.where.replace(f"{where}: scenarios.this", where), each.sentence) for each in error.faults]
        raise ConfigError(named) from error
    scenario = (made.scenarios or {})["this"]
    title = str(given.get("title") or name.replace("-", " ").replace("_", " ").capitalize())
    if sweep is not None and given.get("title"):
        title = f"{title}: {value}"
    return Asked(name, title, made, scenario, sweep, value)


def _merge(into: dict[str, Any], changes: dict[str, Any]) -> None:
    """Replace values, table by table."""
    for key, value in changes.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = deepcopy(value)


def _put(scenario: dict[str, Any], key: str, value: object, where: str) -> None:
    """Set a key of a scenario, or of the config below `set`; in a list of parts the key is of the only one, or `0.`."""
    keys = key.split(".")
    table: Any = scenario if keys[0] in PARTS else scenario.setdefault("set", {})
    for depth, each in enumerate(keys[:-1], 1):
        table = table.setdefault(each, {}) if isinstance(table, dict) else _part(table, each)
        if isinstance(table, list) and len(table) == 1 and not keys[depth].isdigit():
            table = table[0]
        if not isinstance(table, dict | list):
            raise ConfigError(Fault(where, f'"{key}" is not a setting; {".".join(keys[:depth])} is not a table'))
    if isinstance(table, list):
        words = f'"{key}" is one of {len(table)} parts; say which, counted from 0, such as "{keys[0]}.0.{keys[-1]}"'
        raise ConfigError(Fault(where, words))
    table[keys[-1]] = value


def _part(parts: list[Any], number: str) -> Any:  # noqa: ANN401 - of any kind
    return parts[int(number)] if number.isdigit() and int(number) < len(parts) else None
