"""A new config for an imported file: its channels and hours as they were seen, and a comment on what to decide."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from configs.units import WEEKDAYS, format_clock
from staffcurve.importing.toml_values import toml_key, toml_lines, toml_value
from staffcurve.importing.trial import A_DAY_S

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from staffcurve.importing.trial import Trial

MOST_CHANNELS = 12
"""Queues that become a channel each; of more, all become one."""
OUTSIDE = 0.005
"""Share of the contacts of a weekday that may come before or after the hours that are written."""
INTERVALS = (5, 6, 10, 12, 15, 20, 30, 60)
USUAL_INTERVAL = 15
TEXT = re.compile(r"chat|messag|whats ?app|sms|social|messenger", re.IGNORECASE)
CASE = re.compile(r"e-?mail|\bmail|ticket|case|back ?office|letter|post|web ?form|callback", re.IGNORECASE)
OF_PROFILE = {
    "freshdesk": "email",
    "zammad": "email",
    "zendesk": "email",
    "chatwoot-events": "chat",
    "chatwoot-traffic": "chat",
}
"""Channel of the systems that have one kind."""
KINDS = {
    "phone": """\
kind = "synchronous"             # decide: "synchronous" (phone), "concurrent" (chat) or "deferrable" (e-mail)
{open}
target = {{ share = 0.80, within = "20s" }}  # decide: the service target
""",
    "chat": """\
kind = "concurrent"              # decide: "synchronous" (phone), "concurrent" (chat) or "deferrable" (e-mail)
{open}
slots = 3                        # decide: conversations an agent handles at once
touch = "35s"                    # decide: agent time per message
think = "55s"                    # decide: customer time between messages
touches = 7                      # decide: agent messages per conversation
target = {{ share = 0.80, within = "40s" }}  # decide: the service target
""",
    "email": """\
kind = "deferrable"              # decide: "synchronous" (phone), "concurrent" (chat) or "deferrable" (e-mail)
{open}
target = {{ within = "12h", clock = "open" }}  # decide: finished within twelve open hours
""",
}
CONFIG = """\
# Written by "staffcurve import". Decide what the comments ask. "staffcurve init DIR" writes an example of all settings.

[plan]
name = {name}
timezone = {timezone}
interval = {interval}

[history]
{history}

