"""Laws of the rules about people: looser rules break no more, more work repairs no most, less is no worse."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.optimize.roster.verify.rules.made import found

CLOCKS = ("04:00", "06:00", "08:30", "14:00", "19:00", "22:00")
ZONES = st.sampled_from(["UTC", "Europe/London"])
FIRST = date(2026, 10, 19)
"""The clock of London goes back on the first Sunday."""
KNOWN, DAYS = 7, 14
shifts = st.dictionaries(st.integers(-KNOWN, DAYS - 1), st.sampled_from(CLOCKS), max_size=18)
periods = st.sampled_from(["day", "week", "month", "horizon", "2w", "3w", "5d"])
words = st.sampled_from(["work", "early", "late", "night"])
leaves = st.sets(st.integers(0, DAYS - 1), max_size=3)


def broken(rules, plan, zone="UTC", leave=()):
    """Breaches of a plan of one shift a day, of which a week is history."""
    plan = [(day, clock) for day, clock in sorted(plan.items()) if day not in leave]
    return found(rules, plan, days=DAYS, known=KNOWN, zone=zone, first=FIRST, leave=sorted(leave))


def keys(breaches):
    return {(each.rule, each.first, each.last) for each in breaches}


@settings(max_examples=25)
@given(shifts, periods, words, st.integers(0, 6), st.integers(0, 6), leaves, ZONES)
def test_a_looser_number_of_shifts_breaks_no_more(plan, per, of, most, more, leave, zone) -> None:
    """Every period broken by the looser rule is broken by the stricter one."""
    strict, loose = ({"shifts": {"x": {"of": of, "per": per, "most": n}}} for n in (most, most + more))
    assert keys(broken(loose, plan, zone, leave)) <= keys(broken(strict, plan, zone, leave))
    strict, loose = ({"shifts": {"x": {"of": of, "per": per, "least": n}}} for n in (most + more, most))
    assert keys(broken(loose, plan, zone, leave)) <= keys(broken(strict, plan, zone, leave))


@settings(max_examples=25)
@given(shifts, shifts, periods, st.integers(0, 60))
def test_more_work_repairs_no_most_of_hours(plan, added, per, most) -> None:
    """A plan with further shifts breaks at least the periods of the plan without them, by no less."""
    rules = {"hours": {"x": {"per": per, "most": f"{most}h"}}}
    before = {(each.first, each.last): each.minutes for each in broken(rules, plan)}
    after = {(each.first, each.last): each.minutes for each in broken(rules, added | plan)}
    assert before.keys() <= after.keys()
    assert all(after[span] >= minutes for span, minutes in before.items())


@settings(max_examples=25)
@given(shifts, words, st.integers(1, 4), st.integers(0, 3), leaves)
def test_a_looser_run_breaks_no_more(plan, of, most, more, leave) -> None:
    """Of working days, kinds, and days off."""
    for word in (of, "off"):
        strict, loose = ({"runs": {"x": {"of": word, "most": n}}} for n in (most, most + more))
        assert keys(broken(loose, plan, leave=leave)) <= keys(broken(strict, plan, leave=leave))
        strict, loose = ({"runs": {"x": {"of": word, "least": n}}} for n in (most + more, most))
        assert keys(broken(loose, plan, leave=leave)) <= keys(broken(strict, plan, leave=leave))


@settings(max_examples=25)
@given(shifts, st.integers(6, 20), st.integers(0, 20), ZONES)
def test_a_shorter_rest_breaks_no_more(plan, least, more, zone) -> None:
    """Between any two shifts, after runs of nights, and in a week."""
    for rule in ({"after": "late"}, {"after_run": "night"}, {}):
        strict, loose = ({"rests": {"x": {**rule, "least": f"{n}h"}}} for n in (least + more, least))
        assert keys(broken(loose, plan, zone)) <= keys(broken(strict, plan, zone))
    strict, loose = ({"weekly_rest": {"least": f"{n}h"}} for n in (least + more, least))
    assert keys(broken(loose, plan, zone)) <= keys(broken(strict, plan, zone))


@settings(max_examples=25)
@given(shifts, st.integers(0, 4), st.integers(0, 2), leaves)
def test_more_weekends_allowed_break_no_more(plan, most, more, leave) -> None:
    """In any four weeks; and whole weekends are broken by neither all nor no days worked."""
    strict, loose = ({"weekends": {"most": n}} for n in (most, most + more))
    assert keys(broken(loose, plan, leave=leave)) <= keys(broken(strict, plan, leave=leave))
    everything = dict.fromkeys(range(-KNOWN, DAYS), "06:00")
    assert broken({"weekends": {"whole": True}}, everything) == []
    assert broken({"weekends": {"whole": True}}, {}) == []


@settings(max_examples=25)
@given(shifts, words, words)
def test_forbidding_one_word_is_allowing_all_the_others(plan, after, forbidden) -> None:
    """A shift is early, late or night here, or of none of these kinds; what is not allowed is what is forbidden."""
    after_early = {"successions": {"x": {"after": after, "forbid": ["off"]}}}
    the_same = {"successions": {"x": {"after": after, "allow": ["work"]}}}
    assert keys(broken(after_early, plan)) == keys(broken(the_same, plan))
    wide = {"successions": {"x": {"after": after, "forbid": [forbidden, "off"]}}}
    narrow = {"successions": {"x": {"after": after, "forbid": [forbidden]}}}
    assert keys(broken(narrow, plan)) <= keys(broken(wide, plan))


@settings(max_examples=30)
@given(shifts, words, st.integers(1, 4))
def test_runs_are_those_of_a_walk_through_the_days(plan, of, most) -> None:
    """A plain loop over the days: each run longer than the most that reaches a planned day, once."""
    kinds = {
        "early": {"04:00", "06:00", "08:30"},
        "late": {"14:00", "19:00"},
        "night": {"19:00", "22:00"},
        "work": set(CLOCKS),
    }
    # From 19:00 to 3:00 are four hours of night.
    expected, length = [], 0
    for day in range(-KNOWN, DAYS + 1):
        if day < DAYS and plan.get(day) in kinds[of]:
            length += 1
            continue
        if length > most and day > 0:
            expected.append(length)
        length = 0
    assert [each.days for each in broken({"runs": {"x": {"of": of, "most": most}}}, plan)] == expected
