"""Amazon Connect: the file of its historical data import for forecasts."""

from __future__ import annotations

from forecast.data.sources.profile import Profile

PROFILE = Profile(
    name="amazon-connect",
    system="Amazon Connect history",
    export="Forecasting, import historical data",
    proof="vendor page",
    evidence='Amazon Connect administrator guide, "Import historical data for forecasting"',
    columns=(
        "QueueName",
        "QueueId",
        "ChannelType",
        "TimeStamp",
        "IntervalDuration",
        "IncomingContactVolume",
        "AverageHandleTime",
        "ContactsHandled",
    ),
    settings={
        "columns": {
            "start": "TimeStamp",
            "queue": "QueueName",
            "media": "ChannelType",
            "volume": "IncomingContactVolume",
            "handled": "ContactsHandled",
            "aht_s": "AverageHandleTime",
        },
        "aht": {"unit": "s", "is": "mean"},
    },
)
