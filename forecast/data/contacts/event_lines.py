"""Lines of Asterisk's ``queue_log`` that matter to calls, as columns of numbers.

Names and order of the values are those that ``apps/app_queue.c`` of Asterisk writes (a copy of the 13 series was read),
and the columns those that ``main/logger.c`` puts into a file or a table. docs/contacts.md says what each event means.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import pandas as pd

from configs.zones import zone

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Codes = NDArray[np.int64]
    Mask = NDArray[np.bool_]

Kind = Literal["enter", "connect", "complete", "abandon", "leave", "dump"]
KINDS: tuple[Kind, ...] = get_args(Kind)
MOST_DATA = 6
"""Values of an event that are read: an attended transfer over two linked channels has six, others have less."""
COLUMNS = ("time", "callid", "queuename", "agent", "event", *(f"data{n}" for n in range(1, MOST_DATA + 1)))
NO_CALLS = frozenset({"", "NONE", "REALTIME", "MANAGER", "CLI"})
"""What is in place of a call where an event belongs to none: an agent, a command, a reload."""
RESTART = "QUEUESTART"
CLOCK_SLACK_S = 60.0
"""A stamp this little behind the line before it is a clock set back or a late thread; more is the order of files."""
LEAST_EPOCH, MOST_EPOCH = 1e8, 1e11


@dataclass(frozen=True)
class EventForm:
    """An event: what it is to a call, and which of its values are the seconds waited and talked; 0 is none of them."""

    kind: Kind
    wait: int = 0
    talk: int = 0


EVENTS = {
    "ENTERQUEUE": EventForm("enter"),
    "CONNECT": EventForm("connect", 1),
    "COMPLETEAGENT": EventForm("complete", 1, 2),
    "COMPLETECALLER": EventForm("complete", 1, 2),
    "BLINDTRANSFER": EventForm("complete", 3, 4),
    "ATTENDEDTRANSFER": EventForm("complete", 3, 4),
    "TRANSFER": EventForm("complete", 3, 4),
    "ABANDON": EventForm("abandon", 3),
    "EXITWITHTIMEOUT": EventForm("leave", 3),
    "EXITEMPTY": EventForm("leave", 3),
    "WITHDRAW": EventForm("leave", 3),
    "EXITWITHKEY": EventForm("leave", 4),
    "SYSCOMPAT": EventForm("leave"),
    "AGENTDUMP": EventForm("dump"),
}
"""Events of a call; others, such as a ring without an answer (in milliseconds), change nothing for it."""
CALLER = "data2"
"""Value of ENTERQUEUE with the caller's number."""
LINK = "LINK"
"""First value of an attended transfer that names two channels, so that its times are one place later."""


@dataclass(frozen=True, eq=False)
class EventLines:
    """Lines that matter, in their order, and how many there were.

    Parameters
    ----------
    count, unreadable
        Lines read, and those without a stamp or an event.
    time_s
        Stamp of each line that matters, seconds since 1970.
    order_s
        What lines are ordered by: their stamps, unless the file says better.
    kind
        Position in ``KINDS``.
    wait_s, talk_s
        Seconds waited and talked that the line states; NaN where it states none.
    call, queue, caller
        Names of channel, queue and caller.
    restarts_s
        Moments at which Asterisk started.
    """

    count: int
    unreadable: int
    time_s: Array
    order_s: Array
    kind: NDArray[np.int8]
    wait_s: Array
    talk_s: Array
    call: pd.Categorical
    queue: pd.Categorical
    caller: pd.Categorical
    restarts_s: Array

    @classmethod
    def of_file(cls, chunk: pd.DataFrame) -> EventLines:
        """Take lines of a file."""
        return cls._of(chunk, pd.to_numeric(chunk["time"], errors="coerce").to_numpy(float))

    @classmethod
    def of_table(cls, frame: pd.DataFrame, timezone: str) -> EventLines:
        """Take rows of a table."""
        columns = {name: _texts(frame, name) for name in COLUMNS[1:]}
        values = _texts(frame, "data")
        if "data" not in frame.columns:  # a sixth value is behind a bar in the fifth column
            values = columns["data1"].str.cat(pd.DataFrame(columns).loc[:, "data2" : f"data{MOST_DATA - 1}"], sep="|")
        parts = values.str.split("|", expand=True).reindex(columns=range(MOST_DATA), fill_value="").fillna("")
        columns |= {f"data{n + 1}": parts[n] for n in range(MOST_DATA)}
        return cls._of(
            pd.DataFrame(columns).astype("category"), _table_moments(frame["time"], columns["callid"], timezone)
        )

    @classmethod
    def _of(cls, chunk: pd.DataFrame, time_s: Array) -> EventLines:
        """Keep what matters of columns of categories."""
        readable = (time_s > LEAST_EPOCH) & (time_s < MOST_EPOCH) & _where(chunk["event"], bool)
        known = readable & _where(chunk["event"], EVENTS.__contains__)
        known &= _where(chunk["callid"], lambda callid: callid not in NO_CALLS)
        used = chunk.loc[known]
        forms = [EVENTS.get(name, EventForm("dump")) for name in used["event"].cat.categories]
        kind = np.array([KINDS.index(form.kind) for form in forms], np.int8)[used["event"].cat.codes]
        wait_s, talk_s = _stated(used, [form.wait for form in forms]), _stated(used, [form.talk for form in forms])
        return cls(
            count=len(chunk),
            unreadable=int((~readable).sum()),
            time_s=time_s[known],
            order_s=time_s[known],
            kind=kind,
            wait_s=wait_s,
            talk_s=talk_s,
            call=_names(used["callid"]),
            queue=_names(used["queuename"]),
            caller=_names(used[CALLER].where(kind == KINDS.index("enter"))),
            restarts_s=time_s[readable & _where(chunk["event"], RESTART.__eq__)],
        )

    @classmethod
    def joined(cls, parts: Sequence[EventLines]) -> EventLines:
        """Put parts together, one after another."""
        none = np.zeros(0)
        return cls(
            count=sum(part.count for part in parts),
            unreadable=sum(part.unreadable for part in parts),
            time_s=np.concatenate([none, *(part.time_s for part in parts)]),
            order_s=np.concatenate([none, *(part.order_s for part in parts)]),
            kind=np.concatenate([none.astype(np.int8), *(part.kind for part in parts)]),
            wait_s=np.concatenate([none, *(part.wait_s for part in parts)]),
            talk_s=np.concatenate([none, *(part.talk_s for part in parts)]),
            call=_united([part.call for part in parts]),
            queue=_united([part.queue for part in parts]),
            caller=_united([part.caller for part in parts]),
            restarts_s=np.sort(np.concatenate([none, *(part.restarts_s for part in parts)])),
        )

    def in_file_order(self) -> EventLines:
        """Trust the order of lines more than their stamps: one a little behind the latest before it counts as that."""
        latest = np.maximum.accumulate(self.time_s)
        return replace(self, order_s=np.where(latest - self.time_s <= CLOCK_SLACK_S, latest, self.time_s))


