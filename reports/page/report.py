"""The page: everything the templates show is gathered here, nothing is computed in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.metrics.week import week_of

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2 import Environment

    from reports.metrics.week import Week
    from reports.run import Run


def write(run: Run, path: Path) -> Path:
    """Write the page; the same run gives the same bytes."""
    path.write_text(render(week_of(run)), encoding="utf-8", newline="\n")
    return path


def render(week: Week) -> str:
    """Return the page as text."""
    sections = {"week": week, "run": week.run, **_summary(week), **_forecast(week), **_roster(week)}
    text = _environment().get_template("report.html.j2").render(sections)
    return "\n".join(line.strip() for line in text.splitlines() if line.strip()) + "\n"


def _summary(week: Week) -> dict[str, object]:
    """What the template shows first and last: figures, findings, and what was assumed."""
    from reports.alerts import attention
    from reports.assumptions import assumptions
    from reports.findings import findings
    from reports.page.cards import cards
    from reports.page.service_targets import target_table
    from reports.page.targets import targets_view

    return {
        "cards": cards(week),
        "attention": attention(week),
        "service_targets": target_table(week),
        "targets": targets_view(week),
        "findings": findings(week),
        "assumptions": assumptions(week.run),
    }


def _forecast(week: Week) -> dict[str, object]:
    """What the template shows of each channel: its week in pictures, its days, its record, its explanation."""
    from reports.page.axis import Axis
    from reports.page.channels import channel_views
    from reports.page.daily import daily_rows
    from reports.page.record import records
    from reports.page.script_data import script_data
    from reports.page.why import SPANS, why_views

    axis = Axis(week.run.horizon)
    views = channel_views(week, axis)
    return {
        "axis": axis,
        "channels": views,
        "daily": daily_rows(views),
        "data": script_data(axis, views),
        "records": records(week),
        "why": why_views(week),
        "why_spans": SPANS,
    }


def _roster(week: Week) -> dict[str, object]:
    """What the template shows of the roster: people, wishes, cost and advice."""
    from reports.page.advice import advice_view
    from reports.page.costs import by_contract, by_day, cost_bar
    from reports.page.gantt import gantt
    from reports.page.wishes import wish_rows

    return {
        "gantt": gantt(week),
        "wishes": wish_rows(week),
        "cost_bar": cost_bar(week),
        "by_contract": by_contract(week),
        "by_day": by_day(week),
        "advice": advice_view(week),
    }


def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    from reports import formatting

    made = Environment(
        loader=PackageLoader("reports.page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for name in (
        "money",
        "number",
        "fixed",
        "hours",
        "percent",
        "percent_down",
        "count",
        "day",
        "day_long",
        "clock",
        "title",
    ):
        made.filters[name] = getattr(formatting, name)
    return made
