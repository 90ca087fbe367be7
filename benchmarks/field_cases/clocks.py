"""Clocks that differ: newer rules of zones, customers elsewhere, hours of UTC, skipped hours, days of a column."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from benchmarks.field_cases.case import Row, staffcurve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

PLAN = """
[plan]
name = "clocks"
timezone = "{zone}"
interval = "{interval}"
week = {week}

[history]
path = "history.csv"

[forecast]
fast = true

[channels.phone]
kind = "synchronous"
{channel}

[contracts.a]
agents = 5
days_per_week = 5
shifts = [ {{ length = "8h", start = "08:00" }} ]
cost_per_hour = 10
"""


def rows(folder: Path) -> Iterator[Row]:
    """Make every case and run it."""
    yield from _newest_rules(folder)
    yield from _customers_elsewhere(folder)
    yield from _hours_of_utc(folder)
    yield from _skipped_hour(folder)
    yield from _days_of_a_column()


def _site(home: Path, zone: str, week: str, history: pd.DataFrame, interval: str = "1h", channel: str = "") -> Path:
    home.mkdir(parents=True)
    text = PLAN.format(zone=zone, week=week, interval=interval, channel=channel)
    (home / "plan.toml").write_text(text, encoding="utf-8")
    history.to_csv(home / "history.csv", index=False)
    return home


def _history(zone: str, first: str, last: str, volume: Callable[[pd.DatetimeIndex], Array]) -> pd.DataFrame:
    """Hours of UTC with the contacts of a local clock; NaN is an hour without a row."""
    start = pd.date_range(first, last, freq="h", tz="UTC", inclusive="left")
    values = volume(start.tz_convert(zone))
    frame = pd.DataFrame({"channel": "phone", "start": start, "volume": values, "aht_s": 240})
    frame["start"] = [moment.isoformat() for moment in frame["start"]]
    return frame[np.isfinite(values)]


def _forecast(home: Path) -> pd.DataFrame | str:
    """The forecast of a site with moments, or what was said instead."""
    answer = staffcurve(home, "forecast", "plan.toml", "--quiet")
    if answer.code:
        return answer.err.strip().splitlines()[-1][:100]
    table = pd.read_csv(home / "forecast.csv")
    return table.assign(start=pd.to_datetime(table["start"], utc=True))


def _newest_rules(folder: Path) -> Iterator[Row]:
    """British Columbia keeps summer time from 2026 on; London does not."""
    for zone, week, right in (
        ("America/Vancouver", "2026-10-26", 336),
        ("America/Vancouver", "2027-03-08", 336),
        ("Europe/London", "2026-10-19", 338),
    ):
        history = _history(zone, "2026-08-03", "2026-10-01", lambda local: np.full(len(local), 10.0))
        home = _site(folder / f"rules-{zone[-6:]}-{week}", zone, week, history)
        answer = staffcurve(home, "check", "plan.toml", "--set", "plan.interval=1h", "--json")
        forecast = _forecast(home)
        found = 2 * len(forecast) if isinstance(forecast, pd.DataFrame) else 0
        yield Row(
            f"half hours of the week of {week}, {zone}", f"{right}", f"{found}", answer.code == 0 and found == right
        )


def _customers_elsewhere(folder: Path) -> Iterator[Row]:
    """Thirty an hour from nine to five of the customers' clock."""

    def office(local: pd.DatetimeIndex) -> Array:
        return np.where((local.hour >= 9) & (local.hour < 17), 30.0, np.nan)

    for site, customers, week, hour in (
        ("Europe/London", "America/Los_Angeles", "2026-03-09", 16),
        ("Europe/London", "America/Los_Angeles", "2026-10-26", 16),
        ("Europe/London", "America/Los_Angeles", "2026-02-23", 17),
        ("America/New_York", "Europe/Berlin", "2026-03-16", 4),
        ("Europe/Berlin", "Australia/Sydney", "2026-03-30", 0),
    ):
        first = f"{pd.Timestamp(week) - pd.Timedelta(weeks=30):%Y-%m-%d}"
        channel = f'timezone = "{customers}"\nopen = "09:00-17:00"'
        history = _history(customers, first, week, office)
        name = f"customers-{site[:4]}-{customers[-6:]}-{week}"
        forecast = _forecast(_site(folder / name, site, week, history, channel=channel))
        case = f"agents in {site}, customers in {customers}, week of {week}"
        if isinstance(forecast, str):
            yield Row(case, "30 an hour", forecast, holds=False)
            continue
        tuesday = forecast[forecast["start"].dt.tz_convert(customers).dt.day_of_week == 1]
        busy = tuesday[tuesday["volume"] > 0]
        begins, most = busy["start"].dt.tz_convert(site).dt.hour.iloc[0], busy["volume"].max()
        holds = begins == hour and len(busy) == 8 and bool(np.allclose(busy["volume"], 30, rtol=0.02))
        yield Row(case, f"30 from {hour:02d}:00", f"{most:.1f} from {begins:02d}:00", holds)


