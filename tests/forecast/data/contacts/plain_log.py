"""A reader of ``queue_log`` as slow and obvious as can be: a line, then the next; the oracle of the fast one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

TALKS = {"COMPLETEAGENT": (1, 2), "COMPLETECALLER": (1, 2), "BLINDTRANSFER": (3, 4), "TRANSFER": (3, 4)}
LEAVES = {"EXITWITHTIMEOUT": 3, "EXITEMPTY": 3, "WITHDRAW": 3, "EXITWITHKEY": 4, "SYSCOMPAT": 0}
USED = {"ENTERQUEUE", "CONNECT", "ATTENDEDTRANSFER", "ABANDON", "AGENTDUMP", *TALKS, *LEAVES}


@dataclass
class Visit:
    """One stay of a call in a queue."""

    call: str
    queue: str
    start: float
    caller: str
    last: float
    answered: float | None = None
    end: float | None = None
    wait: float | None = None
    talk: float | None = None
    outcome: str = "unfinished"
    completed: bool = False
    dumped: float | None = None


def visits_of(text: str) -> list[Visit]:
    """Follow every call of a log; stamps never go back by more than the order of files."""
    calls: dict[tuple[str, str], list[Visit]] = defaultdict(list)
    every: list[Visit] = []
    restarts = []
    rows = [line.split("|") for line in text.splitlines() if line.strip()]
    for cells in sorted((row for row in rows if len(row) >= 5 and row[0].isdigit()), key=lambda row: int(row[0])):
        stamp, call, queue, _, event, *data = cells
        when = float(stamp)
        if event == "QUEUESTART":
            restarts.append(when)
        if event not in USED or call in {"", "NONE", "REALTIME", "MANAGER", "CLI"}:
            continue
        mine = calls[call, queue]
        if event == "ENTERQUEUE":
            mine.append(Visit(call, queue, when, data[1] if len(data) > 1 else "", when))
            every.append(mine[-1])
        elif mine:
            apply(mine, when, event, data)
    for visit in every:
        close(visit, restarts)
    return every


def number(data: list[str], place: int) -> float | None:
    """A value of a line by its place from 1; None where it is not a number."""
    try:
        return float(data[place - 1]) if place else None
    except (IndexError, ValueError):
        return None


def apply(visits: list[Visit], when: float, event: str, data: list[str]) -> None:
    """Enter one line into the visits of its call and queue."""
    visit = visits[-1]
    places = TALKS.get(event, (0, 0))
    if event == "ATTENDEDTRANSFER":
        places = (4, 5) if data[:1] == ["LINK"] else (3, 4)
    if places[0]:
        if visit.answered is None and not visit.completed and len(visits) > 1:
            before = visits[-2]
            if before.answered is not None and not before.completed:
                visit = before
        complete(visit, when, number(data, places[0]), number(data, places[1]))
        return
    visit.last = when
    if event == "CONNECT":
        if visit.outcome != "answered" or visit.answered is None:
            visit.answered, visit.outcome = when, "answered"
            hold = number(data, 1)
            visit.wait = when - visit.start if hold is None else hold
            visit.end = None
    elif event == "AGENTDUMP":
        visit.dumped = when if visit.dumped is None else visit.dumped
    elif visit.outcome == "unfinished":
        place = 3 if event == "ABANDON" else LEAVES[event]
        visit.outcome, visit.end = ("abandoned" if event == "ABANDON" else "left"), when
        wait = number(data, place)
        visit.wait = when - visit.start if wait is None else wait


def complete(visit: Visit, when: float, hold: float | None, talk: float | None) -> None:
    """Enter the end of an answered visit."""
    visit.last = max(visit.last, when)
    if visit.completed:
        return
    if visit.answered is None:
        visit.answered = max(when - (talk or 0.0), visit.start)
        visit.wait = visit.answered - visit.start if hold is None else hold
    visit.outcome, visit.completed, visit.end = "answered", True, when
    visit.talk = when - visit.answered if talk is None else talk


def close(visit: Visit, restarts: list[float]) -> None:
    """End what ended in no other way: by an agent who hung up, or by a restart."""
    if visit.outcome == "unfinished" and visit.dumped is not None:
        visit.outcome, visit.end, visit.wait = "left", visit.dumped, visit.dumped - visit.start
    later = [moment for moment in restarts if moment >= visit.last]
    if visit.end is None and later:
        visit.end = min(later)
        visit.outcome = "left" if visit.outcome == "unfinished" else visit.outcome
