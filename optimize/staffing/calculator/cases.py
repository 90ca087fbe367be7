"""A table of staffing questions, answered row by row: the calculator behind ``staffcurve erlang --cases``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from optimize.staffing.calculator.case_table import MOST, CaseTable, curve_of, read_cases
from optimize.staffing.queueing.concurrency import Curves, derived
from optimize.staffing.queueing.measures import ConcurrentService
from optimize.staffing.queueing.queues import Queues
from optimize.staffing.requirement.least_agents import least_agents
from optimize.staffing.requirement.targets import Targets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from optimize.staffing.queueing.measures import Definition

    Array = NDArray[np.float64]
    Rows = NDArray[np.int64]

ANSWERS = (
    "agents",
    "load_erl",
    "probability_wait",
    "service_level",
    "asa_s",
    "abandonment",
    "occupancy",
    "response_s",
    "status",
)


def answer_cases(frame: pd.DataFrame, unread: Mapping[int, str] | None = None) -> pd.DataFrame:
    """Answer every row of a table of questions.

    With `agents` a row is evaluated; without, the least number of agents that keeps every target given is found.
    Zero agents, zero volume and overload are ordinary rows. A row that cannot be answered says why in `status` and
    the others are answered all the same.

    Parameters
    ----------
    frame
        Text or numbers, blank (or NaN) where not given; any of the columns `volume, interval_s, aht_s, patience_s,
        agents, target_share, target_s, definition, max_occupancy, max_abandonment, target_asa_s, redial_share,
        service_cv, slots, touch_s, think_s, touches, aht_by_slots`. Other columns are kept. Where there are touches or
        a list of handle times by conversations held, `aht_s` is not used.
    unread
        Rows, by their place from 0 on, whose cells could not be read, and the sentence that says why; it is their
        status. A row without any of the columns above asks nothing and says so.

    Returns
    -------
    DataFrame
        The table, with `agents` moved to and filled in the columns appended: `agents, load_erl, probability_wait,
        service_level, asa_s, abandonment, occupancy, response_s, status`. The service level is NaN where no `target_s`
        is given, the response time where there are no touches.

    Raises
    ------
    DataError
        No column is known.
    """
    table = read_cases(frame, unread)
    answers = {name: np.full(table.size, np.nan) for name in ANSWERS if name != "status"}
    for rows, queues in groups(table):
        _answer(table, rows, queues, answers)
    status = np.full(table.size, "ok", dtype=object)
    for row, faults in table.faults.items():
        status[row] = "; ".join(faults)
    kept = frame.drop(columns=[name for name in ANSWERS if name in frame.columns])
    return kept.assign(**answers, status=pd.Series(status, index=frame.index, dtype="str"))


def answer_one(case: Mapping[str, object]) -> pd.DataFrame:
    """Answer one question, also with one agent fewer and one more.

    Returns
    -------
    DataFrame
        As ``answer_cases``: a row for each number of agents, the middle one the answer; one row where there is none.
    """
    answer = answer_cases(pd.DataFrame([dict(case)]))
    agents = float(answer["agents"].iloc[0])
    if answer["status"].iloc[0] != "ok":
        return answer
    around = [number for number in (agents - 1, agents, agents + 1) if number >= 0]
    return answer_cases(pd.DataFrame([{**case, "agents": number} for number in around]))


def groups(table: CaseTable) -> Iterator[tuple[Rows, Queues]]:
    """Good rows by definition, number of slots and law of the handle time: each group is one set of arrays."""
    slots, cv = _slots(table), np.nan_to_num(table.given["service_cv"], nan=1.0)
    good = table.good
    for definition in sorted(set(table.definition[good])):
        for count in np.unique(slots[good]):
            alike = good & (table.definition == definition) & (slots == count)
            for law in np.unique(cv[alike]):
                rows = np.flatnonzero(alike & (cv == law))
                yield rows, replace(_queues(table, rows, definition, int(count)), service_cv=float(law))


def targets_of(table: CaseTable, rows: Rows) -> Targets:
    """What the rows ask for."""
    names = ("target_share", "target_asa_s", "max_abandonment", "max_occupancy")
    share, asa, abandonment, occupancy = (table.given[name][rows] for name in names)
    return Targets(share, asa, abandonment, occupancy, np.full(rows.size, np.nan))


def _slots(table: CaseTable) -> Rows:
    """Slots of each row; 0 for agents with one customer at a time."""
    slots = np.where(table.has("touch_s"), np.nan_to_num(table.given["slots"]), 0.0).astype(np.int64)
    for row in np.flatnonzero((table.aht_by_slots != "") & table.good):
        slots[row] = len(curve_of(str(table.aht_by_slots[row])))
    return slots


def _queues(table: CaseTable, rows: Rows, definition: Definition, slots: int) -> Queues:
    given = {name: values[rows] for name, values in table.given.items()}
    curves = _curves(table, rows, slots) if slots else None
    aht = given["aht_s"] if curves is None else (curves.session_s / np.arange(1, slots + 1)).min(axis=1)
    aht = np.where(aht > 0, aht, 1.0)
    patience = np.where(np.isnan(given["patience_s"]), np.inf, given["patience_s"])
    load = given["volume"] * aht / given["interval_s"]
    return Queues(
        load,
        aht,
        patience,
        np.nan_to_num(given["target_s"]),
        definition,
        np.nan_to_num(given["redial_share"]),
        curves,
    )


def _curves(table: CaseTable, rows: Rows, slots: int) -> Curves:
    """Slow-down curves of the rows, derived where there are touches and as listed elsewhere."""
    session, reply = np.empty((rows.size, slots)), np.full((rows.size, slots), np.nan)
    listed = table.aht_by_slots[rows] != ""
    if listed.any():
        session[listed] = [curve_of(str(text)) for text in table.aht_by_slots[rows][listed]]
    if not listed.all():
        touch, think, touches = (table.given[name][rows][~listed] for name in ("touch_s", "think_s", "touches"))
        session[~listed], reply[~listed] = derived(slots, touch, think, touches, np.zeros_like(touch))
    return Curves(session, reply)


def _answer(table: CaseTable, rows: Rows, queues: Queues, answers: dict[str, Array]) -> None:
    """Fill in the answers of one group."""
    given = {name: values[rows] for name, values in table.given.items()}
    agents = given["agents"].copy()
    answers["load_erl"][rows] = queues.load_erl
    small = queues.load_erl <= MOST
    asked = np.flatnonzero(np.isnan(agents) & small)
    promised = targets_of(table, rows)
    agents[asked] = least_agents(queues.take(asked), promised.take(asked))
    for row in rows[~small]:
        table.fault(int(row), f"the load is {answers['load_erl'][row]:g} Erlang; the calculator reaches {MOST:,.0f}")
    for row in rows[np.isinf(agents)]:
        table.fault(int(row), "no number of agents meets the targets; relax them")
    done = np.flatnonzero(small & np.isfinite(agents))
    service = queues.take(done).serve(agents[done])
    at = rows[done]
    answers["agents"][at] = agents[done]
    for name in ("probability_wait", "service_level", "asa_s", "abandonment", "occupancy"):
        answers[name][at] = getattr(service, name)
    answers["service_level"][at] = np.where(np.isnan(given["target_s"][done]), np.nan, service.service_level)
    if isinstance(service, ConcurrentService):
        answers["response_s"][at] = service.response_s
