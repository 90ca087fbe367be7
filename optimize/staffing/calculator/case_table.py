"""Reading a table of questions written as text: what is given, and what is wrong with each row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.errors import DataError, Fault, nearest
from configs.schema import MAX_SLOTS
from optimize.staffing.queueing.measures import DEFINITIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Mask = NDArray[np.bool_]

MOST = 1_000_000.0
"""Most agents and most Erlang the calculator reaches."""

_NUMBERS = (
    "volume", "interval_s", "aht_s", "patience_s", "agents", "target_share", "target_s", "max_occupancy",
    "max_abandonment", "target_asa_s", "redial_share", "service_cv", "slots", "touch_s", "think_s", "touches",
)  # fmt: skip
INPUTS = (*_NUMBERS, "definition", "aht_by_slots")
_SHARES = ("target_share", "max_occupancy", "max_abandonment", "redial_share")
_TARGETS = ("target_share", "target_asa_s", "max_abandonment", "max_occupancy")
_ABOVE_ZERO = ("interval_s", "patience_s", "max_occupancy", "touch_s", "target_asa_s")


@dataclass
class CaseTable:
    """Questions as columns of numbers (NaN = not given) with the faults found so far, by row.

    The only mutable type of this package: checks add faults, nothing else changes.
    """

    size: int
    given: dict[str, Array]
    definition: NDArray[np.object_]
    aht_by_slots: NDArray[np.object_]
    faults: dict[int, list[str]] = field(default_factory=dict)

    @property
    def good(self) -> Mask:
        """Whether nothing was found wrong with a row."""
        mask = np.ones(self.size, dtype=bool)
        mask[list(self.faults)] = False
        return mask

    def fault(self, row: int, sentence: str) -> None:
        """Add a sentence to a row."""
        self.faults.setdefault(row, []).append(sentence)

    def blame(self, wrong: Mask, sentence: str, values: Array | NDArray[np.object_] | None = None) -> None:
        """Add a sentence to the rows that are wrong; ``{}`` in it stands for the row's value."""
        for row in np.flatnonzero(wrong).tolist():
            value = "" if values is None else values[row]
            self.fault(row, sentence.replace("{}", value if isinstance(value, str) else f"{value:g}"))

    def has(self, name: str) -> Mask:
        """Whether a value is given."""
        return ~np.isnan(self.given[name])


def read_cases(frame: pd.DataFrame, unread: Mapping[int, str] | None = None) -> CaseTable:
    """Read the text of every cell and note what is wrong; missing columns count as blank.

    Rows in `unread` are wrong whatever their cells hold; the sentence given there says why.

    Raises
    ------
    DataError
        No column is known.
    """
    if not any(name in frame.columns for name in INPUTS):
        message = ", ".join(map(str, frame.columns)) or "none"
        raise DataError(
            Fault("cases", f"has none of the columns of a question ({', '.join(INPUTS)}); it has {message}")
        )
    texts = {name: _texts(frame, name) for name in INPUTS}
    table = CaseTable(len(frame), {}, texts["definition"].cells.copy(), texts["aht_by_slots"].cells)
    for name in _NUMBERS:
        table.given[name] = _numbers(table, name, texts[name])
    _check_ranges(table)
    _check_slots(table)
    _check_question(table)
    table.definition[:] = _definitions(table, texts["definition"].cells)
    table.faults.update((row, [sentence]) for row, sentence in (unread or {}).items())
    return table


def curve_of(text: str) -> tuple[float, ...]:
    """Handle times of a cell such as ``300;420;600``.

    Raises
    ------
    ValueError
        A part is not a number above 0.
    """
    values = tuple(float(part) for part in text.split(";") if part.strip())
    if not values or not all(0 < value < np.inf for value in values):
        raise ValueError(text)
    return values


@dataclass(frozen=True)
class _Texts:
    """A column of text as its distinct cells and the one in each row: most cells are equal."""

    different: NDArray[np.object_]
    which: NDArray[np.int64]

    @property
    def cells(self) -> NDArray[np.object_]:
        return self.different[self.which]


def _texts(frame: pd.DataFrame, name: str) -> _Texts:
    if name not in frame.columns:
        return _Texts(np.array([""], dtype=object), np.zeros(len(frame), dtype=np.int64))
    which, different = pd.factorize(frame[name].to_numpy(dtype=object), use_na_sentinel=True)
    texts = [str(cell).strip() for cell in different.tolist()]
    return _Texts(np.array([*texts, ""], dtype=object), np.asarray(which, dtype=np.int64))  # -1, the last, is NaN


def _numbers(table: CaseTable, name: str, text: _Texts) -> Array:
    cells = text.different
    percent = np.array([name in _SHARES and cell.endswith("%") for cell in cells.tolist()])
    bare = np.array([cell.removesuffix("%") for cell in cells.tolist()], dtype=object) if percent.any() else cells
    values = _parsed(bare)
    values = np.where(percent, values / 100, values)
    wrong = (cells != "") & ~np.isfinite(values)
    if wrong.any():
        table.blame(wrong[text.which], name + ' is "{}", not a finite number', text.cells)
    return np.where(wrong, np.nan, values)[text.which]


