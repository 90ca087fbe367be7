"""What a target is kept over, as the assumptions and `check` write it."""

from __future__ import annotations

from reports.english.targets import kept_over
from tests.configs.test_targets import demo


def test_the_span_of_a_target_is_written_with_its_probability_and_floor() -> None:
    """By interval there is nothing to add; deferrable work has no floor; a joint target names the other channels."""
    config = demo(
        {"targets": {"live": {"channels": ["chat", "messaging"], "share": 0.75, "sure": 0.8}}},
        phone={"over": "day"},
        video={"over": "week", "floor": 0.6, "sure": 0.95},
        email={"over": "day", "share": 0.9},
        chat={"floor": 0.4},
    )
    assert {name: kept_over(config, name) for name in config.channels} == {
        "phone": "over each day, in 90% of days; at least 50% in every interval",
        "video": "over the week, in 95% of weeks; at least 60% in every interval",
        "chat": "75% together with messaging over each day, in 80% of days; at least 40% in every interval",
        "messaging": "75% together with chat over each day, in 80% of days; at least 50% in every interval",
        "email": "over each day, in 90% of days",
    }
    assert not any(kept_over(demo(), name) for name in demo().channels)