def unsorted(texts: pd.Series) -> pd.Categorical:
    """Texts as categories in the order in which they come."""
    code, names = pd.factorize(texts)
    dtype: pd.CategoricalDtype[object] = pd.CategoricalDtype(names)
    return pd.Categorical.from_codes(code, dtype=dtype)


def _where(column: pd.Series, matches: Callable[[str], bool]) -> Mask:
    """Cells of categories that match."""
    chosen = np.array([bool(matches(name)) for name in column.cat.categories] or [False])
    return chosen[column.cat.codes.to_numpy()]


def _numbers(column: pd.Series) -> Array:
    """Cells of categories as numbers; NaN for others."""
    texts = pd.Series(column.cat.categories)
    numbers = np.append(pd.to_numeric(texts, errors="coerce").to_numpy(float), np.nan)
    return numbers[column.cat.codes.to_numpy()]


def _stated(used: pd.DataFrame, places: Sequence[int]) -> Array:
    """Value of each line that is at the place of its event, from 1 on; NaN where that is 0 or not a number."""
    place = np.array(places or [0], np.int64)[used["event"].cat.codes]
    linked = _where(used["data1"], LINK.__eq__) & _where(used["event"], "ATTENDEDTRANSFER".__eq__)
    data = [np.full(len(used), np.nan), *(_numbers(used[f"data{n + 1}"]) for n in range(MOST_DATA))]
    stated: Array = np.stack(data)[place + (linked & (place > 0)), np.arange(len(used))]
    return stated


def _names(column: pd.Series) -> pd.Categorical:
    """A column of categories that holds no others than it needs."""
    return pd.Categorical(column.cat.remove_unused_categories())


def _united(parts: Sequence[pd.Categorical]) -> pd.Categorical:
    """One column of several, each with categories of its own."""
    code, known = pd.factorize(np.concatenate([[], *(np.asarray(part.categories, dtype=object) for part in parts)]))
    offsets = np.cumsum([0, *(len(part.categories) for part in parts)])
    places = [np.where(part.codes < 0, -1, part.codes + at) for part, at in zip(parts, offsets, strict=False)]
    codes = np.append(code, -1)[np.concatenate([np.zeros(0, np.int64), *places])]
    dtype: pd.CategoricalDtype[object] = pd.CategoricalDtype(list(known))
    return pd.Categorical.from_codes(codes, dtype=dtype)


def _texts(frame: pd.DataFrame, name: str) -> pd.Series:
    """Cells of a column as texts; blank when the column is absent."""
    if name not in frame.columns:
        return pd.Series("", index=frame.index, dtype="str")
    return frame[name].astype("str").fillna("").str.strip()


def _table_moments(times: pd.Series, callids: pd.Series, timezone: str) -> Array:
    """Seconds since 1970 of the times of a table: with a zone, as epoch, or on the local clock.

    A local time that comes twice is its first pass, unless the channel, whose name begins with the epoch of its
    creation, did not exist then.
    """
    if isinstance(times.dtype, pd.DatetimeTZDtype):
        return _epoch(pd.DatetimeIndex(times))
    if not pd.api.types.is_datetime64_dtype(times):
        epochs = pd.to_numeric(times, errors="coerce").to_numpy(float)
        if np.isfinite(epochs).any():
            return epochs
    local, place = pd.DatetimeIndex(pd.to_datetime(times, errors="coerce", format="ISO8601")), zone(timezone)
    first = _epoch(local.tz_localize(place, ambiguous=np.ones(len(local), bool), nonexistent="shift_forward"))
    created = pd.to_numeric(callids.str.extract(r"(?:^|-)(\d{9,11})\.\d+$")[0], errors="coerce").to_numpy(float)
    existed = ~(first < np.floor(created))
    return _epoch(local.tz_localize(place, ambiguous=existed, nonexistent="shift_forward"))


def _epoch(moments: pd.DatetimeIndex) -> Array:
    """Seconds since 1970; NaN for none."""
    naive = moments.tz_convert("UTC").tz_localize(None)
    return np.where(naive.isna(), np.nan, naive.to_numpy().astype("datetime64[us]").astype(np.int64) / 1e6)
