"""What a column of handle times holds: seconds, milliseconds or minutes, means or totals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from forecast.data.intervals import weight_of

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from configs.schema import HandleTimes, History

    Array = NDArray[np.float64]

Unit = Literal["s", "ms", "min"]
Is = Literal["mean", "total"]

SECONDS: dict[Unit, float] = {"s": 1.0, "ms": 0.001, "min": 60.0}
NAMES: dict[Unit, str] = {"s": "seconds", "ms": "milliseconds", "min": "minutes"}


@dataclass(frozen=True)
class Reading:
    """A way to read the column."""

    unit: Unit
    is_: Is

    def seconds(self, values: Array, contacts: Array) -> Array:
        """Mean handle time in seconds; NaN where a total has no contacts to be shared by."""
        each = values * SECONDS[self.unit]
        if self.is_ == "mean":
            return each
        shared: Array = np.divide(each, contacts, out=np.full(len(each), np.nan), where=contacts > 0)
        return shared

    @property
    def words(self) -> str:
        """Such as ``total milliseconds``."""
        return f"{'total ' if self.is_ == 'total' else ''}{NAMES[self.unit]}"


def config_setting(reading: Reading) -> str:
    """State a reading as the config has it."""
    return f'history.aht = {{ unit = "{reading.unit}", is = "{reading.is_}" }}'


def reading_of(stated: HandleTimes | None) -> Reading:
    """Return the reading stated; what is not stated is seconds, and a mean."""
    return Reading(plain_unit(stated) or "s", (stated and stated.is_) or "mean")


def plain_unit(stated: HandleTimes | None) -> Unit | None:
    """Unit of the numbers, if stated; times such as 5:30, whose parts are stated, were read as seconds."""
    if stated is None or stated.unit is None:
        return None
    return "s" if stated.unit == "h:mm" or stated.unit == "m:ss" else stated.unit  # noqa: PLR1714 - mypy narrows so


def of_one_row(history: History) -> HandleTimes | None:
    """What the handle time of a row holds: the total of one contact is its mean."""
    if history.aht is None or history.rows == "intervals":
        return history.aht
    return history.aht.model_copy(update={"is_": "mean"})


def in_seconds(rows: pd.DataFrame, stated: HandleTimes | None) -> pd.DataFrame:
    """Turn `aht_s` as the file has it into mean seconds a contact."""
    if "aht_s" not in rows.columns:
        return rows
    values, contacts = rows.aht_s.to_numpy(float), weight_of("aht_s", rows).to_numpy(float)
    return rows.assign(aht_s=reading_of(stated).seconds(values, contacts))
