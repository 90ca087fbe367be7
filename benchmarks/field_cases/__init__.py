"""Situations reported in public, made up anew, each with its right answer and what this build prints."""
