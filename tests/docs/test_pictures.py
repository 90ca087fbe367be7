"""The pictures of the docs are those that ``make pictures`` takes, and small."""

from __future__ import annotations

import re
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent.parent / "docs"


def test_pictures_are_the_ones_taken_and_small():
    """Each name in the script is a file, no other file lies there, none is larger than 150 kB."""
    taken = set(re.findall(r'Picture\("([a-z-]+)"', (DOCS / "pictures.py").read_text(encoding="utf-8")))
    files = {path.stem: path.stat().st_size for path in (DOCS / "pictures").iterdir()}
    assert taken == set(files)
    assert max(files.values()) <= 150_000
