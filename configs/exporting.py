"""Faults of a config that an export would meet: intervals, names and settings of the system it goes to."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import combinations
from typing import TYPE_CHECKING

from configs.errors import nearest
from configs.export_ids import unwritable
from configs.premium_overlap import can_meet
from configs.units import format_duration

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from configs.schema import Config

Found = tuple[str, str]
NORMAL = "normal"
"""Our pay code of every paid hour."""
REGULAR, OVERTIME, DOUBLE = "regular", "overtime", "double-overtime"
"""Pay codes for the columns that payroll programs have of their own."""

MINUTES = {"genesys": (15,), "genesys-forecast": (15,), "amazon-connect": (15, 30), "calabrio": (15, 30, 60)}
"""Lengths of an interval that the forecast imports of other systems take."""
NAMES = {
    "amazon-connect": (r"[^\W_]([^\W_]|[-_.() ])*", 'letters, digits, space and "-_.()"'),
    "calabrio": (r'[^\s,;"]([^,;"\r\n\t]{0,48}[^\s,;"])?', 'up to 50 characters without "," ";" and quotes'),
    "genesys": (r"(?s)[^=+\-@\t\r].*", 'a first character other than "=", "+", "-" and "@"'),
}
"""Names of channels that a file of another system can carry: Calabrio's importer knows no quotes."""
LONGEST = {"frappe-hr": timedelta(hours=22, minutes=59), "teams-shifts": timedelta(hours=24)}
"""Longest shift of an import. Frappe HR knows the clock times of a shift only: they must differ in every night."""
HOURS_ONLY = ("payroll-pivot", "adp", "datev-lodas")
"""Exports of hours without money, where an hour can be under several codes."""
TABLES = {"adp": "adp", "datev-lodas": "datev_lodas", "frappe-hr": "frappe_hr"}
"""Exports that need a table of settings."""


def export_faults(config: Config) -> Iterator[Found]:
    """Yield (key path, sentence) of everything the exports of a config cannot write."""
    for export in dict.fromkeys(config.reports.exports):
        yield from _interval(config, export)
        yield from _channel_names(config, export)
        yield from _lengths(config, export)
        if export in TABLES and getattr(config.reports, TABLES[export]) is None:
            yield f"reports.{TABLES[export]}", f'is missing; the export "{export}" needs this table'
    yield from _ids(config)
    yield from _pay_codes(config)


def _interval(config: Config, export: str) -> Iterator[Found]:
    minutes = config.plan.interval_s // 60
    taken = MINUTES.get(export, (minutes,))
    if minutes not in taken:
        listed = " or ".join(map(str, taken))
        yield "reports.exports", f'"{export}" takes intervals of {listed} min; plan.interval is {minutes} min'


def _channel_names(config: Config, export: str) -> Iterator[Found]:
    pattern, words = NAMES.get(export, (r"(?s).*", ""))
    for channel, settings in config.channels.items():
        left_out = export == "amazon-connect" and settings.kind == "deferrable"
        if not left_out and not re.fullmatch(pattern, channel):
            yield f"channels.{channel}", f'"{export}" takes names of {words}; rename the channel, or drop the export'


def _lengths(config: Config, export: str) -> Iterator[Found]:
    longest = LONGEST.get(export)
    for name, contract in config.contracts.items():
        for i, shift in enumerate(contract.shifts):
            if longest is not None and shift.length > longest:
                words = f'"{export}" takes shifts of up to {format_duration(longest)}'
                yield f"contracts.{name}.shifts[{i}].length", f"is {format_duration(shift.length)}; {words}"


def _ids(config: Config) -> Iterator[Found]:
    """Ids of other systems: one for each thing an export writes, and none for a thing that is not there."""
    reports, activities = config.reports, [activity.name for activity in config.activities]
    pieces = ["work", "break", *activities]
    schedule = [*pieces, *(["leave"] if config.roster.leave is not None else [])]
    for export, key, given, needed in (
        ("genesys-forecast", "genesys.planning_groups", reports.genesys.planning_groups, list(config.channels)),
        ("genesys-schedule", "genesys.activity_codes", reports.genesys.activity_codes, schedule),
        ("ukg", "ukg.segment_types", reports.ukg.segment_types, ["break", *activities]),
    ):
        known = list(config.channels) if export == "genesys-forecast" else [*pieces, "leave"]
        yield from _unknown(f"reports.{key}", given, known)
        for name in needed if export in reports.exports else ():
            if name not in given:
                yield f"reports.{key}", f'has no entry for "{name}"; the export "{export}" needs one'


