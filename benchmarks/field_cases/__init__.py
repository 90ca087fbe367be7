"""Situations reported in public, with new data, each with its right answer and what this build prints."""
