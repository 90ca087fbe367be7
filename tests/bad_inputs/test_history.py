"""Rows 1 to 30 of the list of bad inputs: history files."""

from __future__ import annotations

import gzip
import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bad_inputs.site import Lines, call, checked, history_of, planned, refused, rows, with_cell, words_of
from tests.staffcurve.sites import write_site


def slashes(line: str) -> str:
    """A date that is two dates."""
    return re.sub(r"\d{4}-\d\d-\d\dT(\d\d:\d\d):00\+0[01]:00", r"01/02/2026 \1", line)


def without_offset(line: str) -> str:
    return re.sub(r"\+0[01]:00", "", line)


def added(*lines: str) -> Callable[[Lines], Lines]:
    return lambda found: [*found, *lines]


def minutes(line: str) -> str:
    return re.sub(r",(2\d\d)$", lambda found: f",{int(found[1]) / 60:.2f}", line)


def totals(line: str) -> str:
    channel, start, volume, aht = line.split(",")
    return line if channel == "email" else f"{channel},{start},{volume},{int(volume) * int(aht)}"


FILES = {
    "row-1": (lambda _: [], "history.csv: file is empty"),
    "row-2": (lambda lines: lines[:1], "history.csv: no data rows after the header"),
    "row-3": (
        lambda lines: lines[1:],
        ("history.csv row 1: looks headerless: it holds values (phone, 2026-09-14T08:00:00+01:00, 7, 208); put the column "
        'names in the first row, or state header = "none" and give the columns by number'),
    ),
    "row-4": (
        lambda lines: [lines[0].replace("volume", "Volumme"), *lines[1:]],
        'history.csv: has no column "volume"; did you mean "Volumme"?; columns found: channel, start, Volumme, aht_s',
    ),
    "row-5": (
        lambda lines: [f"{lines[0]},volume", *(f"{line},3" for line in lines[1:])],
        "history.csv row 1: has the column volume more than once; keep one",
    ),
    "row-7": (
        rows(slashes),
        ('history.csv rows 2, 3, 4, 5, 6 and 2195 more: start is "01/02/2026 08:00" for channel "phone"; the order of day '
        'and month is unclear: history.date_format = "dmy" reads it as 2026-02-01; history.date_format = "mdy" reads it '
        "as 2026-01-02"),
    ),
    "row-8": (with_cell("start", "14/09/2026 09:00"), 'history.csv row 6: start is "14/09/2026 09:00"'),
    "row-10": (
        added("phone,2026-03-29T01:30,5,200"),
        'history.csv row 2202: start is "2026-03-29T01:30" for channel "phone"; the clock skips this time',
    ),
    "row-13": (
        with_cell("start", "2026-09-14T09:07:00+01:00"),
        'history.csv row 6: channel "phone" at 2026-09-14 09:07:00 is not on the grid of 30min',
    ),
    "row-16": (
        added("phone,2026-09-14T09:30:00+01:00,77,200"),
        'history.csv row 2202: channel "phone" at 2026-09-14 09:30 is already in history.csv row 6; keep one',
    ),
    "row-17-volume": (with_cell("volume", "-3"), "history.csv row 6: volume is -3"),
    "row-17-aht": (with_cell("aht_s", "-3"), "history.csv row 6: aht_s is -3"),
    "row-19-mixed": (
        with_cell("aht_s", "5:30"),
        ('history.csv rows 2, 3, 4, 8, 10 and 1314 more: aht_s is 208 for channel "phone" at 2026-09-14T08:00:00+01:00; '
        'other durations of the column are written such as "5:30"; write all in one form'),
    ),
    "row-20": (rows(minutes), 'history.aht = { unit = "min", is = "mean" }'),
    "row-21": (rows(totals), 'history.aht = { unit = "s", is = "total" }'),
    "row-22-inf": (with_cell("volume", "inf"), 'history.csv row 6: volume is "inf" for channel "phone" at 2026-09-14T09:30:00+01:00; it must be a finite number'),
    "row-22-huge": (with_cell("volume", "1e400"), "history.csv row 6: volume is 1e400"),
    "row-22-word": (with_cell("volume", "many"), "it must be a number; if it marks a missing value, add it to history.empty"),
    "row-24-serial": (with_cell("start", "45000"), "history.csv row 6: start is 45000"),
    "row-23-total": (
        added("Total,,4711,"),
        ('history.csv row 2202: looks like a sum of other rows ("Total"); state totals = ["Total"] to leave such rows out, '
        "or totals = [] if it is data"),
    ),
    "row-23-grand": (
        added("phone,Grand total,4711,"),
        'history.csv row 2202: looks like a sum of other rows ("Grand total"); state totals = ["Grand total"]',
    ),
    "row-24-1900": (with_cell("start", "1900-01-01T00:00"), "history.csv row 6: start is"),
    "row-24-future": (with_cell("start", "2099-01-01T09:00"), "2099-01-01"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "words"), FILES.values(), ids=FILES)
