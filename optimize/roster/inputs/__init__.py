"""Config, requirement and people -> the week as numbers."""
