"""The volume a given staff carries, also with one agent fewer and one more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.errors import DataError, Fault
from optimize.staffing.calculator.case_table import read_cases
from optimize.staffing.calculator.cases import answer_cases, groups, targets_of
from optimize.staffing.calculator.max_volume import carried_load

if TYPE_CHECKING:
    from collections.abc import Mapping

_TARGETS = ("target_share", "target_asa_s", "max_abandonment", "max_occupancy")


def answer_carried(case: Mapping[str, object]) -> pd.DataFrame:
    """Most contacts of an interval with which the agents of a case meet every target.

    Parameters
    ----------
    case
        As a row of ``answer_cases`` with `agents` and a target; `volume` is not used.

    Returns
    -------
    DataFrame
        As ``answer_one``: a row for one agent fewer, the number asked and one more, each with the `volume` it carries
        and the service then.

    Raises
    ------
    DataError
        The agents or a target are missing, or a value is out of range.

    >>> round(float(answer_carried({"agents": 14, "aht_s": 180, "interval_s": 1800, "target_share": 0.8,
    ...     "target_s": 20})["volume"].iloc[1]), 1)
    108.7
    """
    agents = case.get("agents")
    if agents is None:
        raise DataError(Fault("agents", "is missing; give the number of agents"))
    if all(case.get(name) is None for name in _TARGETS):
        raise DataError(Fault("targets", f"are missing; give a target: one of {', '.join(_TARGETS)}"))
    asked = answer_cases(pd.DataFrame([{**case, "volume": 1.0}]))
    if asked["status"].iloc[0] != "ok":
        raise DataError(Fault("carried", str(asked["status"].iloc[0])))
    middle = float(asked["agents"].iloc[0])
    staff = [number for number in (middle - 1, middle, middle + 1) if number >= 0]
    frame = pd.DataFrame([{**case, "volume": 1.0, "agents": number} for number in staff])
    table, volume = read_cases(frame), np.zeros(len(staff))
    for rows, queues in groups(table):
        load = carried_load(queues, targets_of(table, rows), table.given["agents"][rows])
        volume[rows] = load * table.given["interval_s"][rows] / queues.aht_s
    return answer_cases(frame.assign(volume=volume))
