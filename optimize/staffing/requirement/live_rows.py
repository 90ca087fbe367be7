"""Requirement rows of the live channels: people alone, in the queue of a team, and floors of targets over a span."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.errors import ConfigError, Fault
from configs.schema import ConcurrentChannel, DeferrableChannel
from configs.units import format_duration
from optimize.staffing.facts import OneQueue
from optimize.staffing.requirement.absence import rostered
from optimize.staffing.requirement.channel_queues import service_targets
from optimize.staffing.requirement.floors import floor_people
from optimize.staffing.requirement.interval_method import agents_by_method, method_warnings
from optimize.staffing.requirement.one_queue import occupancy_cap, queues_of, rate_cv_of
from optimize.staffing.requirement.one_team import pooled
from optimize.staffing.requirement.single_agents import single_agent_notes
from optimize.staffing.requirement.spans import span_target
from optimize.staffing.requirement.team_service import MEASURES, service_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.notes import Noticed
    from configs.schema import Config, SynchronousChannel
    from optimize.staffing.facts import ExactNotPossible
    from optimize.staffing.queueing.queues import Queues
    from optimize.staffing.requirement.one_queue import Contacts
    from optimize.staffing.requirement.teams import Sharing

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class LiveForecast:
    """What a live channel expects.

    Parameters
    ----------
    volume
        Contacts forecast in each interval, also while it is closed; shape (T,).
    contacts
        Those it serves.
    is_open
        Whether it is open; shape (T,).
    """

    volume: Array
    contacts: Contacts
    is_open: NDArray[np.bool_]


@dataclass(frozen=True)
class _Alone:
    """A channel with people of its own and a target for every interval.

    `present` are needed at work, for the queues `work`; `people` are to be rostered.
    """

    queues: Queues
    work: Queues
    present: Array
    people: Array
    facts: list[ExactNotPossible]


@dataclass(frozen=True)
class _Needs:
    """People to roster for each channel: by its target, and where every interval keeps its own."""

    people: dict[str, Array]
    apart: dict[str, Array]
    interval: dict[str, Array]


def live_rows(
    config: Config, horizon: Horizon, forecasts: Mapping[str, LiveForecast], sharing: Sharing
) -> tuple[dict[str, pd.DataFrame], dict[str, list[Noticed]], list[Noticed]]:
    """Requirement rows of every live channel, with what was noticed of each and of teams.

    Parameters
    ----------
    config
        The channels, their targets and the absence.
    horizon
        The planned days.
    forecasts
        What each live channel expects, in the order of the config.
    sharing
        Who knows what.

    Raises
    ------
    ConfigError
        A service target that no number of agents can meet.
    """
    alone = {name: _alone(config, name, each) for name, each in forecasts.items()}
    needs = _needs(config, horizon, forecasts, alone, sharing)
    frames = {name: _frame(config, horizon, name, forecasts, alone[name], needs, sharing) for name in forecasts}
    if needs.interval:
        frames = {
            name: frame.assign(
                rate_cv=forecasts[name].contacts.rate_cv, agents_interval=needs.interval.get(name, np.nan)
            )
            for name, frame in frames.items()
        }
    notes: dict[str, list[Noticed]] = {}
    for name, own in alone.items():
        channel = _channel(config, name)
        notes[name] = [*own.facts, *method_warnings(config, name, channel, own.queues, own.present, horizon)]
        if not sharing.effect(name):
            notes[name] += single_agent_notes(config, name, frames[name], horizon)
    return frames, notes, _one_queue_notes(horizon, needs, sharing)


def _alone(config: Config, name: str, forecast: LiveForecast) -> _Alone:
    channel, queue = _channel(config, name), {name: forecast.contacts}
    queues = queues_of(config, queue, name)
    present, work, facts = _present(config, name, queue)
    _refuse_unreachable(name, channel, present)
    people = rostered(present, config.staffing.absence, config.staffing.enough_with)
    return _Alone(queues, work, present, np.where(forecast.is_open, np.maximum(people, channel.minimum), 0.0), facts)


def _present(config: Config, name: str, team: Mapping[str, Contacts]) -> tuple[Array, Queues, list[ExactNotPossible]]:
    """Agents at work with whom a channel keeps its target in every interval, in the queue of some channels."""
    queues = queues_of(config, team, name)
    channel = _channel(config, name)
    targets = service_targets(channel, queues.size)
    if len(team) > 1:
        targets = replace(targets, max_occupancy=occupancy_cap(config, team))
    return agents_by_method(config, name, channel, queues, targets, rate_cv_of(team.values()))


def _by_interval(config: Config, name: str, team: Mapping[str, Contacts]) -> Array:
    """People to roster so that a channel keeps its target in every interval, in the queue of some channels."""
    return rostered(_present(config, name, team)[0], config.staffing.absence, config.staffing.enough_with)


def _by_target(config: Config, horizon: Horizon, name: str, team: Mapping[str, Contacts]) -> Array:
    """The floor where the target is one over a day or a week, else what every interval asks for."""
    if span_target(config, name) is None:
        return _by_interval(config, name, team)
    return floor_people(config, horizon, name, team)


def _needs(
    config: Config,
    horizon: Horizon,
    forecasts: Mapping[str, LiveForecast],
    alone: Mapping[str, _Alone],
    sharing: Sharing,
) -> _Needs:
    contacts = {name: each.contacts for name, each in forecasts.items()}
    minimum = {
        name: np.where(each.is_open, float(config.channels[name].minimum), 0.0) for name, each in forecasts.items()
    }
    own = {name: each.people for name, each in alone.items()}
    interval = pooled(own, minimum, contacts, sharing, partial(_by_interval, config))
    spans = [name for name in forecasts if span_target(config, name) is not None]
    if not spans:
        return _Needs(interval, own, {})
    floors = {
        name: np.maximum(minimum[name], floor_people(config, horizon, name, {name: contacts[name]})) for name in spans
    }
    apart = {name: floors.get(name, people) for name, people in own.items()}
    # Only some people can serve such a channel: enough of them for its floor are there, however many others work.
    least = minimum | {name: floors[name] for name in spans if not sharing.everybody(name)}
    people = pooled(apart, least, contacts, sharing, partial(_by_target, config, horizon))
    return _Needs(people, apart, {name: interval[name] for name in spans})


def _frame(
    config: Config,
    horizon: Horizon,
    name: str,
    forecasts: Mapping[str, LiveForecast],
    alone: _Alone,
    needs: _Needs,
    sharing: Sharing,
) -> pd.DataFrame:
    """Rows of a channel: the people to roster, and the service they give."""
    forecast, queues = forecasts[name], alone.queues
    present = alone.present
    seen = {measure: np.asarray(getattr(alone.work.serve(present), measure)) for measure in MEASURES}
    if sharing.effect(name) or name in needs.interval:
        come = {each: people * (1.0 - config.staffing.absence) for each, people in needs.people.items()}
        seen = service_of(config, name, {each: f.contacts for each, f in forecasts.items()}, come, sharing)
        present = np.where(queues.load_erl > 0, np.floor(come[name] + 1e-9), 0.0)
    busy = queues.load_erl > 0
    return pd.DataFrame(
        {
            "channel": name,
            "start": horizon.starts,
            "kind": config.channels[name].kind,
            "volume": forecast.volume,
            "aht_s": queues.aht_s,
            "load_erl": queues.load_erl,
            "agents": needs.people[name],
            "agents_present": present,
            **{measure: np.where(busy, values, np.nan) for measure, values in seen.items()},
        }
    )


def _one_queue_notes(horizon: Horizon, needs: _Needs, sharing: Sharing) -> list[Noticed]:
    """Which channels are staffed as one queue, where that saves hours."""
    found: list[Noticed] = []
    for team in dict.fromkeys(sharing.team(name) for name in needs.people):
        if len(team) < 2:
            continue
        together, apart = (
            float(sum(people[name].sum() for name in team)) * horizon.interval_h
            for people in (needs.people, needs.apart)
        )
        if round(together) == round(apart):
            continue
        whole = sharing.one_queue(team)
        found.append(OneQueue("channels", team, together, apart, whole))
    return found


def _channel(config: Config, name: str) -> SynchronousChannel | ConcurrentChannel:
    channel = config.channels[name]
    if isinstance(channel, DeferrableChannel):
        raise TypeError(name)
    return channel


def _refuse_unreachable(name: str, channel: SynchronousChannel | ConcurrentChannel, present: Array) -> None:
    if np.isfinite(present).all():
        return
    target = channel.target
    words = [f"share = {target.share:g}"]
    words += [] if target.asa is None else [f'asa = "{format_duration(target.asa)}"']
    words += [] if target.abandonment is None else [f"abandonment = {target.abandonment:g}"]
    response = channel.target.response if isinstance(channel, ConcurrentChannel) else None
    if isinstance(channel, ConcurrentChannel) and channel.touch is not None and response is not None:
        words.append(
            f'response = "{format_duration(response)}", and one reply alone takes {format_duration(channel.touch)}'
        )
    message = f"no number of agents meets it ({', '.join(words)}); relax the target"
    raise ConfigError(Fault(f"channels.{name}.target", message))
