"""Faults of the readers that name a setting, as questions: each setting they name is an answer."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from staffcurve.importing.proposal import Choice, Question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from configs.errors import Fault

SETTING = re.compile(
    r"\b(?P<key>(?:history|channels|plan)\.[\w.-]+?)\s*=\s*"
    r'(?P<value>"[^"]*"|\{[^{}]*\}|\[[^\[\]]*\]|\d+|true|false)'
)
ELSE = re.compile(r'\bor (?P<value>"[^"]*"|\{[^{}]*\})')
"""A further value of the setting before it."""
ASKS = {
    "history.date_format": "In which order are day and month?",
    "history.aht": "What does the handle time hold?",
    "history.decimal": "What marks the decimals?",
    "history.thousands": "What marks the thousands?",
    "history.sheet": "Which sheet holds the history?",
    "history.timezone": "In which time zone are the times?",
    "history.duplicates": "What are several rows of one channel and interval?",
    "history.label": "Are the times of the rows the start or the end of their interval?",
    "history.format": "Which system wrote the file?",
}
MEANS = {
    ("history.duplicates", "sum"): "parts of it, such as queues: they are added up",
    ("history.duplicates", "last"): "corrections: the last one counts",
    ("history.missing", "zero"): "rows without contacts are left out of the file",
}


def questions_of(faults: Sequence[Fault]) -> list[Question]:
    """Turn the faults that name settings into questions, one for each setting.

    Settings that a fault names in one breath, such as a decimal mark or a thousands mark, are answers to one question.
    """
    answers: dict[str, list[Choice]] = {}
    for fault in faults:
        for key, choice in _choices(fault.sentence):
            held = answers.setdefault(key, [])
            if all((choice.key, choice.value) != (each.key, each.value) for each in held):
                held.append(choice)
    return [
        Question(key, ASKS.get(key, _asked(key, faults)), tuple(choices), read=True) for key, choices in answers.items()
    ]


def _asked(key: str, faults: Sequence[Fault]) -> str:
    return next(str(fault) for fault in faults if key in fault.sentence)


def _choices(sentence: str) -> list[tuple[str, Choice]]:
    """Every setting a sentence names: the key of the question it answers, and the answer."""
    found: list[tuple[str, Choice]] = []
    for clause in re.split(r";\s+", sentence):
        matches = list(SETTING.finditer(clause))
        before, asked = 0, ""
        for match in matches:
            if not asked or clause[before : match.start()].strip() == "and":
                asked = match["key"]  # "a and b" are two settings, "a or b" are two answers to one question
            words = clause[before : match.start()], clause[match.end() :]
            values = [match["value"], *(each["value"] for each in ELSE.finditer(clause, match.end()))]
            for value in values:
                means = _means(match["key"], value, words, alone=len(matches) == 1)
                found.append((asked, Choice(_read(value), means or clause, match["key"])))
            before = match.end()
    return found


def _read(value: str) -> object:
    return tomllib.loads(f"value = {value}")["value"]


def _means(key: str, value: str, around: tuple[str, str], *, alone: bool) -> str:
    """What a sentence says of an answer: the words around it, without the setting."""
    known = MEANS.get((key, str(_read(value))))
    if known:
        return known
    before, after = around
    words = after if alone and (len(after) > len(before) or before.rstrip().endswith(":")) else before
    return re.sub(r"^(it may be|or) ", "", words.strip(" ,:().")).strip()
