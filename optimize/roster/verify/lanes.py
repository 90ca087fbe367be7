"""Recount of work whose share is one over a day or the week: which of it is in time is read from the coverage."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from configs.schema import Config
    from optimize.roster.verify.backlog_account import BacklogAccount

    Array = NDArray[np.float64]


def chooses_what_is_in_time(config: Config, channel: str) -> bool:
    """Whether the share of a channel counts over a day or the week, so that the roster says what is in time."""
    settings = config.channels[channel]
    return settings.kind == "deferrable" and settings.target.over != "interval" and settings.target.share < 1


def lane_faults(where: str, account: BacklogAccount, owed: Array, near: float) -> Iterator[Fault]:
    """Work said to be in time that is not, more of it than came, and work of an earlier week among it.

    `owed` is what must be done of the work in time by the end of each interval, what waited at the beginning included.
    """
    prompt, rest = account.parts
    if (prompt.arrived < -near).any() or (rest.arrived < -near).any():
        at = int(np.minimum(prompt.arrived, rest.arrived).argmin())
        came = prompt.arrived[at] + rest.arrived[at]
        reported = f"rest_work_h is {rest.arrived[at]:g} at {account.have['start'][at]}"
        yield Fault(where, f"{reported}; {came:g} hours arrive")
    if not account.repeats and prompt.opening > near:
        yield Fault(where, f"{prompt.opening:g} hours that waited at the start count as work in time of this week")
    late = owed - np.cumsum(prompt.done)
    if (late > near).any():
        at = int((late > near).argmax())
        yield Fault(
            where, f"{late[at]:g} hours counted as in time are not done by {account.ends[at]}, when they are due"
        )


def missed_hours(account: BacklogAccount) -> float:
    """Hours missing for the share: of each local day, or of the week, the share of its work less what is in time.

    Work due after the week is left out, unless the week repeats itself.
    """
    prompt, rest = account.parts
    target = account.settings.target
    missed: dict[object, float] = {}
    for at, start in enumerate(account.have["start"]):
        when = prompt.due_by[at]
        came = float(prompt.arrived[at] + rest.arrived[at])
        if came > 0 and (account.repeats or (not pd.isna(when) and when <= account.ends[-1])):
            span = start.tz_convert(account.zone).date() if target.over == "day" else None
            missed[span] = missed.get(span, 0.0) + target.share * came - float(prompt.arrived[at])
    return sum(max(0.0, hours) for hours in missed.values())
