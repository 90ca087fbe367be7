"""Zammad: the ticket list of a report, a workbook with its title above the header and its zone below the rows."""

from __future__ import annotations

from forecast.data.sources.profile import Profile

PROFILE = Profile(
    name="zammad",
    system="Zammad report",
    export="Reporting, Download",
    proof="source",
    evidence="zammad/zammad, lib/excel_sheet.rb (2024) and lib/excel_sheet/ticket.rb",
    columns=(
        "#",
        "Title",
        "State",
        "Priority",
        "Group",
        "Owner",
        "Customer",
        "Create Channel",
        "Created At",
        "Updated At",
        "Closed At",
        "First Response At",
        "Article Count",
    ),
    settings={
        "footer": 1,
        "rows": "contacts",
        "columns": {
            "contact": "#",
            "start": "Created At",
            "end": "Closed At",
            "queue": "Group",
            "media": "Create Channel",
        },
    },
)
"""The last line, ``Timezone: ...``, is no ticket. A ticket has no handle time: `Time Units Total` is in units that each
organisation chooses.
"""
