"""The rules of a person as numbers: minutes, counts, masks; kinds by the clock as the recount finds them by moments."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from configs.rules.person import Kind, person_rules
from configs.schema.rules import Rules
from configs.units import format_clock
from tests.optimize.roster.verify.rules.made import MONDAY, found


def rules_of(**rules):
    return Rules.model_validate(rules)


def test_rules_are_minutes_counts_and_masks() -> None:
    """Each rule once, as its numbers."""
    rules = rules_of(
        hours={"week": {"most": "40h", "price": 2, "count": "worked", "leave_day": "7h30m"}},
        shifts={"nights": {"of": "night", "per": "2w", "most": 3}},
        rests={"x": {"after_run": "night", "least": "2d", "run_days": 2}},
        weekends={"most": 1, "days": ["fri-sun"], "per": "week"},
        fixed_off=["sun"],
        fixed_off_dates=[MONDAY],
        near_start="90min",
    )  # fmt: skip
    person = person_rules(rules, MONDAY, 14)
    (hours,), (shifts,), (rest,) = person.hours, person.shifts, person.rests
    assert (hours.rule, hours.most, hours.least, hours.price, hours.paid, hours.leave_min) == (
        "hours.week",
        2400,
        None,
        2,
        False,
        450,
    )
    assert [(each.first, each.last) for each in shifts.windows] == [(-7, 6), (0, 13), (7, 20)]
    assert (rest.least_min, rest.after_run, rest.run_days, rest.after, rest.before) == (2880, "night", 2, None, None)
    assert (person.weekends.weekdays, person.weekends.first, person.weekends.length) == (0b1110000, 4, 3)
    assert person.off == 1 << 0 | 1 << 6 | 1 << 13
    assert person.near_start_min == 90
    assert set(person.kind) == {"night"}


def test_the_phase_of_a_rotation_is_that_of_the_first_planned_day() -> None:
    """Begun two days before, the plan begins at the third letter; None where it is free."""
    for days in (-2, 6, 0):
        starts = date(2026, 11, 30) + timedelta(days=days)
        person = person_rules(rules_of(rotation={"pattern": "4on4off", "starts": starts}), MONDAY, 7)
        assert person.rotation.phase == -days % 8
        assert person.rotation.days == ("work",) * 4 + (None,) * 4
    assert person_rules(rules_of(rotation={"pattern": "4on4off"}), MONDAY, 7).rotation.phase is None


def test_people_without_rules_have_none() -> None:
    """Nothing to check, and no kind to find."""
    assert person_rules(rules_of(), MONDAY, 7) == type(person_rules(rules_of(), MONDAY, 7))(MONDAY, 7)


@given(
    st.integers(0, 6),
    st.integers(0, 47),
    st.integers(1, 40),
    st.integers(0, 47),
    st.integers(1, 48),
    st.integers(1, 16),
)
def test_a_kind_by_the_clock_is_the_kind_by_moments(weekday, start, length, opens, span, least) -> None:
    """On days without a clock change; the recount counts moments, this one minutes of the clock."""
    closes = (opens + span) * 30 % 1440
    covers = f"{format_clock(opens * 30)}-{format_clock(closes or 1440)}"
    if opens * 30 == closes:
        covers = "00:00-24:00"
    rule = {
        "kinds": {"some": {"covers": covers, "at_least": f"{least * 30}min", "days": ["mon-fri"]}},
        "shifts": {"some": {"of": "some", "most": 0}},
    }
    kind = person_rules(rules_of(**rule), MONDAY, 7).kind["some"]
    by_moments = bool(found(rule, [(weekday, format_clock(start * 30), length / 2)]))
    assert kind.holds(weekday, start * 30, length * 30) is by_moments


def test_a_kind_by_its_starts() -> None:
    """Both ends are included, and the weekday counts."""
    kind = Kind("early", (240, 539), None, 1, 0b0000001)
    assert [kind.holds(0, minute, 480) for minute in (239, 240, 539, 540)] == [False, True, True, False]
    assert not kind.holds(1, 300, 480)


def test_a_kind_by_the_minutes_it_covers() -> None:
    """To the minute, on the day before and after too."""
    kind = Kind("night", None, (1380, 1800), 180, 0b1111111)
    assert [kind.holds(0, start, 480) for start in (1079, 1080, 179, 180, 181)] == [False, True, True, True, False]
    assert not Kind("night", None, (1380, 1800), 1, 0b1111111).holds(0, 600, 480)
