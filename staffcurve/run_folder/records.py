"""The parts that several documents of a run folder share: proof, shortfalls, advice, notes, changes."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Literal

from configs.redaction import redacted
from optimize.roster.facts import Assumption
from optimize.roster.result import Status
from staffcurve.run_folder.document import Number, Record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from configs.notes import Noticed
    from optimize.roster.result import Changes, Roster

ANY_ROSTER = "any roster"
"""Begin of the words for the rosters a bound speaks of; the scope of the roster follows."""


class NoteRecord(Record):
    """What was noticed, and where."""

    where: str
    sentence: str
    code: str = "note"


class ChangesRecord(Record):
    """What differs from the published roster."""

    people: int
    cells: int
    unavoidable: int


class ShortfallRecord(Record):
    """A span in which a channel is short of people, and why; ISO 8601 times."""

    channel: str
    start: str
    end: str
    agent_h: Number
    most: Number
    reason: str
    code: str | None = None
    """None in runs that tell the reason in words only."""


class AdviceRecord(Record):
    """What a change of the rules would save, a week; of the kind "hour" the price of an hour."""

    kind: str
    subject: str
    saving: Number
    sentence: str
    basis: str
    code: str = "note"


class CostRecord(Record):
    """Cost of a roster in the currency of the plan, not rounded."""

    wages: Number
    premiums: Number
    shortage: Number
    excess: Number
    late: Number = 0.0
    changes: Number = 0.0
    activities: Number = 0.0
    targets: Number = 0.0
    total: Number


class LimitRecord(Record):
    """A search that a limit ended, and how many times."""

    search: str
    limit: Literal["time", "nodes"]
    times: int


class ProofRecord(Record):
    """How good a roster is: the fields of `optimize.roster.result.Roster` that its tables do not say."""

    status: Status
    cost: CostRecord
    bound: Number
    bound_for: str = ""
    assumes: tuple[Assumption, ...] | None = None
    """What the bound takes as given; None in runs that say it in words only."""
    gap: Number | None
    left_out: int = 0
    days_given_up: tuple[str, ...] = ()
    limits_hit: tuple[LimitRecord, ...] = ()
    changes: ChangesRecord | None = None
    interval_bound: Number | None = None
    """Least cost of keeping every interval by itself; absent where no target is one over a day or a week."""


def proof_of(roster: Roster) -> ProofRecord:
    """Return the proof of a roster."""
    more = {} if roster.interval_bound is None else {"interval_bound": roster.interval_bound}
    return ProofRecord(
        status=roster.status,
        cost=CostRecord(**asdict(roster.cost), total=roster.cost.total),
        bound=roster.bound,
        bound_for=f"{ANY_ROSTER}{roster.scope}",
        assumes=roster.assumes,
        gap=roster.gap,
        left_out=roster.left_out,
        days_given_up=tuple(str(each) for each in roster.days_given_up),
        limits_hit=tuple(LimitRecord(**asdict(each)) for each in roster.limits_hit),
        changes=changes_of(roster.changes),
        **more,
    )


def changes_of(changes: Changes | None) -> ChangesRecord | None:
    """Return what differs from the published roster; None where none is named."""
    return None if changes is None else ChangesRecord(**asdict(changes))


def shortfalls_of(roster: Roster) -> tuple[ShortfallRecord, ...]:
    """Return the spans in which people are missing, most agent-hours first."""
    return tuple(
        ShortfallRecord(
            channel=each.channel,
            start=each.start.isoformat(),
            end=each.end.isoformat(),
            agent_h=each.agent_h,
            most=each.most,
            reason=each.reason,
            code=each.code,
        )
        for each in roster.shortfalls
    )


def advice_of(roster: Roster) -> tuple[AdviceRecord, ...]:
    """Return what would help."""
    return tuple(
        AdviceRecord(
            kind=each.kind,
            subject=each.subject,
            saving=each.saving,
            sentence=each.sentence,
            basis=each.basis,
            code=each.change.code,
        )
        for each in roster.advice
    )


def notes_of(notes: Iterable[Noticed]) -> tuple[NoteRecord, ...]:
    """Return what was noticed, without a password that a URL in it may have."""
    return tuple(
        NoteRecord(where=redacted(note.where), sentence=redacted(note.sentence), code=note.code) for note in notes
    )
