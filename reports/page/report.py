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
    from reports.alerts import attention
    from reports.assumptions import assumptions
    from reports.findings import findings
    from reports.page.advice import advice_view
    from reports.page.axis import Axis
    from reports.page.cards import cards
    from reports.page.channels import channel_views
    from reports.page.costs import by_contract, by_day, cost_bar
    from reports.page.daily import daily_rows
    from reports.page.gantt import gantt
    from reports.page.record import records
    from reports.page.script_data import script_data
    from reports.page.service_targets import target_table
    from reports.page.why import SPANS, why_views
    from reports.page.wishes import wish_rows

    axis = Axis(week.run.horizon)
    views = channel_views(week, axis)
    template = _environment().get_template("report.html.j2")
    text = template.render(
        week=week,
        run=week.run,
        axis=axis,
        cards=cards(week),
        attention=attention(week),
        service_targets=target_table(week),
        findings=findings(week),
        channels=views,
        daily=daily_rows(views),
        gantt=gantt(week),
        wishes=wish_rows(week),
        cost_bar=cost_bar(week),
        by_contract=by_contract(week),
        by_day=by_day(week),
        advice=advice_view(week),
        records=records(week),
        why=why_views(week),
        why_spans=SPANS,
        assumptions=assumptions(week.run),
        data=script_data(axis, views),
    )
    return "\n".join(line.strip() for line in text.splitlines() if line.strip()) + "\n"


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
