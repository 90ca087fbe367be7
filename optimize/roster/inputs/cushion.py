"""A cushion for deferrable work: more hours than the expected work takes, so that busy weeks are in time too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from configs.errors import DataError, Fault

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

NONE = 1.0
"""Factor of a channel without a cushion."""


def with_cushion(requirement: pd.DataFrame, factors: Mapping[str, float]) -> pd.DataFrame:
    """Return the ``requirement`` table with the work of some channels multiplied, and how much of it is cushion.

    Everything made from the table follows: arrivals, deadlines and the end of the week in the program, `work_h` of the
    coverage, the recount and the reports. The cushion of an earlier call is replaced.

    Parameters
    ----------
    requirement
        The table; it stays as it is.
    factors
        Rostered hours over the hours of the expected work, by deferrable channel; 1 or more. Others have no cushion.

    Raises
    ------
    DataError
        A channel has no work in the table, or its factor is below 1.
    """
    before = without_cushion(requirement)
    _check(before, factors)
    if all(factor == NONE for factor in factors.values()):
        return before
    factor = before["channel"].map(lambda channel: factors.get(str(channel), NONE)).astype(float)
    work = before["work_h"] * factor
    return before.assign(work_h=work, cushion_h=(work - before["work_h"]).where(factor > NONE))


def without_cushion(requirement: pd.DataFrame) -> pd.DataFrame:
    """Return the table with the hours of the expected work only."""
    if "cushion_h" not in requirement:
        return requirement
    work = requirement["work_h"] - requirement["cushion_h"].fillna(0.0)
    return requirement.assign(work_h=work).drop(columns="cushion_h")


def _check(requirement: pd.DataFrame, factors: Mapping[str, float]) -> None:
    with_work = set(requirement.loc[requirement["work_h"].notna(), "channel"])
    for channel, factor in factors.items():
        if channel not in with_work:
            words = f'channel "{channel}" has no work_h; only deferrable work has a cushion'
            raise DataError(Fault("requirement", words))
        if not (np.isfinite(factor) and factor >= NONE):
            words = f'the cushion of "{channel}" is {factor:g}; use a factor of 1 or more'
            raise DataError(Fault("requirement", words))
