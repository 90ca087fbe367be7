"""Freshdesk and Freshservice: the export of tickets."""

from __future__ import annotations

from forecast.data.sources.profile import Profile

PROFILE = Profile(
    name="freshdesk",
    system="Freshdesk tickets",
    export="Tickets, Export",
    proof="converters",
    evidence="the headers that five public programs read or write, three of Freshdesk and two of Freshservice, agree",
    columns=("Ticket ID", "Status", "Priority", "Created time", "Resolved time", "Closed time"),
    settings={
        "rows": "contacts",
        "columns": {"contact": "Ticket ID", "start": "Created time", "end": "Resolved time"},
    },
    extras={
        "Group": {"columns": {"queue": "Group"}},
        "Source": {"columns": {"media": "Source"}},
    },
    loose=True,
)
"""Columns are chosen at the export, and capitals differ between the two products: ``Ticket Id, Created Time``. Cells of
columns named "(in hrs)" are written ``hh:mm:ss``; they are times in the queue and no handle times.
"""
