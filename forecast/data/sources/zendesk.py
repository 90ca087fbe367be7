"""Zendesk: the export of tickets as CSV."""

from __future__ import annotations

from forecast.data.sources.profile import Profile

PROFILE = Profile(
    name="zendesk",
    system="Zendesk tickets",
    export="Reports, export of tickets as CSV",
    proof="converters",
    evidence="two public programs write this header, a third reads it; no page of the vendor was found",
    columns=(
        "Id",
        "Group",
        "Status",
        "Priority",
        "Via",
        "Created at",
        "Updated at",
        "Assigned at",
        "Initially assigned at",
        "Solved at",
        "Resolution time",
        "Reopens",
        "Replies",
    ),
    settings={
        "rows": "contacts",
        "columns": {"contact": "Id", "start": "Created at", "end": "Solved at", "queue": "Group", "media": "Via"},
    },
)
