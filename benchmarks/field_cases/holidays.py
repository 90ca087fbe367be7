"""Holidays under any locale, countries without a region, days next to holidays, year's end and pay days."""

from __future__ import annotations

import csv
import os
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.field_cases.case import Row, staffcurve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LOCALES = ({"LANG": "es_CO.UTF-8"}, {"LANG": "C.UTF-8"}, {}, {"LC_ALL": "de_DE.UTF-8"}, {"LANGUAGE": "th"})
ORDINARY, HOLIDAY = 400.0, 80.0
DAY = timedelta(days=1)
CONFIG = """
[plan]
name = "p"
timezone = "{zone}"
interval = "1h"
week = {week}
[history]
path = "history.csv"
[calendar]
country = "{country}"
{more}
[channels.phone]
kind = "synchronous"
open = "09:00-11:00"
aht = "240s"
target = {{ share = 0.80, within = "20s" }}
[contracts.day]
agents = 12
days_per_week = 5
shifts = [ {{ length = "8h", start = "08:00-10:00", step = "1h" }} ]
cost_per_hour = 10
"""


@dataclass(frozen=True)
class Site:
    """A country, its zone, the planned week, where its history begins, and what else the calendar says."""

    country: str
    zone: str
    first: date
    week: date
    more: str = ""


def rows(folder: Path) -> Iterator[Row]:
    """Yield every case of this area."""
    for site, day in (
        (Site("CO", "America/Bogota", date(2022, 1, 1), date(2025, 1, 6)), date(2025, 1, 6)),
        (Site("AE", "Asia/Dubai", date(2024, 1, 1), date(2027, 3, 8)), date(2027, 3, 9)),
        (Site("TR", "Europe/Istanbul", date(2024, 1, 1), date(2027, 5, 17)), date(2027, 5, 18)),
        (Site("KR", "Asia/Seoul", date(2023, 1, 1), date(2026, 8, 17)), date(2026, 8, 17)),
        (Site("JP", "Asia/Tokyo", date(2023, 1, 1), date(2026, 5, 4)), date(2026, 5, 6)),
        (Site("GB", "Europe/London", date(2023, 1, 1), date(2026, 12, 28), 'region = "ENG"'), date(2026, 12, 28)),
    ):
        yield _by_locale(folder / f"locale-{site.country}", site, day)
    for site, name, said in (
        (Site("GB", "Europe/London", date(2024, 1, 1), date(2027, 3, 29)), "Easter Monday", True),
        (Site("DE", "Europe/Berlin", date(2024, 1, 1), date(2026, 11, 2)), "All Saints' Day", True),
        (Site("GB", "Europe/London", date(2024, 1, 1), date(2027, 3, 29), 'region = "SCT"'), "Easter Monday", False),
        (Site("JP", "Asia/Tokyo", date(2024, 1, 1), date(2027, 3, 29)), "region", False),
    ):
        yield _left_out(folder / f"region-{site.country}-{len(site.more)}", site, name, said=said)
    england = 'region = "ENG"'
    yield from _ordinary_weeks(folder, england)
    for words, factor, size, week in (
        ("twice on the 1st", _first, 2.0, date(2026, 1, 26)),
        ("1.6 times on the last working day", _last_working, 1.6, date(2026, 1, 26)),
        ("half on the 15th", _fifteenth, 0.5, date(2026, 1, 12)),
    ):
        site = Site("GB", "Europe/London", date(2024, 1, 1), week, england)
        yield _month_day(folder / words.replace(" ", "-"), site, words, factor, size)


def _by_locale(folder: Path, site: Site, day: date) -> Row:
    """One forecast under each locale: the holiday at its level, and the same bytes every time."""
    _write(folder, site, lambda _: 1.0)
    answers = set()
    # The first two countries under every locale, the others under two of them.
    locales = LOCALES if site.country in {"CO", "AE"} else LOCALES[:: len(LOCALES) - 1]
    for number, setting in enumerate(locales):
        clean = {key: "" for key in ("LANG", "LC_ALL", "LANGUAGE") if key in os.environ}
        done = staffcurve(folder, "forecast", "p.toml", "--out", f"out{number}", env={**clean, **setting})
        answers.add((folder / f"out{number}" / "forecast.csv").read_bytes() if not done.code else done.err.encode())
    total = _totals(folder / "out0" / "forecast.csv").get(day, float("nan"))
    right = f"{HOLIDAY:.0f} on {day}, same bytes under {len(locales)} locales"
    holds = len(answers) == 1 and abs(total - HOLIDAY) <= 0.1 * HOLIDAY
    return Row(f"holiday of {site.country}", right, f"{total:.0f}, {len(answers)} different answers", holds)


