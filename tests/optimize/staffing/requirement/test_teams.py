"""Which channels share people, and how people of a team are split over its channels."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from configs.loader import build
from optimize.staffing.requirement.one_queue import Contacts
from optimize.staffing.requirement.one_team import pooled, split
from optimize.staffing.requirement.teams import Sharing, sharing_of


def sharing(**people: int) -> Sharing:
    """People by skills written with underscores, of the synchronous channels a, b, c and d."""
    return Sharing(("a", "b", "c", "d"), {frozenset(known.split("_")): number for known, number in people.items()})


def test_channels_hang_together_through_people_who_know_two() -> None:
    """a with b and b with c make one team of three; d, shared with chat only, is alone."""
    found = sharing(a_b=1, b_c=1, a=5, d_chat=3)
    assert found.team_of == {"a": ("a", "b", "c"), "b": ("a", "b", "c"), "c": ("a", "b", "c"), "d": ("d",)}
    assert found.team("chat") == ("chat",)


def test_overlap_is_the_share_of_a_channels_people_who_know_another() -> None:
    """One of ten who know a knows b too; of those who know b it is one of two."""
    found = sharing(a_b=1, a=9, b=1, d=4)
    assert [found.overlap(name) for name in "abcd"] == [0.1, 0.5, 0.0, 0.0]
    assert [found.effect(name) for name in "abd"] == pytest.approx([0.5, 1.0, 0.0])
    assert not found.one_queue(("a", "b"))
    assert sharing(a_b=1, a=4).one_queue(("a", "b"))
    assert not sharing(a_b=1, c_d=1).one_queue(("a", "c"))


def test_everybody_knows_a_channel() -> None:
    """Everybody who knows b knows a, but not the other way round."""
    found = sharing(a_b=2, a=3)
    assert (found.everybody("a"), found.everybody("b")) == (True, False)


def test_a_channel_is_borrowed_whose_people_all_serve_another_whose_own_do_not_know_it() -> None:
    """Everybody at b is one of a's people too, and a has three who know it alone: b lives on people of a."""
    found = sharing(a_b=2, a=3)
    assert (found.borrowed("b"), found.borrowed("a")) == (True, False)
    assert not sharing(a_b=2, a=3, b=1).borrowed("b"), "one person is b's own"
    assert not sharing(a_b=2).borrowed("b"), "everybody knows both: one queue"
    assert not sharing(a=3, b=2).borrowed("b"), "they share nobody"
    assert not sharing(b_chat=2).borrowed("b"), "chat is no call"
    assert not sharing(a=2).borrowed("b"), "nobody knows it"
    chain = sharing(a_b=2, b_c=2)
    assert [chain.borrowed(name) for name in "abc"] == [True, False, True], "everybody knows b"


def test_who_knows_what_is_read_from_the_agents_or_the_contracts(raw) -> None:
    """People count by name where there is a table, else by contract; a contract without skills knows every channel."""
    raw["channels"]["video"] = {"kind": "synchronous"}
    raw["contracts"]["part"] = raw["contracts"]["full"] | {"agents": 3, "skills": ["phone"]}
    config = build(raw)
    counted = sharing_of(config, None)
    assert counted.channels == ("phone", "video")
    assert counted.people == {frozenset(raw["channels"]): 40, frozenset(["phone"]): 3}
    agents = pd.DataFrame({"skills": ["phone; video", "phone", "video;phone", "chat"]})
    named = sharing_of(config, agents)
    assert named.people == {frozenset({"phone", "video"}): 2, frozenset({"phone"}): 1, frozenset({"chat"}): 1}
    raw["roster"] = {"agents": "agents.csv"}
    for contract in raw["contracts"].values():
        del contract["agents"]
    assert not sharing_of(build(raw), None).people, "the file says who knows what, not the contracts"


def test_people_are_split_in_proportion_by_the_largest_remainder() -> None:
    """Of 7 people for needs of 5, 5 and 2 the shares are 2.92, 2.92 and 1.17."""
    assert split(np.array([7.0]), np.array([[5.0], [5.0], [2.0]]), np.zeros((3, 1))).ravel().tolist() == [3, 3, 1]


@given(st.lists(st.integers(0, 20), min_size=2, max_size=5), st.data())
def test_a_split_adds_up(weights: list[int], data) -> None:
    """The parts are whole, none is below its least, and they add up to the total, or to the least where that is more."""
    low = [data.draw(st.integers(0, min(weight, 3))) for weight in weights]
    total = data.draw(st.integers(0, sum(weights)))
    parts = split(
        np.array([float(total)]), np.array([[float(w)] for w in weights]), np.array([[float(n)] for n in low])
    )
    assert (parts % 1 == 0).all()
    assert (parts.ravel() >= low).all()
    assert parts.sum() == max(total, sum(low))


def contacts(*volume: float) -> Contacts:
    return Contacts(np.array(volume), np.full(len(volume), 300.0), np.zeros(len(volume)))


def plan(found: Sharing, own: dict[str, float], together: float, minimum: float = 0.0) -> dict[str, float]:
    """People of each channel in one interval, alone and with `together` people for their common queue."""
    made = pooled(
        {name: np.array([people]) for name, people in own.items()},
        {name: np.array([minimum]) for name in own},
        {name: contacts(10.0 if people else 0.0) for name, people in own.items()},
        found,
        lambda name, team: np.array([together]),
    )
    return {name: float(people[0]) for name, people in made.items()}


def test_a_team_takes_what_its_common_queue_takes() -> None:
    """Three channels take 3 people each alone and 6 together; the chat beside them keeps its own."""
    shared = sharing(a_b_c=14)
    assert plan(shared, {"a": 3, "b": 3, "c": 3, "d": 2}, 6) == {"a": 2, "b": 2, "c": 2, "d": 2}


def test_a_team_never_takes_more_than_its_channels_alone() -> None:
    """A strict target would make the common queue dearer than separate ones; then they stay separate."""
    assert plan(sharing(a_b=14), {"a": 3, "b": 2}, 9) == {"a": 3, "b": 2}


def test_a_channel_that_few_know_keeps_somebody() -> None:
    """With b known to some only, one person is there for it while somebody comes; nobody while nobody comes."""
    assert plan(sharing(a_b=3, a=9), {"a": 9, "b": 1}, 6) == {"a": 5, "b": 1}
    assert plan(sharing(a_b=12), {"a": 9, "b": 1}, 5) == {"a": 5, "b": 0}
    assert plan(sharing(a_b=3, a=9), {"a": 9, "b": 0}, 6)["b"] == 0


def test_a_minimum_is_kept() -> None:
    """Two of each channel are there, although four would do for both."""
    assert plan(sharing(a_b=12), {"a": 9, "b": 3}, 4, minimum=2) == {"a": 2, "b": 2}


@pytest.mark.parametrize(
    ("shared", "expected"), [(0, 10), (4, 10), (5, 9), (8, 9), (10, 8), (15, 7), (19, 7), (20, 6), (100, 6)]
)
def test_the_requirement_falls_as_more_people_are_shared(shared: int, expected: int) -> None:
    """From 10 apart to 6 together, straight up to one in five, rounded up."""
    found = Sharing(("a", "b"), {frozenset("ab"): shared, frozenset("a"): 100 - shared, frozenset("b"): 100 - shared})
    made = plan(found, {"a": 10, "b": 10}, 12)
    assert made == {"a": expected, "b": expected}
    assert expected == int(np.ceil(10 - 4 * min(shared / 20, 1) - 1e-9))
