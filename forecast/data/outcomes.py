"""What became of each row of a file of contacts: whether it is one, and whether it was abandoned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forecast.facts import NotContacts, OutcomesUnknown

if TYPE_CHECKING:
    from configs.notes import Noticed
    from configs.schema import History

CONTACT, IGNORED = "contact", "ignored"


def marked(rows: pd.DataFrame, history: History, label: str) -> tuple[pd.DataFrame, list[Noticed]]:
    """Say of each row whether it is a contact, and whether that was abandoned.

    Parameters
    ----------
    rows
        Table CONTACT_ROWS of one file, with `file` and `row`.
    history
        The texts of its outcomes.
    label
        Name of the file in messages.

    Returns
    -------
    tuple
        The rows with their `kind` and their `volume`, 1 or 0; and what was noticed.
    """
    rows = rows.assign(kind=CONTACT, volume=1.0)
    if "outcome" not in rows.columns:
        return rows, []
    texts = history.outcomes
    codes, distinct = pd.factorize(rows.outcome.str.strip().str.casefold())
    abandoned, handled, ignored = (
        np.array([text in {each.casefold() for each in group} for text in distinct], dtype=bool)[codes]
        for group in (texts.abandoned, texts.handled, texts.ignored)
    )
    notes: list[Noticed] = []
    column = str(history.columns.outcome)
    rows = rows.assign(kind=np.where(ignored, IGNORED, CONTACT), volume=np.where(ignored, 0.0, 1.0))
    if ignored.any():
        notes.append(NotContacts(label, column, int(ignored.sum())))
    if texts.abandoned or texts.handled:
        stated = rows.abandoned.to_numpy(float) if "abandoned" in rows.columns else np.full(len(rows), np.nan)
        rows = rows.assign(abandoned=np.where(abandoned, 1.0, np.where(handled, 0.0, stated)))
    if texts.abandoned and texts.handled:
        unknown = rows.outcome[~(abandoned | handled | ignored)].value_counts().sort_index(kind="stable")
        if len(unknown):
            found = sorted(((str(text), int(count)) for text, count in unknown.items()), key=lambda one: -one[1])
            notes.append(OutcomesUnknown(label, column, tuple(found)))
    return rows, notes
