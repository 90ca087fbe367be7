"""Rosters of named people over several weeks."""
