"""Real histories: the recipe against the weekly naive, from origins the recipe has not seen."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from forecast import predict

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
ORIGINS = 5
DAYS = 28

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not DATA.is_dir(), reason="the real histories are not on this machine"),
]


def histories(name: str):
    """Yield (history, what came in the 28 days after) from origins over the last 40 % of the days."""
    rows = pd.read_csv(DATA / f"{name}.csv.gz", parse_dates=["timestamp"], date_format="ISO8601")
    rows = rows.rename(columns={"timestamp": "start"})[["start", "volume"]].sort_values("start")
    days = np.sort(rows.start.dt.normalize().unique())
    first = pd.Timestamp(days[int(len(days) * 0.6)])
    span = (rows.start.max().normalize() - pd.Timedelta(days=DAYS - 1) - first).days
    for at in np.linspace(0, span, ORIGINS).round():
        origin = first + pd.Timedelta(days=int(at))
        later = rows.loc[rows.start.between(origin, origin + pd.Timedelta(days=DAYS), inclusive="left")]
        yield origin, rows.loc[rows.start < origin], later


def weekly_naive(history: pd.DataFrame, starts: pd.Series) -> np.ndarray:
    """The last value of the same weekday and time, 0 where there was none."""
    last = {
        (moment.day_of_week, moment.time()): volume
        for moment, volume in zip(history.start, history.volume, strict=True)
    }
    return np.array([last.get((moment.day_of_week, moment.time()), 0.0) for moment in starts])


@pytest.mark.parametrize(
    ("name", "week", "month"),
    [
        ("bank30", 0.76, 0.78),
        ("bank5", 0.76, 0.78),
        ("ilbank30", 0.79, 0.79),
        ("denver911", 0.76, 0.75),
        ("ukemerg", 0.78, 0.76),
        ("nlcalls_daily", 0.90, 0.92),
        ("wales_daily", 0.82, 0.84),
    ],
)
def test_the_recipe_beats_last_week(name, week, month):
    """Summed error over all origins, as a share of the weekly naive's, one and four weeks ahead; fair intervals."""
    error, naive, inside, count = np.zeros(2), np.zeros(2), 0, 0
    for origin, history, later in histories(name):
        gap = (origin - history.start.max().normalize()).days - 1
        table = predict(history, days=DAYS + gap)
        joined = later.merge(table, on="start", how="left", suffixes=("", "_said")).fillna(0.0)
        said, came = joined.volume_said.to_numpy(), joined.volume.to_numpy()
        last = weekly_naive(history, joined.start)
        for i, span in enumerate((7, DAYS)):
            k = (joined.start < origin + pd.Timedelta(days=span)).to_numpy()
            error[i] += np.abs(said - came)[k].sum()
            naive[i] += np.abs(last - came)[k].sum()
        inside += int(((came >= joined.q10) & (came <= joined.q90)).sum())
        count += len(came)
    ratio = error / naive
    assert ratio[0] < week
    assert ratio[1] < month
    assert 0.70 < inside / count < 0.92
