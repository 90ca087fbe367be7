"""Recount of work that may wait: lots with moments they are due, taken one after the other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.errors import Fault
from optimize.roster.verify.backlog_account import BacklogAccount, Part
from optimize.roster.verify.lanes import chooses_what_is_in_time, lane_faults, missed_hours
from optimize.roster.verify.worked import may_be_worked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from configs.schema import Config
    from optimize.roster.result import Roster

    Array = NDArray[np.float64]

NEAR = 1e-3
"""Hours by which two counts may differ; a solver is exact to far less."""


def read_account(config: Config, requirement: pd.DataFrame, roster: Roster, channel: str) -> BacklogAccount | None:
    """Put a channel's requirement beside its coverage; None for a channel whose work cannot wait."""
    settings = config.channels[channel]
    if settings.kind != "deferrable":
        return None
    need = requirement[requirement["channel"] == channel].sort_values("start").reset_index(drop=True)
    cover, before = roster.coverage, roster.people.waiting
    found = None
    if before is not None and settings.backlog is None:
        found = before[before["channel"] == channel]
    have = cover[cover["channel"] == channel].sort_values("start").reset_index(drop=True)
    step = pd.Timedelta(config.plan.interval)
    ends, share = need["start"] + step, settings.target.share
    due_by = _on_the_grid(need["due"], need["start"], step)
    arrived, done, backlog = (
        frame[name].fillna(0.0).to_numpy(dtype=float)
        for frame, name in ((need, "work_h"), (have, "done_h"), (have, "backlog_h"))
    )
    first, zone = Part("work", arrived, due_by, due_by, done, backlog, found), config.timezone_of(channel)
    worked = may_be_worked(config, requirement, settings, need["start"])
    if share == 1:
        return BacklogAccount(settings, have, pd.DatetimeIndex(ends), step, zone, (first,), worked)
    longer = ends + (need["due"] - ends) * (settings.target.longest / settings.target.within)
    rest = _on_the_grid(need["rest_due"].fillna(longer) if "rest_due" in need else longer, need["start"], step)
    rest = rest.where(rest.isna() | (rest >= due_by), due_by)
    slow_done, slow_backlog = (
        have[name].fillna(0.0).to_numpy(dtype=float) if name in have else np.zeros(len(have))
        for name in ("rest_done_h", "rest_backlog_h")
    )
    if chooses_what_is_in_time(config, channel):
        later = have["rest_work_h"].fillna(0.0).to_numpy(dtype=float) if "rest_work_h" in have else 0.0 * arrived
        lanes = (
            Part("work in time", arrived - later, due_by, due_by, done - slow_done, backlog - slow_backlog,
                 None if found is None else found.iloc[:0]),
            Part("the rest of the work", later, rest, due_by, slow_done, slow_backlog, found),
        )  # fmt: skip
        made = BacklogAccount(settings, have, pd.DatetimeIndex(ends), step, zone, lanes, worked, chosen=True)
        return made if settings.backlog is None else _with_stated_backlog(made, arrived)
    return BacklogAccount(settings, have, pd.DatetimeIndex(ends), step, zone, (
        Part("work with a target", share * arrived, due_by, due_by, done - slow_done, backlog - slow_backlog,
             None if found is None else found[found["part"] != "rest"]),
        Part("the rest of the work", (1 - share) * arrived, rest, due_by, slow_done, slow_backlog,
             None if found is None else found[found["part"] == "rest"]),
    ), worked)  # fmt: skip


def _with_stated_backlog(account: BacklogAccount, arrived: Array) -> BacklogAccount:
    """A stated backlog is among the rest: the share of the target due over the first deadline, the others later."""
    prompt, rest = account.parts
    share = account.settings.target.share
    first, later = (_share_of_backlog(account, due.where(arrived > 0)) for due in (rest.due_by, rest.due))
    return replace(account, parts=(prompt, replace(rest, backlog_due=share * first + (1 - share) * later)))


def _on_the_grid(due: pd.Series, start: pd.Series, step: pd.Timedelta) -> pd.Series:
    """Moments due, no later than they were, at ends of intervals; nothing is due before its own interval ends."""
    begin = start.iloc[0]
    whole = begin + (due - begin) // step * step
    return pd.Series(whole.where(whole.isna() | (whole >= start + step), start + step))


def work_faults(channel: str, account: BacklogAccount) -> Iterator[Fault]:
    """Work done before it arrives, work that appears or vanishes, a share in time that is not so."""
    where = f"coverage {channel}"
    for part in account.parts:
        before = np.concatenate([[part.opening], part.backlog[:-1]])
        lost = np.abs(before + part.arrived - part.done - part.backlog) > NEAR
        if lost.any():
            at = int(lost.argmax())
            value = before[at] + part.arrived[at] - part.done[at]
            reported = f"backlog_h of {part.name} is {part.backlog[at]:g} at {account.have['start'][at]}"
            yield Fault(where, f"{reported}; the recount says {value:g}")
        if (part.backlog < -NEAR).any() or part.opening < -NEAR:
            yield Fault(where, f"more of {part.name} is done than has arrived")
        if part.found is not None and abs(part.found["work_h"].sum() - part.opening) > NEAR:
            left = float(part.found["work_h"].sum())
            yield Fault(
                where, f"{part.opening:g} hours of {part.name} wait at the start; the previous week left {left:g}"
            )
        if (part.done < -NEAR).any():
            yield Fault(where, f"{part.name} is undone again")
    done = np.sum([part.done for part in account.parts], axis=0)
    if (outside := (done > NEAR) & ~account.worked).any():
        at = int(outside.argmax())
        yield Fault(
            where, f"{done[at]:g} hours are done at {account.have['start'][at]}, outside the hours it is worked"
        )
    closing, opening = (sum(part.backlog[-1] for part in account.parts), sum(part.opening for part in account.parts))
    if account.repeats and closing > opening + terminal_backlog_hours(account) + NEAR:
        reported = f"a repeating week ends with {closing:g} hours of backlog and begins with {opening:g}"
        yield Fault(where, reported)
    if account.chosen:
        yield from lane_faults(where, account, _owed(account, account.parts[0]), NEAR)
    if "on_time" in account.have:
        yield from _on_time_faults(where, account)


