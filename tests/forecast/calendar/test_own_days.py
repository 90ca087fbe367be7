"""Days with an effect of their own: next to holidays, at year's end, single days of the month."""

from datetime import date, timedelta

import holidays
import numpy as np
import pandas as pd
import pytest

from forecast.calendar.day_kinds import DayKinds
from forecast.calendar.marks import Calendar, Marks, no_events
from forecast.calendar.month_days import MonthDays
from forecast.calendar.near_days import NearDays, ordinary
from forecast.calendar.outstanding_days import NEIGHBOUR, YEAR_END, Proof, beyond_weekday, standing_out
from forecast.calendar.own_days import OwnDays
from forecast.calendar.public_holidays import Country
from forecast.channel import forecast_channel
from forecast.cleaning import cleaned
from forecast.data.grid import Grid

ENGLAND = holidays.country_holidays("GB", subdiv="ENG", years=range(2021, 2030))
WEEK = np.array([1.2, 1.1, 1.0, 1.0, 0.95, 0.6, 0.5])
DAY = timedelta(days=1)


def off(day: date) -> bool:
    """Whether nobody works in England on a day."""
    return day.weekday() >= 5 or day in ENGLAND


def year_end(day: date) -> float:
    """Half as much from 24 December to 2 January."""
    return 0.5 if (day.month, day.day) >= (12, 24) or (day.month, day.day) <= (1, 2) else 1.0


def after_a_holiday(day: date) -> float:
    """Three fifths more on the working day that follows a holiday at once."""
    return 1.6 if day - DAY in ENGLAND and not off(day) else 1.0


def pay_day(day: date) -> float:
    """Twice as much on the first of the month."""
    return 2.0 if day.day == 1 else 1.0


def last_working_day(day: date) -> float:
    """Three fifths more on the last working day of the month, found by walking on from it."""
    following = day + DAY
    while off(following):
        following += DAY
    return 1.6 if not off(day) and following.month != day.month else 1.0


def forecast(first, last, ahead, factor, *, level=400.0, fast=True, seed=5):
    """Forecast over truth of each day ahead, and whether it is ordinary, of a channel in England made of `factor`."""
    days = [date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + ahead + 1)]
    base = np.array([level * WEEK[day.weekday()] for day in days])
    special = np.array([(0.3 if day in ENGLAND else 1.0) * factor(day) for day in days])
    seen = len(days) - ahead
    values = np.random.default_rng(seed).poisson((base * special)[:seen, None] * [0.6, 0.4]).astype(float)
    marks = Calendar(no_events(), "GB", "ENG").effects("phone", first, len(days))
    grid = Grid(first, np.array([540, 600]), values)
    said = forecast_channel("phone", grid, ahead, marks, np.ones((7, 2), dtype=bool), fast=fast)
    ratio = said.mean.sum(axis=1) / (base * special)[seen:]
    return pd.Series(ratio, index=days[seen:]), special[seen:] == 1.0, said


@pytest.mark.parametrize("first", [date(2025, 6, 2), date(2025, 12, 1), date(2023, 1, 2)])
@pytest.mark.parametrize("fast", [True, False])
def test_a_quiet_year_end_does_not_lower_january(first, fast):
    """After the quiet days the next two weeks are forecast at their own level, from five weeks to three years."""
    ratio, usual, _ = forecast(first, date(2026, 1, 4), 14, year_end, fast=fast)
    assert ratio[usual].mean() == pytest.approx(1.0, abs=0.03)
    assert ratio[usual][:5].mean() == pytest.approx(1.0, abs=0.035)


def test_a_forecast_made_on_new_years_eve_sees_past_it():
    """With the quiet days still going on, the ordinary days of January are not taken to be quiet."""
    ratio, usual, _ = forecast(date(2025, 6, 2), date(2025, 12, 30), 21, year_end)
    assert ratio[usual].mean() == pytest.approx(1.0, abs=0.03)


def test_a_busy_day_after_a_holiday_is_learned_and_raises_no_other_tuesday():
    """The Tuesday after a Monday off is forecast busy; the Tuesdays after it are not."""
    ratio, usual, said = forecast(date(2024, 1, 1), date(2026, 4, 30), 28, after_a_holiday)
    tuesdays = [day for day, one in zip(ratio.index, usual, strict=True) if day.weekday() == 1 and one]
    assert ratio[tuesdays].mean() == pytest.approx(1.0, abs=0.03)
    assert ratio[date(2026, 5, 5)] == pytest.approx(1.0, abs=0.1)
    effects = {effect.name: effect.size for effect in said.explanation.events}
    assert effects["day after a public holiday"] == pytest.approx(0.6, abs=0.1)


