"""Placeholder docstring, replaced when the room is furnished."""
