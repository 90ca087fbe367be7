"""A file with a table, whatever its form, as typed columns: bytes, text, layout, values."""
