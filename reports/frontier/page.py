"""Frontiers as one page: a chart for each channel, and under it the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import formatting
from reports.document.page import Section, Sheet, render
from reports.english.units import listed
from reports.frontier.curve import curve
from reports.frontier.tables import COSTS, points_listing, summary
from reports.metrics.channels import promised
from reports.slugs import slugs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.targets.frontier_points import Frontier


def page(frontiers: Sequence[Frontier], config: Config, horizon: Horizon, version: str) -> str:
    """Return the page."""
    currency, keys = config.plan.currency, slugs([found.channel for found in frontiers])
    sections = [Section("glance", "At a glance", tuple(summary(found, currency) for found in frontiers))]
    for found in frontiers:
        name = formatting.title(found.channel)
        title = f"{name}: {_promise(config, found.channel)}"
        sections.append(
            Section(
                f"channel-{keys[found.channel]}",
                name,
                charts=(curve(found, currency, title),),
                below=(points_listing(found, currency, title),),
            )
        )
    return render(
        Sheet(
            eyebrow=f"{config.plan.name} · cost and probability",
            title=f"What a safer service target costs, week of {formatting.day_long(horizon.first)}",
            sub=f"{formatting.count(len(frontiers), 'target')} · {config.plan.timezone}",
            sections=tuple(sections),
            footer=f"Made by staffcurve {version}. {COSTS}.",
        )
    )


def _promise(config: Config, target: str) -> str:
    """What a channel promises its customers, or several channels together."""
    joint = (config.targets or {}).get(target)
    if joint is None:
        return promised(config.channels[target])
    return f"{formatting.percent(joint.share, 0)} in time at {listed(joint.channels)} together"
