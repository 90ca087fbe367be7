"""Clock times as text. When the clock goes back an hour comes twice; its second pass is marked with a star: ``01:15*``.

Every text with clock times is written this way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

SECOND = "*"
"""Mark of a clock time that the clock shows for the second time that night."""


def clock_of(local: datetime) -> str:
    """Write the clock time of a local moment, with a star when the clock shows it for the second time.

    >>> from zoneinfo import ZoneInfo
    >>> clock_of(datetime(2026, 10, 25, 1, 30, fold=1, tzinfo=ZoneInfo("Europe/London")))
    '01:30*'
    """
    return f"{local:%H:%M}{SECOND if local.fold else ''}"
