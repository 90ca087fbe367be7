"""The order in which people take calls: when it is worth changing, by prices and by probabilities."""

from __future__ import annotations

import pandas as pd
import pytest

from optimize.roster.result import Cost, Roster, TargetCount
from optimize.simulation.facts import OneOfTwo, OrderWorthChanging
from optimize.simulation.result import Replay, TargetProbability
from optimize.simulation.routing_order import order_worth_changing
from tests.optimize.roster import service_weeks

NOTHING = pd.DataFrame()


def told(first: tuple[float, float], later: tuple[float, float], **tables: object) -> tuple[OrderWorthChanging, ...]:
    """What is noticed of sales and service, each by its price of a contact in time and its probability."""
    seen = {"sales": first, "service": later}
    counts = tuple(
        TargetCount(name, "share", day, 100.0, 82.0, 82.0, price, 2 * price)
        for name, (price, _) in seen.items()
        for day in range(5)
    )
    roster = Roster(
        NOTHING, NOTHING, service_weeks.people(), "optimal", Cost(0, 0, 0, 0), 0.0, 0.0, 0.0, targets=counts
    )
    met = tuple(TargetProbability(name, "", chance, 0.0, 1.0, over="day") for name, (_, chance) in seen.items())
    return order_worth_changing(service_weeks.config_of(**tables), roster, Replay(NOTHING, (), 100, 1, met))


@pytest.mark.parametrize(
    ("first", "later"),
    [((2.0, 0.9), (26.0, 0.9)), ((2.0, 0.96), (3.0, 0.89))],
    ids=["dearer", "less often met"],
)
def test_a_later_channel_that_is_dearer_or_missed_is_named(
    first: tuple[float, float], later: tuple[float, float]
) -> None:
    """13 times the price of the first; or .89 of .9 where the first has .06 to spare."""
    expected = OneOfTwo("sales", *first, 0.9), OneOfTwo("service", *later, 0.9)
    assert told(first, later) == (OrderWorthChanging("simulation.priority", *expected),)


@pytest.mark.parametrize(
    ("first", "later"),
    [((2.0, 0.9), (5.9, 0.9)), ((26.0, 0.9), (2.0, 0.9)), ((2.0, 0.94), (2.0, 0.89)), ((0.0, 0.95), (0.001, 0.95))],
    ids=["nearly as dear", "first is dearer", "nothing to spare", "nothing costs"],
)
def test_an_order_that_is_right_is_not_noticed(first: tuple[float, float], later: tuple[float, float]) -> None:
    """Less than three times the price, and no target missed beside one with room to spare."""
    assert told(first, later) == ()


def test_the_order_of_the_config_counts() -> None:
    """With service first, sales is the later one, and the cheap one: nothing to change."""
    assert told((2.0, 0.9), (26.0, 0.9), simulation={"priority": ["service"], "replications": 40}) == ()
