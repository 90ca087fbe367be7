"""Repair of a published run: what was asked on the command line, and its tables."""
