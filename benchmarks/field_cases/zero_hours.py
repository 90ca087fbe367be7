"""Hours, weekdays, seasons and channels without contacts, recorded as zeros: forecast, agents and `check`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from benchmarks.field_cases.case import Row, staffcurve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MOST_SHARE = 0.005
"""Part of the volume that may be forecast where nothing ever came."""
NEAR = 0.04
"""How near the volume is to the mean it was drawn with, before one deviation of chance."""
WEEK = np.array([1.2, 1.1, 1.0, 1.0, 0.9, 0.6, 0.5])
CONFIG = """
[plan]
name = "zero"
timezone = "UTC"
interval = "{step}min"
week = {week}
[history]
path = "history.csv"
max_missing = 1.0
[forecast]
fast = {fast}
[channels.phone]
kind = "synchronous"
aht = "5min"
open = {open}
[contracts.a]
agents = 9
days_per_week = 5
shifts = [ {{ length = "8h", start = "08:00-10:00", step = "1h" }} ]
cost_per_hour = 15
"""


@dataclass(frozen=True)
class Site:
    """A centre: the mean of every start, hours stated, planned week, and where nothing is to be expected."""

    case: str
    first: str
    week: str
    busy: Callable[[pd.DatetimeIndex], np.ndarray]
    step: int = 60
    opened: str = '"00:00-24:00"'
    fast: bool = False
    level: float = 20.0
    stray: str = ""


def _hours(start: pd.DatetimeIndex) -> np.ndarray:
    return (start.hour >= 8) & (start.hour < 18)


def _season(start: pd.DatetimeIndex) -> np.ndarray:
    return _hours(start) & (start.month >= 4) & (start.month <= 10)


SITES = [
    Site("nights as zeros, nine weeks of hours", "2026-01-05", "2026-03-09", _hours),
    Site("nights as zeros, a year of half hours", "2025-03-10", "2026-03-09", _hours, step=30),
    Site("nights as zeros, fast", "2025-03-10", "2026-03-09", _hours, fast=True),
    Site("nights as zeros, four weeks (simple method)", "2026-02-09", "2026-03-09", _hours),
    Site("nights as zeros, three contacts a day (simple method)", "2025-03-10", "2026-03-09", _hours, level=0.3),
    Site(
        "Saturday until 13:00, stated until 18:00", "2025-09-08", "2026-03-09",
        lambda start: _hours(start) & ~((start.day_of_week == 5) & (start.hour >= 13)), opened='"08:00-18:00"',
    ),
    Site("Sundays as zeros", "2024-03-11", "2026-03-09", lambda start: _hours(start) & (start.day_of_week < 6)),
    Site("Sundays as zeros, fast, half hours", "2025-09-08", "2026-03-09",
         lambda start: _hours(start) & (start.day_of_week < 6), step=30, fast=True),
    Site("closed from November, planned in October", "2024-01-01", "2025-10-27", _season),
    Site("closed from November, planned in January", "2024-01-01", "2026-01-26", _season),
    Site("closed until March, planned for the reopening", "2024-01-01", "2026-03-30", _season),
    Site("began three months ago", "2025-03-10", "2026-03-09", lambda start: _hours(start) & (start >= "2025-12-08")),
    Site("began four weeks ago", "2025-03-10", "2026-03-09", lambda start: _hours(start) & (start >= "2026-02-09")),
    Site("ended three weeks ago", "2025-03-10", "2026-03-09", lambda start: _hours(start) & (start < "2026-02-16")),
    Site("evening given up ten weeks ago", "2025-03-10", "2026-03-09",
         lambda start: (start.hour >= 8) & (start.hour < np.where(start < "2025-12-29", 20, 18))),
]  # fmt: skip
STRAY = Site("a call a year at night", "2025-03-10", "2026-03-09", _hours, stray="2025-06-11T03:00")


def rows(folder: Path) -> Iterator[Row]:
    """Forecasts of every site, the note on one agent, `predict`, and the hours `check` lists."""
    for number, site in enumerate([*SITES, STRAY]):
        home = _written(folder / str(number), site)
        answer = staffcurve(home, "forecast", "plan.toml", "--out", "out")
        if answer.code:
            yield Row(site.case, "a forecast", answer.err.strip(), holds=False)
            continue
        yield _forecast_row(site, pd.read_csv(home / "out" / "forecast.csv"))
    yield from _stray_rows(folder / str(len(SITES)))
    yield _check_row(folder / "5")
    yield _outside_row(folder / "outside")
    yield _predict_row(folder / "1")


def _written(home: Path, site: Site) -> Path:
    """Write history and config of a site."""
    home.mkdir()
    start = pd.date_range(site.first, site.week, freq=f"{site.step}min", inclusive="left")
    volume = np.random.default_rng(11).poisson(_means(site, start))
    volume[start == pd.Timestamp(site.stray or "1900-01-01")] = 1
    pd.DataFrame({"start": start.strftime("%Y-%m-%dT%H:%MZ"), "volume": volume}).to_csv(
        home / "history.csv", index=False
    )
    text = CONFIG.format(step=site.step, week=site.week, fast=str(site.fast).lower(), open=site.opened)
    (home / "plan.toml").write_text(text, encoding="utf-8")
    return home


def _means(site: Site, start: pd.DatetimeIndex) -> np.ndarray:
    return site.level * site.step / 60 * site.busy(start) * WEEK[start.day_of_week]


def _forecast_row(site: Site, table: pd.DataFrame) -> Row:
    """Compare volume and upper quantile where nothing is due, and volume where contacts are."""
    start = pd.DatetimeIndex(pd.to_datetime(table.start, utc=True)).tz_localize(None)
    due = _means(site, start)
    nothing = table.volume[due == 0].sum() / max(float(due.sum()), 1.0)
    upper, busy = float(table.q975[due == 0].sum()), float(table.volume[due > 0].sum())
    wide = NEAR + 1 / max(float(due.sum()), 1.0) ** 0.5
    holds = nothing <= MOST_SHARE and (bool(site.stray) or upper == 0) and abs(busy - due.sum()) <= wide * due.sum()
    right = f"{due.sum():,.0f} contacts, none elsewhere"
    return Row(site.case, right, f"{busy:,.0f} contacts, {nothing:.2%} elsewhere", bool(holds))


def _stray_rows(home: Path) -> Iterator[Row]:
    """The call keeps its mean, and the one agent it costs is noted with hours and money."""
    table = pd.read_csv(home / "out" / "forecast.csv")
    night = float(table.volume[table.start.str[11:13] < "08"].sum())
    yield Row("a call a year at night: its mean", "1 in 52 = 0.019", f"{night:.3f}", abs(night - 1 / 52) < 0.002)
    answer = staffcurve(home, "staff", "plan.toml", "--forecast", "out/forecast.csv", "--out", "out")
    agents = pd.read_csv(home / "out" / "requirement.csv").query("agents > 0").start.str[11:13].lt("08").sum()
    said = " ".join(answer.err.split())
    holds = agents == 1 and "Wed 03:00-04:00: one agent is needed" in said
    yield Row("a call a year at night: one agent", "one hour, noted", f"{agents} hours, noted: {holds}", holds)


def _check_row(home: Path) -> Row:
    """`check` lists the Saturday afternoon that is stated open."""
    told = json.loads(staffcurve(home, "check", "plan.toml", "--json").out)["channels"][0].get("opening", {})
    found = [(each["kind"], each["hours"]) for each in told.get("differs", [])]
    right = [("never_busy", "Sat 13:00-18:00")]
    return Row("check: stated open, never busy", str(right), str(found), found == right)


def _outside_row(home: Path) -> Row:
    """`check` lists the hours that are stated closed and busy."""
    home = _written(home, Site("outside", "2025-09-08", "2026-03-09", _hours, opened='{ mon-fri = "08:00-16:00" }'))
    told = json.loads(staffcurve(home, "check", "plan.toml", "--json").out)["channels"][0].get("opening", {})
    found = [(each["kind"], each["hours"]) for each in told.get("differs", [])]
    right = [("busy_outside", "Mon-Fri 16:00-18:00; Sat-Sun 08:00-18:00")]
    return Row("check: stated closed, contacts came", str(right), str(found), found == right)


def _predict_row(home: Path) -> Row:
    """The notebook's door forecasts the nights of the half-hour site as zero."""
    from forecast import predict

    table = predict(pd.read_csv(home / "history.csv", parse_dates=["start"]), days=7)
    night = ~_hours(pd.DatetimeIndex(table.start))
    share = float(table.volume[night].sum() / table.volume.sum())
    return Row("predict: nights as zeros", "0.00 % at night", f"{share:.2%} at night", share <= MOST_SHARE)