def _left_out(folder: Path, site: Site, name: str, *, said: bool) -> Row:
    _write(folder, site, lambda _: 1.0)
    words = " ".join(staffcurve(folder, "check", "p.toml").out.split())
    notes = [note for note in words.split("note: ") if note.startswith("calendar:")]
    found = any(name in note and "calendar.region" in note for note in notes)
    case = f"{site.country} {site.more or 'without a region'}"
    return Row(
        case, f"{name} {'said' if said else 'not said'} by check", notes[0][:90] if notes else "nothing", found == said
    )


def _ordinary_weeks(folder: Path, england: str) -> Iterator[Row]:
    """Ordinary days after a quiet year's end and after busy days that follow holidays."""
    cases: tuple[tuple[str, Callable[[date], float], date, date], ...] = (
        ("after a quiet year's end, 7 months of history", _year_end, date(2025, 6, 2), date(2026, 1, 5)),
        ("after a quiet year's end, 3 years", _year_end, date(2023, 1, 2), date(2026, 1, 5)),
        ("after a quiet year's end, 6 weeks", _year_end, date(2025, 11, 24), date(2026, 1, 5)),
        ("a week later", _year_end, date(2025, 6, 2), date(2026, 1, 12)),
        ("after busy days behind holidays", _after_holiday, date(2024, 1, 1), date(2026, 5, 11)),
    )
    for words, factor, first, week in cases:
        site = Site("GB", "Europe/London", first, week, england)
        _write(folder / words.replace(" ", "-"), site, factor)
        where = folder / words.replace(" ", "-")
        staffcurve(where, "forecast", "p.toml", "--out", "out")
        totals = _totals(where / "out" / "forecast.csv")
        mean = float(np.mean([totals[day] for day in totals if day.weekday() < 5]))
        yield Row(
            words, f"{ORDINARY:.0f} on an ordinary day, within 3 %", f"{mean:.0f}", abs(mean / ORDINARY - 1) <= 0.03
        )


def _month_day(folder: Path, site: Site, words: str, factor: Callable[[date], float], size: float) -> Row:
    _write(folder, site, factor)
    staffcurve(folder, "forecast", "p.toml", "--out", "out")
    totals = _totals(folder / "out" / "forecast.csv")
    special = [totals[day] / ORDINARY for day in totals if factor(day) != 1.0]
    others = [totals[day] / ORDINARY for day in totals if factor(day) == 1.0]
    printed = f"{special[0]:.2f}, other days {np.mean(others):.2f}"
    holds = abs(special[0] / size - 1) <= 0.08 and abs(float(np.mean(others)) - 1) <= 0.03
    return Row(words, f"{size:.1f}, other days 1.00", printed, holds)


def _write(folder: Path, site: Site, factor: Callable[[date], float]) -> None:
    """Write a history of two open hours a day up to the planned week, holidays at their own level, and its config."""
    import holidays

    folder.mkdir(parents=True)
    region = site.more.split('"')[1] if site.more else None
    years = range(site.first.year, site.week.year + 1)
    off = holidays.country_holidays(site.country, subdiv=region, years=years)
    rng = np.random.default_rng(11)
    lines = ["channel,start,volume"]
    for number in range((site.week - site.first).days):
        day = site.first + number * DAY
        mean = (HOLIDAY if day in off else ORDINARY) * factor(day)
        lines += [f"phone,{day}T{hour:02}:00:00,{rng.poisson(mean / 2)}" for hour in (9, 10)]
    (folder / "history.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    text = CONFIG.format(zone=site.zone, week=site.week, country=site.country, more=site.more)
    (folder / "p.toml").write_text(text, encoding="utf-8")


def _totals(file: Path) -> dict[date, float]:
    """Forecast by local day."""
    from datetime import datetime

    totals: dict[date, float] = {}
    with file.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            day = datetime.fromisoformat(row["start"]).date()
            totals[day] = totals.get(day, 0.0) + float(row["volume"])
    return totals


def _english(day: date) -> bool:
    """Whether nobody works in England."""
    import holidays

    return day.weekday() >= 5 or day in holidays.country_holidays("GB", subdiv="ENG", years=day.year)


def _first(day: date) -> float:
    return 2.0 if day.day == 1 else 1.0


def _fifteenth(day: date) -> float:
    return 0.5 if day.day == 15 else 1.0


def _last_working(day: date) -> float:
    if _english(day):
        return 1.0
    following = day + DAY
    while _english(following):
        following += DAY
    return 1.6 if following.month != day.month else 1.0


def _year_end(day: date) -> float:
    return 0.5 if (day.month, day.day) >= (12, 24) or (day.month, day.day) <= (1, 2) else 1.0


def _after_holiday(day: date) -> float:
    before = day - DAY
    return 1.6 if not _english(day) and before.weekday() < 5 and _english(before) else 1.0
