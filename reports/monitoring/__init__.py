"""What came against what was planned: past weeks, channel by channel, and alarms where the forecast drifts."""
