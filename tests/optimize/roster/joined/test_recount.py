"""The recount finds each broken rule: a checker that never objects proves nothing."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.joined_cases.recount import break_faults, of_person
from optimize.roster.joined.problem import History, Hours, Limits, Rules
from tests.optimize.roster.joined import tiny
from tests.optimize.roster.joined.tiny import EARLY, LATE, NIGHT

NONE = Rules(rest=0)
CASES = [
    ("rest before", Rules(rest=361), Hours(), [LATE, EARLY]),
    ("run on", Rules(rest=0, most_run=2), Hours(), [EARLY, EARLY, EARLY]),
    ("short run", Rules(rest=0, least_run=2), Hours(), [EARLY]),
    ("days off before", Rules(rest=0, least_off=2), Hours(), [EARLY, -1, EARLY]),
    ("nights in a row", Rules(rest=0, most_nights=1), Hours(), [NIGHT, NIGHT]),
    ("too few nights", Rules(rest=0, least_nights=2), Hours(), [NIGHT]),
    ("rest after nights", Rules(rest=0, rest_after_nights=2880), Hours(), [NIGHT, -1, LATE]),
    ("half weekend", Rules(rest=0, whole_weekends=True), Hours(), [-1, -1, -1, -1, -1, EARLY]),
    ("succession", Rules(rest=0, barred=frozenset({(EARLY, LATE)})), Hours(), [EARLY, LATE]),
    ("weekends", NONE, Hours(most_weekends=0), [-1, -1, -1, -1, -1, -1, EARLY]),
    ("shifts", NONE, Hours(shifts=Limits(2, 2)), [EARLY]),
    ("minutes", NONE, Hours(minutes=Limits(0, 479)), [EARLY]),
    ("shifts of the week 0", NONE, Hours(week_shifts=Limits(0, 1)), [EARLY, EARLY]),
    ("minutes of the week 0", NONE, Hours(week_minutes=Limits(480, 960)), []),
]


@pytest.mark.parametrize(("words", "rules", "hours", "begin"), CASES)
def test_each_rule_is_missed(words: str, rules: Rules, hours: Hours, begin: list[int]) -> None:
    """One roster that breaks one rule only; nobody at work breaks none, except for least hours."""
    days = begin + [-1] * (8 - len(begin))
    who = tiny.person(8, rules, hours)
    found = list(of_person(tiny.problem((who,), 8), who, days))
    assert [each.startswith(words) for each in found] == [True]


def test_availability_and_history_are_missed() -> None:
    """A barred cell; a run of two before day 0 that continues beyond three."""
    extra = np.zeros((4, 3))
    extra[0, EARLY] = np.inf
    who = tiny.person(4, Rules(rest=0, most_run=3), history=History(0, 2, ended=-3), extra=extra)
    found = list(of_person(tiny.problem((who,), 4), who, [EARLY, EARLY, -1, -1]))
    assert found == ["is not available on day 0", "run on day 1"]


def test_breaks_outside_their_window_are_missed() -> None:
    """The early shape has one break, one interval after it began."""
    who = tiny.person(2)
    of = tiny.problem((who,), 2)
    assert break_faults(of, [[EARLY, -1]], [[[1], [-1]]]) == []
    assert break_faults(of, [[EARLY, -1]], [[[2], [-1]]]) == ["one: window on day 0"]
