"""A week whose shifts are decided: everybody keeps theirs, and everything else follows at least cost."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from configs.errors import VerificationError
from optimize.roster.inputs.decided import Decided
from optimize.roster.planner import plan_week
from tests.optimize.roster import weeks

CONFIG = weeks.config_of()
HORIZON = weeks.horizon_of(CONFIG)
NEED = weeks.requirement_of(HORIZON, phone=2 * weeks.hours_between(HORIZON, 7, 18))
PEOPLE = weeks.people_of([(f"A{n}", "day", "phone") for n in range(1, 6)])


def shifts_of(roster) -> list[tuple[str, object, object]]:
    return [(str(row.agent), row.start, row.end) for row in roster.table.itertuples()]


def test_a_decided_week_is_the_week_it_came_from() -> None:
    """The shifts of a plan, decided again: same people, starts, breaks and cost, and the bound of the whole week."""
    made = plan_week(CONFIG, HORIZON, NEED, PEOPLE)
    again = plan_week(CONFIG, HORIZON, NEED, replace(PEOPLE, decided=Decided(made.table, weeks.MONDAY, 1, 0.0, 0.0)))
    assert shifts_of(again) == shifts_of(made)
    assert again.cost.total == pytest.approx(made.cost.total)
    assert again.bound <= again.cost.total


def test_people_keep_the_shifts_decided_for_them() -> None:
    """Two people change their weeks: the plan costs the same and each works what was decided."""
    made = plan_week(CONFIG, HORIZON, NEED, PEOPLE)
    names = {"A1": "A2", "A2": "A1"}
    changed = made.table.assign(agent=made.table["agent"].map(lambda each: names.get(each, each)))
    again = plan_week(CONFIG, HORIZON, NEED, replace(PEOPLE, decided=Decided(changed, weeks.MONDAY, 1, 0.0, 0.0)))
    assert sorted(shifts_of(again)) == sorted((names.get(a, a), start, end) for a, start, end in shifts_of(made))
    assert again.cost.total == pytest.approx(made.cost.total)


def test_shifts_of_other_weeks_are_left_alone() -> None:
    """A table of two weeks decides only the shifts of the week that is planned."""
    made = plan_week(CONFIG, HORIZON, NEED, PEOPLE)
    later = made.table.assign(
        start=made.table["start"] + pd.Timedelta(days=7), end=made.table["end"] + pd.Timedelta(days=7)
    )
    both = pd.concat([made.table, later], ignore_index=True)
    again = plan_week(CONFIG, HORIZON, NEED, replace(PEOPLE, decided=Decided(both, weeks.MONDAY, 2, 0.0, 0.0)))
    assert shifts_of(again) == shifts_of(made)


def test_a_shift_nobody_may_work_is_an_error() -> None:
    """A decided shift that begins at an hour the contract does not know is never dropped in silence."""
    made = plan_week(CONFIG, HORIZON, NEED, PEOPLE)
    wrong = made.table.copy()
    wrong.loc[0, "start"] += pd.Timedelta(hours=9)
    wrong.loc[0, "end"] += pd.Timedelta(hours=9)
    with pytest.raises(VerificationError, match="of which 4 can be worked"):
        plan_week(CONFIG, HORIZON, NEED, replace(PEOPLE, decided=Decided(wrong, weeks.MONDAY, 1, 0.0, 0.0)))
