"""How one file is read: what the config states, and what it does not state from the profile of the file's system."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from configs.schema import History
from configs.schema.reading import HistoryColumns
from forecast.data.sources.profile import MOST_ROWS_ABOVE
from forecast.data.sources.registry import named, recognised

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from configs.schema.reading import ColumnName
    from forecast.data.sources.profile import Profile

    Records = Sequence[Sequence[str]]

WHEN = {"start", "date", "time"}
"""Columns of which a file needs one or two."""
OUR_COLUMNS = ("start", "volume")
AS_OURS = {"format": "csv", "rows": "intervals", "header": None, "wide": None}
"""Settings of a file that has our own columns."""


@dataclass(frozen=True)
class Fitted:
    """The settings by which a file is read, and its profile if it has one."""

    history: History
    profile: Profile | None = None


def fitted(history: History, records: Records, label: str, *, ours: bool = False) -> Fitted:
    """Find the settings of a file by its first records.

    A profile is taken where the config names it, or where the file is recognised and the config does not already
    describe it: a file with the columns of start and volume that the config names, by default ours, is read by them.
    Where `ours`, a file with our own columns is read by them, whatever the config says of the columns of others.

    Raises
    ------
    DataError
        When the file is not of the system that the config names, or may be of two.
    """
    as_stated = history.format in {"auto", "csv"} and history.wide is None and _has(records, _asked(history))
    if ours and not as_stated and _has(records, OUR_COLUMNS):
        return Fitted(history.model_copy(update={**AS_OURS, "columns": _named_columns(history.columns)}))
    if history.format == "csv":
        return Fitted(history)
    if history.format != "auto":
        profile = named(history.format, records, label)
    else:
        found = None if _described(history, records) else recognised(records, label)
        if found is None:
            return Fitted(history)
        profile = found
    return Fitted(_merged(history, profile, profile.header(records)), profile)


def _described(history: History, records: Records) -> bool:
    """Whether the columns that the config names for times and volumes are in the file, or given by number."""
    asked = _asked(history)
    if history.header == "none" or history.wide is not None or any(isinstance(name, int) for name in asked):
        return True
    return _has(records, asked)


def _asked(history: History) -> list[ColumnName]:
    """Columns that the config names for times and volumes."""
    columns = history.columns
    asked = [columns.date if columns.date is not None else columns.start]
    if history.rows == "intervals":
        asked += columns.volume if isinstance(columns.volume, tuple) else [columns.volume]
    return asked


def _named_columns(columns: HistoryColumns) -> HistoryColumns:
    """Columns that are stated by name: a number is a place in the files of others."""
    stated = columns.model_dump(exclude_unset=True).items()
    return HistoryColumns.model_validate({name: column for name, column in stated if isinstance(column, str)})


def _has(records: Records, names: Iterable[object]) -> bool:
    """Whether one of the first records, which may be the header, has all of these names."""
    wanted = set(names)
    return any(wanted <= {cell.strip() for cell in record} for record in records[:MOST_ROWS_ABOVE])


def _merged(history: History, profile: Profile, header: Sequence[str]) -> History:
    """Settings of the profile below those that the config states."""
    stated = history.model_dump(exclude_unset=True, by_alias=True)
    spelled = profile.spelled(header)
    settings: dict[str, Any] = dict(profile.settings)
    for column, extra in profile.extras.items():
        if profile.key(column) in spelled:
            settings = _deep(settings, extra)
    columns = settings.get("columns", {})
    if WHEN & set(stated.get("columns", {})):
        columns = {name: column for name, column in columns.items() if name not in WHEN}
    settings["columns"] = {name: _as_spelled(column, profile, spelled) for name, column in columns.items()}
    return History.model_validate(_deep(settings, stated))


def _as_spelled(column: Any, profile: Profile, spelled: Mapping[str, str]) -> Any:  # noqa: ANN401 - name, number, several
    """Return the column as the file has it in its header."""
    if isinstance(column, tuple):
        return tuple(_as_spelled(each, profile, spelled) for each in column)
    return spelled.get(profile.key(column), column) if isinstance(column, str) else column


def _deep(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Join two tables of settings; those above come first, key by key."""
    joined = dict(below)
    for name, value in above.items():
        under = joined.get(name)
        joined[name] = _deep(under, value) if isinstance(value, dict) and isinstance(under, dict) else value
    return joined
