"""Sheets: short reports of sentences, tables and small charts, the same on the terminal, on a page and as JSON."""
