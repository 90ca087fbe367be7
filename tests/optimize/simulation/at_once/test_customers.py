"""Customers and people of many weeks: their laws, and what stays when the staff changes."""

from __future__ import annotations

import numpy as np
import pytest

from optimize.simulation import Draws
from optimize.simulation.at_once.customers import Demand, draw_customers
from optimize.simulation.at_once.people import people_present, places_of
from optimize.simulation.draws import ABSENCE

DAY = np.repeat([0, 1], 24)


def demand(**changes) -> Demand:
    """Two days of 24 hours: 10 contacts an hour, none at night."""
    volume = np.tile(np.r_[np.zeros(8), np.full(16, 10.0)], 2)
    usual = {"volume": volume, "aht_s": np.full(48, 200.0), "day": DAY, "day_cv": np.zeros(2)}
    return Demand(3600.0, **(usual | changes))


def test_contacts_are_poisson_in_every_interval() -> None:
    """Mean and variance of the number of contacts in an open hour are 10, and none comes at night."""
    customers = draw_customers(demand(), Draws(1, "a"), 800)
    count = customers.summed(np.ones(customers.at.shape))
    assert count[:, :8].sum() == 0.0
    hour = count[:, 8:24]
    assert hour.mean() == pytest.approx(10.0, abs=0.12)
    assert hour.var() == pytest.approx(10.0, rel=0.06)
    assert np.corrcoef(hour[:, 3], hour[:, 4])[0, 1] == pytest.approx(0.0, abs=0.12)
    finite = np.isfinite(customers.at)
    assert (customers.at[:, 1:] >= customers.at[:, :-1]).all()
    assert (customers.at[finite] // 3600.0 == customers.interval[finite]).all()
    assert (customers.interval[~finite] == 48).all()


@pytest.mark.parametrize(("cv", "spread"), [(0.0, 0.0), (1.0, 1.0), (0.5, 0.5)])
def test_handle_times_have_their_mean_and_spread(cv, spread) -> None:
    """Mean 200 s; constant, exponential and lognormal."""
    customers = draw_customers(demand(service_cv=cv), Draws(1, "a"), 200)
    lengths = customers.service_s[np.isfinite(customers.at)].astype(float)
    assert lengths.mean() == pytest.approx(200.0, rel=0.01)
    assert lengths.std() / lengths.mean() == pytest.approx(spread, abs=0.01)


def test_a_day_is_busier_as_a_whole() -> None:
    """A day with a coefficient of variation of 0.2: the factor is one for the day, with mean 1 and that spread."""
    customers = draw_customers(demand(day_cv=np.array([0.2, 0.0])), Draws(1, "a"), 2000)
    factor = customers.volume[:, 8:24] / 10.0
    assert np.allclose(factor, factor[:, :1])
    assert factor[:, 0].mean() == pytest.approx(1.0, abs=0.02)
    assert factor[:, 0].std() == pytest.approx(0.2, abs=0.02)
    assert (customers.volume[:, 32:] == 10.0).all()


def test_a_busier_forecast_brings_the_same_customers_sooner() -> None:
    """The k-th contact comes no later when five in a hundred more are expected."""
    usual, more = (
        draw_customers(demand(), Draws(1, "a"), 20),
        draw_customers(demand(volume=demand().volume * 1.05), Draws(1, "a"), 20),
    )
    came = np.isfinite(usual.at)
    width = usual.at.shape[1]
    assert (more.at[:, :width] <= usual.at + 1e-6)[came].all()
    assert (more.service_s[:, :width] == usual.service_s)[came].all()


def test_a_week_is_the_same_however_many_are_drawn() -> None:
    """The first three of eight weeks are the three weeks drawn alone."""
    three, eight = (draw_customers(demand(patience_s=60.0), Draws(1, "a"), weeks) for weeks in (3, 8))
    came = np.isfinite(three.at)
    for name in ("at", "service_s", "patience_s"):
        mine, theirs = getattr(three, name), getattr(eight, name)[:3, : three.at.shape[1]]
        assert (mine == theirs)[came].all()


def test_absence_takes_its_share_for_whole_days() -> None:
    """Ten rostered, one in ten absent: nine come on average, the same number all day, another the next day."""
    come = people_present(Draws(1, "a"), ABSENCE, np.full(48, 10.0), DAY, 0.1, 2000)
    assert come.shape == (2000, 48)
    assert come.mean() == pytest.approx(9.0, abs=0.05)
    assert come[:, 0].var() == pytest.approx(0.9, abs=0.1)
    assert (come[:, :24] == come[:, :1]).all()
    assert np.corrcoef(come[:, 0], come[:, 30])[0, 1] == pytest.approx(0.0, abs=0.08)


def test_one_more_person_changes_nobody_else() -> None:
    """With an eleventh person either the same number comes or one more."""
    ten, eleven = (people_present(Draws(1, "a"), ABSENCE, np.full(48, n), DAY, 0.1, 300) for n in (10.0, 11.0))
    assert set(np.unique(eleven - ten)) == {0, 1}


def test_a_part_of_a_person_is_there_that_part_of_the_time() -> None:
    """2.3 people: two always, a third in three intervals of ten."""
    come = people_present(Draws(1, "a"), ABSENCE, np.full(48, 2.3), DAY, 0.0, 500)
    assert set(np.unique(come)) == {2, 3}
    assert come.mean() == pytest.approx(2.3, abs=0.01)


def test_places_open_and_close_with_the_people_there() -> None:
    """Two, one, none, two people by the hour: by hand when each place empties and when it is filled again."""
    places = places_of([np.array([[2, 1, 0, 2]])], 3600.0)
    assert places.opens_s.T.tolist() == [[0, 0, 3 * 3600, 0], [0, 3 * 3600, 3 * 3600, 0]]
    assert places.until_s.T.tolist() == [[7200, 7200, 0, np.inf], [3600, 0, 0, np.inf]]
