"""Several weeks as one page: who works when, what each person's account says, cost and service of each week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import formatting
from reports.document.page import Section, Sheet, render
from reports.weeks.grid import blocks, grid, shifts_listing, span_of
from reports.weeks.listings import account_listings, rules_listing, service_listing, weeks_listing
from reports.weeks.sentences import sentences

if TYPE_CHECKING:
    from reports.weeks.overview import Overview


def page(made: Overview, version: str) -> str:
    """Return the page; the same weeks give the same bytes."""
    parts, rules = blocks(made), rules_listing(made)
    zone = made.runs[0].horizon.timezone
    sections = [
        Section("glance", "At a glance", sentences(made), (weeks_listing(made), service_listing(made))),
        Section(
            "roster",
            "Roster",
            grids=tuple(grid(made, weeks) for weeks in parts),
            folded=tuple(shifts_listing(made, weeks) for weeks in parts),
        ),
        Section("accounts", "Accounts", listings=account_listings(made)),
    ]
    if rules is not None:
        sections.append(Section("rules", "Rules", listings=(rules,)))
    return render(
        Sheet(
            eyebrow=f"{made.runs[0].config.plan.name} · {formatting.count(len(made.weeks), 'week')}",
            title=span_of(made.weeks),
            sub=f"{formatting.count(len(made.people), 'person', 'people')} · {zone}",
            sections=tuple(sections),
            footer=f"Made by staffcurve {version}. Times are local times of {zone}. Each week has a report of its own.",
        )
    )
