"""A tiny week whose two channels are one team with targets over days and over the week, written by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.inputs.assemble import assemble
from optimize.roster.inputs.service import Gain, Ladder, ServiceModel, TargetRow
from tests.optimize.roster import weeks

if TYPE_CHECKING:
    from configs.horizon import Horizon
    from optimize.roster.inputs.week import Week

CONTRACTS = {
    "day": {
        "days_per_week": 1, "cost_per_hour": 10,
        "shifts": [{"length": "2h", "start": "08:00-10:00", "step": "2h", "days": ["mon", "tue"]}],
    },
}  # fmt: skip
CHANNELS = {"phone": {"kind": "synchronous"}, "video": {"kind": "synchronous"}}
STEPS = np.array([4.0, 2.0, 0.5])
"""Contacts in time that the first, second and third person beyond the floors bring in an hour."""


def gain_of(horizon: Horizon, day: int | None, at_floor: float, scale: float) -> Gain:
    """Gain in the hours from 8 to 10 on Monday and Tuesday, or on one of them."""
    inside = weeks.hours_between(horizon, 8, 10) * (horizon.day < 2)
    if day is not None:
        inside *= horizon.day == day
    return Gain(at_floor * inside, scale * inside[:, None] * STEPS)


def service_of(horizon: Horizon) -> ServiceModel:
    """Phone over Monday and over Tuesday, video over the week; all are served by one team of both channels."""
    rows = (
        TargetRow("phone", "share", 0, {0: gain_of(horizon, 0, 3.0, 1.0)}, 11.0, 20.0, 50.0),
        TargetRow("phone", "share", 1, {0: gain_of(horizon, 1, 3.0, 1.0)}, 9.0, 20.0, 50.0),
        TargetRow("video", "share", None, {0: gain_of(horizon, None, 1.0, 0.5)}, 8.0, 10.0, 25.0),
    )
    steps = 3 * (weeks.hours_between(horizon, 8, 10) * (horizon.day < 2)).astype(np.int64)
    return ServiceModel((Ladder((0, 1), weeks.hours_between(horizon, 8, 10) * (horizon.day < 2), steps),), rows)


def weighed(service: ServiceModel) -> ServiceModel:
    """The same, but video counts those who can serve it for 1.5 and others for a half, and each for 3 at most."""
    (alike,) = service.ladders
    able = replace(alike, channel=1, others=0.5, own=1.5, most=np.full(alike.floor.size, 3.0))
    *phone, video = service.rows
    return ServiceModel((alike, able), (*phone, replace(video, gain={1: video.gain[0]})))


def served_week() -> Week:
    """Five people; one at the phone from 8 to 10 on Monday and Tuesday as a floor, none at video."""
    config = weeks.config_of(channels=CHANNELS, contracts=CONTRACTS, roster={"agents": "x", "gap": 0.0})
    horizon = weeks.horizon_of(config)
    floor = weeks.hours_between(horizon, 8, 10) * (horizon.day < 2)
    need = weeks.requirement_of(horizon, phone=floor, video=0)
    skills = ["phone", "phone", "video", "phone;video", "phone;video"]
    people = weeks.people_of([(agent, "day", known) for agent, known in zip("abcde", skills, strict=True)])
    return replace(assemble(config, horizon, need, people), service=service_of(horizon))
