"""The weeks before beside the forecast, the service of the replay beside the promise, and where a plan comes from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from configs.zones import ZoneRules
from reports import week_of
from reports.assumptions import assumptions
from reports.metrics.recent import past_weeks
from reports.page import paths
from reports.page.axis import Axis
from reports.page.channels import channel_views
from reports.page.report import render
from reports.run import Provenance
from tests.reports.replays import with_replay
from tests.reports.runs import small_run


def before(run, weeks, value=lambda week, slot: float(week)):
    """Contacts at every planned moment some weeks back, by local clock."""
    rows = []
    for week in range(1, weeks + 1):
        clock = run.horizon.local.tz_localize(None) - pd.Timedelta(days=7 * week)
        starts = clock.tz_localize(run.horizon.zone, ambiguous=True, nonexistent="shift_forward").tz_convert("UTC")
        rows += [("phone", start, value(week, slot)) for slot, start in enumerate(starts.drop_duplicates())]
    return replace(run, recent=pd.DataFrame(rows, columns=["channel", "start", "volume"]))


def test_each_week_before_lies_on_the_same_clock_times(run):
    """Week k back holds k everywhere; its first day is k weeks before the Monday planned; other channels have none."""
    told = past_weeks(before(run, 3), "phone")
    assert [week.first for week in told] == [date(2026, 11, 23), date(2026, 11, 16), date(2026, 11, 9)]
    for back, week in enumerate(told, start=1):
        assert np.all(week.volume == back)
    assert past_weeks(before(run, 3), "chat") == ()
    assert past_weeks(run, "phone") == ()


def test_the_hour_the_clock_skipped_is_unknown():
    """Planned after the change of March, the week before has no 01:00 on its Sunday."""
    run = small_run(first=date(2027, 3, 29))
    (week, *_) = past_weeks(before(run, 1), "phone")
    assert np.isnan(week.volume[6 * 96 + 4 : 6 * 96 + 8]).all()
    assert np.isfinite(week.volume).sum() == 7 * 96 - 4


def with_zone(run, zone):
    """The run with the telephone's customers in another zone."""
    phone = run.config.channels["phone"].model_copy(update={"timezone": zone})
    return replace(run, config=run.config.model_copy(update={"channels": {**run.config.channels, "phone": phone}}))


def test_the_weeks_before_lie_on_the_clock_of_the_customers():
    """America changed its clock on 14 March 2027, London did not: a call at nine there came an hour later here before."""
    run = with_zone(small_run(first=date(2027, 3, 15)), "America/New_York")
    came = before(run, 1, lambda week, slot: float(slot))
    (week, *_) = past_weeks(came, "phone")
    nine = 4 * 13  # 13:00 in London is 09:00 in New York
    assert week.volume[nine] == nine + 4
    (site, *_) = past_weeks(before(small_run(first=date(2027, 3, 15)), 1, lambda week, slot: float(slot)), "phone")
    assert site.volume[nine] == nine


def test_the_opening_hours_name_the_clock_of_customers_elsewhere(run):
    """Hours of the site need no zone."""
    told = {each.group: each.value for each in assumptions(run) if each.setting == "Open"}
    own = {each.group: each.value for each in assumptions(with_zone(run, "America/New_York")) if each.setting == "Open"}
    assert own["Channel phone"] == told["Channel phone"] + " (America/New_York time)"
    assert "time)" not in told["Channel phone"]
    assert own["Channel chat"] == told["Channel chat"]


def test_the_weeks_before_stand_in_the_forecast_chart_and_its_numbers(run):
    """A dash for each, the latest first in the box of numbers; the scale reaches the largest."""
    told = before(run, 2, lambda week, slot: 70.0 if (week, slot) == (2, 40) else 1.0)
    plot = channel_views(week_of(told), Axis(run.horizon))[0].forecast
    assert [layer.look for layer in plot.layers] == ["band", "past past-2", "past past-1", "expected"]
    assert [readout.name for readout in plot.readouts][3:] == ["week of 23 Nov", "week of 16 Nov"]
    assert float(plot.ticks[-1].label) >= 70
    assert "2 most recent weeks observed" in render(week_of(told))
    assert "weeks observed" not in render(week_of(run))


def test_dashes_join_equal_neighbours_and_leave_out_what_is_unknown():
    """3, 3, unknown, 3, 4: a dash of two, one of one, one of one."""
    y, known = np.array([3, 3, 9, 3, 4]), np.array([True, True, False, True, True])
    assert paths.dashes(y, known) == "M0 3h2M3 3h1M4 4h1"


def test_the_replay_stands_beside_the_promise(run):
    """Ann's phone at 08:00 is given 90 %: replayed 89 % within 85 to 93; the line of the promise lies at 80."""
    week = week_of(with_replay(run))
    plot = channel_views(week, Axis(run.horizon))[0].plots[1]
    at = 32
    told = {readout.name: readout.values[at] for readout in plot.readouts}
    assert told == pytest.approx({"expected": 0.9, "simulated": 0.89, "interval from": 0.85, "interval to": 0.93})
    goal = next(layer for layer in plot.layers if layer.look == "goal")
    assert goal.path == "M0 80H672"
    reach = next(layer for layer in plot.layers if layer.look == "reach")
    assert "M32 28h16v32h-16z" in reach.path


def test_without_a_replay_only_the_expectation_is_drawn(run):
    """No band, no number of a replay that was not."""
    plot = channel_views(week_of(run), Axis(run.horizon))[0].plots[1]
    assert [layer.look for layer in plot.layers] == ["goal", "given"]
    assert [readout.name for readout in plot.readouts] == ["expected"]


def test_the_page_tells_inputs_hashes_and_versions(run):
    """Each input once, with its hash; what is built in says so; a library that is absent is left out."""
    made = Provenance(
        (("a<b>.csv", "0f" * 32), ("demo", None), ("demo", None)), (("numpy", "2.4"), ("x", None)), "3.11"
    )
    text = render(week_of(replace(run, provenance=made)))
    assert "a&lt;b&gt;.csv" in text
    assert "0f" * 32 in text
    assert text.count("built in") == 1
    assert "Python 3.11, numpy 2.4</td>" in text
    made = replace(made, zones=ZoneRules("package", "2026a"))
    assert "numpy 2.4, time zone rules 2026a</td>" in render(week_of(replace(run, provenance=made)))
