"""Where the money goes: by part, by contract, by day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from reports.metrics.week import Week


@dataclass(frozen=True)
class Part:
    """One part of the cost; `width` is its share of the total in per cent, `paid` is false for penalties."""

    name: str
    amount: float
    width: str
    look: str
    paid: bool


@dataclass(frozen=True)
class ContractRow:
    """The people of one contract."""

    contract: str
    people: int
    working: int
    shifts: int
    paid_h: float
    cost: float

    @property
    def per_hour(self) -> float | None:
        """Cost of a paid hour, premiums included."""
        return self.cost / self.paid_h if self.paid_h else None


@dataclass(frozen=True)
class DayCost:
    """One day, counted by the day its shifts begin."""

    date: date
    shifts: int
    paid_h: float
    cost: float


def cost_bar(week: Week) -> tuple[Part, ...]:
    """Split the total that the program minimises."""
    cost = week.run.roster.cost
    parts = (
        ("Wages", cost.wages, "wages", True),
        ("Premiums", cost.premiums, "premiums", True),
        ("Penalty for understaffing", cost.shortage, "shortage", False),
        ("Penalty for overstaffing", cost.excess, "excess", False),
        ("Penalty for late work", cost.late, "late-work", False),
        *([("Penalty for missed service targets", cost.targets, "shortage", False)] if cost.targets else []),
        *([("Penalty for activities not scheduled", cost.activities, "shortage", False)] if cost.activities else []),
        *([("Penalty for changed shifts", cost.changes, "excess", False)] if cost.changes else []),
    )
    total = cost.total or 1.0
    return tuple(Part(name, amount, f"{100 * amount / total:.2f}", look, paid) for name, amount, look, paid in parts)


def by_contract(week: Week) -> tuple[ContractRow, ...]:
    """Count people, hours and cost of every contract, in the order of the people."""
    rows = []
    for contract in dict.fromkeys(person.contract for person in week.people):
        mine = [person for person in week.people if person.contract == contract]
        rows.append(
            ContractRow(
                contract=contract,
                people=len(mine),
                working=sum(1 for person in mine if person.shifts),
                shifts=sum(len(person.shifts) for person in mine),
                paid_h=sum(person.paid_h for person in mine),
                cost=sum(person.cost for person in mine),
            )
        )
    return tuple(rows)


def by_day(week: Week) -> tuple[DayCost, ...]:
    """Count shifts, hours and cost of every day."""
    rows = []
    for day in week.days:
        mine = [shift for shift in week.shifts if shift.date == day]
        rows.append(DayCost(day, len(mine), sum(shift.paid_h for shift in mine), sum(shift.cost for shift in mine)))
    return tuple(rows)
