"""How a file of actuals is read: as ``reading.actuals`` states, and as the history where that states nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from configs.schema.reading import HistoryColumns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from configs.schema import Config
    from configs.schema.inputs import History
    from configs.schema.reading import ColumnSum


@dataclass(frozen=True)
class ActualsSettings:
    """The settings of a history by which actuals are read, and the names of `further` columns in the file."""

    history: History
    further: Mapping[str, ColumnSum | None]


def actuals_settings(config: Config) -> ActualsSettings:
    """Settings of the actuals of a config.

    The history's `format` is that of its own files: actuals whose columns are stated have none unless it is stated too.
    """
    own = config.reading.actuals
    if own is None:
        return ActualsSettings(config.history, {})
    stated = {name: getattr(own, name) for name in own.model_fields_set if name != "columns"}
    if own.columns:
        names = config.history.columns.model_dump(exclude_unset=True) | own.columns
        known = {name: column for name, column in names.items() if name in HistoryColumns.model_fields}
        stated = {"format": "auto", "columns": HistoryColumns.model_validate(known)} | stated
    further = {n: column for n, column in (own.columns or {}).items() if n not in HistoryColumns.model_fields}
    return ActualsSettings(config.history.model_copy(update=stated), further)
