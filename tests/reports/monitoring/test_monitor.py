"""Past weeks against what came, counted on paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from configs.errors import DataError
from optimize.staffing import serve
from reports.monitoring.actuals import read_actuals
from reports.monitoring.as_json import plain
from reports.monitoring.listings import further_listing, volume_listing
from reports.monitoring.monitor import watch
from reports.monitoring.page import page
from reports.monitoring.sentences import sentences
from tests.reports.runs import MONDAY, small_run

LATER = date(2026, 12, 7)


def actuals_of(run, *, more: float = 1.0, **columns) -> pd.DataFrame:
    """What came: the forecast times `more` in every interval that was forecast."""
    said = run.forecast.table[run.forecast.table["volume"] > 0]
    frame = said[["channel", "start", "volume"]].assign(volume=said["volume"] * more)
    return frame.assign(**columns).reset_index(drop=True)


def record(made, channel: str):
    return next(each for each in made.records if each.channel == channel)


def test_errors_by_hand() -> None:
    """Four contacts were forecast in every interval; five and three in turn are a quarter of error, no bias."""
    run = small_run()
    came = actuals_of(run)
    came["volume"] = np.where(np.arange(len(came)) % 2, 5.0, 3.0)
    chat = came["channel"] == "chat"
    assert int(chat.sum()) == 12
    one = record(watch([("a", run)], came, "came.csv"), "chat").all
    assert (one.came, one.said, one.days, one.intervals) == (48.0, 48.0, 1, 12)
    assert one.wape == pytest.approx(0.25)
    assert one.wape_day == 0.0
    assert one.bias == 0.0


def test_bias_is_above_nothing_when_the_forecast_was_too_high() -> None:
    """Four said, two came: 100 % of what came."""
    run = small_run()
    one = record(watch([("a", run)], actuals_of(run, more=0.5), "came.csv"), "phone").all
    assert one.bias == pytest.approx(1.0)
    assert one.wape == pytest.approx(1.0)


def test_service_is_measured_where_given_and_expected_else() -> None:
    """Weighted by contacts; by formula it is what `serve` says of the people rostered."""
    run = small_run()
    came = actuals_of(run, more=1.5)
    expected = record(watch([("a", run)], came, "came.csv"), "phone").all
    assert expected.service_how == "expected"
    need = run.requirement.table[run.requirement.table["channel"] != "email"]
    given = serve(
        run.config, need.assign(volume=need["volume"] * 1.5), run.roster.coverage[["channel", "start", "staffed"]]
    )
    mine = given[(given["channel"] == "phone") & given["service_level"].notna()]
    assert expected.service == pytest.approx(float(mine["service_level"].mean()), abs=1e-9)
    came["service_level"] = np.nan
    first = came.index[came["channel"] == "phone"][:2]
    came.loc[first[0], ["volume", "service_level"]] = [1.0, 1.0]
    came.loc[first[1], ["volume", "service_level"]] = [3.0, 0.6]
    measured = record(watch([("a", run)], came, "came.csv"), "phone").all
    assert (measured.service_how, measured.service) == ("measured", pytest.approx(0.7))


def test_planned_service_of_work_that_may_wait_is_its_share_done_as_promised() -> None:
    """Half of the intervals at 1 and half at 0.8 are 0.9; live channels keep their service level."""
    run = small_run()
    cover = run.roster.coverage.copy()
    mine = (cover["channel"] == "email") & (run.forecast.table["volume"].to_numpy() > 0)
    cover["on_time"] = np.nan
    cover.loc[mine, "on_time"] = np.where(np.arange(int(mine.sum())) % 2, 1.0, 0.8)
    changed = replace(run, roster=replace(run.roster, coverage=cover))
    made = watch([("a", changed)], actuals_of(run), "came.csv")
    assert record(made, "email").all.service_planned == pytest.approx(0.9)
    assert record(made, "phone").all.service_planned == pytest.approx((226 * 0.9 + 2 * 0.5) / 228)


def test_further_measures_are_means_over_contacts() -> None:
    """Waits, replies, resolution, satisfaction; abandonment over contacts; backlog over intervals."""
    run = small_run()
    came = actuals_of(run, wait_s=12.0, first_contact_resolution=0.75, satisfaction=4.2, abandoned=1.0, response_s=60.0)
    came["backlog"] = np.where(came["channel"] == "email", 30.0, np.nan)
    made = watch([("a", run)], came, "came.csv")
    phone, email = record(made, "phone").all, record(made, "email").all
    assert (phone.wait_s, phone.response_s) == (pytest.approx(12.0), pytest.approx(60.0))
    assert (phone.first_contact_resolution, phone.satisfaction) == (pytest.approx(0.75), pytest.approx(4.2))
    assert phone.abandonment == pytest.approx(0.25)
    assert (phone.backlog, email.backlog) == (None, pytest.approx(30.0))
    assert further_listing(made) is not None
    assert further_listing(watch([("a", run)], actuals_of(run), "came.csv")) is None


def test_planned_backlog_is_told_in_contacts() -> None:
    """The week begins with an hour of e-mail that takes as long a contact as the requirement says."""
    run = small_run()
    came = actuals_of(run)
    came = came[came["channel"] == "email"].head(1).assign(backlog=12.0)
    need = run.requirement.table[run.requirement.table["channel"] == "email"]
    hours = float(need["work_h"].sum()) / float(need["volume"].sum())
    one = record(watch([("a", run)], came, "came.csv"), "email").all
    assert one.backlog_planned == pytest.approx(1.0 / hours)


def test_two_weeks_in_any_order_and_partly_seen() -> None:
    """Runs are put in order of their weeks; a week of which one day was seen says so."""
    first, second = small_run(), small_run(LATER)
    came = pd.concat([actuals_of(first), actuals_of(second, more=2.0)])
    came = came[came["start"] < second.horizon.moment(1, 0)]
    made = watch([("b", second), ("a", first)], came, "came.csv")
    phone = record(made, "phone")
    assert [week.label for week in phone.weeks] == ["a", "b"]
    assert [week.measured.bias for week in phone.weeks] == [pytest.approx(0.0), pytest.approx(-0.5)]
    rows = [[cell.text for cell in row[:2]] for row in volume_listing(made).rows if row[0].text == "Phone"]
    assert [row[1] for row in rows] == ["Mon 30 Nov 2026 (6 days)", "Mon 7 Dec 2026 (1 day)", "all 2 weeks"]


def test_drift_is_told_with_its_day_and_limit() -> None:
    """Half as many contacts again in the second week: the sentence names the week, the limit and what to do."""
    first, second = small_run(), small_run(LATER)
    came = pd.concat([actuals_of(first), actuals_of(second, more=1.6)], ignore_index=True)
    made = watch([("a", first), ("b", second)], came, "came.csv")
    assert "volume" in record(made, "phone").alarms
    told = next(one.sentence for one in sentences(made) if one.sentence.startswith("Phone: since"))
    assert told.startswith(
        "Phone: since Mon 7 Dec more contacts have come than forecast. The sum of daily errors passed 5 "
    )
    assert "passed 5 standard deviations on " in told
    assert "enter the reason in calendar.adjustments" in told
    assert made.alarmed
    kinds = {(alarm["channel"], alarm["alarm"]) for alarm in plain(made)["alarms"]}
    assert ("phone", "volume") in kinds


def test_a_missed_promise_is_an_alarm() -> None:
    """Measured at 70% with a target of 80%."""
    run = small_run()
    made = watch([("a", run)], actuals_of(run, service_level=0.7), "came.csv")
    assert "promise" in record(made, "phone").alarms
    assert any(
        one.sentence == "Phone missed its service target: 70% in time (measured), target 80% within 20 s."
        for one in sentences(made)
    )
    quiet = watch([("a", run)], actuals_of(run, service_level=1.0), "came.csv")
    assert not quiet.alarmed
    assert sentences(quiet)[0].mark == "good"


def test_what_cannot_be_held_together_is_refused() -> None:
    """Two runs of one week, runs of two zones, a run of which nothing was seen."""
    run = small_run()
    with pytest.raises(DataError, match="plans days that a also plans; name one run per week"):
        watch([("a", run), ("b", run)], actuals_of(run), "came.csv")
    with pytest.raises(DataError, match="has the time zone Europe/Paris, but a has Europe/London"):
        watch([("a", run), ("b", small_run(LATER, "Europe/Paris"))], actuals_of(run), "came.csv")
    with pytest.raises(DataError, match=r"came\.csv: has no rows from 2026-12-07 to 2026-12-13"):
        watch([("a", run), ("b", small_run(LATER))], actuals_of(run), "came.csv")


def test_rows_in_any_order_give_the_same() -> None:
    """Shuffled actuals, the same record."""
    run = small_run()
    came = actuals_of(run, aht_s=200.0)
    shuffled = came.sample(frac=1, random_state=3)
    assert plain(watch([("a", run)], came, "x")) == plain(watch([("a", run)], shuffled, "x"))


def test_the_page_is_self_contained() -> None:
    """Every section is there, nothing is fetched."""
    run = small_run()
    text = page(watch([("a", run)], actuals_of(run, satisfaction=4.0), "came.csv"), "0.2.0")
    assert "Waits, replies, backlog, quality" in text
    assert "http" not in text.replace("http-equiv", "")


def test_files_are_read_in_finer_intervals_and_other_names(tmp_path) -> None:
    """Five-minute rows are added up, their service weighted by contacts; strangers are refused."""
    run = small_run(MONDAY)
    path = tmp_path / "came.csv"
    lines = ["channel,start,volume,service_level"]
    for minute, volume, service in ((0, 1, 1.0), (5, 3, 0.6), (10, 0, "")):
        lines.append(f"phone,2026-11-30T09:{minute:02d}:00+00:00,{volume},{service}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = read_actuals(path, [run], [])
    assert found[["volume", "service_level"]].values.tolist() == [[4.0, 0.7]]
    raw = {**run.config.raw, "history": {"path": "x", "columns": {"volume": "calls"}}}
    from configs import loader

    path.write_text("channel,start,calls\nphone,2026-11-30T09:00:00+00:00,7\n", encoding="utf-8")
    renamed = replace(run, config=loader.build(raw))
    assert read_actuals(path, [renamed], [])["volume"].tolist() == [7.0]
    path.write_text("channel,start,volume\nphon,2026-11-30T09:00:00+00:00,7\n", encoding="utf-8")
    with pytest.raises(DataError, match='has no channel of the runs; it has phon; did you mean "phone"'):
        read_actuals(path, [run], [])


def test_actuals_are_read_as_the_history_is_stated(tmp_path) -> None:
    """Two queues in total milliseconds: "sum" adds both, and 900 s over three handled are 300 s."""
    run = small_run(MONDAY)
    path = tmp_path / "came.csv"
    rows = ["channel,start,queue,volume,handled,aht_s"]
    rows += ["phone,2026-11-30T09:00:00+00:00,a,2,2,500000", "phone,2026-11-30T09:00:00+00:00,b,2,1,400000"]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    from configs import loader

    history = {"path": "x", "duplicates": "sum", "aht": {"unit": "ms", "is": "total"}}
    stated = replace(run, config=loader.build({**run.config.raw, "history": history}))
    found = read_actuals(path, [stated], [])
    assert found[["volume", "aht_s"]].values.tolist() == [[4.0, 300.0]]
    last = replace(run, config=loader.build({**run.config.raw, "history": {"path": "x", "duplicates": "last"}}))
    assert read_actuals(path, [last], [])["handled"].tolist() == [1.0]
    with pytest.raises(
        DataError, match=r'row 3: channel "phone" at 2026-11-30 09:00 is already in .* row 2; keep one, or set'
    ):
        read_actuals(path, [run], [])


def test_replies_slower_than_promised_are_an_alarm() -> None:
    """A mean reply of 111 s where 110 s are promised is told; 110 s is in time, and nothing known is no alarm."""
    run = small_run()
    made = watch([("a", run)], actuals_of(run, response_s=111.0), "came.csv")
    slow = replace(record(made, "chat"), response_s=110.0)
    assert slow.answered_in_step is False
    assert "response" in slow.alarms
    told = [each.sentence for each in sentences(replace(made, records=(slow,)))]
    assert any("replied too slowly" in sentence for sentence in told)
    assert replace(slow, response_s=111.0).answered_in_step is True
    assert replace(slow, response_s=None).answered_in_step is None
