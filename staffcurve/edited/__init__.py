"""A roster changed by hand, judged against the run it came from."""
