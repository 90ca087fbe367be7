"""A roster near the one people were told: only what must change does, and every change is counted and priced."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from configs.errors import DataError, VerificationError
from optimize.roster.inputs.people import People, read_people
from optimize.roster.inputs.previous import Previous
from optimize.roster.planner import plan_week
from optimize.roster.result import Changes, Roster
from optimize.roster.verify import verify
from tests.optimize.roster import weeks

CONTRACT = {
    "days_per_week": 4, "days_off": "any", "cost_per_hour": 10, "agents": 8,
    "shifts": [{"length": "8h", "start": "06:00-14:00", "step": "2h"}], "breaks": [{"length": "1h", "after": "3h-5h"}],
}  # fmt: skip


def config_of(**roster):
    return weeks.config_of(contracts={"day": CONTRACT}, roster={"time_limit": "10s", "gap": 0.0} | roster)


CONFIG = config_of(change_cost=5)
HORIZON = weeks.horizon_of(CONFIG)
NEED = weeks.requirement_of(
    HORIZON, phone=2 * weeks.hours_between(HORIZON, 6, 22) + weeks.hours_between(HORIZON, 10, 18)
)


def cells(table: pd.DataFrame) -> set[tuple[str, pd.Timestamp]]:
    return set(zip(table["agent"], table["start"], strict=True))


def sick(people: People, agent: str, days: int = 7) -> People:
    away = pd.DataFrame({"agent": [agent], "start": [HORIZON.begin], "end": [HORIZON.begin + pd.Timedelta(days=days)]})
    return replace(people, leave=away)


@pytest.fixture(scope="module")
def published() -> Roster:
    """Eight people on four days each, planned without a roster before."""
    return plan_week(CONFIG, HORIZON, NEED, read_people(CONFIG))


def test_the_same_week_planned_again_changes_nothing(published: Roster) -> None:
    """Nothing changed in the world, so nobody's week changes and nothing is charged."""
    again = plan_week(CONFIG, HORIZON, NEED, replace(published.people, published=published.table))
    assert again.changes == Changes(people=0, cells=0, unavoidable=0)
    assert again.table[["agent", "start", "breaks"]].equals(published.table[["agent", "start", "breaks"]])
    assert again.cost.changes == 0
    assert published.changes is None


def breaks_at(table: pd.DataFrame, hours: int) -> pd.DataFrame:
    """The same shifts, with every break so many hours after the begin."""
    begin = table["start"] + pd.Timedelta(hours=hours)
    return table.assign(breaks=[f"{at:%H:%M}-{at + pd.Timedelta(hours=1):%H:%M}" for at in begin])


@pytest.mark.parametrize("hours", [3, 4, 5])
def test_unchanged_shifts_keep_their_published_breaks_where_cover_is_as_good(published: Roster, hours: int) -> None:
    """Nobody is needed, so every lawful break is as good as any other: all stay but one told two hours after begin."""
    told, idle = breaks_at(published.table, hours), weeks.requirement_of(HORIZON, phone=0)
    told.loc[0, "breaks"] = breaks_at(published.table, 2).loc[0, "breaks"]
    again = plan_week(config_of(change_cost=1000), HORIZON, idle, replace(published.people, published=told))
    both = told.merge(again.table, on=["agent", "start", "end"], suffixes=("", "_again"))
    assert len(both) == len(told)
    assert (both["breaks"] == both["breaks_again"]).tolist() == [False] + [True] * (len(told) - 1)


def test_published_breaks_outside_their_window_are_placed_anew(published: Roster) -> None:
    """A break two hours after the begin is not lawful: from 3h to 5h it has to be."""
    told = breaks_at(published.table, 2)
    again = plan_week(CONFIG, HORIZON, NEED, replace(published.people, published=told))
    both = told.merge(again.table, on=["agent", "start", "end"], suffixes=("", "_again"))
    assert len(both) == len(told)
    assert (both["breaks"] != both["breaks_again"]).all()


def test_published_breaks_that_cost_cover_are_given_up(published: Roster) -> None:
    """Asked for just the people at work now, with everybody told a break after three hours: nothing may be short."""
    told, need = breaks_at(published.table, 3), published.coverage["staffed"].to_numpy()
    people = replace(published.people, published=told)
    again = plan_week(CONFIG, HORIZON, weeks.requirement_of(HORIZON, phone=need), people)
    assert again.coverage["shortage"].sum() == 0
    both = told.merge(again.table, on=["agent", "start", "end"], suffixes=("", "_again"))
    assert (both["breaks"] != both["breaks_again"]).any()


def test_one_person_sick_changes_a_few_cells_where_afresh_changes_many(published: Roster) -> None:
    """The shifts of the one who is away go; the others keep at least nine tenths of what planning afresh moves."""
    absent = str(published.table["agent"].iloc[0])
    people = sick(published.people, absent)
    steady = plan_week(CONFIG, HORIZON, NEED, replace(people, published=published.table))
    afresh = plan_week(CONFIG, HORIZON, NEED, people)
    others = cells(published.table[published.table["agent"] != absent])
    assert steady.changes is not None
    assert steady.changes.unavoidable == (published.table["agent"] == absent).sum()
    assert len(cells(steady.table) ^ others) == steady.changes.cells
    assert 10 * steady.changes.cells <= max(10, len(cells(afresh.table) ^ others))
    assert steady.cost.changes == 5.0 * steady.changes.cells
    assert steady.bound <= steady.cost.total + 1e-6


