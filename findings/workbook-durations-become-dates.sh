#!/usr/bin/env bash
# A column of durations in a workbook is read as times of day below 24 hours and as days of January 1900 from there on.
#
# Telephone systems export handle and login times as Excel times in the format hh:mm:ss. Totals of a day pass 24 hours.
# openpyxl 3.1.5 gives 0:30:00 as datetime.time, 24 hours as datetime(1900, 1, 1, 0, 0) and 36 hours as
# datetime(1900, 1, 1, 12, 0). Taking the first of January off again leaves 12 hours, a day less than the cell holds; from
# 60 days on it is two days less, since the days 59 and 60 are both read as 28 February. Only the format [h]:mm:ss gives
# timedelta. pandas.read_excel 3.0.1 hands the mixture on as one object column.
# Exit code 1 when this changes.
set -euo pipefail
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
python3 -m venv "$home/venv"
"$home/venv/bin/pip" install --quiet openpyxl==3.1.5 XlsxWriter==3.2.9 pandas==3.0.1
"$home/venv/bin/python" - "$home/durations.xlsx" <<'PY'
import sys
from datetime import datetime, time, timedelta

import openpyxl
import pandas as pd
import xlsxwriter

HOURS = (0.5, 24.0, 36.0, 59 * 24.0, 60 * 24.0)
book = xlsxwriter.Workbook(sys.argv[1])
sheet = book.add_worksheet()
plain, bracketed = book.add_format({"num_format": "hh:mm:ss"}), book.add_format({"num_format": "[h]:mm:ss"})
for row, hours in enumerate(HOURS):
    sheet.write_number(row, 0, hours / 24, plain)
    sheet.write_number(row, 1, hours / 24, bracketed)
book.close()
rows = list(openpyxl.load_workbook(sys.argv[1]).active.iter_rows(values_only=True))
for hours, row in zip(HOURS, rows):
    print(f"{hours:7.1f} h: hh:mm:ss {row[0]!r}, [h]:mm:ss {row[1]!r}")
assert [row[1] for row in rows] == [timedelta(hours=hours) for hours in HOURS]
assert rows[0][0] == time(0, 30)
assert rows[1][0] == datetime(1900, 1, 1)
assert rows[2][0] - datetime(1900, 1, 1) == timedelta(hours=12), "36 hours come back now"
assert rows[3][0] == rows[4][0] == datetime(1900, 2, 28), "days 59 and 60 differ now"
kinds = pd.read_excel(sys.argv[1], header=None)[0].map(lambda cell: type(cell).__name__)
print("pandas.read_excel:", sorted(set(kinds)))
assert sorted(set(kinds)) == ["datetime", "time"]
PY