def test_a_wrong_history_is_a_sentence(change: Callable[[Lines], Lines], words: str, tmp_path: Path) -> None:
    """It names the file, the row or column, the value and what would be right; nothing is written."""
    refused(planned(tmp_path, history_csv=history_of(tmp_path, change)), tmp_path / "out", words)


@pytest.mark.parametrize("blank", ["NaN", "-", "n/a", "#DIV/0!"], ids=lambda text: f"row-22-{text}")
def test_a_marker_of_a_missing_value_counts_as_not_observed(blank: str, tmp_path: Path) -> None:
    """Never zero contacts in silence: the four contacts of that row are gone, and two notes say where."""
    result = checked(tmp_path, with_cell("volume", blank))
    assert result.exit_code == 0
    assert "history.csv: 2,200 rows, 15,519 contacts; left out: 1 rows without a volume" in words_of(result)
    assert "note: history.csv: 1 rows have no volume and count as not observed, the first in row 6" in words_of(result)
    assert 'channel "phone": 1 open intervals (0.1%) are absent and count as not observed' in words_of(result)


def test_row_23_a_total_row_that_is_stated_is_left_out_with_its_row(tmp_path: Path) -> None:
    """4,711 contacts are not added to the 15,523."""
    result = checked(tmp_path, added("Total,,4711,"), "--set", 'history.totals=["Total"]')
    assert result.exit_code == 0
    assert "note: history.csv: 1 total row was left out (row 2202)" in words_of(result)
    assert "history.csv: 2,200 rows, 15,523 contacts" in words_of(result)


def semicolons(cells: Callable[[list[str]], list[str]]) -> Callable[[Lines], Lines]:
    """Write a file with semicolons, the cells of every row changed."""
    return lambda lines: [lines[0].replace(",", ";"), *(";".join(cells(line.split(","))) for line in lines[1:])]


def test_row_6_a_decimal_comma_is_read_and_said(tmp_path: Path) -> None:
    """``208,5`` in a semicolon file is 208.5 seconds with a note; the sum of contacts is as it was."""
    result = checked(tmp_path, semicolons(lambda cells: [*cells[:3], f"{cells[3]},5" if cells[3] else ""]))
    assert result.exit_code == 0
    assert 'note: history.csv: aht_s: "208,5" is read as 208.5' in words_of(result)
    assert "2,200 rows, 15,523 contacts" in words_of(result)


def test_row_6_a_mark_that_may_be_either_is_refused_with_both_readings(tmp_path: Path) -> None:
    """``1.138`` beside 982 is a thousand or one: the rows, both values, and the setting for each."""

    def volumes(cells: list[str]) -> list[str]:
        return [*cells[:2], "1.138" if int(cells[2]) > 9 else f"{900 + int(cells[2])}", cells[3]]

    refused(
        checked(tmp_path, semicolons(volumes)),
        tmp_path / "out",
        'volume is 1.138 for channel "phone"',
        "it may be 1138 with a thousands mark, or 1.138 with three decimals",
        'history.thousands = "." or history.decimal = "."',
    )


def test_row_9_times_without_a_zone_are_said_to_be_local(tmp_path: Path) -> None:
    """The zone of the plan is stated by the config; a note says that it was used."""
    result = checked(tmp_path, rows(without_offset))
    assert result.exit_code == 0
    assert "2,200 of 2,200 times have no offset and were read as local time in Europe/London" in words_of(result)


