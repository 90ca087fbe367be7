"""Idle time of agents on calls that deferrable work can use while the service target of the calls is met."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from configs.schema import DeferrableChannel, SynchronousChannel
from optimize.staffing.facts import IdleTime
from optimize.staffing.queueing.blending import blend
from optimize.staffing.queueing.erlang import erlang_a
from optimize.staffing.requirement.channel_queues import service_targets

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from configs.schema import Config

    Array = NDArray[np.float64]

_ALIKE = 0.98
"""Other work shorter than this part of a call frees agents sooner than the model says, and less of it is done."""
LEAST_ERL = 0.05
"""Idle time below this share of one agent is ignored."""


@dataclass(frozen=True)
class Idle:
    """Per interval: how many agents are kept free for calls, and how many do other work on average."""

    reserve: Array
    work_erl: Array


def with_idle_time(config: Config, table: pd.DataFrame) -> tuple[pd.DataFrame, list[IdleTime]]:
    """Add `idle_h` and `reserve` to the rows of a requirement whose agents may do e-mail and the like between calls.

    Unchanged where no deferrable channel says ``blend = true``. Only synchronous channels take part: no exact model is
    known for agents who hold several conversations. The model does not hold either where nobody gives up and handle
    times vary more than exponentially, or where callers call again; no idle time is offered then.
    """
    mixed = {n: c for n, c in config.channels.items() if isinstance(c, DeferrableChannel) and c.blend}
    if not mixed:
        return table, []
    table = table.assign(idle_h=np.nan, reserve=np.nan)
    rows = table[table["channel"].isin(list(mixed))]
    weights = rows["volume"].to_numpy(dtype=float)
    work_aht = float(np.average(rows["aht_s"], weights=weights)) if weights.sum() > 0 else 0.0
    cap, notes = min(channel.max_occupancy for channel in mixed.values()), list[IdleTime]()
    for name, channel in config.channels.items():
        if not isinstance(channel, SynchronousChannel) or not _is_modelled(channel):
            continue
        mine = (table["channel"] == name).to_numpy()
        live = table.loc[mine]
        found = _idle(config, name, channel, live, work_aht, min(cap, channel.max_occupancy))
        hours = found.work_erl * config.plan.interval_s / 3600.0
        table.loc[mine, "idle_h"], table.loc[mine, "reserve"] = hours, found.reserve
        notes.append(IdleTime(f"channels.{name}", float(hours.sum()), tuple(mixed)))
    return table, notes


def _is_modelled(channel: SynchronousChannel) -> bool:
    return (channel.patience is not None or channel.service_cv <= 1) and not channel.redial_share


def _idle(
    config: Config, name: str, channel: SynchronousChannel, live: pd.DataFrame, work_aht_s: float, cap: float
) -> Idle:
    """Smallest reserve that meets every target, and the work it leaves time for up to the occupancy cap.

    The larger load of an interval and the one before counts, since earlier calls last into this one.
    """
    rostered = live["agents"].to_numpy(dtype=float)
    agents = np.maximum(live["agents_present"], np.floor(rostered * (1.0 - config.staffing.absence) + 1e-9))
    agents = np.asarray(agents, dtype=np.float64)
    load = live["load_erl"].to_numpy(dtype=float)
    load = np.maximum(load, np.concatenate([load[:1], load[:-1]]))
    aht = np.where(live["aht_s"] > 0, live["aht_s"], 1.0).astype(float)
    work = np.zeros(agents.size)
    chosen = np.full(agents.size, np.nan)
    patience = np.inf if channel.patience is None else channel.patience.total_seconds()
    left = np.flatnonzero((agents > 0) & (load > 0) & (load < agents))
    targets = service_targets(channel, agents.size)
    targets = replace(targets, max_occupancy=np.full(agents.size, np.nan))
    within = channel.target.within.total_seconds()
    slow = _slowed(agents, load, aht, work_aht_s, cap)
    for reserve in range(int(agents.max(initial=0.0)) + 1):
        left = left[agents[left] > reserve]
        if not left.size:
            break
        service = blend(
            agents[left], (load * slow / aht)[left], slow[left], np.full(left.size, float(reserve)), patience, within,
            definition=config.service_definition_of(name),
        )  # fmt: skip
        met = targets.take(left).met(service)
        calls = load[left] * (1.0 - np.asarray(service.abandonment))
        done_erl = np.asarray(service.deferrable_erl)
        shorter = work_aht_s < _ALIKE * aht[left]
        if shorter.any():
            alone = np.asarray(erlang_a(agents[left], load[left], aht[left], patience, within).probability_wait)
            done_erl = np.where(shorter, _never_free(agents[left] - reserve, agents[left], load[left], alone), done_erl)
        spare_erl = np.clip(np.minimum(done_erl, cap * agents[left] - calls), 0.0, None)
        done = left[met]
        work[done], chosen[done] = spare_erl[met], reserve
        left = left[~met]
    worth = work >= LEAST_ERL
    return Idle(np.where(worth, chosen, np.nan), np.where(worth, work, 0.0))


def _never_free(floor: Array, agents: Array, load: Array, probability_wait: Array) -> Array:
    """Mean of ``max(floor - calls in progress, 0)``: work done even if it stops at once when calls come.

    Below the number of agents the calls of Erlang A are a Poisson law cut off there.
    """
    steps = np.arange(int(agents.max(initial=1.0)))
    logs = steps * np.log(load)[:, None] - np.concatenate([[0.0], np.cumsum(np.log(steps[1:]))])
    weights = np.where(steps < agents[:, None], np.exp(logs - logs.max(axis=1, keepdims=True)), 0.0)
    law = weights / weights.sum(axis=1, keepdims=True) * (1.0 - probability_wait)[:, None]
    return np.asarray((law * np.maximum(floor[:, None] - steps, 0.0)).sum(axis=1))


def _slowed(agents: Array, load: Array, aht_s: Array, work_aht_s: float, cap: float) -> Array:
    """Mean time until a busy agent is free: of calls, or longer where the other work is.

    The model gives calls and other work one mean. Where the other takes longer, agents come free as slowly as if that
    work filled all the time up to the cap: on the safe side.
    """
    other = np.maximum(cap * agents - load, 0.0)
    free = load / aht_s + other / max(work_aht_s, 1e-9)
    mean = np.divide(load + other, free, out=aht_s.copy(), where=free > 0)
    return np.where(work_aht_s > aht_s, np.maximum(mean, aht_s), aht_s)
