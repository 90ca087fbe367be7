"""Sentences about the history: its rows, gaps, handle times and odd days, and the account of its files."""

from __future__ import annotations

from forecast.cleaning import Finding
from forecast.data.account import FileAccount, Reason, contacts_text
from forecast.facts import (
    ChannelNotPlanned,
    ContactsOutsideHours,
    ContactsUpdated,
    DaysSpread,
    HandleTimesAsStated,
    HandleTimesShort,
    IntervalsAddedUp,
    MoreHandledThanOffered,
    NotContacts,
    OpenIntervalsAbsent,
    OutcomesUnknown,
    ReadAsProfile,
    RowsAdded,
    RowsDivided,
    RowsOfNoChannel,
    RowsRepeated,
    RowsReplaced,
)
from reports.english import units
from reports.english.registry import written

MOST_DAYS = 5
LEFT_OUT: dict[Reason, str] = {
    "ignored": "that are not contacts",
    "channel": "of channels not in the config",
    "repeated": "repeated in every cell",
    "replaced": "replaced by a later row",
    "not-ended": "of contacts without an end",
    "part": "of partly observed intervals",
    "unobserved": "without a volume",
}
ODD = {
    "outlier": "is an outlier",
    "outage": "has hours without contacts",
    "shift": "begins a new level",
    "named": "is named in the config",
    "near": "is next to a public holiday or at year's end",
}
DONE = {"keep": "it was kept", "drop": "it counts as not observed", "replace": "it was replaced"}


@written.register
def _(fact: ChannelNotPlanned) -> str:
    rows = f"{fact.rows:,} rows, {contacts_text(fact.contacts)} contacts"
    return f'channel "{fact.channel}" ({rows}) is not in the config and was left out'


PROOFS = {
    "source": "its source code",
    "vendor page": "a page of its vendor",
    "converters": "public programs that read or write such files",
    "one example": "one public example",
    "unproven": "nothing that could be looked up: the profile is unproven",
}
MOST_VALUES = 5


@written.register
def _(fact: ReadAsProfile) -> str:
    was = "was" if fact.files == 1 else f"{fact.files:,} files were"
    return f'{was} read as {fact.system} (history.format = "{fact.name}"), known from {PROOFS[fact.proof]}'


@written.register
def _(fact: RowsOfNoChannel) -> str:
    rows = f"{fact.rows:,} rows ({contacts_text(fact.contacts)} contacts) are of no channel and were left out"
    found = [
        f"{_named(fact.columns, texts)} ({contacts_text(contacts)} contacts)"
        for texts, contacts in fact.values[:MOST_VALUES]
    ]
    more = len(fact.values) - MOST_VALUES
    return f"{rows}: {', '.join(found)}" + (f" and {more:,} more" if more > 0 else "")


def _named(columns: tuple[str, ...], texts: tuple[str, ...]) -> str:
    return " ".join(f'{column} "{text}"' for column, text in zip(columns, texts, strict=True))


@written.register
def _(fact: NotContacts) -> str:
    return f"{fact.rows:,} rows are not contacts by their {fact.column} and were left out"


@written.register
def _(fact: OutcomesUnknown) -> str:
    found = units.listed([f'"{text}" ({count:,})' for text, count in fact.values], MOST_VALUES)
    said = f"{fact.column}: {found} are not named in history.outcomes; these contacts count as handled"
    return f"{said}; name those that are not under abandoned or ignored"


@written.register
def _(fact: RowsAdded) -> str:
    said = f"{fact.rows:,} rows were added to another row for the same channel and interval"
    contacts = contacts_text(fact.repeated_contacts)
    more = f"; {fact.repeats:,} of them ({contacts} contacts) repeat another row in every cell and were added too"
    return said + more if fact.repeats else said


@written.register
def _(fact: RowsReplaced) -> str:
    rows = f"{fact.rows:,} rows ({contacts_text(fact.contacts)} contacts)"
    return f"{rows} were replaced by a later row for the same channel and interval"


