"""Runs of working days, of days off and of nights: their length at the limit, and where their ends are not known."""

from __future__ import annotations

from datetime import date

import pytest

from tests.optimize.roster.verify.rules.made import MONDAY, found, mixed, week


def runs(**rule):
    return {"runs": {"some": rule}}


@pytest.mark.parametrize(("most", "broken"), [(4, 1), (5, 0)])
def test_a_run_of_work_is_five_days(most, broken) -> None:
    """Monday to Friday."""
    assert len(found(runs(most=most), week("xxxxx"))) == broken


def test_a_broken_run_says_who_when_and_how_long() -> None:
    """Six days where five are allowed."""
    (breach,) = found(runs(most=5), week("xxxxxx"))
    assert (breach.first, breach.last, breach.days, breach.limit) == (MONDAY, date(2026, 12, 5), 6, 5)
    assert (breach.of, breach.too_few) == ("work", False)


def test_a_run_reaches_back_into_what_is_known() -> None:
    """Three days before and three now are six; with two more before those, eight."""
    plan = [*week("....xxx", begin=-7), *week("xxx")]
    assert len(found(runs(most=5), plan, known=7)) == 1
    assert found(runs(most=6), plan, known=7) == []
    assert found(runs(most=3), week("xxx")) == []
    whole = [*week("xxxxxxx", begin=-7), *week("x")]
    assert found(runs(most=9), whole, known=7, running=2)[0].days == 10
    assert found(runs(most=10), whole, known=7, running=2) == []


def test_days_in_a_row_before_count_only_for_a_run_that_reaches_them() -> None:
    """Off on the first day known: what was before is another run."""
    plan = [*week(".xxxxxx", begin=-7), *week("x")]
    assert found(runs(most=7), plan, known=7, running=5) == []


def test_a_run_of_the_weeks_before_is_theirs() -> None:
    """Seven days up to yesterday, off today."""
    assert found(runs(most=5), week("xxxxxxx", begin=-7), known=7) == []


def test_a_short_run_is_judged_where_both_ends_are_known() -> None:
    """A single working day inside the week is short; at either edge it may be longer."""
    assert len(found(runs(least=2), week("..x...."))) == 1
    assert found(runs(least=2), week("..xx...")) == []
    assert found(runs(least=2), week("x......")) == []
    assert found(runs(least=2), week("......x")) == []
    assert len(found(runs(least=2), week("x......"), known=1)) == 1
    assert len(found(runs(least=2), week("......x"), days=8)) == 1


def test_a_run_that_the_plan_ends_on_its_first_day_is_judged() -> None:
    """Worked yesterday alone and off today: the plan ended a run of one day."""
    assert len(found(runs(least=2), [(-1, "06:00")], known=2)) == 1
    assert found(runs(least=2), [(-1, "06:00")], known=1) == []
    assert found(runs(least=2), [(-2, "06:00")], known=4) == []


@pytest.mark.parametrize(
    ("days", "broken"), [("xxx.xxx", 1), ("xxx..xx", 0), (".xxxxxx", 0), ("xxxxxx.", 0), ("xx..x.x", 1)]
)
def test_days_off_are_at_least_two(days, broken) -> None:
    """Single days off between working days, and at the edges."""
    assert len(found(runs(of="off", least=2), week(days))) == broken


def test_most_days_off() -> None:
    """Three free days where two are allowed; a day of leave is not one of them."""
    assert len(found(runs(of="off", most=2), week("xx...xx"))) == 1
    for day in (2, 3, 4):
        assert found(runs(of="off", most=2), week("xx...xx"), leave=[day]) == []
    assert len(found(runs(of="off", most=2), week("xx...xx"), leave=[1])) == 1
    assert found(runs(of="off", most=3), week("xx...xx")) == []


def test_leave_excuses_short_runs_next_to_it() -> None:
    """One working day between leave and days off; one day off that is leave."""
    for leave in (1, 3):
        assert found(runs(least=2), week("..x...."), leave=[leave]) == []
    for leave in (0, 4):
        assert found(runs(least=2), week("..x...."), leave=[leave])[0].too_few
    assert found(runs(of="off", least=2), week("xxx.xxx"), leave=[3]) == []


def test_nights_in_a_row() -> None:
    """Three nights, then an early shift: a run of nights is three, of work four."""
    plan = mixed("NNNE")
    assert found(runs(of="night", most=3), plan) == []
    assert found(runs(of="night", most=2), plan)[0].days == 3
    assert len(found(runs(of="night", least=2), mixed(".EN.N."))) == 2


def test_a_price_is_by_the_day() -> None:
    """Two days too many at ten a day, one too few."""
    assert found(runs(most=3, price=10), week("xxxxx"))[0].price == 20
    assert found(runs(least=2, price=10), week("..x"))[0].price == 10


def test_a_run_up_to_the_last_planned_day_ends_there() -> None:
    """Its days are those planned."""
    (breach,) = found(runs(most=2), week("....xxx"))
    assert (breach.first, breach.last) == (date(2026, 12, 4), date(2026, 12, 6))


def test_two_runs_are_two_breaches() -> None:
    """Each with its days, in order."""
    assert [each.days for each in found(runs(most=1), week("xx.xxx."))] == [2, 3]
