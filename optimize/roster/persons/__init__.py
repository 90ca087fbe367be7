"""Whole counts of shifts -> each person's week, with breaks, activities and a name."""
