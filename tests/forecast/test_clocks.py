"""Clocks that differ: customers in another zone, hours counted by another clock, days of an aware column."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from configs.errors import DataError
from configs.horizon import Horizon
from configs.loader import build
from forecast import forecast_week, predict, read_calendar, read_history
from forecast.data.divided import division
from forecast.data.gaps import open_intervals
from forecast.intraday.today import today

from .test_week import BASE

LONDON, WEST = "Europe/London", "America/Los_Angeles"
OFFICE = {"mon-fri": "09:00-17:00"}


def config_of(folder, rows: pd.DataFrame, timezone=LONDON, interval="1h", phone=None, **changes):
    """A plan of one channel with the rows as its history."""
    rows.to_csv(folder / "history.csv", index=False)
    plan = {"name": "test", "timezone": timezone, "interval": interval}
    channel = {"kind": "synchronous", "aht": "5min", **(phone or {})}
    raw = {**BASE, "plan": plan, "channels": {"phone": channel}, "forecast": {"fast": True}, **changes}
    return build(raw, "test.toml", folder)


def counted(zone: str, first: str, last: str, volume, freq="1h") -> pd.DataFrame:
    """A row for every interval of UTC; `volume` is a function of the local times of `zone`, NaN is no row."""
    start = pd.date_range(first, last, freq=freq, tz="UTC", inclusive="left")
    values = volume(start.tz_convert(zone))
    kept = np.isfinite(values)
    stamps = [moment.isoformat() for moment in start[kept]]
    return pd.DataFrame({"channel": "phone", "start": stamps, "volume": values[kept]})


def office(local: pd.DatetimeIndex) -> np.ndarray:
    """Thirty contacts an hour from nine to five on weekdays; nothing is observed otherwise."""
    return np.where((local.hour >= 9) & (local.hour < 17) & (local.day_of_week < 5), 30.0, np.nan)


def planned(config, monday: date) -> pd.DataFrame:
    """The forecast of a week, with the times of the customers."""
    horizon = Horizon(monday, 7, config.plan.interval_s // 60, config.plan.timezone)
    table = forecast_week(config, read_history(config), read_calendar(config), horizon).table
    zone = config.timezone_of("phone")
    return table.assign(here=table.start.dt.tz_convert(config.plan.timezone), there=table.start.dt.tz_convert(zone))


# --- customers in another zone --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("site", "customers", "monday", "clock"),
    [
        (LONDON, WEST, date(2026, 3, 9), 16),  # America has changed its clock, Europe not yet
        (LONDON, WEST, date(2026, 10, 26), 16),  # Europe has changed back, America not yet
        (LONDON, WEST, date(2026, 2, 23), 17),
        ("America/New_York", "Europe/Berlin", date(2026, 3, 16), 4),
        ("Europe/Berlin", "Australia/Sydney", date(2026, 3, 30), 0),  # between the changes of the two
    ],
)
def test_customers_elsewhere_call_by_their_own_clock(tmp_path, site, customers, monday, clock):
    """Thirty an hour from nine to five of their own clock, whatever it is off the site's in that week."""
    begin = pd.Timestamp(monday) - pd.Timedelta(weeks=30)
    rows = counted(customers, f"{begin:%Y-%m-%d}", f"{monday}", office)
    config = config_of(tmp_path, rows, site, phone={"timezone": customers, "open": OFFICE})
    table = planned(config, monday)
    busy = table[table.volume > 0]
    assert busy[busy.there.dt.day_of_week == 1].here.dt.hour.iloc[0] == clock
    assert set(busy.there.dt.hour) == set(range(9, 17))
    assert len(busy) == 40
    assert np.allclose(busy.volume, 30, rtol=0.01)


def test_a_day_of_the_site_in_which_customers_have_parts_of_two(tmp_path):
    """Sunday afternoon in the west is Monday morning in London: Sundays stay quieter than Mondays there."""

    def by_day(local):
        return np.where(local.day_of_week == 6, 10.0, 40.0)

    config = config_of(tmp_path, counted(WEST, "2026-01-05", "2026-06-01", by_day), phone={"timezone": WEST})
    table = planned(config, date(2026, 6, 1))
    assert np.allclose(table.volume, np.where(table.there.dt.day_of_week == 6, 10, 40), rtol=0.02)
    assert (table.here.dt.strftime("%a %H")[table.there.dt.day_of_week == 6]).iloc[0] == "Mon 00"


