"""Money: premiums on their days and hours, tiers at their shares, cost to the cent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from optimize.roster.inputs.pay import premium_shares
from tests.optimize.roster import weeks
from tests.optimize.roster.verify.made import Line, Made, at, fails, made, passes

ANY = {"shifts": [{"length": "8h", "start": "00:00-23:30"}]}


def paid(begins: str, premiums: list[dict[str, Any]], hours: float, **cells: Any) -> Made:
    """A shift of eight hours with `hours` of premium at double pay told for it."""
    costs = {"shortage_per_hour": 100, "premiums": premiums}
    return made([Line("a", begins, extra=10.0 * hours, **cells)], contract=ANY, costs=costs)


NIGHT = {"name": "night", "from": "22:00", "to": "06:00", "add": 1.0}
LATE = {"name": "late", "from": "18:00", "to": "20:00", "add": 1.0}
FRIDAY_NIGHT = NIGHT | {"days": ["fri"]}
SUNDAY = {"name": "sunday", "days": ["sun"], "add": 1.0}
CASES = [
    # a span of the day: its first half hour is paid, the one it ends with is not
    (LATE, "mon 10:30", 0.5),
    (LATE, "mon 10:00", 0.0),
    (LATE, "mon 12:00", 2.0),
    (LATE, "mon 19:30", 0.5),
    (LATE, "mon 20:00", 0.0),
    # a span over midnight, every day
    (NIGHT, "mon 14:30", 0.5),
    (NIGHT, "mon 14:00", 0.0),
    (NIGHT, "mon 22:00", 8.0),
    (NIGHT, "mon 05:30", 0.5),
    (NIGHT, "mon 06:00", 0.0),
    # over midnight, on one weekday: Friday's night is Friday from 22 and Saturday until 6
    (FRIDAY_NIGHT, "fri 22:00", 8.0),
    (FRIDAY_NIGHT, "thu 22:00", 0.0),
    (FRIDAY_NIGHT, "sat 22:00", 0.0),
    (FRIDAY_NIGHT, "fri 00:00", 0.0),
    (FRIDAY_NIGHT, "sat 00:00", 6.0),
    (FRIDAY_NIGHT, "fri 20:00", 6.0),
    (FRIDAY_NIGHT, "sat 05:30", 0.5),
    (FRIDAY_NIGHT, "sat 06:00", 0.0),
    # a whole day
    (SUNDAY, "sun 08:00", 8.0),
    (SUNDAY, "sat 20:00", 4.0),
    (SUNDAY, "sun 23:30", 0.5),
    (SUNDAY, "mon 08:00", 0.0),
    # the last night of the week is paid by its own day
    (NIGHT | {"days": ["sun"]}, "sun 22:00", 8.0),
    (NIGHT | {"days": ["mon"]}, "sun 22:00", 0.0),
    ({"name": "monday", "days": ["mon"], "add": 1.0}, "sun 22:00", 6.0),
]


@pytest.mark.parametrize(("premium", "begins", "hours"), CASES)
def test_a_premium_is_paid_on_its_days_and_hours(premium: dict[str, Any], begins: str, hours: float) -> None:
    """Hours of premium by hand; half an hour more or less is told."""
    assert passes(paid(begins, [premium], hours))
    assert fails(paid(begins, [premium], hours + 0.5), "cost is", "the recount says")
    assert fails(paid(begins, [premium], hours - 0.5), "premiums is")


@pytest.mark.parametrize(("premium", "begins", "hours"), CASES)
def test_the_program_prices_premiums_as_the_recount_does(premium: dict[str, Any], begins: str, hours: float) -> None:
    """Shares of pay in the sixteen half hours of the shift."""
    config = paid(begins, [premium], hours).config
    shares = premium_shares(config, weeks.horizon_of(config))
    first = int((Line("a", begins).start - pd.Timestamp(weeks.MONDAY, tz="UTC")) / pd.Timedelta("30min"))
    assert shares[first : first + 16].sum() / 2 == pytest.approx(hours)
    assert len(shares) == 9 * 48


def test_premiums_that_meet_add_up() -> None:
    """Sunday night: eight hours of night at double, two of Sunday at half as much again."""
    sunday = SUNDAY | {"add": 0.5}
    assert passes(paid("sun 22:00", [NIGHT, sunday], 8 + 2 * 0.5))
    assert fails(paid("sun 22:00", [NIGHT, sunday], 8), "premiums is")


def test_unpaid_breaks_earn_no_premium() -> None:
    """A night of eight hours with one unpaid: seven of premium."""
    costs = {"shortage_per_hour": 100, "premiums": [NIGHT]}
    contract = ANY | {"breaks": [{"length": "1h", "after": "3h-5h"}]}
    line = Line("a", "mon 22:00", breaks="01:00-02:00", unpaid_h=1, extra=70)
    assert passes(made([line], contract=contract, costs=costs))
    assert fails(made([replace(line, extra=80)], contract=contract, costs=costs), "cost is 150; the recount says 140")


def test_the_day_before_the_first_shift_may_be_a_holiday() -> None:
    """Christmas night runs until 6 on the 26th; a shift that begins after midnight earns its hours too."""
    from optimize.roster.verify.money import _holidays, _premium

    premium = {"name": "holiday", "days": ["holidays"], "from": "22:00", "to": "06:00", "add": 1.0}
    costs = {"shortage_per_hour": 100, "premiums": [premium]}
    made_ = made([Line("a", "mon 08:00")], costs=costs, calendar={"country": "US"})
    shift = pd.Timestamp("2026-12-26 00:00", tz="UTC")
    table = made_.roster.table.assign(start=shift, end=shift + pd.Timedelta(hours=8))
    holidays = _holidays(made_.config, replace(made_.roster, table=table))
    moments = [(shift + pd.Timedelta(hours=hour)).to_pydatetime() for hour in range(8)]
    assert [_premium(made_.config.costs.premiums, moment, holidays) for moment in moments] == [1.0] * 6 + [0.0] * 2


def test_holidays_reach_to_the_day_the_last_shift_ends() -> None:
    """A shift of the 22nd, and a night from Christmas Eve that ends on the 25th: six hours of it are holiday."""
    from optimize.roster.verify.money import _holidays, _premium

    costs = {"shortage_per_hour": 100, "premiums": [{"name": "holiday", "days": ["holidays"], "add": 1.0}]}
    made_ = made([Line("a", "mon 08:00"), Line("a", "tue 08:00")], costs=costs, calendar={"country": "US"})
    shift = pd.Timestamp("2026-12-24 22:00", tz="UTC")
    starts = pd.Series([shift - pd.Timedelta(hours=62), shift])
    table = made_.roster.table.assign(start=starts, end=starts + pd.Timedelta(hours=8))
    holidays = _holidays(made_.config, replace(made_.roster, table=table))
    moments = [(shift + pd.Timedelta(hours=hour)).to_pydatetime() for hour in range(8)]
    assert [_premium(made_.config.costs.premiums, moment, holidays) for moment in moments] == [0.0] * 2 + [1.0] * 6


def test_a_night_is_paid_to_its_last_minute() -> None:
    """Until 6:00: at 5:59 and not at 6:00; from 22:00, and not at 21:59."""
    from optimize.roster.verify.money import _premium

    premiums = paid("mon 22:00", [FRIDAY_NIGHT], 0).config.costs.premiums
    for clock, share in (
        ("fri 21:59", 0),
        ("fri 22:00", 1),
        ("fri 23:59", 1),
        ("sat 00:00", 1),
        ("sat 05:59", 1),
        ("sat 06:00", 0),
    ):
        assert _premium(premiums, at(clock).to_pydatetime(), frozenset()) == share, clock


SCOTLAND = {"country": "GB", "region": "SCT"}
"""Where 30 November 2026, Monday of this week, is a holiday."""


@pytest.mark.parametrize(
    ("premium", "begins", "hours"),
    [
        ({"days": ["holidays"]}, "mon 08:00", 8.0),
        ({"days": ["holidays"]}, "mon 22:00", 2.0),
        ({"days": ["holidays"]}, "tue 08:00", 0.0),
        ({"days": ["tue", "holidays"]}, "mon 20:00", 8.0),
        ({"days": ["mon", "holidays"]}, "mon 08:00", 8.0),
        ({"days": ["tue"]}, "mon 08:00", 0.0),
        ({"days": ["holidays"], "from": "22:00", "to": "06:00"}, "mon 22:00", 8.0),
        ({"days": ["holidays"], "from": "22:00", "to": "06:00"}, "tue 22:00", 0.0),
        ({"days": ["holidays"], "from": "22:00", "to": "06:00"}, "mon 00:00", 0.0),
        ({"days": ["holidays"], "from": "12:00", "to": "15:00"}, "mon 08:00", 3.0),
    ],
)
def test_holidays_are_paid_alone_and_with_weekdays(premium: dict[str, Any], begins: str, hours: float) -> None:
    """By hand; the recount and the program agree."""
    costs = {"shortage_per_hour": 100, "premiums": [{"name": "holiday", "add": 1.0} | premium]}
    sound = made([Line("a", begins, extra=10 * hours)], contract=ANY, costs=costs, calendar=SCOTLAND)
    assert passes(sound)
    more = made([Line("a", begins, extra=10 * hours + 5)], contract=ANY, costs=costs, calendar=SCOTLAND)
    assert fails(more, "premiums is")
    shares = premium_shares(sound.config, weeks.horizon_of(sound.config))
    first = int((at(begins) - at("mon 00:00")) / pd.Timedelta("30min"))
    assert shares[first : first + 16].sum() / 2 == pytest.approx(hours)


def test_the_night_of_the_day_before_the_week_is_priced() -> None:
    """A horizon from Boxing Day on: Christmas night is paid until 6:00 of its first day; of a Tuesday's, nothing."""
    premium = {"name": "holiday", "days": ["holidays"], "from": "22:00", "to": "06:00", "add": 1.0}
    costs = {"shortage_per_hour": 100, "premiums": [premium]}
    config = made([], costs=costs, calendar={"country": "US"}).config
    shares = premium_shares(config, weeks.horizon_of(config, date(2026, 12, 26)))
    assert np.flatnonzero(shares[:48]).tolist() == list(range(12))
    assert shares[:48].max() == 1.0
    assert premium_shares(config, weeks.horizon_of(config, date(2026, 12, 28)))[:48].sum() == 0
    late = premium_shares(config, weeks.horizon_of(config, date(2026, 12, 17)))
    assert np.flatnonzero(late).tolist() == list(range(8 * 48 + 44, 9 * 48))  # two days after the week are priced too