def _on_time_faults(where: str, account: BacklogAccount) -> Iterator[Fault]:
    """Follow the lots of each interval through the queue of its part."""
    size = len(account.have)
    total = np.sum([part.arrived for part in account.parts], axis=0)
    good = np.zeros(size)
    for part in account.parts:
        finished = np.cumsum(part.done) - part.opening
        ahead = 0.0
        for i in range(size):
            when = part.due_by[i]
            if part.arrived[i] > 0 and not pd.isna(when) and when <= account.ends[-1]:
                by_then = finished[int((when - account.ends[0]) / account.step)]
                good[i] += min(max(by_then - ahead, 0.0), part.arrived[i])
            ahead += part.arrived[i]
    reported = account.have["on_time"].to_numpy(dtype=float)
    judged = np.array([not pd.isna(when) and when <= account.ends[-1] for when in account.parts[0].due_by])
    for i in np.flatnonzero((total > NEAR) & judged).tolist():
        if not abs(reported[i] * total[i] - good[i]) <= NEAR:
            at = account.have["start"][i]
            yield Fault(where, f"on_time is {reported[i]:g} at {at}; the recount says {good[i] / total[i]:g}")
            return


def late_hours(account: BacklogAccount) -> float:
    """Hours of work past their deadline, each times the hours it stays so."""
    hours = account.step / pd.Timedelta(hours=1)
    return float(
        sum(np.maximum(_owed(account, part) - np.cumsum(part.done), 0).sum() for part in account.parts) * hours
    )


def missed_share_hours(account: BacklogAccount) -> float:
    """Hours missing for the share of a day or the week; 0 where each interval has its share."""
    return missed_hours(account) if account.chosen else 0.0


def terminal_backlog_hours(account: BacklogAccount) -> float:
    """Hours the rule for the end of the week leaves undone."""
    if account.settings.at_end == "due":
        return float(sum(max(0.0, _owed(account, part)[-1] - part.done.sum()) for part in account.parts))
    if account.settings.at_end == "as-found":
        return float(sum(max(0.0, part.arrived.sum() - part.done.sum()) for part in account.parts))
    is_open = [_is_open(account, start) for start in account.have["start"]]
    both = [i for i, yes in enumerate(is_open) if yes and account.worked[i]]
    last = max(both or [i for i, yes in enumerate(is_open) if yes], default=len(is_open) - 1)
    return float(sum(max(0.0, part.backlog[last]) for part in account.parts))


def _owed(account: BacklogAccount, part: Part) -> Array:
    """Hours due by the end of each interval, what waited at the beginning included.

    Without a stated backlog the week is a circle: it begins with work of last week that is due in this one.
    """
    arrives = part.arrived > 0
    due = part.due.where(arrives)
    owed = np.array([float(part.arrived[(due <= end).to_numpy()].sum()) for end in account.ends])
    if part.found is not None:
        hours, moments = part.found["work_h"], part.found["due"]
        owed += np.array([float(hours[(moments <= end).to_numpy()].sum()) for end in account.ends])
        return owed
    if account.settings.backlog is not None:
        return owed + part.opening * (_share_of_backlog(account, due) if part.backlog_due is None else part.backlog_due)
    inherited = (due > account.ends[-1]).to_numpy()
    length = account.ends[-1] - (account.ends[0] - account.step)
    owed += np.array([float(part.arrived[inherited & (due - length <= end).to_numpy()].sum()) for end in account.ends])
    return owed + part.opening - float(part.arrived[inherited].sum())


def _share_of_backlog(account: BacklogAccount, due: pd.Series) -> Array:
    """Share of a stated backlog due by the end of each interval: evenly until the first work of the week is."""
    first = due.dropna().min()
    if pd.isna(first):
        return np.ones(len(account.ends))
    counts = np.array(
        [account.settings.target.clock == "clock" or _is_open(account, start) for start in account.have["start"]]
    )
    passed = np.cumsum(counts).astype(float)
    if first > account.ends[-1]:
        needed = (first - (account.ends[0] - account.step)) / account.step * passed[-1] / len(passed)
        return np.asarray(passed / max(needed, 1.0))
    needed = max(float(passed[(account.ends <= first).nonzero()[0][-1]]), 1.0)
    return np.where(account.ends >= first, 1.0, passed / needed)


def _is_open(account: BacklogAccount, start: pd.Timestamp) -> bool:
    """Whether the channel is open at some minute of an interval, on its own clock."""
    local = start.tz_convert(account.zone).tz_localize(None)
    for moment in pd.date_range(local, local + account.step, freq="min", inclusive="left"):
        minute = moment.hour * 60 + moment.minute
        if any(a <= minute < b for a, b in account.settings.open.minutes(moment.weekday())):
            return True
    return False
