"""Work that may wait, against the slow obvious way."""

from __future__ import annotations

import heapq

import numpy as np
import pytest

from optimize.simulation import DeferrableWork, Draws, Returns, simulate_backlog
from optimize.simulation.backlog import capacity, draw_work, worked_off
from optimize.simulation.days import Grid


def grid(people: int = 3) -> Grid:
    """Two days of hours, nobody at night."""
    at_work = np.tile(np.repeat([0, people, 0], [8, 8, 8]), 2)
    return Grid(3600.0, np.where(at_work > 0, 8.0, 1.0), at_work)


def slow(drawn, plan: Grid) -> list[float]:
    """Events in order of time: whoever comes is worked next, and what follows an end comes after its delay."""
    children: dict[int, list[int]] = {}
    for number, parent in enumerate(drawn.parent.tolist()):
        children.setdefault(parent, []).append(number)
    new = drawn.first_s.size
    ahead = [(at, contact) for contact, at in enumerate(drawn.first_s.tolist())]
    heapq.heapify(ahead)
    ends, now = [float("inf")] * drawn.work_s.size, 0.0
    while ahead:
        at, contact = heapq.heappop(ahead)
        now, left = max(now, at), float(drawn.work_s[contact])
        while left > 0 and now < plan.end_s:
            people, after = int(plan.agents[int(now // 3600)]), (now // 3600 + 1) * 3600
            step = min(left, people * (after - now))
            left -= step
            now = now + step / people if left <= 0 else after
        if left > 0:
            break
        ends[contact] = now
        for child in children.get(contact, ()):
            if now + drawn.delay_s[child] < plan.end_s:
                heapq.heappush(ahead, (now + drawn.delay_s[child], new + child))
    return ends


@pytest.mark.parametrize("people", [1, 3])
def test_returns_follow_the_end_of_their_contact(people: int) -> None:
    """Event by event, with contacts put aside at night: the same end of every contact, whoever writes again included."""
    plan = grid(people)
    for number in range(5):
        work = DeferrableWork(900.0, opening=3, returns=Returns(0.4, 7200.0))
        drawn = draw_work(plan, work, Draws(1, "email", number))
        came, end = worked_off(drawn, *capacity(plan))
        assert end == pytest.approx(slow(drawn, plan), abs=1e-4)
        follows = np.isfinite(came[drawn.first_s.size :])
        assert follows.sum() > 5
        assert (came[drawn.first_s.size :] >= end[drawn.parent])[follows].all()


def test_a_late_answer_brings_the_next_contact_late() -> None:
    """Fewer people: the same customers write again, later or not within the time."""
    work = DeferrableWork(900.0, returns=Returns(0.4, 7200.0))
    few, many = (simulate_backlog(grid(people), work) for people in (1, 6))
    assert few.arrival_s.size < many.arrival_s.size
    first = simulate_backlog(grid(6), DeferrableWork(900.0))
    assert 1.3 < many.arrival_s.size / first.arrival_s.size < 1 / 0.6
