"""One entry of a person's calendar: a shift or an activity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True)
class Entry:
    """One entry of the calendar of `agent`, who is called `name`; `start` and `end` are UTC."""

    uid: str
    agent: str
    name: str
    start: datetime
    end: datetime
    summary: str
    description: str = ""
    categories: tuple[str, ...] = ()
    sequence: int = 0
    cancelled: bool = False