def test_holidays_are_days_of_the_customers(tmp_path):
    """New Year's Day in Los Angeles lasts until 08:00 of 2 January in London."""
    rows = counted(WEST, "2026-09-01", "2026-12-28", lambda local: np.full(len(local), 20.0))
    phone = {"timezone": WEST, "closed_on_holidays": True}
    config = config_of(tmp_path, rows, phone=phone, calendar={"country": "US"})
    horizon = Horizon(date(2026, 12, 28), 7, 60, LONDON)
    is_open = open_intervals(config, "phone", read_calendar(config), horizon)
    closed = horizon.local[~is_open]
    assert (closed[0], closed[-1]) == (pd.Timestamp("2027-01-01 08:00Z"), pd.Timestamp("2027-01-02 07:00Z"))
    assert (planned(config, date(2026, 12, 28)).volume.to_numpy()[~is_open] == 0).all()


def test_hours_absent_are_counted_on_the_customers_clock(tmp_path):
    """A channel open nine to five in Los Angeles lacks nothing, though its weekday ends on Saturday in London."""
    rows = counted(WEST, "2026-01-05", "2026-06-01", office)
    own = read_history(config_of(tmp_path, rows, phone={"timezone": WEST, "open": OFFICE}))
    assert not own.notes
    site = read_history(config_of(tmp_path, rows, phone={"open": {"mon-fri": "17:00-01:00"}}))
    assert any("came outside the opening hours" in note.sentence for note in site.notes)


def test_customers_half_an_hour_off_are_planned_in_hours(tmp_path):
    """Hours of London begin at half past in Kolkata: what comes between nine and five there is all planned."""

    def half_hours(local):
        minute = local.hour * 60 + local.minute
        return np.where((minute >= 540) & (minute < 1020), 15.0, 0.0)

    halves = counted("Asia/Kolkata", "2026-06-01", "2026-11-30", half_hours, "30min")
    hours = halves.assign(start=pd.to_datetime(halves.start).dt.floor("1h").map(lambda moment: moment.isoformat()))
    hours = hours.groupby(["channel", "start"], as_index=False).volume.sum()
    config = config_of(tmp_path, hours, phone={"timezone": "Asia/Kolkata", "open": "09:00-17:00"})
    table = planned(config, date(2026, 11, 30))
    assert table.volume.sum() == pytest.approx(7 * 240, rel=0.01)
    tuesday = table[(table.there.dt.day == 1) & (table.volume > 0)]
    assert [f"{moment:%H:%M}" for moment in tuesday.there] == [f"{hour:02d}:30" for hour in range(8, 17)]
    assert np.allclose(tuesday.volume, [15, *[30] * 7, 15], rtol=0.02)


def test_the_rest_of_today_is_forecast_for_customers_elsewhere(tmp_path):
    """The plan's day holds the last hour of the customers' Tuesday and seven of their Wednesday; two have come."""
    rows = counted(WEST, "2026-01-05", "2026-06-03", office)
    config = config_of(tmp_path, rows, phone={"timezone": WEST, "open": OFFICE})
    day = Horizon(date(2026, 6, 3), 1, 60, LONDON)
    forecast = planned(config, date(2026, 6, 1))
    start = pd.date_range("2026-06-03 16:00Z", "2026-06-03 17:00Z", freq="1h")
    came = pd.DataFrame({"channel": "phone", "start": start, "volume": 60.0})
    told = today(config, read_history(config), read_calendar(config), forecast, came)
    volume = told.table.volume.to_numpy()
    assert np.flatnonzero(volume).tolist() == [0, *range(day.index(start[0]), 24)]
    assert np.isfinite(volume).all()
    assert (told.channels[0].came, round(told.channels[0].said)) == (120, 60)


