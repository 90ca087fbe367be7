"""What a target is kept over, and how surely: the channel's own settings, or those of a target over several."""

from __future__ import annotations

from typing import Any

import pytest

from configs.errors import ConfigError
from configs.loader import build, load
from configs.schema import Config
from configs.target_checks import target_notes

JOINT = {"targets": {"voice": {"channels": ["phone", "video"], "over": "week", "sure": 0.8}}}


def demo(changes: dict[str, Any] | None = None, **targets: dict[str, Any]) -> Config:
    """Return the demo, its targets over every interval, with more keys in them and other tables."""
    raw = {**load("demo").raw, **(changes or {})}
    own = {name: {**channel, "target": _plain(channel["target"])} for name, channel in raw["channels"].items()}
    for name, more in targets.items():
        own[name]["target"] |= more
    return build({**raw, "channels": own})


def _plain(target: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in target.items() if key != "over"}


def test_a_channel_is_judged_by_its_own_span_where_no_other_target_has_it() -> None:
    """The span and the probability are those of the channel's target; without settings, every interval and 0.9."""
    config = demo(phone={"over": "interval"}, video={"over": "week", "floor": 0.5, "sure": 0.95})
    assert [config.joint_of("phone"), config.span_of("phone")] == [None, "interval"]
    assert [config.span_of("video"), config.sure_of("video")] == ["week", 0.95]
    assert demo(chat={"over": "day"}).sure_of("chat") == 0.9


def test_a_channel_of_a_joint_target_takes_its_span() -> None:
    """Span and probability come from the target over several channels; those outside it keep their own."""
    config = demo(JOINT, phone={"floor": 0.5}, video={"floor": 0.5}, chat={"over": "day"})
    assert [config.joint_of(name) for name in ("phone", "video", "chat")] == ["voice", "voice", None]
    assert [config.span_of(name) for name in ("phone", "video", "chat")] == ["week", "week", "day"]
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
    assert [config.span_of("email"), config.sure_of("email")] == ["day", 0.95]


def test_a_channel_that_is_not_there_has_no_span() -> None:
    """The name of a channel is never guessed."""
    with pytest.raises(KeyError):
        demo().span_of("fax")


def told(changes: dict[str, Any] | None = None, **targets: dict[str, Any]) -> list[str]:
    """Return the faults of a changed demo."""
    with pytest.raises(ConfigError) as error:
        demo(changes, **targets)
    return [str(fault).removeprefix("config: ") for fault in error.value.faults]


def joint(**settings: object) -> dict[str, Any]:
    """Return one target over phone and video, changed."""
    return {"targets": {"voice": {"channels": ["phone", "video"], **settings}}}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            joint(channels=["phone", "vidio"]),
            'targets.voice.channels: "vidio" is not a channel; did you mean "video"?',
        ),
        (
            joint(channels=["phone", "email"]),
            'targets.voice.channels: "email" is deferrable and has a target of its own; name live channels only',
        ),
        (
            joint(channels=["phone", "phone"]),
            'targets.voice.channels: "phone" is named 2 times; name each channel once',
        ),
        (
            joint(channels=["phone"]),
            "targets.voice.channels: names 1 channel; name two or more, or set over in the target of the channel itself",
        ),
        (
            joint(channels=[]),
            "targets.voice.channels: names no channels; name two or more, or set over in the target of the channel itself",
        ),
        (
            joint(over="interval"),
            'targets.voice.over: a target over channels together is one over "day" or "week"',
        ),
        (
            joint(weights={"phone": 1.0, "chat": 2.0}),
            (
                'targets.voice.weights: "chat" is not one of its channels; weigh only channels that targets.voice.channels '
                "names"
            ),
        ),
        (
            {"targets": {"phone": {"channels": ["video", "chat"]}}},
            'targets.phone: "phone" is a channel already; give the target over several channels a name of its own',
        ),
        (
            {"targets": {"voice": {"channels": ["phone", "video"]}, "eyes": {"channels": ["video", "chat"]}}},
            (
                'targets.eyes.channels: "video" is in targets.voice already; a channel counts in one target, '
                "so take it out of one of them"
            ),
        ),
    ],
)
def test_a_target_over_several_channels_that_cannot_be_counted_is_refused(changes: dict[str, Any], words: str) -> None:
    """Key, value and remedy, and no other fault beside it."""
    assert told(changes) == [words]


def test_channels_of_a_joint_target_agree_with_it() -> None:
    """Their own span equals its span, how surely is said there, and a week asks each of them for a floor."""
    assert told(joint(), phone={"over": "interval"}) == [
        (
            'channels.phone.target.over: "interval" contradicts targets.voice.over = "day", which the channel is part of; '
            "leave it out"
        )
    ]
    assert told(joint(), phone={"over": "day", "sure": 0.8}) == [
        "channels.phone.target.sure: 0.8 is not used, because the channel is part of targets.voice; set it there"
    ]
    assert told(joint(over="week"), phone={"floor": 0.5}) == [
        (
            "channels.video.target.floor: is needed, because targets.voice counts over the week and nights could go "
            "unanswered; add the least share of any interval, such as floor = 0.5"
        )
    ]
    assert demo(joint(), phone={"over": "day"}, video={"floor": 0.4}).least_of("video") == 0.4


@pytest.mark.parametrize(("channel", "key"), [("phone", "sure"), ("phone", "floor"), ("email", "sure")])
def test_an_interval_has_no_probability_and_no_floor(channel: str, key: str) -> None:
    """Settings of a day or a week are refused where every interval keeps its target, for deferrable work too."""
    assert told(**{channel: {key: 0.6}}) == [
        f'channels.{channel}.target.{key}: 0.6 is for a target over a day or a week; add over = "day", or leave {key} out'
    ]


def test_a_share_of_one_with_a_span_is_noticed() -> None:
    """All the work is in time over any span; below 1 there is nothing to notice."""
    assert [str(note) for note in target_notes(demo(email={"over": "week"}))] == [
        (
            'channels.email.target: share is 1, so all the work must be in time and over = "week" does not change the '
            "roster; a share below 1 lets the roster choose what is in time"
        )
    ]
    assert not list(target_notes(demo(email={"over": "week", "share": 0.9})))
    assert not list(target_notes(demo()))


def test_enough_people_for_absence_is_noticed_where_a_span_counts_absence() -> None:
    """Channels kept by interval use the setting; those over a day or a week do not."""
    staffing = {"staffing": {**load("demo").raw["staffing"], "enough_with": 0.9}}
    assert not list(target_notes(demo(staffing)))
    assert [str(note) for note in target_notes(demo({**staffing, **joint()}, chat={"over": "day"}))] == [
        (
            "staffing.enough_with: is not used for phone, video, chat: a target over a day or a week counts absence in its "
            "service; raise sure to be safer there"
        )
    ]


def test_a_plan_over_a_day_needs_neither_rounds_nor_a_simulation() -> None:
    """No rounds trust the formulas; `simulation.replications` is that of the finished roster, the loop has its own."""
    config = demo({"staffing": {"loop": {"rounds": 0}}, "simulation": {"replications": 0}}, phone={"over": "day"})
    assert [config.staffing.loop.rounds, config.staffing.loop.replications, config.simulation.replications] == [
        0,
        300,
        0,
    ]
