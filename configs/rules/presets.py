"""Presets: rules of law as data files, each with its source, its date, and what it does not cover."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from configs.errors import nearest

if TYPE_CHECKING:
    from datetime import date

NAMED = ("kinds", "hours", "shifts", "runs", "rests", "successions")
"""Tables of named rules: a rule of the same name takes the place of that of the preset."""


@dataclass(frozen=True)
class Preset:
    """One preset.

    Parameters
    ----------
    name
        As the config has it, such as ``eu``.
    title
        Country or region, and whom it is for.
    source
        The text of law, with its articles.
    date
        Date of that text.
    rules
        Tables as in ``[contracts.NAME.rules]``.
    not_covered
        What the source asks for and these rules do not check.
    unverified
        What of it nobody has compared with the text of the law; empty where all was.
    """

    name: str
    title: str
    source: str
    date: date
    rules: dict[str, Any]
    not_covered: tuple[str, ...]
    unverified: str = ""


@cache
def preset_names() -> tuple[str, ...]:
    """Names of all presets, sorted."""
    folder = files("configs.rules").joinpath("presets")
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml")))


@cache
def preset(name: str) -> Preset:
    """Read a preset.

    Raises
    ------
    ValueError
        There is none of that name; the sentence lists them.
    """
    if name not in preset_names():
        close = nearest(name, preset_names())
        raise ValueError(f'"{name}" is not a preset{close or "; there are " + ", ".join(preset_names())}')
    text = files("configs.rules").joinpath("presets", f"{name}.toml").read_text(encoding="utf-8")
    raw = tomllib.loads(text)
    left, unverified = tuple(raw["not_covered"]), raw.get("unverified", "")
    return Preset(name, raw["title"], raw["source"], raw["date"], raw["rules"], left, unverified)


def merged(raw: dict[str, Any]) -> dict[str, Any]:
    """Put the rules of the preset under those written; one named rule replaces another of its name as a whole.

    Raises
    ------
    ValueError
        The preset is unknown, or `without` names a rule that it does not have.
    """
    if not isinstance(raw.get("preset"), str):
        return raw
    base = preset(raw["preset"]).rules
    rules = _without(base, raw.get("without", ()), raw["preset"])
    for key, value in raw.items():
        both = key in NAMED and isinstance(value, dict)
        rules[key] = {**rules.get(key, {}), **value} if both else value
    return rules


def _without(base: dict[str, Any], dropped: Any, name: str) -> dict[str, Any]:  # noqa: ANN401 - whatever is in the file
    """The rules of a preset without those that the config drops."""
    rules = {key: dict(value) if isinstance(value, dict) else value for key, value in base.items()}
    known = [f"{key}.{each}" for key in NAMED for each in rules.get(key, {}) if key != "kinds"]
    known += [key for key in rules if key not in NAMED]
    for path in dropped if isinstance(dropped, (list, tuple)) else ():
        if path not in known:
            close = nearest(str(path), known) or f"; it has {', '.join(known)}"
            raise ValueError(f'without: "{path}" is not a rule of preset "{name}"{close}')
        table, _, rule = str(path).partition(".")
        if rule:
            del rules[table][rule]
        else:
            del rules[table]
    return rules
