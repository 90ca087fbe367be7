"""Volume -> agents at work per interval, or hours of work with a due time."""
