"""What a manifest tells in words and codes becomes facts again, of this version's runs and of the first one's."""

from __future__ import annotations

from datetime import date

import pytest

from configs.horizon import Horizon
from reports.english.roster import SCOPES, SHORT
from staffcurve.run_folder import first_version
from staffcurve.run_folder.read import _advice, _assumes, _day_given_up, _shortfall
from staffcurve.run_folder.records import AdviceRecord, ProofRecord, ShortfallRecord

WEEK = Horizon(date(2026, 11, 30), 7, 15, "Europe/London")
SPAN = {
    "channel": "phone",
    "start": "2026-11-30T08:00:00+00:00",
    "end": "2026-11-30T09:00:00+00:00",
    "agent_h": 1.0,
    "most": 1.0,
}


@pytest.mark.parametrize(("words", "code"), first_version.REASONS.items())
def test_a_shortfall_is_read_by_its_code_or_by_its_words(words: str, code: str) -> None:
    """The first version wrote the words only; both give the same object, which has the words of today."""
    new = _shortfall(ShortfallRecord(**SPAN, reason="any", code=code), WEEK)
    old = _shortfall(ShortfallRecord(**SPAN, reason=words), WEEK)
    assert new == old
    assert (new.code, new.reason, new.start.hour) == (code, SHORT[code], 8)


def test_every_code_has_words_of_the_first_version() -> None:
    """No reason and no assumption of a bound is missing; assumptions keep their order."""
    assert set(first_version.REASONS.values()) == set(SHORT)
    assert list(first_version.ASSUMPTIONS) == list(SCOPES)


def test_a_reason_nobody_knows_is_kept() -> None:
    """Words of another version are shown as they are."""
    assert _shortfall(ShortfallRecord(**SPAN, reason="for another reason"), WEEK).reason == "for another reason"


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("any roster", ()),
        ("any roster of a repeating week", ("repeating",)),
        ("any roster that staffs each channel by itself", ("apart",)),
        (
            "any roster of a repeating week that staffs each channel by itself and in which nobody gives up a working day",
            ("repeating", "apart", "kept"),
        ),
    ],
)
def test_the_scope_of_a_bound_is_read_by_code_or_by_words(words: str, codes: tuple[str, ...]) -> None:
    """Codes where the manifest has them, else the words of the first version."""
    assert _assumes(ProofRecord.model_construct(bound_for=words, assumes=None)) == codes
    assert _assumes(ProofRecord.model_construct(bound_for="", assumes=codes)) == codes


def test_a_day_given_up_gets_its_year_from_the_week() -> None:
    """The text has weekday, day and month; a contract may have " on " in its name."""
    found = _day_given_up("contract late on call on Wed 02 Dec", WEEK)
    assert (found.contract, found.day) == ("late on call", date(2026, 12, 2))
    assert str(found) == "contract late on call on Wed 02 Dec"


@pytest.mark.parametrize("code", [{}, {"code": "expensive-hours"}])
def test_advice_keeps_its_sentence(code: dict[str, str]) -> None:
    """Read again it is what it was, with or without a code."""
    kept = {"kind": "hour", "subject": "phone", "saving": 28.0, "sentence": "On Sun", "basis": "shadow price"}
    found = _advice(AdviceRecord(**kept, **code))
    assert {name: getattr(found, name) for name in kept} == kept
    assert found.change.code == code.get("code", "note")
