"""Actuals compared with the plan: past weeks, channel by channel, and alarms where the forecast drifts."""
