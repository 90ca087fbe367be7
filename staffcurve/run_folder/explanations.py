"""``explanations.json``: what stands behind the forecast of a run, kept so that its report can be made again."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date
from math import isfinite
from typing import TYPE_CHECKING, Any, ClassVar

from configs.errors import DataError, Fault
from staffcurve.run_folder.document import Document, read_document
from staffcurve.run_folder.layout import EXPLANATIONS

if TYPE_CHECKING:
    from pathlib import Path

    from forecast.cleaning import Finding
    from forecast.models.explain import Explanation
    from forecast.result import Forecast


class Explanations(Document):
    """Explanations, findings and the backtest by day ahead, as `forecast` hands them on."""

    REMEDY: ClassVar[str] = 'delete it to report without it, or recreate it with "staffcurve run"'
    INDENT: ClassVar[int] = 1

    explanations: tuple[dict[str, Any], ...]
    findings: tuple[dict[str, Any], ...]
    past: tuple[dict[str, Any], ...]


def write_explanations(forecast: Forecast, folder: Path) -> Path:
    """Write explanations, findings and the backtest by day ahead; the same forecast gives the same bytes."""
    from forecast.models.explain import plain

    kept = Explanations(
        schema_version=Explanations.NEWEST,
        explanations=tuple(plain(one) for one in forecast.explanations),
        findings=tuple(_plain(one) for one in forecast.findings),
        past=tuple(asdict(one) for one in forecast.past),
    )
    return kept.write(folder / EXPLANATIONS)


def read_explanations(forecast: Forecast, folder: Path) -> Forecast:
    """Return the forecast with what the folder says of it; older runs have no such file.

    Raises
    ------
    DataError
        The file is damaged, or of a newer version.
    """
    from forecast.result import Past

    path = folder / EXPLANATIONS
    if not path.is_file():
        return forecast
    kept = read_document(Explanations, path)
    try:
        return replace(
            forecast,
            explanations=tuple(_explanation(one) for one in kept.explanations),
            findings=tuple(_finding(one) for one in kept.findings),
            past=tuple(Past(**_tuples(one)) for one in kept.past),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(Fault(str(path), f"cannot be read ({error}); {Explanations.REMEDY}")) from error


def _explanation(plain: dict[str, Any]) -> Explanation:
    from configs.notes import Note
    from forecast.models.explain import Effect, Explanation, Member

    voices = []
    for one in plain["voices"]:
        errors = tuple(float("nan") if error is None else error for error in one["errors"])
        voices.append(Member(one["name"], tuple(one["weights"]), errors))
    events = tuple(Effect(**one) for one in plain["events"])
    why = Note(f"channel {plain['channel']}", plain["why"])
    return Explanation(**_tuples(plain) | {"why": why, "voices": tuple(voices), "events": events})


def _plain(finding: Finding) -> dict[str, Any]:
    """A finding as JSON holds it; days the config names have no size."""
    size = finding.size if isfinite(finding.size) else None
    return asdict(finding) | {"first": finding.first.isoformat(), "last": finding.last.isoformat(), "size": size}


def _finding(plain: dict[str, Any]) -> Finding:
    from forecast.cleaning import Finding

    cells: dict[str, Any] = {name: date.fromisoformat(plain[name]) for name in ("first", "last")}
    cells["size"] = float("nan") if plain["size"] is None else plain["size"]
    return Finding(**plain | cells)


def _tuples(plain: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in plain.items()}