{channels}
[contracts.full-time]
agents = 20                      # decide: how many people, or roster.agents with a file of them
days_per_week = 5
{shifts}
rest = "11h"
cost_per_hour = 15               # decide
"""
HALF_HOURS = """\
shifts = [ { length = "8h30m", start = "00:00-15:30", step = "30min" } ]  # decide: when shifts may begin
breaks = [ { length = "30min", after = "3h-5h" } ]"""
HOURS = """\
shifts = [ { length = "9h", start = "00:00-15:00", step = "1h" } ]  # decide: when shifts may begin
breaks = [ { length = "1h", after = "3h-5h" } ]"""
"""For intervals that half an hour is not a multiple of."""


def new_config(trial: Trial, history: Mapping[str, object], timezone: str, name: str) -> str:
    """Write a config that plans every channel of the file.

    Parameters
    ----------
    trial
        The file as it was read.
    history
        Settings of ``[history]``, with its path.
    timezone
        Zone of the plan.
    name
        Name of the plan.
    """
    channels = [_channel(*each) for each in _channels(trial, str(history.get("format", "")))]
    found = trial.interval_s // 60
    minutes = found if found in INTERVALS and "rows" not in history else USUAL_INTERVAL
    return CONFIG.format(
        name=toml_value(re.sub(r"[^A-Za-z0-9 _.-]+", "-", name).strip(" -._")[:64] or "plan"),
        timezone=toml_value(timezone),
        interval=toml_value(f"{minutes}min"),
        history="\n".join(toml_lines(history)),
        channels="\n".join(channels),
        shifts=HOURS if 30 % minutes else HALF_HOURS,
    )


def _channels(trial: Trial, profile: str) -> list[tuple[str, dict[str, str], pd.DataFrame, Trial]]:
    """Name, source and rows of each channel."""
    names = [name for name in trial.names if name]
    if not names or len(names) > MOST_CHANNELS:
        source = {trial.naming: "*"} if names and trial.naming else {}
        return [(OF_PROFILE.get(profile, "phone"), source, trial.frame, trial)]
    column = str(trial.naming)
    found: list[tuple[str, dict[str, str], pd.DataFrame, Trial]] = []
    for name in names:
        mine = trial.frame.loc[trial.frame[column].fillna("").astype(str) == name]
        called = _called(name, [each[0] for each in found]) if column != "channel" else name
        source = {} if called == name else {column: name}
        found.append((called, source, mine, trial))
    return found


def _called(name: str, taken: list[str]) -> str:
    """A short name for a queue: small letters, digits and dashes."""
    short = re.sub(r"[^0-9a-z]+", "-", name.casefold()).strip("-") or "channel"
    return next(each for each in (short, *(f"{short}-{n}" for n in range(2, 99))) if each not in taken)


def _channel(name: str, source: dict[str, str], rows: pd.DataFrame, trial: Trial) -> str:
    kind = "chat" if TEXT.search(name) or name == "chat" else "email" if CASE.search(name) else "phone"
    lines = KINDS[kind].format(open=_opening(rows, trial))
    said = f"source = {toml_value(source)}\n" if source else ""
    return f"[channels.{toml_key(name)}]\n{said}{lines}{_handle_time(rows, kind)}"


def _handle_time(rows: pd.DataFrame, kind: str) -> str:
    known = "aht_s" in rows.columns and rows["aht_s"].notna().any()
    if known or kind == "chat":
        return ""
    return 'aht = "5min"                     # decide: the file has no handle times\n'


def _opening(rows: pd.DataFrame, trial: Trial) -> str:
    """Opening hours as they were seen."""
    local = rows["start"].dt.tz_convert(trial.timezone)
    volume = rows["volume"].fillna(0.0).to_numpy()
    if trial.interval_s % A_DAY_S == 0:
        return _of_days(sorted({int(day) for day in local.dt.day_of_week[volume > 0]}))
    minutes = (local.dt.hour * 60 + local.dt.minute).to_numpy()
    step = 30 if trial.interval_s < 1800 or trial.interval_s % 1800 else 60 if trial.interval_s % 3600 == 0 else 30
    hours = {}
    for day in range(7):
        mine = (local.dt.day_of_week == day).to_numpy() & (volume > 0)
        if mine.any():
            hours[day] = _span(minutes[mine] // step, volume[mine], step)
    return (
        f"open = {toml_value(_grouped(hours))}  # as seen in the file; correct it" if hours else 'open = "09:00-17:00"'
    )


def _of_days(weekdays: list[int]) -> str:
    """Opening hours for a file of daily totals, and how a day is spread over them."""
    hours = toml_value(_grouped(dict.fromkeys(weekdays, "09:00-17:00")))
    shape = 'shape = "even"                   # decide: how the contacts of a day are spread over its hours'
    return f"open = {hours}  # decide: the file has no hours\n{shape}"


def _span(slots: Any, volume: Any, step: int) -> str:  # noqa: ANN401 - arrays
    """First and last slot of a day, few contacts left out at both ends."""
    shares = np.cumsum(np.bincount(slots, weights=volume)) / volume.sum()
    first, last = int(np.searchsorted(shares, OUTSIDE, side="right")), int(np.searchsorted(shares, 1 - OUTSIDE))
    end = min(24 * 60, int(timedelta(minutes=(last + 1) * step).total_seconds() // 60))
    return f"{format_clock(first * step)}-{format_clock(end)}"


def _grouped(hours: Mapping[int, str]) -> dict[str, str]:
    """Weekdays with the same hours next to each other as one entry, such as ``mon-fri``."""
    found: dict[str, str] = {}
    day = 0
    while day < 7:
        last = day
        while last < 6 and hours.get(last + 1) == hours.get(day):
            last += 1
        if day in hours:
            found[WEEKDAYS[day] if last == day else f"{WEEKDAYS[day]}-{WEEKDAYS[last]}"] = hours[day]
        day = last + 1
    return found
