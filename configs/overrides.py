"""Settings given on the command line: one value each, and the words under which a fault in it is reported."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from configs.errors import ConfigError, Fault

if TYPE_CHECKING:
    from collections.abc import Sequence


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
        inside = setting == self.key or setting.startswith((f"{self.key}.", f"{self.key}["))
        return (self.option or f"--set {setting}") if inside else None


def placed(faults: Sequence[Fault], name: str, overrides: Sequence[Override]) -> list[Fault]:
    """Report each fault where its value was typed: on the command line, or in the file `name`."""
    found = []
    for fault in faults:
        setting = fault.where.removeprefix(f"{name}: ")
        typed = [place for one in overrides if (place := one.place(setting)) is not None]
        found.append(Fault(typed[-1], fault.sentence) if typed else fault)
    return found
