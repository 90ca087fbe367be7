"""Scenarios of a config: plan each, keep what it gave, and find it again while nothing it depends on has changed."""
