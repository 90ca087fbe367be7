"""What is known of the files of one system: how they are recognised and how they are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from configs.reading.raw import Cells

    Records = Sequence[Sequence[str]]

Proof = Literal["source", "vendor page", "converters", "one example", "unproven"]
"""What the column list rests on, strongest first: the system's source code, a page of its vendor, the headers of two
or more public programs, of one public file, or nothing that could be looked up."""


@dataclass(frozen=True)
class Profile:
    """A file that some system writes.

    `columns` are the names by which its header is recognised: in this order, others may stand between them. Where
    `loose`, the writer of a query or the options of an export decide on order and capitals, and neither counts.
    `recognises` decides by the first records of a file without a header.

    `settings` are those of ``[history]`` that read it; what the config states comes before them. `extras` are further
    settings for columns that only some files have, the later before the earlier. `arranged` brings cells that no
    setting describes into columns that the settings name.
    """

    name: str
    system: str
    export: str
    proof: Proof
    evidence: str
    columns: tuple[str, ...]
    settings: Mapping[str, object]
    extras: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    loose: bool = False
    recognises: Callable[[Records], bool] | None = None
    arranged: Callable[[Cells], Cells] | None = None

    def fits(self, records: Records) -> bool:
        """Whether the first records of a file are this system's."""
        if self.recognises is not None and self.recognises(records):
            return True
        return bool(self.columns) and any(self._is_header(record) for record in records[:MOST_ROWS_ABOVE])

    def header(self, records: Records) -> tuple[str, ...]:
        """Names of the columns: the first record that holds all of the profile's, in any order; empty if there is none.

        A name that differs only in its capitals is one of the profile's where that is `loose`.
        """
        wanted = set(self._names(self.columns))
        return next(
            (_stripped(record) for record in records[:MOST_ROWS_ABOVE] if wanted <= set(self._names(record))), ()
        )

    def spelled(self, header: Sequence[str]) -> dict[str, str]:
        """Names of a header by the profile's spelling of them."""
        return dict(zip(self._names(header), header, strict=True))

    def key(self, name: str) -> str:
        """Return a name as names of this profile are compared."""
        return name.strip().casefold() if self.loose else name.strip()

    def _names(self, record: Sequence[str]) -> list[str]:
        return [self.key(cell) for cell in record]

    def _is_header(self, record: Sequence[str]) -> bool:
        names = self._names(record)
        if self.loose:
            return set(self._names(self.columns)) <= set(names)
        rest = iter(names)
        return all(column in rest for column in self.columns)


MOST_ROWS_ABOVE = 20
"""Rows that may stand above a header: titles, filters, the zone."""


def _stripped(record: Sequence[str]) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in record)
