"""What became of every row of the history's files: how many rows gave how many contacts, what was left out, and why."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

Reason = Literal["ignored", "channel", "repeated", "replaced", "not-ended", "part", "unobserved"]


@dataclass(frozen=True)
class LeftOut:
    """Rows of a file that are not in the history, for one reason."""

    why: Reason
    rows: int
    contacts: float


@dataclass(frozen=True)
class FileAccount:
    """A file: its rows and contacts, and those of them that were left out; the rest is in the history."""

    file: str
    rows: int
    contacts: float
    left_out: tuple[LeftOut, ...] = ()

    @property
    def used_rows(self) -> int:
        """Rows that are in the history."""
        return self.rows - sum(one.rows for one in self.left_out)

    @property
    def used_contacts(self) -> float:
        """Contacts that are in the history."""
        return fsum([self.contacts, *(-one.contacts for one in self.left_out)])


NUMBERS: dict[Reason, int] = {why: number for number, why in enumerate(get_args(Reason), 1)}
EXACT = 2.0**53
"""Whole numbers up to here are floats."""


class Ledger:
    """Follows the rows that were read, by their index, while the history is made of them.

    The only mutable type here: each step that leaves rows out enters them with its reason.
    """

    def __init__(self, frame: pd.DataFrame, unobserved: Mapping[str, int] | None = None) -> None:
        """Begin with every row read: columns ``file, channel, start, volume``.

        `unobserved` is the number of rows without a volume of each file, which are not in the frame.
        """
        import numpy as np

        self._rows = frame[["file", "channel", "start", "volume"]]
        self._unobserved = unobserved or {}
        # Number of the reason of each row, 0 where it is in the history.
        self._why = np.zeros(len(frame), dtype=np.int8)

    def leave_out(self, why: Reason, index: pd.Index) -> None:
        """Enter rows that are left out, by their index in the frame read."""
        if len(index):
            self._why[self._rows.index.get_indexer(index)] = NUMBERS[why]

    def leave_out_intervals(self, why: Reason, channel: str, starts: pd.Series) -> None:
        """Enter every row still there of a channel at these starts."""
        gone = (self._rows.channel == channel) & self._rows.start.isin(starts)
        self._why[gone.to_numpy() & (self._why == 0)] = NUMBERS[why]

    def accounts(self) -> tuple[FileAccount, ...]:
        """Close the books: an account for each file, in the order they were read."""
        import pandas as pd

        codes, files = pd.factorize(self._rows.file)
        volume = self._rows.volume.to_numpy(float)
        return tuple(self._account(str(file), codes == code, volume) for code, file in enumerate(files))

    def _account(self, file: str, mine: NDArray[np.bool_], volume: NDArray[np.float64]) -> FileAccount:
        marks: list[tuple[Reason, NDArray[np.bool_]]] = [(why, mine & (self._why == n)) for why, n in NUMBERS.items()]
        left = tuple(LeftOut(why, int(rows.sum()), _exact_sum(volume[rows])) for why, rows in marks if rows.any())
        blank = self._unobserved.get(file, 0)
        if blank:
            left = (*left, LeftOut("unobserved", blank, 0.0))
        return FileAccount(file, int(mine.sum()) + blank, _exact_sum(volume[mine]), left)


def _exact_sum(volume: NDArray[np.float64]) -> float:
    """Sum without a rounding error; sums of whole numbers have none in any order."""
    total = float(volume.sum())
    return total if total < EXACT and not (volume % 1).any() else fsum(volume)


def contacts_text(count: float) -> str:
    """Write a number of contacts to the contact: ``1,906``, or ``1,906.25`` where there are parts of one."""
    return f"{count:,.0f}" if abs(count - round(count)) < 0.005 else f"{count:,.2f}"


def total(accounts: Sequence[FileAccount]) -> float:
    """Contacts of all files that are in the history."""
    return fsum(one.used_contacts for one in accounts)