def _parsed(cells: NDArray[np.object_]) -> Array:
    return np.asarray(pd.to_numeric(cells, errors="coerce"), dtype=float)


def _check_ranges(table: CaseTable) -> None:
    for name, values in table.given.items():
        if name in _ABOVE_ZERO:
            table.blame(values <= 0, name + " is {}; it must be above 0", values)
        else:
            table.blame(values < 0, name + " is {}; it must be 0 or more", values)
    for name in _SHARES:
        values = table.given[name]
        table.blame(
            (values > 1) & (values <= 100), name + " is {}; a share is between 0 and 1; write 80% as 0.8", values
        )
        table.blame(values > 100, name + " is {}; a share is between 0 and 1", values)
    share, touches, agents = table.given["target_share"], table.given["touches"], table.given["agents"]
    table.blame((share == 0) | (share == 1), "target_share is {}; use a share above 0 and below 1, such as 0.99", share)
    table.blame(
        table.given["redial_share"] == 1, "redial_share is 1; if everybody tried again, attempts might never end"
    )
    cv = table.given["service_cv"]
    table.blame(cv > 10, "service_cv is {}; a coefficient of variation of handle times is seldom above 2", cv)
    table.blame(touches < 1, "touches is {}; a conversation has 1 or more", touches)
    table.blame(agents > MOST, f"agents is {{}}; the calculator reaches {MOST:,.0f}", agents)


def _check_slots(table: CaseTable) -> None:
    """Agents with slots need touch, think and touches, or a measured list as long as the slots."""
    slots, listed = table.given["slots"], table.aht_by_slots != ""
    table.blame((slots % 1 != 0) & ~np.isnan(slots), "slots is {}; it must be a whole number", slots)
    table.blame((slots == 0) | (slots > MAX_SLOTS), f"slots is {{}}; it must be from 1 to {MAX_SLOTS}", slots)
    parts = np.array([table.has(name) for name in ("touch_s", "think_s", "touches")])
    some, every = np.asarray(parts.any(axis=0)), np.asarray(parts.all(axis=0))
    table.blame(some & ~every, "touch_s, think_s and touches go together; one of them is blank")
    table.blame(some & listed, "give either touch_s, think_s and touches, or aht_by_slots")
    table.blame(some & np.isnan(slots), "slots is blank; give the number of conversations an agent may hold")
    table.blame(
        (slots > 1) & ~some & ~listed, "slots is {}, so touch_s, think_s and touches are needed, or aht_by_slots", slots
    )
    several = (slots > 1) | some | listed
    table.blame(several & table.has("service_cv"), "service_cv is for agents with one customer at a time")
    for row in np.flatnonzero(listed):
        text = str(table.aht_by_slots[row])
        try:
            count = len(curve_of(text))
        except ValueError:
            table.fault(int(row), f'aht_by_slots is "{text}"; write handle times above 0 as "300;420;600"')
            continue
        if count != slots[row] and not np.isnan(slots[row]):
            table.fault(int(row), f"aht_by_slots has {count} values for {slots[row]:g} slots; give one for each")
        elif count > MAX_SLOTS:
            table.fault(int(row), f"aht_by_slots has {count} values; slots go from 1 to {MAX_SLOTS}")


def _check_question(table: CaseTable) -> None:
    """Every row needs contacts, and agents to evaluate or a target to reach; asked of rows without another fault."""
    given = np.any([table.has(name) for name in _NUMBERS], axis=0) | (table.aht_by_slots != "")
    table.blame(table.good & ~given & (table.definition == ""), "is empty")
    aht, sound = table.given["aht_s"], table.good
    for name in ("volume", "interval_s"):
        table.blame(sound & ~table.has(name), f"{name} is blank")
    needed = sound & ~(table.given["volume"] == 0) & ~table.has("touch_s") & (table.aht_by_slots == "")
    table.blame(needed & np.isnan(aht), "aht_s is blank; give the mean handle time in seconds")
    table.blame(needed & (aht == 0), "aht_s is 0; it must be above 0 where there are contacts")
    timeless = table.has("target_share") & ~table.has("target_s")
    table.blame(sound & timeless, "target_s is blank; give the seconds within which target_share must be answered")
    promised = np.any([table.has(name) for name in _TARGETS], axis=0)
    table.blame(
        sound & ~promised & ~table.has("agents"), f"neither agents nor a target is given ({', '.join(_TARGETS)})"
    )


def _definitions(table: CaseTable, text: NDArray[np.object_]) -> NDArray[np.object_]:
    """Names of the definitions as ``measures.Definition`` spells them, ``offered`` where blank."""
    written = {name: str(name).lower().replace("_", "-") or "offered" for name in set(text.tolist())}
    names = np.array([written[name] for name in text.tolist()], dtype=object)
    for name in sorted(set(written.values()) - set(DEFINITIONS)):
        hint = nearest(str(name), DEFINITIONS)
        message = f"it must be one of {', '.join(DEFINITIONS)}{hint}"
        table.blame(names == name, f'definition is "{{}}"; {message}', text)
    return names
