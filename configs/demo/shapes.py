"""What the demo centre is like: every size and shape in one place, easy to change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

SEED = 20261130
TIMEZONE = "Europe/London"
FIRST_DAY = date(2024, 11, 18)
DAYS = 728
INTERVAL_MIN = 15
PLANNED_WEEK = date(2026, 11, 30)

HOLIDAYS = (
    date(2024, 12, 25),
    date(2024, 12, 26),
    date(2025, 1, 1),
    date(2025, 4, 18),
    date(2025, 4, 21),
    date(2025, 5, 5),
    date(2025, 5, 26),
    date(2025, 8, 25),
    date(2025, 12, 25),
    date(2025, 12, 26),
    date(2026, 1, 1),
    date(2026, 4, 3),
    date(2026, 4, 6),
    date(2026, 5, 4),
    date(2026, 5, 25),
    date(2026, 8, 31),
)
"""English public holidays of the two years."""

CAMPAIGN = ("spring campaign", date(2026, 3, 2), date(2026, 3, 15), 0.16)
"""Name, first day, last day, share of extra contacts in every channel."""
OUTAGE = ("telephone outage", date(2026, 5, 12), "09:30", "13:15")
"""Name, day, and the local time for which the phone has no rows."""

DAY_NOISE = 0.035
"""Standard deviation of the log of a day's own effect."""
LEVEL_DRIFT = 0.012
"""Standard deviation of the weekly step of a slowly wandering level, which returns to 0."""
INTERVAL_NOISE = 0.07
"""Coefficient of variation of the gamma effect of each interval, beside the Poisson."""
ABANDONED = 0.035
"""Mean share of contacts that gave up, in channels where customers wait."""


@dataclass(frozen=True)
class Shape:
    """How one channel behaves; shares are relative, `weekly` is the mean volume of the planned week."""

    weekly: float
    growth: float
    weekdays: tuple[float, ...]
    peaks: tuple[tuple[float, float, float], ...]
    floor: float
    month_start: float
    year: tuple[float, float]
    holiday: float
    aht_s: float
    aht_evening: float
    aht_noise: float
    waits: bool = True


SHAPES = {
    "phone": Shape(
        weekly=16_600,
        growth=-0.02,
        weekdays=(1.20, 1.06, 1.02, 1.00, 0.98, 0.62, 0.50),
        peaks=((10.4, 2.0, 1.00), (14.6, 2.4, 0.86), (18.8, 2.0, 0.34)),
        floor=0.075,
        month_start=0.10,
        year=(0.05, 0.03),
        holiday=0.55,
        aht_s=280,
        aht_evening=0.07,
        aht_noise=0.55,
    ),
    "video": Shape(
        weekly=1_000,
        growth=0.10,
        weekdays=(1.08, 1.04, 1.02, 1.00, 1.02, 0.66, 0.60),
        peaks=((11.0, 2.2, 1.00), (15.2, 2.4, 0.95), (18.5, 1.6, 0.55)),
        floor=0.12,
        month_start=0.05,
        year=(0.03, 0.02),
        holiday=0.0,
        aht_s=420,
        aht_evening=0.04,
        aht_noise=0.50,
    ),
    "chat": Shape(
        weekly=6_200,
        growth=0.09,
        weekdays=(1.10, 1.04, 1.01, 1.00, 0.98, 0.66, 0.62),
        peaks=((11.2, 2.3, 0.86), (15.5, 2.8, 0.92), (20.0, 2.0, 0.70)),
        floor=0.10,
        month_start=0.06,
        year=(0.04, 0.02),
        holiday=0.70,
        aht_s=245,
        aht_evening=0.03,
        aht_noise=0.45,
    ),
    "messaging": Shape(
        weekly=5_800,
        growth=0.14,
        weekdays=(1.06, 1.02, 1.00, 1.00, 1.00, 0.52, 0.46),
        peaks=((10.5, 2.6, 0.84), (14.0, 3.2, 0.80), (18.5, 2.0, 0.88)),
        floor=0.14,
        month_start=0.05,
        year=(0.03, 0.02),
        holiday=0.72,
        aht_s=200,
        aht_evening=0.02,
        aht_noise=0.45,
    ),
    "email": Shape(
        weekly=6_900,
        growth=0.03,
        weekdays=(1.34, 1.08, 1.00, 0.96, 0.94, 0.45, 0.40),
        peaks=((9.3, 1.8, 1.00), (13.8, 2.6, 0.72)),
        floor=0.16,
        month_start=0.09,
        year=(0.05, 0.03),
        holiday=0.40,
        aht_s=330,
        aht_evening=0.02,
        aht_noise=0.60,
        waits=False,
    ),
}
"""The channels, called as in ``demo.toml``. `peaks` are hour, width in hours, height; `floor` is what never stops;
`month_start` is the extra share on the first of a month, gone after a week; `year` is the winter and spring swing."""
