"""Service of a channel by formula: of its own people, and of everybody in the queue of its team."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from optimize.staffing.requirement.interval_method import service_by_method
from optimize.staffing.requirement.one_queue import queues_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from configs.schema import Config
    from optimize.staffing.requirement.one_queue import Contacts
    from optimize.staffing.requirement.teams import Sharing

    Array = NDArray[np.float64]

MEASURES = ("service_level", "asa_s", "abandonment", "occupancy")


def service_of(
    config: Config, name: str, contacts: Mapping[str, Contacts], present: Mapping[str, Array], sharing: Sharing
) -> dict[str, Array]:
    """Service that the customers of a live channel get in each interval; by measure.

    A channel that shares enough people (``Sharing.effect``) is served by everybody of its team; with fewer it lies
    between that and what its own people give, in proportion.

    Parameters
    ----------
    config
        The channels and the method.
    name
        The channel.
    contacts, present
        Contacts, and people at work, of each channel; at least those of its team.
    sharing
        Who knows what.
    """
    alone = service_by_method(config, queues_of(config, {name: contacts[name]}, name)).serve(present[name])
    own = {measure: getattr(alone, measure) for measure in MEASURES}
    effect, team = sharing.effect(name), sharing.team(name)
    if effect <= 0:
        return own
    queues = service_by_method(config, queues_of(config, {each: contacts[each] for each in team}, name))
    whole = queues.serve(np.asarray(np.sum([present[each] for each in team], axis=0)))
    comes = contacts[name].volume > 0
    return {
        measure: np.where(comes, _between(values, getattr(whole, measure), effect), values)
        for measure, values in own.items()
    }


def _between(own: Array, together: Array, effect: float) -> Array:
    return together if effect >= 1 else (1.0 - effect) * own + effect * together
