"""The finished week -> its tables, its cost, and notices for the planner."""
