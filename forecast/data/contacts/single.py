"""What a table of contacts says of each single contact: whether it was handled, how long it waited and was worked on.

The table is ``configs.tables.CONTACT_ROWS``; moments become seconds since 1970 (UTC), NaN where unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from configs.errors import DataError, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Mask = NDArray[np.bool_]


def checked(contacts: pd.DataFrame, label: str) -> pd.DataFrame:
    """Return the table when no contact was answered or ended before it arrived.

    Raises
    ------
    DataError
        Names the first contact of each kind, and how many there are.
    """
    faults = list(_backwards(contacts, label))
    if faults:
        raise DataError(faults)
    return contacts


def _backwards(contacts: pd.DataFrame, label: str) -> Iterator[Fault]:
    """Contacts that are answered or end before they arrive."""
    start = moment_s(contacts, "start")
    for column in ("answered", "end"):
        rows = np.flatnonzero(moment_s(contacts, column) < start)
        if len(rows):
            first = contacts.iloc[rows[0]]
            where = f"{first.file} row {first.row}" if "row" in contacts.columns else label
            words = f"{column} is {first[column]:%Y-%m-%d %H:%M:%S} UTC, before the arrival at {first.start:%H:%M:%S}"
            many = f"; {len(rows):,} of {len(contacts):,} contacts are like this"
            yield Fault(where, f"{words}{many}; check the columns and their time zone")


def moment_s(contacts: pd.DataFrame, column: str) -> Array:
    """Moments of a column in seconds since 1970; NaN where blank, and everywhere when the column is absent."""
    if column not in contacts.columns:
        return np.full(len(contacts), np.nan)
    moments = contacts[column]
    seconds = moments.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy().astype("datetime64[us]").astype(np.int64)
    return np.where(moments.notna().to_numpy(), seconds / 1e6, np.nan)


def number(contacts: pd.DataFrame, column: str) -> Array:
    """Numbers of a column; NaN where blank, and everywhere when the column is absent."""
    if column not in contacts.columns:
        return np.full(len(contacts), np.nan)
    return contacts[column].to_numpy(float, na_value=np.nan)


def channels(contacts: pd.DataFrame) -> pd.Series:
    """Channel of every contact; a table without the column has one, without a name."""
    import pandas as pd

    return contacts.channel.astype(str) if "channel" in contacts.columns else pd.Series("", index=contacts.index)


def abandoned(contacts: pd.DataFrame) -> Mask:
    """Contacts whose customer gave up; blank means that nobody did."""
    return number(contacts, "abandoned") > 0


def handled(contacts: pd.DataFrame) -> Mask | None:
    """Contacts that were answered; without that column those not abandoned, None where neither is known."""
    if "answered" in contacts.columns:
        answered: Mask = contacts.answered.notna().to_numpy() & ~abandoned(contacts)
        return answered
    return ~abandoned(contacts) if "abandoned" in contacts.columns else None


def wait_s(contacts: pd.DataFrame) -> Array:
    """Seconds until each contact was answered or given up; NaN where neither happened, or when it is not known.

    The stated wait counts; where it is blank, the time from arrival to answer or, for an abandoned contact, to its end.
    """
    start, stated = moment_s(contacts, "start"), number(contacts, "wait_s")
    answered, end = moment_s(contacts, "answered"), moment_s(contacts, "end")
    until = np.where(np.isfinite(answered), answered, np.where(abandoned(contacts), end, np.nan))
    wait: Array = np.where(np.isfinite(stated), stated, until - start)
    return wait


def begin_s(contacts: pd.DataFrame) -> Array:
    """Moment at which work on each contact began: its answer, else its end less the handle time, else its arrival."""
    answered, end = moment_s(contacts, "answered"), moment_s(contacts, "end")
    start = moment_s(contacts, "start")
    before = np.fmax(end - number(contacts, "aht_s"), start)
    begin: Array = np.where(np.isfinite(answered), answered, np.where(np.isfinite(before), before, start))
    return begin