# --- hours counted by another clock ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "interval", "part"),
    [
        ("Asia/Kolkata", "1h", "30 min"),
        ("Asia/Kolkata", "30min", "30 min"),
        ("Asia/Kathmandu", "1h", "15 min"),
        ("Asia/Kathmandu", "15min", "15 min"),
        ("Australia/Adelaide", "30min", "30 min"),
        ("Australia/Lord_Howe", "1h", "30 min"),  # half an hour off in winter only
        ("America/St_Johns", "1h", "30 min"),
    ],
)
def test_hours_of_utc_are_divided_over_local_intervals(tmp_path, zone, interval, part):
    """The slow way: every contact is put on its minute, minutes are counted by local interval. No contact is lost."""
    rng = np.random.default_rng(7)
    rows = counted(zone, "2026-02-02", "2026-06-01", lambda local: rng.poisson(40, len(local)).astype(float))
    rows = rows.assign(aht_s=np.where(np.arange(len(rows)) % 2, 200, 400))
    history = read_history(config_of(tmp_path, rows, zone, interval))
    table = history.table
    assert table.volume.sum() == rows.volume.sum()
    (note,) = [note for note in history.notes if "begin" in note.sentence]
    assert (
        f"off the clock of {zone}; the contacts of each were divided evenly over its parts of {part}" in note.sentence
    )
    minutes = pd.date_range("2026-02-02", "2026-06-01", freq="min", tz="UTC", inclusive="left")
    begin = minutes.tz_convert(zone).tz_localize(None)
    clock = begin.floor(interval)
    moment = minutes - (begin - clock)
    expected = pd.Series(np.repeat(rows.volume.to_numpy() / 60, 60), index=moment).groupby(level=0).sum()
    off = ~np.isclose(table.volume, expected.reindex(table.start), atol=1e-9)
    changed = ["2026-04-05"] if zone == "Australia/Lord_Howe" else []  # an hour of ninety minutes
    assert sorted(set(table.start[off].dt.tz_convert(zone).dt.strftime("%Y-%m-%d"))) == changed
    work = (rows.volume * rows.aht_s).sum()
    assert (table.volume * table.aht_s.fillna(0)).sum() == pytest.approx(work)


def test_contacts_of_an_hour_that_is_open_in_part_came_while_it_was(tmp_path):
    """Open from eight to six in India: the hour from 07:30 belongs to eight o'clock, that from 17:30 to half past five."""
    inside = lambda local: np.where((local.hour >= 7) & (local.hour < 18), 40.0, np.nan)  # noqa: E731
    rows = counted("Asia/Kolkata", "2026-09-01", "2026-11-30", inside)
    history = read_history(config_of(tmp_path, rows, "Asia/Kolkata", "30min", {"open": "08:00-18:00"}))
    day = history.table[history.table.start.dt.tz_convert("Asia/Kolkata").dt.date == date(2026, 11, 2)]
    by_clock = dict(zip(day.start.dt.tz_convert("Asia/Kolkata").dt.strftime("%H:%M"), day.volume, strict=True))
    assert (by_clock["07:30"], by_clock["08:00"], by_clock["08:30"], by_clock["17:30"]) == (0, 40, 20, 40)
    assert history.table.volume.sum() == rows.volume.sum()
    assert not any("outside the opening hours" in note.sentence for note in history.notes)


def test_a_plan_finer_than_the_part_names_one_way_out(tmp_path):
    """A quarter of an hour cannot be had from hours half an hour off; the interval named can."""
    rows = counted("Asia/Kolkata", "2026-09-01", "2026-11-30", lambda local: np.full(len(local), 40.0))
    with pytest.raises(DataError) as caught:
        read_history(config_of(tmp_path, rows, "Asia/Kolkata", "15min"))
    assert 'a history cannot be split further; set plan.interval = "1h"' in str(caught.value)
    assert len(read_history(config_of(tmp_path, rows, "Asia/Kolkata", "1h")).table)


def test_rows_off_every_clock_are_refused_still(tmp_path):
    """One row at seven past, or rows by the hour of which one begins at half past, are faults of the file."""
    rows = counted(LONDON, "2026-01-05", "2026-02-02", lambda local: np.full(len(local), 40.0))
    for clock in ("07", "30"):
        wrong = rows.assign(start=rows.start.where(rows.index != 5, rows.start.str.replace(":00:00", f":{clock}:00")))
        with pytest.raises(DataError, match=f"05:{clock}:00 is not on the grid of 1h; 1 of 672 rows are"):
            read_history(config_of(tmp_path, wrong))


