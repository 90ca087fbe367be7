"""Rules about people: presets, periods, the schema, and the rules of a person as numbers."""
