"""History in, volume and handle time per channel and interval out, with quantiles.

Importing this package is cheap: a name is fetched from its module when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forecast.calendar.marks import Calendar, read_calendar
    from forecast.cleaning import Finding
    from forecast.data.history import History, read_history
    from forecast.models.explain import Explanation
    from forecast.prediction import predict
    from forecast.result import Accuracy, Forecast
    from forecast.week import default_week, forecast_week

_HOMES = {
    "Accuracy": "forecast.result",
    "Calendar": "forecast.calendar.marks",
    "Explanation": "forecast.models.explain",
    "Finding": "forecast.cleaning",
    "Forecast": "forecast.result",
    "History": "forecast.data.history",
    "default_week": "forecast.week",
    "forecast_week": "forecast.week",
    "predict": "forecast.prediction",
    "read_calendar": "forecast.calendar.marks",
    "read_history": "forecast.data.history",
}

__all__ = [
    "Accuracy",
    "Calendar",
    "Explanation",
    "Finding",
    "Forecast",
    "History",
    "default_week",
    "forecast_week",
    "predict",
    "read_calendar",
    "read_history",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
