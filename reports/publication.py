"""The calendar entries of a week: one for each shift and activity, numbered by how often it has changed.

A calendar program that knows an entry (`uid`) replaces it when the new one has a higher `SEQUENCE` (RFC 5545, 3.8.7.4).
So an entry that says the same again keeps its number, a changed one gets the next, and one that is gone is given out
once more as cancelled. A run folder keeps the entries for the next time the week is published.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from configs.break_times import SECOND
from reports import formatting
from reports.calendar_entry import Entry
from reports.shifts import shifts_of
from reports.slugs import short_hash, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reports.run import Run
    from reports.shifts import ShiftLine


def publication(run: Run) -> tuple[Entry, ...]:
    """Entries of a run, numbered on from those given out before, in order of agent and start."""
    made = _numbered(entries_of(run), run.given_out)
    return tuple(sorted(made, key=lambda entry: (entry.agent, entry.start, entry.uid)))


def entries_of(run: Run) -> tuple[Entry, ...]:
    """Entries of the roster of a run as if it were given out for the first time.

    A shift is known by its agent, its day and its place among the shifts of that day; an activity by its name, agent
    and week: moved, they keep their `uid`.
    """
    return tuple(_entries(run))


def _entries(run: Run) -> Iterator[Entry]:
    home = f"{slug(run.config.plan.name)}.staffcurve"
    seen: dict[tuple[str, object], int] = {}
    for shift in shifts_of(run):
        if not run.horizon.begin <= shift.start < run.horizon.end:
            continue
        who, key = (shift.agent, shift.name), (shift.agent, shift.date)
        nth = seen[key] = seen.get(key, 0) + 1
        uid = f"{shift.date:%Y%m%d}-{nth}-{short_hash(shift.agent)}@{home}"
        span, text = (shift.start.astimezone(UTC), shift.end.astimezone(UTC)), f"Shift {shift.clocks}"
        yield Entry(uid, *who, *span, text, _described(shift), (shift.contract,))
        for held in shift.activities:
            uid = f"{slug(held.name)}-{run.horizon.first:%Y%m%d}-{short_hash(shift.agent)}@{home}"
            yield Entry(uid, *who, held.start.astimezone(UTC), held.end.astimezone(UTC), held.name)


def _described(shift: ShiftLine) -> str:
    breaks = f"Breaks: {shift.breaks_text}" if shift.breaks else "No breaks"
    activities = [f"Activities: {shift.activities_text}"] if shift.activities else []
    lines = [breaks, *activities, f"Paid: {formatting.hours(shift.paid_h)}"]
    if shift.start.utcoffset() != shift.end.utcoffset():
        lines.append("The clock changes during this shift.")
    moments = [shift.start, shift.end, *(moment for span in shift.breaks for moment in span)]
    if any(_comes_twice(moment) for moment in moments):
        lines.append(f"The clock repeats some of these times; {SECOND} marks the second.")
    return "\n".join(lines)


def _comes_twice(local: datetime) -> bool:
    """Whether the clock shows a time twice; one it skips, which no moment has, would differ as well."""
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _numbered(now: Iterable[Entry], earlier: Sequence[Entry]) -> Iterator[Entry]:
    """Number entries on; what was given out and is not among them any more is cancelled."""
    by_uid: dict[str, list[Entry]] = {}
    for entry in sorted(earlier, key=lambda entry: entry.sequence):
        by_uid.setdefault(entry.uid, []).append(entry)
    # A plan of another name has another domain: the entry people have keeps its own.
    known = {_key(uid): uid for uid in by_uid}
    for entry in now:
        uid = known.get(_key(entry.uid), entry.uid)
        yield _again(replace(entry, uid=uid), by_uid.pop(uid, []))
    for given in by_uid.values():
        yield _again(replace(given[-1], cancelled=True), given)


def _again(entry: Entry, given: Sequence[Entry]) -> Entry:
    """Number an entry: as before where everybody who has the latest one reads the same in it, else one higher."""
    if not given:
        return entry
    highest = max(each.sequence for each in given)
    same = all(_said(each) == _said(entry) for each in given if each.sequence == highest)
    return replace(entry, sequence=highest if same else highest + 1)


def _said(entry: Entry) -> Entry:
    """An entry without what its reader does not see."""
    return replace(entry, agent="", name="", sequence=0)


def _key(uid: str) -> str:
    return uid.partition("@")[0]


def stamp(run: Run, entry: Entry) -> datetime:
    """`DTSTAMP` and `LAST-MODIFIED` of an entry: its number in seconds after the first midnight of the week, UTC.

    The same run gives the same bytes, so the time of writing has no place here; it rises with the number.
    """
    first = run.horizon.first
    return datetime(first.year, first.month, first.day, tzinfo=UTC) + timedelta(seconds=entry.sequence)
