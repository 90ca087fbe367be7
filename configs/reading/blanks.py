"""Texts that say that a cell holds no value."""

from __future__ import annotations

BLANKS = frozenset(
    {
        *("", "-", "--", "–", "—"),
        *("na", "n/a", "n.a.", "nan", "null", "none", "<null>", "(null)", "\\n"),
        *("#n/a", "#n/a n/a", "#na", "#null!", "#div/0!"),
        *("#nv", "#n/d", "#n/b", "#i/t", "#saknas!", "#puuttuu", "#н/д"),
        *("#deel/0!", "#division/0!", "#jako/0!", "#дел/0!"),
    }
)
"""In lower case. The last two lines are ``#N/A`` and ``#DIV/0!`` as spreadsheets in German, Spanish, Italian, Dutch,
Danish, Norwegian, Swedish, Finnish and Russian write them (language files of handsontable/hyperformula). A formula
divides by zero where there was nothing to take a mean of; the other error values of a spreadsheet (``#REF!``,
``#NAME?``) are broken formulas, and faults."""
