"""Several weeks one after the other: each is planned like any week, after the run folder of the week before it."""

from __future__ import annotations

import os
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from configs.loader import build

if TYPE_CHECKING:
    from configs.schema import Config


def one_week(config: Config) -> Config:
    """The first week of a config of several, by itself, so that its run folder can be made again."""
    if config.plan.weeks == 1:
        return config
    raw = deepcopy(config.raw)
    raw["plan"]["weeks"] = 1
    return build(raw, "config", config.folder)


def week_after(config: Config, first: date, folder: Path) -> Config:
    """The config of the week after the one that begins on `first` and was written to `folder`.

    A roster published before is that of the first week only.
    """
    raw = deepcopy(config.raw)
    raw["plan"] |= {"week": first + timedelta(days=7), "weeks": 1}
    settings = {key: value for key, value in raw.get("roster", {}).items() if key != "published"}
    raw["roster"] = settings | {"previous": Path(os.path.relpath(folder, config.folder)).as_posix()}
    return build(raw, "config", config.folder)
