"""Forecasts tried on the past: accuracy, bias, backtests, and drift from the actuals."""
