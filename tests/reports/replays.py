"""A replay made by hand for a finished week, and the week with it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from optimize.simulation.result import ChannelService, Replay, TargetProbability

NAN = float("nan")


def with_replay(run, probabilities=None, points=-0.01):
    """Return the run replayed: the service of the coverage moved by `points`, give or take 4 points.

    `probabilities` of keeping the promise by channel; the rest are 0.97. Work that may wait has a cushion of 6 hours
    where its probability is below 0.9.
    """
    coverage = run.roster.coverage
    level = np.clip(coverage["service_level"] + points, 0.0, 1.0)
    table = pd.DataFrame(
        {
            "channel": coverage["channel"], "start": coverage["start"], "service_level": level,
            "sl_low": np.clip(level - 0.04, 0.0, 1.0), "sl_high": np.clip(level + 0.04, 0.0, 1.0),
            "abandonment": coverage["abandonment"], "asa_s": 9.0, "occupancy": coverage["occupancy"],
        }
    )  # fmt: skip
    services, service_targets = [], []
    for channel, settings in run.config.channels.items():
        seen = float(np.nan_to_num(table.loc[table["channel"] == channel, "service_level"].mean(), nan=0.97))
        services.append(ChannelService(channel, 1000.0, seen, seen - 0.02, min(1.0, seen + 0.02), 0.03, 9.0, 0.7, 0.9))
        likely = (probabilities or {}).get(channel, 0.97)
        buffer = (6.0 if likely < 0.9 else 0.0) if settings.kind == "deferrable" else NAN
        promised = f"{settings.target.share:.0%} in time"
        service_targets.append(
            TargetProbability(channel, promised, likely, likely - 0.1, min(1.0, likely + 0.05), buffer)
        )
    return replace(run, replay=Replay(table, tuple(services), 40, 1, tuple(service_targets)))
