"""One command a file: parses, calls, prints, no more."""
