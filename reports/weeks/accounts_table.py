"""The ``accounts`` table: what each person works in each week, and in all weeks."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import pandas as pd

from configs.tables import ACCOUNTS, check
from reports.metrics.accounts import Account

if TYPE_CHECKING:
    from reports.metrics.people import Person
    from reports.weeks.overview import Overview


def accounts_table(made: Overview) -> pd.DataFrame:
    """Return a row for each person and week, and one over all weeks, from their first day to their last."""
    rows = [
        _row(each.person, account)
        for each in sorted(made.people, key=lambda each: each.person.agent)
        for account in (*each.weeks, each.total)
    ]
    frame = pd.DataFrame(rows, columns=ACCOUNTS.names)
    numbers = {column.name: "float64" for column in ACCOUNTS.columns if column.kind == "number"}
    return check(frame.astype(numbers), ACCOUNTS)


def _row(person: Person, account: Account) -> dict[str, object]:
    counts = {field.name: getattr(account, field.name) for field in fields(Account) if field.name != "agreed"}
    return {
        "agent": person.agent,
        "name": person.name,
        "contract": person.contract,
        "team": person.team or None,
        "least_h": account.agreed.least_h,
        "most_h": account.agreed.most_h,
        "difference_h": account.difference_h,
        **counts,
    }
