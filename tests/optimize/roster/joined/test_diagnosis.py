"""Who has no roster, which rules free them together, and which days fail: against every roster there is."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest

from optimize.roster.joined.asked import Asked, have_rosters
from optimize.roster.joined.diagnosis import fewest_days, freed_by, stuck_people
from optimize.roster.joined.leaving_out import FAMILIES, binding, longest_run, without
from optimize.roster.joined.problem import History, Hours, Limits, Rules
from tests.optimize.roster.joined import tiny

if TYPE_CHECKING:
    from optimize.roster.joined.problem import Person, Problem


def has_one(of: Problem, person: Person) -> bool:
    """Whether any row of days breaks no rule."""
    return next(tiny.lawful(replace(of, people=(person,))), None) is not None


def beginning(of: Problem, days: int) -> Problem:
    """The first days, written out: shorter tables, and no least over the horizon."""
    (person,) = of.people
    hours = person.hours
    loose = replace(
        hours,
        shifts=hours.shifts and Limits(0, hours.shifts.most),
        minutes=hours.minutes and Limits(0, hours.minutes.most),
    )
    contract = of.contracts[0]
    part = replace(contract, starts=contract.starts[:days], offered=contract.offered[:days], wage=contract.wage[:days])
    who = replace(person, hours=loose, extra=person.extra[:days])
    return replace(of, midnights=of.midnights[: days + 1], contracts=(part,), people=(who,))


@pytest.mark.parametrize(
    ("seed", "size", "by"), [(1220, 2, 1), (1263, 2, 2), (1294, 2, 1), (1005, 1, None), (1017, 1, 2), (1038, 1, 1)]
)
def test_the_smallest_sets_and_the_days_are_those_of_trying_everything(seed: int, size: int, by: int | None) -> None:
    """Sets of one family where one is enough, else all pairs that free; and the first days with no row of days."""
    of = tiny.random_problem(seed, days=5)
    (stuck,) = stuck_people(of)
    smaller = [families for k in range(1, size) for families in combinations(FAMILIES, k)]
    assert not any(has_one(of, without(of, of.people[0], *families)) for families in smaller)
    freeing = {each for each in combinations(FAMILIES, size) if has_one(of, without(of, of.people[0], *each))}
    assert set(stuck.freed_by) == freeing
    assert freeing
    parts = [beginning(of, days) for days in range(1, of.days + 1)]
    failing = [days for days, part in enumerate(parts, 1) if not has_one(part, part.people[0])]
    assert failing == ([] if by is None else list(range(by, of.days + 1)))
    assert stuck.days == by


def test_three_families_that_forbid_everything_separately_are_named_together() -> None:
    """Hours and weeks ask for more than they allow, and a run that must go on may not for want of rest."""
    hours = Hours(shifts=Limits(5, 4), week_shifts=Limits(5, 4))
    of = tiny.problem((tiny.person(7, Rules(rest=540, least_run=2), hours, History(0, 1, ended=6)),), 7)
    (stuck,) = stuck_people(of)
    assert stuck.freed_by == tuple(
        tuple(sorted(("hours", "weeks", third), key=FAMILIES.index)) for third in ("history", "runs", "rest")
    )
    assert stuck.days == 1


def test_a_least_over_the_horizon_alone_fails_on_no_day() -> None:
    """Four shifts in four days with runs of two: any first days have a roster, all four shifts have none."""
    of = tiny.problem((tiny.person(4, Rules(rest=0, most_run=2), Hours(Limits(4, 4))),), 4)
    (stuck,) = stuck_people(of)
    assert (stuck.freed_by, stuck.days) == ((("hours",), ("runs",)), None)


@pytest.mark.parametrize(("least", "days"), [(4, None), (5, 7)])
def test_a_week_fails_on_its_last_day(least: int, days: int | None) -> None:
    """Wednesday to Friday are barred in the first of two weeks: four shifts can be worked, five cannot."""
    extra = np.zeros((8, 3))
    extra[2:5] = np.inf
    of = tiny.problem((tiny.person(8, Rules(rest=0), Hours(week_shifts=Limits(least, 7)), extra=extra),), 8)
    assert [each.days for each in stuck_people(of)] == ([] if days is None else [days])


def test_leaving_out_the_limits_of_weeks_leaves_those_of_single_weeks_out() -> None:
    """A week's own limits, such as with leave, are of the same family."""
    hours = Hours(week_shifts=Limits(5, 5), each_week=(Limits(5, 5),))
    of = tiny.problem((tiny.person(7, hours=hours),), 7)
    assert without(of, of.people[0], "weeks").hours.of_week(0) is None


