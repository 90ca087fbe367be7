"""A week replayed: the table, its intervals, the command, and the run that carries it."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from configs.errors import DataError
from configs.loader import build
from configs.tables import SIMULATION, check
from forecast.result import Forecast
from optimize.roster.inputs.people import People
from optimize.roster.result import Cost, Roster
from optimize.simulation import replay
from optimize.simulation.at_once.centre import Centre
from optimize.simulation.at_once.customers import draw_customers
from optimize.simulation.at_once.demands import demand_of
from optimize.simulation.at_once.rostered import staffing_of
from optimize.simulation.draws import Draws
from optimize.simulation.intervals import ratio, wilson
from optimize.staffing import erlang_a, erlang_x, serve, staff
from staffcurve.cli.app import app
from staffcurve.run_folder.read import read_run
from tests.optimize.staffing.conftest import RAW, config, forecast, horizon, raw  # noqa: F401 - fixtures
from tests.staffcurve.sites import write_site

NOBODY = People(*(pd.DataFrame() for _ in range(3)))


def roster_of(requirement, extra: float = 0.0) -> Roster:
    """Exactly the people required; e-mail by eight people in the hours it is open."""
    table = requirement.table
    email = (table["channel"] == "email").to_numpy()
    hour = table["start"].dt.hour.to_numpy()
    staffed = np.where(email, 8.0 * ((hour >= 9) & (hour < 17)), table["agents"] + extra * (table["agents"] > 0))
    coverage = table[["channel", "start"]].assign(
        required=table["agents"], staffed=staffed, shortage=0.0, excess=0.0, work_h=table["work_h"],
        done_h=np.where(email, staffed / 2, np.nan), backlog_h=np.where(email, table["work_h"], np.nan),
    )  # fmt: skip
    return Roster(pd.DataFrame(), coverage, NOBODY, "optimal", Cost(0, 0, 0, 0), 0.0, 0.0, 0.0)


@pytest.fixture
def week(config, forecast, horizon):  # noqa: F811 - fixtures
    """Everything a replay needs."""
    requirement = staff(config, forecast, horizon)
    return roster_of(requirement), Forecast(forecast, ()), requirement, config, horizon


def test_a_replay_agrees_with_the_plan_between_the_edges_of_the_day(week) -> None:
    """Sixty calls a half hour on the people required: the mean of the inner intervals is the exact service level."""
    found = replay(*week, replications=150)
    check(found.table, SIMULATION)
    phone = found.table[found.table["channel"] == "phone"].set_index("start")
    inner = phone[(phone.index.hour >= 10) & (phone.index.hour < 18)]
    planned = week[2].table
    agents = planned.loc[(planned["channel"] == "phone") & (planned["agents"] > 0), "agents"].iloc[0]
    exact = erlang_a(agents, 6.0, 180.0, 120.0, 20.0)
    assert inner["service_level"].mean() == pytest.approx(float(exact.service_level), abs=0.01)
    assert inner["abandonment"].mean() == pytest.approx(float(exact.abandonment), abs=0.006)
    assert inner["occupancy"].mean() == pytest.approx(float(exact.occupancy), abs=0.02)
    inside = (inner["sl_low"] <= float(exact.service_level)) & (inner["sl_high"] >= float(exact.service_level))
    assert inside.mean() > 0.8  # 95 % intervals, intervals of a day are not independent
    total = {each.channel: each for each in found.channels}["phone"]
    assert total.sl_low < total.service_level < total.sl_high
    assert total.contacts == pytest.approx(2 * 20 * 60, rel=0.03)


def test_customers_who_call_again_are_staffed_for_and_replayed(raw, forecast, horizon) -> None:  # noqa: F811
    """Four in ten of those who give up call again: requirement, service and replay agree with Erlang X."""
    raw["channels"]["phone"] |= {"redial_share": 0.4, "redial_after": "10min", "target": {"share": 0.5, "within": "5s"}}
    settings = build(raw)
    made = staff(settings, forecast, horizon)
    rows = made.table[(made.table["channel"] == "phone") & (made.table["agents"] > 0)]
    agents = int(rows["agents"].iloc[0])
    exact, less = (erlang_x(number, 6.0, 180.0, 120.0, 0.4, 5.0) for number in (agents, agents - 1))
    assert float(exact.service_level) >= 0.5 > float(less.service_level)
    assert rows["abandonment"].iloc[0] == pytest.approx(float(exact.abandonment), abs=1e-6)
    fewer = roster_of(made, extra=-1.0)
    given = serve(settings, made.table, fewer.coverage[["channel", "start", "staffed"]])
    given = given[(given["channel"] == "phone") & given["service_level"].notna()]
    assert given["service_level"].iloc[0] == pytest.approx(float(less.service_level), abs=1e-9)
    found = replay(fewer, Forecast(forecast, ()), made, settings, horizon, replications=150)
    phone = found.table[found.table["channel"] == "phone"].set_index("start")
    inner = phone[(phone.index.hour >= 10) & (phone.index.hour < 18)]
    assert inner["abandonment"].mean() == pytest.approx(float(less.abandonment), abs=0.012)
    total = {each.channel: each for each in found.channels}["phone"]
    assert total.contacts / 2400 == pytest.approx(1 / (1 - 0.4 * float(less.abandonment)), abs=0.02)
    assert found.table.loc[found.table["channel"] == "phone", "service_level"].notna().sum() <= 40


def test_a_replay_is_the_same_twice_and_another_with_another_seed(week) -> None:
    """Seeded: equal tables for equal seeds."""
    first, again, other = (replay(*week, replications=3, seed=seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(first.table, again.table)
    assert not first.table.equals(other.table)


def test_more_people_are_better_on_the_same_customers(week) -> None:
    """Common random numbers: two more agents everywhere never lower a channel's service level."""
    more = roster_of(week[2], extra=2.0)
    before, after = replay(*week, replications=5), replay(more, *week[1:], replications=5)
    for one, other in zip(before.channels, after.channels, strict=True):
        assert other.service_level >= one.service_level
        assert other.contacts == pytest.approx(one.contacts, rel=0.02)


