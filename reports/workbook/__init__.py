"""The workbook ``staffing.xlsx``: one module for each sheet."""
