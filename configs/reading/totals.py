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
PLAIN = re.compile(r"[+-]?\d+([.,]\d+)?")


def normal(cell: str) -> str:
    """Write a cell as words are compared: lower case, single blanks, without marks round it."""
    return " ".join(cell.strip(" \t:*()[]=-–—").casefold().split())


def total_texts(column: Sequence[str], words: Collection[str] = WORDS) -> set[str]:
    """Return the texts of a column that mark a row as a sum of others.

    A whole cell must be one of the words. Where the other cells are dates, times or numbers, it is enough that a cell
    begins or ends with one: "Total 05.01.2026". A queue called "Total Care" is none.
    """
    if not column or max(column) < "A":  # numbers, dates and times of day: no cell begins with a letter
        return set()
    texts = set(column)
    marked = {text for text in texts if normal(text) in words}
    figures = sum(text.lstrip()[:1].isdigit() for text in texts)
    if 2 * figures >= len(texts):
        marked |= {text for text in texts if _begins_or_ends(normal(text), words)}
    return marked


def _begins_or_ends(text: str, words: Iterable[str]) -> bool:
    return any(text.startswith(f"{word} ") or text.endswith(f" {word}") for word in words)


def total_places(columns: Sequence[Sequence[str]], checked: Iterable[int], words: Collection[str] = WORDS) -> list[int]:
    """Return the places of the rows with such a text in one of the checked columns.

    A text that stands in more than half of the rows is the name of a channel, not the mark of a sum.
    """
    places: set[int] = set()
    for at in checked:
        column = columns[at]
        texts = total_texts(column, words)
        found = [i for i, cell in enumerate(column) if cell in texts] if texts else []
        if 2 * len(found) <= len(column):
            places.update(found)
    return sorted(places)


def is_sum(columns: Sequence[Sequence[str]], first: int = 0) -> bool:
    """Whether the last row has a blank cell where all others are filled, and its numbers are the sums of the others.

    Rows before `first` are not counted.
    """
    count = len(columns[0]) - first if columns else 0
    if count < 3:
        return False
    blank, sums = False, 0
    for column in columns:
        last = column[-1].strip()
        if not last:
            blank = blank or all(cell.strip() for cell in column[first:-1])
            continue
        if not PLAIN.fullmatch(last):
            return False
        numbers = [_number(cell) for cell in column[first:-1]]
        total = sum(number for number in numbers if number is not None)
        if total and abs(total - (_number(last) or 0.0)) < 0.005 + 1e-9 * abs(total):
            sums += 1
    return blank and sums > 0


def _number(cell: str) -> float | None:
    cell = cell.strip()
    return float(cell.replace(",", ".")) if PLAIN.fullmatch(cell) else None
