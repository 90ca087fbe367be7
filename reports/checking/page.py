"""Config and history, as `check` found them, as one page with a calendar heat map for each channel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports import formatting
from reports.checking.maps import calendar_maps, hour_listing, hour_map, special_listing, week_listing
from reports.document.page import Section, Sheet, render
from reports.findings import Finding
from reports.slugs import slugs

if TYPE_CHECKING:
    from configs.notes import Noticed
    from reports.checking.days import ChannelDays
    from reports.document.listing import Listing


@dataclass(frozen=True)
class Checked:
    """What `check` found: the name and zone of the plan, one table of all channels, each channel, and the notes."""

    plan: str
    timezone: str
    overview: Listing
    channels: tuple[ChannelDays, ...]
    notes: tuple[Noticed, ...]


def page(made: Checked, version: str) -> str:
    """Return the page."""
    first = min(channel.days[0].date for channel in made.channels)
    last = max(channel.days[-1].date for channel in made.channels)
    sections = [Section("glance", "At a glance", _glance(made), (made.overview,))]
    keys = slugs([channel.channel for channel in made.channels])
    sections += [_section(keys[channel.channel], channel) for channel in made.channels]
    if made.notes:
        sections.append(Section("notes", "Notes", tuple(Finding(str(note)) for note in made.notes)))
    return render(
        Sheet(
            eyebrow=f"{made.plan} · history",
            title=f"{formatting.day(first)} {first.year} to {formatting.day(last)} {last.year}",
            sub=f"{formatting.count(len(made.channels), 'channel')} · {made.timezone}",
            sections=tuple(sections),
            footer=f"Made by staffcurve {version}. Days and hours are local times of each channel.",
        )
    )


def _section(key: str, channel: ChannelDays) -> Section:
    special = special_listing(channel)
    return Section(
        f"channel-{key}",
        formatting.title(channel.channel),
        maps=(*calendar_maps(channel), hour_map(channel)),
        folded=(week_listing(channel), hour_listing(channel), *([special] if special else [])),
    )


def _glance(made: Checked) -> tuple[Finding, ...]:
    """One sentence a channel: days observed, and days missing."""
    return tuple(_missing(channel) for channel in made.channels)


def _missing(channel: ChannelDays) -> Finding:
    counted = {status: sum(day.status == status for day in channel.days) for status in ("missing", "part")}
    seen = sum(day.status in {"observed", "part"} for day in channel.days)
    said = f"{formatting.title(channel.channel)}: {formatting.count(seen, 'day')} of history"
    if counted["missing"]:
        said += f", {formatting.count(counted['missing'], 'open day')} missing"
    if counted["part"]:
        said += f", {formatting.count(counted['part'], 'day')} missing in part"
    return Finding(f"{said}.", "bad" if counted["missing"] else "plain")
