"""``summary.json``: the numbers of the week for other programs.

Shares are 0..1, times agent-hours, amounts in the currency of the plan; a number that does not exist is null.
"""

from __future__ import annotations

from pydantic import Field

from staffcurve.run_folder.document import Document, Number, Record
from staffcurve.run_folder.records import AdviceRecord, ChangesRecord, NoteRecord, ShortfallRecord


class CostSummary(Record):
    """What the week costs: the payroll, and what the program counts."""

    payroll: Number
    wages: Number
    premiums: Number
    shortage: Number
    excess: Number
    late: Number
    changes: Number = 0.0
    activities: Number = 0.0
    targets: Number = 0.0
    total: Number


class RosterSummary(Record):
    """How good the roster is."""

    status: str
    bound: Number
    bound_for: str = ""
    gap: Number | None
    left_out: int = 0
    days_given_up: tuple[str, ...] = ()
    shifts: int
    paid_h: Number
    changes: ChangesRecord | None = None


class LateSummary(Record):
    """Late work of a channel; `worst` is the interval that brings most of it."""

    channel: str
    late_h: Number
    due_h: Number
    share: Number
    target: Number
    met: bool
    oldest_h: Number | None
    worst: str | None
    worst_share: Number | None


class PeopleSummary(Record):
    """Who works, who is away, and whose wishes were granted."""

    all: int
    working: int
    on_leave: tuple[str, ...]
    not_needed: tuple[str, ...]
    wishes: int
    wishes_granted: int


class ShortSummary(Record):
    """A span in which a channel is short of people."""

    start: str
    end: str
    agent_h: Number
    most: Number


class WorkSummary(Record):
    """The work of a deferrable channel, agent-hours; `oldest_h` in hours."""

    opening_h: Number | None
    arriving_h: Number | None
    done_h: Number | None
    left_h: Number | None
    judged_h: Number | None
    late_h: Number | None
    oldest_h: Number | None


class ChannelSummary(Record):
    """A channel over the week; `work` stands only where it may wait."""

    timezone: str | None = None
    kind: str
    volume: Number | None
    target: Number
    service_level: Number | None
    kept: bool | None
    intervals_below_target: int
    required_h: Number | None
    staffed_h: Number | None
    shortage_h: Number | None
    excess_h: Number | None
    short: tuple[ShortSummary, ...]
    work: WorkSummary | None = None


class ReplayedChannel(Record):
    """Service of a channel in the replay, with its 95 % interval."""

    contacts: Number | None
    service_level: Number | None
    sl_low: Number | None
    sl_high: Number | None
    abandonment: Number | None
    asa_s: Number | None
    occupancy: Number | None
    kept: Number | None = None


class ReplayedTarget(Record):
    """How probable it is that a channel meets its target."""

    promise: str
    probability: Number | None
    low: Number | None
    high: Number | None
    cushion_h: Number | None = None
    over: str | None = None
    """What the target is kept over, where that is a day or a week; the keys below stand only there, too."""
    sure: Number | None = None
    worst_day: str | None = None
    busier: dict[str, Number | None] | None = None
    """Probability by the factor of contacts over the forecast, such as ``1.05``."""


class ReplaySummary(Record):
    """The replay of the roster."""

    replications: int
    seed: int
    channels: dict[str, ReplayedChannel]
    promises: dict[str, ReplayedTarget] = Field(default_factory=dict)


class AccuracySummary(Record):
    """How the forecast of a channel did on its own past."""

    days: int
    wape: Number | None
    naive_wape: Number | None
    bias: Number | None
    covered_80: Number | None


class FindingRecord(Record):
    """A sentence on the week, and whether it is good or bad news."""

    sentence: str
    mark: str


class Summary(Document):
    """The numbers of the week."""

    staffcurve: str
    plan: str
    week: str
    days: int
    timezone: str
    interval_min: int
    currency: str
    cost: CostSummary
    roster: RosterSummary
    shortfalls: tuple[ShortfallRecord, ...] = ()
    late: tuple[LateSummary, ...] = ()
    missed: tuple[str, ...] = ()
    advice: tuple[AdviceRecord, ...] = ()
    people: PeopleSummary
    channels: dict[str, ChannelSummary]
    simulation: ReplaySummary | None = None
    accuracy: dict[str, AccuracySummary] = Field(default_factory=dict)
    findings: tuple[FindingRecord, ...] = ()
    notes: tuple[NoteRecord, ...] = ()
