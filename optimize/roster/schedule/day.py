"""The local day to which a shift belongs, decided in this one place.

Working days, days in a row, days off, dates in tables, wishes and weekends all count shifts by this day. Premiums,
availability and leave do not: they follow the calendar, premiums interval by interval (`optimize.roster.inputs.pay`).
The verifier says for itself to which day a shift belongs, in `optimize.roster.verify.kinds`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, timedelta
    from zoneinfo import ZoneInfo

    import pandas as pd

    from configs.horizon import Horizon


def day_of(start: pd.Timestamp, end: pd.Timestamp, zone: ZoneInfo) -> date:  # noqa: ARG001 - a rule may ask for the end
    """Local day to which a shift belongs: the day it begins on, however far it runs past midnight.

    Parameters
    ----------
    start, end
        Begin and end of the shift, in any zone.
    zone
        Zone of the plan, whose midnights part the days.

    >>> import pandas as pd
    >>> from zoneinfo import ZoneInfo
    >>> night = pd.Timestamp("2026-11-30 22:00", tz="UTC"), pd.Timestamp("2026-12-01 06:00", tz="UTC")
    >>> str(day_of(*night, ZoneInfo("Europe/London"))), str(day_of(*night, ZoneInfo("Europe/Athens")))
    ('2026-11-30', '2026-12-01')
    """
    return start.tz_convert(zone).date()


def begins_on(horizon: Horizon, day: int, minutes: int, length: timedelta) -> int:
    """Number of the calendar day on which a shift that belongs to `day` begins: the inverse of `day_of`.

    Parameters
    ----------
    horizon
        The planned days.
    day
        Number of the day to which the shift belongs, 0 being the first.
    minutes
        Clock time of its begin in minutes after midnight.
    length
        Length of the shift.
    """
    for near in (day, day + 1, day - 1):
        begin = horizon.moment(near, minutes)
        if day_of(begin, begin + length, horizon.zone) == horizon.date(day):
            return near
    return day
