"""What a service target is kept over, in words: each day or the week, how surely, and the least of any interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.schema import DeferrableChannel
from reports.english.units import listed, percent

if TYPE_CHECKING:
    from configs.schema import Config


def kept_over(config: Config, channel: str) -> str:
    """Write the span of the target in force: ``over each day, in 90% of days; at least 50% in every interval``.

    Empty where each interval meets the target by itself.
    """
    over, joint = config.span_of(channel), config.joint_of(channel)
    if over == "interval":
        return ""
    words = "over each day, in {} of days" if over == "day" else "over the week, in {} of weeks"
    words = words.format(percent(config.sure_of(channel)))
    if joint is not None and config.targets is not None:
        target = config.targets[joint]
        others = [each for each in target.channels if each != channel]
        words = f"{percent(target.share)} together with {listed(others)} {words}"
    if isinstance(config.channels[channel], DeferrableChannel):
        return words
    return f"{words}; at least {percent(config.least_of(channel))} in every interval"
