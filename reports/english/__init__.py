"""Every sentence about what the engines found, in English: facts in, words out.

Another language is another package with a `sentence` of its own; ``configs.notes.LANGUAGE`` names the one in use. The
modules that hold the sentences know the facts of every stage, so they are loaded with the first sentence.
"""

from __future__ import annotations

from reports.english.registry import written


def sentence(fact: object) -> str:
    """Write a fact as a sentence, without its `where` and without a full stop unless it ends a paragraph.

    Raises
    ------
    TypeError
        No sentence is known for a fact of this kind.

    >>> from forecast.facts import HistoryEndsEarly
    >>> sentence(HistoryEndsEarly("channel phone", 90))
    'its history ends 90 days before the planned week; newer data would forecast better'
    """
    from reports.english import (  # noqa: F401
        advice,
        contacts,
        explanation,
        forecast,
        freeing,
        history,
        repair,
        roster,
        rules,
        simulation,
        staffing,
        wishes,
    )

    return written(fact)
