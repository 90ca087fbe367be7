"""Rows that sum up others: left out if the settings name them, refused if they only look like it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

_WORDS = (
    "total|totals|grand total|sub total|subtotal|sub-total|overall|overall total|sum|sums|average|averages|avg"
    "|summe|gesamt|gesamtsumme|zwischensumme|insgesamt|gesamtergebnis|teilergebnis|durchschnitt|mittelwert"
    "|totaal|eindtotaal|subtotaal|gemiddelde"
    "|total général|sous-total|somme|moyenne"
    "|suma|total general|promedio|soma|total geral|média"
    "|totale|totale generale|somma|subtotale"
    "|totalt|summa|genomsnitt|gjennomsnitt|gennemsnit|i alt|yhteensä|keskiarvo"
    "|razem|suma końcowa|średnia|celkem|součet|průměr|összesen|átlag|итого|всего|сумма|среднее|toplam|ortalama"
    "|合計|総計|小計|平均|总计|合计|小计|평균|합계"
)
WORDS = frozenset(_WORDS.split("|"))
"""Words for sums and means that a whole cell consists of, in lower case."""
WORD = re.compile(r"[^\W\d_]{3}|[^\x00-\x7f]{2}")
FIGURE = re.compile(r"[+-]?\d[\d.,'\s]*")


def normal(cell: str) -> str:
    """Write a cell as words are compared: lower case, single blanks, without marks round it."""
    return " ".join(cell.strip(" \t:*()[]=-–—").casefold().split())


def total_rows(
    columns: Sequence[Sequence[str]], checked: Iterable[int], words: Collection[str] = WORDS
) -> dict[int, str]:
    """Return the rows with a text in one of the checked columns that marks them as a sum of others, and that text.

    A whole cell must be one of the words. Where the other cells of the column are dates, times or numbers, it is
    enough that a cell begins or ends with one: "Total 05.01.2026". A queue called "Total Care" is no sum, and a text
    that stands in more than half of the rows is the name of a channel.
    """
    marked: dict[int, str] = {}
    for at in checked:
        column = columns[at]
        marks = _marks(column, words)
        found = {i: marks[cell] for i, cell in enumerate(column) if cell in marks} if marks else {}
        if 2 * len(found) <= len(column):
            marked = found | marked
    return dict(sorted(marked.items()))


def _marks(column: Sequence[str], words: Collection[str]) -> dict[str, str]:
    """The word for a sum in each text that has one; quick where no cell has words, as in a million numbers or dates."""
    joined = "".join(column)
    if joined.isascii() and joined.lower() == joined.upper():
        return {}
    texts = set(column)
    worded = {text: normal(text) for text in texts if WORD.search(text)}
    marks = {text: text.strip() for text, plain in worded.items() if plain in words}
    figures = sum(text.lstrip()[:1].isdigit() for text in texts)
    if 2 * figures >= len(texts):
        for text in worded.keys() - marks.keys():
            plain = worded[text]
            ends = [word for word in words if plain.startswith(f"{word} ") or plain.endswith(f" {word}")]
            if ends:
                marks[text] = max(ends, key=lambda word: (len(word), word)).capitalize()
    return marks


def is_sum(columns: Sequence[Sequence[str]]) -> bool:
    """Whether the last row is blank where all others are filled, and a number in it is the sum of those above."""
    if not columns or len(columns[0]) < 3:
        return False
    last = [column[-1].strip() for column in columns]
    if any(text and not FIGURE.fullmatch(text) for text in last):
        return False
    blank = any(not text and all(map(str.strip, column[:-1])) for text, column in zip(last, columns, strict=True))
    return blank and any(_adds_up(column) for text, column in zip(last, columns, strict=True) if text)


def _adds_up(column: Sequence[str]) -> bool:
    """Whether the last number is the sum of the others, with a point or a comma as the decimal mark."""
    for decimal in ".,":
        numbers = [_number(cell, decimal) for cell in column]
        *others, last = numbers
        total = sum(number for number in others if number is not None)
        if last and abs(total - last) <= 0.005 + 1e-9 * abs(total):
            return True
    return False


def _number(cell: str, decimal: str) -> float | None:
    """A number as far as sums are concerned: everything but digits and the decimal mark is a thousands mark."""
    if not FIGURE.fullmatch(cell.strip()):
        return None
    text = re.sub(rf"[^\d{re.escape(decimal)}+-]", "", cell).replace(decimal, ".")
    return float(text) if text.count(".") < 2 else None
