"""Rules about people: presets as data, periods as days, and the rules of a person as numbers."""
