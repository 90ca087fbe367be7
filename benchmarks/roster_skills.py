"""A generated week of four skill groups: phone, chat, and e-mail promised within 4 and within 24 hours.

Used by ``roster_week.py --skills``. Same days, contracts and prices as the weeks there; the work is shared over the
channels, each with noise of its own, and e-mail arrives by day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

SHARES = {"phone": 0.50, "chat": 0.20, "email": 0.15, "tickets": 0.15}
"""Part of the week's work on each channel."""
WITHIN_H = {"email": 4, "tickets": 24}
GROUPS = (
    ("phone", 0.35),
    ("email;phone;tickets", 0.25),
    ("chat;email;tickets", 0.20),
    ("chat;email;phone;tickets", 0.20),
)
"""Skills of a group and its part of the people."""
EMAIL_PEAK, EMAIL_WIDTH_H = 13.0, 4.0
CHANNELS = {
    name: {"kind": "deferrable", "target": {"share": 1.0, "within": f"{hours}h", "clock": "clock"}}
    for name, hours in WITHIN_H.items()
}


def people(counts: dict[str, int]) -> pd.DataFrame:
    """Agents of each contract, shared over the groups by largest remainder."""
    import pandas as pd

    rows = []
    for contract, count in sorted(counts.items()):
        edges, passed = [], 0.0
        for _, part in GROUPS:
            passed += part
            edges.append(round(passed * count))
        skills = [
            group for (group, _), low, high in zip(GROUPS, [0, *edges], edges, strict=False) for _ in range(high - low)
        ]
        rows += [(f"{contract}-{i:04d}", contract, group) for i, group in enumerate(skills)]
    frame = pd.DataFrame(rows, columns=["agent", "contract", "skills"])
    return frame.assign(name=frame["agent"])


def requirement(shape: NDArray[Any], worked: float, starts: Any, seed: int) -> pd.DataFrame:  # noqa: ANN401 - times
    """Share `worked` quarter hours of work out over the channels; `shape` is the week of the live ones."""
    import numpy as np
    import pandas as pd

    rng = np.random.default_rng(1000 + seed)
    hour = np.tile((np.arange(96) + 0.5) / 4, 7)
    by_day = np.repeat((1.2, 1.1, 1.0, 1.0, 0.9, 0.5, 0.3), 96) * (
        0.05 + np.exp(-(((hour - EMAIL_PEAK) / EMAIL_WIDTH_H) ** 2))
    )
    frames = []
    for channel, share in SHARES.items():
        noisy = (by_day if channel in WITHIN_H else shape) * np.exp(rng.normal(0, 0.03, shape.size))
        load = noisy * (worked * share / noisy.sum())
        frame = pd.DataFrame({"channel": channel, "start": starts})
        if channel in WITHIN_H:
            due = frame["start"] + pd.Timedelta(hours=WITHIN_H[channel])
            frame = frame.assign(agents=0.0, work_h=load / 4, due=due)
        else:
            missing = pd.Series(pd.NaT, index=frame.index, dtype=frame["start"].dtype)
            frame = frame.assign(agents=np.round(load), work_h=np.nan, due=missing)
        frames.append(frame)
    return pd.concat(frames, ignore_index=True)


def spread(requirement: pd.DataFrame) -> pd.DataFrame:
    """Work with a deadline as people needed in the interval it arrives in."""
    import pandas as pd

    people = (requirement["work_h"] * 4).fillna(requirement["agents"])
    never = pd.Series(pd.NaT, index=requirement.index, dtype=requirement["due"].dtype)
    return requirement.assign(agents=people, work_h=float("nan"), due=never)