def test_premiums_asked_for_by_name_are_counted_alone() -> None:
    """Of two premiums one is asked for."""
    config = paid("sun 22:00", [NIGHT, SUNDAY], 0).config
    horizon = weeks.horizon_of(config)
    night, sunday = (premium_shares(config, horizon, [each]) for each in config.costs.premiums)
    assert (night + sunday).tolist() == premium_shares(config, horizon).tolist()
    assert night.sum() == 9 * 16
    assert sunday.sum() == 48


SOUND = [Line("a", "mon 08:00")]


@pytest.mark.parametrize("part", ["wages", "premiums", "shortage", "excess", "late", "activities"])
def test_parts_of_the_cost_are_right_to_the_cent(part: str) -> None:
    """Under a cent too much or too little passes; over two do not."""
    sound = made(SOUND)
    for little in (0.009, -0.009):
        assert passes(sound.priced(**{part: little}))
    for much in (0.02, -0.02, 1.0):
        assert fails(sound.priced(**{part: much}), f"cost: {part} is")


@pytest.mark.parametrize("cell", ["paid_h", "cost"])
def test_cells_of_a_row_are_right_to_the_cent(cell: str) -> None:
    """The same for hours and pay of one shift."""
    sound = made(SOUND)
    value = sound.roster.table[cell][0]
    for little in (0.009, -0.009):
        assert passes(sound.cell(0, **{cell: value + little}))
    for much in (0.02, -0.02, 1.0):
        assert fails(sound.cell(0, **{cell: value + much}), f"{cell} is", "agent a")


