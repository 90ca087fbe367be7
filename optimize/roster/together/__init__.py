"""Several weeks planned together, by name: config, people and requirement -> the joined problem -> shifts decided."""
