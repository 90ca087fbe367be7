"""Handle times are read as what the planner states; where they do not look like it, the program asks."""

import re

import numpy as np
import pandas as pd
import pytest

from configs.errors import ConfigError, DataError
from forecast import predict, read_history
from forecast.data.handle_check import LEAST_CONTACTS, ORDINARY_S
from forecast.data.rise import share_that_rises

from .test_week import config_of

MEAN_S = 300.0
OPEN = "08:00-18:00"
CONCURRENT = {"kind": "concurrent", "slots": 1, "touch": "30s", "think": "30s", "touches": 5, "open": OPEN}
DEFERRABLE = {"kind": "deferrable", "target": {"within": "8h"}, "open": OPEN}
KINDS = {"synchronous": {"kind": "synchronous", "open": OPEN}, "concurrent": CONCURRENT, "deferrable": DEFERRABLE}


def contacts(seed=1, weeks=6, per_hour=12.0, mean_s=MEAN_S, cv=1.0, load=0.0, by_hour=0.0) -> pd.DataFrame:
    """Single contacts drawn: per hour how many, and how long all of them took.

    Handle times are lognormal; `load` is the power of the hour's busyness by which they grow, `by_hour` that of the
    usual profile of the day.
    """
    rng = np.random.default_rng(seed)
    start = pd.date_range("2026-03-02", periods=weeks * 168, freq="h")
    start = start[(start.hour >= 8) & (start.hour < 18)]
    profile = 1 - 0.8 * np.cos((start.hour - 8) / 10 * 2 * np.pi)
    weekday = np.where(start.day_of_week < 5, 1.0, 0.3)
    busy = rng.lognormal(0, 0.3, len(start))
    count = rng.poisson(per_hour * profile * weekday * busy)
    mean = mean_s * busy**load * (profile * weekday) ** by_hour
    sigma = np.sqrt(np.log(1 + cv**2))
    total = [rng.lognormal(np.log(m) - sigma**2 / 2, sigma, n).sum() for m, n in zip(mean, count, strict=True)]
    return pd.DataFrame({"start": start, "volume": count, "total_s": total})


def column(drawn: pd.DataFrame, unit: str, is_: str) -> pd.Series:
    value = drawn.total_s if is_ == "total" else drawn.total_s / drawn.volume.where(drawn.volume > 0)
    return value / {"s": 1.0, "ms": 0.001, "min": 60.0}[unit]


def history(folder, drawn: pd.DataFrame, values: pd.Series, kind="synchronous", **settings):
    table = pd.DataFrame({"channel": "x", "start": drawn.start, "volume": drawn.volume, "aht_s": values})
    text = table.to_csv(index=False, date_format="%Y-%m-%dT%H:%MZ")
    config = config_of(folder, text, history={"path": "history.csv", **settings}, channels={"x": KINDS[kind]})
    return read_history(config)


def mean_of(table: pd.DataFrame) -> float:
    known = table.loc[table.aht_s.notna() & (table.volume > 0)]
    return float(np.average(known.aht_s, weights=known.volume))


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("is_", ["mean", "total"])
@pytest.mark.parametrize("unit", ["s", "ms", "min"])
def test_every_reading_but_mean_seconds_is_asked_and_can_be_stated(tmp_path, unit, is_, kind):
    """Unstated it is refused and the right reading offered; stated it gives the mean of the contacts drawn."""
    drawn = contacts()
    right = drawn.total_s.sum() / drawn.volume.sum()
    values = column(drawn, unit, is_)
    if (unit, is_) != ("s", "mean"):
        with pytest.raises(DataError) as caught:
            history(tmp_path, drawn, values, kind)
        assert f'history.aht = {{ unit = "{unit}", is = "{is_}" }}' in str(caught.value)
    stated = history(tmp_path, drawn, values, kind, aht={"unit": unit, "is": is_})
    assert mean_of(stated.table) == pytest.approx(right, rel=1e-9)
    assert not [note for note in stated.notes if "handle times" in note.sentence]


