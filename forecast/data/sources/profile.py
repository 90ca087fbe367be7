"""What is known of the files of one system: how they are recognised and how they are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from configs.reading.raw import Cells

Proof = Literal["source", "vendor page", "converters", "one example", "unproven"]
"""What the column list rests on, strongest first: the system's source code, a page of its vendor, the headers of two
or more public programs, of one public file, or nothing that could be looked up."""


@dataclass(frozen=True)
class Profile:
    """A file that some system writes.

    `settings` are those of ``[history]`` that read it; what the config states comes before them. `columns` are the
    names by which its header is recognised. `recognises` decides by the first records where the header does not
    suffice. `arranged` brings cells that no setting describes into rows that the settings do.
    """

    name: str
    system: str
    export: str
    proof: Proof
    evidence: str
    columns: tuple[str, ...]
    settings: Mapping[str, object]
    recognises: Callable[[Sequence[Sequence[str]]], bool] | None = None
    arranged: Callable[[Cells], Cells] | None = None
