"""Forecasts tried on the past: accuracy, bias, backtests, and drift against what came."""