def _hours_of_utc(folder: Path) -> Iterator[Row]:
    """A zone a part of an hour off: every contact of the open hours is planned, in intervals that can be had."""

    def flat(local: pd.DatetimeIndex) -> Array:
        """Forty an hour from eight to six; an hour of UTC that is open in part has its part."""
        minute = local.hour * 60 + local.minute
        part = np.minimum(minute + 60, 18 * 60) - np.maximum(minute, 8 * 60)
        return np.where(part > 0, 40.0 * part / 60, np.nan)

    for zone in ("Asia/Kolkata", "Asia/Kathmandu", "Australia/Darwin", "Australia/Lord_Howe", "America/St_Johns"):
        history = _history(zone, "2026-03-02", "2026-11-30", flat)
        for interval in ("1h", "30min"):
            if (zone, interval) == ("Australia/Lord_Howe", "1h"):
                continue  # a week in which the clock changes by half an hour is refused in words
            name = f"utc-{zone[-6:]}-{interval}"
            home = _site(folder / name, zone, "2026-11-30", history, interval, 'open = "08:00-18:00"')
            forecast = _forecast(home)
            said = staffcurve(home, "check", "plan.toml").out
            total = forecast if isinstance(forecast, str) else f"{forecast['volume'].sum():,.0f} contacts"
            holds = not isinstance(forecast, str) and abs(forecast["volume"].sum() - 2800) < 14
            yield Row(f"hours of UTC, {zone}, plan of {interval}", "2,800 contacts, a note", total,
                      holds and "off the clock of" in said)  # fmt: skip


def _skipped_hour(folder: Path) -> Iterator[Row]:
    """A local export with a row for every hour of the day, those that the clock skips included."""
    for zone, skipped in (("Europe/London", "2026-03-29T01:00"), ("America/New_York", "2026-03-08T02:00")):
        for contacts in (0, 3):
            start = pd.date_range("2026-02-02", "2026-04-06", freq="h", inclusive="left")
            stamps = [f"{moment:%Y-%m-%dT%H:%M}" for moment in start]
            volume = np.where([stamp == skipped for stamp in stamps], contacts, 12)
            history = pd.DataFrame({"channel": "phone", "start": stamps, "volume": volume, "aht_s": 240})
            home = _site(folder / f"skipped-{zone[-6:]}-{contacts}", zone, "2026-04-06", history)
            answer = staffcurve(home, "check", "plan.toml", "--json")
            notes = [note["sentence"] for note in json.loads(answer.out).get("notes", ())] if answer.code == 0 else []
            silent = answer.code == 0 and not any("skip" in note for note in notes)
            right = "refused" if contacts else "taken silently"
            printed = (
                "taken silently" if silent else "refused" if "skips this time" in answer.err + answer.out else "other"
            )
            yield Row(f"{contacts} contacts at {skipped}, skipped in {zone}", right, printed, right == printed)


def _days_of_a_column() -> Iterator[Row]:
    """`predict` on an aware column: weekdays and hours of its own zone."""
    from forecast import predict

    for zone in ("America/New_York", "Asia/Tokyo", "Europe/London"):
        rng = np.random.default_rng(3)
        start = pd.Series(pd.date_range("2026-02-02", periods=24 * 150, freq="h", tz=zone))
        mean = np.where((start.dt.hour >= 8) & (start.dt.hour < 20), 60.0, 6.0) * np.where(
            start.dt.day_of_week < 5, 1, 0.3
        )
        history = pd.DataFrame({"start": start, "volume": rng.poisson(mean).astype(float)})
        day = start.dt.tz_localize(None).dt.normalize()
        last = day.max() - pd.Timedelta(days=7)  # the last day may be seen in part
        known, ahead = history[day < last], history[(day >= last) & (day < day.max())]
        said = predict(known, days=7, fast=True).merge(ahead, on="start", suffixes=("", "_came"))
        error = float((said["volume"] - said["volume_came"]).abs().sum() / said["volume_came"].sum())
        floor = float((ahead["volume"] - mean[ahead.index]).abs().sum() / ahead["volume"].sum())
        holds = len(said) == len(ahead) == 24 * 7 and error < floor + 0.04
        yield Row(f"predict, column of {zone}", f"error near {floor:.1%}, that of chance", f"{error:.1%}", holds)
