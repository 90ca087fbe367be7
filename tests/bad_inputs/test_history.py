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
    "row-3": (lambda lines: lines[1:], "history.csv row 1: looks headerless"),
    "row-4": (
        lambda lines: [lines[0].replace("volume", "Volumme"), *lines[1:]],
        'history.csv: has no column "volume"; did you mean "Volumme"?; columns found: channel, start, Volumme, aht_s',
    ),
    "row-5": (
        lambda lines: [f"{lines[0]},volume", *(f"{line},3" for line in lines[1:])],
        "history.csv row 1: has the column volume more than once; keep one",
    ),
    "row-7": (rows(slashes), "01/02/2026 08:00"),
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
    "row-19-mixed": (with_cell("aht_s", "5:30"), "5:30"),
    "row-20": (rows(minutes), 'history.aht = { unit = "min", is = "mean" }'),
    "row-21": (rows(totals), 'history.aht = { unit = "s", is = "total" }'),
    "row-22-inf": (with_cell("volume", "inf"), "history.csv row 6: volume is"),
    "row-22-huge": (with_cell("volume", "1e400"), "history.csv row 6: volume is 1e400"),
    "row-22-word": (with_cell("volume", "many"), "history.csv row 6: volume is"),
    "row-24-serial": (with_cell("start", "45000"), "history.csv row 6: start is 45000"),
    "row-24-1900": (with_cell("start", "1900-01-01T00:00"), "history.csv row 6: start is"),
    "row-24-future": (with_cell("start", "2099-01-01T09:00"), "2099-01-01"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "words"), FILES.values(), ids=FILES)
def test_a_wrong_history_is_a_sentence(change: Callable[[Lines], Lines], words: str, tmp_path: Path) -> None:
    """It names the file, the row or column, the value and what would be right; nothing is written."""
    refused(planned(tmp_path, history_csv=history_of(tmp_path, change)), tmp_path / "out", words)


@pytest.mark.parametrize("blank", ["NaN", "-", "n/a", "#DIV/0!"], ids=lambda text: f"row-22-{text}")
def test_a_marker_of_a_missing_value_is_named_or_counted(blank: str, tmp_path: Path) -> None:
    """Never zero contacts in silence: the row is named, or a note says that it counts as not observed."""
    result = checked(tmp_path, with_cell("volume", blank))
    assert result.exit_code in {0, 1}
    assert re.search(r"history\.csv:? row 6|note: .*volume|not observed", words_of(result))


@pytest.mark.parametrize("row", ["Total,,4711,", "phone,Grand total,4711,"], ids=["row-23-total", "row-23-grand"])
def test_a_total_row_is_named_or_left_out_with_a_word(row: str, tmp_path: Path) -> None:
    """4,711 contacts are never added to the rest."""
    result = checked(tmp_path, added(row))
    said = words_of(result)
    if result.exit_code == 0:
        assert "2202" in said
        assert "4,711" in said or "otal" in said
        return
    refused(result, tmp_path / "out", "history.csv row 2202", "otal")


def test_row_6_a_decimal_comma_is_refused_or_said(tmp_path: Path) -> None:
    """``1,5`` in a semicolon file is one and a half with a note, or a fault with its row; never fifteen."""
    result = checked(tmp_path, lambda lines: [line.replace(",", ";") for line in with_cell("aht_s", "200")(lines)])
    assert result.exit_code == 0
    change = rows(lambda line: line.replace(",", ";") + (",5" if line.startswith("phone") else ""))
    result = checked(tmp_path, lambda lines: [lines[0].replace(",", ";"), *change(lines)[1:]])
    said = words_of(result)
    assert (result.exit_code == 1 and "history.csv rows 2, 3, 4" in said) or "decimal" in said


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


