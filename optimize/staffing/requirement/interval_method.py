"""How intervals depend on each other: not at all (SIPP), by lagged load (MOL), or by the exact transient queue."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from configs.schema import ConcurrentChannel
from optimize.staffing.facts import ExactNotPossible, ServiceDiffers
from optimize.staffing.queueing.transient import exact_agents, exact_day
from optimize.staffing.requirement.lag import lagged_load
from optimize.staffing.requirement.least_agents import least_agents
from optimize.staffing.requirement.matched_load import matched_load
from optimize.staffing.requirement.spread import mixed_agents

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Config, SynchronousChannel
    from optimize.staffing.queueing.queues import Queues
    from optimize.staffing.requirement.targets import Targets

    Array = NDArray[np.float64]
    Method = Literal["sipp", "mol", "exact"]
    LiveKinds = SynchronousChannel | ConcurrentChannel

LONG = 0.5
"""Share of the interval from which a contact is long, so that its work lags behind its arrival."""
SUSPECT = 1 / 3
"""Share of the interval up to which independent intervals (SIPP) are accurate (Green, Kolesar and Whitt 2007)."""
FAR = 0.05
"""Difference of service levels that is reported."""
_MOST_LOAD = 300.0  # Erlang; beyond, the exact day takes minutes


def chosen_method(config: Config, queues: Queues) -> Method:
    """The method the config asks for; "auto" takes lagged loads where contacts are long against the interval."""
    asked = config.staffing.method
    if asked != "auto":
        return asked
    busy = queues.load_erl > 0
    if not busy.any():
        return "sipp"
    length = float(np.average(occupation_time(queues)[busy], weights=queues.load_erl[busy]))
    return "mol" if length > LONG * config.plan.interval_s else "sipp"


def occupation_time(queues: Queues) -> Array:
    """Mean time a contact occupies an agent or a slot, in seconds."""
    return queues.aht_s if queues.curves is None else queues.curves.full_s


def agents_by_method(
    config: Config, name: str, channel: LiveKinds, queues: Queues, targets: Targets, rate_cv: Array
) -> tuple[Array, Queues, list[ExactNotPossible]]:
    """Agents required at work in every interval, the queues they were found for, and notices.

    Parameters
    ----------
    config
        Gives the method (intervals by themselves, lagged loads or the exact day) and the risk.
    name, channel
        The channel; the exact day is for one customer at a time without redials.
    queues, targets
        One row for each interval of the horizon.
    rate_cv
        Coefficient of variation of each interval's rate.

    Returns
    -------
    tuple
        Agents of each row, inf where no number is enough; the queues at lagged loads where these were used; facts.
    """
    method, noticed = chosen_method(config, queues), list[ExactNotPossible]()
    if method == "exact" and not _exact_applies(channel, queues):
        noticed.append(ExactNotPossible(f"channels.{name}", _MOST_LOAD))
        method = "mol"
    work = lagging(config, queues) if method == "mol" else queues
    mixed = config.staffing.risk == "mean-service"
    present = mixed_agents(work, targets, rate_cv) if mixed else least_agents(work, targets)
    if method == "exact" and np.isfinite(present).all():
        others = least_agents(queues, replace(targets, share=np.full(queues.size, np.nan)))
        present = np.maximum(_exact(config, queues, targets, present), others)
    return present, work, noticed


def service_by_method(config: Config, queues: Queues) -> Queues:
    """The queues at the load of each interval by the method of the config; unchanged for the exact method."""
    return lagging(config, queues) if chosen_method(config, queues) == "mol" else queues


def span_queues(config: Config, queues: Queues, share: float) -> Queues:
    """The queues that stand for the intervals of a target over a day or a week, of that share.

    By the exact method they have the loads at which the formula of an interval agrees with the exact day; where that
    day does not apply, the lagged ones.
    """
    method = chosen_method(config, queues)
    if method == "sipp":
        return queues
    lagged = lagging(config, queues)
    if method == "mol" or not _exact_queues(queues):
        return lagged
    return queues.at(matched_load(queues, lagged, share, config.plan.interval_s))


def lagging(config: Config, queues: Queues) -> Queues:
    """The queues at their lagged loads."""
    lasts = occupation_time(queues)
    load = lagged_load(queues.load_erl / queues.aht_s, lasts, config.plan.interval_s)
    return queues.at(load / lasts * queues.aht_s)


def method_warnings(
    config: Config, name: str, channel: LiveKinds, queues: Queues, present: Array, horizon: Horizon
) -> list[ServiceDiffers]:
    """Find where independent intervals and the exact day differ by more than five points of service level."""
    busy = queues.load_erl > 0
    if not busy.any() or not _exact_applies(channel, queues):
        return []
    length = float(np.average(queues.aht_s[busy], weights=queues.load_erl[busy]))
    if length <= SUSPECT * config.plan.interval_s:
        return []
    step = config.plan.interval_s
    volume = queues.load_erl / queues.aht_s * step
    patience = float(queues.patience_s[0])
    day = exact_day(volume, present, step, queues.aht_s, patience, float(queues.within_s[0])).service_level
    alone = queues.serve(present).service_level
    gap = np.where(busy & (volume >= 1.0), np.abs(np.nan_to_num(day) - alone), 0.0)
    far = int((gap > FAR).sum())
    if not far:
        return []
    at = int(gap.argmax())
    worst = horizon.local[at].to_pydatetime()
    where, of = f"channels.{name}", int(busy.sum())
    return [ServiceDiffers(where, far, of, worst, float(alone[at]), float(day[at]))]


def _exact_applies(channel: LiveKinds, queues: Queues) -> bool:
    return not isinstance(channel, ConcurrentChannel) and _exact_queues(queues)


def _exact_queues(queues: Queues) -> bool:
    """Whether the exact day is one of these queues: one customer at a time, nobody calls again, not too large."""
    simple = queues.curves is None and queues.redial_share is None and queues.definition == "offered"
    return simple and float(queues.load_erl.max()) <= _MOST_LOAD


def _exact(config: Config, queues: Queues, targets: Targets, start: Array) -> Array:
    step = config.plan.interval_s
    volume = queues.load_erl / queues.aht_s * step
    patience, within = float(queues.patience_s[0]), float(queues.within_s[0])
    return exact_agents(volume, step, queues.aht_s, patience, within, float(targets.share[0]), start)
