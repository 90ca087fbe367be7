"""Several weeks in a row together: a page, a workbook, a table of accounts, calendars."""