def test_row_12_hours_by_the_end_show_in_the_opening_hours(tmp_path: Path) -> None:
    """Labels half an hour late: `check` puts the hours of the data beside those of the config."""

    def late(line: str) -> str:
        channel, start, *rest = line.split(",")
        hour, minute = int(start[11:13]), int(start[14:16])
        later = f"{hour + (minute == 30):02}:{30 - minute:02}"
        return ",".join([channel, f"{start[:11]}{later}{start[16:]}", *rest])

    result = checked(tmp_path, rows(late))
    assert result.exit_code == 0
    assert "compare the opening hours above" in words_of(result)
    assert "18:30" in words_of(result)


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
def test_row_19_handle_times_on_a_clock_are_read_as_such_or_named(text: str, tmp_path: Path) -> None:
    """Five and a half minutes, never 530 seconds."""
    result = checked(
        tmp_path, rows(lambda line: line if "email" in line else f"{line.rpartition(',')[0]},{text}"), "--json"
    )
    if result.exit_code:
        refused(result, tmp_path / "out", "history.csv rows 2, 3, 4", text)
    else:
        assert '"aht_s": 330' in result.stdout


def encodings() -> dict[str, tuple[Callable[[str], bytes], str]]:
    """How a text becomes bytes, and what is said of a file that cannot be read."""
    return {
        "row-25-utf-16": (lambda text: text.encode("utf-16"), ""),
        "row-25-bom": (lambda text: text.encode("utf-8-sig"), ""),
        "row-25-utf-16-without-mark": (lambda text: text.encode("utf-16-le"), "UTF-16"),
        "row-25-nul": (lambda text: text.encode().replace(b"phone", b"ph\0ne", 1), "NUL"),
        "row-28-gzip": (lambda text: gzip.compress(text.encode()), ""),
        "row-28-html": (lambda _: b"<html><table><tr><td>1</td></tr></table></html>", "is an HTML or XML page"),
        "row-28-xls": (lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "xls"),
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
        assert "2,200 rows" in words_of(result)


def test_row_25_an_encoding_without_a_mark_is_refused_or_named(tmp_path: Path) -> None:
    """Never mojibake in silence."""
    text = history_of(tmp_path, rows(lambda line: line.replace("phone", "t\u00e9l")))
    (tmp_path / "history.csv").write_bytes(text.encode("cp1252"))
    result = call("check", tmp_path / "site.toml")
    assert "history.csv: " in words_of(result)
    assert re.search(r"is not UTF-8 text at byte \d+|1252", words_of(result))


def test_row_26_a_workbook_that_unpacks_to_a_hundred_times_its_size_is_refused_at_once(tmp_path: Path) -> None:
    """Before it is parsed: 60 MB of a sheet in 60 kB."""
    config = write_site(tmp_path)
    with zipfile.ZipFile(tmp_path / "history.xlsx", "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("xl/worksheets/sheet1.xml", b"<row><c><v>1</v></c></row>" * 2_300_000)
    begun = time.perf_counter()
    result = call("check", config, "--set", 'history.path="history.xlsx"')
    assert time.perf_counter() - begun < 20
    refused(result, tmp_path / "out", "history.xlsx: ")


def test_row_27_a_workbook_with_two_tables_or_no_values_is_never_guessed(tmp_path: Path) -> None:
    """Two sheets with a history each, and a formula that no program has worked out: exit code 1 and the file's name."""
    import openpyxl

    config = write_site(tmp_path)
    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet("Second")):
        sheet.append(["channel", "start", "volume", "aht_s"])
        sheet.append(["phone", "2026-11-02T09:00", "=1+1", 200])
    book.save(tmp_path / "history.xlsx")
    result = call("check", config, "--set", 'history.path="history.xlsx"')
    refused(result, tmp_path / "out", "history.xlsx")


def test_row_27_a_workbook_with_a_password_is_named(tmp_path: Path) -> None:
    """It is an OLE container and no zip archive."""
    config = write_site(tmp_path)
    (tmp_path / "history.xlsx").write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"EncryptedPackage".ljust(4096, b"\0")
    )
    refused(call("check", config, "--set", 'history.path="history.xlsx"'), tmp_path / "out", "history.xlsx: ")


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
