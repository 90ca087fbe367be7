"""Patience measured contact by contact: a better estimate than interval means, stated next to the setting.

A customer who gave up shows how long they would wait; one who was answered, or left the queue for another reason, shows
only that they would wait longer. A contact whose wait is unknown, such as one still in the queue, says nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from forecast.data.contacts import single
from forecast.data.contacts.facts import MeasuredPatience
from forecast.data.contacts.survival import NORMAL_95, survival

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

LEAST_AT_RISK = 30
"""The curve is followed while so many customers still wait."""
LEAST_ABANDONED = 50
"""Fewer contacts that gave up say too little: the standard error would be a seventh of the mean or more."""


def measure_patience(
    contacts: pd.DataFrame, stated_s: Mapping[str, float | None] | None = None
) -> Iterator[MeasuredPatience]:
    """Measure the patience of every channel with enough abandoned contacts, in order of their names.

    Parameters
    ----------
    contacts
        Table CONTACT_ROWS; without ``abandoned`` nothing can be measured.
    stated_s
        The setting ``channels.NAME.patience`` in seconds, where there is one; it is repeated and never replaced.
    """
    wait, gave_up = single.wait_s(contacts), single.abandoned(contacts)
    channel, known = single.channels(contacts).to_numpy(str), np.isfinite(wait) & (wait >= 0)
    for name in np.unique(channel).tolist():
        mine = known & (channel == name)
        curve = survival(wait[mine], gave_up[mine], LEAST_AT_RISK)
        if curve.abandoned < LEAST_ABANDONED or not curve.waited_s:
            continue
        off, mean = NORMAL_95 * curve.mean_error_s, curve.mean_s
        of = (curve.abandoned, int(mine.sum()), curve.until_s, curve.beyond, curve.exponential_s)
        stated = (stated_s or {}).get(name)
        yield MeasuredPatience(name, mean, max(mean - off, 0.0), mean + off, curve.median_s, *of, stated)
