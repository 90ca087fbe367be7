"""Texts that say that a cell holds no value."""

from __future__ import annotations

BLANKS = frozenset(
    {
        *("", "-", "--", "–", "—"),
        *("na", "n/a", "n.a.", "nan", "null", "none", "<null>", "(null)", "\\n"),
        *("#n/a", "#n/a n/a", "#na", "#null!", "#div/0!"),
    }
)
"""In lower case. A formula divides by zero where there was nothing to take a mean of; the other error values of a
spreadsheet (``#REF!``, ``#NAME?``) are broken formulas, and faults."""
