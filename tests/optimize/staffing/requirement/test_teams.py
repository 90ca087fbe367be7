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


def test_those_who_can_serve_a_channel_are_worth_twice_as_much_to_it() -> None:
    """Of ten at a team four know b, and the team counts as ten: others x, those y = 2x, 6x + 4y = 10, so x = 5/7."""
    found = sharing(a=6, a_b=4)
    assert found.weights("b") == pytest.approx((5 / 7, 10 / 7))
    assert found.weights("a") == (1.0, 1.0), "everybody knows it"
    assert found.weights("d") == (1.0, 1.0), "nobody knows it"


def test_without_shared_people_others_count_nothing() -> None:
    """One of eleven who know b knows a as well: others relieve them little, 11/55 x 5 x 2 = 22 times less."""
    others, own = sharing(a=10, b=10, a_b=1).weights("b")
    assert others / own == pytest.approx((1 / 11) / 0.2 / 2)
    assert 10 * others + 11 * own == pytest.approx(21.0)


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))
def test_weights_count_a_team_as_its_people(one: int, two: int, both: int) -> None:
    """Whoever knows what: all people of the team together count as many as they are."""
    found = sharing(a=one, b=two, a_b=both)
    for name, able in (("a", one + both), ("b", two + both)):
        others, own = found.weights(name)
        whole = one + two + both if both else able
        assert (whole - able) * others + able * own == pytest.approx(whole)
        assert 0 <= others <= own


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