def test_the_bound_may_be_the_cost_and_not_more() -> None:
    """A bound of the cost passes, a cent more passes as rounding, two do not; where days were given up it is of others."""
    sound = made(SOUND)
    assert sound.roster.cost.total == 80
    for bound, fine in ((80.0, True), (80.009, True), (80.02, False)):
        with_bound = replace(sound, roster=replace(sound.roster, bound=bound))
        assert passes(with_bound) if fine else fails(with_bound, "is below its own bound")
    given_up = replace(sound.roster, bound=90.0, left_out=1)
    assert passes(replace(sound, roster=given_up))


def test_great_amounts_may_differ_by_a_millionth() -> None:
    """A wage of a million an hour: eight million to within eight."""
    costly = {"cost_per_hour": 1e6}
    sound = made([replace(SOUND[0], extra=0)], contract=costly)
    table = sound.roster.table.assign(cost=8e6)
    for much, fine in ((7.9, True), (8.1, False), (-7.9, True), (-8.1, False)):
        cost = replace(sound.roster.cost, wages=8e6 + much)
        other = replace(sound, roster=replace(sound.roster, table=table, cost=cost))
        assert passes(other) if fine else fails(other, "wages is")
    for bound, fine in ((8e6 + 7.9, True), (8e6 + 8.1, False)):
        cost = replace(sound.roster.cost, wages=8e6)
        other = replace(sound, roster=replace(sound.roster, table=table, cost=cost, bound=bound))
        assert passes(other) if fine else fails(other, "below its own bound")