def test_both_readings_are_shown(tmp_path):
    """The sentence names column, band, both readings with their size and the setting of each."""
    drawn = contacts(cv=0.01)
    with pytest.raises(DataError) as caught:
        history(tmp_path, drawn, 0 * drawn.total_s + 250_000.0)
    assert str(caught.value) == (
        'history.csv: channel "x": handle times (aht_s) are out of the ordinary for a synchronous channel (30s to 1h); '
        'read as seconds: 250,000 s (69.4 h) a contact, history.aht = { unit = "s", is = "mean" }; '
        'read as milliseconds: 250 s a contact, history.aht = { unit = "ms", is = "mean" }; state the right one'
    )


def test_totals_in_an_ordinary_range_are_seen_by_their_rise(tmp_path):
    """Few contacts an hour: totals of ten minutes would be ordinary means, but they rise with the contacts."""
    drawn = contacts(per_hour=2.0, weeks=10)
    with pytest.raises(DataError) as caught:
        history(tmp_path, drawn, column(drawn, "s", "total"))
    words = str(caught.value)
    assert "handle times (aht_s) rise with the contacts, as totals do; read as seconds: " in words
    assert words.endswith('history.aht = { unit = "s", is = "total" }; state the right one')


@pytest.mark.parametrize(
    "shape",
    [{}, {"load": 0.4}, {"by_hour": 0.9}, {"per_hour": 0.6}, {"cv": 2.5}, {"weeks": 1}, {"weeks": 2, "by_hour": 0.5}],
)
def test_honest_means_are_not_asked_about(tmp_path, shape):
    """Means that grow with load, differ with the hour as volumes do, are few or vary widely pass without a word."""
    for seed in range(4):
        drawn = contacts(seed, **shape)
        notes = history(tmp_path, drawn, column(drawn, "s", "mean")).notes
        assert not [note for note in notes if "handle times" in note.sentence]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_band_holds_at_its_ends(tmp_path, kind):
    """The shortest and the longest ordinary handle time pass; a hundredth beyond is asked."""
    drawn = contacts(weeks=2)
    for end, beyond in zip(ORDINARY_S[kind], (0.99, 1.01), strict=True):
        history(tmp_path, drawn, 0 * drawn.total_s + end, kind)
        with pytest.raises(DataError, match="out of the ordinary"):
            history(tmp_path, drawn, 0 * drawn.total_s + end * beyond, kind)


def test_no_handle_time_is_ordinary_in_seconds_and_in_milliseconds():
    """Every band ends before a thousand times its beginning."""
    assert all(high < 1000 * low for low, high in ORDINARY_S.values())


def test_what_is_stated_is_believed_and_noted(tmp_path):
    """Calls of ten hours pass when both unit and kind are stated, with a note; one of the two is not enough."""
    drawn = contacts(weeks=2)
    values = 0 * drawn.total_s + 36_000.0
    notes = history(tmp_path, drawn, values, aht={"unit": "s", "is": "mean"}).notes
    assert str(notes[-1]).endswith("for a synchronous channel (30s to 1h); they are read as stated")
    with pytest.raises(DataError, match="out of the ordinary"):
        history(tmp_path, drawn, values, aht={"unit": "s"})


def test_a_week_in_another_unit_is_named(tmp_path):
    """One export of six in milliseconds: its days are named, and one setting cannot be right."""
    drawn = contacts()
    values = column(drawn, "s", "mean")
    odd = (drawn.start >= "2026-03-16") & (drawn.start < "2026-03-23")
    with pytest.raises(DataError) as caught:
        history(tmp_path, drawn, values.where(~odd, values * 1000))
    words = str(caught.value)
    assert "between 2026-03-16 and 2026-03-22, not elsewhere" in words
    assert words.endswith("bring all rows to one unit, or state the one of all")


