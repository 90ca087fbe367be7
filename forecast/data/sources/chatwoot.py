"""Chatwoot: the hourly table of new conversations, and the rows of its table of reporting events."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from forecast.data.sources.cells import trimmed
from forecast.data.sources.profile import Profile

if TYPE_CHECKING:
    from collections.abc import Iterable

    from configs.reading.raw import Cells

HOUR = "Start of the hour"
RESOLVED, ANSWERED = "conversation_resolved", "first_response"

TRAFFIC = Profile(
    name="chatwoot-traffic",
    system="Chatwoot conversation traffic",
    export="Reports, Overview, conversation traffic, Download",
    proof="source",
    evidence="chatwoot/chatwoot, app/helpers/api/v2/accounts/heatmap_helper.rb and its view conversation_traffic",
    columns=(HOUR,),
    settings={"columns": {"date": "date", "time": HOUR}, "wide": {"across": "days"}},
)
"""Hours of an offset, not of a zone: all inboxes together, a column a day. ``date`` is the column made of their names.
"""


def _conversations(cells: Cells) -> Cells:
    """One row a conversation: its creation, and the last time it was resolved.

    A conversation that nobody answered or resolved is not in the table of events. One opened again counts once.
    """
    names, ids = trimmed(cells, "name"), trimmed(cells, "conversation_id")
    of: dict[str, dict[str, list[int]]] = {}
    for place, (name, conversation) in enumerate(zip(names, ids, strict=True)):
        if name in {RESOLVED, ANSWERED} and conversation:
            of.setdefault(conversation, {}).setdefault(name, []).append(place)
    begin, end = trimmed(cells, "event_start_time"), trimmed(cells, "event_end_time")
    ends = {(events.get(RESOLVED) or events[ANSWERED])[0]: events.get(RESOLVED, []) for events in of.values()}
    first = sorted(ends)
    columns = {name: [texts[place] for place in first] for name, texts in cells.columns.items()}
    columns |= {
        "created": [begin[place] for place in first],
        "resolved": [max(_at(end, ends[place]), default="") for place in first],
    }
    return replace(cells, columns=columns, rows=[cells.rows[place] for place in first], nameless=())


def _at(texts: list[str], places: Iterable[int]) -> list[str]:
    return [texts[place] for place in places]


EVENTS = Profile(
    name="chatwoot-events",
    system="Chatwoot reporting events",
    export="a query of the table reporting_events",
    proof="source",
    evidence="chatwoot/chatwoot, table reporting_events and app/listeners/reporting_event_listener.rb",
    columns=("name", "value", "inbox_id", "conversation_id", "event_start_time", "event_end_time"),
    settings={
        "timezone": "UTC",
        "rows": "contacts",
        "columns": {
            "contact": "conversation_id",
            "start": "created",
            "end": "resolved",
            "queue": "inbox_id",
        },
    },
    loose=True,
    arranged=_conversations,
)
"""Times are UTC, as the application writes them. ``value`` is how long a conversation was open, no handle time."""
