"""Channels whose target is one over a day or a week, by themselves or together with others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.schema import DeferrableChannel
from configs.schema.targets import USUAL_FLOOR

if TYPE_CHECKING:
    from configs.schema import Config
    from configs.schema.targets import SpanTarget


def span_target(config: Config, name: str) -> SpanTarget | None:
    """The target over a day or a week that a live channel is planned for; None where every interval keeps its own.

    A target over channels together (``[targets.*]``) comes before that of the channel.
    """
    channel = config.channels[name]
    if isinstance(channel, DeferrableChannel):
        return None
    joint = next((each for each in (config.targets or {}).values() if name in each.channels), None)
    own = channel.target
    return joint or (None if own.over == "interval" else own)


def asked_share(config: Config, name: str) -> float:
    """Share in time that a live channel is planned for: of a target over channels together, else its own."""
    channel = config.channels[name]
    if isinstance(channel, DeferrableChannel):
        raise TypeError(name)
    joint = next((each for each in (config.targets or {}).values() if name in each.channels), None)
    return channel.target.share if joint is None else joint.share


def least_share(config: Config, name: str) -> float:
    """Least mean share in time of any interval of a live channel whose target is one over a day or a week.

    It is the floor of the channel's own target; where that is one by interval and a target over channels together
    replaces it, the usual floor.
    """
    channel = config.channels[name]
    if isinstance(channel, DeferrableChannel):
        raise TypeError(name)
    own = channel.target
    return min(USUAL_FLOOR, own.share) if own.over == "interval" else own.least
