"""What reading a history and forecasting from it may notice: a fact each, with the numbers its sentence needs.

`where` is the file, table, channel or config key in question. The sentences are in ``reports.english.forecast``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from configs.notes import Fact

if TYPE_CHECKING:
    from datetime import date, datetime

    from forecast.opening.hours import DaySpan

Way = Literal["multiply", "add", "set"]
"""What an adjustment does to the contacts of its span."""


@dataclass(frozen=True)
class ChannelNotPlanned(Fact):
    """A channel of the history is not in the config and was left out."""

    where: str
    channel: str
    rows: int
    contacts: float


@dataclass(frozen=True)
class ReadAsProfile(Fact):
    """Files were read by the profile of a system that was recognised or named; `proof` is what its columns rest on."""

    where: str
    system: str
    name: str
    proof: str
    files: int


@dataclass(frozen=True)
class RowsOfNoChannel(Fact):
    """Rows are of no channel and were left out: their texts in `columns`, each with its contacts, the most first."""

    where: str
    columns: tuple[str, ...]
    rows: int
    contacts: float
    values: tuple[tuple[tuple[str, ...], float], ...]


@dataclass(frozen=True)
class NotContacts(Fact):
    """Rows are not contacts, such as outbound calls, and were left out."""

    where: str
    column: str
    rows: int


@dataclass(frozen=True)
class OutcomesUnknown(Fact):
    """Outcomes that the settings do not name, each with its contacts; these count as handled."""

    where: str
    column: str
    values: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class RowsAdded(Fact):
    """Rows that share channel and interval were added up; `repeats` of them are equal in every cell."""

    where: str
    rows: int
    repeats: int
    repeated_contacts: float


@dataclass(frozen=True)
class RowsReplaced(Fact):
    """Rows were replaced by a later one for the same channel and interval."""

    where: str
    rows: int
    contacts: float


@dataclass(frozen=True)
class ContactsUpdated(Fact):
    """Contacts are in several files with different cells; the row with the latest end counts."""

    where: str
    rows: int


@dataclass(frozen=True)
class RowsRepeated(Fact):
    """Rows equal in every cell to an earlier one, of the same file or of another, were left out."""

    where: str
    rows: int
    contacts: float
    of_another_file: bool
    first_row: int


@dataclass(frozen=True)
class IntervalsAddedUp(Fact):
    """A history finer than the plan was added up; `incomplete` intervals were seen in part only."""

    where: str
    channel: str
    found_s: int
    interval_s: int
    incomplete: int


@dataclass(frozen=True)
class RowsDivided(Fact):
    """Rows of `row_min` minutes begin `late_min` minutes off a zone's clock and were cut into parts of `part_min`."""

    where: str
    channel: str
    zone: str
    row_min: int
    part_min: int
    late_min: tuple[int, ...]


@dataclass(frozen=True)
class DaysSpread(Fact):
    """Daily totals were spread over the intervals of their days by a channel's shape, "even" or (empty) by weights."""

    where: str
    channel: str
    days: int
    shape: str


@dataclass(frozen=True)
class VolumeStated(Fact):
    """A channel without history yet: its contacts a week are those of the config; the shape as in `DaysSpread`."""

    where: str
    volume: float
    shape: str
    begins: date | None


@dataclass(frozen=True)
class VolumeNotUsed(Fact):
    """A channel has history of its own by now; the volume that the config states is not used."""

    where: str
    days: int


@dataclass(frozen=True)
class HistoryTooShort(Fact):
    """The first days of a channel whose volume the config states are not used yet."""

    where: str
    days: int


@dataclass(frozen=True)
class OpenIntervalsAbsent(Fact):
    """Open intervals are absent from the history, with the days lost altogether and in part."""

    where: str
    channel: str
    intervals: int
    share: float
    whole_days: tuple[date, ...]
    part_days: tuple[date, ...]


@dataclass(frozen=True)
class ContactsOutsideHours(Fact):
    """Contacts of the history came while the channel was closed."""

    where: str
    channel: str
    contacts: float
    share: float


