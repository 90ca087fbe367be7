"""Adjustments by hand, kept apart from the model, and refused when they are not clear."""

import numpy as np
import pandas as pd
import pytest

from configs.errors import DataError
from forecast import forecast_week, read_calendar, read_history
from tests.forecast.test_week import config_of, hours, week_of

HEAD = "channel,from,to,multiply,add,set,reason\n"


def forecast_with(folder, rows: str):
    (folder / "adjustments.csv").write_text(HEAD + rows)
    config = config_of(
        folder, hours("2026-09-07", "2026-11-29", extra=",200"), calendar={"adjustments": "adjustments.csv"}
    )
    return forecast_week(config, read_history(config), read_calendar(config), week_of(config))


def test_each_way_by_hand(tmp_path):
    """Ten an hour for ten hours: times 1.5 is 15 each, 50 more is 15 each, a total of 30 is 3 each; the model stays 10."""
    rows = (
        "phone,2026-11-30,2026-12-01,1.5,,,mailing\n"
        "phone,2026-12-01,2026-12-02,,50,,advert\n"
        ",2026-12-02,2026-12-03,,,30,training\n"
        "phone,2026-12-03 08:00,2026-12-03 09:00,,-400,,outage\n"
    )
    made = forecast_with(tmp_path, rows)
    table = made.table.loc[made.table.volume.gt(0) | made.table.model_volume.gt(0)]
    days = table.groupby(table.start.dt.date)
    np.testing.assert_allclose(table.model_volume, 10, rtol=1e-3)
    np.testing.assert_allclose(days.volume.sum().to_numpy()[:5], [150, 150, 30, 90, 100], rtol=1e-3)
    assert (made.table.q10 <= made.table.q90).all()
    said = [str(note) for note in made.notes if note.where == "calendar.adjustments"]
    assert len(said) == 4
    assert "multiply 1.5, 100 became 150 contacts (mailing)" in said[0]
    assert "all channels" in said[2]


def test_closed_hours_stay_closed(tmp_path):
    """Contacts cannot be added while the channel is closed, and that is said."""
    made = forecast_with(tmp_path, "phone,2026-11-30 20:00,2026-11-30 22:00,,50,,advert\n")
    assert float((made.table.volume - made.table.model_volume).abs().sum()) == 0
    assert any("nothing was changed" in str(note) for note in made.notes)


def test_without_a_file_no_column_is_added(tmp_path):
    """The forecast table has no second volume when nobody adjusted it."""
    config = config_of(tmp_path, hours("2026-09-07", "2026-11-29", extra=",200"))
    made = forecast_week(config, read_history(config), read_calendar(config), week_of(config))
    assert "model_volume" not in made.table.columns
    assert isinstance(made.table, pd.DataFrame)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("phone,2026-11-30,2026-12-01,,,,why\n", "gives none of multiply, add and set"),
        ("phone,2026-11-30,2026-12-01,2,5,,why\n", "gives multiply, add of multiply"),
        ("phone,2026-12-01,2026-11-30,2,,,why\n", "is not after from"),
        ("fone,2026-11-30,2026-12-01,2,,,why\n", 'did you mean "phone"'),
        ("phone,2026-11-30,2026-12-01,2,,,\n", "has no reason"),
        ("phone,2026-11-30,2026-12-01,-2,,,why\n", "multiply is -2"),
    ],
)
def test_what_is_not_clear_is_refused(tmp_path, row, words):
    """Every fault names the row and what would be right."""
    with pytest.raises(DataError, match=words) as told:
        forecast_with(tmp_path, row)
    assert "row 2" in str(told.value)