def test_row_11_an_hour_that_comes_twice_and_is_there_once_is_said(tmp_path: Path) -> None:
    """The row and how it was read."""
    change = rows(without_offset)
    result = checked(tmp_path, lambda lines: [*change(lines), "phone,2026-10-25T01:30,5,200"])
    assert result.exit_code == 0
    assert "row 2202: this time occurs twice and the file has it once; it was read as the first" in words_of(result)


def test_row_12_labels_at_the_end_show_in_the_opening_hours_and_are_a_setting(tmp_path: Path) -> None:
    """Half an hour late: `check` has both ends of the day; with label = "end" every contact is where it was."""

    def late(line: str) -> str:
        channel, start, *rest = line.split(",")
        hour, minute = int(start[11:13]), int(start[14:16])
        later = f"{hour + (minute == 30):02}:{30 - minute:02}"
        return ",".join([channel, f"{start[:11]}{later}{start[16:]}", *rest])

    result = checked(tmp_path, rows(late))
    assert result.exit_code == 0
    assert "phone: closed, but with contacts: Mon-Sat 18:00-18:30 (53 contacts a week)" in words_of(result)
    assert "phone: open, but never observed: Mon-Sat 08:00-08:30" in words_of(result)
    result = checked(tmp_path, rows(late), "--set", 'history.label="end"')
    assert result.exit_code == 0
    assert 'note: history.csv: start: times are ends of intervals of 30 minutes (label = "end")' in words_of(result)
    assert "Opening hours compared" not in words_of(result)
    assert "15,523 contacts" in words_of(result)


def test_row_14_too_many_absent_intervals_are_refused(tmp_path: Path) -> None:
    """Above the limit; below it a note has the share."""
    gone = re.compile(r"phone,.*T(0[89]|1[0-4]):(00|30)")
    result = checked(tmp_path, lambda lines: [line for i, line in enumerate(lines) if i < 40 or not gone.match(line)])
    refused(
        result, tmp_path / "out", 'history.csv: channel "phone": ', "of its open intervals", "are absent, more than 50%"
    )
    result = checked(tmp_path, lambda lines: [line for line in lines if "T09:30" not in line])
    assert result.exit_code == 0
    assert re.search(
        r'channel "phone": 66 open intervals \([\d.]+%\) are absent and count as not observed', words_of(result)
    )


def test_row_15_a_day_without_rows_is_not_a_day_without_contacts(tmp_path: Path) -> None:
    """It is named and left out."""
    result = checked(tmp_path, lambda lines: [line for line in lines if "2026-10-07" not in line])
    assert result.exit_code == 0
    assert "20 open intervals (1.5%) are absent and count as not observed; whole days 2026-10-07" in words_of(result)


def test_row_16_a_row_that_repeats_another_counts_once_with_a_word(tmp_path: Path) -> None:
    """Equal in every cell."""
    result = checked(tmp_path, lambda lines: [*lines, lines[5]])
    assert result.exit_code == 0
    assert "repeat another row in every cell and were left out, first row 2202" in words_of(result)


def test_row_18_more_handled_than_offered_is_said(tmp_path: Path) -> None:
    """Half as many again in every interval."""
    change = rows(lambda line: f"{line},{int(line.split(',')[2]) * 2 + 3}")
    result = checked(tmp_path, lambda lines: [f"{lines[0]},handled", *change(lines)[1:]])
    assert "handled" in words_of(result)
    assert "offered" in words_of(result)


@pytest.mark.parametrize("text", ["5:30", "0:05:30"], ids=["row-19-minutes", "row-19-hours"])
def test_row_19_handle_times_on_a_clock_are_seconds(text: str, tmp_path: Path) -> None:
    """Five and a half minutes, never 530 seconds; two figures could be hours and minutes, and a note says so."""
    change = rows(lambda line: line if "email" in line else f"{line.rpartition(',')[0]},{text}")
    result = checked(tmp_path, change, "--json")
    assert result.exit_code == 0
    assert '"aht_s": 330' in result.stdout
    note = (
        'aht_s: \\"5:30\\" is read as minutes and seconds; history.aht = { unit = \\"h:mm\\" } reads hours and minutes'
    )
    assert (note in result.stdout) is (text == "5:30")


