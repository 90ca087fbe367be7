"""Shifts drawn at random, in zones and weeks whose clocks change by an hour, by half an hour, or at midnight."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from configs.horizon import Horizon
from optimize.roster.schedule.shift import PlannedActivity, Shift

WEEKS = (
    ("Europe/London", date(2026, 10, 19)),  # back an hour on the last night
    ("Europe/London", date(2026, 3, 23)),  # forward an hour
    ("Australia/Lord_Howe", date(2026, 3, 30)),  # back half an hour
    ("America/Santiago", date(2026, 8, 31)),  # forward at midnight, which does not exist
    ("Asia/Kathmandu", date(2026, 11, 30)),  # 5:45 ahead, never changed
)
MINUTE = timedelta(minutes=1)
NAMES = ("training", "team talk", "one-to-one 2")


@st.composite
def horizons(draw: st.DrawFn) -> Horizon:
    """A week that holds a change of the clock, or none."""
    timezone, first = draw(st.sampled_from(WEEKS))
    return Horizon(first, 7, 15, timezone)


@st.composite
def shifts(draw: st.DrawFn, horizon: Horizon, agents: tuple[str, ...] = ("a", "b", "c"), step: int = 1) -> Shift:
    """A shift of at most 23 hours with up to five breaks and activities; moments are multiples of `step` minutes."""
    begin = horizon.begin.to_pydatetime().astimezone(UTC)
    week = (horizon.end - horizon.begin) // timedelta(minutes=step)
    start = begin + draw(st.integers(0, week - 1)) * step * MINUTE
    length = draw(st.integers(1, 23 * 60 // step))
    cuts = sorted(draw(st.sets(st.integers(0, length), max_size=10)))
    pieces = [
        (start + a * step * MINUTE, start + b * step * MINUTE) for a, b in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    names = [draw(st.sampled_from((None, *NAMES))) for _ in pieces]
    return Shift(
        agent=draw(st.sampled_from(agents)),
        name=draw(st.sampled_from(("", "Ann Lee"))),
        contract="full",
        day=_local_day(horizon, start),
        start=start,
        end=start + length * step * MINUTE,
        breaks=tuple(span for span, name in zip(pieces, names, strict=True) if name is None),
        activities=tuple(PlannedActivity(name, *span) for span, name in zip(pieces, names, strict=True) if name),
        paid_h=draw(st.integers(0, 96)) / 4,
        cost=draw(st.integers(0, 10**6)) / 64,
    )


def _local_day(horizon: Horizon, moment: datetime) -> date:
    return moment.astimezone(horizon.zone).date()
