"""Several weeks one after the other: each is planned like any week, after the run folder of the week before it."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from configs.loader import changed

if TYPE_CHECKING:
    from configs.schema import Config


def one_week(config: Config) -> Config:
    """The first week of a config of several, by itself, so that its run folder can be made again."""
    if config.plan.weeks == 1:
        return config
    return changed(config, {"plan.weeks": 1, "plan.joint": config.plans_jointly})


def week_after(config: Config, first: date, folder: Path) -> Config:
    """The config of the week after the one that begins on `first` and was written to `folder`.

    A roster published before is that of the first week only.
    """
    settings = {
        "plan.week": first + timedelta(days=7),
        "plan.weeks": 1,
        "roster.published": None,
        "roster.previous": Path(os.path.relpath(folder, config.folder)).as_posix(),
    }
    return changed(config, settings)