@dataclass(frozen=True)
class MoreHandledThanOffered(Fact):
    """Intervals of the history have more contacts handled than offered."""

    where: str
    channel: str
    intervals: int


@dataclass(frozen=True)
class HandleTimesAsStated(Fact):
    """Handle times look odd but are stated by the config; `doubt` is the fault they would be otherwise."""

    where: str
    channel: str
    column: str
    doubt: str


@dataclass(frozen=True)
class HandleTimesShort(Fact):
    """The usual handle time is so short that it may be in minutes; `setting` is the config line that says so."""

    where: str
    channel: str
    column: str
    usual_s: float
    setting: str


@dataclass(frozen=True)
class RegionalHolidays(Fact):
    """Holidays of some regions that a country without a region leaves out; `ahead` are those of the planned days."""

    where: str
    country: str
    since: date
    names: tuple[str, ...]
    ahead: tuple[tuple[date, str], ...]
    regions: tuple[str, ...]


@dataclass(frozen=True)
class EstimatedHolidays(Fact):
    """Holidays of the planned days that follow the moon and may move by a day."""

    where: str
    days: tuple[tuple[date, str], ...]


@dataclass(frozen=True)
class Adjusted(Fact):
    """A row of the adjustments was applied; contacts `before` became `after`. A blank channel means all."""

    where: str
    channel: str
    begin: datetime
    end: datetime
    way: Way
    value: float
    before: float
    after: float
    reason: str


@dataclass(frozen=True)
class ShortHistory(Fact):
    """The history is too short for the models; `began` is the first day of use, if it is not the first of all."""

    where: str
    days: int
    began: date | None


@dataclass(frozen=True)
class BiasedOnPast(Fact):
    """The forecast was too high (or low) on past weeks by more than chance explains; shares of the contacts."""

    where: str
    bias: float
    standard_error: float


@dataclass(frozen=True)
class HistoryEndsEarly(Fact):
    """Days between the end of the history and the planned week."""

    where: str
    days: int


@dataclass(frozen=True)
class OutageAtEnd(Fact):
    """Zeros since `first` are read as an outage; the channel is forecast as before."""

    where: str
    first: date


@dataclass(frozen=True)
class SeasonAtEnd(Fact):
    """Zeros since `first` are read as a closed season, which lasts until `back` where that is known."""

    where: str
    first: date
    back: date | None


@dataclass(frozen=True)
class EndedAtEnd(Fact):
    """Zeros since `first` are read as the end of the channel."""

    where: str
    first: date


@dataclass(frozen=True)
class SilentAtEnd(Fact):
    """No contact came in the last eight weeks."""

    where: str


@dataclass(frozen=True)
class LaterStart(Fact):
    """The channel began on `day`; zeros before do not count."""

    where: str
    day: date


@dataclass(frozen=True)
class ClosedSeason(Fact):
    """A period without contacts that is expected again in the same season."""

    where: str
    first: date
    last: date


@dataclass(frozen=True)
class NotInUse(Fact):
    """A period without contacts whose days do not count."""

    where: str
    first: date
    last: date


@dataclass(frozen=True)
class NeverObserved(Fact):
    """Open hours of the week that the history never saw; they are filled from similar ones."""

    where: str
    hours: tuple[DaySpan, ...]


@dataclass(frozen=True)
class MeanOfShortHistory(Fact):
    """Why a forecast is a mean: the history is shorter than eight weeks."""

    where: str


@dataclass(frozen=True)
class MeanOfFewContacts(Fact):
    """Why a forecast is a mean: fewer than ten contacts a day."""

    where: str


@dataclass(frozen=True)
class NothingCame(Fact):
    """Why a forecast is 0."""

    where: str


@dataclass(frozen=True)
class EqualWeights(Fact):
    """Why the members of a blend weigh the same: the history is too short to try them."""

    where: str


@dataclass(frozen=True)
class Best:
    """The member with the least error `first` to `last` days ahead; the farthest span has no last day."""

    member: str
    error: float
    first: int
    last: int | None


@dataclass(frozen=True)
class WeightsByError(Fact):
    """Why the members of a blend weigh what they do: the best of them on past weeks, near and far."""

    where: str
    best: tuple[Best, ...]
