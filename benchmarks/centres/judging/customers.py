"""The customers of one random week."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt
from typing import TYPE_CHECKING

from benchmarks.centres.judging.centre import FOREVER

if TYPE_CHECKING:
    from random import Random

    from benchmarks.centres.judging.centre import Centre, Line


@dataclass
class Contact:
    """One attempt of a customer: when it comes, how long it takes, until when it waits, and how long it waited.

    `messages` is what a conversation has; `wait_s` stays None where nobody answered.
    """

    line: Line
    at_s: float
    work_s: float
    until_s: float
    messages: int = 1
    wait_s: float | None = None

    @property
    def in_time(self) -> bool:
        """Whether it was answered within the time of the target."""
        return self.wait_s is not None and self.wait_s <= self.line.within_s


def contacts_of(centre: Centre, line: Line, luck: Random) -> list[Contact]:
    """Draw the contacts of a channel: days as busy as they are by chance, arrivals at random within an interval."""
    busy = [_gamma(cv, luck) for cv in line.day_cv]
    made = []
    for at, volume in enumerate(line.volume):
        mean = volume * busy[centre.day[at]]
        moment = at * centre.interval_s
        while mean > 0:
            moment += luck.expovariate(mean / centre.interval_s)
            if moment >= (at + 1) * centre.interval_s:
                break
            made.append(drawn(line, moment, line.aht_s[at] if line.aht_s else 0.0, luck))
    return made


def drawn(line: Line, moment: float, aht_s: float, luck: Random) -> Contact:
    """Draw one contact that comes at a moment."""
    patience = FOREVER if line.patience_s == FOREVER else luck.expovariate(1 / line.patience_s)
    messages = 1
    while luck.random() >= 1 / line.touches:
        messages += 1
    return Contact(line, moment, _length(aht_s, line.service_cv, luck), moment + patience, messages)


def _gamma(cv: float, luck: Random) -> float:
    """Factor with mean 1."""
    return 1.0 if cv <= 0 else luck.gammavariate(1 / cv**2, cv**2)


def _length(mean_s: float, cv: float, luck: Random) -> float:
    """Exponential for a coefficient of variation of 1, constant for 0, otherwise lognormal."""
    if mean_s <= 0 or cv == 0:
        return mean_s
    if cv == 1:
        return luck.expovariate(1 / mean_s)
    spread = log(1 + cv**2)
    return mean_s * exp(luck.gauss(0, sqrt(spread)) - spread / 2)
