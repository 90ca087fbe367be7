"""Plans of one week at several levels of service, from which the frontier of each channel is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.errors import ConfigError, Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from configs.horizon import Horizon
    from configs.schema import Config
    from forecast.result import Forecast
    from optimize.roster.inputs.people import People
    from optimize.targets.frontier_points import Frontier

    Tell = Callable[[str, float | None], None]


def frontier(
    config: Config, horizon: Horizon, made: Forecast, people: People, channels: Sequence[str], tell: Tell
) -> tuple[Frontier, ...]:
    """Plan the week at several levels of service of each channel, one channel at a time.

    Raises
    ------
    ConfigError
        Always: the plans cannot be made yet.
    """
    del config, horizon, made, people, channels, tell
    raise ConfigError(Fault("frontier", "plans at several levels of service cannot be made yet"))