def test_a_clock_that_fits_needs_no_division():
    """Hours of UTC in London, half hours of UTC in India, days anywhere."""
    hours = pd.Series(pd.date_range("2026-01-05", periods=3000, freq="h", tz="UTC"))
    assert division(hours, LONDON) is None
    assert division(pd.Series(pd.date_range("2026-01-05", periods=99, freq="30min", tz="UTC")), "Asia/Kolkata") is None
    assert division(pd.Series(pd.date_range("2026-01-05", periods=99, freq="D", tz="UTC")), "Asia/Kolkata") is None
    assert division(hours, "Asia/Kolkata").late_min == (30,)


# --- the zone of an aware column ------------------------------------------------------------------------------------


def aware(zone: str, days: int = 140, first: str = "2026-02-02") -> pd.DataFrame:
    """Nights of ten contacts, days of a hundred, weekends of half, on the clock of a zone."""
    begin = pd.Timestamp(first, tz=zone)
    start = pd.Series(pd.date_range(begin, begin + pd.Timedelta(days=days), freq="h", inclusive="left"))
    busy = (start.dt.hour >= 8) & (start.dt.hour < 20)
    return pd.DataFrame(
        {"start": start, "volume": np.where(busy, 100.0, 10.0) * np.where(start.dt.day_of_week < 5, 1, 0.5)}
    )


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo", LONDON])
def test_days_are_those_of_the_column(zone):
    """Without a word about zones the answer is that for the zone named, and right to the hour of the clock."""
    rows = aware(zone)
    table = predict(rows, days=7, fast=True)
    assert str(table.start.dt.tz) == zone
    pd.testing.assert_frame_equal(table, predict(rows, days=7, fast=True, timezone=zone))
    utc = rows.assign(start=rows.start.dt.tz_convert("UTC"))
    pd.testing.assert_frame_equal(table, predict(utc, days=7, fast=True, timezone=zone))
    assert set(table[table.volume > 30].start.dt.hour) == set(range(8, 20))


def test_timezone_overrides_the_column():
    """Hours of UTC with the days of Tokyo named: the busy hours are found again, moments are Tokyo's."""
    rows = aware("Asia/Tokyo")
    table = predict(rows.assign(start=rows.start.dt.tz_convert("UTC")), days=2, fast=True, timezone="Asia/Tokyo")
    assert str(table.start.dt.tz) == "Asia/Tokyo"
    assert set(table[table.volume > 30].start.dt.hour) == set(range(8, 20))
    assert str(predict(rows.assign(start=rows.start.dt.tz_convert("UTC")), days=1, fast=True).start.dt.tz) == "UTC"


def test_texts_with_offsets():
    """One offset throughout is a zone; two of them need the name of the zone, and are said to."""
    rows = aware(LONDON)
    texts = rows.assign(start=rows.start.map(lambda moment: moment.isoformat()))
    with pytest.raises(DataError) as caught:
        predict(texts, days=7)
    words = 'history: start has several UTC offsets; give the local zone, such as timezone="Europe/London"'
    assert str(caught.value) == words
    pd.testing.assert_frame_equal(
        predict(texts, days=7, fast=True, timezone=LONDON), predict(rows, days=7, fast=True), check_exact=True
    )
    winter = texts.iloc[:1000]
    assert predict(winter, days=1, fast=True).start.iloc[0].utcoffset() == pd.Timedelta(0)
    with pytest.raises(DataError, match="start cannot be read as times"):
        predict(texts.assign(start=["2026-02-02 00:00", *texts.start[1:]]), days=7, timezone=LONDON)


def test_an_hour_shown_twice_has_two_rows_and_a_skipped_midnight_keeps_its_day():
    """A week of 25 October in London has 169 hours; 6 September 2026 begins at one o'clock in Santiago."""
    rows = aware(LONDON, first="2026-06-01", days=140)
    table = predict(rows, days=7, fast=True)
    assert len(table) == 169
    assert (table.start.diff().dropna() == pd.Timedelta(hours=1)).all()
    daily = pd.date_range("2026-03-01", "2026-09-04", freq="D", tz="America/Santiago")
    days = predict(pd.DataFrame({"start": daily, "volume": 50.0}), days=4, fast=True)
    assert [f"{moment:%m-%d %H}" for moment in days.start] == ["09-05 00", "09-06 01", "09-07 00", "09-08 00"]


