"""Past plans compared with actuals, channel by channel, with alarms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from configs.errors import DataError, Fault
from forecast.evaluation.drift import Band, Drift, band, drift
from reports.monitoring.align import align
from reports.monitoring.measures import Measured, inside, measured

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import pandas as pd

    from configs.notes import Noticed
    from reports.run import Run
    from reports.series import Numbers

AlarmKind = Literal["volume", "handle time", "band", "promise", "response"]


@dataclass(frozen=True)
class Week:
    """One run: its label, its first day, and what was measured in it."""

    label: str
    first: date
    measured: Measured


@dataclass(frozen=True)
class Days:
    """Actuals and forecast, a number for each local day observed; handle times NaN where none is known."""

    dates: tuple[date, ...]
    came: Numbers
    said: Numbers
    aht_s: Numbers
    aht_said_s: Numbers


@dataclass(frozen=True)
class Record:
    """One channel over all weeks; `target` and `response_s` are the service targets of the newest run."""

    channel: str
    kind: str
    target: float
    time_allowed_s: float
    response_s: float | None
    all: Measured
    weeks: tuple[Week, ...]
    days: Days
    volume_drift: Drift | None
    aht_drift: Drift | None
    bands: tuple[Band, ...]

    @property
    def kept(self) -> bool | None:
        """Whether the service target was met over all intervals observed; none when nothing is known."""
        return None if self.all.service is None else self.all.service >= self.target - 1e-9

    @property
    def answered_in_step(self) -> bool | None:
        """Whether the mean reply met the target for it; none when there is no target or nothing is known."""
        if self.response_s is None or self.all.response_s is None:
            return None
        return self.all.response_s <= self.response_s + 1e-9

    @property
    def alarms(self) -> tuple[AlarmKind, ...]:
        """The kinds of alarm."""
        found: list[AlarmKind] = []
        if self.kept is False:
            found.append("promise")
        if self.answered_in_step is False:
            found.append("response")
        if self.volume_drift is not None and self.volume_drift.alarm is not None:
            found.append("volume")
        if self.aht_drift is not None and self.aht_drift.alarm is not None:
            found.append("handle time")
        if any(each.verdict == "narrow" for each in self.bands):
            found.append("band")
        return tuple(found)


@dataclass(frozen=True)
class Monitoring:
    """Every channel's record, in the order of the config."""

    plan: str
    timezone: str
    records: tuple[Record, ...]
    notes: tuple[Noticed, ...]

    @property
    def alarmed(self) -> bool:
        """Whether any channel raises an alarm."""
        return any(record.alarms for record in self.records)


def watch(
    named: Sequence[tuple[str, Run]], actuals: pd.DataFrame, source: str, notes: Sequence[Noticed] = ()
) -> Monitoring:
    """Compare runs with actuals.

    Parameters
    ----------
    named
        Runs of different weeks of one zone, each with its label; any order.
    actuals
        As `reports.monitoring.actuals.read_actuals` gives it.
    source
        Name of the file the actuals come from, for messages.
    notes
        What was noticed while reading.

    Raises
    ------
    DataError
        The runs cannot be compared with one file: two of the same days, or of different zones or intervals.
    """
    ordered = sorted(named, key=lambda pair: pair[1].horizon.first)
    _check(ordered)
    messages = list(notes)
    rows = align([run for _, run in ordered], actuals, source, messages)
    config = ordered[-1][1].config
    present = [name for name in config.channels if (rows["channel"] == name).any()]
    records = tuple(_record(name, ordered, rows[rows["channel"] == name].sort_values("start")) for name in present)
    return Monitoring(config.plan.name, config.plan.timezone, records, tuple(messages))


def _check(ordered: Sequence[tuple[str, Run]]) -> None:
    (first, base), *others = ordered
    faults = []
    before_label, before = first, base
    for label, run in others:
        for what, mine, theirs in (
            ("time zone", run.horizon.timezone, base.horizon.timezone),
            ("interval", f"{run.horizon.interval_min} min", f"{base.horizon.interval_min} min"),
        ):
            if mine != theirs:
                faults.append(Fault(label, f"has the {what} {mine}, but {first} has {theirs}; monitor them separately"))
        if run.horizon.begin < before.horizon.end:
            words = f"plans days that {before_label} also plans; name one run per week, the one that was worked"
            faults.append(Fault(label, words))
        before_label, before = label, run
    if faults:
        raise DataError(faults)


def _record(channel: str, ordered: Sequence[tuple[str, Run]], rows: pd.DataFrame) -> Record:
    settings = next(run.config.channels[channel] for _, run in reversed(ordered) if channel in run.config.channels)
    days = _days(rows)
    weeks = tuple(
        Week(label, run.horizon.first, measured(rows[rows["run"] == number]))
        for number, (label, run) in enumerate(ordered)
        if (rows["run"] == number).any()
    )
    response = getattr(settings.target, "response", None)
    return Record(
        channel=channel,
        kind=settings.kind,
        target=settings.target.share,
        time_allowed_s=settings.target.within.total_seconds(),
        response_s=response.total_seconds() if response else None,
        all=measured(rows),
        weeks=weeks,
        days=days,
        volume_drift=_volume_drift(days),
        aht_drift=_aht_drift(days),
        bands=tuple(_bands(rows)),
    )


def _days(rows: pd.DataFrame) -> Days:
    work = rows.assign(
        _known=rows["came"].where(rows["aht_s"].notna() & rows["aht_said"].notna(), 0.0),
    )
    work = work.assign(
        _aht=(work["aht_s"] * work["_known"]).fillna(0.0), _aht_said=(work["aht_said"] * work["_known"]).fillna(0.0)
    )
    sums = work.groupby("date", sort=True)[["came", "said", "_known", "_aht", "_aht_said"]].sum()
    known = sums["_known"].where(sums["_known"] > 0)
    came, said, aht, aht_said = (
        column.to_numpy(dtype=float, na_value=np.nan)
        for column in (sums["came"], sums["said"], sums["_aht"] / known, sums["_aht_said"] / known)
    )
    return Days(tuple(sums.index), came, said, aht, aht_said)


def _volume_drift(days: Days) -> Drift | None:
    open_days = days.said > 0
    said = days.said[open_days]
    return drift(days.came[open_days], said, 1.0 / np.sqrt(np.maximum(said, 1.0)))


def _aht_drift(days: Days) -> Drift | None:
    """Handle times of a day are means of as many contacts; with a coefficient of variation of 1 they scatter so."""
    known = np.isfinite(days.aht_s) & (np.nan_to_num(days.aht_said_s) > 0) & (days.came > 0)
    return drift(days.aht_s[known], days.aht_said_s[known], 1.0 / np.sqrt(np.maximum(days.came[known], 1.0)))


def _bands(rows: pd.DataFrame) -> list[Band]:
    import pandas as pd

    found = []
    for low, high, nominal in (("q10", "q90", 0.80), ("q025", "q975", 0.95)):
        known = rows[(rows["said"] > 0) & rows[low].notna() & rows[high].notna()]
        codes, _ = pd.factorize(known["date"])
        made = band(inside(known, low, high) > 0, codes.astype(np.int64), nominal)
        if made is not None:
            found.append(made)
    return found
