"""An independent recount of a finished roster.

This room knows the config and the tables, and nothing of the program that made them: it works on time stamps, not on
the columns of a model, so that a mistake there cannot hide here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.errors import VerificationError
from optimize.roster.verify.activities import activity_faults
from optimize.roster.verify.cover import cover_faults
from optimize.roster.verify.money import money_faults
from optimize.roster.verify.presence import read_duties
from optimize.roster.verify.shifts import shift_faults

if TYPE_CHECKING:
    import pandas as pd

    from configs.schema import Config
    from optimize.roster.result import Roster


def verify(config: Config, requirement: pd.DataFrame, roster: Roster) -> None:
    """Recount a roster from its people's shifts.

    Parameters
    ----------
    config
        The rules.
    requirement
        The ``requirement`` table the roster was made for.
    roster
        The roster with its coverage, people and cost.

    Raises
    ------
    VerificationError
        With every difference found; the roster must not be published.
    """
    duties = read_duties(config, roster.table)
    faults = [
        *shift_faults(config, roster, duties, requirement["start"].min()),
        *cover_faults(config, requirement, roster, duties),
        *activity_faults(config, roster, duties),
        *money_faults(config, requirement, roster, duties),
    ]
    if faults:
        raise VerificationError(faults)