def _unknown(where: str, given: Iterable[str], known: list[str]) -> Iterator[Found]:
    for name in given:
        if name not in known:
            yield where, f'"{name}" is not one of {", ".join(known)}{nearest(name, known)}'


def _pay_codes(config: Config) -> Iterator[Found]:
    """Pay codes: each premium has one, and payroll can tell what it pays."""
    where, pay = "reports.payroll.codes", config.reports.payroll
    names = list(dict.fromkeys([NORMAL, *(premium.name for premium in config.costs.premiums)]))
    yield from _unknown(where, pay.codes, names)
    if pay.codes.get(NORMAL) == "":
        yield where, f'leaves out "{NORMAL}", and with it all paid hours; give it a code'
    for export in ("adp", "gusto", "datev-lodas"):
        if export in config.reports.exports:
            yield from _of_system(export, pay.codes, names)
    for name in names if "payroll-pivot" in config.reports.exports else ():
        words = unwritable(pay.codes.get(name, name), pay.encoding)
        if words:
            yield where, f'"{pay.codes.get(name, name)}" for "{name}" cannot be written: {words}'
    apart = pay.hours == "apart"
    if "adp" in config.reports.exports and not apart and OVERTIME in pay.codes.values():
        words = f'"{OVERTIME}" pays the whole hour, which "{REGULAR}" pays as well; set reports.payroll.hours = "apart"'
        yield where, words
    if not apart:
        yield from _codes_that_meet(config)
    if "gusto" in config.reports.exports and pay.hours == "added":
        yield "reports.payroll.hours", 'is "added"; the columns of "gusto" pay whole hours, so it takes "apart" only'


def _codes_that_meet(config: Config) -> Iterator[Found]:
    """Premiums of one code that are paid for the same hour: hours under that code cannot say what they pay."""
    codes, exports = config.reports.payroll.codes, config.reports.exports
    asks = next((export for export in exports if export in HOURS_ONLY), None)
    if asks is None:
        return
    for one, other in combinations(config.costs.premiums, 2):
        code = codes.get(one.name, one.name)
        if code and code == codes.get(other.name, other.name) and can_meet(one, other):
            who = f'two premiums "{one.name}"' if one.name == other.name else f'"{one.name}" and "{other.name}"'
            words = f'"{code}" is the code of {who}, which can be paid for the same hour; "{asks}" has hours only'
            yield "reports.payroll.codes", f"{words}, so give each premium a name and a code of its own"


def _of_system(export: str, codes: Mapping[str, str], names: list[str]) -> Iterator[Found]:
    """Codes that a payroll program does not have, and premiums without one."""
    takes = {
        "gusto": (f"{REGULAR}|{OVERTIME}|{DOUBLE}", f'"{REGULAR}", "{OVERTIME}" and "{DOUBLE}"'),
        "adp": (rf"(?!{DOUBLE}$)[^=+\-@,\"\s][^,\"]*", f'"{REGULAR}", "{OVERTIME}" and codes of hours'),
        "datev-lodas": (r"[1-9][0-9]{0,3}", "wage types of up to four digits"),
    }
    pattern, words = takes[export]
    for name in names:
        code = codes.get(name, REGULAR if name == NORMAL and export != "datev-lodas" else None)
        if code is None:
            ways = f'set codes."{name}"' + ("" if name == NORMAL else ', or set it to "" to leave its hours out')
            yield "reports.payroll.codes", f'has no code of "{export}" for "{name}"; {ways}'
        elif code and not re.fullmatch(pattern, code):
            yield "reports.payroll.codes", f'"{code}" for "{name}" is not a code of "{export}"; it takes {words}'
