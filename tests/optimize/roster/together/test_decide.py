"""Several weeks decided together: rules over their edge, what the weeks want, and what is left of the config."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from configs.errors import InfeasibleError
from configs.horizon import Horizon
from optimize.roster.advice import advise
from optimize.roster.api import plan
from optimize.roster.facts import RuleCost
from optimize.roster.inputs.previous import Previous
from optimize.roster.joined.demand import Demand
from optimize.roster.joined.search import Effort
from optimize.roster.planner import plan_week, relaxed_week
from optimize.roster.together.decide import decided_weeks, joined_weeks
from optimize.roster.together.demand import demand_of, served_before, wanted_by, with_teams
from optimize.roster.together.persons import staff_of
from optimize.roster.verify.rules import Weeks, breaches
from tests.optimize.roster import weeks

NIGHTS = {
    "agents": 6,
    "days_per_week": 5,
    "min_days": 1,
    "shifts": [{"length": "8h", "start": start} for start in ("06:00", "14:00", "22:00")],
    "cost_per_hour": 10,
    "rules": {
        "rests": {"nights": {"after_run": "night", "least": "48h"}},
        "runs": {"nights": {"of": "night", "most": 3}},
    },
}


def config_of(**contract: object):
    return weeks.config_of(contracts={"day": NIGHTS | contract})


def decided(config, people, *, number: int = 2, need: object = 1, effort: Effort | None = None):
    """Weeks from Monday on, each with the same need."""
    horizons = [weeks.horizon_of(config, weeks.MONDAY + timedelta(days=7 * k)) for k in range(number)]
    wanted = []
    for horizon in horizons:
        requirement = weeks.requirement_of(horizon, phone=need)
        wanted.append(wanted_by(config, *relaxed_week(config, horizon, requirement, people, None)))
    whole = replace(horizons[0], days=7 * number)
    return decided_weeks(config, whole, wanted, people, effort=effort or QUICK), whole


def days_of(table: pd.DataFrame, agent: str) -> list[int]:
    rows = table[table["agent"] == agent]
    return sorted((day.date() - weeks.MONDAY).days for day in rows["date"])


QUICK = Effort(rounds=40, sweeps=8, passes=1)
"""Enough for a few people."""
SIX = weeks.people_of([(f"A{n}", "day", "phone") for n in range(1, 7)])


def test_rest_after_nights_is_kept_over_the_edge_of_weeks() -> None:
    """One person round the clock for two weeks: after each run of nights 48 h pass, also from Sunday to Monday."""
    made, _ = decided(config_of(), SIX)
    assert made.left == ()
    assert made.weeks == 2
    assert made.bound is not None
    assert made.bound <= made.cost + 1e-6
    for _, rows in made.table.groupby("agent"):
        shifts = [(row.start, row.end) for row in rows.sort_values("start").itertuples()]
        run = 0
        for (start, end), (after, _) in pairwise(shifts):
            night, follows = start.hour == 22, after - start == timedelta(hours=24) and after.hour == 22
            run = run + 1 if night else 0
            assert run <= 3
            assert not night or follows or after - end >= timedelta(hours=48)
            run = run if follows else 0
    covered = made.table.apply(lambda row: pd.date_range(row["start"], row["end"], freq="h", inclusive="left"), axis=1)
    there = covered.explode().value_counts()
    first_shift = pd.Timestamp(weeks.MONDAY, tz="UTC") + pd.Timedelta(hours=6)
    asked = pd.date_range(first_shift, periods=14 * 24 - 6, freq="h")
    assert there.reindex(asked).fillna(0).min() >= 1


def test_who_has_no_roster_is_named_with_days_and_rules() -> None:
    """Five days a week are promised, in runs of three and more, but also of two at most: the first week has no roster."""
    runs = {"runs": {"long": {"of": "work", "least": 3}, "short": {"of": "work", "most": 2}}}
    config = config_of(rules=runs, min_days=None, guaranteed=True)
    with pytest.raises(InfeasibleError) as found:
        decided(config, SIX)
    first = str(found.value.faults[0])
    assert len(found.value.faults) == 6
    assert first.startswith(
        "agent A1: no roster keeps the rules of this person: already the days up to Sun 6 Dec have no"
    )
    assert first.endswith("relax the rules on hours or days in a week; or working days in a row")


def test_days_off_together_hold_over_the_edge_of_weeks() -> None:
    """Guaranteed five days, off together: no single day off but at the ends, and five days in every week."""
    config = weeks.config_of(contracts={"day": NIGHTS | {"rules": None, "min_days": None, "guaranteed": True}})
    made, _ = decided(config, SIX, need=weeks.hours_between(weeks.horizon_of(config), 6, 22))
    for agent in SIX.agents["agent"]:
        days = days_of(made.table, agent)
        assert [sum(7 * week <= day < 7 * week + 7 for day in days) for week in range(2)] == [5, 5]
        single = [day for day in range(1, 13) if day not in days and {day - 1, day + 1} <= set(days)]
        assert single == []


def test_the_hours_before_the_first_shift_are_staffed_by_a_night_like_the_last() -> None:
    """Nobody can begin before six on Monday: who works the last night stands in for those hours, and no rest is asked."""
    config, horizon = config_of(), weeks.horizon_of(config_of())
    made, _ = decided(config, SIX, number=1)
    requirement = weeks.requirement_of(horizon, phone=1)
    roster = plan_week(config, horizon, requirement, replace(SIX, decided=made))
    assert roster.cost.shortage == 0
    assert roster.people.previous is not None
    assert all("(night before)" in agent for agent in roster.people.previous.table["agent"])


def test_people_of_the_week_before_count_and_rest() -> None:
    """A1 works until six on Monday: that hour is covered by them, and 48 h pass before their next shift."""
    config = config_of()
    horizon = weeks.horizon_of(config)
    begin = pd.Timestamp(weeks.MONDAY, tz="UTC") - pd.Timedelta(hours=2)
    earlier, _ = decided(config, SIX, number=1)
    night = earlier.table.iloc[[0]].assign(
        agent="A1", start=begin, end=begin + pd.Timedelta(hours=8), date=pd.Timestamp(weeks.MONDAY - timedelta(days=1))
    )
    people = replace(SIX, previous=Previous(night, SIX.agents, weeks.MONDAY))
    shares = {"day": np.full(horizon.size + 48, 10.0)}
    first = staff_of(config, horizon, people, shares).persons[0].history
    assert (first.run, first.nights, first.days_off, first.ended, first.after_nights) == (1, 1, 0, 6, True)
    made, _ = decided(config, people, number=1)
    mine = made.table[made.table["agent"] == "A1"].sort_values("start")
    next_night = begin + pd.Timedelta(hours=24)
    assert mine.empty or mine["start"].iloc[0] in {
        next_night,
        *mine["start"][mine["start"] >= begin + pd.Timedelta(hours=56)],
    }


def test_leave_availability_and_fixed_days_bar_starts() -> None:
    """Leave from Tuesday 10:00 to 20:00 bars the two shifts it meets; a person there on weekdays works no weekend."""
    config = config_of(rules={"fixed_off": [2]})
    people = weeks.people_of(
        [("A1", "day", "phone"), ("A2", "day", "phone")], leave=[("A1", "2026-12-01 10:00", "2026-12-01 20:00")]
    )
    people = replace(people, agents=people.agents.assign(available=["", "mon-fri 06:00-22:00"]))
    horizon = weeks.horizon_of(config)
    staff = staff_of(config, horizon, people, {"day": np.full(horizon.size + 48, 10.0)})
    first, second = (np.isfinite(person.extra) for person in staff.persons)
    assert first.tolist()[1] == [False, False, True]
    assert not first[2].any()
    assert first[[0, 3, 4, 5, 6]].all()
    assert second.tolist()[0] == [True, True, False]
    assert not second[5:].any()


def test_a_wish_has_its_weight_as_price() -> None:
    config = config_of(rules=None)
    wishes = [
        {"agent": "A1", "date": "2026-12-02", "shift": None, "wish": "off", "weight": 4.0},
        {"agent": "A1", "date": "2026-12-03", "shift": "06:00", "wish": "on", "weight": 2.0},
    ]
    people = weeks.people_of([("A1", "day", "phone")], requests=wishes)
    horizon = weeks.horizon_of(config)
    extra = staff_of(config, horizon, people, {"day": np.full(horizon.size + 48, 10.0)}).persons[0].extra
    assert extra[2].tolist() == [4.0, 4.0, 4.0]
    assert extra[3].tolist() == [-2.0, 0.0, 0.0]


def test_wages_are_those_of_unpaid_breaks_where_they_save_most() -> None:
    """Eight hours with an unpaid hour in 3h-5h, ten an hour and double from nine to ten: the break may lie there."""
    config, horizon = weeks.config_of(), weeks.horizon_of(weeks.config_of())
    wages = np.full(horizon.size + 48, 10.0)
    wages[9] = 20.0
    people = weeks.people_of([("A1", "day", "phone")])
    contract = staff_of(config, horizon, people, {"day": wages}).shapes[0].contract
    assert contract.minutes.tolist() == [420] * 7
    assert contract.wage[0, :2].tolist() == [70.0, 80.0]
    assert contract.wage[1].tolist() == [70.0] * 7


def test_tiers_of_shortage_are_steps_the_dearest_first() -> None:
    """Four needed, below half 300 an hour instead of 100: two people of 300, two of 100, then the price of excess."""
    config = weeks.config_of(costs={"shortage_per_hour": 100, "shortage_tiers": [{"below": 0.5, "per_hour": 300}]})
    horizon = weeks.horizon_of(config)
    people = weeks.people_of([("A1", "day", "phone")])
    requirement = weeks.requirement_of(horizon, phone=4)
    demand, teams = demand_of([wanted_by(config, *relaxed_week(config, horizon, requirement, people, None))])
    assert teams == ()
    assert demand.width[:, 0, 0].tolist() == [2.0, 2.0]
    assert demand.gain[:, 0, 0].tolist() == [300.0, 100.0, -config.costs.excess_per_hour]
    assert demand.cost(np.full((1, horizon.size), 3.0)) == pytest.approx(100.0 * horizon.size)


def test_people_who_are_there_take_the_dearest_steps() -> None:
    demand = Demand(np.array([[500.0]]), np.array([[[2.0]], [[2.0]]]), np.array([[[200.0]], [[50.0]], [[-1.0]]]))
    less = served_before(demand, np.array([[3.0]]))
    for more in range(4):
        assert less.cost(np.array([[float(more)]])) == pytest.approx(demand.cost(np.array([[3.0 + more]])))


def test_who_knows_a_channel_of_a_team_serves_it_beyond_its_floors() -> None:
    assert with_teams(frozenset({1}), 3, ((0, 1), (2,))) == {1, 3}


def test_shapes_begin_by_the_clock_also_when_it_changes() -> None:
    """On the Sunday when clocks go back a shift of 06:00 begins seven hours after midnight."""
    config = weeks.config_of(plan={"name": "tiny", "timezone": "Europe/London", "interval": "60min"})
    horizon = Horizon(weeks.MONDAY.replace(month=10, day=19), 7, 60, "Europe/London")
    people = weeks.people_of([("A1", "day", "phone")])
    wanted = []
    requirement = weeks.requirement_of(horizon, phone=1)
    wanted.append(wanted_by(config, *relaxed_week(config, horizon, requirement, people, None)))
    made = joined_weeks(config, horizon, wanted, people)
    starts = made.problem.contracts[0].starts
    midnights = made.problem.midnights
    assert (starts[:6, 0] - midnights[:6]).tolist() == [6] * 6
    assert int(starts[6, 0] - midnights[6]) == 7
    assert int(midnights[7] - midnights[6]) == 25


def test_the_python_door_plans_by_rules() -> None:
    """``plan`` with a contract that has rules: nobody works on the fixed day off."""
    horizon = weeks.horizon_of(weeks.config_of())
    requirement = weeks.requirement_of(horizon, phone=1)[["channel", "start", "agents"]]
    contract = NIGHTS | {"rules": {"fixed_off": [2]}}
    made = plan(requirement, {"day": contract}, rules={"roster": {"time_limit": "2s"}})
    assert made.people.decided is not None
    assert 2 not in {(day.date() - weeks.MONDAY).days for day in made.table["date"]}
    assert made.cost.shortage > 0


def test_limits_of_hours_hold_in_every_week() -> None:
    """Shifts of 4 and 6 hours, 20 to 24 hours a week: each week of the two has them, and the program takes them."""
    mixed = {
        "agents": 2,
        "days_per_week": 5,
        "min_days": 1,
        "shifts": [{"length": f"{hours}h", "start": start} for hours in (4, 6) for start in ("08:00", "12:00")],
        "cost_per_hour": 10,
    }
    config = weeks.config_of(
        contracts={"day": mixed}, plan={"name": "t", "timezone": "UTC", "interval": "60min", "joint": True}
    )
    people = weeks.people_of([("A1", "day", "phone"), ("A2", "day", "phone")])
    people = replace(people, agents=people.agents.assign(hours_min=20.0, hours_max=24.0))
    need = weeks.hours_between(weeks.horizon_of(config), 8, 18)
    made, _ = decided(config, people, need=need)
    for week in range(2):
        horizon = weeks.horizon_of(config, weeks.MONDAY + timedelta(days=7 * week))
        requirement = weeks.requirement_of(horizon, phone=need)
        roster = plan_week(config, horizon, requirement, replace(people, decided=made))
        paid = roster.table.groupby("agent")["paid_h"].sum()
        assert paid.between(20.0, 24.0).all()
        assert len(paid) == 2


def test_a_week_takes_its_part_of_the_bound_by_name() -> None:
    """Nobody may work on the third day: the week alone could cover it, by name the shortage is proven."""
    config = config_of(rules={"fixed_off": [2]})
    made, _ = decided(config, SIX, effort=replace(QUICK, rounds=400))
    assert len(made.week_bounds) == 2
    assert made.bound is not None
    costs = []
    for week in range(2):
        horizon = weeks.horizon_of(config, weeks.MONDAY + timedelta(days=7 * week))
        before = (
            None if week == 0 else Previous(made.table[made.table["start"] < horizon.begin], SIX.agents, horizon.first)
        )
        people = replace(SIX, decided=made, previous=before)
        roster = plan_week(config, horizon, weeks.requirement_of(horizon, phone=1), people)
        costs.append(roster.cost.total)
        assert roster.assumes[-2:] == ("rules", "weeks")
        assert roster.bound <= roster.cost.total + 1e-6
        assert roster.bound > 2000.0
        assert roster.gap is not None
        assert roster.gap < 0.2
    assert made.bound <= sum(costs) + 1e-6
    assert made.week_bounds[0] + made.week_bounds[1] == pytest.approx(2 * made.bound - made.cost)


def test_what_rules_cost_is_advice_where_it_is_known() -> None:
    """A week on average of the two planned; below the least saving nothing is named."""
    config, horizon = config_of(), weeks.horizon_of(config_of())
    made, _ = decided(config, SIX, number=1)
    costs = (RuleCost("availability", (("day", 4000.0),)), RuleCost("rest", (("day", 0.5),)))
    known = replace(SIX, decided=replace(made, weeks=2, week_bounds=(), rule_costs=costs))
    requirement = weeks.requirement_of(horizon, phone=1)
    roster = plan_week(config, horizon, requirement, known)
    (only,) = [each for each in advise(config, horizon, requirement, roster) if each.kind == "rule"]
    assert only.saving == pytest.approx(2000.0)
    assert only.message(lambda _: "2,000") == (
        "Leaving out the rules on availability, leave and fixed days off of contract day would save at most about 2,000 "
        "a week."
    )
    assert made.rule_costs == ()


def test_wishes_and_deferrable_work_leave_a_week_its_own_bound() -> None:
    wishes = [{"agent": "A1", "date": "2026-12-02", "shift": None, "wish": "off", "weight": 4.0}]
    people = weeks.people_of([(f"A{n}", "day", "phone") for n in range(1, 7)], requests=wishes)
    made, _ = decided(config_of(), people, number=1)
    assert made.week_bounds == ()
    assert made.bound_of(weeks.MONDAY) is None


def test_a_trainee_works_inside_the_shifts_of_mentors() -> None:
    """A3 is to work with A1 or A2 all of the time: every shift of theirs is one that a mentor has too."""
    rows = pd.DataFrame([("A3", "pairing.mentors", "A1;A2")], columns=["agent", "rule", "value"], index=[2])
    config = weeks.config_of(
        contracts={"day": NIGHTS | {"rules": {}, "min_days": None, "guaranteed": True}}, roster={"rules": "rules.csv"}
    )
    people = replace(weeks.people_of([(f"A{n}", "day", "phone") for n in range(1, 7)]), rules=rows)
    made, _ = decided(config, people, number=1)
    shifts = {agent: set(rows["start"]) for agent, rows in made.table.groupby("agent")}
    assert len(shifts["A3"]) >= 4
    assert shifts["A3"] <= shifts["A1"] | shifts["A2"]
    assert made.bound is not None
    assert made.bound <= made.cost + 1e-6


def test_a_trainee_whose_mentors_do_not_work_keeps_a_roster() -> None:
    """The mentor is on leave all week; what cannot be is left to the recount."""
    rows = pd.DataFrame([("A3", "pairing.mentors", "A1")], columns=["agent", "rule", "value"], index=[2])
    config = weeks.config_of(
        contracts={"day": NIGHTS | {"rules": {}, "min_days": None, "guaranteed": True}}, roster={"rules": "rules.csv"}
    )
    away = [("A1", "2026-11-30 00:00", "2026-12-07 00:00")]
    people = replace(weeks.people_of([(f"A{n}", "day", "phone") for n in range(1, 7)], leave=away), rules=rows)
    made, _ = decided(config, people, number=1)
    assert len(made.table[made.table["agent"] == "A3"]) >= 4


def test_a_locked_start_and_a_rotation_are_kept_by_the_search() -> None:
    """A1 begins at 14:00 on Wednesday; A2 works two days and is off two, beginning on Monday."""
    own = [("A1", "locks.2026-12-02", "14:00"), ("A2", "rotation", '{ pattern = "WW--", starts = 2026-11-30 }')]
    rows = pd.DataFrame(own, columns=["agent", "rule", "value"], index=[2, 3])
    config = weeks.config_of(contracts={"day": NIGHTS | {"rules": {}}}, roster={"rules": "rules.csv"})
    made, whole = decided(config, replace(SIX, rules=rows), number=2)
    mine = made.table[made.table["agent"] == "A1"]
    assert whole.moment(2, 14 * 60) in set(mine["start"])
    assert days_of(made.table, "A2") == [0, 1, 4, 5, 8, 9, 12, 13]
    assert made.left == ()


def recounted(rules: dict[str, object], planned: dict[str, object], *, number: int = 1):
    """Rosters planned by some rules, and what the recount of others finds in them."""
    base = {"rests": {}, "runs": {}}
    config = config_of(rules=NIGHTS["rules"] | base | planned)
    made, whole = decided(config, SIX, number=number)
    known = Weeks(made.table.assign(breaks=""), SIX.agents, SIX.leave, None, whole.first, whole.days)
    return made, list(breaches(config_of(rules=base | rules), known))


@pytest.mark.parametrize(
    "rules",
    [
        {"weekly_rest": {"least": "64h"}, "near_start": "1h"},
        {"rotation": {"pattern": "WWW--"}},
        {"shifts": {"nights": {"of": "night", "per": "4d", "most": 2}}, "runs": {"off": {"of": "off", "most": 3}}},
    ],
    ids=["long rests and near starts", "a rotation of open phase", "kinds in a period"],
)
def test_what_the_search_plans_the_recount_accepts(rules: dict[str, object]) -> None:
    """Six people round the clock: no rule is broken, none is left out, and planned without them some would be."""
    made, found = recounted(rules, rules)
    assert found == []
    assert made.left == ()
    assert made.bound is not None
    assert made.bound <= made.cost + 1e-6
    assert recounted(rules, {})[1] != []


def test_rules_with_a_price_make_rosters_that_pay_less() -> None:
    """At most 16 hours for 90 an hour more: planned by, it costs less; the bounds of weeks, which count no prices, go."""
    rules = {"hours": {"h": {"per": "week", "most": "16h", "price": 90}}}
    made, found = recounted(rules, rules)
    _, without = recounted(rules, {})
    assert sum(each.price or 0 for each in found) < sum(each.price or 0 for each in without)
    assert made.week_bounds == ()
    assert made.left == ()
