"""Requirements and floors of channels alone and of channels that share people, and the service of a shared roster."""

from __future__ import annotations

from datetime import date
from math import comb

import numpy as np
import pandas as pd
import pytest

from configs.horizon import Horizon
from configs.loader import build
from optimize.staffing import erlang_a, serve, staff
from optimize.staffing.facts import NoQuantiles, OneQueue, RiskNotUsed
from optimize.staffing.requirement.staircase import staircases
from optimize.staffing.requirement.teams import sharing_of

HORIZON = Horizon(date(2026, 1, 5), 1, 60, "UTC")
NINE = 9
NAMES = ("sales", "service", "billing")


def small(**channel: object) -> dict:
    """Three channels from nine to five, whose callers never give up; fourteen people who know all three."""
    one = {"kind": "synchronous", "open": "09:00-17:00", **channel}
    return {
        "plan": {"name": "pooled", "timezone": "UTC", "interval": "60min"},
        "history": {"path": "demo"},
        "channels": {name: dict(one) for name in NAMES},
        "contracts": {
            "a": {
                "agents": 14,
                "days_per_week": 5,
                "cost_per_hour": 10,
                "shifts": [{"length": "8h", "start": "09:00"}],
            }
        },
    }


def calls(volume: float, names: tuple[str, ...] = NAMES, aht: float = 300.0) -> pd.DataFrame:
    """So many calls an hour in each channel, all day."""
    frames = [pd.DataFrame({"channel": n, "start": HORIZON.starts, "volume": volume, "aht_s": aht}) for n in names]
    return pd.concat(frames, ignore_index=True)


def at(table: pd.DataFrame, column: str, hour: int = NINE) -> list[float]:
    return table.loc[table["start"] == HORIZON.starts[hour], column].tolist()


def agents(**people: int) -> pd.DataFrame:
    """People by skills written with underscores."""
    return pd.DataFrame({"skills": [";".join(k.split("_")) for k, number in people.items() for _ in range(number)]})


def test_three_channels_that_share_everybody_need_six_people() -> None:
    """12 calls of 300 s an hour each: alone 3 people each; together 3 Erlang, 5 give 79.3 % and 6 keep 80 %."""
    five, six = (float(erlang_a(n, 3, 300, np.inf, 20).service_level) for n in (5, 6))
    assert five == pytest.approx(0.793, abs=0.0005)
    assert six >= 0.8
    found = staff(build(small()), calls(12.0), HORIZON)
    assert at(found.table, "agents") == [2, 2, 2]
    assert at(found.table, "service_level") == pytest.approx([six] * 3, abs=1e-6)
    assert found.table["agents"].sum() == 6 * 8
    apart = staff(build(small()), calls(12.0), HORIZON, agents=agents(sales=5, service=5, billing=5))
    assert at(apart.table, "agents") == [3, 3, 3]
    assert [note for note in found.notes if isinstance(note, OneQueue)] == [OneQueue("channels", NAMES, 48, 72, True)]
    assert not [note for note in apart.notes if isinstance(note, OneQueue)]


def test_one_person_fewer_misses_the_target_of_a_channel() -> None:
    """Each channel keeps its own target in the common queue: that of sales, 95 % in 10 s, is the one that counts."""
    raw = small(patience="3min")
    raw["channels"]["sales"]["target"] = {"share": 0.95, "within": "10s"}
    found = staff(build(raw), calls(30.0), HORIZON)
    people = sum(at(found.table, "agents"))
    kept = [float(erlang_a(n, 7.5, 300, 180, 10).service_level) for n in (people - 1, people)]
    assert kept[0] < 0.95 <= kept[1]


def test_partly_shared_channels_lie_between() -> None:
    """As more people are shared nobody needs more, and never more than apart."""
    sums = []
    for shared in (0, 2, 6, 10, 20):
        table = staff(
            build(small()),
            calls(60.0),
            HORIZON,
            agents=agents(sales=50, service=50, billing=50, sales_service_billing=shared),
        ).table
        sums.append(sum(at(table, "agents")))
    assert sums == sorted(sums, reverse=True)
    assert sums[-1] == sum(at(staff(build(small()), calls(60.0), HORIZON).table, "agents")) < sums[0]


def test_conversations_side_by_side_are_not_pooled(raw, forecast, horizon) -> None:
    """People who know phone and chat leave both as they are."""
    known = pd.DataFrame({"skills": ["phone;chat;email"] * 20})
    apart = pd.DataFrame({"skills": ["phone"] * 10 + ["chat"] * 10})
    found, before = (staff(build(raw), forecast, horizon, agents=each) for each in (known, apart))
    pd.testing.assert_frame_equal(found.table, before.table)
    assert found.notes == before.notes


def test_people_are_a_team_where_the_roster_gives_them_all_to_one_channel() -> None:
    """Six people planned at sales serve all three as one queue; five apart would leave two channels with nobody."""
    config = build(small())
    table = staff(config, calls(12.0), HORIZON).table
    rostered = table[["channel", "start"]].assign(staffed=np.where(table["channel"] == "sales", 6.0, 0.0))
    given = serve(config, table, rostered)
    six = float(erlang_a(6, 3, 300, np.inf, 20).service_level)
    assert at(given, "service_level") == pytest.approx([six] * 3, abs=1e-6)
    apart = serve(config, table, rostered, agents(sales=5, service=5, billing=5))
    assert at(apart, "service_level")[1:] == [0, 0]
    half = serve(config, table, rostered, agents(sales=9, service=9, billing=9, sales_service_billing=1))
    assert at(half, "service_level")[1:] == pytest.approx([six / 2] * 2, abs=1e-6)


