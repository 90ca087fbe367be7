"""XLSX and ODS become the text that a CSV file of the same table would hold, or a sentence says why not."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import time
import tracemalloc
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
import xlsxwriter

from configs.errors import DataError
from configs.reading.workbooks import is_workbook, workbook_grid
from tests.configs.reading.books import cell, ods, row, text, xlsx, xlsx_parts, zipped

HEADER = row(1, text("A1", "start"), text("B1", "volume"))
NIGHT = dt.datetime(2026, 3, 29)  # noqa: DTZ001 - spreadsheets know no zone
DATA = row(2, cell("A2", 46356.395833333336, 1), cell("B2", 12))


def records(path, sheet=None):
    return workbook_grid(path, path.name, sheet).records


def sentence(path, sheet=None) -> str:
    with pytest.raises(DataError) as caught:
        workbook_grid(path, path.name, sheet)
    assert caught.value.exit_code == 1
    return str(caught.value)


# Cells of XLSX


@pytest.mark.parametrize(
    ("value", "style", "expected"),
    [
        ("46356.395833333336", 1, "2026-11-30T09:30:00"),  # noise of a binary fraction
        ("46356.39583333", 1, "2026-11-30T09:30:00"),  # eight decimals are 0.3 ms off
        ("46356.39582", 1, "2026-11-30T09:29:58.848"),  # more than noise stays
        ("46356", 1, "2026-11-30T00:00:00"),
        ("46356", 2, "2026-11-30"),
        ("46356.5", 2, "2026-11-30T12:00:00"),  # the format hides the time, the value has it
        ("0.395833333333333", 3, "09:30:00"),
        ("0.99999999999", 3, "24:00:00"),  # the end of a day, and not its begin
        ("0", 3, "00:00:00"),
        ("1.5", 3, "36:00:00"),  # a duration with the format of a time
        ("60.25", 3, "1446:00:00"),
        ("0.00381944444", 1, "00:05:30"),  # counted from 1899-12-30
        ("1.25", 1, "30:00:00"),  # 1900-01-01 06:00 to a spreadsheet
        ("1.5", 4, "36:00:00"),
        ("0.25", 4, "6:00:00"),
        ("-0.0625", 4, "-1:30:00"),
        ("0.85", 5, "0.85"),
        ("930", 6, "0930"),
        ("7", 6, "0007"),
        ("5", 7, "5"),  # days in quotes make no date
        ("46356", 0, "46356"),  # a day number without a date format is a number
        ("46356.25", None, "46356.25"),
        ("3.0", None, "3"),
        ("0.1", None, "0.1"),
        ("1E-3", None, "0.001"),
        ("-2", None, "-2"),
        ("60", 2, "1900-02-29"),
        ("59", 2, "1900-02-28"),
        ("61", 2, "1900-03-01"),
        ("9E99", 1, "9e+99"),
    ],
)
def test_the_number_of_a_cell_becomes_what_its_format_means(tmp_path, value, style, expected):
    """Dates, times, durations, ratios, codes and plain numbers, by hand from the day numbers of the calendar."""
    path = xlsx(tmp_path / "a.xlsx", row(1, cell("A1", value, style)))
    assert records(path) == [[expected]]


def test_the_1904_calendar_begins_four_years_later(tmp_path):
    """A workbook that counts from 1904 has the same dates under numbers that are 1,462 lower."""
    path = xlsx(tmp_path / "a.xlsx", row(1, cell("A1", 46356.5 - 1462, 1)), workbook='<workbookPr date1904="1"/>')
    assert records(path) == [["2026-11-30T12:00:00"]]


def test_types_of_cells_become_text(tmp_path):
    """Truth values, errors, results of formulas, ISO dates, shared and rich text without its phonetic reading."""
    strings = ("<t>phone</t>", "<r><t>ch</t></r><r><t>at</t></r><rPh><t>CHAT</t></rPh>", "<t>a_x000D_b</t>")
    cells = [cell("A1", 1, kind="b"), cell("B1", "#N/A", kind="e"), cell("C1", "#DIV/0!", kind="e", formula="1/0")]
    more = [
        cell("D1", "x", kind="str", formula="T()"),
        cell("E1", 5, formula="2+3"),
        cell("F1", "2026-11-30", kind="d"),
    ]
    shared = [cell("G1", 0, kind="s"), cell("H1", 1, kind="s"), cell("I1", 2, kind="s")]
    path = xlsx(tmp_path / "a.xlsx", row(1, *cells, *more, *shared), strings=strings)
    assert records(path) == [["TRUE", "#N/A", "#DIV/0!", "x", "5", "2026-11-30", "phone", "chat", "a\rb"]]


def test_blank_rows_and_cells_keep_the_place_of_the_others(tmp_path):
    """Row 4 of the sheet is record 3 and column C its third text, whatever is blank before; blanks at the end go."""
    path = xlsx(
        tmp_path / "a.xlsx", row(2, cell("A2", 1), "<c r='B2' s='1'/>") + row(4, cell("C4", 2)) + row(9, "<c r='A9'/>")
    )
    assert records(path) == [[], ["1"], [], ["", "", "2"]]


def test_cells_without_a_reference_follow_each_other(tmp_path):
    """Some programs leave the names of rows and cells out."""
    path = xlsx(tmp_path / "a.xlsx", "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")
    assert records(path) == [["1", "2"], ["3"]]


def test_a_wrong_declared_size_changes_nothing(tmp_path):
    """The declared size of a sheet is often wrong, in both ways; the cells count."""
    parts = xlsx_parts({"Data": HEADER + DATA})
    for size in ("A1", "A1:XFD1048576"):
        sheet = parts["xl/worksheets/sheet1.xml"].replace("<sheetData>", f'<dimension ref="{size}"/><sheetData>')
        path = zipped(tmp_path / "a.xlsx", {**parts, "xl/worksheets/sheet1.xml": sheet})
        assert records(path) == [["start", "volume"], ["2026-11-30T09:30:00", "12"]]


def test_our_reader_agrees_with_openpyxl(tmp_path):
    """openpyxl, which knows nothing of this reader, finds the same times, durations, numbers and texts."""
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet("Data")
    stamp, clock = (book.add_format({"num_format": code}) for code in ("dd/mm/yyyy hh:mm", "[hh]:mm:ss"))
    moments = [NIGHT + dt.timedelta(minutes=15 * i) for i in range(200)]
    for i, moment in enumerate(moments):
        sheet.write_datetime(i, 0, moment, stamp)
        sheet.write_datetime(i, 1, dt.timedelta(seconds=997 * i), clock)
        sheet.write_row(i, 2, [i * 7, i / 7, f"queue {i}"])
    book.close()
    theirs = list(openpyxl.load_workbook(tmp_path / "a.xlsx", data_only=True)["Data"].iter_rows(values_only=True))
    for mine, (moment, length, whole, part, words) in zip(records(tmp_path / "a.xlsx"), theirs, strict=True):
        assert dt.datetime.fromisoformat(mine[0]) == moment
        hours, minutes, seconds = (int(each) for each in mine[1].split(":"))
        assert dt.timedelta(hours=hours, minutes=minutes, seconds=seconds) == length
        assert mine[2:] == [str(whole), mine[3], words]
        assert float(mine[3]) == part


def test_a_workbook_of_openpyxl_is_read(tmp_path):
    """openpyxl asks for a calculation in every workbook it writes; without formulas that is no matter."""
    book = openpyxl.Workbook()
    book.active.append(["start", "volume", "open"])
    book.active.append([NIGHT + dt.timedelta(minutes=30), 2, True])
    book.save(tmp_path / "a.xlsx")
    assert records(tmp_path / "a.xlsx") == [["start", "volume", "open"], ["2026-03-29T00:30:00", "2", "TRUE"]]


# Formulas and merged cells


def test_a_formula_without_a_result_names_its_cell(tmp_path):
    """A result nobody computed is not read as blank."""
    path = xlsx(tmp_path / "a.xlsx", HEADER + row(2, cell("A2", 1), cell("B2", None, formula="SUM(A1:A9)")))
    expected = (
        'a.xlsx sheet "Data": has formulas without a computed result: B2; open it in a spreadsheet and save it again'
    )
    assert sentence(path) == expected


def test_a_placeholder_of_a_formula_is_not_its_result(tmp_path):
    """xlsxwriter stores 0 for every formula and asks the reader to compute; the 0 is not read as a volume."""
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet("Data")
    sheet.write_row(0, 0, ["start", "volume"])
    sheet.write_formula(1, 1, "=2+3")
    book.close()
    assert "formulas without a computed result: B2" in sentence(tmp_path / "a.xlsx")


def test_a_formula_that_gives_no_text_is_blank(tmp_path):
    """An empty text is a result: =IF(A1="";"";1) computed to nothing."""
    path = xlsx(tmp_path / "a.xlsx", row(1, cell("A1", 1), cell("B1", "", kind="str", formula='""')))
    assert records(path) == [["1"]]


def test_merged_cells_above_several_columns_are_refused(tmp_path):
    """Two columns under one heading have no name of their own."""
    rows = row(1, text("A1", "start"), text("B1", "phone")) + row(2, text("B2", "offered"), text("C2", "aht"))
    path = xlsx(tmp_path / "a.xlsx", rows, after='<mergeCells><mergeCell ref="B1:C1"/></mergeCells>')
    words = "has merged cells above several columns: B1:C1; unmerge them and give each column its own name"
    assert sentence(path) == f'a.xlsx sheet "Data": {words}'


def test_a_merged_title_is_a_title(tmp_path):
    """A title over the whole table stands alone in its row."""
    rows = (
        row(1, text("A1", "Report"))
        + row(2, text("A2", "start"), text("B2", "volume"))
        + row(3, cell("A3", 1), cell("B3", 2))
    )
    path = xlsx(tmp_path / "a.xlsx", rows, after='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>')
    assert records(path) == [["Report"], ["start", "volume"], ["1", "2"]]


def test_cells_merged_downwards_are_noted(tmp_path):
    """The value counts once; the note names the cells."""
    rows = HEADER + row(2, text("A2", "phone"), cell("B2", 1)) + row(3, cell("B3", 2))
    path = xlsx(tmp_path / "a.xlsx", rows, after='<mergeCells><mergeCell ref="A2:A3"/></mergeCells>')
    grid = workbook_grid(path, "a.xlsx")
    assert grid.records[1:] == [["phone", "1"], ["", "2"]]
    assert [str(note) for note in grid.notes] == [
        'a.xlsx sheet "Data": merged cells count once, in their first row: A2:A3'
    ]


# Sheets


def test_several_sheets_with_data_are_named(tmp_path):
    """The planner says which one; blank sheets are no choice."""
    path = zipped(tmp_path / "a.xlsx", xlsx_parts({"May": HEADER, "June": HEADER + DATA, "Notes": ""}))
    assert sentence(path) == 'a.xlsx: has several sheets with data: "May", "June"; choose one, such as sheet = "May"'
    assert len(records(path, "June")) == len(records(path, 2)) == 2
    assert sentence(path, "Juni") == 'a.xlsx: has no sheet "Juni"; did you mean "June"?; sheets: "May", "June", "Notes"'
    assert sentence(path, 4) == 'a.xlsx: has no sheet number 4; sheets: "May", "June", "Notes"'
    assert sentence(path, "Notes") == 'a.xlsx sheet "Notes": is empty; sheets: "May", "June", "Notes"'


def test_a_hidden_sheet_is_read_only_by_name(tmp_path):
    """Hidden sheets often hold lists and caches; a note says that they were left alone."""
    given = xlsx_parts({"Lists": HEADER, "Data": HEADER + DATA}, states=(' state="veryHidden"', ""))
    path = zipped(tmp_path / "a.xlsx", given)
    grid = workbook_grid(path, "a.xlsx")
    assert len(grid.records) == 2
    assert [str(note) for note in grid.notes] == ['a.xlsx: hidden sheets were not read: "Lists"']
    assert len(records(path, "Lists")) == 1
    assert len(records(path, 1)) == 2
    only = zipped(tmp_path / "b.xlsx", xlsx_parts({"Lists": HEADER}, states=(' state="hidden"',)))
    assert sentence(only) == 'b.xlsx: has no data on a visible sheet; a hidden sheet is read if sheet names it: "Lists"'


def test_chart_and_macro_sheets_hold_no_table(tmp_path):
    """They are listed in the workbook and have no cells."""
    parts = xlsx_parts({"Chart": "", "Data": HEADER + DATA})
    relations = parts["xl/_rels/workbook.xml.rels"].replace(
        '/worksheet" Target="worksheets/sheet1', '/xlMacrosheet" Target="macrosheets/sheet1'
    )
    path = zipped(tmp_path / "a.xlsm", {**parts, "xl/_rels/workbook.xml.rels": relations})
    assert len(records(path)) == 2
    assert sentence(path, "Chart") == 'a.xlsm sheet "Chart": is a chart or macro sheet without cells; sheets: "Data"'


# Guards


def _bomb(path, name, parts, blocks):
    """Add a part of a megabyte of blanks as often as asked: harmless bytes that pack 1,000 times."""
    zipped(path, parts)
    with ZipFile(path, "a", ZIP_DEFLATED) as archive, archive.open(name, "w") as stream:
        for _ in range(blocks):
            stream.write(b" " * 1_000_000)
    return path


@pytest.mark.parametrize(
    ("blocks", "words"),
    [(100, "packs xl/worksheets/sheet9.xml 1,0"), (601, "unpacks to 601,00")],
)
def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path, blocks, words):
    """Sizes in the directory are enough: no time and no memory is spent."""
    path = _bomb(tmp_path / "a.xlsx", "xl/worksheets/sheet9.xml", xlsx_parts({"Data": HEADER}), blocks)
    tracemalloc.start()
    begin = time.process_time()
    said = sentence(path)
    spent, (_, peak) = time.process_time() - begin, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert words in said
    assert spent < 0.5
    assert peak < 5_000_000


def test_a_directory_that_lies_about_sizes_is_a_damaged_file(tmp_path):
    """The unpacked bytes end where the directory says; the check sum then fails."""
    parts = xlsx_parts({"Data": HEADER + " " * 30_000_000})
    path = zipped(tmp_path / "a.xlsx", parts)
    size = len(parts["xl/worksheets/sheet1.xml"])
    blob = path.read_bytes()
    path.write_bytes(blob.replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little")))
    assert "is a damaged workbook (xl/worksheets/sheet1.xml: " in sentence(path)


def test_too_many_entries_are_refused(tmp_path):
    """A workbook has tens of parts, not thousands."""
    path = zipped(tmp_path / "a.xlsx", {f"xl/{i}.xml": "" for i in range(5001)})
    assert sentence(path) == "a.xlsx: has more than 5,000 entries, so it is not a workbook"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused(tmp_path, encoding):
    """Entities exist only with a document type, and no workbook has one; the encoding hides nothing."""
    lines = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10 if i else "ha"}">' for i in range(9))
    prolog = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE worksheet [{lines}]>'
    parts = xlsx_parts({"Data": row(1, text("A1", "&e8;"))}, prolog=prolog)
    sheet = parts["xl/worksheets/sheet1.xml"].encode(encoding)
    path = zipped(tmp_path / "a.xlsx", {**parts, "xl/worksheets/sheet1.xml": sheet})
    assert sentence(path) == "a.xlsx: declares an XML document type, which no workbook does; it is not read"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (row(999_999_999, cell("A999999999", 1)), "has cells beyond row 1,048,576 or column 16,384; delete them"),
        (row(1_048_577, cell("A1048577", 1)), "has cells beyond row 1,048,576 or column 16,384; delete them"),
        (row(1, cell("XFE1", 1)), "is damaged: a cell of row 1 is called XFE1"),
        (row(1, cell("A1", 1)) + row(1, cell("A1", 2)), "is damaged: row 1 comes twice or after row 1"),
        (row(1, cell("A1", "ten")), 'is damaged: A1 should be a number and is "ten"'),
        (row(1, cell("A1", 7, kind="s")), "is damaged: A1 names text number 7"),
        (row("one", cell("A1", 7)), 'is damaged: "one" is not a number of a row or text'),
    ],
)
def test_cells_that_contradict_themselves_are_named(tmp_path, rows, words):
    """A damaged sheet gets its name and the place."""
    assert sentence(xlsx(tmp_path / "a.xlsx", rows)) == f'a.xlsx sheet "Data": {words}'


def test_wide_and_long_blanks_count_as_cells(tmp_path):
    """A thousand rows with a value in the last column only are more cells than a table has."""
    rows = "".join(row(i, cell(f"XFD{i}", 1)) for i in range(1, 1300))
    assert sentence(xlsx(tmp_path / "a.xlsx", rows)).endswith("above 20,000,000 cells; save the table as CSV (UTF-8)")


def test_files_of_other_kinds_are_recognised(tmp_path):
    """What a file is comes from its bytes, not from its name."""
    types = {"[Content_Types].xml": "<Types/>"}
    docx = zipped(tmp_path / "a.xlsx", {**types, "word/document.xml": "<w/>"})
    assert sentence(docx) == "a.xlsx: is a text document (docx); save the table as XLSX, ODS or CSV (UTF-8)"
    binary = zipped(tmp_path / "a.xlsb", {**types, "xl/workbook.bin": "x"})
    assert sentence(binary) == "a.xlsb: is a binary workbook (xlsb); save the table as XLSX, ODS or CSV (UTF-8)"
    plain = zipped(tmp_path / "b.xlsx", {"history.csv": "start,volume\n"})
    assert sentence(plain) == "b.xlsx: is a zip archive without a workbook; unpack it and name the file in it"
    odt = ods(tmp_path / "b.ods", "", mimetype="application/vnd.oasis.opendocument.text")
    assert sentence(odt) == "b.ods: is a zip archive without a workbook; unpack it and name the file in it"
    assert sentence(tmp_path / "none.xlsx") == "none.xlsx: no such file"
    assert is_workbook(plain.read_bytes()[:8])
    assert not is_workbook(b"start,vo")


def test_old_and_protected_files_are_told_apart(tmp_path):
    """Both begin as old Office files; the directory of a protected one names the encrypted package."""
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(500)
    (tmp_path / "a.xls").write_bytes(head + "Workbook".encode("utf-16-le"))
    assert (
        sentence(tmp_path / "a.xls")
        == "a.xls: is an old Office file (such as xls); save the table as XLSX, ODS or CSV (UTF-8)"
    )
    (tmp_path / "a.xlsx").write_bytes(head + "EncryptedPackage".encode("utf-16-le"))
    assert sentence(tmp_path / "a.xlsx") == "a.xlsx: is protected by a password; save a copy without one"
    manifest = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    path = ods(tmp_path / "a.ods", "", **{"META-INF/manifest.xml": manifest})
    assert sentence(path) == "a.ods: is protected by a password; save a copy without one"
    locked = xlsx(tmp_path / "b.xlsx", HEADER)
    blob = bytearray(locked.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        blob[blob.find(mark) + at] |= 1
    locked.write_bytes(blob)
    assert sentence(locked) == "b.xlsx: is protected by a password; save a copy without one"


def test_damaged_archives_are_told(tmp_path):
    """Half a download, a broken part, a missing part: each a sentence."""
    path = xlsx(tmp_path / "a.xlsx", HEADER + DATA)
    blob = path.read_bytes()
    path.write_bytes(blob[: len(blob) // 2])
    assert sentence(path).startswith("a.xlsx: is a damaged zip archive (")
    parts = xlsx_parts({"Data": HEADER + DATA})
    broken = zipped(path, {**parts, "xl/worksheets/sheet1.xml": "<worksheet><row></worksheet>"})
    assert "is a damaged workbook (xl/worksheets/sheet1.xml: mismatched tag)" in sentence(broken)
    del parts["xl/worksheets/sheet1.xml"]
    assert "is a damaged workbook (xl/worksheets/sheet1.xml is missing)" in sentence(zipped(path, parts))
    styles = {**xlsx_parts({"Data": HEADER}), "xl/styles.xml": '<s><numFmts><numFmt numFmtId="x"/></numFmts></s>'}
    assert "is a damaged workbook (xl/styles.xml: " in sentence(zipped(path, styles))
    path.write_bytes(b"PK\x05\x06" + bytes(18))
    assert sentence(path) == "a.xlsx: is a zip archive without a workbook; unpack it and name the file in it"


# ODS


def _value(kind: str, value: str = "", shown: str = "", more: str = "") -> str:
    name = {"percentage": "value", "currency": "value", "float": "value"}.get(kind, f"{kind}-value")
    given = f'office:{name}="{value}"' if value else ""
    return f'<table:table-cell office:value-type="{kind}" {given} {more}><text:p>{shown}</text:p></table:table-cell>'


def _table(*rows: str, name="Data", more="") -> str:
    return f'<table:table table:name="{name}" {more}>{"".join(rows)}</table:table>'


def _line(*cells: str, more="") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (_value("float", "12"), "12"),
        (_value("float", "1.50", "1,5"), "1.5"),
        (_value("percentage", "0.85", "85 %"), "0.85"),
        (_value("currency", "3.0", "3 EUR"), "3"),
        (_value("date", "2026-11-30", "30.11.26"), "2026-11-30"),
        (_value("date", "2026-11-30T09:30:00"), "2026-11-30T09:30:00"),
        (_value("date", "2026-11-30T09:29:59.999999000"), "2026-11-30T09:30:00"),
        (_value("date", "1899-12-30T00:05:30"), "00:05:30"),
        (_value("date", "1899-12-31T06:00:00"), "30:00:00"),
        (_value("time", "PT09H30M00S"), "09:30:00"),
        (_value("time", "PT30H15M05.5S"), "30:15:05.500"),
        (_value("time", "PT09H29M59.9999S"), "09:30:00"),
        (_value("time", "-PT01H30M00S"), "-1:30:00"),
        (_value("time", "P1DT2H"), "26:00:00"),
        (_value("boolean", "true", "WAHR"), "TRUE"),
        (_value("string", "", "phone"), "phone"),
        (_value("string", "", "", 'office:string-value="phone"'), "phone"),
        (_value("string", "", "#N/A", 'table:formula="of:=NA()"'), "#N/A"),
        (_value("string", "", 'a<text:s text:c="3"/>b<text:tab/>c</text:p><text:p>d'), "a   b\tc\nd"),
        (
            _value("string", "", "x<text:span>y</text:span>").replace(
                "<text:p>", "<office:annotation><text:p>note</text:p></office:annotation><text:p>"
            ),
            "xy",
        ),
    ],
)
def test_cells_of_ods_become_text(tmp_path, given, expected):
    """By type, from the value and not from the text shown; comments are not in the table."""
    assert records(ods(tmp_path / "a.ods", _table(_line(given)))) == [[expected]]


def test_repeats_of_ods_are_unfolded_and_blank_ones_are_not(tmp_path):
    """A million blank rows at the end cost nothing; a row that repeats is there as often as it says."""
    blank = '<table:table-cell table:number-columns-repeated="16380"/>'
    first = _line(
        _value("float", "1", more='table:number-columns-repeated="2"'), blank, more='table:number-rows-repeated="2"'
    )
    gap = _line(blank, more='table:number-rows-repeated="2"')
    second = _line(
        '<table:table-cell table:number-columns-repeated="2"/>', _value("float", "2"), "<table:covered-table-cell/>"
    )
    rest = _line(blank, more='table:number-rows-repeated="1048571"')
    begin = time.process_time()
    assert records(ods(tmp_path / "a.ods", _table(first, gap, second, rest))) == [
        ["1", "1"],
        ["1", "1"],
        [],
        [],
        ["", "", "2"],
    ]
    assert time.process_time() - begin < 0.5


@pytest.mark.parametrize("repeats", ["1048576", "999999999999999999"])
def test_a_repeat_that_fills_the_sheet_is_refused(tmp_path, repeats):
    """One row of 64 bytes can ask for a sheet full of values."""
    wide = _value("float", "1", more='table:number-columns-repeated="16384"')
    path = ods(tmp_path / "a.ods", _table(_line(wide, more=f'table:number-rows-repeated="{repeats}"')))
    begin = time.process_time()
    assert sentence(path) == 'a.ods sheet "Data": has cells beyond column 16,384, or too many of them; delete them'
    assert time.process_time() - begin < 0.5


def test_what_ods_covers_by_merging_is_not_read(tmp_path):
    """A covered cell keeps an old value that nobody sees; merged headings are refused as in XLSX."""
    head = _line(
        _value("string", "", "start"),
        _value("string", "", "phone", 'table:number-columns-spanned="2"'),
        "<table:covered-table-cell office:value-type='string'><text:p>old</text:p></table:covered-table-cell>",
    )
    assert records(ods(tmp_path / "a.ods", _table(head))) == [["start", "phone"]]
    below = _line(_value("string", "", "a"), _value("string", "", "b"), _value("string", "", "c"))
    assert "has merged cells above several columns: B1:C1" in sentence(ods(tmp_path / "a.ods", _table(head, below)))


def test_formulas_of_ods_need_a_result(tmp_path):
    """A formula without a type was never computed."""
    path = ods(tmp_path / "a.ods", _table(_line(_value("float", "1"), '<table:table-cell table:formula="of:=1+1"/>')))
    assert "has formulas without a computed result: B1" in sentence(path)


def test_sheets_of_ods_are_chosen_as_those_of_xlsx(tmp_path):
    """Several with data are named, hidden ones are read only by name."""
    styles = '<style:style style:name="off"><style:table-properties table:display="false"/></style:style>'
    line = _line(_value("float", "1"))
    tables = _table(line, name="Old", more='table:style-name="off"') + _table(line, name="Data") + _table(name="Blank")
    path = ods(tmp_path / "a.ods", tables, styles=styles)
    assert [str(note) for note in workbook_grid(path, "a.ods").notes] == ['a.ods: hidden sheets were not read: "Old"']
    assert records(path, "Old") == records(path, 1) == [["1"]]
    both = ods(tmp_path / "b.ods", _table(line, name="May") + _table(line, name="June"))
    assert sentence(both) == 'b.ods: has several sheets with data: "May", "June"; choose one, such as sheet = "May"'


def test_a_document_type_in_ods_is_refused(tmp_path):
    """The parser stops at the declaration, so no entity is ever expanded."""
    path = zipped(tmp_path / "a.ods", {"content.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'})
    assert sentence(path) == "a.ods: declares an XML document type, which no workbook does; it is not read"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_writes_the_same_table(tmp_path):
    """XLSX turned into ODS by LibreOffice has the same text in every cell but midnights, which lose their time."""
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet("Data")
    forms = [book.add_format({"num_format": code}) for code in ("yyyy-mm-dd hh:mm", "[h]:mm:ss", "h:mm:ss", "0.0%")]
    sheet.write_row(0, 0, ["start", "long", "clock", "share", "volume", "queue", "open"])
    for i in range(1, 100):
        sheet.write_datetime(i, 0, NIGHT + dt.timedelta(minutes=15 * i), forms[0])
        sheet.write_datetime(i, 1, dt.timedelta(hours=10 + i), forms[1])
        sheet.write_datetime(i, 2, dt.time(i % 24, i % 60, i % 60), forms[2])
        sheet.write_number(i, 3, i / 8, forms[3])
        sheet.write_number(i, 4, i)
        sheet.write_string(i, 5, "a  b")
        sheet.write_boolean(i, 6, i % 2)
    book.close()
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "ods",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "a.xlsx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    ours = [[each.replace("T00:00:00", "") for each in record] for record in records(tmp_path / "a.xlsx")]
    theirs = records(tmp_path / "a.ods")
    assert [record[:6] for record in theirs] == [record[:6] for record in ours]
