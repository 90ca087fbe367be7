"""Faults that show only when two settings are held against each other."""

from __future__ import annotations

import math
import unicodedata
from typing import TYPE_CHECKING, Any

from configs.errors import nearest
from configs.exporting import export_faults
from configs.scenario_checks import scenario_faults
from configs.schema.contracts import no_place
from configs.target_checks import target_faults
from configs.units import DAY_MINUTES, format_duration

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import timedelta

    from configs.schema import Config, Contract, Shift
    from configs.units import OpeningHours

Found = tuple[str, str]


def cross_faults(raw: dict[str, Any], config: Config | None) -> list[Found]:
    """Return (key path, sentence) of every contradiction.

    Skills are read from `raw`, so that they are told even while other settings are wrong;
    the rest needs the checked `config`.
    """
    found = [*_skills(raw), *_empty(raw), *_unseen(raw)]
    if config is not None:
        found += [*_people(config), *_grid(config), *_staffed_channels(config), *_activities(config)]
        found += [*_shapes(config), *export_faults(config), *_holiday_premiums(config)]
        found += _horizons(config)
        found += target_faults(config)
        found += scenario_faults(config)
    return found


def _horizons(config: Config) -> Iterator[Found]:
    """Rules over the horizon, of weeks that are planned one at a time: each would be judged alone."""
    if config.plan.weeks == 1:
        return
    for name, contract in config.contracts.items():
        for rule, period in contract.rules.periods if contract.rules else ():
            if period.kind == "horizon":
                words = f'is "horizon", but plan.weeks = {config.plan.weeks} writes and checks each week alone'
                yield f"contracts.{name}.rules.{rule}.per", f'{words}; write "{config.plan.weeks}w"'


def _shapes(config: Config) -> Iterator[Found]:
    """Shapes that cannot be borrowed, and dates of a volume that is not given."""
    for name, channel in config.channels.items():
        if channel.from_ is not None and channel.volume is None:
            yield f"channels.{name}.from", "needs volume, the contacts a week from that day on"
        if isinstance(channel.shape, dict) and not _weighs_open_hours(channel.shape, channel.open):
            words = f"has no weight above 0 in the opening hours ({channel.open}); give their times weights"
            yield f"channels.{name}.shape", words
        if not isinstance(channel.shape, str) or channel.shape == "even":
            continue
        key, lender = f"channels.{name}.shape", config.channels.get(channel.shape)
        if lender is None:
            close = nearest(channel.shape, ["even", *config.channels])
            yield key, f'"{channel.shape}" is not a channel and not "even"{close}'
        elif channel.shape == name or lender.volume is not None:
            words = "has no history to borrow from; name one that has"
            yield key, f'channel "{channel.shape}" {words}, or use "even"'


def _weighs_open_hours(shape: dict[str, float], hours: OpeningHours) -> bool:
    """Whether a weight above 0 holds at some time at which the channel is open; true where it never is."""
    begins = sorted((int(text.partition(":")[0]) * 60 + int(text.partition(":")[2]), w) for text, w in shape.items())
    ends = [*(begin for begin, _ in begins[1:]), DAY_MINUTES]
    weighed = [(begin, end) for (begin, weight), end in zip(begins, ends, strict=True) if weight > 0]
    opened = [span for weekday in range(7) for span in hours.minutes(weekday)]
    return not opened or any(begin < shut and start < end for begin, end in weighed for start, shut in opened)


def _unseen(raw: dict[str, Any]) -> Iterator[Found]:
    """Names with characters that nobody sees: two of them may look alike, and no file would have the second."""
    for table in ("channels", "contracts"):
        for name in _table(raw, table):
            plain = "".join(sign for sign in unicodedata.normalize("NFC", name) if unicodedata.category(sign)[0] != "C")
            plain = " ".join(plain.split())
            if plain != name:
                yield f"{table}.{ascii(name)[1:-1]}", f'has characters that cannot be seen; write it "{plain}"'


def _table(raw: dict[str, Any], name: str) -> dict[str, Any]:
    table = raw.get(name)
    return table if isinstance(table, dict) else {}


def _empty(raw: dict[str, Any]) -> Iterator[Found]:
    for name in ("channels", "contracts"):
        if name in raw and raw[name] == {}:
            yield name, "needs at least one entry"


def _skills(raw: dict[str, Any]) -> Iterator[Found]:
    channels = list(_table(raw, "channels"))
    for name, contract in _table(raw, "contracts").items():
        skills = contract.get("skills") if isinstance(contract, dict) else None
        for skill in skills if isinstance(skills, list) else []:
            if channels and skill not in channels:
                yield f"contracts.{name}.skills", f'"{skill}" is not a channel{nearest(str(skill), channels)}'


