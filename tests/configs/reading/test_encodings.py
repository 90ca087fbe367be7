"""Bytes to text: marks, stated encodings, and what is told where neither fits."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from configs.schema.reading import TableShape
from tests.configs.reading.files import BODY, HEAD, noted, read, refused

KOELN = (HEAD + BODY).replace("phone", "Köln")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-mark", "utf-16-be-mark", "utf-32-le-mark", "utf-32-be-mark"]
)
def test_marks_say_the_encoding(tmp_path, encoding):
    """UTF-8 with and without its mark, UTF-16 and UTF-32 with theirs need no setting."""
    name = encoding.removesuffix("-mark")
    text = KOELN if name == encoding else "\ufeff" + KOELN
    cells = read(tmp_path, text.encode(name))
    assert cells.header == ("channel", "start", "volume")
    assert set(cells.columns["channel"]) == {"Köln"}
    assert not cells.notes


@pytest.mark.parametrize(
    ("encoding", "word"),
    [
        ("cp1252", "Köln"),
        ("latin-1", "Köln"),
        ("cp1251", "Звонки"),
        ("shift_jis", "電話"),
        ("utf-16", "Köln"),
        ("utf-16-be", "Köln"),
    ],
)
def test_a_stated_encoding_is_used(tmp_path, encoding, word):
    """`encoding` reads Western, Cyrillic and Japanese files, and UTF-16 that lacks its mark."""
    text = (HEAD + BODY).replace("phone", word)
    blob = text.encode("utf-16-le" if encoding == "utf-16" else encoding)
    assert set(read(tmp_path, blob, encoding=encoding).columns["channel"]) == {word}


def test_bytes_that_are_not_utf8_name_the_setting_and_the_word(tmp_path):
    """The message shows the byte, its line, and what the likeliest encoding would make of the word."""
    assert refused(tmp_path, KOELN.encode("cp1252")) == [
        (
            "h.csv: is not UTF-8 text at byte 22 (0xF6, line 2); save it as CSV (UTF-8), "
            'or state its encoding: this word reads "Köln" with encoding = "cp1252"'
        )
    ]


@pytest.mark.parametrize(
    ("word", "encoding"),
    [("Wärme", "cp1252"), ("Звонки", "cp1251"), ("電話受付", "shift_jis")],
)
def test_the_likeliest_encoding_is_offered(tmp_path, word, encoding):
    """Words with a foreign letter here and there are Western; in Cyrillic and Japanese ones every letter is one."""
    (line,) = refused(tmp_path, (HEAD + BODY).replace("phone", f"{word} Beratung").encode(encoding))
    assert line.endswith(f'this word reads "{word}" with encoding = "{encoding}"')


def test_a_stated_encoding_that_does_not_fit_is_told_with_the_byte(tmp_path):
    """Stated UTF-8 is not taken for anything else, nor is a stated Shift JIS."""
    assert refused(tmp_path, KOELN.encode("cp1252"), encoding="utf-8") == [
        "h.csv: is not UTF-8 text at byte 22 (0xF6, line 2); save it as CSV (UTF-8), or state another encoding"
    ]
    (line,) = refused(tmp_path, HEAD.encode() + b"\xff\xff,1,2\n", encoding="shift_jis")
    assert line.startswith("h.csv: is not SHIFT_JIS text at byte 21 (0xFF, line 2)")


def test_the_mark_of_a_file_outweighs_the_setting(tmp_path):
    """A file that begins with the mark of UTF-8 is UTF-8; that the setting was passed over is a note."""
    cells = read(tmp_path, KOELN.encode("utf-8-sig"), encoding="cp1252")
    assert set(cells.columns["channel"]) == {"Köln"}
    assert noted(cells) == ['h.csv: begins with the mark of UTF-8; encoding = "cp1252" was not used']
    assert not read(tmp_path, KOELN.encode("utf-16"), encoding="utf-16").notes


@pytest.mark.parametrize("text", [HEAD + BODY, KOELN])
def test_a_nul_is_told_with_its_byte(tmp_path, text):
    """UTF-16 without a mark is not guessed at, whether its letters are ASCII or not."""
    assert refused(tmp_path, text.encode("utf-16-le")) == [
        "h.csv: holds a NUL at byte 1; it is binary or UTF-16 without its mark; save it as CSV (UTF-8)"
    ]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("cp1225", '"cp1225" is not a character encoding; did you mean "cp125'),
        ("latin9000", '"latin9000" is not a character encoding; did you mean "latin9"?'),
        ("base64", '"base64" is not a character encoding'),
        ("", '"" is not a character encoding'),
    ],
)
def test_an_encoding_that_does_not_exist_is_told_with_the_nearest(name, words):
    """Misspelt names, and codecs that are not encodings of text, are refused where the config is checked."""
    with pytest.raises(ValidationError) as caught:
        TableShape(encoding=name)
    assert words in str(caught.value)