def test_a_wide_forecast_lowers_the_mean_service_and_widens_its_interval(week) -> None:
    """Quantiles that say plus or minus 40 % cost service: the loss of a busy day is greater than the gain of a quiet one."""
    roster, made, requirement, settings, horizon = week  # noqa: F811
    volume = made.table["volume"]
    wide = replace(made, table=made.table.assign(q10=volume * 0.6, q90=volume * 1.4))
    narrow = {each.channel: each for each in replay(*week, replications=40).channels}["phone"]
    spread = replay(roster, wide, requirement, settings, horizon, replications=40).channels
    phone = {each.channel: each for each in spread}["phone"]
    assert phone.service_level < narrow.service_level - 0.02
    assert phone.sl_high - phone.sl_low > 1.5 * (narrow.sl_high - narrow.sl_low)


def test_deferrable_work_is_judged_by_its_due_time(week) -> None:
    """Eight people for 10 e-mails of 6 min a half hour are far enough; with nobody nothing is in time."""
    email = {each.channel: each for each in replay(*week, replications=4).channels}["email"]
    assert email.service_level == 1.0
    roster = week[0]
    none = replace(roster, coverage=roster.coverage.assign(staffed=0.0))
    alone = {each.channel: each for each in replay(none, *week[1:], replications=4).channels}
    assert alone["email"].service_level == 0.0
    assert alone["phone"].abandonment == 1.0


