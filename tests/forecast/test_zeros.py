"""Zero, unknown and closed are three things: the laws a forecast keeps when closed hours are recorded as zeros."""

from datetime import date
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from configs.horizon import Horizon
from forecast import forecast_week, predict, read_calendar, read_history
from forecast.data.grid import Grid
from forecast.models.profile import MEMORIES, shares
from forecast.opening.activity import find_periods
from forecast.opening.chance import chance_of_none
from forecast.opening.changes import first_rows
from forecast.opening.hours import spans_of
from reports.english.units import hours_of_week

from .test_week import config_of

NUMBERS = ["volume", "q025", "q10", "q50", "q90", "q975"]
WEEK = [1.2, 1.1, 1.0, 1.0, 0.9, 0.6, 0.5]


def made(first: str, last: str, freq: str = "1h", level: float = 20.0, open_=(8, 18), seed: int = 1) -> pd.DataFrame:
    """Poisson counts round the clock, none outside the hours; one number of contacts an hour for every weekday."""
    start = pd.date_range(first, f"{last} 23:59", freq=freq)
    is_open = (start.hour >= open_[0]) & (start.hour < open_[1])
    mean = level * is_open * np.array(WEEK)[start.day_of_week] * (pd.Timedelta(freq) / pd.Timedelta("1h"))
    return pd.DataFrame({"start": start, "volume": np.random.default_rng(seed).poisson(mean).astype(float)})


def planned(folder, rows: pd.DataFrame, first: date, *, days: int = 7, open_="00:00-24:00", fast: bool = False):
    """Forecast of `days` days by the weekly run."""
    step = int((rows.start.iloc[1] - rows.start.iloc[0]) / pd.Timedelta("1min"))
    config = config_of(
        folder,
        rows.to_csv(index=False),
        plan={"name": "test", "timezone": "UTC", "interval": f"{step}min"},
        history={"path": "history.csv", "max_missing": 1.0},
        forecast={"fast": fast},
        channels={"phone": {"kind": "synchronous", "open": open_, "aht": "5min"}},
    )
    return forecast_week(config, read_history(config), read_calendar(config), Horizon(first, days, step, "UTC"))


def by_day(result) -> pd.Series:
    return result.table.groupby(result.table.start.dt.strftime("%Y-%m-%d")).volume.sum()


def notes(result) -> list[str]:
    return [str(note) for note in result.notes]


@pytest.mark.parametrize("fast", [False, True])
@pytest.mark.parametrize("freq", ["30min", "1h"])
@pytest.mark.parametrize("last", ["2026-02-08", "2026-03-22", "2026-09-06"])
def test_zeros_of_the_night_change_nothing(freq, last, fast):
    """Recorded as zeros or not at all, closed nights leave the same forecast of the day, and are zero themselves."""
    rows = made("2026-01-05", last, freq)
    day = rows.start.dt.hour.between(8, 17)
    with_nights, without = predict(rows, days=7, fast=fast), predict(rows.loc[day], days=7, fast=fast)
    busy = with_nights.start.dt.hour.between(8, 17)
    pd.testing.assert_frame_equal(with_nights.loc[busy].reset_index(drop=True), without, rtol=1e-9)
    assert with_nights.loc[~busy, NUMBERS].to_numpy().sum() == 0


@pytest.mark.parametrize("level", [20.0, 0.4])
def test_a_sunday_of_zeros_is_a_closed_sunday(tmp_path, level):
    """Sundays recorded as zeros are forecast zero and leave the other days as if they were never recorded."""
    rows = made("2025-01-06", "2026-02-07", level=level)
    sunday = rows.start.dt.day_of_week == 6
    zeros = planned(tmp_path, rows.assign(volume=rows.volume.where(~sunday, 0.0)), date(2026, 2, 9))
    absent = planned(tmp_path, rows.loc[~sunday], date(2026, 2, 9), open_={"mon-sat": "00:00-24:00"})
    pd.testing.assert_frame_equal(zeros.table, absent.table, rtol=1e-9)
    assert by_day(zeros)["2026-02-15"] == 0
    assert not [note for note in notes(zeros) if "outlier" in note or "hours without" in note]


