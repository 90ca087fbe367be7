"""The account of a finished roster: what each person took of each burden, their fair share, and what prevents it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from configs.rules.personal import personal_rules
from optimize.roster.fairness.burdens import KIND_OF
from optimize.roster.fairness.ledger import burdens_worked
from optimize.roster.fairness.openings import CLOSED, wanted_of
from optimize.roster.fairness.sharing import sharing_of
from optimize.roster.inputs.wishes import wishes_of

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Config
    from configs.schema.fairness import Burden
    from configs.schema.rules import Rules, RunRule, ShiftsRule
    from optimize.roster.fairness.openings import Closed, Openings
    from optimize.roster.fairness.sharing import Sharing
    from optimize.roster.result import Roster

    Array = NDArray[np.float64]

APART = 1.0
"""Least difference from a share that is more than what whole shifts make."""


@dataclass(frozen=True)
class ClosedDays:
    """Days on which somebody could not take a burden, and why."""

    reason: Closed
    days: int


@dataclass(frozen=True)
class FewerDays:
    """Working days a week of somebody, where others have more."""

    days_per_week: float
    most: float


@dataclass(frozen=True)
class Ruled:
    """Keys of somebody's rules that limit a burden, such as ``weekends.most``."""

    rules: tuple[str, ...]


@dataclass(frozen=True)
class Unmoved:
    """Nothing known closes the difference: the search found no roster of the same cost without it."""


Why = ClosedDays | FewerDays | Ruled | Unmoved
Side = Literal["above", "below", "even"]


@dataclass(frozen=True)
class PersonShare:
    """What a person took of a burden.

    Parameters
    ----------
    agent, kind
        Who, and of what.
    worked, earlier
        In the week, and before it as far as it is known.
    share
        Fair share of both together.
    why
        What keeps the person from the same number as everybody else.
    """

    agent: str
    kind: Burden
    worked: float
    earlier: float
    share: float
    why: tuple[Why, ...]

    @property
    def difference(self) -> float:
        """What was taken beyond the share."""
        return self.worked + self.earlier - self.share

    @property
    def side(self) -> Side:
        """Whether it is a whole burden or more above the share, or below it."""
        if abs(self.difference) < APART:
            return "even"
        return "above" if self.difference > 0 else "below"


def person_shares(
    config: Config, horizon: Horizon, requirement: pd.DataFrame, roster: Roster
) -> tuple[PersonShare, ...]:
    """Return the account of everybody, in the order of agents and burdens; empty where nothing is shared.

    Parameters
    ----------
    config
        What is shared.
    horizon, requirement
        The week and its ``requirement`` table.
    roster
        The finished roster and its people.
    """
    if not config.roster.fairness.weights:
        return ()
    people = roster.people
    sharing = sharing_of(config, horizon, people, wanted_of(config, horizon, requirement))
    worked = _worked(horizon, roster, sharing)
    share, rules = sharing.share(worked), personal_rules(config, people.agents, people.rules)
    found = []
    for at, agent in enumerate(sharing.openings.agents):
        for k, kind in enumerate(sharing.burdens.names):
            earlier = float(sharing.ledger.worked[at, k])
            one = PersonShare(agent, kind, float(worked[at, k]), earlier, float(share[at, k]), ())
            why = _why(sharing.openings, at, k, one, rules.get(agent))
            found.append(PersonShare(agent, kind, one.worked, earlier, one.share, why))
    return tuple(found)


def _worked(horizon: Horizon, roster: Roster, sharing: Sharing) -> Array:
    """Burdens of the shifts of everybody, and the wishes the roster refuses; shape (P, K)."""
    agents, schedule, names = sharing.openings.agents, roster.schedule, sharing.burdens.names
    worked = burdens_worked(schedule, sharing.burdens, list(agents))
    if "wishes" not in names:
        return worked
    wishes = wishes_of(roster.people.requests, horizon)
    for at, agent in enumerate(agents):
        begins = {
            (shift.day - horizon.first).days: local.hour * 60 + local.minute
            for shift in schedule.by_agent.get(agent, ())
            for local in (shift.start.astimezone(schedule.zone),)
        }
        refused = [wish for wish in wishes.get(agent, []) if not wish.is_granted(begins.get(wish.day))]
        worked[at, names.index("wishes")] = len(refused)
    return worked


def _why(openings: Openings, at: int, k: int, one: PersonShare, rules: Rules | None) -> tuple[Why, ...]:
    """What keeps a person from the same number as everybody else."""
    if one.kind == "wishes":
        return () if one.side == "even" else (Unmoved(),)
    lost = openings.closed[at, :, k]
    why: list[Why] = [ClosedDays(reason, int(days)) for reason, days in zip(CLOSED, lost, strict=True) if days > 0]
    most, mine = float(openings.days_per_week.max()), float(openings.days_per_week[at])
    why += [FewerDays(mine, most)] if mine < most else []
    limits = _limits(one.kind, rules) if one.side == "below" else ()
    why += [Ruled(limits)] if limits else []
    return tuple(why) if why or one.side == "even" else (Unmoved(),)


def _limits(kind: Burden, rules: Rules | None) -> tuple[str, ...]:
    """Keys of the rules that limit a burden from above."""
    if rules is None:
        return ()
    kind_of_shift = KIND_OF.get(kind)
    limited: list[tuple[str, str, ShiftsRule | RunRule]]
    limited = [("shifts", name, each) for name, each in rules.shifts.items()]
    limited += [("runs", name, each) for name, each in rules.runs.items()]
    found = [
        f"{table}.{name}.most" for table, name, each in limited if each.of == kind_of_shift and each.most is not None
    ]
    if kind == "weekends" and rules.weekends is not None and rules.weekends.most is not None:
        found.append("weekends.most")
    return (*found, *(["rotation"] if rules.rotation else []))
