"""Whether a roster is small enough to plan: estimated from contracts and head counts, before anything is built."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.errors import DataError, Fault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from configs.schema import Config

MOST_PEOPLE = 200_000
MOST_CHOICES = 50_000_000
"""People of a roster, and shifts they may be given. A roster of 20,000 people takes minutes; these would take days."""


def check_size(config: Config, where: str, heads: Mapping[str, int]) -> None:
    """Refuse more people, or more shifts they may be given, than one roster can have.

    Parameters
    ----------
    config
        Its contracts.
    where
        File or key of the people.
    heads
        Number of people by contract; contracts that are not in the config are left to other checks.

    Raises
    ------
    DataError
        When one of the limits is passed.
    """
    people = sum(heads.values())
    choices = sum(count * _starts_of_a_week(config, name) for name, count in heads.items())
    if people > MOST_PEOPLE or choices > MOST_CHOICES:
        words = f"{people:,} people with {choices:,} possible shifts in the week are too many for one roster, which has"
        limits = f"up to {MOST_PEOPLE:,} people and {MOST_CHOICES:,} possible shifts"
        remedy = "plan each site or team with a config of its own"
        remedy += ", or allow fewer starts (a longer step)" if choices > MOST_CHOICES else ""
        raise DataError(Fault(where, f"{words} {limits}; {remedy}"))


def _starts_of_a_week(config: Config, name: str) -> int:
    contract = config.contracts.get(name)
    shifts = contract.shifts if contract is not None else ()
    return sum(len(shift.starts) * len(shift.days) for shift in shifts)
