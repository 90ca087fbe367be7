"""Every breach of a rule has its sentence, which follows the name of the person."""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from optimize.roster import rule_facts as facts
from reports.english import sentence

LONDON = ZoneInfo("Europe/London")
DAY, LATER = date(2026, 11, 30), date(2026, 12, 6)
ENDED, BEGAN = datetime(2026, 11, 30, 6, 0, tzinfo=LONDON), datetime(2026, 12, 1, 14, 0, tzinfo=LONDON)
WEEK = ("a", "rule", DAY, LATER, None)
ONE = ("a", "rule", DAY, DAY, None)
CASES = [
    (facts.HoursOutside(*WEEK, 2430, 2400, False), "works 40 h 30 min from Mon 30 Nov to Sun 6 Dec; at most 40 h are allowed"),
    (facts.HoursOutside(*ONE, 0, 60, True), "works 0 h on Mon 30 Nov; at least 1 h is required"),
    (facts.ShiftsOutside(*WEEK, 6, 5, False, "work"), "works 6 shifts from Mon 30 Nov to Sun 6 Dec; at most 5 are allowed"),
    (facts.ShiftsOutside(*WEEK, 1, 2, True, "night"), "works 1 night shift from Mon 30 Nov to Sun 6 Dec; at least 2 are required"),
    (facts.RunOutside(*WEEK, "work", 7, 6, False), "works for 7 days in a row from Mon 30 Nov to Sun 6 Dec; at most 6 are allowed"),
    (facts.RunOutside(*ONE, "off", 1, 2, True), "is off for 1 day on Mon 30 Nov; at least 2 are required"),
    (facts.RunOutside(*WEEK, "night", 7, 1, False), "works night shifts for 7 days in a row from Mon 30 Nov to Sun 6 Dec; at most 1 is allowed"),
    (facts.RestTooShort(*WEEK, 1920, 2880, ENDED, BEGAN, None, "night", None), "rests 32 h after a run of night shifts that ends Mon 30 Nov 06:00, until Tue 1 Dec 14:00; 48 h are required"),
    (facts.RestTooShort(*WEEK, 1920, 2880, ENDED, BEGAN, None, "work", None), "rests 32 h after a run of working days that ends Mon 30 Nov 06:00, until Tue 1 Dec 14:00; 48 h are required"),
    (facts.RestTooShort(*WEEK, 480, 660, ENDED, BEGAN, "late", None, "early"), "rests 8 h after a late shift that ends Mon 30 Nov 06:00, before an early shift, until Tue 1 Dec 14:00; 11 h are required"),
    (facts.RestTooShort(*WEEK, -60, 660, ENDED, BEGAN, None, None, None), "rests -1 h after a shift that ends Mon 30 Nov 06:00, until Tue 1 Dec 14:00; 11 h are required"),
    (facts.WeeklyRestTooShort(*WEEK, 2040, 2100), "has a longest rest of 34 h from Mon 30 Nov to Sun 6 Dec; 35 h without a shift are required"),
    (facts.WeekendSplit(*WEEK, 1, 2), "works 1 of 2 days of the weekend Mon 30 Nov to Sun 6 Dec; it must be all or none"),
    (facts.TooManyWeekends(*WEEK, 3, 2), "works on 3 weekends from Mon 30 Nov to Sun 6 Dec; at most 2 are allowed"),
    (facts.WrongSuccession(*WEEK, ("late",), "early", ()), "has early after late, Mon 30 Nov to Sun 6 Dec; this is forbidden"),
    (facts.WrongSuccession(*WEEK, ("night", "off"), None, ("night", "off")), "has none of night or off after night and off, Mon 30 Nov to Sun 6 Dec; one of them is required"),
    (facts.OffRotation(*WEEK, 2, None), "leaves the rotation: 2 days differ, the first Mon 30 Nov, on which it has a day off"),
    (facts.OffRotation(*WEEK, 1, "night"), "leaves the rotation: 1 day differs, the first Mon 30 Nov, on which it has a night shift"),
    (facts.OffRotation(*WEEK, 1, "work"), "leaves the rotation: 1 day differs, the first Mon 30 Nov, on which it has a shift"),
    (facts.FixedDayWorked(*ONE), "has a shift on Mon 30 Nov, a fixed day off"),
    (facts.MentorAbsent(*ONE, 180, 480), "works with a mentor for 3 h of the shift on Mon 30 Nov; at least 8 h are required"),
    (facts.LockBroken(*ONE, False, None), "has a shift on Mon 30 Nov, which is locked as a day off"),
    (facts.LockBroken(*ONE, True, None), "is off on Mon 30 Nov; a shift is locked"),
    (facts.LockBroken(*ONE, True, 390), "has no shift on Mon 30 Nov that begins at 06:30; one is locked"),
    (facts.StartMoved(*WEEK, 480, 60), "begins 8 h earlier or later than on the day before, Sun 6 Dec; at most 1 h is allowed"),
]  # fmt: skip


@pytest.mark.parametrize(("breach", "words"), CASES, ids=[words[:50] for _, words in CASES])
def test_a_breach_is_written_as_its_sentence(breach, words) -> None:
    """Value, days and limit."""
    assert sentence(breach) == words


def test_every_kind_of_breach_has_a_case() -> None:
    """A new one without a sentence is found here."""
    assert {type(breach) for breach, _ in CASES} == set(facts.Breach.__subclasses__())


def test_no_sentence_writes_a_duration_as_a_config_does() -> None:
    """A number and its unit are apart."""
    assert [words for _, words in CASES if re.search(r"\b\d+(s|m|min|h|d)\b", words)] == []
