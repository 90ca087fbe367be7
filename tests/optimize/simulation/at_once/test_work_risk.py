"""How surely a centre's deferrable work is in time: people enough or none, by day or week, against the weeks themselves."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from configs.horizon import Horizon
from configs.loader import build
from optimize.simulation.at_once import centre as module
from optimize.simulation.at_once.centre import Centre
from optimize.simulation.at_once.staffing import Staffing
from optimize.staffing import staff
from tests.optimize.staffing.conftest import RAW

WEEKS = 30
HORIZON = Horizon(pd.Timestamp("2026-11-30").date(), 7, 30, "Europe/London")


def centre_of(weeks: int = WEEKS, **target: Any) -> Centre:
    """Ten e-mails of six minutes every half hour round the clock: an hour of work each half hour, two people's."""
    email = RAW["channels"]["email"]
    email = email | {"target": email["target"] | target}
    config = build(RAW | {"channels": RAW["channels"] | {"email": email}})
    frames = [
        pd.DataFrame({"channel": name, "start": HORIZON.starts, "volume": volume, "aht_s": aht_s})
        for name, volume, aht_s in (("phone", 10.0, 180.0), ("chat", 5.0, 240.0), ("email", 10.0, 360.0))
    ]
    forecast = pd.concat(frames, ignore_index=True)
    need = staff(config, forecast, HORIZON).table
    return Centre.of(config, forecast, need, HORIZON, replications=weeks, seed=1)


def people(centre: Centre, number: float) -> np.ndarray:
    """So many in the hours the work may be done in."""
    return number * centre.worked["email"]


def test_many_people_are_always_in_time_and_nobody_never() -> None:
    """With everybody there is no cushion to add; with nobody no factor on them helps."""
    centre = centre_of()
    many, none = (centre.work_risk("email", people(centre, number)) for number in (100.0, 0.0))
    assert np.nanmin(many.probability) == many.on_time == 1.0
    assert many.buffer == 1.0
    assert np.nanmax(none.probability) == none.on_time == 0.0
    assert none.buffer == np.inf
    assert many.judged == none.judged > 0
    assert many.weeks == WEEKS


def test_the_risk_is_counted_from_the_weeks_the_centre_sees() -> None:
    """Share of weeks whose contacts in time are enough, by the same customers as in `meet`."""
    centre = centre_of()
    few = people(centre, 8.0)
    ones = np.full(HORIZON.size, 9.0)
    seen = centre.meet(Staffing({}, {"phone": ones, "chat": ones, "email": few}))["email"]
    risk = centre.work_risk("email", few)
    share = centre.config.channels["email"].target.share
    good, counted = seen.good.sum(axis=1), seen.counted.sum(axis=1)
    assert risk.probability.tolist() == [(good >= share * counted - 1e-6).mean()]
    assert risk.on_time == pytest.approx(good.sum() / counted.sum())


@pytest.mark.parametrize(("over", "spans"), [("interval", 1), ("day", 7), ("week", 1)])
def test_spans_are_those_of_the_target(over, spans) -> None:
    """A target over the day has a probability for each day, one over the week or by interval one for the week."""
    centre = centre_of(over=over, share=0.9)
    assert centre.work_risk("email", people(centre, 8.0)).probability.shape == (spans,)


def test_more_people_are_surer() -> None:
    """The same customers meet more of them."""
    centre = centre_of(over="day", share=0.9)
    sure = [np.nanmin(centre.work_risk("email", people(centre, number)).probability) for number in (4.0, 8.0, 16.0)]
    assert sure == sorted(sure)
    assert sure[0] < sure[-1]


def test_people_outside_the_hours_of_the_work_do_nothing() -> None:
    """Fifty at night change no number."""
    centre = centre_of()
    inside = people(centre, 8.0)
    outside = np.where(centre.worked["email"], inside, 50.0)
    one, two = (centre.work_risk("email", who) for who in (inside, outside))
    assert not centre.worked["email"].all()
    assert one.probability.tolist() == two.probability.tolist()
    assert one.on_time == two.on_time


def test_work_open_at_the_start_comes_first() -> None:
    """Two hundred hours of it make the week later."""
    centre = centre_of()
    assert centre.work_risk("email", people(centre, 8.0), 200.0).on_time < (
        centre.work_risk("email", people(centre, 8.0)).on_time
    )


def test_the_first_weeks_are_enough(monkeypatch) -> None:
    """Of many replications those of the first block are looked at, and they are those of a smaller centre."""
    few = centre_of(weeks=10)
    small = few.work_risk("email", people(few, 8.0))
    monkeypatch.setattr(module, "BLOCK", 10)
    many = centre_of(weeks=25)
    assert many.work_risk("email", people(many, 8.0)).weeks == 10
    assert many.work_risk("email", people(many, 8.0)).on_time == small.on_time


def test_a_live_channel_has_no_deadline() -> None:
    """Calls are not work that waits."""
    centre = centre_of(weeks=2)
    with pytest.raises(TypeError, match="phone"):
        centre.work_risk("phone", people(centre, 1.0))
