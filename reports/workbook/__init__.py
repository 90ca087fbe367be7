"""The workbook ``staffing.xlsx``: one module per sheet."""
