"""The rest of today from the day so far."""
