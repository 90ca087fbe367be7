"""A figure that is asked for, and a row of the tables."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan

NOTHING = "-"


@dataclass(frozen=True)
class Figure:
    """A number that must not be above, or with `least` not below, what is asked; NaN is missed."""

    case: str
    what: str
    value: float
    asked: float
    least: bool = False

    @property
    def met(self) -> bool:
        """Whether the number is as asked."""
        return self.value >= self.asked if self.least else self.value <= self.asked

    @property
    def sentence(self) -> str:
        """The number next to what is asked."""
        word = "at least" if self.least else "at most"
        return f"{self.case}: {self.what} {self.value:,.4g}, {word} {self.asked:,.4g} is asked"


@dataclass(frozen=True)
class Row:
    """One plan of a case.

    Parameters
    ----------
    payroll, ratio
        Money of the week, and its ratio to that of the earlier build.
    week
        Probability of each live channel over the week, by its name.
    least, mean
        Least and mean probability of a channel-day.
    deferrable
        Least probability of a deferrable channel; NaN without one.
    told
        Mean of the probabilities the run itself tells, for the same spans as `fresh`; NaN where it tells none.
    fresh
        Mean of the same on fresh weeks.
    below_h
        Channel-hours whose mean share is below the floor by more than sampling error.
    gap
        Relative distance of the cost to its bound.
    cpu_s
        CPU seconds of the run.
    """

    case: str
    plan: str
    payroll: float
    ratio: float
    week: dict[str, float]
    least: float
    mean: float
    deferrable: float
    told: float
    fresh: float
    below_h: int
    gap: float
    cpu_s: float

    HEADS = (
        "case", "plan", "payroll", "ratio", "week kept", "day kept: least", "mean", "e-mail", "told", "fresh",
        "hours below floor", "gap", "CPU s",
    )  # fmt: skip

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as text."""
        week = " ".join(f"{name} {_share(each)}" for name, each in self.week.items())
        shares = (_share(each) for each in (self.least, self.mean, self.deferrable, self.told, self.fresh))
        gap = NOTHING if isnan(self.gap) else f"{self.gap:.2%}"
        money = (f"{self.payroll:,.0f}", f"{self.ratio:.3f}")
        return (self.case, self.plan, *money, week, *shares, f"{self.below_h}", gap, f"{self.cpu_s:.0f}")


def _share(value: float) -> str:
    return NOTHING if isnan(value) else f"{value:.3f}"


def table(heads: tuple[str, ...], rows: list[tuple[str, ...]], *, markdown: bool) -> str:
    """Cells as a Markdown table, or in columns."""
    if markdown:
        lines = [heads, tuple("---" for _ in heads), *rows]
        return "\n".join("| " + " | ".join(line) + " |" for line in lines)
    widths = [max(len(line[at]) for line in [heads, *rows]) for at in range(len(heads))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in [heads, *rows]
    )
