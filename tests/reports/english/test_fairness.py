"""Sentences about fair shares, word by word."""

from __future__ import annotations

import pytest

from optimize.roster.fairness.account import ClosedDays, FewerDays, PersonShare, Ruled, Unmoved, Why
from reports.english.fairness import burden_shared, reasons
from reports.fairness import fairness_table


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ((), ""),
        ((ClosedDays("leave", 1), ClosedDays("skills", 3)), "leave on 1 day; no channel they know is staffed then on 3 days"),
        ((ClosedDays("contract", 7),), "the contract has no such shift on 7 days"),
        ((ClosedDays("availability", 2), ClosedDays("fixed-off", 1)), "not available on 2 days; a fixed day off on 1 day"),
        ((FewerDays(2.5, 5.0),), "2.5 of 5 working days a week"),
        ((Ruled(("weekends.most", "rotation")),), "limited by weekends.most and rotation"),
        ((Unmoved(),), "no roster of the same cost was found that is closer"),
    ],
)  # fmt: skip
def test_reasons(why: tuple[Why, ...], words: str) -> None:
    assert reasons(why) == words


def share(agent: str, worked: float, due: float, *why: Why, earlier: float = 0.0) -> PersonShare:
    return PersonShare(agent, "nights", worked, earlier, due, why)


def test_a_burden_shared_evenly_and_unevenly() -> None:
    """The furthest first; three are named and the others counted."""
    even = [share("a", 2, 1.5), share("b", 1, 1.5), share("c", 0, 0.0)]
    assert burden_shared("nights", even) == "3 nights for 2 people; everybody is within one of their fair share."
    one = burden_shared("nights", [share("a", 1, 0.4), share("b", 0, 1.6, ClosedDays("leave", 2), earlier=0.5)])
    assert (
        one
        == "1 night for 1 person; 1 person is one or more away from their fair share: b 1.1 below (leave on 2 days)."
    )
    far = [share(name, 3 + k, 1.0, Unmoved()) for k, name in enumerate("abcd")]
    said = burden_shared("nights", far)
    assert said.startswith(
        "18 nights for 4 people; 4 people are one or more away from their fair share: d 5.0 above (no"
    )
    assert said.endswith(" and 1 more.")


def test_the_table_has_a_row_for_each_person_and_burden() -> None:
    table = fairness_table([share("a", 2, 1.5, FewerDays(3, 5), earlier=1)])
    assert table.to_dict("records") == [
        {
            "agent": "a", "kind": "nights", "worked": 2, "earlier": 1.0, "share": 1.5, "difference": 1.5,
            "why": "3 of 5 working days a week",
        }
    ]  # fmt: skip
