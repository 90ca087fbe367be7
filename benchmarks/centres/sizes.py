"""How large a made centre is and what it is like: drawn from a seed, the first ten spread over the whole range."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

SHARING = ("none", "few", "chain", "half", "all")
"""Who knows the channels of others: nobody, one in seven, everybody the next one too, every other one, everybody."""
OPENING = ("office", "long", "round the clock")
FIRST_TEN = (
    (2, 20), (3, 36), (4, 60), (3, 110), (12, 140), (5, 90), (8, 280), (6, 200), (2, 330), (10, 600),
)  # fmt: skip
"""Channels and people of the first ten centres."""


@dataclass(frozen=True)
class Size:
    """What is chosen first of a centre; the rest follows from it.

    Parameters
    ----------
    seed, number
        Name the centre; the same two give the same centre.
    channels, people
        Their numbers.
    sharing, opening
        One of `SHARING`, one of `OPENING`.
    absence
        Share of rostered people who are absent.
    day_cv
        Coefficient of variation of how busy a day is.
    """

    seed: int
    number: int
    channels: int
    people: int
    sharing: str
    opening: str
    absence: float
    day_cv: float

    @property
    def name(self) -> str:
        """Name of the centre and of its folder: ``centre-03``."""
        return f"centre-{self.number:02d}"

    def rng(self, part: int) -> np.random.Generator:
        """Random numbers of one part of the centre."""
        return np.random.Generator(np.random.PCG64([self.seed, self.number, part]))


def size_of(seed: int, number: int) -> Size:
    """Choose the size of centre `number`, 1 or more: the first ten from `FIRST_TEN`, any other by chance."""
    rng = np.random.Generator(np.random.PCG64([seed, number, 0]))
    if number <= len(FIRST_TEN):
        channels, people = FIRST_TEN[number - 1]
    else:
        people = round(20 * 30 ** float(rng.random()))
        channels = int(rng.integers(2, min(12, people // 8) + 1))
    return Size(
        seed=seed,
        number=number,
        channels=channels,
        people=people,
        sharing=SHARING[(number - 1) % len(SHARING)],
        opening=OPENING[int(rng.integers(len(OPENING)))] if people >= 60 else OPENING[number % 2],
        absence=round(float(rng.uniform(0.0, 0.09)), 2),
        day_cv=round(float(rng.uniform(0.04, 0.14)), 3),
    )