def test_the_promise_of_a_live_channel_is_the_share_of_weeks_that_kept_it(week) -> None:
    """Two agents fewer than required keep it in fewer weeks; the interval is Wilson's of those weeks."""
    roster = roster_of(week[2], extra=-1.0)
    kept = {each.channel: each.kept for each in replay(roster, *week[1:], replications=12).channels}
    found = {each.channel: each for each in replay(roster, *week[1:], replications=12).service_targets}["phone"]
    assert found.probability == kept["phone"]
    assert (found.low, found.high) == wilson(round(12 * kept["phone"]), 12)
    surely = {each.channel: each for each in replay(*week, replications=12).service_targets}["phone"]
    assert found.probability < surely.probability
    assert np.isnan(found.cushion_h)


def test_hours_added_as_the_cushion_says_keep_the_promise_nine_times_in_ten(week) -> None:
    """E-mail with just too few people: the cushion's hours on top, spread alike, make it 0.9 and hardly more."""
    roster, *rest = week
    email = (roster.coverage["channel"] == "email").to_numpy()

    def with_people(factor: float):
        staffed = roster.coverage["staffed"].to_numpy() * np.where(email, factor, 1.0)
        table = roster.coverage.assign(staffed=staffed)
        return {
            each.channel: each
            for each in replay(replace(roster, coverage=table), *rest, replications=200).service_targets
        }["email"]

    few = with_people(0.25)  # whole people, so that nobody is drawn by lot
    hours = 0.25 * float(roster.coverage.loc[email, "staffed"].sum()) / 2
    assert few.probability < 0.5
    assert few.cushion_h > 0
    enough = with_people(0.25 * (1 + few.cushion_h / hours))
    assert enough.probability == pytest.approx(0.9, abs=0.06)


def test_fewer_than_two_replications_are_refused(week) -> None:
    """One replication has no spread."""
    with pytest.raises(DataError, match="must be 2 or more to show a spread, got 1"):
        replay(*week, replications=1)


def test_the_interval_of_a_ratio_by_hand() -> None:
    """8 of 10, 6 of 10: mean .7, standard error .1, t(1) = 12.706."""
    found = ratio([np.array([8.0]), np.array([6.0])], [np.array([10.0]), np.array([10.0])])
    assert found.mean[0] == pytest.approx(0.7)
    assert found.high[0] - found.mean[0] == pytest.approx(1.2706, abs=1e-4)