def test_a_broken_value_is_not_a_unit(tmp_path):
    """One call left open for a day does not make milliseconds of six weeks."""
    drawn = contacts(per_hour=1.0)
    values = column(drawn, "s", "mean")
    values[int(np.flatnonzero(drawn.volume == 1)[3])] = 86_400.0
    assert history(tmp_path, drawn, values).table.aht_s.max() == 86_400.0


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("rows", [1, 3, 10])
def test_single_rows_in_milliseconds_are_named(tmp_path, kind, rows):
    """The last rows of six weeks a thousand times too large: row numbers, the day and both readings are named."""
    drawn = contacts(per_hour=200, cv=0.3)
    values = column(drawn, "s", "mean")
    values[-rows:] *= 1000
    with pytest.raises(DataError) as caught:
        history(tmp_path, drawn, values, kind)
    words, last = str(caught.value), len(drawn) + 1
    named = {1: f"in row {last} on", 3: f"in rows {last - 2}, {last - 1}, {last} on", 10: "and 5 more on"}[rows]
    assert f"{named} 2026-04-12, not elsewhere; read as seconds: " in words
    assert re.search(
        r'read as milliseconds: (2[5-9]|3[0-4])\d s a contact, history.aht = { unit = "ms", is = "mean" }', words
    )
    assert words.endswith("bring all rows to one unit, or state the one of all")
    notes = history(tmp_path, drawn, values, kind, aht={"unit": "s", "is": "mean"}).notes
    assert [note for note in notes if "not elsewhere; they are read as stated" in note.sentence]


def test_rows_in_seconds_among_minutes_and_totals_among_means_are_named(tmp_path):
    """Sixty times the usual in one row is asked about, and so is the total of forty contacts."""
    drawn = contacts(cv=0.3, per_hour=60)
    row = int(np.flatnonzero(drawn.volume >= 40)[100])
    minutes, means = column(drawn, "min", "mean"), column(drawn, "s", "mean")
    minutes[row] *= 60
    means[row] = drawn.total_s[row]
    with pytest.raises(DataError, match=f"in row {row + 2} on .*not elsewhere; read as minutes: "):
        history(tmp_path, drawn, minutes, aht={"unit": "min"})
    with pytest.raises(DataError, match=rf"in row {row + 2} on .*; read as total seconds: \d{{3}} s a contact"):
        history(tmp_path, drawn, means)


def test_a_single_row_is_tested_at_its_edges(tmp_path):
    """Thirty times the usual is asked about, a little less is not; nor is what one contact left open explains."""
    drawn = contacts(weeks=4).assign(volume=20)
    usual = pd.Series(200.0, index=drawn.index)
    for factor, asked in ((29.9, False), (30.1, True)):
        values = usual.copy()
        values[50] *= factor
        if asked:
            with pytest.raises(DataError, match="in row 52 on "):
                history(tmp_path, drawn, values)
        else:
            history(tmp_path, drawn, values)
    for volume, value in ((1, 4 * 3600.0), (1, 86_600.0), (5, 200.0 + 86_400 / 5)):
        drawn.loc[50, "volume"], values[50] = volume, value
        history(tmp_path, drawn, values)
        values[50] += 1.0
        if value > 4 * 3600:
            with pytest.raises(DataError, match="in row 52 on "):
                history(tmp_path, drawn, values)


@pytest.mark.parametrize(("kind", "border"), [("synchronous", 60.0), ("concurrent", 120.0), ("deferrable", 120.0)])
def test_what_may_be_minutes_is_noted(tmp_path, kind, border):
    """Below one minute of calls, two of text and mail, one line says how it is read; stated or longer, none does."""
    drawn = contacts(weeks=2)

    def said(value, **settings):
        notes = history(tmp_path, drawn, 0 * drawn.total_s + value, kind, **settings).notes
        return [str(note) for note in notes if "handle times" in note.sentence]

    short = border - 0.5 if kind == "synchronous" else 90.0
    (line,) = said(short)
    assert line == (
        f'history.csv: channel "x": handle times (aht_s) are read as {short:.0f} s a contact; '
        'if they are minutes, set history.aht = { unit = "min", is = "mean" }'
    )
    assert len(said(border - 0.1)) == 1
    assert said(border) == []
    assert said(short, aht={"unit": "s"}) == []
    assert len(said(short, aht={"is": "mean"})) == 1


def test_few_contacts_are_looked_at_together(tmp_path):
    """A channel with fewer than thirty contacts a week is looked at as a whole."""
    drawn = contacts(per_hour=0.3, weeks=3)
    drawn = drawn.assign(volume=(drawn.index % 10 == 0).astype(int))
    assert drawn.volume.sum() < 3 * LEAST_CONTACTS
    with pytest.raises(DataError, match="read as minutes: 300 s a contact"):
        history(tmp_path, drawn, 0 * drawn.total_s + 5.0)


