#!/usr/bin/env bash
# A formula written by XlsxWriter is read as 0, not as an empty cell, until a spreadsheet has opened the file.
#
# Report servers that build their exports with XlsxWriter write totals and handle times as formulas. XlsxWriter 3.2.9
# stores the result 0 with every formula that is given none, so openpyxl 3.1.5 (data_only=True) and pandas.read_excel
# 3.0.1 return 0 where the sheet will show 12. A formula written by openpyxl has no stored result and is read as None:
# the check "is the cell empty?" that catches one writer does not catch the other.
# Exit code 1 when this changes.
set -euo pipefail
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
python3 -m venv "$home/venv"
"$home/venv/bin/pip" install --quiet openpyxl==3.1.5 XlsxWriter==3.2.9 pandas==3.0.1
"$home/venv/bin/python" - "$home" <<'PY'
import sys
from pathlib import Path

import openpyxl
import pandas as pd
import xlsxwriter

home = Path(sys.argv[1])
book = xlsxwriter.Workbook(home / "xlsxwriter.xlsx")
sheet = book.add_worksheet()
sheet.write_column(0, 0, [5, 7])
sheet.write_formula(2, 0, "=A1+A2")
book.close()
other = openpyxl.Workbook()
for value in (5, 7, "=A1+A2"):
    other.active.append([value])
other.save(home / "openpyxl.xlsx")
found = {}
for path in sorted(home.glob("*.xlsx")):
    cell = openpyxl.load_workbook(path, data_only=True).active["A3"].value
    found[path.stem] = cell
    print(path.stem, "data_only:", cell, "pandas:", pd.read_excel(path, header=None)[0].tolist())
assert found == {"openpyxl": None, "xlsxwriter": 0}
PY
