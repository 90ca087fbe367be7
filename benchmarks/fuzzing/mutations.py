"""Small wrong changes to files: of their bytes, of their cells and values, of the keys of a config."""

from __future__ import annotations

import csv
import gzip
import io
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

Rows = list[list[str]]

NUMBERS = (
    "", " ", "-", "0", "-3", "+4", "5.", ".5", "1,5", "1.234", "1.234,5", "1 234", "12e2", "1e400", "inf", "nan", "NaN",
    "n/a", "#DIV/0!", "=1+1", "'5", "5 ", "0x10", "1_000", "\u0665", "\u2212 3", "\u00a07", "5s", "05:30", "true", "9" * 30,
)  # fmt: skip
TIMES = (
    "", "2026-11-02", "2026-11-02 09:00", "2026-11-02T09:00:00Z", "2026-11-02T09:07", "2026-11-02T24:00", "2026-02-30T09:00",
    "2026-03-29T01:30", "2026-10-25T01:30", "2026-10-25T01:30+01:00", "02/11/2026 09:00", "11/02/2026 09:00", "1900-01-01T00:00",
    "9999-12-31T23:30", "0001-01-01T00:00", "1970-01-01T00:00", "2199-12-31T23:30", "45000", "1793610000", "1793610000000",
    "2026-11-02T09:00+25:00", "2026-11-02T9:00", "9:00 AM", "Total", "2026-W45-1", "20261102T0900",
)  # fmt: skip
TEXTS = (
    "", "phone", "Phone", "phone ", "=phone", "../phone", "pho\u200bne", "phone\n", '"', "\u202ephone", "x" * 300, "email",
    "Total", "cafe\u0301",
)  # fmt: skip
BYTES = (
    b"\x00",
    b"\xff",
    b"\xef\xbb\xbf",
    b'"',
    b"\r",
    b"\n",
    b",",
    b";",
    b"\t",
    b"'",
    b"\x1f\x8b",
    b"PK\x03\x04",
    b"\x80",
)


# --- Bytes ----------------------------------------------------------------------------------------------------------


def changed_bytes(blob: bytes, rng: Random) -> bytes:
    """Overwrite, insert, cut or repeat a few bytes."""
    at, length = rng.randrange(len(blob) + 1), rng.choice((1, 1, 1, 2, 5, 40))
    new = rng.choice(BYTES) if rng.random() < 0.7 else rng.randbytes(length)
    kind = rng.randrange(5)
    if kind == 0:
        return blob[:at] + new + blob[at + len(new) :]
    if kind == 1:
        return blob[:at] + new + blob[at:]
    if kind == 2:
        return blob[:at] + blob[at + length :]
    if kind == 3:
        return blob[: at + length] + blob[at:]
    return blob[:at]


def encoded(text: str, rng: Random) -> bytes:
    """Write the text as other programs do: another encoding, gzip, a gzip file cut off."""
    kind = rng.randrange(8)
    if kind < 5:
        names = ("utf-16", "utf-8-sig", "cp1252", "utf-16-le", "utf-32")
        return text.encode(names[kind], errors="replace")
    packed = gzip.compress(text.encode(), 1, mtime=0)
    return packed if kind == 5 else packed[: rng.randrange(1, len(packed))] if kind == 6 else changed_bytes(packed, rng)


# --- Tables ---------------------------------------------------------------------------------------------------------


def changed_table(rows: Rows, rng: Random) -> Rows:
    """Change one cell, a column, a row or the header."""
    made = [row.copy() for row in rows]
    rng.choice(TABLE_CHANGES)(made, rng)
    return made


def _cell(rows: Rows, rng: Random) -> None:
    place = rng.randrange(len(rows[0]))
    row = rng.randrange(1, len(rows))
    if place < len(rows[row]):
        rows[row][place] = rng.choice(_values(rows[0][place]))


def _values(name: str) -> tuple[str, ...]:
    return TIMES if name == "start" else TEXTS if name == "channel" else NUMBERS


def _column_written_otherwise(rows: Rows, rng: Random) -> None:
    place = rng.randrange(len(rows[0]))
    write = rng.choice(WRITINGS)
    for row in rows[1:]:
        if place < len(row):
            row[place] = write(row[place])


WRITINGS: tuple[Callable[[str], str], ...] = (
    lambda text: text.replace("T", " "),
    lambda text: re.sub(r"^(\d{4})-(\d\d)-(\d\d)", r"\3/\2/\1", text),
    lambda text: re.sub(r"^(\d{4})-(\d\d)-(\d\d)", r"\2/\3/\1", text),
    lambda text: text.replace(".", ","),
    lambda text: text[:10],
    lambda text: f" {text} ",
    lambda text: f'"{text}"',
    lambda text: f"{text}.0",
    lambda text: f"{text},5",
    lambda text: f"1.{text:>03}",
    lambda _: "",
    lambda _: "7",
    lambda text: text + "Z",
    lambda text: text.upper(),
)


def _rows_again(rows: Rows, rng: Random) -> None:
    row = rng.randrange(1, len(rows))
    for _ in range(rng.choice((1, 1, 5))):
        rows.insert(rng.randrange(1, len(rows) + 1), rows[row].copy())


def _rows_gone(rows: Rows, rng: Random) -> None:
    at = rng.randrange(1, len(rows))
    del rows[at : at + rng.choice((1, 1, 3, 30, len(rows)))]


