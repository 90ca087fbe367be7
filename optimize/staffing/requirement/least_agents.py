"""The least number of agents that meets every service target."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from optimize.staffing.queueing.measures import numbers
from optimize.staffing.requirement.capacity import by_capacity, kinds
from optimize.staffing.requirement.initial_guess import square_root_start
from optimize.staffing.requirement.least_integer import least
from optimize.staffing.requirement.question import Question

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from optimize.staffing.queueing.concurrency import Curve
    from optimize.staffing.queueing.measures import Definition
    from optimize.staffing.queueing.queues import Queues
    from optimize.staffing.requirement.targets import Targets

    Array = NDArray[np.float64]
    Rows = NDArray[np.int64]

_FEWEST_PER_TABLE = 2_000
"""Similar rows from which a table of capacities is quicker than a search for each."""


def required_agents(
    load_erl: ArrayLike,
    aht_s: ArrayLike | None = None,
    *,
    share: ArrayLike | None = None,
    within_s: ArrayLike = 0.0,
    patience_s: ArrayLike = np.inf,
    asa_s: ArrayLike | None = None,
    abandonment: ArrayLike | None = None,
    max_occupancy: ArrayLike | None = None,
    response_s: ArrayLike | None = None,
    redial_share: ArrayLike = 0.0,
    definition: Definition = "offered",
    curve: Curve | None = None,
) -> Array:
    """Least number of agents that meets every target given; one agent fewer misses one.

    Parameters
    ----------
    load_erl
        Offered load, ``volume * aht_s / interval_s``, with ``curve.handle_s`` where there is a curve; 0 or more.
    aht_s
        Mean handle time in seconds; needed without a curve.
    share, within_s
        Share of customers to be answered within that many seconds.
    patience_s
        Mean patience in seconds; inf where nobody gives up.
    asa_s
        Longest mean wait of all offered customers, in seconds.
    abandonment
        Largest share that may give up.
    max_occupancy
        Largest share of the agents' capacity that may be in use.
    response_s
        Longest mean time to reply to a message, in seconds; needs a curve made of touches.
    redial_share
        Share of those who give up that tries again; below 1.
    definition
        What the service level counts, see ``measures.Definition``.
    curve
        How agents slow down with every further conversation; None for one customer at a time.

    Returns
    -------
    Array
        Whole numbers as floats in the broadcast shape; 0 where there is no load, inf where no number is enough.

    Raises
    ------
    DataError
        A number is out of range, no target is given, or a target needs a curve that is not given.

    >>> float(required_agents(600, 180, share=0.80, within_s=20, patience_s=120))
    541.0
    """
    question = Question(
        asked_by="required_agents",
        aht_s=aht_s,
        share=share,
        within_s=within_s,
        patience_s=patience_s,
        asa_s=asa_s,
        abandonment=abandonment,
        max_occupancy=max_occupancy,
        response_s=response_s,
        redial_share=redial_share,
        definition=definition,
        curve=curve,
    )
    rows = question.rows(numbers("load_erl", load_erl))
    return rows.shaped(least_agents(rows.queues.at(rows.amounts[0]), rows.targets))


def least_agents(queues: Queues, targets: Targets) -> Array:
    """Least agents for valid flat rows; inf where no number is enough."""
    answer = np.full(queues.size, np.inf)
    open_rows = targets.attainable(queues)
    groups = [rows for rows in _alike(queues, targets) if open_rows[rows].all()]
    rest = np.flatnonzero(open_rows)
    if groups:
        answer, near_a_step = by_capacity(queues, targets, groups, search)
        open_rows[np.concatenate(groups)] = False
        rest = np.concatenate([np.flatnonzero(open_rows), near_a_step])
    answer[rest] = search(queues.take(rest), targets.take(rest))
    return answer


def _alike(queues: Queues, targets: Targets) -> list[Rows]:
    """Rows that differ only in their load, where there are enough of them for a table."""
    if queues.size < _FEWEST_PER_TABLE:
        return []
    columns = [queues.aht_s, queues.patience_s, queues.within_s, *vars(targets).values()]
    columns += [] if queues.redial_share is None else [queues.redial_share]
    for curve in () if queues.curves is None else (queues.curves.session_s, queues.curves.reply_s):
        columns += list(curve.T)
    return kinds(columns, _FEWEST_PER_TABLE)


def search(queues: Queues, targets: Targets) -> Array:
    """Least agents by guess and walk, each answer verified on both sides."""
    replies = not bool(np.isnan(targets.response_s).all())

    def enough(agents: Array, rows: Rows) -> NDArray[np.bool_]:
        """Whether so many agents meet the targets of these rows."""
        asked, wanted = queues.take(rows), targets.take(rows)
        if asked.redial_share is None or not asked.redial_share.any():
            return wanted.met(asked.serve(agents, replies=replies))
        good = wanted.met(replace(asked, redial_share=None).serve(agents, replies=replies))
        rest = np.flatnonzero(good)  # what first attempts alone break, all attempts break too
        good[rest] = wanted.take(rest).met(asked.take(rest).serve(agents[rest], replies=replies))
        return good

    return least(enough, square_root_start(queues, targets))
