"""Genesys Cloud: the file of its historical data import, and the export of a performance view."""

from __future__ import annotations

from forecast.data.sources.profile import Profile

HISTORY = Profile(
    name="genesys-history",
    system="Genesys Cloud history",
    export="Workforce management, historical data import",
    proof="vendor page",
    evidence=(
        'Genesys Cloud help, "Prepare the historical data import .csv file"; the header also in a public program that '
        "writes such files"
    ),
    columns=(
        "Interval Start UTC Date",
        "Queue",
        "Media Type",
        "Offered",
        "Interactions Handled",
        "Total Handle Time",
    ),
    settings={
        "timezone": "UTC",
        "columns": {
            "start": "Interval Start UTC Date",
            "queue": "Queue",
            "media": "Media Type",
            "volume": "Offered",
            "handled": "Interactions Handled",
            "aht_s": "Total Handle Time",
        },
        "aht": {"unit": "s", "is": "total"},
    },
    extras={
        "Skill Set": {"columns": {"skill": "Skill Set"}},
        "Language": {"columns": {"language": "Language"}},
    },
)
"""Several rows a queue and interval are normal: one for each set of skills (joined by three bars) and language."""

VIEW = Profile(
    name="genesys-view",
    system="Genesys Cloud performance view",
    export="Performance, a queue view by interval, Export",
    proof="one example",
    evidence=(
        "a public specification of such files states the first five columns; that durations are milliseconds, or times "
        "where the export formats them, is in the platform's ReportingExportJobRequest (Java client)"
    ),
    columns=("Interval Start", "Interval End", "Interval Complete", "Filters", "Media Type", "Offer"),
    settings={
        "columns": {"start": "Interval Start", "media": "Media Type", "volume": "Offer"},
        "aht": {"unit": "ms", "is": "mean"},
    },
    extras={
        "Answer": {"columns": {"handled": "Answer"}},
        "Handle": {"columns": {"handled": "Handle"}},
        "Abandon": {"columns": {"abandoned": "Abandon"}},
        "Avg Handle": {"columns": {"aht_s": "Avg Handle"}},
        "Total Handle": {"columns": {"aht_s": "Total Handle"}, "aht": {"is": "total"}},
    },
)
"""The columns after the fifth are those chosen in the view."""
