"""What people are worth to targets: tiers by hand, and one person more or fewer at a time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optimize.roster.inputs.service import Present
from optimize.roster.inputs.week import Week
from optimize.roster.search.at_prices import DEARER
from optimize.roster.search.worth import WORTHS, with_worth
from tests.optimize.roster.served import STEPS, served_week, weighed

EIGHT, NOON = 8, 12
LEVELS = np.array(WORTHS) * 10 / 15
CUTS = np.sqrt(LEVELS * np.array([LEVELS[0] / 2, *LEVELS[:-1]]))


def present_of(week: Week, over: float, able: float) -> Present:
    """So many beyond the floors of the team, and so many of the team who can serve video."""
    return Present({0: np.full(week.size, over), 1: np.zeros(week.size)}, {1: np.full(week.size, able)})


def test_a_week_without_targets_is_left_as_it_is() -> None:
    """The same object comes back."""
    week = replace(served_week(), service=None)
    assert with_worth(week, Present({})) is week


def test_the_worth_of_people_is_the_price_of_what_they_bring() -> None:
    """At a wage of 10 each person worth at least a level of price is in its tier, floor and steps counted together.

    One more from 8 to 9 on Monday brings 4 contacts of phone and 2 of video, at 50 and 25 over the 1.2 that missed
    contacts are dearer by: (4 x 50 + 2 x 25) / 1.2 = 208.3 an hour; the second half of that, the third an eighth.
    """
    plain = served_week()
    tiers = with_worth(plain, present_of(plain, 0.0, 0.0)).tiers[0][: len(WORTHS)]
    assert np.cumsum([tier.extra for tier in tiers]) == pytest.approx(LEVELS)
    worth = (50.0 * STEPS + 25.0 * 0.5 * STEPS) / DEARER
    assert worth == pytest.approx([208.333, 104.167, 26.042], abs=1e-3)
    for tier, cut in zip(tiers, CUTS, strict=True):
        further = int((worth >= cut).sum())
        assert tier.level[EIGHT] == (1 + further if further else 0)
        assert tier.level[NOON] == 0


def money(week: Week, over: float, able: float) -> float:
    """What the targets gain from 8 to 9 on Monday, at what the relaxed week pays."""
    present = present_of(week, 0.0, 0.0)
    present.over[0][EIGHT], present.able[1][EIGHT] = over, able
    return sum(
        row.price / DEARER * got for row, got in zip(week.service.rows, week.service.reached(present), strict=True)
    )


@pytest.mark.parametrize(("over", "able"), [(1.0, 1.0), (2.0, 1.0), (1.0, 2.0), (0.0, 0.0)])
def test_tiers_count_one_person_more_at_a_time(over: float, able: float) -> None:
    """Of the team with as many able as in the relaxed week; of those able in a team as large as there.

    Somebody able counts for what anybody is worth and for taking the place of one who is not; where anybody is worth
    the price, only those able who are worth the next price that nobody else is.
    """
    week = served_week()
    week = replace(week, service=weighed(week.service))
    tiers = with_worth(week, present_of(week, over, able)).tiers
    anybody = np.array([money(week, more + 1.0, able) - money(week, float(more), able) for more in range(9)])
    usual = money(week, over + 1.0, able) - money(week, over, able)
    instead = np.array([money(week, over, more + 1.0) - money(week, over, float(more)) for more in range(9)])
    wanted = 0
    for k in reversed(range(len(WORTHS))):
        wanted = int((usual + instead >= CUTS[k] - 1e-9).sum()) if usual < CUTS[k] else wanted
        further = int((anybody >= CUTS[k] - 1e-9).sum())
        assert tiers[1][k].level[EIGHT] == wanted
        assert tiers[0][k].level[EIGHT] == max((1 + further if further else 0) - wanted, 0)


def test_every_channel_has_as_many_tiers() -> None:
    """Rounding reads them side by side, with the same price at each place."""
    week = served_week()
    tiers = with_worth(week, present_of(week, 0.0, 0.0)).tiers
    extras = {m: [tier.extra for tier in own] for m, own in tiers.items()}
    assert len(extras) == 2
    assert extras[0] == extras[1]
