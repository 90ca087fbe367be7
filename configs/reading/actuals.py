"""How a file of actuals is read: as ``reading.actuals`` states, and as the history where that states nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from configs.schema import Config
    from configs.schema.inputs import History
    from configs.schema.reading import ColumnSum


@dataclass(frozen=True)
class ActualsSettings:
    """Our column names with those of the file, and the settings of its cells and handle times."""

    columns: Mapping[str, ColumnSum | None]
    shape: History


def actuals_settings(config: Config) -> ActualsSettings:
    """Settings of the actuals of a config."""
    columns: dict[str, ColumnSum | None] = config.history.columns.model_dump()
    own = config.reading.actuals
    if own is None:
        return ActualsSettings(columns, config.history)
    stated = {name: getattr(own, name) for name in own.model_fields_set if name != "columns"}
    return ActualsSettings({**columns, **(own.columns or {})}, config.history.model_copy(update=stated))
