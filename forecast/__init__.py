"""History in, volume and handle time per channel and interval out, with quantiles.

Importing this package is cheap: a name is fetched from its module when it is first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.lazy import lazy_names

if TYPE_CHECKING:
    from forecast.calendar.marks import Calendar, read_calendar
    from forecast.cleaning import Finding
    from forecast.data.history import History, read_history
    from forecast.models.explain import Explanation
    from forecast.prediction import predict
    from forecast.result import Accuracy, Forecast
    from forecast.week import default_week, forecast_week

_HOMES = {
    "Accuracy": "result",
    "Calendar": "calendar.marks",
    "Explanation": "models.explain",
    "Finding": "cleaning",
    "Forecast": "result",
    "History": "data.history",
    "default_week": "week",
    "forecast_week": "week",
    "predict": "prediction",
    "read_calendar": "calendar.marks",
    "read_history": "data.history",
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

__getattr__, __dir__ = lazy_names(__name__, _HOMES)
