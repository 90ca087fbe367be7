"""Rules of time zones: those of the system or of the tzdata package, whichever are newer.

Importing this module chooses for the whole process, so worker processes choose the same. Zones are looked up here only.
"""

from __future__ import annotations

import re
import zoneinfo
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

VERSION_FILES = ("tzdata.zi", "+VERSION", "version")
"""Files of a zone folder whose first line holds the version of its rules."""


@dataclass(frozen=True)
class ZoneRules:
    """The rules in use: where they come from and their IANA version, such as "2026a"; None where unknown.

    `passed_over` is the version of the rules that were found and not used, None where there are none or unknown.
    """

    source: Literal["system", "package"]
    version: str | None
    passed_over: str | None = None

    def __str__(self) -> str:
        """Say which rules are used, such as ``rules 2026a of the tzdata package (the system has 2025b)``."""
        place, other = ("tzdata package", "system") if self.source == "package" else ("system", "tzdata package")
        described = f"rules {self.version or 'of unknown version'} of the {place}"
        return f"{described} (the {other} has {self.passed_over})" if self.passed_over else described


def zone(name: str) -> ZoneInfo:
    """Return a zone by name, under the rules in use."""
    return ZoneInfo(name)


@cache
def known_zones() -> frozenset[str]:
    """Names of every zone."""
    return frozenset(zoneinfo.available_timezones())


def choose(folders: tuple[str, ...], package: str | None) -> ZoneRules:
    """Choose between the system's zone folders and the package by version.

    Zone files whose version is unknown give way to the package: a plan names the rules it was made with.

    Parameters
    ----------
    folders
        Zone folders of the system in the order they are searched; those that do not exist are skipped.
    package
        IANA version of the tzdata package; None where it is not installed.
    """
    system = next((found for found in map(_version_in, folders) if found is not None), None)
    if package is None:
        return ZoneRules("system", system)
    if system is not None and system >= package:
        return ZoneRules("system", system, package)
    return ZoneRules("package", package, system)


def _version_in(folder: str) -> str | None:
    """Version of the rules in a zone folder; None where no file of it says."""
    for name in VERSION_FILES:
        file = Path(folder, name)
        if file.is_file():
            with file.open(encoding="utf-8", errors="replace") as lines:
                found = re.search(r"\b(\d{4}[a-z]+)\b", lines.readline())
            if found:
                return found[1]
    return None


def _package_version() -> str | None:
    try:
        return str(import_module("tzdata").IANA_VERSION)
    except (ImportError, AttributeError):
        return None


def _use_newest() -> ZoneRules:
    rules = choose(zoneinfo.TZPATH, _package_version())
    if rules.source == "package" and zoneinfo.TZPATH:
        zoneinfo.reset_tzpath(to=())
        # Zones made before follow the old rules. UTC has none, and pandas compares its object by identity.
        ZoneInfo.clear_cache(only_keys=known_zones() - {"UTC"})
    return rules


RULES = _use_newest()
