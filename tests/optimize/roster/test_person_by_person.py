"""Few people with a rest that reaches past the next day: counts of starts are not enough, so each person is searched."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations, combinations_with_replacement, pairwise, product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from optimize.roster.inputs.assemble import assemble
from optimize.roster.inputs.people import read_people
from optimize.roster.persons.person_by_person import FEW, search_persons
from optimize.roster.planner import plan_week
from optimize.roster.program import build
from optimize.roster.verify import verify
from tests.optimize.roster import weeks
from tests.optimize.roster.solving import solver

if TYPE_CHECKING:
    from configs.schema import Config
    from optimize.roster.result import Roster

HOURS, WAGE, SHORT = 168, 10.0, 100.0


@dataclass(frozen=True)
class Site:
    """People who work exactly `days` days or, where `least` is given, from `least` to `days`; shifts as (hour, hours)."""

    people: int
    days: int
    rest: int
    shifts: tuple[tuple[int, int], ...]
    guaranteed: bool = False
    least: int | None = None

    def config(self) -> Config:
        shifts = [{"length": f"{hours}h", "start": f"{at:02d}:00"} for at, hours in self.shifts]
        contract: dict[str, Any] = {
            "agents": self.people, "days_per_week": self.days, "days_off": "any", "rest": f"{self.rest}h",
            "shifts": shifts, "guaranteed": self.guaranteed, "cost_per_hour": WAGE,
        }  # fmt: skip
        least = {} if self.least is None else {"min_days": self.least}
        return weeks.config_of(
            contracts={"long": contract | least}, costs={"shortage_per_hour": SHORT, "excess_per_hour": 0}
        )

    def tours(self) -> list[np.ndarray]:
        """Hours at work in every week one person may have, the week a circle; found by trying all of them."""
        found = [] if self.guaranteed else [np.zeros(HOURS)]
        for number in range(self.least or self.days, self.days + 1):
            for days, kinds in product(combinations(range(7), number), product(self.shifts, repeat=number)):
                begins = [24 * day + at for day, (at, _) in zip(days, kinds, strict=True)]
                apart = [after - before for before, after in pairwise([*begins, begins[0] + HOURS])]
                if all(gap >= hours + self.rest for gap, (_, hours) in zip(apart, kinds, strict=True)):
                    works = np.zeros(HOURS)
                    for begin, (_, hours) in zip(begins, kinds, strict=True):
                        works[np.arange(begin, begin + hours) % HOURS] += 1
                    found.append(works)
        return found

    def best(self, need: np.ndarray) -> float:
        """Cost of the best weeks for everybody; every choice is tried."""
        each = np.array(self.tours())
        return min(
            SHORT * np.maximum(need - works, 0).sum() + WAGE * works.sum()
            for chosen in combinations_with_replacement(range(len(each)), self.people)
            for works in [each[list(chosen)].sum(axis=0)]
        )

    def planned(self, need: np.ndarray) -> Roster:
        config = self.config()
        horizon = weeks.horizon_of(config)
        required = weeks.requirement_of(horizon, phone=need)
        roster = plan_week(config, horizon, required, read_people(config))
        verify(config, required, roster)
        return roster

    def need(self, seed: int) -> np.ndarray:
        """People required per hour: as many shifts as everybody may work, each on another day or at another start."""
        required = np.zeros(HOURS)
        for k in np.random.default_rng(seed).choice(14, self.people * self.days, replace=False):
            at, hours = self.shifts[k % 2]
            begin = 24 * (k // 2) + at
            required[np.arange(begin, begin + hours) % HOURS] += 1
        return required


EARLY_LATE = ((8, 8), (16, 8))
TWO_DAYS = Site(2, 2, 48, EARLY_LATE, guaranteed=True)
THREE_DAYS = Site(2, 3, 17, EARLY_LATE, guaranteed=True)
UNEQUAL = Site(2, 3, 24, ((8, 6), (13, 6)), least=1)
THREE_PEOPLE = Site(3, 2, 48, EARLY_LATE, guaranteed=True)


@pytest.mark.parametrize(
    ("site", "seed"),
    [
        *((TWO_DAYS, seed) for seed in (1, 2, 3, 5)),
        *((THREE_DAYS, seed) for seed in (1, 5, 6, 10, 11)),
        *((UNEQUAL, seed) for seed in (1, 2)),
        *((THREE_PEOPLE, seed) for seed in (2, 10, 11)),
    ],
)
def test_few_people_have_the_best_weeks_their_rest_allows(site: Site, seed: int) -> None:
    """Every choice of weeks is tried; the roster costs what the best one does, keeps all days, and is called optimal."""
    need = site.need(seed)
    best, roster = site.best(need), site.planned(need)
    assert roster.left_out == 0
    assert roster.cost.total == pytest.approx(best)
    assert roster.bound <= best * (1 + 1e-6)
    assert roster.status == "optimal"


def test_a_week_planned_again_after_it_was_published_keeps_the_long_rest() -> None:
    """The need changes: every day is still worked, and the price of the changes left out, the best weeks are found."""
    config = TWO_DAYS.config()
    horizon = weeks.horizon_of(config)
    before = plan_week(config, horizon, weeks.requirement_of(horizon, phone=TWO_DAYS.need(3)), read_people(config))
    need = TWO_DAYS.need(1)
    required = weeks.requirement_of(horizon, phone=need)
    after = plan_week(config, horizon, required, replace(read_people(config), published=before.table))
    verify(config, required, after)
    assert after.left_out == 0
    assert after.status == "optimal"
    assert after.cost.total - after.cost.changes == pytest.approx(TWO_DAYS.best(need))


@pytest.mark.parametrize(("people", "apart"), [(FEW, True), (FEW + 1, False)])
def test_people_of_a_small_crew_only_have_columns_of_their_own(people: int, apart: bool) -> None:
    """A crew of one more than a few is searched by its counts."""
    site = replace(TWO_DAYS, people=people)
    config = site.config()
    horizon = weeks.horizon_of(config)
    required = weeks.requirement_of(horizon, phone=TWO_DAYS.need(1))
    program = build(assemble(config, horizon, required, read_people(config)))
    found = search_persons(program, solver())
    assert found is not None
    assert len(found.tours) == (people if apart else 0)
