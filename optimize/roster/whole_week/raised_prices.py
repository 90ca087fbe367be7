"""Higher prices of the targets that a whole week misses by far.

A search at the prices of the relaxed week may leave a target alone: where people are few, one more costs more than all
contacts that are missing. But targets come first, up to the price that the week gives them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.program.present import present_in
from optimize.roster.search.price_rounds import FAR

if TYPE_CHECKING:
    from optimize.roster.inputs.week import Week
    from optimize.roster.whole_week.found import Found

RAISES = 3
"""Times that prices are raised at most."""
TIMES = 4.0
"""Multiple to which they are raised each time."""


def with_raised_prices(found: Found, week: Week) -> Found | None:
    """Return the same whole week with higher prices of the targets it misses by far; None where there is none.

    Parameters
    ----------
    found
        A whole week; its program has prices of the relaxed week.
    week
        The week with its own prices, which are the highest.

    Notes
    -----
    The bound stays proven: no week costs less at higher prices.
    """
    service, highest = found.program.week.service, week.service
    if service is None or highest is None:
        return None
    reached = np.array(service.reached(present_in(found.program, found.values)))
    lacking = np.array([row.needed - FAR * row.volume for row in service.rows]) > reached
    now = np.array([row.price for row in service.rows])
    raised = np.where(lacking, np.minimum(TIMES * now, [row.price for row in highest.rows]), now)
    if not (raised > now).any():
        return None
    program = found.program
    model = program.model.repriced(dict(zip(program.layout.service.missed, raised.tolist(), strict=True)))
    dearer = replace(program.week, service=service.priced(tuple(raised.tolist())))
    return replace(found, program=replace(program, week=dearer, model=model))
