"""The finished week -> its tables, its cost, and what the planner is told about them."""
