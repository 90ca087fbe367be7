"""Three weeks of a small phone channel: a missing day, a day without contacts, a holiday, an event, part of a day."""

from __future__ import annotations

from datetime import date

import pandas as pd

from configs.loader import build
from forecast.calendar.marks import Calendar, no_events
from forecast.data.history import History
from reports.checking.days import channel_days

ZONE = "Europe/London"
MISSING, EMPTY, SHORT, EVENT, HOLIDAY = (
    date(2026, 4, 14),
    date(2026, 4, 15),
    date(2026, 4, 16),
    date(2026, 4, 17),
    date(2026, 4, 6),
)


def small_config():
    """A phone open on weekdays from nine to eleven, closed on public holidays."""
    phone = {"kind": "synchronous", "open": {"mon-fri": "09:00-11:00"}, "closed_on_holidays": True}
    contract = {"agents": 3, "days_per_week": 5, "shifts": [{"length": "2h", "start": "09:00"}], "cost_per_hour": 15}
    plan = {"name": "small", "timezone": ZONE, "interval": "30min"}
    return build({"plan": plan, "channels": {"phone": phone}, "contracts": {"a": contract}})


def small_history():
    """Ten contacts in each half hour of every open day, but for the days named above."""
    starts = [
        start
        for start in pd.date_range("2026-03-30 00:00", "2026-04-17 23:30", freq="30min", tz=ZONE)
        if 9 <= start.hour < 11 and start.day_of_week < 5 and start.date() not in {MISSING, HOLIDAY, date(2026, 4, 3)}
        if start.date() != SHORT or start.hour == 9
    ]
    volume = [0.0 if start.date() == EMPTY else 10.0 for start in starts]
    table = pd.DataFrame({"channel": "phone", "start": pd.DatetimeIndex(starts).tz_convert("UTC"), "volume": volume})
    return History(table, 1800)


def small_calendar():
    """English holidays, and one campaign."""
    day = pd.Timestamp(EVENT)
    events = pd.DataFrame(
        {"channel": ["phone"], "start": [day], "end": [day], "name": ["campaign <b>"], "closed": [""]},
    )
    return Calendar(pd.concat([no_events(), events]), "GB", "ENG")


def small_days():
    """The channel as the page takes it."""
    found = channel_days(small_config(), "phone", small_history(), small_calendar())
    assert found is not None
    return found
