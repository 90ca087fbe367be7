"""What people at the channels are worth: for each channel and interval a convex cost in steps.

With `n` people at a channel the cost is ``base - (what the first n people gain)``. Gains fall from step to step, and
the last one, mostly below 0, is that of every further person. People needed, with a price of each too few and too many,
are the case of one step; gains of service targets have more.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Ints = NDArray[np.int64]

STEEPEST = 30.0
"""Argument of the logistic function beyond which it is 0 or 1."""
BALANCE = (-2, 0, 2)
"""People around the end of each step at which surplus and shortage are shared out among channels of equal price."""
TILT = 1e-3
"""Share of the first gain by which prices are tilted to share out."""


@dataclass(frozen=True)
class Demand:
    """Costs of cover by channel and interval.

    Parameters
    ----------
    base
        Cost with nobody there; shape (C, T).
    width
        People of each step but the last, which is endless; shape (J, C, T).
    gain
        What each person of a step saves, falling along the steps; shape (J + 1, C, T).
    """

    base: Array
    width: Array
    gain: Array

    @classmethod
    def of(cls, need: Array, short: Array | float, over: Array | float) -> Demand:
        """Return the demand of people needed, with a price of each too few and too many; shapes (C, T) or numbers."""
        short, over = np.broadcast_to(short, need.shape), np.broadcast_to(over, need.shape)
        return cls(short * need, need[None].astype(float), np.stack([short, -over]).astype(float))

    def at(self, moments: Ints) -> Demand:
        """The same demand in some intervals only."""
        return Demand(self.base[:, moments], self.width[..., moments], self.gain[..., moments])

    @property
    def channels(self) -> int:
        """Number of channels."""
        return int(self.base.shape[0])

    @cached_property
    def ends(self) -> Array:
        """People at which each step ends; shape (J, C, T)."""
        ends: Array = np.cumsum(self.width, axis=0)
        return ends

    @property
    def most(self) -> Array:
        """Gain of the first person; shape (C, T)."""
        first: Array = self.gain[0]
        return first

    @property
    def least(self) -> Array:
        """Gain of every person after the last step; shape (C, T)."""
        last: Array = self.gain[-1]
        return last

    def cost(self, people: Array) -> float:
        """Cost of people at each channel in each interval; shape (C, T), fractions allowed."""
        return float(self.by_interval(people).sum())

    def by_interval(self, people: Array) -> Array:
        """Cost of people at each channel in each interval, by interval; shape (T,)."""
        begun = np.concatenate([np.zeros((1, *self.base.shape)), self.ends])
        inside = np.clip(people - begun[:-1], 0.0, self.width)
        beyond = np.maximum(people - begun[-1], 0.0)
        costs: Array = (self.base - (self.gain[:-1] * inside).sum(axis=0) - self.least * beyond).sum(axis=0)
        return costs

    def within(self, prices: Array) -> Array:
        """Bring prices of a person's time back to the range in which they prove most; shape (C, T)."""
        return np.clip(prices, self.least, self.most)

    def worth(self, prices: Array) -> float:
        """Least of ``cost(n) + prices * n`` over all n, which people who sell their time at these prices leave over.

        Prices must not be below `least`: people beyond the last step would be hired without end.
        """
        return float((self.base - (self.width * np.maximum(self.gain[:-1] - prices, 0.0)).sum(axis=0)).sum())

    def wanted(self, prices: Array) -> Array:
        """People at which ``cost(n) + prices * n`` is least; shape (C, T)."""
        wanted: Array = np.where(self.gain[:-1] >= prices, self.width, 0.0).sum(axis=0)
        return wanted

    @cached_property
    def falls(self) -> Array:
        """What the gain falls by at the end of each step; shape (J, C, T)."""
        falls: Array = self.gain[:-1] - self.gain[1:]
        return falls

    def smooth(self, people: Array, spread: float, lean: Array, moments: Ints | slice = slice(None)) -> Array:
        """Gain of one more person next to these, blurred over neighbouring steps; shape as of `people`.

        Parameters
        ----------
        people
            People there in the intervals of `moments`; shape (C, T).
        spread
            People over which a step is blurred; 0 for the gain itself.
        lean
            Added inside the logistic function: 0 has the mean of both gains at the end of a step; shape (C, T) of
            all intervals.
        moments
            Intervals that are asked for; all where it is not given.
        """
        left = self.ends[..., moments] - people - 0.5
        if spread == 0.0:
            part = np.clip(left + 0.5, 0.0, 1.0)
        else:
            part = 1.0 / (1.0 + np.exp(-np.clip(lean[:, moments] + left / spread, -STEEPEST, STEEPEST)))
        smooth: Array = self.least[:, moments] + (self.falls[..., moments] * part).sum(axis=0)
        return smooth

    def lean(self, prices: Array) -> Array:
        """Return the `lean` at which a step that is just filled has these prices; shape (C, T)."""
        share = np.clip((prices - self.least) / np.maximum(self.most - self.least, 1e-9), 0.003, 0.997)
        lean: Array = np.log(share / (1.0 - share))
        return lean

    @cached_property
    def balanced(self) -> Demand:
        """The same demand with slightly tilted steps, so that channels of equal price share surplus and shortage."""
        marks = np.sort(np.maximum(np.concatenate([self.ends + shift for shift in BALANCE]), 0.0), axis=0)
        before = np.concatenate([np.zeros((1, *self.base.shape)), marks[:-1]])
        middle = (before + marks) / 2
        step = (middle[:, None] >= self.ends[None]).sum(axis=1)
        gain = np.take_along_axis(self.gain, step, axis=0)
        rank = np.arange(len(marks))[:, None, None] - len(marks) / 2
        tilt = TILT * np.abs(self.most)[None]
        return Demand(
            self.base, marks - before, np.concatenate([gain - rank * tilt, self.least[None] - len(marks) * tilt])
        )

    @cached_property
    def order(self) -> Ints:
        """Steps of all channels, numbered ``step * C + channel``, from the largest gain down; shape (most steps, T).

        Steps without people come last, and as many of them are left out as every interval has.
        """
        flat = np.where(self.widths > 0.0, self.gain.reshape(-1, self.gain.shape[-1]), -np.inf)
        order: Ints = np.argsort(-flat, axis=0, kind="stable")
        return order[: int((self.widths > 0.0).sum(axis=0).max(initial=0))]

    @cached_property
    def widths(self) -> Array:
        """Widths of all steps, the endless ones too, numbered as in `order`."""
        endless = np.full((1, *self.base.shape), np.inf)
        widths: Array = np.concatenate([self.width, endless]).reshape(-1, self.base.shape[-1])
        return widths