def test_a_pay_day_is_learned():
    """Twice as much on the first of every month is forecast on the next first."""
    ratio, usual, said = forecast(date(2024, 1, 1), date(2026, 1, 18), 28, pay_day)
    assert ratio[date(2026, 2, 1)] == pytest.approx(1.0, abs=0.08)
    assert ratio[usual].mean() == pytest.approx(1.0, abs=0.03)
    effects = {effect.name: (effect.size, effect.days) for effect in said.explanation.events}
    size, days = effects["day 1 of the month"]
    assert size == pytest.approx(1.0, abs=0.15)
    assert days == 25


@pytest.mark.parametrize("last", [date(2026, 1, 18), date(2025, 8, 17)])
def test_the_last_working_day_is_learned(last):
    """It is found where the month ends on a weekend and where it does not."""
    ratio, usual, _ = forecast(date(2024, 1, 1), last, 28, last_working_day)
    busy = [day for day in ratio.index if last_working_day(day) > 1]
    assert busy == [date(2026, 1, 30) if last.year == 2026 else date(2025, 8, 29)]
    assert ratio[busy[0]] == pytest.approx(1.0, abs=0.08)
    assert ratio[usual].mean() == pytest.approx(1.0, abs=0.03)


@pytest.mark.parametrize("spread", [0.02, 0.1, 0.4, 1.0])
def test_without_such_days_nothing_is_learned(spread):
    """Of forty histories with noise alone at most one is given a day of the month, whatever the noise."""
    kinds = DayKinds.of(Country("GB", "ENG"), date(2024, 1, 1), 600)
    own = OwnDays.of(date(2024, 1, 1), np.zeros((600, 0)), kinds)
    rng = np.random.default_rng(8)
    weekday = np.tile(WEEK, 86)[:600]
    found = [own.learned(400 * weekday * np.exp(rng.normal(0, spread, 600))) for _ in range(40)]
    assert sum(bool(one.month) for one in found) <= 1


def test_a_day_must_stand_out_nearly_every_month():
    """At seven months of ten an effect counts, at six it does not; nor with one month too few."""
    columns = np.zeros((300, 1))
    columns[::30] = 1
    rest = np.tile([0.01, -0.01], 150)
    for busy, expected in ((7, (0,)), (6, ())):
        marked = rest.copy()
        marked[: 30 * busy : 30] = 0.5
        assert standing_out(marked, columns, Proof(10, 4.5)) == expected
    assert standing_out(np.where(columns[:, 0] > 0, 0.5, rest), columns, Proof(11, 4.5)) == ()


def test_a_pay_day_off_work_is_found_on_the_day_it_moves_to():
    """Of the 25th, the 25th or the working day before, and the last days, the one that made the history is taken."""
    kinds = DayKinds.of(Country("GB", "ENG"), date(2024, 1, 1), 700)
    own = OwnDays.of(date(2024, 1, 1), np.zeros((700, 0)), kinds)
    days = [date(2024, 1, 1) + i * DAY for i in range(700)]
    paid = set()
    for day in days:
        if day.day == 25:
            while off(day):
                day -= DAY  # noqa: PLW2901 - walks back to a working day
            paid.add(day)
    totals = np.array([400 * WEEK[day.weekday()] * (1.5 if day in paid else 1.0) for day in days])
    totals *= np.exp(np.random.default_rng(2).normal(0, 0.05, 700))
    names = [own.month_days.names[i] for i in own.learned(totals).month]
    assert names[:1] == ["day 25 or the working day before"]


def test_working_days_of_the_month_by_walking():
    """First and last working days agree with walking through the calendar, at the edges of the days too."""
    first, count = date(2026, 1, 15), 200
    months = MonthDays.of(DayKinds.of(Country("GB", "ENG"), first, count))
    days = [first + i * DAY for i in range(count)]
    column = dict(zip(months.names, months.columns.T, strict=True))
    last = [last_working_day(day) > 1 for day in days]
    np.testing.assert_array_equal(column["last working day of the month"], last)
    second = []
    for day in days:
        before = [d for d in (day.replace(day=1) + i * DAY for i in range(day.day - 1)) if not off(d)]
        second.append(not off(day) and len(before) == 1)
    np.testing.assert_array_equal(column["second working day of the month"], second)


