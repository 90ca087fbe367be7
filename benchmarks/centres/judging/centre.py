"""What the judge knows of a centre and its plan; times are seconds after the first interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["synchronous", "concurrent", "deferrable"]
FOREVER = float("inf")


@dataclass(frozen=True)
class Line:
    """One channel: its customers, its target, and how its contacts are made.

    Parameters
    ----------
    volume, aht_s
        Expected contacts, and seconds of a call or an e-mail, of each interval.
    day_cv
        Coefficient of variation of how busy each day is.
    due_s
        Deferrable: moment by which the contacts of each interval are due.
    opening
        Deferrable: contacts open at the start.
    slots, touch_s, think_s, touches, switch
        Concurrent: conversations at once, agent and customer time of a message, mean messages, slowing by each further
        conversation.
    """

    name: str
    kind: Kind
    share: float
    within_s: float
    volume: tuple[float, ...]
    aht_s: tuple[float, ...] = ()
    day_cv: tuple[float, ...] = (0.0,)
    patience_s: float = FOREVER
    service_cv: float = 1.0
    redial_share: float = 0.0
    redial_after_s: float = 300.0
    slots: int = 1
    touch_s: float = 0.0
    think_s: float = 0.0
    touches: float = 1.0
    switch: float = 0.0
    due_s: tuple[float, ...] = ()
    opening: int = 0


@dataclass(frozen=True)
class Duty:
    """One shift of one person: the stretches at work, breaks taken out."""

    agent: str
    skills: frozenset[str]
    spans: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Centre:
    """A planned week.

    Parameters
    ----------
    day
        Number of the day of each interval.
    dates
        Date of each day, as text.
    lines
        Channels, the most urgent first.
    staffed
        People the plan has at each channel in each interval.
    """

    interval_s: float
    day: tuple[int, ...]
    dates: tuple[str, ...]
    lines: tuple[Line, ...]
    duties: tuple[Duty, ...]
    staffed: dict[str, tuple[float, ...]]
    absence: float = 0.0

    @property
    def end_s(self) -> float:
        """Moment after the last interval."""
        return len(self.day) * self.interval_s
