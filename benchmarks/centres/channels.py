"""The channels of a made centre: kind, opening hours, target, patience, and their part of the people's time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np

    from benchmarks.centres.sizes import Size

Kind = Literal["call", "chat", "messaging", "email"]
HOURS = {
    "office": {"mon-fri": "08:00-18:00"},
    "long": {"mon-fri": "07:00-21:00", "sat-sun": "09:00-18:00"},
    "round the clock": {"mon-sun": "00:00-24:00"},
}
"""Opening hours by the word for them; `is_open` reads this form only."""
DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ORDER: tuple[Kind, ...] = (
    "call", "call", "email", "chat", "call", "messaging", "call", "call", "email", "chat", "call", "call",
)  # fmt: skip
"""Kinds of the first, second, ... channel."""


@dataclass(frozen=True)
class Channel:
    """One channel.

    Parameters
    ----------
    name, kind
        Its name and what it is.
    hours
        A key of `HOURS`.
    weight
        Its part of the time of all people, relative to other channels.
    aht_s
        Mean handle time in seconds; of one message for chat and messaging.
    settings
        Its settings besides kind and opening hours.
    """

    name: str
    kind: Kind
    hours: str
    weight: float
    aht_s: float
    settings: dict[str, object] = field(default_factory=dict)

    def is_open(self, weekday: int, minute: int) -> bool:
        """Whether a minute of a day of the week (0 is Monday) is open."""
        for days, span in HOURS[self.hours].items():
            first, last = (DAY_NAMES.index(name) for name in days.split("-"))
            begin, end = (60 * int(clock[:2]) + int(clock[3:]) for clock in span.split("-"))
            if first <= weekday <= last and begin <= minute < end:
                return True
        return False

    @property
    def live(self) -> bool:
        """Whether its customers wait now."""
        return self.kind != "email"


def channels_of(size: Size) -> tuple[Channel, ...]:
    """Draw the channels; calls come first, in order of priority."""
    rng = size.rng(1)
    kinds = sorted(ORDER[: size.channels], key=("call", "chat", "messaging", "email").index)
    seen: dict[str, int] = {}
    made = []
    for kind in kinds:
        seen[kind] = seen.get(kind, 0) + 1
        made.append(_channel(size, rng, kind, seen[kind]))
    return tuple(made)


def _channel(size: Size, rng: np.random.Generator, kind: Kind, number: int) -> Channel:
    name = f"{kind}-{number}"
    hours = size.opening
    if hours == "round the clock" and (kind != "call" or number > 1):
        hours = "long"  # only the first line is open at night
    if kind == "call":
        weight, aht_s = (2.0 if number == 1 else float(rng.uniform(0.4, 1.0))), float(rng.integers(18, 48)) * 10
        settings: dict[str, object] = {"target": _target(rng, (10, 15, 20, 30, 45, 60))}
        if rng.random() < 0.85:
            settings["patience"] = f"{int(rng.choice((60, 90, 120, 180, 300)))}s"
        return Channel(name, kind, hours, weight, aht_s, settings)
    if kind == "email":
        within = str(rng.choice(("4h", "8h", "24h")))
        target = {"share": float(rng.choice((0.9, 1.0))), "within": within, "clock": "open"}
        weight, aht_s = float(rng.uniform(0.3, 0.6)), float(rng.integers(24, 60)) * 10
        return Channel(name, kind, hours, weight, aht_s, {"target": target, "max_occupancy": 0.85})
    return _conversations(rng, Channel(name, kind, hours, float(rng.uniform(0.5, 0.9)), 0.0))


def _conversations(rng: np.random.Generator, bare: Channel) -> Channel:
    chat = bare.kind == "chat"
    touch, touches = int(rng.integers(25, 46)), int(rng.integers(4, 9))
    settings: dict[str, object] = {
        "slots": int(rng.integers(2, 5)) if chat else int(rng.integers(5, 9)),
        "touch": f"{touch}s",
        "think": f"{int(rng.integers(40, 91)) if chat else int(rng.integers(200, 400))}s",
        "touches": touches,
        "target": _target(rng, (30, 40, 60) if chat else (180, 300)),
        "patience": "180s" if chat else "20min",
    }
    return Channel(bare.name, bare.kind, bare.hours, bare.weight, float(touch), settings)


def _target(rng: np.random.Generator, within_s: tuple[int, ...]) -> dict[str, object]:
    return {"share": float(rng.choice((0.7, 0.75, 0.8, 0.8, 0.85, 0.9))), "within": f"{int(rng.choice(within_s))}s"}
