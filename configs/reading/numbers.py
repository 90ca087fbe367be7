"""Numbers as people write them: which mark is decimal and which marks thousands, settled by the whole column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from configs.reading.source import PLAIN_NUMBER, Bad

if TYPE_CHECKING:
    from collections.abc import Sequence

    from configs.schema.reading import TableShape

SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "’": "'", "\u2212": "-"})
LIKE = re.compile(r"[+-]?[\d.,' ]*\d[\d.,' ]*([eE][+-]?\d+)?", re.ASCII)
"""A text of digits and marks, whatever they mean."""
NOT_A_NUMBER = Bad("it must be a number")
NOT_FINITE = Bad("it must be a finite number")
THOUSAND = re.compile(r"[1-9]\d{0,2}\.\d{3}", re.ASCII)
"""A thousand with a dot as thousands mark, or a fraction with three decimals."""
HUNDREDS = re.compile(r"0*[1-9]\d{2,}", re.ASCII)
"""A whole number of a hundred or more: in the same column it shows that contacts come in such numbers."""


@dataclass(frozen=True)
class Style:
    """A way to write numbers: the decimal mark, and the mark of thousands ("" for none)."""

    decimal: str
    thousands: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What numbers of this style look like."""
        mark, decimal = re.escape(self.thousands), re.escape(self.decimal)
        grouped = rf"[1-9]\d{{0,2}}(?:{mark}\d{{3}})+|" if self.thousands else ""
        return re.compile(rf"[+-]?(?:(?:{grouped}\d+)(?:{decimal}\d*)?|{decimal}\d+)(?:[eE][+-]?\d+)?", re.ASCII)

    def value(self, text: str) -> float:
        """Return the number; NaN if the text is not of this style."""
        if not self.pattern.fullmatch(text):
            return np.nan
        return float((text.replace(self.thousands, "") if self.thousands else text).replace(self.decimal, "."))


POINT = Style(".", "")
STYLES = (
    POINT,
    Style(",", ""),
    Style(".", ","),
    Style(",", "."),
    *(Style(decimal, mark) for decimal in ".," for mark in (" ", "'")),
)


@dataclass(frozen=True)
class NumberRules:
    """What is known of the numbers of a file: what the config states, and the decimal mark that other columns show."""

    decimal: str | None = None
    thousands: str | None = None
    shown: str | None = None
    setting: str = "history"

    @classmethod
    def of(cls, shape: TableShape | None, setting: str) -> NumberRules:
        """Take what the config states."""
        return cls(shape.decimal, shape.thousands, None, setting) if shape else cls(setting=setting)

    @property
    def styles(self) -> tuple[Style, ...]:
        """The styles that these rules allow."""
        decimal = self.decimal or self.shown
        found = tuple(
            style for style in STYLES if decimal in {None, style.decimal} and self.thousands in {None, style.thousands}
        )
        return found or (Style(decimal or ".", self.thousands or ""),)


@dataclass(frozen=True)
class Numbers:
    """The different texts of a column as numbers; `note` says how they are read, where that is worth telling."""

    read: list[float | Bad]
    note: str = ""


def tidy(text: str) -> str:
    """Bring spaces, quotes and the minus sign to those of a keyboard; a quote in front only marks text."""
    text = text if text.isascii() else text.translate(SPACES)
    return text.removeprefix("'")


def numbers(texts: Sequence[str], rules: NumberRules, *, share: bool = False) -> Numbers:
    """Read the different texts of a column, none of them blank.

    Parameters
    ----------
    texts
        Trimmed texts.
    rules
        What is known of the file.
    share
        Whether the column holds shares, which may be written as per cent: 93.1% is 0.931.
    """
    scale = [0.01 if share and text.endswith("%") else 1.0 for text in texts]
    tidied = [tidy(text[:-1].strip() if one < 1 else text) for text, one in zip(texts, scale, strict=True)]
    if rules.styles[0] == POINT and not rules.shown and all(map(PLAIN_NUMBER.fullmatch, tidied)):
        return Numbers([_finite(float(text) * one) for text, one in zip(tidied, scale, strict=True)])
    like = [text for text in tidied if LIKE.fullmatch(text)]
    ways = _readings(like, rules)
    if len(ways) > 1:
        bad = _two_readings(like, ways, rules)
        return Numbers([bad if _differs(text, ways) else _plain(text, ways[0], text) for text in tidied])
    style = ways[0] if ways else _best(like, rules)
    values = [_plain(text, style, text) for text in tidied]
    read = [value if isinstance(value, Bad) else value * one for value, one in zip(values, scale, strict=True)]
    return Numbers(read, _note(like, style))


