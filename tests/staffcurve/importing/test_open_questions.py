"""Faults that name settings become questions, each with its answers and what the file then says."""

from __future__ import annotations

import pytest

from configs.errors import Fault
from staffcurve.importing.open_questions import questions_of

ORDER = (
    'Date is "05/01/2026"; the order of day and month is unclear: history.date_format = "dmy" reads 2026-01-05, and the '
    'file as 2026-01-05 to 2026-12-01; history.date_format = "mdy" reads 2026-05-01, and the file as 2026-01-01 to 2026-12-05'
)
HANDLE = (
    'channel "phone": handle times (Time) are short; read as seconds: 4 s a contact, history.aht = { unit = "s", is = "mean" }; '
    'read as minutes: 4 min a contact, history.aht = { unit = "min", is = "mean" }; state the right one'
)
MARKS = 'Time is "220,000"; it may be 220 (history.decimal = ",") or 220000 (history.thousands = ","); set the one that is right'
TWO_PARTS = (
    'Time is "0:30"; it may be 30 seconds or 30 minutes: state history.aht = { unit = "m:ss" } or { unit = "h:mm" }'
)


@pytest.mark.parametrize(
    ("sentence", "key", "answers"),
    [
        (
            ORDER,
            "history.date_format",
            [
                ("history.date_format", "dmy", "reads 2026-01-05, and the file as 2026-01-05 to 2026-12-01"),
                ("history.date_format", "mdy", "reads 2026-05-01, and the file as 2026-01-01 to 2026-12-05"),
            ],
        ),
        (
            HANDLE,
            "history.aht",
            [
                ("history.aht", {"unit": "s", "is": "mean"}, "read as seconds: 4 s a contact"),
                ("history.aht", {"unit": "min", "is": "mean"}, "read as minutes: 4 min a contact"),
            ],
        ),
        (MARKS, "history.decimal", [("history.decimal", ",", "220"), ("history.thousands", ",", "220000")]),
    ],
    ids=["order", "handle time", "marks"],
)
def test_each_setting_of_a_fault_is_an_answer(sentence, key, answers):
    """With the words that the fault has for it."""
    (question,) = questions_of([Fault("calls.csv row 2", sentence)])
    assert question.key == key
    assert [(one.key, one.value, one.means) for one in question.choices] == answers


def test_an_answer_that_follows_without_its_setting_is_one_too():
    """`{ unit = "m:ss" } or { unit = "h:mm" }` are two values of one setting."""
    (question,) = questions_of([Fault("calls.csv row 2", TWO_PARTS)])
    assert [one.value for one in question.choices] == [{"unit": "m:ss"}, {"unit": "h:mm"}]


def test_faults_of_several_files_ask_once():
    """The same setting named again is the same question."""
    (question,) = questions_of([Fault("a.csv", ORDER), Fault("b.csv", ORDER)])
    assert len(question.choices) == 2


def test_a_fault_without_a_setting_asks_nothing():
    """It is told as it is."""
    assert questions_of([Fault("a.csv row 3", "volume is -3; volumes are 0 or more")]) == []


def test_an_answer_is_shown_as_the_option_that_gives_it():
    """Quoted for a shell, with a value that TOML reads."""
    (question,) = questions_of([Fault("calls.csv row 2", HANDLE)])
    assert question.options()[1] == (
        """--set 'history.aht={ unit = "min", is = "mean" }'""",
        "read as minutes: 4 min a contact",
    )


def test_two_settings_that_belong_together_are_two_questions():
    """With one of them alone the numbers would be read an hour off."""
    words = (
        'numbers may be hours; state their length, such as history.period = "1h" and history.first_period = 0 for hours'
    )
    first, second = questions_of([Fault("calls.csv row 2", words)])
    assert (first.key, [one.value for one in first.choices]) == ("history.period", ["1h"])
    assert (second.key, [one.value for one in second.choices]) == ("history.first_period", [0])
