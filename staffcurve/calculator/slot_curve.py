"""The slow-down curve behind measured handle times: ``staffcurve erlang --curve-from FILE``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from configs.errors import Fault, StaffcurveError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from optimize.staffing import Curve
    from staffcurve.cli.console import Console


@dataclass(frozen=True)
class FoundCurve:
    """Agent time per message and customer time between two, as estimated, with the curve they make."""

    touch_s: float
    think_s: float
    touches: float
    curve: Curve
    rows: int


def find_curve(file: Path, slots: int | None, touches: float | None) -> FoundCurve:
    """Estimate the curve from a file with `concurrency`, `aht_s` and, if known, `volume`.

    Raises
    ------
    StaffcurveError
        Slots or touches are not given, or a conversation has one message only, which tells no time to think.
    DataError
        The file cannot be read, or its rows tell no curve.
    """
    from configs.files import read_table
    from configs.tables import CONCURRENCY
    from optimize.staffing import curve_from_history

    if slots is None:
        raise UsageError(Fault("--slots", "is missing; it says how many conversations --curve-from looks at"))
    if touches is None or touches <= 1:
        raise StaffcurveError(Fault("--touches", "must be above 1: agent messages per conversation"))
    frame = read_table(file, CONCURRENCY, zone="UTC", label=str(file)).frame
    weight = frame["volume"].fillna(0.0).to_numpy() if "volume" in frame.columns else 1.0
    curve = curve_from_history(frame["concurrency"].to_numpy(), frame["aht_s"].to_numpy(), slots, touches, weight)
    touch = curve.reply_s[0]
    think = (curve.session_s[0] - touches * touch) / (touches - 1.0)
    return FoundCurve(touch, think, touches, curve, len(frame))


def print_curve(found: FoundCurve, console: Console) -> None:
    """Tell the curve, and the lines of a config it stands for."""
    from reports.document.listing import listing

    lengths = [round(seconds, 1) for seconds in found.curve.session_s]
    replies = [round(seconds, 1) for seconds in found.curve.reply_s]
    if console.as_json:
        facts = {"touch_s": round(found.touch_s, 3), "think_s": round(found.think_s, 3), "touches": found.touches}
        console.print_object("erlang", ok=True, curve=facts | {"aht_by_slots": lengths, "reply_s": replies})
        return
    console.print_data(f"from {found.rows:,} rows; copy these lines into the channel of the config:\n")
    console.print_data(f"  slots = {found.curve.slots}")
    console.print_data(f'  touch = "{found.touch_s:.0f}s"')
    console.print_data(f'  think = "{found.think_s:.0f}s"')
    console.print_data(f"  touches = {found.touches:g}\n")
    rows = [
        [f"{held}", f"{length:.0f} s", f"{reply:.0f} s", f"{3600 * held / length:.1f}"]
        for held, (length, reply) in enumerate(zip(lengths, replies, strict=True), 1)
    ]
    console.print_listing(listing("", [">open", "handle time", "per reply", "closed per hour"], rows))
