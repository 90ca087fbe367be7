"""What a planner edits (``demo.toml``, ``starter.toml``), and the schema and loader that check it."""
