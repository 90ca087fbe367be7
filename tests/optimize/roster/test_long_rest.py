"""Long shifts with a long rest, which reach over a whole day off."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise, product
from typing import TYPE_CHECKING

import numpy as np
import pytest

from configs.errors import ConfigError, InfeasibleError
from configs.tables import records
from optimize.roster.carry_over import previous_of
from optimize.roster.inputs.people import read_people
from optimize.roster.planner import plan_week
from optimize.roster.verify import verify
from tests.optimize.roster import weeks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from configs.schema import Config

HOURS = 16
REST = 24
STARTS = (6, 14, 22)


def on_call(people: int) -> Config:
    """Three shifts of 16 h a week, begun at 6, 14 or 22 o'clock, and 24 h of rest: from 22:00 it lasts two days."""
    shift = {"length": f"{HOURS}h", "start": "06:00-22:00", "step": "8h"}
    contract = {
        "agents": people, "days_per_week": 3, "shifts": [shift], "rest": f"{REST}h", "days_off": "any", "guaranteed": True,
        "cost_per_hour": 10,
    }  # fmt: skip
    return weeks.config_of(contracts={"call": contract})


def tours() -> list[NDArray[np.float64]]:
    """Hours at work in every tour one person may have, the week a circle; found by trying all of them."""
    found = []
    for days in combinations(range(7), 3):
        for clock in product(STARTS, repeat=3):
            begins = [24 * day + hour for day, hour in zip(days, clock, strict=True)]
            if all(after - before >= HOURS + REST for before, after in pairwise([*begins, begins[0] + 168])):
                works = np.zeros(168)
                for begin in begins:
                    works[np.arange(begin, begin + HOURS) % 168] += 1
                found.append(works)
    return found


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_the_best_tours_of_two_people_on_call_are_those_found_by_trying_all(seed: int) -> None:
    """Every pair of tours that rests is tried; the roster, whose rest is recounted, costs what the best pair costs."""
    config = on_call(2)
    horizon = weeks.horizon_of(config)
    need = np.random.default_rng(seed).integers(0, 3, 21).repeat(8)
    each = tours()
    best = min(np.maximum(need - one - other, 0).sum() for i, one in enumerate(each) for other in each[i:])
    roster = plan_week(config, horizon, weeks.requirement_of(horizon, phone=need), read_people(config))
    excess = np.maximum(roster.coverage["staffed"].to_numpy() - need, 0).sum() * config.costs.excess_per_hour
    assert roster.left_out == 0
    assert roster.cost.total - excess == pytest.approx(100 * best + 2 * 3 * HOURS * 10)
    assert roster.bound <= roster.cost.total + 1e-6


@pytest.mark.parametrize("seed", [1, 2, 5])
def test_the_week_after_and_a_changed_week_keep_the_long_rest(seed: int) -> None:
    """Three people, the week before known and then their own week published: nobody begins within 24 h of an end."""
    config = on_call(3)
    draw, horizon = np.random.default_rng(seed), weeks.horizon_of(config)
    needs = [weeks.requirement_of(horizon, phone=draw.integers(0, 3, 21).repeat(8)) for _ in range(2)]
    first = plan_week(config, horizon, needs[0], read_people(config))
    again = plan_week(config, horizon, needs[1], replace(read_people(config), published=first.table))
    following = weeks.horizon_of(config, first=previous_of(first, "UTC").until)
    later_need = needs[1].assign(start=needs[1]["start"] + (following.begin - horizon.begin))
    people = replace(read_people(config), previous=previous_of(first, "UTC"))
    later = plan_week(config, following, later_need, people)
    for need, roster in ((needs[1], again), (later_need, later)):
        verify(config, need, roster)
    for table in (first.table, again.table, later.table):
        rows = records(table.sort_values(["agent", "start"]))
        gaps = [b["start"] - a["end"] for a, b in pairwise(rows) if a["agent"] == b["agent"]]
        assert min(gap.total_seconds() for gap in gaps) >= REST * 3600


def resting(rest: str, shift: dict, **contract: object) -> Config:
    """One person with a long rest; by default five days together, as a planner who states nothing else has them."""
    one = {"agents": 1, "days_per_week": 5, "shifts": [shift], "rest": rest, "cost_per_hour": 10} | contract
    return weeks.config_of(contracts={"long": one})


EIGHT = {"length": "8h", "start": "08:00"}
WIDE = {"length": "8h", "start": "08:00-12:00", "step": "1h"}
WHOLE_DAY = {"length": "24h", "start": "08:00"}