@written.register
def _(fact: ContactsUpdated) -> str:
    rows = f"{fact.rows:,} rows are" if fact.rows > 1 else "1 row is"
    return (
        f"{rows} an earlier state of a contact that is in another file too; each contact counts once, by its latest end"
    )


@written.register
def _(fact: RowsRepeated) -> str:
    other = "a row of another file" if fact.of_another_file else "another row"
    rows = f"{fact.rows:,} rows ({contacts_text(fact.contacts)} contacts)"
    return f"{rows} repeat {other} in every cell and were left out, first row {fact.first_row}"


@written.register
def _(fact: IntervalsAddedUp) -> str:
    found, planned = units.seconds(fact.found_s), units.seconds(fact.interval_s)
    said = f'channel "{fact.channel}": intervals of {found} were added up to {planned}'
    lost = f"; {fact.incomplete:,} of them were only partly observed and count as not observed"
    return said + lost if fact.incomplete else said


@written.register
def _(fact: RowsDivided) -> str:
    late = " or ".join(units.seconds(60 * minutes) for minutes in fact.late_min if minutes)
    row, part = units.seconds(60 * fact.row_min), units.seconds(60 * fact.part_min)
    return (
        f'channel "{fact.channel}": intervals of {row} begin {late} off the clock of {fact.zone}; the contacts of each '
        f"were divided evenly over its parts of {part} in which the channel is open; an export by {part} would be exact"
    )


@written.register
def _(fact: DaysSpread) -> str:
    days = f"the totals of {units.count(fact.days, 'day')}"
    return f'channel "{fact.channel}": {days} were spread {units.by_shape(fact.shape)}'


@written.register
def _(fact: OpenIntervalsAbsent) -> str:
    absent = f"{fact.intervals:,} open intervals ({units.percent(fact.share)})"
    said = f'channel "{fact.channel}": {absent} are absent and count as not observed'
    for label, days in (("whole days", fact.whole_days), ("parts of", fact.part_days)):
        if days:
            said += f"; {label} {units.listed([str(day) for day in days], MOST_DAYS)}"
    return said


@written.register
def _(fact: ContactsOutsideHours) -> str:
    came = f"{fact.contacts:,.0f} contacts ({units.percent(fact.share)}) came outside the opening hours"
    return f'channel "{fact.channel}": {came} and are not planned for; check channels.{fact.channel}.open'


@written.register
def _(fact: MoreHandledThanOffered) -> str:
    return f'channel "{fact.channel}": {fact.intervals:,} intervals have more contacts handled than offered'


@written.register
def _(fact: HandleTimesAsStated) -> str:
    return f'channel "{fact.channel}": handle times ({fact.column}) {fact.doubt}; they are read as stated'


@written.register
def _(fact: HandleTimesShort) -> str:
    usual = f"{fact.usual_s:,.0f} s" if fact.usual_s >= 10 else f"{fact.usual_s:.3g} s"
    named = f'channel "{fact.channel}": handle times ({fact.column})'
    return f"{named} are read as {usual} a contact; if they are minutes, set {fact.setting}"


@written.register
def _(fact: Finding) -> str:
    return f"{odd_days(fact)} (history.cleaning decides)"


def odd_days(fact: Finding) -> str:
    """Say which days look odd, by how much, and what was done with them."""
    size = "" if fact.kind == "named" else f" ({units.change(fact.size)})"
    harmless = fact.kind == "near" and fact.action == "keep"
    done = "it does not change the forecast of ordinary days" if harmless else DONE[fact.action]
    return f"{units.date_span(fact.first, fact.last)} {ODD[fact.kind]}{size}; {done}"


@written.register
def _(fact: FileAccount) -> str:
    said = f"{fact.file}: {fact.rows:,} rows, {contacts_text(fact.contacts)} contacts"
    if not fact.left_out:
        return said
    parts = [f"{one.rows:,} rows {LEFT_OUT[one.why]} ({contacts_text(one.contacts)} contacts)" for one in fact.left_out]
    return f"{said}; left out: {', '.join(parts)}; used: {contacts_text(fact.used_contacts)} contacts"
