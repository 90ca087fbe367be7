"""Checks of what targets are kept over: spans, floors, and targets over several channels together."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from configs.errors import nearest
from configs.notes import Note
from configs.schema.channels import DeferrableChannel
from configs.schema.targets import USUAL_FLOOR, DeferrableTarget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from configs.schema import Config, JointTarget

Found = tuple[str, str]


def target_faults(config: Config) -> Iterator[Found]:
    """Targets over several channels that cannot be counted, and settings of a target that would do nothing."""
    taken: dict[str, str] = {}
    for name, joint in (config.targets or {}).items():
        yield from _joint(config, name, joint, taken)
        for channel in joint.channels:
            taken.setdefault(channel, name)
    for channel in config.channels:
        yield from _alone(config, channel) if channel not in taken else _member(config, channel, taken[channel])


def _joint(config: Config, name: str, joint: JointTarget, taken: dict[str, str]) -> Iterator[Found]:
    """Faults of one target over several channels; `taken` holds the channels of those before it."""
    at, live = (
        f"targets.{name}",
        [key for key, one in config.channels.items() if not isinstance(one, DeferrableChannel)],
    )
    if name in config.channels:
        yield at, f'"{name}" is a channel already; give the target over several channels a name of its own'
    for channel, times in Counter(joint.channels).items():
        if channel not in config.channels:
            yield f"{at}.channels", f'"{channel}" is not a channel{nearest(channel, live)}'
        elif channel not in live:
            yield f"{at}.channels", f'"{channel}" is deferrable and has a target of its own; name live channels only'
        elif channel in taken:
            words = f'"{channel}" is in targets.{taken[channel]} already; a channel counts in one target'
            yield f"{at}.channels", f"{words}, so take it out of one of them"
        if times > 1:
            yield f"{at}.channels", f'"{channel}" is named {times} times; name each channel once'
    for channel in joint.weights or {}:
        if channel not in joint.channels:
            words = f'"{channel}" is not one of its channels{nearest(channel, list(joint.channels))}'
            yield f"{at}.weights", f"{words}; weigh only channels that {at}.channels names"


def _alone(config: Config, channel: str) -> Iterator[Found]:
    """Settings for days and weeks in a target that every interval has to keep."""
    target = config.channels[channel].target
    if target.over != "interval":
        return
    for name in ("sure", "floor"):
        value = getattr(target, name, None)
        if value is not None:
            words = f'{value:g} is for a target over a day or a week; add over = "day", or leave {name} out'
            yield f"channels.{channel}.target.{name}", words


def _member(config: Config, channel: str, name: str) -> Iterator[Found]:
    """Settings of a channel's own target that contradict the one over several channels."""
    target, joint = config.channels[channel].target, (config.targets or {})[name]
    at = f"channels.{channel}.target"
    if isinstance(target, DeferrableTarget):
        return
    if "over" in target.model_fields_set and target.over != joint.over:
        words = f'"{target.over}" contradicts targets.{name}.over = "{joint.over}", which the channel is part of'
        yield f"{at}.over", f"{words}; leave it out"
    if target.sure is not None:
        yield f"{at}.sure", f"{target.sure:g} is not used, because the channel is part of targets.{name}; set it there"
    if joint.over == "week" and not target.floor:
        words = f"is needed, because targets.{name} counts over the week and nights could go unanswered"
        yield f"{at}.floor", f"{words}; add the least share of any interval, such as floor = {USUAL_FLOOR:g}"


def target_notes(config: Config) -> Iterator[Note]:
    """Settings that are allowed and change less than they seem to."""
    for name, channel in config.channels.items():
        target = channel.target
        if isinstance(target, DeferrableTarget) and target.over != "interval" and target.share == 1:
            words = f'share is 1, so all the work must be in time and over = "{target.over}" does not change the roster'
            yield Note(f"channels.{name}.target", f"{words}; a share below 1 lets the roster choose what is in time")
    spans = [name for name in config.channels if _counts_absence_itself(config, name)]
    if config.staffing.enough_with is not None and spans:
        words = f"is not used for {', '.join(spans)}: a target over a day or a week counts absence in its service"
        yield Note("staffing.enough_with", f"{words}; raise sure to be safer there")


def _counts_absence_itself(config: Config, channel: str) -> bool:
    return not isinstance(config.channels[channel], DeferrableChannel) and config.span_of(channel) != "interval"
