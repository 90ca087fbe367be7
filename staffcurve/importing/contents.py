"""What the cells of a column look like: dates, times of day, spans, durations, numbers, few or many texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from configs.reading.blanks import BLANKS
from configs.reading.durations import UNITS
from staffcurve.importing.titles import TIMES

if TYPE_CHECKING:
    from collections.abc import Sequence

Kind = Literal[
    "moment",
    "date",
    "digits",
    "clock",
    "span",
    "hhmm",
    "period",
    "epoch",
    "serial",
    "number",
    "length",
    "text",
    "blank",
]
MOST_LOOKED_AT = 3000
"""Cells of a column that are looked at, spread over the file."""
MOST_ODD = 0.02
"""Share of the cells that may be of another kind."""
MANY_ROWS = 20
MANY_CONTACTS = 1000
"""Rows and contacts from which contacts do not rise from each row to the next."""

NAMED_MONTH = r"(?:de )?[^\W\d_]{3,9}\.?(?: del?)?"
DATE = (
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})|(?:19|20)\d{2}[01]\d[0-3]\d"
    rf"|\d{{1,2}}\.?[ -]{NAMED_MONTH}[ -]\d{{2,4}}|{NAMED_MONTH} \d{{1,2}},? \d{{4}})"
)
DATE = rf"(?:[^\W\d_]{{2,9}}\.?,? )?{DATE}"
CLOCK = r"\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?(?: ?(?:[ap]\.? ?m\.?|uhr))?|\d{1,2} ?[ap]\.? ?m\.?|:\d{2}"
ZONE = r"(?: ?(?:Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?))?"
NUMBER = r"[+-]?(?:\d{1,3}(?:[ ,.'\u00a0\u202f’]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?|[.,]\d+) ?%?"
PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("epoch", re.compile(r"1\d{9}(?:\d{3})?(?:\.\d+)?")),
    ("date", re.compile(DATE, re.IGNORECASE)),
    ("digits", re.compile(r"[0-3]\d[0-3]\d(?:19|20)\d{2}")),
    ("moment", re.compile(rf"{DATE}(?:T|,? +)(?:{CLOCK}|\d{{3,4}}){ZONE}", re.IGNORECASE)),
    ("moment", re.compile(rf"{DATE}(?:T|,? +)(?:{CLOCK}){ZONE} *[-–] *.+", re.IGNORECASE)),
    ("span", re.compile(rf"(?:{CLOCK}|\d{{1,4}}) *(?:-|–|—|~|to|until|bis) *(?:{CLOCK}|\d{{1,4}})", re.IGNORECASE)),
    ("clock", re.compile(CLOCK, re.IGNORECASE)),
    ("number", re.compile(NUMBER)),
    ("length", UNITS),
)
DOTTED = re.compile(r"(\d{1,2})\.(\d{2})", re.ASCII)


@dataclass(frozen=True)
class Column:
    """A column that was looked at: its name, or number from 1 on, its title in plain words, its kind, its texts.

    `texts` are its filled cells, or a part of them; `filled` is the share of cells that are filled.
    """

    name: str | int
    title: str
    kind: Kind
    texts: tuple[str, ...]
    filled: float

    @property
    def numbers(self) -> list[float]:
        """Whole or decimal numbers of the cells, however the decimals are written; for comparing sizes only."""
        plain = (re.sub(r"[ '\u00a0\u202f’%]", "", text).replace(",", ".") for text in self.texts)
        return [float(text) for text in plain if re.fullmatch(r"[+-]?\d*\.?\d+", text)]

    @property
    def distinct(self) -> tuple[str, ...]:
        """Different texts in the order of the file."""
        return tuple(dict.fromkeys(self.texts))

    @property
    def is_key(self) -> bool:
        """Whether nearly every cell differs."""
        return len(self.distinct) > max(3, (1 - MOST_ODD) * len(self.texts))

    @property
    def counts_up(self) -> bool:
        """Whether large whole numbers only rise, or only fall, as those of tickets do and contacts do not."""
        numbers = self.numbers
        steps = {later > earlier for earlier, later in pairwise(numbers)}
        many = self.is_key and len(numbers) >= MANY_ROWS and min(numbers) >= MANY_CONTACTS
        return many and len(steps) == 1 and all(map(float.is_integer, numbers))


def column_of(name: str | int, title: str, cells: Sequence[str]) -> Column:
    """Look at a column."""
    step = max(1, len(cells) // MOST_LOOKED_AT)
    looked = [cell.strip() for cell in cells[::step]]
    texts = tuple(text for text in looked if text.casefold() not in BLANKS)
    return Column(name, title, _kind(texts, title), texts, len(texts) / max(1, len(looked)))


def _kind(texts: tuple[str, ...], title: str) -> Kind:
    if not texts:
        return "blank"
    distinct = set(texts)
    for kind, pattern in PATTERNS:
        if sum(pattern.fullmatch(text) is None for text in distinct) <= MOST_ODD * len(distinct):
            if kind == "clock" and _is_decimal(distinct, title):
                return "number"
            return _numbered(distinct) if kind == "number" else kind
    return "text"


def _is_decimal(texts: set[str], title: str) -> bool:
    """Whether texts such as 9.30 are numbers: their title does not speak of times, or they are no times of a day."""
    parts = [DOTTED.fullmatch(text) for text in texts]
    if not all(parts):
        return False
    timely = all(int(part[1]) <= 24 and int(part[2]) < 60 for part in parts if part)
    return not timely or (title != "" and not TIMES.search(title))


def _numbered(texts: set[str]) -> Kind:
    """Numbers that may be times: 930 and 1345, the numbers of intervals, or days of a spreadsheet."""
    if all(re.fullmatch(r"[34]\d{4}(?:[.,]\d+)?", text) for text in texts):
        return "serial"
    if not all(re.fullmatch(r"\d{1,4}", text) for text in texts):
        return "number"
    numbers = {int(text) for text in texts}
    if max(numbers) >= 100 and all(number // 100 <= 24 and number % 100 in range(0, 60, 5) for number in numbers):
        return "hhmm" if len({number % 100 for number in numbers}) <= 12 else "number"
    return "period" if max(numbers) <= 288 and len(numbers) == max(numbers) - min(numbers) + 1 else "number"
