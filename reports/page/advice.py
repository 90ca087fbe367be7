"""What would help most: the changes with the money they save, and the most expensive hours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports import formatting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from optimize.roster.result import Advice
    from reports.metrics.week import Week

BASES = {
    "solved again": "the relaxed week solved again with the change",
    "shadow price": "the dual prices of the week as planned: an upper limit",
    "named prices": "everybody priced again without these rules, at the prices of time of the weeks planned by name: "
    "an upper estimate",
}
"""How a saving was found, in words."""


@dataclass(frozen=True)
class AdviceRow:
    """One piece of advice; `width` is its amount in per cent of the largest of its list."""

    sentence: str
    amount: str
    width: str
    basis: str


@dataclass(frozen=True)
class AdviceView:
    """Changes that save money, the largest first, and the most expensive hours."""

    changes: tuple[AdviceRow, ...]
    hours: tuple[AdviceRow, ...]

    @property
    def first(self) -> str:
        """The change that saves most, as a sentence; empty where there is none."""
        return self.changes[0].sentence if self.changes else ""


def advice_view(week: Week) -> AdviceView:
    """Put the advice of a roster into two lists."""
    advice, currency = week.run.roster.advice, week.run.config.plan.currency
    changes = [one for one in advice if one.kind != "hour"]
    hours = [one for one in advice if one.kind == "hour"]
    return AdviceView(
        tuple(
            _rows(
                changes, currency, [one.message(lambda amount: formatting.money(amount, currency)) for one in changes]
            )
        ),
        tuple(_rows(hours, currency, [one.sentence.removesuffix(",") for one in hours])),
    )


def _rows(advice: Sequence[Advice], currency: str, sentences: Sequence[str]) -> list[AdviceRow]:
    largest = max((one.saving for one in advice), default=0.0) or 1.0
    return [
        AdviceRow(
            sentence, formatting.money(one.saving, currency), f"{100 * one.saving / largest:.1f}", BASES[one.basis]
        )
        for one, sentence in zip(advice, sentences, strict=True)
    ]
