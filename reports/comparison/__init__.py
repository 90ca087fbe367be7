"""Two or more planned weeks side by side: numbers, people changed, settings that differ."""
