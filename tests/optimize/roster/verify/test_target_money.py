"""The verifier adds up what targets over a day or a week lack."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimize.roster.result import Roster
from optimize.roster.verify import recount
from tests.optimize.roster import service_weeks, weeks

CONFIG = service_weeks.config_of()


@pytest.fixture(scope="module")
def planned() -> tuple[object, Roster]:
    """A centre with too few people, so that targets lack contacts."""
    horizon, who = weeks.horizon_of(CONFIG), service_weeks.people()
    requirement = service_weeks.requirement_of(CONFIG, horizon, who)
    return requirement, service_weeks.planned(CONFIG, horizon, requirement, who)


def test_a_roster_that_lacks_contacts_recounts(planned) -> None:
    """Its penalty is price by missing contacts, and is part of the total."""
    requirement, roster = planned
    assert recount(CONFIG, requirement, roster).wrong == ()
    lacking = sum(each.price * (each.needed - each.reached) for each in roster.targets)
    assert roster.cost.targets == pytest.approx(lacking)
    assert roster.cost.total == pytest.approx(roster.cost.wages + roster.cost.shortage + lacking)


@pytest.mark.parametrize("forgotten", [True, False], ids=["without staircases", "with staircases"])
def test_a_wrong_penalty_is_found(planned, forgotten: bool) -> None:
    """100 too little, also where the staircases are not known any more."""
    requirement, roster = planned
    wrong = replace(roster, cost=replace(roster.cost, targets=roster.cost.targets - 100.0))
    wrong = replace(wrong, service=None) if forgotten else wrong
    found = [fault.sentence for fault in recount(CONFIG, requirement, wrong).wrong if "targets" in fault.sentence]
    assert len(found) == 1
    assert f"the recount says {roster.cost.targets:.2f}" in found[0]


def test_contacts_that_were_not_gained_are_found(planned) -> None:
    """Three contacts in time more than the staircases give on Monday."""
    requirement, roster = planned
    first, *others = roster.targets
    told = replace(first, reached=first.reached + 3.0)
    saved = 3.0 * first.price
    cost = replace(roster.cost, targets=roster.cost.targets - saved)
    found = recount(CONFIG, requirement, replace(roster, targets=(told, *others), cost=cost)).wrong
    assert [fault.where for fault in found if fault.where.startswith("targets")] == ["targets sales"]
