"""The text of a config is changed where the reading block is, and nowhere else."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configs.errors import ConfigError
from configs.loader import shipped
from staffcurve.importing.toml_edit import edited
from staffcurve.importing.toml_values import toml_lines, toml_value

MANAGED = ("path", "columns", "aht", "date_format", "label", "separator")
SETTINGS = {"path": "new.csv", "columns": {"date": "Date", "time": "Time"}, "aht": {"unit": "s", "is": "mean"}}


def changed(text, settings=SETTINGS):
    """The text with the settings written into [history], and the same when it is done again."""
    once = edited(text, "history", settings, MANAGED, "plan.toml")
    assert edited(once, "history", settings, MANAGED, "plan.toml") == once
    return once


def test_values_are_replaced_in_their_place_and_comments_stay():
    """A new setting follows the last one; one that no longer holds goes with its line."""
    before = """\
# top
[plan]  # the plan
name = "a"

[history] # past
path = "old.csv"   # ours
# label = "end"
date_format = "mdy"
missing = "zero"   # sure

[channels.phone]
kind = "synchronous"
"""
    after = """\
# top
[plan]  # the plan
name = "a"

[history] # past
path = "new.csv"   # ours
# label = "end"
columns = { date = "Date", time = "Time" }
aht = { unit = "s", is = "mean" }
missing = "zero"   # sure

[channels.phone]
kind = "synchronous"
"""
    assert changed(before) == after


def test_a_section_of_columns_stays_a_section():
    """The names are replaced in it, with its comments."""
    before = '[history]\npath = "x"\n[history.columns]\n# ours\nstart = "S" # s\ntime = "T" # t\n[[history.cleaning]]\nfirst = 2026-01-01\n'
    after = (
        '[history]\npath = "new.csv"\naht = { unit = "s", is = "mean" }\n[history.columns]\n# ours\n'
        'time = "Time" # t\ndate = "Date"\n[[history.cleaning]]\nfirst = 2026-01-01\n'
    )
    assert changed(before) == after


def test_a_section_that_no_longer_holds_goes():
    """Its comments stay where they are."""
    before = '[history]\npath = "x"\n\n# minutes\n[history.aht]\nunit = "min"\n\n[plan]\nname = "a"\n'
    assert changed(before, {"path": "x"}) == '[history]\npath = "x"\n\n# minutes\n\n[plan]\nname = "a"\n'


def test_dotted_keys_become_one_table():
    """`columns.start` and `aht.unit` are settings of the block too."""
    after = changed('[history]\npath = "x"\ncolumns.start = "S"\ncolumns.volume = "V"\naht.unit = "s"\n')
    assert tomllib.loads(after)["history"] == SETTINGS


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '[history]\npath = "x"\n'),
        ('[plan]\nname = "a"', '[plan]\nname = "a"\n\n[history]\npath = "x"\n'),
        ("[history]", '[history]\npath = "x"\n'),
        ("[plan]\r\nname = 'a'\r\n", "[plan]\r\nname = 'a'\r\n\r\n[history]\r\npath = \"x\"\r\n"),
        (
            "[[history.cleaning]]\nfirst = 2026-01-01\n",
            '[history]\npath = "x"\n\n[[history.cleaning]]\nfirst = 2026-01-01\n',
        ),
    ],
    ids=["empty", "no line end", "bare header", "Windows line ends", "only an inner table"],
)
def test_a_file_without_the_table_gets_it(before, after):
    """At its end, or before the first inner table."""
    assert changed(before, {"path": "x"}) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            'history = { path = "x", missing = "zero" } # h\n',
            'history = { path = "y", missing = "zero", label = "end" } # h\n',
        ),
        ('history.path = "x" # h\n', 'history.path = "y" # h\nhistory.label = "end"\n'),
        (
            'history.columns.start = "S"\nplan.name = "a"\n',
            'history.path = "y"\nhistory.label = "end"\nplan.name = "a"\n',
        ),
    ],
    ids=["inline", "dotted", "dotted columns"],
)
def test_a_table_at_the_top_of_the_file_is_changed_as_it_is_written(before, after):
    """As one inline table, or as dotted keys."""
    assert changed(before, {"path": "y", "label": "end"}) == after


def test_a_table_inside_another_value_is_not_touched():
    """A channel within one table of all channels: the sentence holds the lines to write."""
    with pytest.raises(ConfigError) as caught:
        edited('channels = { phone = { kind = "x" } }\n', "channels.phone", {"source": {"queue": "A"}}, (), "plan.toml")
    assert str(caught.value) == (
        'plan.toml: channels.phone: cannot be changed line by line; write it yourself: source = { queue = "A" }'
    )


def test_brackets_quotes_and_hashes_inside_values_are_no_structure():
    """Values of several lines are replaced whole, and what looks like a header inside one is text."""
    before = '[history]\npath = \'\'\'a\n[plan]\n# no\'\'\'\ncolumns = { start = "#]}" }\nempty = [\n  "-", # none\n  "]",\n]\n[plan]\nname = "a"\n'
    after = changed(before)
    assert tomllib.loads(after) == {"history": {**SETTINGS, "empty": ["-", "]"]}, "plan": {"name": "a"}}
    assert '  "-", # none\n' in after


def test_the_starter_keeps_everything_else():
    """Every line but those of the block is the same line."""
    before = shipped("starter")
    after = changed(before)
    kept = [line for line in before.splitlines() if not line.startswith("path =")]
    assert [line for line in after.splitlines() if line in set(kept)] == kept
    assert {**tomllib.loads(after), "history": 0} == {**tomllib.loads(before), "history": 0}


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=8)
SIMPLE = st.one_of(TEXTS, st.integers(-(2**40), 2**40), st.booleans(), st.lists(TEXTS, max_size=3))


@given(st.dictionaries(TEXTS, st.one_of(SIMPLE, st.dictionaries(TEXTS, SIMPLE, max_size=3)), max_size=4))
def test_what_is_written_is_what_is_read(settings):
    """Any text, with quotes, line ends, control characters or none."""
    assert tomllib.loads("\n".join(toml_lines(settings))) == settings


@given(st.dictionaries(st.sampled_from(MANAGED), SIMPLE), st.dictionaries(st.sampled_from(MANAGED), SIMPLE), TEXTS)
def test_any_block_is_replaced_by_any_other(old, new, other):
    """The rest of the file is read as before."""
    rest = f'[plan]\nname = {toml_value(other)} # = [ " \n'
    before = "\n".join(["[history] # h", *toml_lines(old), "", rest])
    after = edited(before, "history", new, MANAGED, "plan.toml")
    assert tomllib.loads(after) == {"history": new, "plan": {"name": other}}
    assert after.endswith(rest)
    assert edited(after, "history", new, MANAGED, "plan.toml") == after