def test_days_next_to_holidays_by_hand():
    """Easter 2026: Thursday before, Tuesday after, the weekend between; Friday before a Monday off; a bridge in May."""
    first = date(2026, 3, 30)
    near = NearDays.of(DayKinds.of(Country("GB", "ENG"), first, 12))
    found = {name: np.flatnonzero(column).tolist() for name, column in zip(near.names, near.columns.T, strict=True)}
    assert found["day before a public holiday"] == [3]
    assert found["day after a public holiday"] == [8]
    assert found["weekend next to a public holiday"] == [5, 6]
    assert found["bridge day"] == found["working day before a long weekend"] == []
    # Monday 4 May 2026 is off: Friday 1 May comes before the long weekend, the first of the days is its Monday.
    near = NearDays.of(DayKinds.of(Country("GB", "ENG"), date(2026, 4, 27), 14))
    found = {name: np.flatnonzero(column).tolist() for name, column in zip(near.names, near.columns.T, strict=True)}
    assert (found["working day before a long weekend"], found["day after a public holiday"]) == ([4], [8])
    # Ascension 2026 is Thursday 14 May: in Germany Friday lies between it and the weekend.
    near = NearDays.of(DayKinds.of(Country("DE"), date(2026, 5, 11), 7))
    found = {name: np.flatnonzero(column).tolist() for name, column in zip(near.names, near.columns.T, strict=True)}
    assert (found["day before a public holiday"], found["bridge day"]) == ([2], [4])


def test_the_end_of_the_horizon_knows_what_follows():
    """The Thursday before Good Friday is known for it when it is the last day of all."""
    near = NearDays.of(DayKinds.of(Country("GB", "ENG"), date(2026, 3, 30), 4))
    assert near.columns[3, near.names.index("day before a public holiday")] == 1


def test_a_day_is_compared_with_its_weekday_by_hand():
    """A Monday of 200 among Mondays of 100 is log 2 beyond them; with one Monday to compare it is unknown."""
    totals = np.where(np.arange(28) == 14, 200.0, 100.0)
    rest = beyond_weekday(totals, np.ones(28, dtype=bool))
    assert rest[14] == pytest.approx(np.log(2))
    assert rest[7] == 0
    usual = np.ones(28, dtype=bool)
    usual[[0, 7]] = False
    assert np.isnan(beyond_weekday(totals, usual)[14])


def test_a_weekday_known_from_odd_days_only_keeps_them():
    """Two ordinary Mondays are too few, three are enough, to leave an odd one out."""
    weekday = np.zeros(4, dtype=np.int64)
    totals = np.array([10.0, 11.0, 12.0, 5.0])
    assert np.isnan(ordinary(totals, np.array([True, True, True, False]), weekday)[3])
    np.testing.assert_array_equal(ordinary(totals, np.array([True, True, False, False]), weekday), totals)


def test_odd_days_near_holidays_of_the_last_weeks_are_told():
    """The quiet days are told as one with dates and size, those of the year before are not, and none is an outlier."""
    first, count = date(2024, 6, 3), 587
    days = [first + i * DAY for i in range(count)]
    mean = np.array([400 * WEEK[day.weekday()] * (0.3 if day in ENGLAND else 1.0) * year_end(day) for day in days])
    values = np.random.default_rng(3).poisson(mean).astype(float)[:, None]
    marks = Calendar(no_events(), "GB", "ENG").effects("phone", first, count)
    _, findings = cleaned("phone", Grid(first, np.array([540]), values), marks)
    assert [(one.kind, one.first, one.last) for one in findings] == [("near", date(2025, 12, 24), date(2026, 1, 2))]
    assert findings[0].size == pytest.approx(-0.5, abs=0.06)
    assert findings[0].sentence == (
        f"2025-12-24 to 2026-01-02 is next to a public holiday or at year's end ({findings[0].size:+.0%}); "
        "it does not change the forecast of ordinary days (history.cleaning decides)"
    )


def test_two_holidays_on_one_day_count_as_one():
    """Holidays at a fifth of an ordinary day, two of them on one day for the first time, are forecast at a fifth."""
    first, count, ahead = date(2024, 1, 1), 730, 7
    rng = np.random.default_rng(4)
    columns = np.zeros((count + ahead, 9))
    for j in range(8):
        columns[[20 + 40 * j, 385 + 40 * j], 1 + j] = 1
    columns[count + 2, [1, 2]] = 0.5  # as Calendar.effects marks two holidays of a day
    columns[:, 0] = columns[:, 1:].any(axis=1)
    marks = Marks(("any public holiday", *(f"holiday {j}" for j in range(8))), columns, (True,) + (False,) * 8)
    mean = 400 * np.where(columns[:count, 0] > 0, 0.2, 1.0)
    grid = Grid(first, np.array([540]), rng.poisson(mean).astype(float)[:, None])
    said = forecast_channel("phone", grid, ahead, marks, np.ones((7, 1), dtype=bool), fast=True)
    assert said.mean[2, 0] == pytest.approx(80, rel=0.1)


def test_neighbours_need_more_proof_than_year_end():
    """One odd day after a holiday is no habit; one odd Christmas Eve may be."""
    assert (NEIGHBOUR.days, YEAR_END.days) == (5, 1)
