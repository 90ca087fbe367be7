"""Fair shares of a run as a table, and the account behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from configs.tables import FAIRNESS
from reports.english.fairness import reasons

if TYPE_CHECKING:
    from collections.abc import Sequence

    from optimize.roster.fairness.account import PersonShare
    from reports.run import Rostered


def shares_of(rostered: Rostered) -> tuple[PersonShare, ...]:
    """What each person took of each burden that the config shares, with their fair share."""
    from optimize.roster.fairness.account import person_shares

    return person_shares(rostered.config, rostered.horizon, rostered.requirement, rostered.roster)


def fairness_table(shares: Sequence[PersonShare]) -> pd.DataFrame:
    """Return the ``fairness`` table, a row for each person and burden."""
    rows = [
        (each.agent, each.kind, each.worked, each.earlier, each.share, each.difference, reasons(each.why))
        for each in shares
    ]
    texts = dict.fromkeys(("agent", "kind", "why"), "str")
    return pd.DataFrame(rows, columns=FAIRNESS.names).astype(texts)