def test_dust_of_the_table_counts_at_the_dearest_price() -> None:
    """336 half hours, each told to a millionth of an agent, at 1,000,000 an hour: 168 may differ, and no more."""
    for costs in (
        {"shortage_per_hour": 1e6},
        {"shortage_per_hour": 1e5, "shortage_tiers": [{"below": 0.5, "per_hour": 1e6}]},
        {"shortage_per_hour": 1.0, "excess_per_hour": 1e6},
    ):
        sound = made([], people={"a": {}}, costs=costs)
        assert passes(sound.priced(late=167.0))
        assert fails(sound.priced(late=169.0), "late is")


def test_excess_has_its_price() -> None:
    """Sixteen half hours of one too many at 4 an hour are 32."""
    sound = made(SOUND, costs={"shortage_per_hour": 100, "excess_per_hour": 4})
    assert passes(sound.priced(excess=32.0))
    assert fails(sound, "excess is 0.00; the recount says 32.00")


def tiers(staffed: int, minimum: int = 0) -> Made:
    """Ten needed from 8 to 16 on Monday, some there; 100 an hour, 200 below 80 %, 400 below half."""
    need = np.zeros(336)
    need[16:32] = 10
    costs = {
        "shortage_per_hour": 100,
        "shortage_tiers": [{"below": 0.8, "per_hour": 200}, {"below": 0.5, "per_hour": 400}],
    }
    channels = {"phone": {"kind": "synchronous", "minimum": minimum}}
    lines = [Line(f"p{i:02d}", "mon 08:00") for i in range(staffed)]
    return made(
        lines,
        people={"p00": {}, **{line.agent: {} for line in lines}},
        need={"phone": need},
        costs=costs,
        channels=channels,
    )


@pytest.mark.parametrize(
    ("staffed", "minimum", "hourly"),
    [
        (10, 0, 0),
        (9, 0, 100),
        (8, 0, 200),
        (7, 0, 400),  # the eighth person is the first below 80 %
        (5, 0, 800),
        (4, 0, 1200),
        (0, 0, 2800),
        (9, 9, 100),
        (9, 10, 400),  # below the minimum the dearest price counts
        (8, 9, 500),
        (0, 10, 4000),
        (9, 12, 400),
    ],
)
def test_each_missing_agent_costs_what_its_tier_says(staffed: int, minimum: int, hourly: float) -> None:
    """Sums by hand, for eight hours."""
    made_ = tiers(staffed, minimum)
    reported = replace(made_.roster.cost, shortage=8.0 * hourly)
    assert passes(replace(made_, roster=replace(made_.roster, cost=reported)))
    wrong = replace(reported, shortage=8.0 * hourly + 50)
    assert fails(replace(made_, roster=replace(made_.roster, cost=wrong)), "shortage is")


def test_changes_of_a_published_roster_have_their_price() -> None:
    """A moved shift is two cells at 25; told as one, or none, it is found."""
    published = made([Line("a", "mon 09:00")]).roster.table
    sound = made(SOUND)
    people = replace(sound.roster.people, published=published)
    changed = replace(sound, roster=replace(sound.roster, people=people))
    assert passes(changed.priced(changes=50.0))
    assert fails(changed.priced(changes=25.0), "changes is 25.00; the recount says 50.00")
    assert fails(changed, "changes is 0.00")
