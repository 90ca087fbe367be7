"""Settings given on the command line: one value each, and the words under which a fault in it is reported."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from configs.errors import ConfigError, Fault, nearest

if TYPE_CHECKING:
    from collections.abc import Sequence


ENTRIES = {"channels": "channel", "contracts": "contract"}
"""Tables of named entries, and what an entry is called."""
MISSING = "is missing"


@dataclass(frozen=True)
class Override:
    """One value that replaces one of the config file.

    Parameters
    ----------
    key
        Dotted path of the setting.
    value
        Text as typed; read as TOML, or as text when it is none.
    option
        The option it was typed with when that is not ``--set``, such as ``--gap``.
    """

    key: str
    value: str
    option: str = ""

    @classmethod
    def parse(cls, text: str) -> Override:
        """Read ``key.path=value`` as typed after ``--set``."""
        key, equals, value = text.partition("=")
        if not equals or not all(key.strip().split(".")):
            raise ConfigError(Fault("--set", f'"{text}" is not key.path=value'))
        return cls(key.strip(), value.strip())

    def apply(self, raw: dict[str, Any]) -> None:
        """Replace the value, in place."""
        keys = self.key.split(".")
        table: Any = raw
        for depth, key in enumerate(keys[:-1], 1):
            table = table.setdefault(key, {})
            if not isinstance(table, dict):
                where = self.option or f"--set {self.key}"
                raise ConfigError(Fault(where, f"{'.'.join(keys[:depth])} is not a table"))
        table[keys[-1]] = self._read()

    def _read(self) -> object:
        try:
            return tomllib.loads(f"value = {self.value}")["value"]
        except tomllib.TOMLDecodeError:
            return self.value

    def place(self, setting: str) -> str | None:
        """Where a fault of `setting` was typed: ``--gap`` or ``--set key``; None when it was not typed here."""
        return (self.option or f"--set {setting}") if _inside(setting, self.key) else None

    def first_new(self, raw: dict[str, Any]) -> str | None:
        """Dotted path of the outermost table on the way to the setting that `raw` does not have; None without one."""
        keys, table = self.key.split("."), raw
        for depth, key in enumerate(keys[:-1], 1):
            if not isinstance(table, dict) or key not in table:
                return ".".join(keys[:depth]) if isinstance(table, dict) else None
            table = table[key]
        return None


@dataclass(frozen=True)
class Created:
    """A table that an override created because the file does not have it, and its neighbours in the file."""

    key: str
    option: str
    neighbours: tuple[str, ...]

    @property
    def named(self) -> bool:
        """Whether it is an entry of a table of named entries, such as a contract."""
        return self.key.count(".") == 1 and self.key.split(".")[0] in ENTRIES

    def lacks(self, fault: Fault, setting: str) -> bool:
        """Whether a fault is that the table has no value for something it needs."""
        no_kind = setting == f"{self.key}.kind" and ", got " not in fault.sentence
        return _inside(setting, self.key) and (fault.sentence == MISSING or no_kind)

    def unknown(self, name: str) -> Fault:
        """There is no such entry in the file `name`."""
        table, entry = self.key.split(".")
        known = nearest(entry, self.neighbours)
        if self.neighbours and not known:
            known = f"; it has {', '.join(self.neighbours)}"
        return Fault(self.option, f'there is no {ENTRIES[table]} "{entry}" in {name}{known}')

    def place(self, fault: Fault, setting: str) -> Fault:
        """A fault of the table, or of what it lacks, as one of the option that created it."""
        return Fault(self.option, f"{setting} {fault.sentence}")


def applied(raw: dict[str, Any], overrides: Sequence[Override]) -> list[Created]:
    """Apply overrides in place, one after the other; return the tables created on the way."""
    created = []
    for one in overrides:
        key = one.first_new(raw)
        if key is not None:
            around = raw
            for part in key.split(".")[:-1]:
                around = around[part]
            created.append(Created(key, one.option or f"--set {one.key}", tuple(around)))
        one.apply(raw)
    return created


def placed(
    faults: Sequence[Fault], name: str, overrides: Sequence[Override], created: Sequence[Created]
) -> list[Fault]:
    """Report each fault where its value was typed: on the command line, or in the file `name`.

    A table that an override created is at fault on the command line. Where it is a contract or channel that lacks
    something, the name was most likely mistyped: that is told once, in place of everything it lacks.
    """
    settings = [fault.where.removeprefix(f"{name}: ") for fault in faults]
    lacking = [
        table
        for table in created
        if table.named and any(table.lacks(fault, setting) for fault, setting in zip(faults, settings, strict=True))
    ]
    found = []
    for fault, setting in zip(faults, settings, strict=True):
        typed = _typed(setting, overrides)
        unknown = next((table for table in lacking if _inside(setting, table.key)), None)
        table = next((table for table in created if _inside(setting, table.key)), None)
        if unknown is not None:
            found.append(unknown.unknown(name))
        elif typed:
            found.append(Fault(typed[-1], fault.sentence))
        else:
            found.append(fault if table is None else table.place(fault, setting))
    return list(dict.fromkeys(found))


def _typed(setting: str, overrides: Sequence[Override]) -> list[str]:
    return [place for one in overrides if (place := one.place(setting)) is not None]


def _inside(setting: str, key: str) -> bool:
    return setting == key or setting.startswith((f"{key}.", f"{key}["))
