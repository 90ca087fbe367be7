"""Working days: how many, how many in a row, how few, and which days off: each on its edge."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.optimize.roster.verify.made import Line, Made, daily, fails, made, passes

ALL = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def days(number: int, **contract) -> Made:
    """One person at work from 8 on the first `number` days of the week."""
    return made(daily("a", " ".join(ALL[:number])), people={"a": {}}, contract=contract)


def test_five_days_of_five_pass_and_a_sixth_does_not() -> None:
    """The contract has five."""
    assert passes(days(5))
    assert fails(days(6), "works 6 days; 5 are allowed")


def test_six_days_running_pass_and_a_seventh_does_not() -> None:
    """Six in a row are allowed; seven are told even where they are too many days as well."""
    assert passes(days(6, days_per_week=6))
    assert fails(days(7, days_per_week=6), "works 7 days in a row; 6 are allowed")


@pytest.mark.parametrize("most", [3, 4])
def test_days_running_are_those_of_the_contract(most: int) -> None:
    """Three pass; one more than allowed does not."""
    contract = {"days_per_week": 3, "max_consecutive_days": most}
    assert passes(days(3, **contract))
    assert fails(days(most + 1, **contract), f"works {most + 1} days in a row; {most} are allowed")


def test_days_running_go_round_the_week() -> None:
    """Without a week before, Saturday and Sunday run on into Monday: three in a row, not two."""
    contract = {"max_consecutive_days": 2, "days_per_week": 3}
    assert passes(made(daily("a", "sat sun tue"), contract=contract))
    assert fails(made(daily("a", "sat sun mon"), contract=contract), "works 3 days in a row; 2 are allowed")
    after = [Line("z", "last mon 08:00")]
    assert passes(made(daily("a", "sat sun mon"), contract=contract, last_week=after))


def test_days_off_follow_one_another_where_the_contract_says_so() -> None:
    """Five days from Monday or round the week pass; a day off in between does not, but where any day may be off."""
    together = {"days_off": "together"}
    for week in ("mon tue wed thu fri", "mon tue wed sat sun", "wed thu fri sat sun"):
        assert passes(made(daily("a", week), contract=together))
    split = daily("a", "mon tue wed thu sat")
    assert fails(made(split, contract=together), "days off that are not consecutive")
    assert passes(made(split))


def test_days_off_of_short_weeks_are_free() -> None:
    """Four days of five need not be together; of a contract from four days on they must, and three need not."""
    four, three = daily("a", "mon tue thu fri"), daily("a", "mon wed fri")
    assert passes(made(four, contract={"days_off": "together"}))
    assert fails(made(four, contract={"days_off": "together", "min_days": 4}), "days off that are not consecutive")
    assert not any(
        "days off" in fault for fault in made(three, contract={"days_off": "together", "min_days": 4}).faults()
    )


def test_who_has_leave_hours_or_availability_may_have_days_off_apart() -> None:
    """Each of the three takes days that a person cannot choose."""
    split, together = daily("a", "mon tue wed thu sat"), {"days_off": "together"}
    assert fails(made(split, contract=together), "days off")
    assert passes(made(split, contract=together, leave=[("a", "sun 10:00", "sun 11:00")]))
    assert passes(made(split, contract=together, people={"a": {"hours_max": 40.0}}))
    assert passes(made(split, contract=together, people={"a": {"available": "daily"}}))
    assert fails(made(split, contract=together, people={"a": {"available": " "}}), "days off")


def test_long_rest_may_part_days_off() -> None:
    """Where rest leaves no seven days a week, days off cannot all follow one another."""
    contract = {"days_off": "together", "rest": "17h", "days_per_week": 3}
    split = daily("a", "mon wed fri", "08:00")
    assert passes(made(split, contract=contract))
    assert fails(made(split, contract=contract | {"rest": "16h"}), "days off")


def test_fewest_days_are_kept_or_nobody_works() -> None:
    """Four at least of five: four pass, three do not, and none does."""
    contract = {"min_days": 4}
    assert passes(days(4, **contract))
    assert fails(days(3, **contract), "works 3 days; it must be none, or at least 4")
    assert passes(days(0, **contract))
    assert passes(days(3))


def test_fewest_days_do_not_bind_who_is_limited_otherwise() -> None:
    """Leave, hours, availability, and a roster that gave up days, each excuse from the fewest days."""
    short, contract = daily("a", "mon tue wed"), {"min_days": 4}
    assert fails(made(short, contract=contract), "at least 4")
    assert passes(made(short, contract=contract, leave=[("a", "sun 10:00", "sun 11:00")]))
    assert passes(made(short, contract=contract, people={"a": {"hours_max": 24.0}}))
    assert passes(made(short, contract=contract, people={"a": {"available": "daily"}}))
    assert passes(made(short, contract=contract, roster_fields={"left_out": 1}))


def test_guaranteed_days_are_worked_or_given_up() -> None:
    """Two people of five guaranteed days: ten pass; nine only where one was given up, eight where two were."""
    guaranteed = {"guaranteed": True}
    whole = [*daily("a", "mon tue wed thu fri"), *daily("b", "mon tue wed thu fri")]
    assert passes(made(whole, contract=guaranteed))
    for short, missing in ((whole[:-1], 1), (whole[1:-1], 2), (whole[:-2], 2)):
        given_up = made(short, contract=guaranteed, roster_fields={"left_out": missing})
        assert passes(given_up)
        less = replace(given_up.roster, left_out=missing - 1)
        assert fails(
            replace(given_up, roster=less), f"{missing} guaranteed working days are not worked; {missing - 1} were"
        )
    assert passes(made(whole[:-1]))
    alone = made(whole[:5], people={"a": {}, "b": {}}, contract=guaranteed)
    assert fails(alone, "5 guaranteed working days are not worked; 0 were")


def test_guaranteed_days_are_the_fewest_where_there_are_fewest() -> None:
    """Three to five, guaranteed: three pass, and two lack one."""
    contract = {"guaranteed": True, "min_days": 3}
    assert passes(days(3, **contract))
    assert fails(days(2, **contract), "1 guaranteed working days are not worked; 0 were")


def test_guaranteed_days_are_no_more_than_rest_leaves() -> None:
    """Sixteen hours of work and a rest of 20 leave four days of a circle: three lack one."""
    contract = {
        "guaranteed": True, "rest": "20h", "shifts": [{"length": "16h", "start": "00:00-12:00", "step": "12h"}], "days_per_week": 5,
    }  # fmt: skip
    from configs.resting import most_days

    four = [*daily("a", "mon", "00:00", hours=16), *daily("a", "tue", "12:00", hours=16),
            *daily("a", "thu", "00:00", hours=16), *daily("a", "fri", "12:00", hours=16)]  # fmt: skip
    assert most_days(made(four, contract=contract).config.contracts["day"]) == 4
    assert passes(made(four, contract=contract))
    assert fails(made(four[:3], contract=contract), "1 guaranteed working days")


def test_guaranteed_days_do_not_bind_who_is_limited_otherwise() -> None:
    """Leave and most hours excuse; availability does not."""
    four, contract = daily("a", "mon tue wed thu"), {"guaranteed": True}
    assert passes(made(four, contract=contract, leave=[("a", "sun 10:00", "sun 11:00")]))
    assert passes(made(four, contract=contract, people={"a": {"hours_max": 32.0}}))
    assert fails(made(four, contract=contract, people={"a": {"available": "daily"}}), "1 guaranteed working days")
