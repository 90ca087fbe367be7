"""Finished shifts: where their breaks may lie, and to which day they belong."""