def encodings() -> dict[str, tuple[Callable[[str], bytes], str]]:
    """How a text becomes bytes, and what is said of a file that cannot be read."""
    return {
        "row-25-utf-16": (lambda text: text.encode("utf-16"), ""),
        "row-25-bom": (lambda text: text.encode("utf-8-sig"), ""),
        "row-25-utf-16-without-mark": (
            lambda text: text.encode("utf-16-le"),
            "holds a NUL at byte 1; it is binary or UTF-16 without its mark; save it as CSV (UTF-8)",
        ),
        "row-25-nul": (lambda text: text.encode().replace(b"phone", b"ph\0ne", 1), "holds a NUL at byte 29"),
        "row-28-gzip": (lambda text: gzip.compress(text.encode()), ""),
        "row-28-html": (lambda _: b"<html><table><tr><td>1</td></tr></table></html>", "is an HTML or XML page"),
        "row-28-xls": (
            lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100),
            "is an old Office file (such as xls); save",
        ),
        "row-28-pdf": (lambda _: b"%PDF-1.7 " + bytes(100), "is a PDF"),
        "row-28-gzip-cut-off": (lambda text: gzip.compress(text.encode())[:200], "is a damaged gzip file"),
    }


@pytest.mark.parametrize(("bytes_of", "words"), encodings().values(), ids=encodings())
def test_the_first_bytes_say_what_a_file_is(bytes_of: Callable[[str], bytes], words: str, tmp_path: Path) -> None:
    """An encoding with its mark and gzip are read; what is no text of a table is named."""
    blob = bytes_of(history_of(tmp_path, list))
    (tmp_path / "history.csv").write_bytes(blob)
    result = call("check", tmp_path / "site.toml")
    if words:
        refused(result, tmp_path / "out", "history.csv: ", words)
    else:
        assert result.exit_code == 0, words_of(result)
        assert "2,200 rows, 15,523 contacts" in words_of(result)


def test_row_25_an_encoding_without_a_mark_is_refused_with_the_word_it_spoils(tmp_path: Path) -> None:
    """Never mojibake in silence: the byte, the line, and the setting, with which the file is read whole."""
    text = history_of(tmp_path, rows(lambda line: line.replace("phone", "t\u00e9l")))
    (tmp_path / "history.csv").write_bytes(text.encode("cp1252"))
    refused(
        call("check", tmp_path / "site.toml"),
        tmp_path / "out",
        "history.csv: is not UTF-8 text at byte 28 (0xE9, line 2); save it as CSV (UTF-8), or state its encoding: this "
        'word reads "t\u00e9l" with encoding = "cp1252"',
    )
    config = (tmp_path / "site.toml").read_text(encoding="utf-8").replace("channels.phone", 'channels."t\u00e9l"')
    (tmp_path / "site.toml").write_text(config, encoding="utf-8")
    people = (tmp_path / "agents.csv").read_text(encoding="utf-8").replace("phone", "t\u00e9l")
    (tmp_path / "agents.csv").write_text(people, encoding="utf-8")
    result = call("check", tmp_path / "site.toml", "--set", 'history.encoding="cp1252"')
    assert result.exit_code == 0, words_of(result)
    assert "2,200 rows, 15,523 contacts" in words_of(result)


