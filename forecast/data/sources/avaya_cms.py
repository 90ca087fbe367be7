"""Avaya CMS: the historical split table by interval, as a query of the database gives it."""

from __future__ import annotations

from forecast.data.sources.profile import Profile

PROFILE = Profile(
    name="avaya-cms",
    system="Avaya CMS split history",
    export="a query of the table hsplit",
    proof="converters",
    evidence=(
        "public queries of Avaya CMS databases agree on the names; they match those of Avaya's "
        '"Database Items and Calculations"'
    ),
    columns=("row_date", "starttime", "callsoffered", "acdcalls", "abncalls", "acdtime", "holdtime", "acwtime"),
    settings={
        "columns": {
            "date": "row_date",
            "time": "starttime",
            "volume": "callsoffered",
            "handled": "acdcalls",
            "abandoned": "abncalls",
            "aht_s": ("acdtime", "holdtime", "acwtime"),
        },
        "aht": {"unit": "s", "is": "total"},
    },
    extras={"split": {"columns": {"queue": "split"}}},
    loose=True,
)
"""Contacts offered are more than those answered and abandoned: some overflow to another split."""