@pytest.mark.parametrize("fast", [False, True])
@pytest.mark.parametrize("last", ["2026-02-08", "2026-04-19", "2026-12-27"])
def test_a_saturday_afternoon_without_contacts_is_zero(tmp_path, last, fast):
    """Open until 18:00 and called until 13:00: the afternoon is zero, the morning keeps its mean."""
    rows = made("2026-01-05", last)
    gone = (rows.start.dt.day_of_week == 5) & (rows.start.dt.hour >= 13)
    first = pd.Timestamp(last) + pd.Timedelta(days=1)
    rows = rows.assign(volume=rows.volume.where(~gone, 0.0))
    table = planned(tmp_path, rows, first.date(), open_="08:00-18:00", fast=fast).table
    saturday = table.loc[table.start.dt.day_of_week == 5]
    assert saturday.loc[saturday.start.dt.hour >= 13, NUMBERS].to_numpy().sum() == 0
    assert saturday.volume.sum() == pytest.approx(5 * 20 * 0.6, rel=0.15)


def test_a_stray_contact_a_year_keeps_its_small_mean(tmp_path):
    """One call in 49 nights of Wednesday, old or of last week, is forecast as one in 49; the other nights are zero."""
    rows = made("2025-01-06", "2025-12-14")
    for stray in ("2025-02-05 03:00", "2025-12-10 03:00"):
        table = planned(
            tmp_path, rows.assign(volume=rows.volume.where(rows.start != stray, 1.0)), date(2025, 12, 15)
        ).table
        night = table.loc[table.start.dt.hour < 8]
        assert night.loc[night.start == "2025-12-17 03:00Z", "volume"].item() == pytest.approx(1 / 49, rel=0.1)
        assert (night.volume > 0).sum() == 1


