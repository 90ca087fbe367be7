"""What a simulation may notice; the sentences are in ``reports.english.simulation``."""

from __future__ import annotations

from dataclasses import dataclass

from configs.notes import Fact


@dataclass(frozen=True)
class ChannelsApart(Fact):
    """The people of the roster cannot be where its coverage counts them, so that each channel is replayed alone."""

    where: str


@dataclass(frozen=True)
class OneOfTwo:
    """A channel that shares people: price of one more contact in time, probability of its target, and the one asked."""

    channel: str
    price: float
    probability: float
    asked: float


@dataclass(frozen=True)
class OrderWorthChanging(Fact):
    """People take the calls of `first` before those of `later`, though a contact in time costs far more there."""

    where: str
    first: OneOfTwo
    later: OneOfTwo
