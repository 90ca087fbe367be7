"""Calls followed through their queues: each time a call enters a queue is one visit, and one contact.

A call keeps its name in the next queue, so a visit is known by call, queue and how often it entered. It ends with the
first line that says so, since Asterisk writes some ends twice; a call that an agent answered is answered, however it
ended. When an agent hangs up during the announcement the call waits on, so that ends a visit only when nothing else
does. A start of Asterisk ends every visit that is open.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forecast.data.contacts.event_lines import KINDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forecast.data.contacts.event_lines import EventLines, Kind

    Array = NDArray[np.float64]
    Codes = NDArray[np.int64]
    Mask = NDArray[np.bool_]

NEVER = -1


@dataclass(frozen=True, eq=False)
class Visits:
    """Every visit, and the line of each of its turns; ``NEVER`` where there was none.

    Parameters
    ----------
    lines
        The lines.
    enter, connect, complete, end
        Number of the line with which a visit began, was answered, was completed, or ended without an answer.
    last
        Number of its last line.
    earlier
        Calls whose arrival is not in the log.
    """

    lines: EventLines
    enter: Codes
    connect: Codes
    complete: Codes
    end: Codes
    last: Codes
    earlier: int

    @classmethod
    def of(cls, lines: EventLines) -> Visits:
        """Follow every call through the lines."""
        order, visit, orphans = _in_visits(lines)
        earlier = len(np.unique(_call_and_queue(lines)[orphans]))
        count = int((lines.kind == KINDS.index("enter")).sum())

        def first(*kinds: Kind) -> Codes:
            found = np.full(count, NEVER, dtype=np.int64)
            of = np.isin(lines.kind[order], [KINDS.index(kind) for kind in kinds])
            found[visit[of][::-1]] = order[of][::-1]  # the first of a visit is written last
            return found

        last = np.full(count, NEVER, dtype=np.int64)
        last[visit] = order
        end = first("abandon", "leave")
        end = np.where(end == NEVER, first("dump"), end)
        return cls(lines, first("enter"), first("connect"), first("complete"), end, last, earlier)

    @cached_property
    def is_answered(self) -> Mask:
        """Visits that an agent answered."""
        answered: Mask = (self.connect != NEVER) | (self.complete != NEVER)
        return answered

    @cached_property
    def gave_up(self) -> Mask:
        """Visits whose caller hung up while waiting."""
        gave_up: Mask = ~self.is_answered & (self._of(self.lines.kind, self.end) == KINDS.index("abandon"))
        return gave_up

    @cached_property
    def left(self) -> Mask:
        """Visits that ended otherwise: time-out, key, empty queue, withdrawn, not compatible, restart."""
        return ~self.is_answered & ~self.gave_up & np.isfinite(self.end_s)

    @cached_property
    def unfinished(self) -> Mask:
        """Visits that were neither answered nor ended when the log ends."""
        return ~self.is_answered & ~np.isfinite(self.end_s)

    @cached_property
    def start_s(self) -> Array:
        """Moment of arrival."""
        return self._of(self.lines.time_s, self.enter)

    @cached_property
    def answered_s(self) -> Array:
        """Moment of the answer; NaN without one. A completion without it counts back from its end."""
        completed = self._of(self.lines.time_s, self.complete) - np.nan_to_num(
            self._of(self.lines.talk_s, self.complete)
        )
        answered = np.where(self.connect != NEVER, self._of(self.lines.time_s, self.connect), completed)
        return np.maximum(answered, self.start_s)

    @cached_property
    def end_s(self) -> Array:
        """Moment of the end: completed, ended, or cut off by a restart; NaN while it is open."""
        line = np.where(self.is_answered, self.complete, self.end)
        restarts = np.append(self.lines.restarts_s, np.nan)
        cut_off = restarts[np.searchsorted(self.lines.restarts_s, self._of(self.lines.time_s, self.last))]
        end = np.where(line != NEVER, self._of(self.lines.time_s, line), cut_off)
        return np.maximum(end, np.fmax(self.answered_s, self.start_s))

    @cached_property
    def wait_s(self) -> Array:
        """Seconds waited until the answer or the end, as the line states them, else by its stamp."""
        line = np.where(self.connect != NEVER, self.connect, np.where(self.is_answered, self.complete, self.end))
        until = np.where(self.is_answered, self.answered_s, self.end_s)
        wait = np.where(line != NEVER, until - self.start_s, np.nan)
        stated = self._of(self.lines.wait_s, line)
        return np.where(np.isfinite(stated), stated, wait)

    @cached_property
    def talk_s(self) -> Array:
        """Seconds talked, as the completion states them, else by its stamp; NaN without a completion."""
        stated = self._of(self.lines.talk_s, self.complete)
        by_stamp = np.where(self.complete != NEVER, self.end_s - self.answered_s, np.nan)
        return np.where(np.isfinite(stated), stated, by_stamp)

    def contacts(self, wrap_up_s: float) -> pd.DataFrame:
        """Table CONTACT_ROWS, ordered by arrival; the queue is the channel, too.

        A handle time is the time talked and the work after a call, ``wrap_up_s``.
        """
        queue = self._named(self.lines.queue)
        table = {
            "contact": self._named(self.lines.call),
            "channel": queue,
            "start": _moments(self.start_s),
            "answered": _moments(self.answered_s),
            "end": _moments(self.end_s),
            "wait_s": self.wait_s,
            "aht_s": self.talk_s + wrap_up_s,
            "abandoned": self.gave_up.astype(float),
            "caller": self._named(self.lines.caller),
            "queue": queue,
        }
        return pd.DataFrame(table).iloc[np.lexsort((self.enter, self.start_s))].reset_index(drop=True)

    def _of(self, values: Array | NDArray[np.int8], line: Codes) -> Array:
        """Values of lines; NaN where there was no line."""
        known = np.append(values.astype(float), np.nan)
        return known[line]

    def _named(self, names: pd.Categorical) -> pd.Series:
        """Names of the arrivals, as text."""
        known = np.append(np.asarray(names.categories, dtype=object), "")
        return pd.Series(known[names.codes[self.enter]], dtype="str")


def _in_visits(lines: EventLines) -> tuple[Codes, Codes, Codes]:
    """Lines in the order of calls, queues and time, the visit of each of them, and the lines without an arrival.

    Visits are numbered in that order.
    """
    in_time = np.argsort(lines.order_s, kind="stable")
    order = in_time[np.argsort(_call_and_queue(lines)[in_time], kind="stable")]
    key, stamp = _call_and_queue(lines)[order], lines.time_s[order]
    entered = lines.kind[order] == KINDS.index("enter")
    enter, number = np.flatnonzero(entered), np.cumsum(entered) - 1
    mine = (number >= 0) & (np.append(key[enter], NEVER)[number] == key)
    # A line before the arrival belongs to it when both are of the same second.
    after = np.append(enter, len(order))[number + 1]
    joins = ~mine & (np.append(key, NEVER)[after] == key) & (np.append(stamp, np.nan)[after] == stamp)
    kept = mine | joins
    visit = (number + joins)[kept]
    visit -= _of_visit_before(lines.kind[order[kept]], visit, key[enter])
    return order[kept], visit, order[~kept]


def _of_visit_before(kind: NDArray[np.int8], visit: Codes, key: Codes) -> Mask:
    """Lines that complete the visit before theirs, of the same call and queue.

    An agent who transfers a call back into the queue it came from ends the first visit; the line that says so is
    written apart, and may come after that of the second arrival.
    """
    connect, complete = (kind == KINDS.index(name) for name in ("connect", "complete"))
    connects, completes = (np.bincount(visit[of], minlength=len(key)) for of in (connect, complete))
    lacks = np.append(False, (key[1:] == key[:-1]) & (connects[:-1] > 0) & (completes[:-1] == 0))
    begin = np.searchsorted(visit, visit)
    so_far = [np.cumsum(of) - (np.cumsum(of) - of)[begin] for of in (connect, complete)]
    moved: Mask = complete & (so_far[0] == 0) & (so_far[1] == 1) & lacks[visit]
    return moved


def _call_and_queue(lines: EventLines) -> Codes:
    """One number for call and queue of each line."""
    return lines.call.codes.astype(np.int64) * len(lines.queue.categories) + lines.queue.codes


def _moments(seconds: Array) -> pd.Series:
    """Moments, UTC; NaT for NaN."""
    known = np.isfinite(seconds)
    micro = np.round(np.where(known, seconds, 0.0) * 1e6).astype(np.int64).astype("datetime64[us]")
    micro[~known] = np.datetime64("NaT", "us")
    return pd.Series(pd.DatetimeIndex(micro).tz_localize("UTC"))