def _people(config: Config) -> Iterator[Found]:
    for name, contract in config.contracts.items():
        if config.roster.agents is None and contract.agents is None:
            yield (
                f"contracts.{name}.agents",
                "is missing; say how many people there are, or name a file in roster.agents",
            )
        if config.roster.agents is not None and contract.agents is not None:
            yield (
                f"contracts.{name}.agents",
                f'cannot be combined with roster.agents = "{config.roster.agents}"; keep one of the two',
            )


def _staffed_channels(config: Config) -> Iterator[Found]:
    """With an agents file this is checked when the file is read."""
    if config.roster.agents is not None:
        return
    served: set[str] = set()
    for contract in config.contracts.values():
        if contract.agents:
            served.update(config.channels if contract.skills is None else contract.skills)
    for channel in config.channels:
        if channel not in served:
            yield (
                f"channels.{channel}",
                "nobody has this skill; add it to the skills of a contract with agents",
            )


def _grid(config: Config) -> Iterator[Found]:
    """Shifts and breaks must lie on the interval grid, or cover could not be counted."""
    step = config.plan.interval
    for name, contract in config.contracts.items():
        yield from _days(name, contract)
        for i, shift in enumerate(contract.shifts):
            at = f"contracts.{name}.shifts[{i}]"
            yield from _multiple(f"{at}.length", shift.length, step)
            if shift.start.first != shift.start.last:
                yield from _multiple(f"{at}.step", shift.step, step)
            if (shift.start.first * 60) % step.total_seconds():
                yield f"{at}.start", f"is not on the grid of {format_duration(step)}"
            yield from _breaks(name, contract, shift, step)


def _breaks(name: str, contract: Contract, shift: Shift, step: timedelta) -> Iterator[Found]:
    """Breaks lie on the grid and find a place there, where break_gap is rounded up to whole intervals."""
    breaks = contract.breaks_of(shift)
    values = [
        value for break_type in breaks for value in (break_type.length, break_type.after.first, break_type.after.last)
    ]
    off = [found for value in values for found in _multiple(f"contracts.{name}.breaks", value, step)]
    yield from off
    rule = contract.break_rule(shift, step)
    if not off and not shift.length % step and rule.blocked is not None:
        yield f"contracts.{name}.break_gap", no_place(rule, breaks, rule.gap * step, step)


def _holiday_premiums(config: Config) -> Iterator[Found]:
    for i, premium in enumerate(config.costs.premiums):
        if premium.days.holidays and config.calendar.country is None:
            words = '"holidays" needs a country; set calendar.country, such as "GB"'
            yield f"costs.premiums[{i}].days", words


def _days(name: str, contract: Contract) -> Iterator[Found]:
    """Working days nobody can have: more than shifts begin on, or more in a row than allowed.

    Where `min_days` lets people work fewer, it is those that must be possible. A long rest is not looked at here: it
    leaves some days to everybody, and a note says how many.
    """
    days = contract.days_per_week if contract.min_days is None else contract.min_days
    where = f"contracts.{name}.{'days_per_week' if contract.min_days is None else 'min_days'}"
    usable = {day for shift in contract.shifts for day in shift.days}
    if days > len(usable):
        yield where, f"is {days}, but shifts may begin on only {len(usable)} days of the week"
    off = 7 - days
    row = days if contract.days_off == "together" or not off else math.ceil(days / off)
    if row > contract.max_consecutive_days:
        most = contract.max_consecutive_days
        yield where, f"is {days}, which makes {row} days in a row; max_consecutive_days is {most}"


def _multiple(where: str, value: timedelta, step: timedelta) -> Iterator[Found]:
    if value % step:
        yield where, f"{format_duration(value)} is not a multiple of the interval, {format_duration(step)}"


def _activities(config: Config) -> Iterator[Found]:
    """Activities that name what is not there, or lie off the grid."""
    names = [activity.name for activity in config.activities]
    for i, activity in enumerate(config.activities):
        at = f"activities[{i}]"
        if activity.name in names[:i]:
            yield f"{at}.name", f'"{activity.name}" is used twice; give each activity its own name'
        if activity.contract is not None and activity.contract not in config.contracts:
            close = nearest(activity.contract, list(config.contracts))
            yield f"{at}.contract", f'"{activity.contract}" is not a contract{close}'
        for skill in activity.skills or ():
            if skill not in config.channels:
                yield f"{at}.skills", f'"{skill}" is not a channel{nearest(skill, list(config.channels))}'
        yield from _multiple(f"{at}.length", activity.length, config.plan.interval)
