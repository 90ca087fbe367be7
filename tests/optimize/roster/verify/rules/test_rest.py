"""Rest between kinds of shifts, after runs, and the longest rest of a week, each on its edge and over a clock change."""

from __future__ import annotations

from datetime import date

import pytest

from tests.optimize.roster.verify.rules.made import EARLY, LATE, NIGHT, found, mixed, week

LONDON = "Europe/London"


def rests(**rule):
    return {"rests": {"some": rule}}


@pytest.mark.parametrize(("begin", "broken"), [("05:00", 0), ("04:30", 1)])
def test_rest_is_kept_to_the_minute(begin, broken) -> None:
    """From 14:00 to 22:00 and seven hours later, or half an hour less."""
    assert len(found(rests(least="7h"), [(0, LATE), (1, begin)])) == broken


def test_a_short_rest_says_its_minutes_and_moments() -> None:
    """Six and a half hours from 22:00 on, where seven are required."""
    (breach,) = found(rests(least="7h", price=4), [(0, LATE), (1, "04:30")])
    assert (breach.minutes, breach.limit, breach.price) == (390, 420, pytest.approx(2.0))
    assert f"{breach.ended:%d %H:%M}-{breach.began:%d %H:%M}" == "30 22:00-01 04:30"


def test_rest_by_kinds_holds_for_them_alone() -> None:
    """Sixteen hours from late to early, and not from early to early or late to late."""
    rule = rests(after="late", before="early", least="16h")
    assert len(found(rule, mixed("LE"))) == 1
    assert found(rule, mixed("L.E")) == []
    longer = rests(after="late", before="early", least="17h")
    assert found(longer, mixed("LL")) == []
    assert found(longer, mixed("EE")) == []
    assert found(rule, mixed("LLEE")[:2]) == []
    assert found(rule, mixed("EE")) == []


def test_rest_looks_back_at_the_week_before_and_not_within_it() -> None:
    """Yesterday's late shift and today's early one; two shifts of last week are theirs."""
    assert len(found(rests(least="11h"), [(-1, LATE), (0, EARLY)], known=7)) == 1
    assert found(rests(least="11h"), [(-2, LATE), (-1, EARLY)], known=7) == []
    assert found(rests(least="11h"), [(-1, LATE), (0, EARLY)], known=0) == []
    assert found(rests(least="11h"), [(6, LATE), (7, EARLY)]) == []


@pytest.mark.parametrize(("second", "broken"), [((4, EARLY), 0), ((4, "05:30"), 1), ((3, NIGHT), 1)])
def test_two_days_after_a_run_of_nights(second, broken) -> None:
    """The last night ends at 6:00 on day 2: 48 hours later it is 6:00 on day 4; a night on day 3 is a new run."""
    rule = rests(after_run="night", least="48h")
    assert len(found(rule, [(0, NIGHT), (1, NIGHT), second])) == broken


def test_no_rest_of_a_run_inside_it() -> None:
    """Four nights in a row rest sixteen hours between them."""
    assert found(rests(after_run="night", least="48h"), mixed("NNNN")) == []


def test_rest_only_after_runs_of_some_length() -> None:
    """After three nights and not after two; nights known of last week make up the run."""
    rule = rests(after_run="night", run_days=3, least="48h")
    assert found(rule, mixed("NN.E")) == []
    assert len(found(rule, mixed("NNN.E"))) == 1
    assert len(found(rule, [(-1, NIGHT), *mixed("NN.E")], known=1)) == 1


def test_rest_after_a_run_of_work() -> None:
    """Six days, then off until the day after next: from 14:00 on day 5 to 6:00 on day 7 are forty hours."""
    plan = [*week("xxxxxx"), (7, EARLY)]
    assert found(rests(after_run="work", least="40h"), plan, days=14) == []
    assert len(found(rests(after_run="work", least="40h1m"), plan, days=14)) == 1


@pytest.mark.parametrize(("saturday", "minutes"), [(date(2026, 3, 28), 7 * 60), (date(2026, 10, 24), 9 * 60)])
def test_rest_is_real_time_over_a_clock_change(saturday, minutes) -> None:
    """From 22:00 to 6:00 on the night the clock changes are seven hours in March, nine in October."""
    shifts = [(0, LATE), (1, EARLY)]
    (breach,) = found(rests(least="10h"), shifts, zone=LONDON, first=saturday, days=2)
    assert breach.minutes == minutes
    assert found(rests(least=f"{minutes}min"), shifts, zone=LONDON, first=saturday, days=2) == []


def weekly(least, per="week"):
    return {"weekly_rest": {"least": least, "per": per}}


def test_weekly_rest_to_the_minute() -> None:
    """Work from 6:00 to 14:00 on all days except Wednesday: from Tuesday 14:00 to Thursday 6:00 are forty hours."""
    plan = week("xx.xxxx")
    assert found(weekly("40h"), plan) == []
    (breach,) = found(weekly("40h1m"), plan)
    assert (breach.minutes, breach.limit, breach.first) == (2400, 2401, date(2026, 11, 30))


def test_weekly_rest_lies_within_the_week() -> None:
    """Off on Sunday and Monday: the week ends at midnight, 34 hours after Saturday's shift."""
    plan = [*week("xxxxxx"), *week(".xxxxx.", begin=7)]
    assert found(weekly("34h"), plan, days=14) == []
    first = found(weekly("34h1m"), plan, days=14)[0]
    assert (first.minutes, first.first) == (34 * 60, date(2026, 11, 30))


def test_a_night_over_the_edge_of_the_week_shortens_its_rest() -> None:
    """Sunday's night ends on Monday at 6:00: rest until Tuesday 6:00 is 24 hours, 30 without it."""
    plan = [(-1, NIGHT), *week(".xxxxxx")]
    assert found(weekly("24h"), plan, known=7) == []
    assert found(weekly("24h1m"), plan, known=7)[0].minutes == 24 * 60
    assert found(weekly("30h"), plan, known=0) == []


def test_weekly_rest_of_a_period_not_known_is_not_judged() -> None:
    """Of rolling weeks only those of which all days are known; the week is short of rest by itself."""
    plan = week("xxxxxxx")
    assert len(found(weekly("35h", "7d"), plan)) == 1
    assert len(found(weekly("35h", "7d"), [*week("xxxxxxx", begin=-7), *plan], known=7)) == 7
    assert found(weekly("35h", "2w"), plan) == []


def test_weekly_rest_is_real_time_over_a_clock_change() -> None:
    """Off from Saturday 14:00 to the end of Sunday: 34 hours, 33 in March and 35 in October."""
    for monday, hours in ((date(2026, 3, 23), 33), (date(2026, 10, 19), 35)):
        plan = week("xxxxxx")
        assert found(weekly(f"{hours}h"), plan, zone=LONDON, first=monday) == []
        assert found(weekly(f"{hours}h1m"), plan, zone=LONDON, first=monday)[0].minutes == hours * 60


def test_weekly_rest_has_its_price_by_the_hour() -> None:
    """An hour and a half too little at two an hour."""
    rule = {"weekly_rest": {"least": "41h30m", "price": 2}}
    assert found(rule, week("xx.xxxx"))[0].price == pytest.approx(3)


def test_weekly_rest_may_begin_or_end_with_the_week() -> None:
    """Off until Thursday 6:00 are 78 hours from Monday's midnight on."""
    plan = week("...xxxx")
    assert found(weekly("78h"), plan) == []
    assert found(weekly("78h1m"), plan)[0].minutes == 78 * 60
