"""Scenarios next to each other: tables, sentences, a page."""
