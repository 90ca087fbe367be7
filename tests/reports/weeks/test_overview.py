"""Several weeks counted together: their order, what does not fit, and everybody in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest

from configs.errors import DataError
from configs.loader import build
from reports.run import Run
from reports.weeks.overview import Seam, in_order, overview_of
from tests.reports.runs import MONDAY, SMALL, small_run
from tests.reports.weeks.made import a_week_later, after, small_weeks


def named(*runs: Run) -> list[tuple[str, Run]]:
    return [(f"out/{run.name}", run) for run in runs]


def test_weeks_are_put_in_order_and_counted() -> None:
    """Six people, fourteen days, twice the shifts of the small week."""
    one, two = small_weeks(2)
    made = overview_of(in_order(named(two, one)))
    assert made.name == "small-2026-11-30-2w"
    assert made.days == tuple(MONDAY + timedelta(days=day) for day in range(14))
    assert [each.person.agent for each in made.people] == ["A001", "A004", "../E/5", "007", "A003", "A002"]
    assert sum(len(each.person.shifts) for each in made.people) == 2 * 14
    assert sum(each.total.paid_h for each in made.people) == 2 * 86.5
    assert made.seams == ()


def test_the_account_of_everybody_on_paper() -> None:
    """Bob's nights over the edge, Dan's leave, Fay's refused wish, and the hours of their contracts."""
    people = {each.person.agent: each for each in overview_of(small_weeks(2)).people}
    bob, dan, fay, ann = (people[agent] for agent in ("A002", "A004", "007", "A001"))
    assert (bob.total.nights, bob.total.days, bob.total.longest_run, bob.total.shortest_rest_h) == (6, 6, 3, 16.0)
    assert (bob.total.weekends_worked, bob.total.weekends_free) == (2, 0)
    assert (bob.total.agreed.least_h, bob.total.difference_h) == (60.0, -15.0)
    assert (dan.total.leave_days, dan.total.agreed.least_h, dan.total.difference_h) == (14, 0.0, 0.0)
    assert (fay.total.wishes_granted, fay.total.wishes_refused, fay.total.shortest_rest_h) == (0, 2, None)
    assert [(week.paid_h, week.difference_h) for week in ann.weeks] == [(40.0, 0.0)] * 2
    assert dan.person.leave == tuple((day, "holiday") for day in range(14))


def test_the_week_before_the_first_is_known_through_its_run() -> None:
    """The last two of three weeks: Bob's run began in the first, and so did his rest."""
    runs = small_weeks(3)
    bob = next(each for each in overview_of(runs[1:]).people if each.person.agent == "A002")
    assert (bob.run_before, bob.weeks[0].longest_run, bob.weeks[0].shortest_rest_h) == (1, 3, 16.0)
    alone = replace(runs[1], roster=replace(runs[1].roster, people=replace(runs[1].roster.people, previous=None)))
    bob = next(each for each in overview_of([alone, runs[2]]).people if each.person.agent == "A002")
    assert (bob.run_before, bob.weeks[0].longest_run) == (0, 2)


def test_people_of_a_part_of_the_weeks_are_there_too() -> None:
    """Gil works in the second week only; nothing is agreed with him for the first."""
    one = small_weeks(1)[0]
    two = a_week_later(one)
    people = two.roster.people
    agents = pd.concat([people.agents, people.agents.tail(1).assign(agent="A008", name="Gil Gorse")], ignore_index=True)
    two = replace(two, roster=replace(two.roster, people=replace(people, agents=agents)))
    gil = next(each for each in overview_of([one, after(one, two)]).people if each.person.agent == "A008")
    assert gil.weeks[0].agreed.least_h is None
    assert gil.weeks[0].difference_h is None
    assert gil.weeks[1].agreed.least_h == gil.total.agreed.least_h == 20.0


def test_a_shift_that_another_week_owns_is_counted_once() -> None:
    """The table of the second week repeats the night that began on the Sunday before."""
    one, two = small_weeks(2)
    table = one.roster.table
    sunday = table[(table["agent"] == "A002") & (table["start"] >= pd.Timestamp("2026-12-06", tz="UTC"))]
    assert len(sunday) == 1
    both = pd.concat([two.roster.table, sunday], ignore_index=True)
    bob = next(
        each
        for each in overview_of([one, replace(two, roster=replace(two.roster, table=both, planned=None))]).people
        if each.person.agent == "A002"
    )
    assert bob.total.days == len(bob.person.shifts) == 6


def test_weeks_that_do_not_follow_the_roster_before_are_named() -> None:
    """Planned without it, or after one that has changed since."""
    one, two, three = small_weeks(3)
    unknown = replace(two, roster=replace(two.roster, people=replace(two.roster.people, previous=None)))
    table = one.roster.table.drop(index=0).reset_index(drop=True)
    changed = replace(one, roster=replace(one.roster, table=table, planned=None))
    week = MONDAY + timedelta(days=7)
    assert overview_of([one, unknown, three]).seams == (Seam(week, "unknown"),)
    assert overview_of([changed, two, three]).seams == (Seam(week, "changed"),)


def test_one_week_is_too_few() -> None:
    with pytest.raises(DataError, match="needs at least two runs of weeks in a row; name another run folder"):
        in_order(named(small_weeks(1)[0]))


def test_a_gap_is_named_with_the_week_that_is_missing() -> None:
    """A week left out, and a week named twice."""
    one, two, three = small_weeks(3)
    words = "small-2026-12-14: is the week of 2026-12-14, but 2026-12-07 follows out/small-2026-11-30"
    with pytest.raises(DataError, match=words):
        in_order(named(three, one))
    with pytest.raises(DataError, match="is the week of 2026-12-07, but 2026-12-14 follows"):
        in_order(named(one, two, two))


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("timezone", "Europe/Paris", "has the time zone Europe/Paris, but out/small-2026-11-30 has Europe/London"),
        ("currency", "EUR", "has the currency EUR, but out/small-2026-11-30 has GBP"),
    ],
)
def test_weeks_of_another_zone_or_currency_are_refused(key: str, value: str, words: str) -> None:
    one, two = small_weeks(2)
    config = build(SMALL | {"plan": SMALL["plan"] | {key: value}})
    two = replace(two, config=config, horizon=replace(two.horizon, timezone=config.plan.timezone))
    with pytest.raises(DataError, match=words):
        in_order(named(one, two))


@pytest.mark.parametrize(("first", "hours"), [(date(2026, 10, 19), 9.0), (date(2027, 3, 22), 7.0)])
def test_the_clock_changes_in_a_night_of_the_weeks(first: date, hours: float) -> None:
    """Bob ends on Saturday at 22:00 and begins on Sunday at 06:00: eight hours by the clock."""
    run = small_run(first=first)
    table, horizon = run.roster.table.copy(), run.horizon
    night = table.index[table["agent"] == "A002"]
    start = horizon.moment(5, 14 * 60)
    table.loc[night[0], ["start", "end", "date"]] = [start, horizon.moment(5, 22 * 60), horizon.date(5)]
    table.loc[night[1], ["start", "end", "date"]] = [
        horizon.moment(6, 6 * 60),
        horizon.moment(6, 14 * 60),
        horizon.date(6),
    ]
    table = table.assign(breaks="").drop(index=night[2]).reset_index(drop=True)
    one = replace(run, roster=replace(run.roster, table=table, planned=None))
    two = after(one, replace(small_run(first=first + timedelta(days=7)), config=one.config))
    bob = next(each for each in overview_of([one, two]).people if each.person.agent == "A002")
    assert bob.weeks[0].shortest_rest_h == hours
    assert bob.total.weekends_worked == 2
