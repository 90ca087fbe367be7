"""Instances of the joined problem, and a recount of its rosters."""
