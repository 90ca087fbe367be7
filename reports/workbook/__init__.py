"""The workbook of a run: one module for each sheet."""