def test_queues_of_different_size_are_compared_as_one(tmp_path):
    """A large queue with long calls and a small one with short calls are no totals."""
    large, small = contacts(1, per_hour=20, mean_s=600), contacts(2, per_hour=2, mean_s=100)
    both = pd.concat([large, small], ignore_index=True)
    history(tmp_path, both, column(both, "s", "mean"), duplicates="sum")
    with pytest.raises(DataError, match="rise with the contacts"):
        history(tmp_path, both, column(both, "s", "total"), duplicates="sum")


def test_totals_are_shared_by_the_contacts_handled(tmp_path):
    """3,000 s over ten handled of twenty offered are 300 s; where nobody was handled nothing is known."""
    text = "channel,start,volume,handled,aht_s\nx,2026-03-02T09:00Z,20,10,3000\nx,2026-03-02T10:00Z,4,0,50\n"
    text += "x,2026-03-02T11:00Z,5,,1000\n"
    settings = {"path": "history.csv", "max_missing": 1.0, "aht": {"unit": "s", "is": "total"}}
    table = read_history(config_of(tmp_path, text, history=settings, channels={"x": KINDS["synchronous"]})).table
    assert table.aht_s.tolist()[::2] == [300, 200]
    assert np.isnan(table.aht_s.tolist()[1])


def test_the_rise_is_that_of_a_plain_loop():
    """Slope over all steps of the same weekday and hour, over the values per contact."""
    drawn = contacts(weeks=4)
    drawn = drawn.loc[drawn.volume > 0]
    steps: list[tuple[float, float]] = []
    last: dict[tuple[int, int], tuple[float, float]] = {}
    for start, n, x in drawn.itertuples(index=False):
        cell = (start.day_of_week, start.hour)
        if cell in last:
            steps.append((n - last[cell][0], x - last[cell][1]))
        last[cell] = (n, x)
    slope = sum(a * b for a, b in steps) / sum(a * a for a, _ in steps)
    share, error = share_that_rises(
        pd.DatetimeIndex(drawn.start), drawn.volume.to_numpy(float), drawn.total_s.to_numpy(float)
    )
    assert share == pytest.approx(slope / (drawn.total_s.sum() / drawn.volume.sum()))
    assert 0 < error < 0.2


def test_one_step_proves_nothing():
    """Forty equal hours and one with one contact and a tenth of time more: the error has no bound."""
    clock = pd.date_range("2026-03-02 00:00", periods=41, freq="h")
    count = np.full(41, 10.0)
    value = np.full(41, 300.0)
    count[-1], value[-1] = 11.0, 330.0
    share, error = share_that_rises(clock, count, value)
    assert share == pytest.approx(1.0, abs=0.01)
    assert error == np.inf
    assert share_that_rises(clock, np.full(41, 10.0), value) is None


def test_predict_asks_too(tmp_path):
    """The notebook's door refuses, names its own keyword, and reads what that states."""
    drawn = contacts(weeks=10)
    frame = pd.DataFrame({"start": drawn.start, "volume": drawn.volume, "aht_s": column(drawn, "ms", "total")})
    with pytest.raises(DataError, match=r'history: channel "": .*aht=\{"unit": "ms", "is": "total"\}'):
        predict(frame, days=7, fast=True)
    ahead = predict(frame, days=7, fast=True, aht={"unit": "ms", "is": "total"})
    assert ahead.aht_s.mean() == pytest.approx(MEAN_S, rel=0.1)
    with pytest.raises(DataError, match=r"aht: \{'unit': 'h'\} is not valid"):
        predict(frame, aht={"unit": "h"})


def test_a_setting_that_is_none_is_refused(tmp_path):
    """Units and kinds are few; a typing error names the nearest."""
    for aht, words in (
        ({"unit": "sec"}, "history.aht.unit: must be 's', 'ms', 'min', 'h:mm' or 'm:ss', got \"sec\""),
        ({"iss": "mean"}, 'history.aht.iss: is not a setting; did you mean "is"?'),
    ):
        with pytest.raises(ConfigError, match=words.replace("?", r"\?")):
            history(tmp_path, contacts(weeks=1), pd.Series(dtype=float), aht=aht)
