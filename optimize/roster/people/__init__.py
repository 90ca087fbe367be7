"""Rosters of named people over a horizon of days: whole personal rosters, priced exactly and chosen by a master program."""
