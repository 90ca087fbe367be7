"""Ids never become paths."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.slugs import slug, slugs


@pytest.mark.parametrize("plain", ["A001", "007", "ann-ash", "a.b", "Team_7"])
def test_a_plain_id_is_its_own_file_name(plain):
    """Ids of letters, digits, dashes and single dots stay readable."""
    assert slug(plain) == plain


@pytest.mark.parametrize(
    "wild", ["../E/5", "", ".", "..", "a/b", "a\\b", "C:x", "CON", "nul.txt", "Zoë", "a b", "x" * 99]
)
def test_any_other_id_is_spelled_out_and_hashed(wild):
    """Separators, dots at the ends, reserved names and letters beyond ASCII leave only a safe name."""
    name = slug(wild)
    assert name != wild
    assert all(letter.isascii() and (letter.isalnum() or letter in "-_") for letter in name)
    assert len(name) <= 60


def test_ids_that_differ_in_case_only_get_names_that_differ_in_more():
    """A file system that ignores case would write one over the other."""
    names = slugs(["a1", "A1", "b2"])
    assert names["b2"] == "b2"
    assert len({name.casefold() for name in names.values()}) == 3


@given(st.lists(st.text(max_size=20), max_size=12))
def test_different_ids_have_different_file_names(ids):
    """No two ids share a file, and none leaves the folder."""
    names = slugs(ids)
    assert len({name.casefold() for name in names.values()}) == len(set(ids))
    assert not any("/" in name or "\\" in name or name.startswith(".") or not name for name in names.values())
