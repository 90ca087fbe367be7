"""``explanations.json``: what stands behind the forecast of a run, kept so that its report can be made again."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date
from math import isfinite
from typing import TYPE_CHECKING, Any

from configs.errors import DataError, Fault

if TYPE_CHECKING:
    from pathlib import Path

    from forecast.cleaning import Finding
    from forecast.explain import Explanation
    from forecast.result import Forecast

NAME = "explanations.json"
SCHEMA_VERSION = 1


def write_explanations(forecast: Forecast, folder: Path) -> Path:
    """Write explanations, findings and the backtest by day ahead; the same forecast gives the same bytes."""
    from forecast.explain import plain

    told = {
        "schema_version": SCHEMA_VERSION,
        "explanations": [plain(one) for one in forecast.explanations],
        "findings": [_told(one) for one in forecast.findings],
        "past": [asdict(one) for one in forecast.past],
    }
    path = folder / NAME
    text = json.dumps(told, indent=1, ensure_ascii=False, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
    return path


def read_explanations(forecast: Forecast, folder: Path) -> Forecast:
    """Return the forecast with what the folder tells of it; runs before there was such a file tell nothing.

    Raises
    ------
    DataError
        The file is not as `write_explanations` leaves it.
    """
    from forecast.result import Past

    path = folder / NAME
    if not path.is_file():
        return forecast
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return replace(
            forecast,
            explanations=tuple(_explanation(one) for one in told["explanations"]),
            findings=tuple(_finding(one) for one in told["findings"]),
            past=tuple(Past(**_tuples(one)) for one in told["past"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        words = f'cannot be read ({error}); delete it to report without it, or "staffcurve run" makes it again'
        raise DataError(Fault(str(path), words)) from error


def _explanation(told: dict[str, Any]) -> Explanation:
    from forecast.explain import Effect, Explanation, Voice

    voices = []
    for one in told["voices"]:
        errors = tuple(float("nan") if error is None else error for error in one["errors"])
        voices.append(Voice(one["name"], tuple(one["weights"]), errors))
    events = tuple(Effect(**one) for one in told["events"])
    return Explanation(**_tuples(told) | {"voices": tuple(voices), "events": events})


def _told(finding: Finding) -> dict[str, Any]:
    """A finding as JSON holds it; days the config names have no size."""
    size = finding.size if isfinite(finding.size) else None
    return asdict(finding) | {"first": finding.first.isoformat(), "last": finding.last.isoformat(), "size": size}


def _finding(told: dict[str, Any]) -> Finding:
    from forecast.cleaning import Finding

    cells: dict[str, Any] = {name: date.fromisoformat(told[name]) for name in ("first", "last")}
    cells["size"] = float("nan") if told["size"] is None else told["size"]
    return Finding(**told | cells)


def _tuples(told: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in told.items()}
