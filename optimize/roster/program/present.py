"""People at the live channels in a solved week, as the targets count them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.inputs.service import Present
from optimize.roster.program.targets import able_flows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.roster.program import Program


def present_in(program: Program, values: NDArray[np.float64]) -> Present:
    """People at the live channels in a week of the program, whole or relaxed."""
    week, layout = program.week, program.layout
    over = {m: values[layout.overstaff[m]] - values[layout.understaff[m]] for m in week.live}
    ladders = () if week.service is None else week.service.ladders
    able = {
        ladder.channel: np.array([values[list(able_flows(week, layout, ladder, t))].sum() for t in range(week.size)])
        for ladder in ladders
        if ladder.channel is not None
    }
    return Present(over, able)
