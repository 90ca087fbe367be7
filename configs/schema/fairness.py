"""`[roster.fairness]`: unpopular work that is shared in proportion to what people can take."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from configs.schema.base import Settings
from configs.schema.rules import ShiftKind

Weight = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
Burden = Literal["nights", "weekends", "early", "late", "holidays", "wishes", "unpopular"]
"""What is shared: shifts of a kind, shifts on certain days, wishes that are refused."""
BURDENS: tuple[Burden, ...] = ("nights", "weekends", "early", "late", "holidays", "wishes", "unpopular")
"""All of them, in the order in which they are listed."""


class Fairness(Settings):
    """Work that is shared in proportion to contract and availability, with a weight for each kind of it.

    A number alone, such as `fairness = 1.0`, is the weight of all of them. A person who is d away from their fair share
    costs the weight times d x d / 2, so the k-th night above the share costs about k times the weight.
    """

    weight: Weight = 1.0
    """Weight of each kind that has none of its own; 0 shares only those that have one. Where people are planned by
    name it is in the currency of the plan.
    """
    nights: Weight | None = None
    """Weight of nights: shifts of the kind "night", three hours or more between 23:00 and 6:00 if the rules of the
    contract do not say otherwise.
    """
    weekends: Weight | None = None
    """Weight of shifts on Saturdays and Sundays."""
    early: Weight | None = None
    """Weight of shifts of the kind "early", which begin from 4:00 to 8:59."""
    late: Weight | None = None
    """Weight of shifts of the kind "late", which begin from 12:00 to 19:59."""
    holidays: Weight | None = None
    """Weight of shifts on public holidays of `[calendar]`."""
    wishes: Weight | None = None
    """Weight of refused wishes; everybody's share is in proportion to the wishes they have."""
    unpopular: tuple[ShiftKind, ...] = ()
    """Other unpopular shifts, such as `[{ starts = "12:00-19:59", days = ["fri"] }]`; counted together, at `weight`."""

    @property
    def weights(self) -> dict[Burden, float]:
        """Weight of each kind that is shared, in their order."""
        found: dict[Burden, float] = {}
        for name in BURDENS:
            own = None if name == "unpopular" else getattr(self, name)
            found[name] = self.weight if own is None else float(own)
        return {name: each for name, each in found.items() if each > 0 and (name != "unpopular" or self.unpopular)}


NOTHING_SHARED = Fairness(weight=0.0)
"""No kind of work is shared."""


def _weight_of_all(value: Any) -> Any:  # noqa: ANN401 - whatever is in the file
    """A number alone is the weight of all kinds."""
    return {"weight": value} if isinstance(value, int | float) and not isinstance(value, bool) else value


FairnessOrWeight = Annotated[Fairness, BeforeValidator(_weight_of_all)]
