"""Staircases and corrections -> the target rows of a week."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from configs.schema import DeferrableChannel
from optimize.roster.inputs.service import Gain, Ladder, ServiceModel, TargetRow
from optimize.staffing.requirement.concave import concave, shifted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.staffing.requirement.staircase import Measure, Staircase

    Array = NDArray[np.float64]
    Mask = NDArray[np.bool_]

MISSED_HOURS = 5.0
"""A contact short of a target costs at most as much as so many hours short of an agent, so that targets come first."""
CHANCE = 1.3
"""Spread of the share in time over that of independent contacts: waits of neighbours rise together."""
ATTAINABLE = 0.995
"""Part of what all people together could gain that a row asks for at most; the rest would take everybody."""
A_SECOND = 0.01
"""Price of a second of a contact's wait over that of a contact not in time: a service target is tens of seconds."""
LEAST_GAIN = 2e-3
"""Part of an interval's first step below which a further step is left out."""


RowKey = tuple[str, "Measure", int | None]
"""Target, measure and day of a row; no day over the week."""


@dataclass(frozen=True)
class Corrections:
    """What simulations taught: people that staircases are moved by, and the margin of each row.

    Parameters
    ----------
    people
        By channel, shape (T,): it serves as if it had so many people more.
    margin
        By row: added to what a contact is asked to gain; rows not named have a margin against chance alone.
    """

    people: Mapping[str, Array] = field(default_factory=dict)
    margin: Mapping[RowKey, float] = field(default_factory=dict)


NOTHING_LEARNT = Corrections()
"""Staircases as the formulas have them."""


@dataclass(frozen=True)
class ServicePlan:
    """The targets of a week as rows, with the staircases and the corrections they were made from."""

    staircases: tuple[Staircase, ...]
    corrections: Corrections
    model: ServiceModel


def asked_of(config: Config, channel: str) -> dict[Measure, float]:
    """What a live channel's target asks of a contact on average, by measure."""
    settings = config.channels[channel]
    if isinstance(settings, DeferrableChannel):
        raise TypeError(channel)
    target = settings.target
    asked: dict[Measure, float] = {} if config.joint_of(channel) else {"share": target.share}
    if target.abandonment is not None:
        asked["kept"] = 1.0 - target.abandonment
    if target.asa is not None:
        asked["asa"] = -target.asa.total_seconds()
    response = getattr(target, "response", None)
    if response is not None:
        asked["response"] = -response.total_seconds()
    return asked


def asked_of_target(config: Config, target: str, measure: Measure) -> float:
    """What a target, of a channel or over channels together, asks of a contact on average."""
    joint = (config.targets or {}).get(target)
    return asked_of(config, target)[measure] if joint is None else joint.share


def margin_of(config: Config, key: RowKey, needed: float, volume: float) -> float:
    """Margin of a row: what it needs of a contact, on average of its volume, beyond what its target asks."""
    target, measure, _ = key
    return needed / volume - asked_of_target(config, target, measure)


def date_of(config: Config, horizon: Horizon, target: str, day: int) -> date:
    """Date of a day of a target by the clock of its customers; of one over channels together by that of the plan."""
    zone = config.timezone_of(target) if target in config.channels else None
    return horizon.seen_in(zone).first + timedelta(days=day)


def service_model(
    config: Config,
    horizon: Horizon,
    floors: Mapping[str, Array],
    staircases: tuple[Staircase, ...],
    corrections: Corrections = NOTHING_LEARNT,
) -> ServiceModel | None:
    """State the targets over a day or a week as rows; None where there is none.

    Parameters
    ----------
    config, horizon
        The targets and the week.
    floors
        People required at each live channel in each interval, by its name.
    staircases
        One for each channel with a target over a day or a week.
    corrections
        What simulations taught.
    """
    if not staircases:
        return None
    keys = tuple(dict.fromkeys(_ladder_key(each) for each in staircases))
    curves = {each.channel: _Curves(config, each, floors, corrections.people.get(each.channel)) for each in staircases}
    rows = tuple(_rows(config, horizon, curves, keys, corrections.margin))
    ladders = tuple(
        _ladder(config, next(curve for curve in curves.values() if _ladder_key(curve.stair) == key), rows, number)
        for number, key in enumerate(keys)
    )
    return ServiceModel(ladders, rows)


_LadderKey = tuple[tuple[str, ...], str | None]
"""Team, and the channel whose own people count more; channels with the same key count people alike."""


def _ladder_key(stair: Staircase) -> _LadderKey:
    return stair.team, None if stair.counts_alike else stair.channel


def _ladder(config: Config, curve: _Curves, rows: tuple[TargetRow, ...], number: int) -> Ladder:
    places = {name: m for m, name in enumerate(config.channels)}
    stair = curve.stair
    channel = None if stair.counts_alike else places[stair.channel]
    team = tuple(places[name] for name in stair.team)
    steps = _steps(rows, number, curve.first.size)
    return Ladder(team, curve.first.astype(float), steps, channel, stair.others, stair.own, stair.most)


