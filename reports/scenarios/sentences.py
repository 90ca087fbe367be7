"""What a scenario changes, in sentences a manager reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import formatting
from reports.english.units import listed
from reports.findings import Finding
from reports.scenarios.tables import LEEWAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from optimize.scenarios.comparison import Compared, Row
    from reports.findings import Mark

WORKING_WEEK_H = 37.5
"""Hours by which agent-hours are read as people; said where it is used."""
NOTHING_CHANGES = 0.0015
"""Part of a cost below which two plans cost the same: one more round of learning moved that of the demo by 0.0011."""


def sentences(compared: Compared, currency: str) -> Iterator[Finding]:
    """One sentence for each scenario, then one for each sweep."""
    sweeps = compared.sweeps()
    for row in compared.rows[1:]:
        if row.asked.sweep not in sweeps:
            yield _scenario(compared, row, currency)
    for name, rows in sweeps.items():
        yield _sweep(compared, name, rows, currency)


def _scenario(compared: Compared, row: Row, currency: str) -> Finding:
    outcome, base = row.outcome, compared.baseline.outcome
    difference = outcome.cost - base.cost
    if abs(difference) < NOTHING_CHANGES * max(1.0, base.cost):
        said = f"{row.asked.title}: costs the same"
    else:
        way = "less" if difference < 0 else "more"
        share = formatting.percent(abs(difference) / base.cost, 1) if base.cost else ""
        said = f"{row.asked.title}: costs {formatting.money(abs(difference), currency)} a week {way} ({share})"
    hours = outcome.agent_h - base.agent_h
    if abs(hours) >= 1:
        people = formatting.number(abs(hours) / WORKING_WEEK_H, 1)
        way = "fewer" if hours < 0 else "more"
        said += f", {formatting.number(abs(hours), 0)} agent-hours {way}"
        said += f" ({people} people of {WORKING_WEEK_H:g} hours)"
    short = outcome.short_h - base.short_h
    if short >= 1:
        said += f", but {formatting.number(short, 0)} more hours understaffed"
    said += _time_saved(compared, row)
    lost = _lost(row)
    if not lost:
        mark: Mark = "good" if difference < 0 else "plain"
        return Finding(f"{said}; every share in time is reached with the probability asked for.", mark)
    return Finding(f"{said}; shares in time reached with a lower probability than asked for: {listed(lost)}.", "bad")


def _lost(row: Row) -> list[str]:
    """Channels whose share in time is reached with a lower probability than asked for."""
    return [
        formatting.title(each.channel)
        for each in row.outcome.channels
        if each.probability < row.asked.config.sure_of(each.channel) - LEEWAY
    ]


def _time_saved(compared: Compared, row: Row) -> str:
    """What a contact that moves takes less of agent time, where nothing else about contacts differs."""
    scenario = row.asked.scenario
    if scenario is None or not scenario.move or scenario.scale or scenario.resolve or scenario.deflect:
        return ""
    here = {move.from_ for move in scenario.move}
    there = {move.to for move in scenario.move}
    if here & there or scenario.outsource:
        return ""
    left = -_more_work(compared, row, here)
    if left <= 0:
        return ""
    part = _more_work(compared, row, there) / left - 1
    way = "less" if part < 0 else "more"
    return f"; a contact that moves takes {formatting.percent(abs(part), 0)} {way} agent time"


def _more_work(compared: Compared, row: Row, channels: set[str]) -> float:
    """Hours of agent time at some channels beyond those of the baseline."""
    base = compared.baseline.outcome
    pairs = [(row.outcome.of(name), base.of(name)) for name in sorted(channels)]
    return sum(now.work_h - before.work_h for now, before in pairs if now is not None and before is not None)


def _sweep(compared: Compared, name: str, rows: tuple[Row, ...], currency: str) -> Finding:
    best = min(rows, key=lambda row: row.outcome.cost)
    said = f"{formatting.title(name)}: the cheapest of {len(rows)} values is {best.asked.value:g}, at "
    said += formatting.money(best.outcome.cost, currency)
    lost = _lost(best)
    if lost:
        said += f", with shares in time reached with a lower probability than asked for: {listed(lost)}"
    even = compared.break_even(name)
    if even:
        values = listed([formatting.number(value, 3) for value in even])
        return Finding(f"{said}; it costs as much as the baseline at {values}.")
    cheaper = all(row.outcome.cost < compared.baseline.outcome.cost for row in rows)
    way = "less" if cheaper else "more"
    return Finding(f"{said}; every value costs {way} than the baseline.")
