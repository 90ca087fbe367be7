"""What a manifest tells in words and codes becomes facts again, of this version's runs and of the first one's."""

from __future__ import annotations

from datetime import date

import pytest

from configs.horizon import Horizon
from reports.english.roster import SHORT
from reports.summary import advised
from staffcurve.readback import _advice, _assumes, _day_given_up, _shortfall

WEEK = Horizon(date(2026, 11, 30), 7, 15, "Europe/London")
SPAN = {
    "channel": "phone",
    "start": "2026-11-30T08:00:00+00:00",
    "end": "2026-11-30T09:00:00+00:00",
    "agent_h": 1.0,
    "most": 1.0,
}


@pytest.mark.parametrize("code", SHORT)
def test_a_shortfall_is_read_by_its_code_or_by_its_words(code: str) -> None:
    """The first version wrote the words only; both give the same object."""
    new = _shortfall({**SPAN, "reason": "whatever", "code": code}, WEEK)
    old = _shortfall({**SPAN, "reason": SHORT[code]}, WEEK)
    assert new == old
    assert (new.code, new.reason, new.start.hour) == (code, SHORT[code], 8)


def test_a_reason_nobody_knows_is_kept() -> None:
    """Words of another version are shown as they are."""
    assert _shortfall({**SPAN, "reason": "for another reason"}, WEEK).reason == "for another reason"


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("any roster", ()),
        ("any roster of a repeating week", ("repeating",)),
        ("any roster that staffs each channel separately", ("apart",)),
        (
            "any roster of a repeating week that staffs each channel separately and in which nobody gives up a working day",
            ("repeating", "apart", "kept"),
        ),
    ],
)
def test_the_scope_of_a_bound_is_read_by_code_or_by_words(words: str, codes: tuple[str, ...]) -> None:
    """Codes where the manifest has them, else the words of the first version."""
    assert _assumes({"bound_for": words}) == codes
    assert _assumes({"bound_for": "", "assumes": list(codes)}) == codes


def test_a_day_given_up_gets_its_year_from_the_week() -> None:
    """The text has weekday, day and month; a contract may have " on " in its name."""
    found = _day_given_up("contract late on call on Wed 02 Dec", WEEK)
    assert (found.contract, found.day) == ("late on call", date(2026, 12, 2))
    assert str(found) == "contract late on call on Wed 02 Dec"


def test_advice_keeps_its_sentence() -> None:
    """Written again it is what it was, with or without a code."""
    told = {"kind": "hour", "subject": "phone", "saving": 28.0, "sentence": "On Sun", "basis": "shadow price"}
    assert advised(_advice(told)) == {**told, "code": "note"}
    assert advised(_advice({**told, "code": "expensive-hours"})) == {**told, "code": "expensive-hours"}
