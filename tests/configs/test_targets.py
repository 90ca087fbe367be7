"""What a target is kept over, and how surely: the channel's own settings, or those of a target over several."""

from __future__ import annotations

from typing import Any

import pytest

from configs.loader import build, load
from configs.schema import Config

JOINT = {"targets": {"voice": {"channels": ["phone", "video"], "over": "week", "sure": 0.8}}}


def demo(changes: dict[str, Any] | None = None, **targets: dict[str, Any]) -> Config:
    """Return the demo with more keys in the targets of its channels, and other tables beside them."""
    raw = {**load("demo").raw, **(changes or {})}
    own = {name: {**channel, "target": dict(channel["target"])} for name, channel in raw["channels"].items()}
    for name, more in targets.items():
        own[name]["target"] |= more
    return build({**raw, "channels": own})


def test_a_channel_is_judged_by_its_own_span_where_no_other_target_has_it() -> None:
    """The span and the probability are those of the channel's target; without settings, every interval and 0.9."""
    config = demo(phone={"over": "interval"}, video={"over": "week", "floor": 0.5, "sure": 0.95})
    assert [config.joint_of("phone"), config.spans_of("phone")] == [None, "interval"]
    assert [config.spans_of("video"), config.sure_of("video")] == ["week", 0.95]
    assert demo(chat={"over": "day"}).sure_of("chat") == 0.9


def test_a_channel_of_a_joint_target_takes_its_span() -> None:
    """Span and probability come from the target over several channels; those outside it keep their own."""
    config = demo(JOINT, chat={"over": "day"})
    assert [config.joint_of(name) for name in ("phone", "video", "chat")] == ["voice", "voice", None]
    assert [config.spans_of(name) for name in ("phone", "video", "chat")] == ["week", "week", "day"]
    assert [config.sure_of(name) for name in ("phone", "video", "chat")] == [0.8, 0.8, 0.9]


def test_the_least_of_an_interval_is_the_share_or_the_floor() -> None:
    """Interval by interval it is the share; over a day half, or the floor; in a joint target the floor still holds."""
    config = demo(
        JOINT, phone={"over": "week", "floor": 0.6}, video={"over": "week", "floor": 0.4}, chat={"over": "day"}
    )
    assert [config.least_of(name) for name in ("phone", "video", "chat", "messaging")] == [0.6, 0.4, 0.5, 0.8]
    with pytest.raises(KeyError, match="has a deadline"):
        config.least_of("email")


def test_deferrable_work_has_a_span_too() -> None:
    """E-mail may count its share over the day."""
    config = demo(email={"share": 0.9, "over": "day", "sure": 0.95})
    assert [config.spans_of("email"), config.sure_of("email")] == ["day", 0.95]


def test_a_channel_that_is_not_there_has_no_span() -> None:
    """The name of a channel is never guessed."""
    with pytest.raises(KeyError):
        demo().spans_of("fax")
