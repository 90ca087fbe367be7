"""Reads an instance: sections of comma-separated lines, days counted from 0, which is a Monday."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.people.problem import Kind, Person, Problem

if TYPE_CHECKING:
    from pathlib import Path

Sections = dict[str, list[list[str]]]


def read(path: Path) -> Problem:
    """Read an instance.

    Raises
    ------
    ValueError
        The file is no instance of this format.
    """
    sections = _sections(path)
    missing = [name for name in ("HORIZON", "SHIFTS", "STAFF", "COVER") if not sections.get(name)]
    if missing:
        raise ValueError(f"{path}: has no SECTION_{missing[0]}; is it an instance of this format?")
    days = int(sections["HORIZON"][0][0])
    kinds = tuple(Kind(line[0], int(line[1])) for line in sections["SHIFTS"])
    number = {kind.name: k for k, kind in enumerate(kinds)}
    barred = np.zeros((len(kinds), len(kinds)), dtype=bool)
    for line in sections["SHIFTS"]:
        for after in line[2].split("|") if len(line) > 2 else ():
            if after:
                barred[number[line[0]], number[after]] = True
    free = {line[0]: frozenset(int(day) for day in line[1:] if day) for line in sections.get("DAYS_OFF", [])}
    persons = tuple(_person(line, kinds, free.get(line[0], frozenset())) for line in sections["STAFF"])
    who = {person.name: p for p, person in enumerate(persons)}
    wishes, constant = np.zeros((len(persons), days, len(kinds))), 0.0
    for line in sections.get("SHIFT_ON_REQUESTS", []):
        constant += float(line[3])
        wishes[who[line[0]], int(line[1]), number[line[2]]] -= float(line[3])
    for line in sections.get("SHIFT_OFF_REQUESTS", []):
        wishes[who[line[0]], int(line[1]), number[line[2]]] += float(line[3])
    need, short, over = (np.zeros((days, len(kinds))) for _ in range(3))
    for line in sections["COVER"]:
        at = int(line[0]), number[line[1]]
        need[at], short[at], over[at] = float(line[2]), float(line[3]), float(line[4])
    return Problem(days, kinds, persons, barred, wishes, constant, need, short, over)


def _sections(path: Path) -> Sections:
    found: Sections = {}
    lines: list[list[str]] = []
    for raw in path.read_text(encoding="utf-8-sig").splitlines():
        line = raw.strip()
        if line.startswith("SECTION_"):
            lines = found.setdefault(line.removeprefix("SECTION_"), [])
        elif line and not line.startswith("#"):
            lines.append([word.strip() for word in line.split(",")])
    return found


def _person(line: list[str], kinds: tuple[Kind, ...], free: frozenset[int]) -> Person:
    """Fields in the order of the file: most of each kind, most and least minutes, longest and shortest run, ..."""
    most = dict(each.split("=") for each in line[1].split("|") if each)
    most_minutes, least_minutes, most_run, least_run, least_off, weekends = map(int, line[2:8])
    most_of = tuple(int(most.get(kind.name, 0)) for kind in kinds)
    return Person(line[0], least_minutes, most_minutes, least_run, most_run, least_off, weekends, most_of, free)