@pytest.mark.parametrize(
    ("rest", "shift", "contract", "days", "note"),
    [
        ("16h", EIGHT, {}, 5, ""),
        ("17h", EIGHT, {}, 3, "a rest of 17h after shifts of 8h leaves at most 3 of 5 working days a week, so days off"),
        ("17h", EIGHT, {"days_off": "any", "min_days": 1}, 3, "leaves at most 3 of 5 working days a week"),
        ("17h", EIGHT, {"days_off": "any", "days_per_week": 3}, 3, ""),
        ("17h", WIDE, {}, 5, ""),
        ("36h", {"length": "12h", "start": "07:00"}, {"days_off": "any", "min_days": 1}, 3, "at most 3 of 5"),
        ("37h", {"length": "12h", "start": "07:00"}, {"days_off": "any", "min_days": 1}, 2, "at most 2 of 5"),
        ("48h", WHOLE_DAY, {"days_off": "any", "min_days": 1}, 2, "at most 2 of 5"),
        ("144h", WHOLE_DAY, {}, 1, "leaves at most 1 of 5 working days a week"),
    ],
)  # fmt: skip
def test_a_long_rest_leaves_the_days_it_leaves(rest: str, shift: dict, contract: dict, days: int, note: str) -> None:
    """Needed all week: as many days are worked as the rest leaves, over the end of the week too; a note says so."""
    config = resting(rest, shift, **contract)
    horizon, people = weeks.horizon_of(config), read_people(config)
    need = weeks.requirement_of(horizon, phone=1.0)
    roster = plan_week(config, horizon, need, people)
    assert len(roster.table) == days
    assert roster.left_out == 0
    assert roster.status == "optimal"
    starts = [*roster.table["start"], roster.table["start"].iloc[0] + np.timedelta64(7, "D")]
    least = np.timedelta64(int(shift["length"][:-1]) + int(rest[:-1]), "h")
    assert all(after - before >= least for before, after in pairwise(starts))
    told = [str(each) for each in roster.notes if each.where == "contracts.long"]
    assert [note in each for each in told] == ([True] if note else [])


def test_two_days_on_call_and_the_week_after() -> None:
    """24 h on and 48 h off, on call from Sunday 08:00: the week after begins on Wednesday, not before."""
    config = resting("48h", WHOLE_DAY, days_off="any", min_days=1)
    horizon, people = weeks.horizon_of(config), read_people(config)
    sunday = weeks.requirement_of(horizon, phone=(horizon.day == 6).astype(float))
    first = plan_week(config, horizon, sunday, people)
    assert [start.day_of_week for start in first.table["start"]] == [6]
    following = weeks.horizon_of(config, first=previous_of(first, "UTC").until)
    later = replace(people, previous=previous_of(first, "UTC"))
    roster = plan_week(config, following, weeks.requirement_of(following, phone=1.0), later)
    assert roster.table["start"].min().day_of_week == 2
    assert roster.scope == ""


def test_a_rest_longer_than_a_week_leaves_is_refused() -> None:
    """144 h and a shift of 24 h fill seven days; one hour more is told."""
    with pytest.raises(ConfigError, match="145h is not a rest between two shifts; write one from 0h to 144h"):
        resting("145h", WHOLE_DAY)


def test_guaranteed_days_that_a_rest_forbids_are_told() -> None:
    """Five guaranteed days of eight hours with 17 h between them: three can be worked, and the rest is named."""
    config = resting("17h", EIGHT, days_off="any", guaranteed=True)
    horizon = weeks.horizon_of(config)
    with pytest.raises(InfeasibleError, match=r"cannot work 5 days this week, as guaranteed, only 3: .* they rest 17h"):
        plan_week(config, horizon, weeks.requirement_of(horizon, phone=1.0), read_people(config))


def test_fewer_days_than_the_contract_names_are_refused_only_where_nobody_could_work() -> None:
    """Shifts on three days, five a week: all or none is impossible, one at least is not; so with rows of two days."""
    three = EIGHT | {"days": ["mon", "tue", "wed"]}
    with pytest.raises(ConfigError, match="days_per_week: is 5, but shifts may begin on only 3 days of the week"):
        resting("11h", three)
    with pytest.raises(ConfigError, match="min_days: is 4, but shifts may begin on only 3 days"):
        resting("11h", three, min_days=4)
    with pytest.raises(ConfigError, match="min_days: is 3, which makes 3 days in a row; max_consecutive_days is 2"):
        resting("11h", EIGHT, min_days=3, max_consecutive_days=2)
    for config in (resting("11h", three, min_days=3), resting("11h", EIGHT, min_days=2, max_consecutive_days=2)):
        horizon = weeks.horizon_of(config)
        roster = plan_week(config, horizon, weeks.requirement_of(horizon, phone=1.0), read_people(config))
        assert 2 <= len(roster.table) <= 3
