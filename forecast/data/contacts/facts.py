"""What a source of contacts or events says: a fact each, with the numbers its sentence needs.

`where` is the file or channel in question. The sentences are in ``reports.english.contacts``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from configs.notes import Fact

if TYPE_CHECKING:
    from datetime import date, datetime

Counting = Literal["arrival", "end", "spread"]
"""The interval a contact counts in."""


@dataclass(frozen=True)
class ContactsCounted(Fact):
    """Contacts were counted by interval; those from `first` to `last`, local time, are observed, zeros included.

    `not_ended` contacts have no end and are not counted where the end counts. `quiet` are the days without any contact
    of any channel; they are zeros where `quiet_are_zero`. `outside_h` hours of handling are outside the observed days.
    """

    where: str
    counting: Counting
    contacts: int
    first: datetime
    last: datetime
    quiet: tuple[date, ...] = ()
    quiet_are_zero: bool = False
    not_ended: int = 0
    outside_h: float = 0.0


@dataclass(frozen=True)
class MeasuredPatience(Fact):
    """Patience of a channel by Kaplan and Meier: its mean, with the range of 95%, from contacts whose wait is known.

    `median_s` is None where half of the customers were never seen to give up. After `until_s`, which few waited, a
    share of `beyond` would still wait; `exponential_s` is the mean if patience is exponential. `stated_s` is what the
    config states.
    """

    channel: str
    mean_s: float
    low_s: float
    high_s: float
    median_s: float | None
    abandoned: int
    contacts: int
    until_s: float
    beyond: float
    exponential_s: float
    stated_s: float | None = None

    @property
    def where(self) -> str:
        """The channel."""
        return f"channel {self.channel}"


@dataclass(frozen=True)
class MeasuredRedials(Fact):
    """How many abandoned contacts of a channel came again: their share, after how long, and the share by chance.

    `contacts` abandoned contacts with a caller were followed for `window_s` seconds. `by_chance` is the share in an
    equal window a week later, None where the source ends before.
    """

    channel: str
    contacts: int
    share: float
    after_s: float | None
    window_s: float
    by_chance: float | None

    @property
    def where(self) -> str:
        """The channel."""
        return f"channel {self.channel}"


@dataclass(frozen=True)
class SeveralTimes(Fact):
    """Numbers of contacts that are `rows` of the `contacts` rows of a channel, each counted: more than one each."""

    channel: str
    numbers: int
    rows: int
    contacts: int

    @property
    def where(self) -> str:
        """The channel."""
        return f"channel {self.channel}"


@dataclass(frozen=True)
class QueueLogRead(Fact):
    """A queue log was read: `entered` calls, how they ended, and the lines that are not part of any.

    `left` calls ended otherwise than answered or abandoned; `unfinished` ones have no end. `earlier` calls arrived
    before the log begins, `unreadable` lines are not lines of a queue log.
    """

    where: str
    lines: int
    entered: int
    answered: int
    abandoned: int
    left: int
    unfinished: int
    earlier: int
    unreadable: int
    wrap_up_s: float
