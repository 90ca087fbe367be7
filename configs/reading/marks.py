"""What headings and labels of a wide table look like: days, in any spelling, and times of day. Nothing is read here."""

from __future__ import annotations

import re

_NAMES = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|januar|februar|märz|mai|juni|juli|oktober|dezember|jänner"
    "|januari|februari|maart|mei|augustus"
    "|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre"
    "|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
    "|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre"
    "|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro"
    "|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|mär|mrz|okt|dez|jän|mrt|janv|févr|avr|juil|déc"
    "|ene|abr|ago|dic|gen|mag|giu|lug|set|ott|fev|out"
)
_MONTHS = rf"({_NAMES})\.?"
_YEAR = r"(\d{4}|'?\d{2})"
DAY = re.compile(
    rf"(?P<iso>(19|20)\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}})([T ]0?0:00(:00)?)?"
    rf"|(?P<compact>(19|20)\d\d(0[1-9]|1[0-2])([0-2]\d|3[01]))"
    rf"|(?P<numeric>\d{{1,2}}(?P<mark>[-/.])\d{{1,2}})((?P=mark){_YEAR}(\s+0?0:00(:00)?)?|(?P<yearless>\.?))"
    rf"|(?P<word>(\d{{1,2}}(st|nd|rd|th|\.)?[\s-]+(de\s+)?{_MONTHS}|{_MONTHS}[\s-]+\d{{1,2}}(st|nd|rd|th)?))"
    rf"(?P<wordyear>[,\s-]+(de\s+)?{_YEAR})?",
    re.IGNORECASE,
)
TIME = re.compile(
    r"(?P<from>\d{1,2}([:.h]\d{2}){0,2}h?\s*([ap]\.?m?\.?)?|\d{3,4})"
    r"(\s*(-|–|—|to|bis|till|until)\s*(\d{1,2}([:.h]\d{2}){0,2}h?\s*([ap]\.?m?\.?)?|\d{3,4}))?"
    r"(\s*(uhr|h))?",
    re.IGNORECASE,
)
MOMENT = re.compile(r".*\d.*[\sT]\d{1,2}[:.h]\d{2}.*|\d{1,2}\s*[ap]m", re.IGNORECASE | re.DOTALL)
PLAINLY_TIME = re.compile(r".*(\d:\d|\dh|\d\s*[ap]\.?m|uhr).*", re.IGNORECASE)
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def day_of(heading: str) -> str | None:
    """Return the date in a heading, as it is written, without a weekday beside it; None if there is none.

    >>> day_of("Mon 05/01/2026"), day_of("5 Jan 2026 (Mo)"), day_of("Monday"), day_of("Monday, January 5")
    ('05/01/2026', '5 Jan 2026', None, 'January 5')
    """
    text = " ".join(heading.split())
    for pattern in (r"", r"^[^\W\d_]+[.,]*\s+", r"[\s,]*[(\[]?[^\W\d_]+\.?[)\]]?$"):
        bare = re.sub(pattern, "", text, count=1) if pattern else text
        if DAY.fullmatch(bare):
            return bare
    return None


def has_year(day: str) -> bool:
    """Whether a date as `day_of` returns it names its year."""
    match = DAY.fullmatch(day)
    return match is not None and match["yearless"] is None and (match["word"] is None or match["wordyear"] is not None)


def with_year(day: str, year: str) -> str:
    """Write the year behind a date without one, in its own spelling.

    >>> with_year("05/01", "2026"), with_year("05.01.", "2026"), with_year("January 5", "2026")
    ('05/01/2026', '05.01.2026', 'January 5 2026')
    """
    match = DAY.fullmatch(day)
    mark = match["mark"] if match else None
    return f"{day.removesuffix('.')}{mark}{year}" if mark else f"{day} {year}"


def is_time(text: str) -> bool:
    """Whether a text may be a time of day, a span of the day, or the number of an hour."""
    text = text.strip()
    return bool(TIME.fullmatch(text)) and int(re.match(r"\d+", text).group()) <= 2400  # type: ignore[union-attr]


def is_plainly_time(text: str) -> bool:
    """Whether a text is a time of day and cannot be a bare number."""
    return is_time(text) and bool(PLAINLY_TIME.fullmatch(text.strip()))


def is_moment(text: str) -> bool:
    """Whether a text may be a day with a time."""
    return bool(MOMENT.fullmatch(text.strip()))
