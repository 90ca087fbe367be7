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
    """Turn the faults that name settings into questions, one for each setting."""
    answers: dict[str, list[Choice]] = {}
    for fault in faults:
        for key, choice in _choices(fault.sentence):
            held = answers.setdefault(key, [])
            if all(choice.value != each.value for each in held):
                held.append(choice)
    return [Question(key, ASKS.get(key, _asked(key, faults)), tuple(choices)) for key, choices in answers.items()]


def _asked(key: str, faults: Sequence[Fault]) -> str:
    return next(str(fault) for fault in faults if key in fault.sentence)


def _choices(sentence: str) -> list[tuple[str, Choice]]:
    found: list[tuple[str, Choice]] = []
    for clause in re.split(r";\s+", sentence):
        for match in SETTING.finditer(clause):
            key, values = (
                match["key"],
                [match["value"], *(each["value"] for each in ELSE.finditer(clause, match.end()))],
            )
            found += [(key, Choice(_read(value), _means(key, value, clause, match))) for value in values]
    return found


def _read(value: str) -> object:
    return tomllib.loads(f"value = {value}")["value"]


def _means(key: str, value: str, clause: str, match: re.Match[str]) -> str:
    """What the fault says of an answer: the words around it, without the setting."""
    known = MEANS.get((key, str(_read(value))))
    if known:
        return known
    before, after = clause[: match.start()], clause[match.end() :]
    words = after if len(after) > len(before) or before.rstrip().endswith(":") else before
    return words.strip(" ,:().") or clause.strip()