class _Curves:
    """The staircase of a channel as a program sees it: corrected, concave from the floors on."""

    def __init__(self, config: Config, stair: Staircase, floors: Mapping[str, Array], moved: Array | None) -> None:
        self.stair, self.moved = stair, moved
        self.first = np.sum([floors[name] for name in stair.team], axis=0).astype(np.int64)
        daily = config.span_of(stair.channel) == "day"
        self.values = stair.busy if daily else stair.average

    def gain(self, measure: Measure, inside: Mask, weight: float = 1.0) -> Gain:
        """Gain of the channel's contacts in the intervals of a span, each contact with a weight."""
        values = self.values[measure]
        if self.moved is not None:
            values = shifted(values, self.moved)
        curve = concave(values, self.first)
        contacts = weight * np.where(inside, self.stair.volume, 0.0)
        at_floor = np.take_along_axis(curve, np.minimum(self.first, curve.shape[1] - 1)[:, None], axis=1)[:, 0]
        place = np.minimum(self.first[:, None] + np.arange(curve.shape[1]), curve.shape[1] - 1)
        step = np.diff(np.take_along_axis(curve, place, axis=1), axis=1)
        return Gain(contacts * at_floor, np.maximum(step, 0.0) * contacts[:, None])


def spans(config: Config, horizon: Horizon, channel: str, volume: Array) -> Iterator[tuple[int | None, Mask]]:
    """Days of its customers on which a channel has contacts, or the week (None), each with its intervals."""
    busy = volume > 0
    if config.span_of(channel) == "week":
        yield None, busy
        return
    day = horizon.seen_in(config.channels[channel].timezone).day
    for number in sorted(set(day[busy].tolist())):
        yield number, busy & (day == number)


def _rows(
    config: Config,
    horizon: Horizon,
    curves: Mapping[str, _Curves],
    keys: tuple[_LadderKey, ...],
    margins: Mapping[RowKey, float],
) -> Iterator[TargetRow]:
    for name, curve in curves.items():
        stair = curve.stair
        for measure, asked in asked_of(config, name).items():
            for day, inside in spans(config, horizon, name, stair.volume):
                volume = float(stair.volume[inside].sum())
                gain = {keys.index(_ladder_key(stair)): curve.gain(measure, inside)}
                chance = _chance(asked, volume, config.sure_of(name)) if measure == "share" else 0.0
                needed = (asked + margins.get((name, measure, day), chance)) * volume
                yield _row(config, (name, measure, day), gain, needed, volume)
    for name, joint in (config.targets or {}).items():
        mine = {each: curves[each] for each in joint.channels}
        yield from _joint_rows(config, horizon, name, mine, keys, margins)


def _joint_rows(
    config: Config,
    horizon: Horizon,
    name: str,
    curves: Mapping[str, _Curves],
    keys: tuple[_LadderKey, ...],
    margins: Mapping[RowKey, float],
) -> Iterator[TargetRow]:
    """Rows of a target over channels together: their contacts by their weights."""
    joint = (config.targets or {})[name]
    weights = {channel: (joint.weights or {}).get(channel, 1.0) for channel in curves}
    inside: dict[int | None, dict[str, Mask]] = {}
    for channel, curve in curves.items():
        for day, mask in spans(config, horizon, channel, curve.stair.volume):
            inside.setdefault(day, {})[channel] = mask
    for day, masks in sorted(inside.items(), key=lambda item: -1 if item[0] is None else item[0]):
        gain: dict[int, Gain] = {}
        volume = 0.0
        for channel, mask in masks.items():
            curve, number = curves[channel], keys.index(_ladder_key(curves[channel].stair))
            one = curve.gain("share", mask, weights[channel])
            gain[number] = _sum(gain[number], one) if number in gain else one
            volume += weights[channel] * float(curve.stair.volume[mask].sum())
        margin = margins.get((name, "share", day), _chance(joint.share, volume, joint.probability))
        yield _row(config, (name, "share", day), gain, (joint.share + margin) * volume, volume)


def _sum(one: Gain, other: Gain) -> Gain:
    most = max(one.step.shape[1], other.step.shape[1])
    steps = [np.pad(gain.step, ((0, 0), (0, most - gain.step.shape[1]))) for gain in (one, other)]
    return Gain(one.at_floor + other.at_floor, steps[0] + steps[1])


def _row(config: Config, key: RowKey, gain: Mapping[int, Gain], needed: float, volume: float) -> TargetRow:
    unit = 1.0 if key[1] in {"share", "kept"} else A_SECOND
    row = TargetRow(*key, gain, needed, volume, unit * MISSED_HOURS * config.costs.shortage_per_hour)
    top = row.at_floor + ATTAINABLE * (row.attainable - row.at_floor)
    return replace(row, needed=min(needed, top))


def _chance(share: float, volume: float, sure: float) -> float:
    """Margin of a share against the chance of single contacts; the spread of busy days is in the staircase."""
    return CHANCE * max(NormalDist().inv_cdf(sure), 0.0) * float(np.sqrt(share * (1.0 - share) / max(volume, 1.0)))


def _steps(rows: tuple[TargetRow, ...], ladder: int, size: int) -> NDArray[np.int64]:
    """Steps of a ladder in each interval that some row gains from."""
    count = np.zeros(size, dtype=np.int64)
    for row in rows:
        if ladder not in row.gain:
            continue
        step = row.gain[ladder].step
        worth = (step > LEAST_GAIN * step[:, :1]) & (step > LEAST_GAIN * 0.5)
        count = np.maximum(count, worth.sum(axis=1))
    return count