def decimal_mark(columns: Sequence[Sequence[str]], rules: NumberRules) -> str | None:
    """Decimal mark that the columns of a file show: None where none does, or where they disagree."""
    if rules.decimal or rules.thousands is not None:
        return None
    found: set[str] = set()
    for texts in columns:
        marked = [text for text in map(tidy, texts) if not text.lstrip("+-").isdigit()]
        if all(map(PLAIN_NUMBER.fullmatch, marked)):
            if not all(map(THOUSAND.fullmatch, marked)):
                found.add(".")
            continue
        marked = [text for text in marked if LIKE.fullmatch(text)]
        ways = _readings(marked, rules) if marked else []
        if len(ways) == 1 and (ways[0].thousands in {",", "."} or any(ways[0].decimal in text for text in marked)):
            found.add(ways[0].decimal)
    return found.pop() if len(found) == 1 else None


def _readings(texts: Sequence[str], rules: NumberRules) -> list[Style]:
    """Styles that fit every text, one for each different reading; one without thousands comes first."""
    found: dict[tuple[float, ...], Style] = {}
    for style in rules.styles:
        values = tuple(style.value(text) for text in texts)
        if not any(value != value for value in values):  # noqa: PLR0124 - NaN
            found.setdefault(values, style)
    ways = list(found.values())
    if POINT in ways and all(PLAIN_NUMBER.fullmatch(text) for text in texts):
        return [POINT]  # as ever: see `thousands_guard` for volumes
    return ways


def _best(texts: Sequence[str], rules: NumberRules) -> Style:
    """The style of most texts, where none fits all."""
    return max(rules.styles, key=lambda style: sum(bool(style.pattern.fullmatch(text)) for text in texts))


def _differs(text: str, ways: Sequence[Style]) -> bool:
    return LIKE.fullmatch(text) is not None and len({way.value(text) for way in ways}) > 1


def _two_readings(texts: Sequence[str], ways: Sequence[Style], rules: NumberRules) -> Bad:
    example = next(text for text in texts if _differs(text, ways))
    said = [f"{way.value(example):.12g} ({rules.setting}.{_setting(way)})" for way in ways]
    return Bad(f"it may be {' or '.join(said)}; set the one that is right")


def _setting(style: Style) -> str:
    return f'thousands = "{style.thousands}"' if style.thousands else f'decimal = "{style.decimal}"'


def _plain(text: str, style: Style, shown: str) -> float | Bad:
    if text.casefold().lstrip("+-") in {"inf", "infinity"}:
        return NOT_FINITE
    value = style.value(text)
    if value == value:  # noqa: PLR0124 - not NaN
        return _finite(value)
    if not LIKE.fullmatch(shown):
        return NOT_A_NUMBER
    marks = f"a decimal {'point' if style.decimal == '.' else 'comma'}"
    thousands = f' and "{style.thousands}" between thousands' if style.thousands else ", without thousands separators"
    return Bad(f"write it with {marks}{thousands}, as the other numbers of the column")


def _finite(value: float) -> float | Bad:
    return NOT_FINITE if np.isinf(value) else value


def _note(texts: Sequence[str], style: Style) -> str:
    """Say how numbers with marks are read, with an example."""
    example = next((text for text in texts if not PLAIN_NUMBER.fullmatch(text)), None) or next(
        (text for text in texts if style.thousands and style.thousands in text), None
    )
    if example is None or style.value(example) != style.value(example):
        return ""
    return f'"{example}" is read as {style.value(example):.12g}'


def thousands_guard(texts: Sequence[str], rules: NumberRules) -> tuple[list[int], Bad] | None:
    """Doubt a column of counts where whole numbers meet fractions that all have three decimals.

    The dot may mark thousands there. Returns the places of the fractions and what to say; None without a doubt.
    """
    if rules.decimal or rules.thousands is not None or rules.shown:
        return None
    dotted = [i for i, text in enumerate(texts) if "." in text]
    whole = [text for text in texts if HUNDREDS.fullmatch(text)]
    if not dotted or not whole or not all(THOUSAND.fullmatch(texts[i]) for i in dotted):
        return None
    value = texts[dotted[0]]
    thousand = value.replace(".", "")
    words = (
        f"there are whole numbers such as {whole[0]} too, so it may be {thousand} with a thousands mark, or {value} "
        f"with three decimals; write {thousand} without a thousands mark, or {value}0 if it is a fraction; or set "
        f'{rules.setting}.thousands = "." or {rules.setting}.decimal = "."'
    )
    return dotted, Bad(words)