def test_a_floor_is_the_least_people_for_the_least_share() -> None:
    """Half of the calls in time on average over absence and busyness; one person fewer is below half."""
    raw = small(patience="3min", max_occupancy=0.999)
    raw["staffing"] = {"absence": 0.1}
    for channel in raw["channels"].values():
        channel["target"] = {"over": "day", "floor": 0.5}
    config, wide = build(raw), calls(60.0).assign(q10=40.0, q90=80.0)
    apart = agents(sales=20, service=20, billing=20)
    table = staff(config, wide, HORIZON, agents=apart).table
    made = staircases(config, table, HORIZON, sharing_of(config, apart))[0].average["share"][NINE]
    floor = int(at(table, "agents")[0])
    assert made[floor - 1] < 0.5 <= made[floor]
    assert at(table, "agents_interval")[0] > floor
    assert at(table, "agents_interval") == at(
        staff(build(small(patience="3min") | {"staffing": {"absence": 0.1}}), wide, HORIZON, agents=apart).table,
        "agents",
    )


def test_the_floor_of_a_team_is_found_in_its_common_queue() -> None:
    """The people of all channels together just keep half; the least one of the common queue."""
    raw = small(patience="3min", max_occupancy=0.999)
    for channel in raw["channels"].values():
        channel["target"] = {"over": "day"}
    config = build(raw)
    table = staff(config, calls(60.0), HORIZON).table
    made = staircases(config, table, HORIZON, sharing_of(config, None))[0]
    assert made.team == NAMES
    people = int(sum(at(table, "agents")))
    assert made.average["share"][NINE, people - 1] < 0.5 <= made.average["share"][NINE, people]


def test_a_floor_keeps_the_occupancy_the_minimum_and_one_person() -> None:
    """At 80 % occupancy 5 Erlang take 7 people; a minimum of 9 takes 9; a call a day takes one, nobody none."""
    raw = small()
    for channel in raw["channels"].values():
        channel |= {"max_occupancy": 0.8, "target": {"over": "day", "floor": 0.1}}
    raw["channels"]["service"]["minimum"] = 9
    table = calls(60.0)
    table.loc[table["channel"] == "billing", "volume"] = np.where(np.arange(24) == NINE, 0.01, 0.0)
    apart = agents(sales=20, service=20, billing=20)
    found = staff(build(raw), table, HORIZON, agents=apart).table
    assert at(found, "agents") == [7, 9, 1]
    assert at(found, "agents", NINE + 1) == [7, 9, 0]


def test_a_floor_counts_the_occupancy_of_those_who_come() -> None:
    """Five Erlang keep all who come busy, five at most: with three in ten absent eight are busy too much, nine are not."""
    raw = small(max_occupancy=0.8, target={"over": "day", "floor": 0.1})
    raw["staffing"] = {"absence": 0.3}
    found = staff(build(raw), calls(60.0), HORIZON, agents=agents(sales=20, service=20, billing=20)).table
    assert at(found, "agents") == [9, 9, 9]
    for people, enough in ((8, False), (9, True)):
        busy = sum(comb(people, m) * 0.7**m * 0.3 ** (people - m) * min(m, 5) for m in range(people + 1))
        assert (busy / (0.7 * people) <= 0.8) is enough


def test_caps_of_a_team_are_met_by_each_load() -> None:
    """Five Erlang at 50 % take 10 people and five at 100/101 about 5: together 16, not 20."""
    raw = small(target={"over": "day", "floor": 0.01})
    del raw["channels"]["billing"]
    raw["channels"]["sales"]["max_occupancy"], raw["channels"]["service"]["max_occupancy"] = 0.5, 100 / 101
    found = staff(build(raw), calls(60.0, NAMES[:2]), HORIZON).table
    assert sum(at(found, "agents")) == 16


def test_a_share_of_weeks_is_not_for_targets_over_a_span() -> None:
    """Only the channel by interval is staffed for nine weeks in ten; `sure` is there for the others, and a note says so."""
    raw = small()
    raw["channels"]["sales"]["target"] = {"over": "day"}
    raw["channels"]["service"]["target"] = {"over": "week", "floor": 0.4}
    raw["staffing"] = {"risk": 0.9}
    quantiles = {"q025": 40.0, "q10": 50.0, "q50": 60.0, "q90": 70.0, "q975": 80.0}
    found = staff(build(raw), calls(60.0).assign(**quantiles), HORIZON)
    assert at(found.table, "volume") == pytest.approx([60, 60, 70])
    assert [n for n in found.notes if isinstance(n, RiskNotUsed)] == [RiskNotUsed("staffing.risk", 0.9, NAMES[:2])]
    bare = staff(build(raw), calls(60.0), HORIZON)
    assert [note.where for note in bare.notes if isinstance(note, NoQuantiles)] == ["channels.billing"]


def test_by_interval_nothing_of_a_span_is_written(config, forecast, horizon) -> None:
    """The spread and the second requirement are there only where a target is one over a day or a week."""
    assert not {"rate_cv", "agents_interval"} & set(staff(config, forecast, horizon).table.columns)
    raw = small()
    raw["channels"]["sales"]["target"] = {"over": "day"}
    table = staff(build(raw), calls(60.0), HORIZON, agents=agents(sales=9, service=9, billing=9)).table
    assert at(table, "rate_cv") == [0, 0, 0]
    assert np.isnan(at(table, "agents_interval")).tolist() == [False, True, True]
