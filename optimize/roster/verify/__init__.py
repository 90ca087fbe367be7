"""An independent recount of a finished roster.

This package reads the config and the tables, and nothing of the program that made them. It works on time stamps, not on
columns of a model, so that a mistake there cannot hide here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from configs.errors import VerificationError
from optimize.roster.verify.activities import activity_faults
from optimize.roster.verify.cover import cover_faults
from optimize.roster.verify.duty import read_duties
from optimize.roster.verify.money import money_faults
from optimize.roster.verify.service import target_faults
from optimize.roster.verify.shifts import shift_faults

if TYPE_CHECKING:
    import pandas as pd

    from configs.errors import Fault
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
    found = recount(config, requirement, roster)
    if found.broken or found.wrong:
        raise VerificationError([*found.broken, *found.wrong])


@dataclass(frozen=True)
class Recount:
    """What a recount finds: rules broken by shifts and activities, and wrong cover or cost."""

    broken: tuple[Fault, ...]
    wrong: tuple[Fault, ...]


def recount(config: Config, requirement: pd.DataFrame, roster: Roster) -> Recount:
    """Recount a roster as `verify` does, and return what is found."""
    duties = read_duties(config, roster.table)
    shifts = shift_faults(config, roster, duties, requirement["start"].min())
    cover, money = (faults(config, requirement, roster, duties) for faults in (cover_faults, money_faults))
    targets = target_faults(config, requirement, roster)
    return Recount((*shifts, *activity_faults(config, roster, duties)), (*cover, *money, *targets))
