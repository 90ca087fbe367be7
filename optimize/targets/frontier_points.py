"""The frontier of a target: plans of different cost, each with the probability that it keeps the service target."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Point:
    """One plan of the week.

    Parameters
    ----------
    share
        Share of contacts in time that the plan was made for, the margin against chance included.
    cost
        What the whole plan costs at least, without whole people, in the currency of the config; contacts that a target
        lacks at their price included.
    probability
        Share of simulated days or weeks in which the target of the config is met.
    low, high
        Ends of its 95 % interval (Wilson), as if days of a week were independent.
    chosen
        Whether this is the plan of the config.
    """

    share: float
    cost: float
    probability: float
    low: float
    high: float
    chosen: bool


@dataclass(frozen=True)
class Frontier:
    """The plans of one target, cheapest first; `channel` is the channel it is of, or the name of one over several."""

    channel: str
    points: tuple[Point, ...]

    @property
    def chosen(self) -> Point | None:
        """The plan of the config; None where it is not among the points."""
        return next((point for point in self.points if point.chosen), None)