def _shuffled(rows: Rows, rng: Random) -> None:
    body = rows[1:]
    rng.shuffle(body)
    rows[1:] = body


def _row_of_another_width(rows: Rows, rng: Random) -> None:
    row = rng.choice(rows)
    if rng.random() < 0.5:
        row.append(rng.choice(("", "9", "x")))
    elif row:
        row.pop()


def _column_twice(rows: Rows, rng: Random) -> None:
    place = rng.randrange(len(rows[0]))
    for row in rows:
        row.append(row[place] if place < len(row) else "")


def _column_gone(rows: Rows, rng: Random) -> None:
    place = rng.randrange(len(rows[0]))
    for row in rows:
        del row[place : place + 1]


def _columns_swapped(rows: Rows, rng: Random) -> None:
    one, other = rng.randrange(len(rows[0])), rng.randrange(len(rows[0]))
    for row in rows[rng.choice((0, 1)) :]:
        if max(one, other) < len(row):
            row[one], row[other] = row[other], row[one]


def _header(rows: Rows, rng: Random) -> None:
    place = rng.randrange(len(rows[0]))
    rows[0][place] = rng.choice(
        ("", rows[0][place].upper(), rows[0][place][:-1], "volume", "start", "x", rows[0][place] + " ")
    )


def _lines_around(rows: Rows, rng: Random) -> None:
    total = ["Total", *("" for _ in rows[0][2:]), "1234"]
    line = rng.choice((["Queue report"], [], ["", "", ""], total, ["sep=;"], rows[0].copy(), ["# made by hand"]))
    rows.insert(rng.choice((0, len(rows), rng.randrange(len(rows) + 1))), line)


def _no_header(rows: Rows, rng: Random) -> None:
    del rows[0]
    if not rows:
        rows.append([rng.choice(("", "x"))])


TABLE_CHANGES: tuple[Callable[[Rows, Random], None], ...] = (
    _cell, _cell, _cell, _cell, _cell, _column_written_otherwise, _column_written_otherwise, _rows_again, _rows_gone,
    _shuffled, _row_of_another_width, _column_twice, _column_gone, _columns_swapped, _header, _lines_around, _no_header,
)  # fmt: skip


def written(rows: Rows, rng: Random, *, plain: bool) -> str:
    """Write a table as CSV; not `plain`: with another separator, line end or way of quoting."""
    text = io.StringIO()
    separator = "," if plain else rng.choice((",", ";", "\t", "|", ":"))
    end = "\n" if plain else rng.choice(("\n", "\r\n", "\r", "\n\n"))
    quoting = csv.QUOTE_MINIMAL if plain else rng.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    csv.writer(text, delimiter=separator, lineterminator=end, quoting=quoting).writerows(rows)
    return text.getvalue() if plain or rng.random() < 0.8 else text.getvalue().rstrip("\r\n")


# --- Configs and documents --------------------------------------------------------------------------------------------

SETTINGS = (
    "0", "-1", "1e400", "nan", "inf", "true", '""', '"x"', "[]", "{}", "2026-11-30", "2026-02-30", "09:30", '"30min"',
    '"25:00-26:00"', '"22:00-06:00"', '"80%"', "80", "0.8", '"0s"', '"-5min"', '"9999h"', '"../../x"', "[1, 2]", "{ a = 1 }",
    '"Europe/Atlantis"', '"\\u0000"', "9" * 40, '"mon-fri"', "[[]]", "[{}]", '{ share = 1.0, within = "0s" }', "'''", '"',
)  # fmt: skip
VALUES = (
    "null",
    "0",
    "-1",
    "1e400",
    '""',
    '"x"',
    "[]",
    "{}",
    "true",
    "NaN",
    "[[]]",
    '"2026-99-99"',
    '"\\ud800"',
    "9" * 40,
)


def changed_settings(text: str, rng: Random) -> str:
    """Change a value, a key or a line of a TOML text, or its characters."""
    lines = text.splitlines()
    at = rng.randrange(len(lines))
    kind = rng.randrange(8)
    if kind <= 3:
        at = rng.choice([i for i, line in enumerate(lines) if "=" in line and not line.startswith("#")] or [at])
        lines[at] = f"{lines[at].split('=')[0]}= {rng.choice(SETTINGS)}"
    elif kind == 4:
        lines.insert(rng.randrange(len(lines) + 1), lines[at])
    elif kind == 5:
        del lines[at : at + rng.choice((1, 1, 4))]
    elif kind == 6:
        name = re.search(r"[a-z_]{3,}", lines[at])
        lines[at] = (
            lines[at].replace(name.group(), rng.choice((name.group()[:-1], "x", '""', "a.b")), 1) if name else ""
        )
    else:
        return changed_bytes(text.encode(), rng).decode("utf-8", errors="replace")
    return "\n".join(lines) + "\n"


def changed_json(text: str, rng: Random) -> str:
    """Put another value in place of one, take a line away, or change some characters."""
    kind = rng.randrange(4)
    if kind <= 1:
        found = list(re.finditer(r'(?<=: )("[^"]*"|[-\w.]+)', text))
        one = rng.choice(found)
        return text[: one.start()] + rng.choice(VALUES) + text[one.end() :]
    if kind == 2:
        lines = text.splitlines()
        del lines[rng.randrange(len(lines))]
        return "\n".join(lines)
    return changed_bytes(text.encode(), rng).decode("utf-8", errors="replace")
