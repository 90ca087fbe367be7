"""What an hour of each contract costs in each interval."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from configs.units import DAY_MINUTES
from forecast.calendar.marks import public_holidays

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Config, Premium

DAYS_AFTER = 2
"""Days beyond the week whose hours are priced too: a shift of its last night may end there."""


def premium_shares(config: Config, horizon: Horizon, premiums: Sequence[Premium] | None = None) -> NDArray[np.float64]:
    """Extra pay as a share of the hourly cost, in each interval of the horizon and of two days after it.

    Premiums that meet add up. The hours after midnight of a span such as 22:00-06:00 belong to the day on which the
    span began; a public holiday runs from midnight to midnight of the plan's zone. So a premium looks at the calendar
    of each interval, not at the day to which its shift belongs (`optimize.roster.schedule.day`).

    Parameters
    ----------
    config
        Its premiums, and the country whose public holidays count.
    horizon
        The week.
    premiums
        The premiums to count; by default all.
    """
    longer = replace(horizon, days=horizon.days + DAYS_AFTER)
    counted = config.costs.premiums if premiums is None else premiums
    shares = np.zeros(longer.size)
    minute = longer.time_of_day * longer.interval_min
    for premium in counted:
        paid = _days_paid(config, longer, premium)
        today, yesterday = paid[longer.day + 1], paid[longer.day]
        if premium.span is None:
            hit = today
        else:
            start, end = premium.span.start, premium.span.end
            hit = today & (minute >= start) & (minute < end)
            hit |= yesterday & (minute < end - DAY_MINUTES)
        shares[hit] += premium.add
    return shares


def _days_paid(config: Config, horizon: Horizon, premium: Premium) -> NDArray[np.bool_]:
    """Whether a premium is paid on each day of the horizon, the day before it first."""
    days = range(-1, horizon.days)
    paid = np.array([(horizon.first.weekday() + day) % 7 in premium.days.weekdays for day in days])
    if premium.days.holidays:
        holidays = public_holidays(config, horizon.date(-1), horizon.days + 1)
        paid |= np.array([horizon.date(day) in holidays for day in days])
    return paid
