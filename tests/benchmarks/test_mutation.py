"""The mutation run: which changes it makes, how it puts them into a running module, and what it leaves alone."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

from benchmarks.mutation.changes import changed, mutants_of
from benchmarks.mutation.live import transplant

SOURCE = '''
"""Words: 1 < 2."""
from datetime import timedelta
LIMIT = 2
REST = timedelta(hours=4)


def fits(hours: int, most: int = 8) -> bool:
    """Not changed: 3."""
    return hours <= most and hours > -LIMIT


def faults(hours):
    if not fits(hours):
        yield f"works {hours + 1} hours"


class Week:
    @property
    def days(self):
        return 5 * LIMIT + min(LIMIT, 1)
'''


@pytest.fixture
def module(tmp_path) -> ModuleType:
    """The source, imported."""
    path = tmp_path / "made_for_mutation.py"
    path.write_text(SOURCE, encoding="utf-8")
    found = ModuleType("made_for_mutation")
    found.__file__ = str(path)
    exec(compile(SOURCE, str(path), "exec"), found.__dict__)
    sys.modules[found.__name__] = found
    yield found
    del sys.modules[found.__name__]


def test_every_rule_is_changed_and_no_word(tmp_path) -> None:
    """Comparisons, signs, numbers, and, not, returns, yields and min; nothing in sentences, docstrings and annotations."""
    path = tmp_path / "source.py"
    path.write_text(SOURCE, encoding="utf-8")
    made = [(mutant.line, mutant.before, mutant.after) for mutant in mutants_of(path, "source.py")]
    assert made == sorted(made, key=lambda each: each[0])
    assert {(before, after) for _, before, after in made} == {
        ("2", "3"), ("2", "1"), ("8", "9"), ("8", "7"), ("5", "6"), ("5", "4"), ("1", "2"), ("1", "0"), ("4", "5"), ("4", "3"),
        ("hours <= most", "hours < most"), ("hours > -LIMIT", "hours >= -LIMIT"), ("-LIMIT", "+LIMIT"),
        ("hours <= most and hours > -LIMIT", "hours <= most or hours > -LIMIT"),
        ("return hours <= most and hours > -LIMIT", "return None"),
        ("not fits(hours)", "not not fits(hours)"), ("yield f'works {hours + 1} hours'", "yield from ()"),
        ("return 5 * LIMIT + min(LIMIT, 1)", "return None"), ("min(LIMIT, 1)", "max(LIMIT, 1)"),
        ("5 * LIMIT", "5 / LIMIT"), ("5 * LIMIT + min(LIMIT, 1)", "5 * LIMIT - min(LIMIT, 1)"),
    }  # fmt: skip


def test_each_change_reaches_whoever_imported_the_function_before(module: ModuleType, tmp_path) -> None:
    """A function, its default, a property, a constant and a generator, each changed by itself."""
    path = tmp_path / "made_for_mutation.py"
    fits, faults, days = module.fits, module.faults, lambda: module.Week().days

    def answers() -> tuple:
        return fits(8), fits(9), fits(9, 9), fits(-2), fits(-1), len(list(faults(9))), days(), module.LIMIT, module.REST

    sound = answers()
    for mutant in mutants_of(path, path.name):
        transplant(module, changed(SOURCE, mutant))
        assert answers() != sound, mutant
    exec(compile(SOURCE, str(path), "exec"), module.__dict__)