def test_row_26_a_workbook_that_unpacks_to_a_hundred_times_its_size_is_refused_at_once(tmp_path: Path) -> None:
    """Before it is parsed: 60 MB of a sheet in 60 kB."""
    config = write_site(tmp_path)
    with zipfile.ZipFile(tmp_path / "history.xlsx", "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("xl/worksheets/sheet1.xml", b"<row><c><v>1</v></c></row>" * 2_300_000)
    begun = time.perf_counter()
    result = call("check", config, "--set", 'history.path="history.xlsx"')
    assert time.perf_counter() - begun < 20
    refused(
        result,
        tmp_path / "out",
        "history.xlsx: packs xl/worksheets/sheet1.xml 4",
        " times, as no table does; it is not read",
    )


def workbook(folder: Path, sheets: int, volume: str = "{}") -> Path:
    """The site with its history in a workbook, the same in each sheet; returns the config."""
    import openpyxl

    config = write_site(folder)
    lines = [line.split(",") for line in (folder / "history.csv").read_text(encoding="utf-8").splitlines()]
    book = openpyxl.Workbook()
    for number in range(sheets):
        sheet = book.create_sheet(f"Calls {number}")
        sheet.append(lines[0])
        for channel, start, count, aht in lines[1:]:
            cell = volume.format(count)
            sheet.append([channel, start, cell if cell.startswith("=") else int(cell), int(aht) if aht else None])
    del book["Sheet"]
    book.save(folder / "history.xlsx")
    return config


def test_row_27_two_sheets_with_a_history_are_a_question(tmp_path: Path) -> None:
    """The sheets are named with the setting; with it the file is read whole."""
    config = workbook(tmp_path, sheets=2)
    words = 'history.xlsx: has several sheets with data: "Calls 0", "Calls 1"; choose one, such as sheet = "Calls 0"'
    refused(call("check", config, "--set", 'history.path="history.xlsx"'), tmp_path / "out", words)
    result = call("check", config, "--set", 'history.path="history.xlsx"', "--set", 'history.sheet="Calls 1"')
    assert result.exit_code == 0, words_of(result)
    assert "history.xlsx: 2,200 rows, 15,523 contacts" in words_of(result)


def test_row_27_formulas_that_no_program_has_worked_out_are_named(tmp_path: Path) -> None:
    """The sheet, the first cells, how many more there are, and the remedy."""
    config = workbook(tmp_path, sheets=1, volume="=1+{}")
    refused(
        call("check", config, "--set", 'history.path="history.xlsx"'),
        tmp_path / "out",
        'history.xlsx sheet "Calls 0": has formulas without a computed result: C2, C3, C4, C5, C6 and 2195 more; open it '
        "in a spreadsheet and save it again",
    )


def test_row_27_a_workbook_with_a_password_is_named(tmp_path: Path) -> None:
    """It is an OLE container whose directory names the encrypted package."""
    config = write_site(tmp_path)
    name = "EncryptedPackage".encode("utf-16-le")
    (tmp_path / "history.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016) + name.ljust(4096, b"\0"))
    result = call("check", config, "--set", 'history.path="history.xlsx"')
    refused(result, tmp_path / "out", "history.xlsx: ", "password")


def test_row_29_a_queue_name_is_data(tmp_path: Path) -> None:
    """One with a path in it is left out with a word, as any that is not planned."""
    result = checked(tmp_path, added("../../etc,2026-11-02T09:00:00+00:00,3,200"))
    assert result.exit_code == 0
    assert 'channel "../../etc" (1 rows, 3 contacts) is not in the config and was left out' in words_of(result)


def test_row_30_no_contacts_at_all_are_a_forecast_of_none_with_a_word(tmp_path: Path) -> None:
    """Eleven weeks of zeros."""
    text = history_of(tmp_path, rows(lambda line: ",".join([*line.split(",")[:2], "0", ""])))
    (tmp_path / "history.csv").write_text(text, encoding="utf-8")
    result = call("forecast", tmp_path / "site.toml", "--out", tmp_path / "out", "--set", 'channels.phone.aht="3min"')
    assert result.exit_code == 0, words_of(result)
    assert "channel phone: had no contacts in the last eight weeks; its forecast is 0" in words_of(result)


def test_row_30_a_history_of_a_few_days_is_forecast_by_a_simple_method_that_is_named(tmp_path: Path) -> None:
    """Too short for a season: the note says so."""
    text = history_of(tmp_path, lambda lines: [line for line in lines if "channel" in line or "2026-11-2" in line])
    (tmp_path / "history.csv").write_text(text, encoding="utf-8")
    result = call("forecast", tmp_path / "site.toml", "--out", tmp_path / "out")
    assert result.exit_code == 0, words_of(result)
    assert re.search(r"note: .*(days|weeks) of history|too short|fewer than", words_of(result))