def test_leaving_out_availability_keeps_wishes() -> None:
    """What is forbidden costs nothing then; what is unwanted costs what it did."""
    extra = np.zeros((3, 3))
    extra[0], extra[1] = np.inf, -2.0
    of = tiny.problem((tiny.person(3, extra=extra),), 3)
    assert without(of, of.people[0], "availability").extra.tolist() == [[0.0] * 3, [-2.0] * 3, [0.0] * 3]


@pytest.mark.parametrize("most", [1, 2])
@pytest.mark.parametrize("before", [0, 2])
@pytest.mark.parametrize("weekday", [0, 5])
def test_a_run_as_long_as_any_is_no_limit(most: int, before: int, weekday: int) -> None:
    """With so many shifts a week no run is longer, the run from before day 0 included: a longer one adds no roster."""
    history = History(0, before, ended=-8) if before else History()
    strict = tiny.person(5, Rules(rest=0, most_run=1), Hours(week_shifts=Limits(0, most)), history)
    of = tiny.problem((strict,), 5, first_weekday=weekday)
    who = without(of, strict, "runs")
    assert who.rules.most_run == longest_run(of, who) == 2 * most + (6 if before else 0)
    of = replace(of, people=(who,))
    freer = replace(who, rules=replace(who.rules, most_run=5 + before))
    assert list(tiny.lawful(of)) == list(tiny.lawful(replace(of, people=(freer,))))
    assert before > 0 or max(longest(days) for days in tiny.lawful(of)) == (2 * most if weekday else most)


def test_where_hours_of_weeks_differ_runs_of_a_week_are_all_the_engine_knows() -> None:
    """Two weeks, shifts of 4 and 8 hours, at most 40 hours a week: eight days in a row are not tried, seven are."""
    hours = Hours(shifts=Limits(7, 14), week_minutes=Limits(0, 40 * 60))
    mixed = tiny.contract(14, minutes=(240, 480, 480))
    of = tiny.problem((tiny.person(14, Rules(rest=0, most_run=1, least_off=3), hours),), 14, of=mixed)
    assert longest_run(of, of.people[0]) == 7
    equal = tiny.problem(of.people, 14)
    assert longest_run(equal, equal.people[0]) == 14
    assert [each.freed_by for each in stuck_people(of)] == [(("hours",), ("runs",), ("days off",))]


def longest(days: list[int]) -> int:
    """Days worked in a row at most."""
    return max(len(run) for run in "".join("x" if shape >= 0 else " " for shape in days).split(" "))


def test_only_families_that_ask_something_are_tried() -> None:
    """A person with rest and a limit of nights has no others."""
    who = tiny.person(3, Rules(rest=540, most_run=3, most_nights=2))
    assert binding(tiny.problem((who,), 3), who) == ("nights", "rest")


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("work", [True, False])
def test_a_roster_with_what_is_asked_for_is_found_where_there_is_one(seed: int, *, work: bool) -> None:
    """Work in one of two shapes on the third day, or in none of them."""
    of = tiny.random_problem(seed, days=5)
    cells = np.zeros((5, 3), dtype=bool)
    cells[2, :2] = True
    there = any((days[2] in {0, 1}) == work for days in tiny.lawful(of))
    assert have_rosters(of, of.people, [Asked(cells, work)]) == (there,)


def test_what_frees_a_wish_is_that_of_the_person_with_it() -> None:
    """Working Saturday of one week: Sunday is barred, so whole weekends or the bar must go, and no rest helps."""
    extra = np.zeros((7, 3))
    extra[6] = np.inf
    cells = np.zeros((7, 3), dtype=bool)
    cells[5] = True
    of = tiny.problem((tiny.person(7, Rules(rest=540, whole_weekends=True), extra=extra),), 7)
    assert have_rosters(of, of.people, [Asked(cells, work=True)]) == (False,)
    assert freed_by(of, of.people, [Asked(cells, work=True)]) == ((("availability",), ("weekends",)),)
    assert fewest_days(of, of.people) == (None,)


def test_an_infinite_limit_of_nobody_asks_nobody() -> None:
    of = tiny.problem((tiny.person(3),), 3)
    assert have_rosters(of, ()) == ()
    assert stuck_people(of) == ()
