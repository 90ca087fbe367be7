"""Rosters of named people over several weeks: whole personal rosters, priced exactly, chosen by a master program."""
