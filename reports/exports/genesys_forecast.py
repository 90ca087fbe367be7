"""``genesys-forecast.json.gz``: the forecast for Genesys Cloud, body of the forecast import of its API.

Fields as in MyPureCloud/platform-client-sdk (``BuImportShortTermForecastSchema``, ``ForecastPlanningGroupData``):
quarter hours from the first midnight of the week. A public importer says that the interface demands an eighth day and
repeats the first one there; so does this file. It is packed with gzip, as the interface asks for.
"""

from __future__ import annotations

import gzip
import io
import json
from typing import TYPE_CHECKING, Any

from configs.tables import records
from reports.exports.numbers import inside, known

if TYPE_CHECKING:
    from pathlib import Path

    from reports.run import Run

INTERVALS = 8 * 96
"""Quarter hours of eight days; those of a week with a clock change are counted in elapsed time too."""


def write(run: Run, home: Path) -> list[Path]:
    """Write the file; channels whose planning group is blank are left out."""
    groups = run.config.reports.genesys.planning_groups
    body = {
        "description": f"{run.config.plan.name}, week of {run.horizon.first.isoformat()}",
        "weekCount": 1,
        "planningGroups": [_group(run, channel, groups[channel]) for channel in sorted(groups) if groups[channel]],
        "canUseForScheduling": True,
    }
    path = home / "genesys-forecast.json.gz"
    path.write_bytes(packed(json.dumps(body, ensure_ascii=False).encode()))
    return [path]


def _group(run: Run, channel: str, group: str) -> dict[str, Any]:
    rows = records(inside(run, channel))
    volumes, times = ([round(known(row.get(name)), 2) for row in rows] for name in ("volume", "aht_s"))
    return {
        "planningGroupId": group,
        "offeredPerInterval": _eight_days(volumes),
        "averageHandleTimeSecondsPerInterval": _eight_days(times),
    }


def _eight_days(values: list[float]) -> list[float]:
    return [*values, *values[: INTERVALS - len(values)]]


def packed(data: bytes) -> bytes:
    """Pack with gzip: no name and no time in it, so that the same data are the same bytes."""
    text = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=text, mtime=0) as file:
        file.write(data)
    return text.getvalue()