def test_a_seldom_busy_weekday_keeps_its_mean(tmp_path):
    """Sundays of three contacts each, all in one Sunday in four, are forecast as the mean of their days."""
    rows = made("2025-01-06", "2026-01-04")
    sunday = rows.start.dt.day_of_week == 6
    fourth = sunday & (((rows.start - rows.start.iloc[0]).dt.days // 7) % 4 == 3) & (rows.start.dt.hour == 10)
    rows = rows.assign(volume=rows.volume.where(~sunday, 0.0).where(~fourth, 12.0))
    result = planned(tmp_path, rows, date(2026, 1, 5))
    assert by_day(result)["2026-01-11"] == pytest.approx(3.0, rel=0.2)
    assert by_day(result)["2026-01-05"] == pytest.approx(240, rel=0.05)
    (told,) = result.explanations
    assert told.week[6] == pytest.approx(3 / 240 * told.week[0], rel=0.25)


def seasonal() -> pd.DataFrame:
    """Two years that are closed from November to March."""
    rows = made("2024-01-01", "2025-12-31")
    return rows.assign(volume=rows.volume.where(rows.start.dt.month.between(4, 10), 0.0))


def test_a_season_ends_and_begins_as_it_did(tmp_path):
    """Closed from November to March, the plan is zero on these days and full on the first of April, with notes."""
    rows = seasonal()
    autumn = planned(tmp_path, rows.loc[rows.start < "2025-10-27"], date(2025, 10, 27), days=14)
    assert (by_day(autumn)["2025-11-01":] == 0).all()
    assert by_day(autumn)["2025-10-27"] == pytest.approx(240, rel=0.1)
    assert any(
        "had no contacts from 2024-11-01 to 2025-03-31; the same season is forecast as 0" in each
        for each in notes(autumn)
    )
    spring = planned(tmp_path, rows.loc[rows.start < "2025-03-10"], date(2025, 3, 24), days=14)
    assert (by_day(spring)[:"2025-03-31"] == 0).all()
    assert by_day(spring)["2025-04-01"] == pytest.approx(220, rel=0.1)
    assert (
        "channel phone: has had no contacts since 2024-11-01 and none at that time of the year before; "
        "its forecast is 0 until 2025-04-01"
    ) in notes(spring)


def test_a_season_does_not_bend_the_level(tmp_path):
    """In August a centre that is closed in winter is forecast as one whose winters were never recorded."""
    rows = seasonal().loc[lambda rows: (rows.start >= "2024-04-01") & (rows.start < "2025-08-11")]
    zeros = planned(tmp_path, rows, date(2025, 8, 11))
    absent = planned(tmp_path, rows.loc[rows.start.dt.month.between(4, 10)], date(2025, 8, 11))
    pd.testing.assert_frame_equal(zeros.table, absent.table, rtol=1e-9)


@pytest.mark.parametrize("begins", ["2025-12-01", "2025-08-06"])
@pytest.mark.parametrize("strays", [(), ("2025-05-07 11:00",)])
def test_a_channel_that_began_has_no_level_before(tmp_path, begins, strays):
    """Zeros before the first contact, a test call among them, leave the forecast of a history that starts with it."""
    rows = made("2025-01-06", "2025-12-28")
    zeros = rows.assign(volume=rows.volume.where(rows.start >= begins, 0.0))
    zeros.loc[zeros.start.isin(pd.to_datetime(list(strays))), "volume"] = 1.0
    long, cut = (planned(tmp_path, each, date(2025, 12, 29)) for each in (zeros, rows.loc[rows.start >= begins]))
    pd.testing.assert_frame_equal(long.table, cut.table, rtol=1e-9)
    assert any(f"began on {begins}" in note for note in notes(long))


@pytest.mark.parametrize(("ended", "is_zero"), [("2025-12-14", True), ("2025-12-15", False), ("2025-10-01", True)])
def test_two_weeks_of_zeros_are_the_end_of_a_channel(tmp_path, ended, is_zero):
    """From 14 silent days on the forecast is zero; 13 are an outage, forecast as before. Both are told."""
    rows = made("2025-01-06", "2025-12-27")
    result = planned(tmp_path, rows.assign(volume=rows.volume.where(rows.start < ended, 0.0)), date(2025, 12, 29))
    volume = result.table.volume.sum()
    assert volume == 0 if is_zero else volume == pytest.approx(1260, rel=0.05)
    assert any(
        f"has had no contacts since {ended}" in note or "in the last eight weeks" in note for note in notes(result)
    )


def test_an_evening_given_up_and_an_evening_opened(tmp_path):
    """Zeros since ten weeks close an evening that was busy; an evening opened ten weeks ago has its full mean."""
    rows = made("2025-01-06", "2025-12-28", open_=(8, 20))
    late, change = rows.start.dt.hour >= 18, pd.Timestamp("2025-10-20")
    given_up = rows.assign(volume=rows.volume.where(~late | (rows.start < change), 0.0))
    opened = rows.assign(volume=rows.volume.where(~late | (rows.start >= change), 0.0))
    for history, truth in ((given_up, 0.0), (opened, 2 * 20 * sum(WEEK))):
        table = planned(tmp_path, history, date(2025, 12, 29)).table
        evening = table.loc[table.start.dt.hour.isin([18, 19]), "volume"].sum()
        assert evening == pytest.approx(truth, rel=0.1, abs=1e-9)
        assert table.volume.sum() - evening == pytest.approx(10 * 20 * sum(WEEK), rel=0.05)


@pytest.mark.parametrize("last", ["2026-02-01", "2026-06-28"])
def test_hours_never_watched_are_filled_and_listed(tmp_path, last):
    """Saturday afternoon left out of the history is filled from other days, and the note names its hours."""
    rows = made("2026-01-05", last)
    gone = (rows.start.dt.day_of_week == 5) & (rows.start.dt.hour >= 13)
    first = (pd.Timestamp(last) + pd.Timedelta(days=1)).date()
    result = planned(tmp_path, rows.loc[~gone], first, open_="08:00-18:00")
    table = result.table
    afternoon = table.loc[(table.start.dt.day_of_week == 5) & (table.start.dt.hour.between(13, 17)), "volume"]
    assert (afternoon > 5).all()
    assert ("channel phone: was never observed Sat 13:00-18:00; these hours are filled from similar ones") in notes(
        result
    )


@pytest.mark.parametrize(
    ("weeks", "due", "left"),
    [
        (7, 0.10, 0.10 / 1.7),
        (8, 0.13, 0.13 / 2.04),
        (8, 0.12, 0.0),
        (6, 1.15, 1.15 / 7.9),
        (6, 1.16, 0.0),
        (60, 0.115, 0.0),
    ],
)
def test_how_long_is_long_enough(weeks, due, left):
    """Of m contacts due in each of n weeks without one, m / (1 + n m) stay; none if n m > 6.9, or n > 7 and m <= 1/8."""
    values = np.tile([100.0 - due, due], (7 * weeks, 1))
    values[6::7] = [100.0, 0.0]
    grid = Grid(date(2026, 1, 5), np.array([540, 600]), values)
    found = shares(grid, values.sum(axis=1), MEMORIES[1])
    assert found[6, 1] == pytest.approx(left / (100 + left), rel=0.02)


def test_a_run_of_zeros_is_judged_together():
    """Twenty slots in a row without a contact in nine weeks, 0.3 due in each, are closed; one alone is bad luck."""
    values = np.full((63, 40), 0.3)
    afternoon, alone = values.copy(), values.copy()
    afternoon[5::7, 20:] = 0.0
    alone[5::7, 20] = 0.0
    for history, is_closed in ((afternoon, True), (alone, False)):
        grid = Grid(date(2026, 1, 5), np.arange(40) * 15, history)
        found = shares(grid, history.sum(axis=1), MEMORIES[1])
        assert bool(found[5, 20] == 0) is is_closed


def test_chance_is_counted_by_hand():
    """Of all ways to place busy days, the share that leaves the run empty."""
    for times, run, busy in ((6, 2, 2), (8, 4, 3), (7, 0, 3), (5, 4, 2)):
        ways = list(combinations(range(times), busy))
        free = sum(all(place >= run for place in way) for way in ways)
        assert float(chance_of_none(run, times, busy)) == pytest.approx(free / len(ways))


def test_changes_of_hours_by_hand():
    """Given up, opened, always so, one stray contact, and never: the row from which each column is as today."""
    weeks = np.arange(30)
    columns = np.array([weeks < 25, weeks >= 10, weeks >= 0, weeks == 20, weeks < 0, weeks < 27]).T * 9.0
    assert first_rows(columns).tolist() == [25, 10, 0, 0, 0, 0]


def test_batches_are_not_an_end():
    """A queue that has contacts on three days in ten may be silent for two weeks; a daily one may not."""
    rng = np.random.default_rng(3)
    batches = np.where(rng.random(300) < 0.3, 100.0, 0.0)
    batches[285], batches[286:] = 100.0, 0.0
    assert find_periods(batches, np.arange(300) % 7) == []
    daily = np.full(300, 100.0)
    daily[286:] = 0.0
    (spell,) = find_periods(daily, np.arange(300) % 7)
    assert (spell.first, spell.last) == (286, 299)


def test_hours_are_written_by_weekday():
    """Weekdays of the same hours stand together, whole days are all day."""
    hours = np.zeros((7, 48), dtype=bool)
    hours[:5, :16] = hours[:5, 36:] = True
    hours[[2, 6]] = True
    assert hours_of_week(spans_of(hours)) == "Mon-Tue, Thu-Fri 00:00-08:00, 18:00-24:00; Wed, Sun all day"
    assert hours_of_week(spans_of(np.zeros((7, 48), dtype=bool))) == ""
