"""Scenarios as one page: what each changes, all next to each other, sweeps as curves, then channel by channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import formatting
from reports.document.page import Section, Sheet, render
from reports.scenarios.curve import curve
from reports.scenarios.sentences import sentences
from reports.scenarios.tables import by_channel, overview
from reports.slugs import slugs

if TYPE_CHECKING:
    from configs.schema import Config
    from optimize.scenarios.comparison import Compared


def page(compared: Compared, config: Config, version: str) -> str:
    """Return the page."""
    currency, first = config.plan.currency, compared.horizon.first
    sections = [
        Section("glance", "At a glance", tuple(sentences(compared, currency)), (overview(compared, currency),)),
    ]
    sweeps = compared.sweeps()
    keys = slugs(list(sweeps))
    for name, rows in sweeps.items():
        charts = (curve(name, rows, compared.baseline, currency),)
        sections.append(Section(f"sweep-{keys[name]}", formatting.title(name), charts=charts))
    sections.append(Section("channels", "Channel by channel", listings=tuple(by_channel(compared))))
    return render(
        Sheet(
            eyebrow=f"{config.plan.name} · what if",
            title=f"What would be different, week of {formatting.day_long(first)}",
            sub=f"{formatting.count(len(compared.rows) - 1, 'plan')} next to the baseline · {config.plan.timezone}",
            sections=tuple(sections),
            footer=f"Made by staffcurve {version}. Plans without whole people; a roster costs a little more.",
        )
    )
