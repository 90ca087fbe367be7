"""Deferrable work in the loop: its cushion from round to round, and what the rounds tell of it."""

from __future__ import annotations

import numpy as np
import pytest

from configs.schema import Config
from optimize.simulation.at_once.backlog import WorkRisk
from optimize.targets.deferrable_work import LARGEST, cushions, kept_work
from tests.optimize.targets import centres


def config_of(sure: float = 0.9) -> Config:
    target = {"share": 0.9, "within": "1d", "over": "day", "sure": sure}
    return centres.config_of({"phone": centres.PHONE, "email": {"kind": "deferrable", "target": target}}, 3)


def risk(*probability: float, buffer: float = 1.0) -> dict[str, WorkRisk]:
    return {"email": WorkRisk(np.array(probability), buffer, 0.93, 120.0, 40)}


def test_work_that_is_sure_enough_keeps_its_hours() -> None:
    """Nine in ten on the worst day is what is asked; a day on which nothing falls due says nothing."""
    assert cushions(config_of(), risk(0.9, 1.0, np.nan, buffer=1.3), {}) == {}
    assert cushions(config_of(), risk(0.95), {"email": 1.04}) == {"email": 1.04}


def test_work_that_is_late_gets_the_cushion_that_makes_it_sure() -> None:
    """By the factor the simulated weeks ask for, on top of the one before."""
    assert cushions(config_of(), risk(0.7, 1.0, buffer=1.05), {}) == {"email": 1.05}
    assert cushions(config_of(), risk(0.7, buffer=1.05), {"email": 1.06})["email"] == pytest.approx(1.05 * 1.06)


@pytest.mark.parametrize("buffer", [2.0, np.inf])
def test_a_cushion_has_a_largest_size(buffer) -> None:
    """Where even that is too little, hours are not the cure."""
    assert cushions(config_of(), risk(0.1, buffer=buffer), {"email": 1.1}) == {"email": LARGEST}


def test_the_probability_asked_for_is_that_of_the_channel() -> None:
    """0.85 is enough for 0.8 and too little for 0.9."""
    assert cushions(config_of(0.8), risk(0.85, buffer=1.1), {}) == {}
    assert cushions(config_of(0.9), risk(0.85, buffer=1.1), {}) == {"email": 1.1}


def test_a_cushion_before_stays_as_it_was() -> None:
    """What the round before took is not changed in place."""
    before = {"email": 1.02}
    cushions(config_of(), risk(0.5, buffer=1.1), before)
    assert before == {"email": 1.02}


def test_the_rounds_tell_of_the_least_sure_day() -> None:
    """One row for the channel: the share asked for, that in time, and the least probability."""
    (kept,) = kept_work(config_of(), risk(0.95, 0.7, np.nan))
    assert (kept.target, kept.measure, kept.day) == ("email", "share", None)
    assert (kept.asked, kept.seen, kept.probability) == (0.9, 0.93, 0.7)
