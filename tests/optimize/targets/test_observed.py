"""The value of a target in simulated weeks, counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from configs.schema import Config
from optimize.roster.inputs.service import TargetRow
from optimize.simulation.at_once.seen import Seen
from optimize.staffing.requirement.staircase import Staircase
from optimize.targets.observed import value_of
from tests.optimize.targets import centres

VOICE = {"voice": {"channels": ["phone", "video"], "share": 0.8, "over": "week", "weights": {"video": 3.0}}}


def config_of(**tables) -> Config:
    target = centres.IN_JOINT if "targets" in tables else centres.TARGET
    phone = centres.PHONE | {"target": target}
    return centres.config_of({"phone": phone, "video": phone}, 3, **tables)


CONFIG = config_of()
HORIZON = centres.horizon_of(CONFIG)


def at(*values: float, hours: tuple[int, ...] = (9, 10, 33)) -> np.ndarray:
    """Values in the hours from 9 and 10 on Monday and from 9 on Tuesday."""
    found = np.zeros(HORIZON.size)
    found[list(hours)] = values
    return found


def stair(name: str) -> Staircase:
    return Staircase(name, (name,), at(10.0, 10.0, 10.0), {}, {})


STAIRS = {name: stair(name) for name in ("phone", "video")}


def seen_of(good, counted, offered=None, left=None, wait_s=None) -> Seen:
    """Two weeks by hand; a row of three hours each."""

    def weeks(rows) -> np.ndarray:
        return np.zeros((2, HORIZON.size)) if rows is None else np.stack([at(*row) for row in rows])

    nothing = np.zeros((2, HORIZON.size))
    came = weeks(counted if offered is None else offered)
    return Seen(weeks(good), weeks(counted), came, weeks(left), weeks(wait_s), nothing, nothing)


SEEN = {
    "phone": seen_of(
        good=[(6, 8, 1), (4, 0, 0)],
        counted=[(10, 10, 2), (10, 10, 0)],
        offered=[(12, 11, 2), (20, 10, 0)],
        left=[(3, 1, 0), (9, 1, 0)],
        wait_s=[(120, 110, 10), (600, 300, 0)],
    ),
    "video": seen_of(good=[(2, 2, 2), (0, 0, 3)], counted=[(4, 2, 2), (2, 2, 4)]),
}


def row(target: str, measure: str, day: int | None) -> TargetRow:
    return TargetRow(target, measure, day, {}, 0.0, 1.0, 1.0)  # type: ignore[arg-type]


def test_a_share_over_a_day_is_of_the_contacts_that_count() -> None:
    """Fourteen of the twenty customers of Monday, then four; calls again of the same customers are not counted."""
    assert value_of(CONFIG, HORIZON, row("phone", "share", 0), STAIRS, SEEN).tolist() == [14 / 20, 4 / 20]


def test_a_day_without_contacts_has_no_value() -> None:
    """Nobody calls on Tuesday of the second week."""
    first, second = value_of(CONFIG, HORIZON, row("phone", "share", 1), STAIRS, SEEN)
    assert first == 0.5
    assert np.isnan(second)


def test_those_who_stay_and_waits_are_of_all_attempts() -> None:
    """Monday of the first week: 19 of 23 attempts stay, who wait ten seconds each; the second week 20 of 30, thirty."""
    kept = value_of(CONFIG, HORIZON, row("phone", "kept", 0), STAIRS, SEEN)
    assert kept == pytest.approx([19 / 23, 20 / 30])
    assert value_of(CONFIG, HORIZON, row("phone", "asa", 0), STAIRS, SEEN).tolist() == [-10.0, -30.0]


def test_a_joint_target_counts_contacts_by_their_weights() -> None:
    """Over the week 15 of 22 at the phone and, three times each, 6 of 8 at video; then 4 of 20 and 3 of 8."""
    joint = config_of(targets=VOICE)
    found = value_of(joint, HORIZON, row("voice", "share", None), STAIRS, SEEN)
    assert found == pytest.approx([(15 + 18) / (22 + 24), (4 + 9) / (20 + 24)])


def test_a_joint_target_over_a_day_takes_the_channels_that_are_open() -> None:
    """On a day on which video expects nobody the value is that of the phone."""
    voice = {"voice": VOICE["voice"] | {"over": "day"}}
    stairs = STAIRS | {"video": Staircase("video", ("video",), at(10.0, 10.0, 0.0), {}, {})}
    found = value_of(config_of(targets=voice), HORIZON, row("voice", "share", 1), stairs, SEEN)
    assert found[0] == 0.5


def test_times_to_reply_are_of_messages() -> None:
    """Sixty seconds for three messages; a channel without messages is refused."""
    phone = SEEN["phone"]
    messages = np.stack([at(2, 1, 0), at(1, 0, 0)])
    chat = Seen(*(getattr(phone, name) for name in ("good", "counted", "offered", "left", "wait_s", "busy_s", "there_s")),
                response_s=30.0 * messages, messages=messages)  # fmt: skip
    assert value_of(CONFIG, HORIZON, row("phone", "response", 0), STAIRS, {"phone": chat}).tolist() == [-30.0, -30.0]
    with pytest.raises(ValueError, match="no messages"):
        value_of(CONFIG, HORIZON, row("phone", "response", 0), STAIRS, SEEN)