def test_hours_of_utc_keep_their_half_past_in_india():
    """Rows are not moved: each begins where it was counted, on the hour of UTC."""
    rows = aware("UTC")
    table = predict(rows, days=2, fast=True, timezone="Asia/Kolkata")
    assert set(table.start.dt.minute) == {30}
    assert set(table[table.volume > 30].start.dt.tz_convert("UTC").dt.hour) == set(range(8, 20))


def test_an_island_that_changes_its_clock_by_half_an_hour():
    """Hours of UTC are divided between two local hours in winter; the peak stays where it is on the clock."""
    start = pd.Series(pd.date_range("2026-01-05", "2026-07-20", freq="h", tz="UTC", inclusive="left"))
    local = start.dt.tz_convert("Australia/Lord_Howe")
    middle = (local.dt.hour + (local.dt.minute + 30) / 60) % 24
    rows = pd.DataFrame({"start": start, "volume": 20 + 80 * np.maximum(0, 1 - np.abs(middle - 12.5) / 4)})
    table = predict(rows, days=3, fast=True, timezone="Australia/Lord_Howe")
    assert set(table.start.dt.minute) == {0}
    assert (table.groupby(table.start.dt.date).volume.idxmax().map(table.start.dt.hour) == 12).all()
    by_hour = table.groupby(table.start.dt.hour).volume.mean()
    assert by_hour[11] == pytest.approx(by_hour[13], rel=0.03)


@pytest.mark.parametrize("last", ["2026-11-01", "2026-11-02"])
def test_the_day_after_the_last_row_is_forecast_on_the_island(last):
    """The last hour of UTC reaches past midnight there; the forecast begins at that midnight all the same."""
    start = pd.date_range("2026-07-26 13:30", f"{last} 12:30", freq="h", tz="UTC").tz_convert("Australia/Lord_Howe")
    assert f"{start[-1]:%F %H:%M}" == f"{last} 23:30"
    table = predict(pd.DataFrame({"start": start, "volume": 10.0}), days=2, fast=True)
    assert table.start.iloc[0] == (pd.Timestamp(last) + pd.Timedelta(days=1)).tz_localize("Australia/Lord_Howe")
    assert len(table) == 48
    assert table.volume.to_numpy() == pytest.approx(10, rel=0.01)


@pytest.mark.parametrize("missing", ["unknown", "zero"])
def test_hours_of_the_island_lack_nothing_after_its_clock_change(tmp_path, missing):
    """Half hours added up to hours, from winter into summer: no interval is absent, none is filled."""
    zone = "Australia/Lord_Howe"

    def day(local):
        return np.where((local.hour >= 8) & (local.hour < 18), 15.0, np.nan)

    rows = counted(zone, "2026-07-26 13:30", "2026-11-29 13:00", day, "30min")
    phone, history = {"open": "08:00-18:00"}, {"path": "history.csv", "missing": missing}
    config = config_of(tmp_path, rows, timezone=zone, phone=phone, history=history)
    history = read_history(config)
    assert [note.sentence for note in history.notes] == ['channel "phone": intervals of 30 min were added up to 1 h']
    assert len(history.table) == len(rows) / 2
    horizon = Horizon(date(2026, 11, 30), 7, 60, zone)
    forecast = forecast_week(config, history, read_calendar(config), horizon)
    assert forecast.table.volume.sum() == pytest.approx(7 * 10 * 30, rel=0.01)
    assert not any("never observed" in note.sentence for note in forecast.notes)


def test_hours_absent_on_the_island_are_counted(tmp_path):
    """Two days lost, one in winter and one in summer: twenty of its hours, no more and no less."""
    zone = "Australia/Lord_Howe"

    def day(local):
        lost = np.isin(local.strftime("%m-%d"), ["08-03", "10-20"])
        return np.where((local.hour >= 8) & (local.hour < 18) & ~lost, 15.0, np.nan)

    rows = counted(zone, "2026-07-26 13:30", "2026-11-29 13:00", day, "30min")
    config = config_of(tmp_path, rows, timezone=zone, phone={"open": "08:00-18:00"})
    (note,) = [note.sentence for note in read_history(config).notes if "absent" in note.sentence]
    assert "20 open intervals" in note
    assert note.endswith("whole days 2026-08-03 and 2026-10-20")
