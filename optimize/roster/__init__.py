"""Agents at work -> shifts, breaks, tours, names, through PuLP."""
