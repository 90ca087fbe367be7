"""The guard of counts: what it lets pass, what it stops, and when it judges nothing."""

from __future__ import annotations

import copy

import pytest

from benchmarks.guard import _compare

THEN = {"versions": {"python": "3.11", "highspy": "1.15.1"}, "counts": {"roster": {"nodes": 100, "rows": 50}}}


def now(**counts: int) -> dict:
    made = copy.deepcopy(THEN)
    made["counts"]["roster"].update(counts)
    return made


@pytest.mark.parametrize(("nodes", "code"), [(100, 0), (102, 0), (98, 0), (103, 1), (97, 1)])
def test_two_in_a_hundred_may_differ_and_three_may_not(nodes: int, code: int, capsys) -> None:
    """More and fewer are both told, with the subject, the count before and after, and how to accept."""
    assert _compare(THEN, now(nodes=nodes)) == code
    told = capsys.readouterr().out
    assert (f"roster: nodes 100 before, {nodes} now ({nodes - 100:+.1f}%)" in told) == bool(code)
    assert ("make guard-accept" in told) == bool(code)


def test_a_count_that_is_new_or_gone_is_told(capsys) -> None:
    """A programme without rows before, and a subject that counts none any more."""
    assert _compare(THEN, now(columns=7)) == 1
    assert "roster: columns 0 before, 7 now (new)" in capsys.readouterr().out
    gone = now()
    del gone["counts"]["roster"]["rows"]
    assert _compare(THEN, gone) == 1
    assert "roster: rows 50 before, 0 now (-100.0%)" in capsys.readouterr().out


def test_with_other_versions_nothing_is_judged(capsys) -> None:
    """The counts are printed, and the versions that differ."""
    other = now(nodes=200)
    other["versions"]["highspy"] = "1.16.0"
    assert _compare(THEN, other) == 0
    told = capsys.readouterr().out
    assert "nodes 100 before, 200 now (+100.0%)" in told
    assert "not judged: the counts committed are of other versions: highspy 1.16.0 (1.15.1)" in told
