"""Actuals next to forecast, plan and roster, interval by interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.errors import DataError, Fault
from configs.notes import Note, Noticed

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from reports.run import Run

SAID = {"volume": "said", "aht_s": "aht_said", **{name: name for name in ("q025", "q10", "q90", "q975")}}
_AS_IS = ("aht_s", "wait_s", "response_s", "backlog", "abandoned", "first_contact_resolution", "satisfaction")
CAME = {"volume": "came", "service_level": "service_measured", **{name: name for name in _AS_IS}}


def align(runs: Sequence[Run], actuals: pd.DataFrame, source: str, notes: list[Noticed]) -> pd.DataFrame:
    """Return a row for each channel and interval that was forecast and seen.

    Columns: `channel, start, date` (local day), `run` (number of the run), `came, said, q025, q10, q90, q975, aht_s,
    aht_said, service_measured, service_expected, service_planned, wait_s, wait_planned, response_s, backlog,
    backlog_planned, abandoned, first_contact_resolution, satisfaction`; NaN where a number is not known.

    Raises
    ------
    DataError
        A run has no row in the actuals.
    """
    import pandas as pd

    frames = []
    for number, run in enumerate(runs):
        rows = _one(run, actuals)
        if rows.empty:
            first, last = run.horizon.first, run.horizon.date(run.horizon.days - 1)
            raise DataError(Fault(source, f"has no rows from {first} to {last}, the days of a run"))
        frames.append(rows.assign(run=number))
    found = pd.concat(frames, ignore_index=True)
    left = len(actuals) - len(found)
    if left:
        notes.append(Note(source, f"{left:,} rows outside the planned days or channels were left out"))
    return found


def _one(run: Run, actuals: pd.DataFrame) -> pd.DataFrame:
    import numpy as np

    key = ["channel", "start"]
    said = run.forecast.table.rename(columns=SAID)
    came = actuals.rename(columns=CAME)
    mine = said[[name for name in (*key, *SAID.values()) if name in said.columns]]
    rows = mine.merge(came[[name for name in (*key, *CAME.values()) if name in came.columns]], on=key, how="inner")
    for name in (*SAID.values(), *CAME.values()):
        if name not in rows.columns:
            rows[name] = np.nan
    rows = rows.merge(_planned(run), on=key, how="left").merge(_expected(run, rows), on=key, how="left")
    return rows.assign(date=rows["start"].dt.tz_convert(run.horizon.zone).dt.date)


def _planned(run: Run) -> pd.DataFrame:
    """Service (of deferrable work the share in time), mean wait and backlog [contacts] as planned."""
    import pandas as pd

    key = ["channel", "start"]
    cover = run.roster.coverage
    service = cover["service_level"].fillna(cover["on_time"]) if "on_time" in cover else cover["service_level"]
    plan = cover[key].assign(service_planned=service)
    waits = run.replay.table if run.replay is not None else run.requirement.table
    plan = plan.merge(waits[[*key, "asa_s"]].rename(columns={"asa_s": "wait_planned"}), on=key, how="left")
    parts = []
    for name, rows in run.roster.coverage.groupby("channel", sort=False):
        hours = rows.sort_values("start")
        parts.append(hours[key].assign(backlog_planned=_backlog(run, str(name), hours)))
    return plan.merge(pd.concat(parts, ignore_index=True), on=key, how="left")


def _backlog(run: Run, channel: str, rows: pd.DataFrame) -> pd.Series:
    """Contacts open at the start of each interval: hours at the end of the one before over hours a contact takes."""
    import numpy as np

    need = run.requirement.table[run.requirement.table["channel"] == channel]
    volume = float(need["volume"].sum()) if "volume" in need else 0.0
    work = float(need["work_h"].sum()) if "work_h" in need else 0.0
    if run.config.channels[channel].kind != "deferrable" or not (volume > 0 and work > 0):
        return rows["staffed"] * np.nan
    before = rows["backlog_h"] - rows["work_h"] + rows["done_h"]
    return before.clip(lower=0.0) * volume / work


def _expected(run: Run, rows: pd.DataFrame) -> pd.DataFrame:
    """Service by formula of the people rostered with the volume and handle time that came.

    Intervals not observed use their forecast, so that long contacts carry over as they would.
    """
    from optimize.staffing import serve

    key = ["channel", "start"]
    live = [name for name, channel in run.config.channels.items() if channel.kind != "deferrable"]
    need = run.requirement.table[run.requirement.table["channel"].isin(live)][[*key, "volume", "aht_s"]]
    seen = need[key].merge(rows[[*key, "came", "aht_s"]], on=key, how="left")
    table = need.reset_index(drop=True)
    table = table.assign(
        volume=seen["came"].where(seen["came"].notna(), table["volume"]),
        aht_s=seen["aht_s"].where(seen["aht_s"] > 0, table["aht_s"]),
    )
    given = serve(run.config, table, run.roster.coverage[[*key, "staffed"]], run.roster.people.agents)
    return given[[*key, "service_level"]].rename(columns={"service_level": "service_expected"})