@pytest.mark.parametrize("price", [0, 1000])
def test_a_dearer_change_is_made_less_often(published: Roster, price: int) -> None:
    """With one person away and changes at 1000 each nobody else moves; at nothing, cost is that of planning afresh."""
    config = config_of(change_cost=price)
    absent = str(published.table["agent"].iloc[0])
    people = sick(published.people, absent)
    steady = plan_week(config, HORIZON, NEED, replace(people, published=published.table))
    assert steady.changes is not None
    if price:
        assert steady.changes.cells == 0
    else:
        afresh = plan_week(config, HORIZON, NEED, people)
        assert steady.cost.total == pytest.approx(afresh.cost.total, rel=0.02)


def test_two_people_exchanged_is_the_brute_force_of_two() -> None:
    """One early and one late shift on one day, told to a and b: both keep theirs though ids would say otherwise."""
    contract = CONTRACT | {"days_per_week": 1, "shifts": [{"length": "8h", "start": "06:00-14:00", "step": "8h"}]}
    config = weeks.config_of(contracts={"day": contract | {"agents": 2}}, roster={"time_limit": "5s", "gap": 0.0})
    need = weeks.requirement_of(HORIZON, phone=weeks.hours_between(HORIZON, 6, 22) * (HORIZON.day == 2))
    people = read_people(config)
    first = plan_week(config, HORIZON, need, people).table
    swapped = first.assign(agent=first["agent"].to_numpy()[::-1], name=first["name"].to_numpy()[::-1])
    again = plan_week(config, HORIZON, need, replace(people, published=swapped))
    assert cells(again.table) == cells(swapped)
    assert cells(again.table) != cells(first)


def test_the_recount_sees_a_wrong_count_of_changes(published: Roster) -> None:
    """A cost that says nothing changed, when a shift was taken away, is not published."""
    fewer = replace(published.people, published=published.table.iloc[1:])
    again = plan_week(CONFIG, HORIZON, NEED, replace(fewer, published=published.table))
    wrong = replace(again, people=fewer)
    with pytest.raises(VerificationError, match=r"changes is 0\.00; the recount says 5\.00"):
        verify(CONFIG, NEED, wrong)


def test_a_roster_of_another_week_is_refused_in_words(published: Roster) -> None:
    """A year later is not this week."""
    later = published.table.assign(**{c: published.table[c] + pd.Timedelta(days=364) for c in ("start", "end")})
    with pytest.raises(DataError, match="begins on 2027-11-29; the week planned begins on 2026-11-30"):
        plan_week(CONFIG, HORIZON, NEED, replace(published.people, published=later))


@pytest.mark.parametrize("seed", range(3))
def test_whatever_changes_the_bound_stays_below_and_every_rule_is_kept(published: Roster, seed: int) -> None:
    """Other demand, somebody away for some days, a published row nobody can work: `plan_week` recounts all of it."""
    rng = np.random.default_rng(seed)
    need = NEED.assign(agents=(NEED["agents"] + rng.integers(-1, 2, len(NEED))).clip(0))
    odd = published.table.copy()
    odd.loc[odd.index[0], ["start", "end"]] += pd.Timedelta(hours=1)
    people = sick(published.people, str(rng.choice(published.people.agents["agent"])), int(rng.integers(1, 5)))
    config = config_of(change_cost=20, time_limit="3s", gap=0.02)
    again = plan_week(config, HORIZON, need, replace(people, published=odd))
    assert again.bound <= again.cost.total + 1e-6


def test_a_week_after_a_known_one_stays_near_what_was_told() -> None:
    """Nights over Sunday, the week before known: rest from it is kept, and the same week again changes nothing."""
    night = CONTRACT | {
        "shifts": [{"length": "8h", "start": "22:00"}, {"length": "8h", "start": "06:00"}],
        "rest": "11h",
    }
    config = weeks.config_of(contracts={"day": night}, roster={"time_limit": "10s", "gap": 0.0})
    hours = (
        weeks.hours_between(HORIZON, 6, 14) + weeks.hours_between(HORIZON, 22, 24) + weeks.hours_between(HORIZON, 0, 6)
    )
    need = weeks.requirement_of(HORIZON, phone=hours)
    people = read_people(config)
    before = plan_week(config, HORIZON, need, people)
    ago = {c: before.table[c] - pd.Timedelta(days=7) for c in ("start", "end", "date")}
    people = replace(people, previous=Previous(before.table.assign(**ago), people.agents, weeks.MONDAY, {}, "before"))
    first = plan_week(config, HORIZON, need, people)
    again = plan_week(config, HORIZON, need, replace(people, published=first.table))
    assert again.changes == Changes(0, 0, 0)
