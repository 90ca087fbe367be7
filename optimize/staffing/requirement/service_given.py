"""Expected service where a roster staffs more or fewer people than required."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.errors import DataError, Fault
from configs.schema import DeferrableChannel
from optimize.staffing.requirement.one_queue import Contacts
from optimize.staffing.requirement.team_service import service_of
from optimize.staffing.requirement.teams import sharing_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from configs.schema import Config

    Array = NDArray[np.float64]

_MEASURES = ("service_level", "abandonment", "occupancy")


def serve(
    config: Config, requirement_table: pd.DataFrame, staffed: pd.DataFrame, agents: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Service of the live channels with the people rostered, absence taken off.

    Channels that share people are served by everybody of their team, as one queue (``team_service``).

    Parameters
    ----------
    config
        The channels and the absence.
    requirement_table
        ``requirement`` table; needs `channel, start`, and `volume, aht_s` for a service level.
    staffed
        `channel, start, staffed`: people rostered, a row for each live interval of the requirement.
    agents
        ``agents`` table, which says who shares channels; as in ``staff``.

    Returns
    -------
    DataFrame
        `channel, start, service_level, abandonment, occupancy` for each live interval of the requirement, NaN where no
        contact is expected or the volume is not known.

    Raises
    ------
    DataError
        An interval has no row in `staffed`.
    """
    live = [name for name, channel in config.channels.items() if not isinstance(channel, DeferrableChannel)]
    sharing = sharing_of(config, agents)
    rows = {name: requirement_table.loc[requirement_table["channel"] == name].sort_values("start") for name in live}
    come = 1.0 - config.staffing.absence
    people = {name: _present(rows[name], staffed.loc[staffed["channel"] == name], name) * come for name in live}
    frames = []
    for name in live:
        known = _known(config, name, rows[name])
        team = {
            each: _contacts(config, each, rows[name], rows[each], served=each != name) for each in sharing.team(name)
        }
        there = {each: _at(rows[name], rows[each], people[each]) for each in team}
        service = service_of(config, name, team, there, sharing)
        given = {measure: np.where(known, service[measure], np.nan) for measure in _MEASURES}
        frames.append(pd.DataFrame({"channel": name, "start": rows[name]["start"].array, **given}))
    if not frames:
        return pd.DataFrame(columns=["channel", "start", *_MEASURES])
    return pd.concat(frames, ignore_index=True)


def _present(rows: pd.DataFrame, staffed: pd.DataFrame, name: str) -> Array:
    people = staffed.set_index("start")["staffed"].reindex(pd.DatetimeIndex(rows["start"])).to_numpy(dtype=float)
    if np.isnan(people).any():
        first = rows["start"].iloc[int(np.isnan(people).argmax())]
        raise DataError(
            Fault(
                "staffed",
                f'has no people for channel "{name}" at {first:%Y-%m-%d %H:%M} UTC; write 0 where nobody works',
            )
        )
    return people


def _known(config: Config, name: str, rows: pd.DataFrame) -> NDArray[np.bool_]:
    """Where contacts are expected whose handle time is known."""
    timed = (_column(rows, "aht_s") > 0) | (config.channels[name].kind == "concurrent")
    return np.asarray((_column(rows, "volume") > 0) & timed)


def _contacts(config: Config, name: str, asked: pd.DataFrame, rows: pd.DataFrame, *, served: bool) -> Contacts:
    """Contacts of a channel in the intervals `asked`; of others of its team those they serve while they are open."""
    known = _known(config, name, rows)
    if served and "load_erl" in rows.columns:
        known &= ~(_column(rows, "load_erl") <= 0)
    volume, aht = np.where(known, _column(rows, "volume"), 0.0), np.nan_to_num(_column(rows, "aht_s"))
    return Contacts(_at(asked, rows, volume), _at(asked, rows, aht), np.zeros(len(asked)))


def _at(asked: pd.DataFrame, rows: pd.DataFrame, values: Array) -> Array:
    """Values of some rows in the intervals of others; 0 where there is none."""
    there = pd.Series(values, pd.DatetimeIndex(rows["start"])).reindex(pd.DatetimeIndex(asked["start"]))
    return np.asarray(np.nan_to_num(there.to_numpy(dtype=float)), dtype=np.float64)


def _column(rows: pd.DataFrame, name: str) -> Array:
    if name not in rows.columns:
        return np.full(len(rows), np.nan)
    return rows[name].to_numpy(dtype=float, na_value=np.nan)