def test_the_interval_of_a_share_against_published_values() -> None:
    """8 of 10 is 0.490 to 0.943, 81 of 263 is 0.255 to 0.366 (Newcombe 1998, table I); the ends stay in 0..1."""
    assert wilson(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert wilson(10, 10) == pytest.approx((0.7225, 1.0), abs=1e-4)
    assert wilson(0, 10)[0] == 0.0


def test_the_interval_covers_the_truth_nineteen_times_in_twenty() -> None:
    """Binomial shares with ten replications: the interval holds the true .8 in about 95 % of 400 trials."""
    rng = np.random.default_rng(5)
    held = 0
    for _ in range(400):
        bottoms = rng.poisson(200, 10).astype(float)
        tops = rng.binomial(bottoms.astype(int), 0.8).astype(float)
        found = ratio([np.array([top]) for top in tops], [np.array([bottom]) for bottom in bottoms])
        held += found.low[0] <= 0.8 <= found.high[0]
    assert 0.92 <= held / 400 <= 0.98


def test_run_simulate_and_report_carry_the_replay(tmp_path) -> None:
    """``run`` writes simulation.csv, ``simulate`` makes it again with more replications, ``report`` reads it back."""
    site = write_site(tmp_path / "site")
    runner = CliRunner()
    made = runner.invoke(app, ["run", str(site), "--out", str(tmp_path / "out"), "--quiet"], catch_exceptions=False)
    assert made.exit_code == 0, made.output
    folder = next((tmp_path / "out").iterdir())
    first = (folder / "simulation.csv").read_text()
    assert first.splitlines()[0] == "channel,start,service_level,sl_low,sl_high,abandonment,asa_s,occupancy"
    told = json.loads((folder / "manifest.json").read_text())["simulation"]
    assert told["replications"] == 300
    summed = json.loads((folder / "summary.json").read_text())["simulation"]["channels"]["phone"]
    assert 0 < summed["sl_low"] <= summed["service_level"] <= summed["sl_high"] <= 1
    promise = pd.read_csv(folder / "promise.csv").set_index("channel")
    assert list(promise) == ["promise", "probability", "low", "high", "cushion_h"]
    assert promise.loc["phone", "promise"] == "80% in 20s"
    assert promise["probability"].between(promise["low"], promise["high"]).all()
    told = json.loads((folder / "summary.json").read_text())
    assert told["simulation"]["promises"]["email"]["probability"] == promise.loc["email", "probability"]
    assert any("Phone: 80% within 20 s met in " in each["sentence"] for each in told["findings"])
    assert {each.channel for each in read_run(folder).replay.service_targets} == {"phone", "email"}
    answer = runner.invoke(app, ["simulate", str(folder), "--replications", "300", "--json"], catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    simulated = json.loads(answer.stdout)["simulation"]
    assert [each["channel"] for each in simulated["promises"]] == ["phone", "email"]
    assert simulated["promises"][0]["cushion_h"] is None
    assert (folder / "simulation.csv").read_text() == first  # same seed, same bytes
    more = runner.invoke(app, ["simulate", str(folder), "--replications", "20", "--quiet"], catch_exceptions=False)
    assert more.exit_code == 0, more.output
    assert (folder / "simulation.csv").read_text() != first
    again = runner.invoke(app, ["report", str(folder), "--quiet"], catch_exceptions=False)
    assert again.exit_code == 0, again.output
    assert json.loads((folder / "summary.json").read_text())["simulation"]["replications"] == 20
    (folder / "simulation.csv").unlink()  # a run from before there were replays
    assert runner.invoke(app, ["report", str(folder), "--quiet"], catch_exceptions=False).exit_code == 0


def test_a_busy_day_of_customers_elsewhere_is_a_day_of_theirs(week) -> None:
    """Tokyo's day ends at three in the afternoon of London: before and after it is as busy as two days are."""
    _, made, requirement, settings, days = week
    phone = settings.channels["phone"].model_copy(update={"timezone": "Asia/Tokyo"})
    table = made.table.assign(q10=made.table["volume"] * 0.7, q50=made.table["volume"], q90=made.table["volume"] * 1.3)
    table = table.assign(q025=table["q10"], q975=table["q90"])
    demand = demand_of("phone", phone, table, requirement.table, days)
    volume = draw_customers(demand, Draws(1, "phone"), 2).volume[0]
    there = days.starts.tz_convert("Asia/Tokyo").date[demand.volume > 0]
    factors = pd.Series(volume[demand.volume > 0] / demand.volume[demand.volume > 0])
    by_day = factors.groupby(there)
    assert np.allclose(by_day.max(), by_day.min())
    assert by_day.first().round(6).nunique() == len(by_day) > 1


def test_the_risk_of_work_is_the_same_whether_its_weeks_were_seen_before(week) -> None:
    """E-mail of twenty weeks with its people: what `meet` saw and what is looked at anew give the same probability."""
    roster, told, requirement, settings, days = week
    centre = Centre.of(settings, told.table, requirement.table, days, replications=20, seed=1)
    staffing = staffing_of(roster, settings, days)
    seen = centre.meet(staffing)["email"]
    known, anew = (centre.work_risk("email", staffing.alone["email"], 0.0, each) for each in (seen, None))
    assert known.probability.tolist() == anew.probability.tolist()
    assert (known.buffer, known.on_time, known.judged) == (anew.buffer, anew.on_time, anew.judged)
    nothing = replace(seen, good=0.0 * seen.good)
    assert centre.work_risk("email", staffing.alone["email"], 0.0, nothing).on_time == 0.0 < anew.on_time
