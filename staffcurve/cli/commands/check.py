"""``staffcurve check``: config and data examined, nothing computed."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING, Any

from staffcurve.cli.console import Console
from staffcurve.cli.options import ConfigFile, Debug, Json, Page, Quiet, Set

if TYPE_CHECKING:
    from pathlib import Path

    from configs.notes import Noticed
    from configs.schema import Config
    from forecast.data.account import FileAccount
    from forecast.opening.compare import Hours
    from reports.document.listing import Listing
    from staffcurve.stages import Inputs


def check(
    config: ConfigFile,
    changes: Set = None,
    page: Page = None,
    as_json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Check config and data: gaps, duplicates, odd values, and what would be planned. Plans nothing.

    With --out, a page shows the contacts of every day and hour of each channel as heat maps.

    Example: staffcurve check demo --out check.html
    """
    from configs.loader import load
    from staffcurve import stages

    console = Console(quiet, debug, as_json)
    with console.error_boundary("check"):
        settings = load(config, changes or ())
        inputs = stages.check(settings, console)
        found = _found(settings, inputs)
        if page is not None:
            _write_page(page, settings, inputs, found)
        if as_json:
            written = {} if page is None else {"page": str(page)}
            console.print_object("check", ok=True, **_plain(found, inputs), **written)
            return
        _answer(settings, inputs, found, console)
        console.info("No problems found; compare the opening hours above." if found.opening else "No problems found.")
        if page is not None:
            console.info(f"Written to {page}. Open it in a browser.")
        console.next(f"staffcurve run {config}")


@dataclass(frozen=True)
class _Found:
    """What the data hold of each channel, hours that differ from the stated ones, and what was noticed."""

    channels: list[dict[str, Any]]
    opening: list[Hours]
    notes: list[Noticed]


def _found(config: Config, inputs: Inputs) -> _Found:
    from configs.target_checks import target_notes
    from optimize.roster.inputs.away import away_notes

    opening = _opening(config, inputs)
    channels = [
        {**_channel(config, inputs, name), "opening": _opening_plain(config, name, opening)}
        for name in _with_history(inputs, config)
    ]
    away = away_notes(config, inputs.horizon, inputs.people)
    notes = [*inputs.history.notes, *_later(inputs), *inputs.calendar.notes, *inputs.people.notes, *away]
    notes += target_notes(config)
    return _Found(channels, opening, notes)


def _plain(found: _Found, inputs: Inputs) -> dict[str, Any]:
    """Everything as JSON holds it."""
    from configs.notes import plain_note

    return {
        "week": inputs.horizon.first.isoformat(),
        "people": len(inputs.people.agents),
        "files": [_file(account) for account in inputs.history.files],
        "channels": found.channels,
        "notes": [plain_note(note) for note in found.notes],
    }


def _write_page(file: Path, config: Config, inputs: Inputs, found: _Found) -> None:
    """Write the page with the heat maps."""
    from reports.checking.days import channel_days
    from reports.checking.page import Checked, page
    from staffcurve import __version__
    from staffcurve.run_folder.whole import whole_file

    days = [channel_days(config, name, inputs.history, inputs.calendar) for name in config.channels]
    made = Checked(
        config.plan.name,
        config.plan.timezone,
        _listing(found.channels),
        tuple(each for each in days if each is not None),
        tuple(found.notes),
    )
    with whole_file(file) as path:
        path.write_text(page(made, __version__), encoding="utf-8", newline="\n")


def _answer(config: Config, inputs: Inputs, found: _Found, console: Console) -> None:
    """Print what would be planned, what the history holds, and what was noticed."""
    from configs.notes import sentence_of
    from reports.english.targets import kept_over
    from reports.metrics.channels import promised

    week = inputs.horizon
    console.print_data(
        f"{config.plan.name}: week of {week.first:%A %d %B %Y}, "
        f"{week.size} intervals of {week.interval_min} min, {week.timezone}"
    )
    console.print_data(f"{len(inputs.people.agents):,} people in {len(config.contracts)} contracts")
    for name, channel in config.channels.items():
        if channel.timezone:
            console.print_data(f"{name}: days and opening hours are local times of {channel.timezone}")
        if channel.volume is not None and name not in _with_history(inputs, config):
            console.print_data(f"{name}: no history yet; {channel.volume:,.10g} contacts a week as stated")
        if words := kept_over(config, name):
            console.print_data(f"{name}: {promised(channel)}, {words}")
    console.print_data("")
    console.print_listing(_listing(found.channels))
    for account in inputs.history.files:
        console.print_data(f"file: {sentence_of(account)}")
    _answer_opening(found.opening, console)
    for note in found.notes:
        console.print_data(f"note: {note}")


def _listing(channels: list[dict[str, Any]]) -> Listing:
    from forecast.data.account import contacts_text
    from reports.document.listing import NOTHING, listing

    rows = [
        [
            row["channel"],
            row["kind"],
            row["from"],
            row["to"],
            f"{row['intervals']:,}",
            contacts_text(row["contacts"]),
            f"{row['per_day']:,.1f}",
            NOTHING if row["aht_s"] is None else f"{row['aht_s']:.0f} s",
        ]
        for row in channels
    ]
    return listing(
        "History", ["channel", "<kind", "<from", "<to", "intervals", "contacts", "a day", "handle time"], rows
    )


def _later(inputs: Inputs) -> list[Noticed]:
    """Report history that the forecast may not use: it lies in the planned week or after it."""
    from configs.notes import Note
    from forecast.data.account import contacts_text

    table = inputs.history.table
    later = table.loc[table["start"] >= inputs.horizon.begin, "volume"]
    if later.empty:
        return []
    said = f"{len(later):,} intervals with {contacts_text(fsum(later))} contacts are in the planned week or after it"
    return [Note("history", f"{said}; the forecast does not use them")]


def _file(account: FileAccount) -> dict[str, Any]:
    """What became of the rows of one file of the history."""
    left_out = [{"why": one.why, "rows": one.rows, "contacts": one.contacts} for one in account.left_out]
    return {
        "file": account.file,
        "rows": account.rows,
        "contacts": account.contacts,
        "left_out": left_out,
        "used_rows": account.used_rows,
        "used_contacts": account.used_contacts,
    }


def _opening(config: Config, inputs: Inputs) -> list[Hours]:
    """Hours in which the history differs from the stated opening hours, channel by channel."""
    from forecast.opening.compare import compare_opening

    return [
        hours
        for name in _with_history(inputs, config)
        for hours in compare_opening(config, name, inputs.history.channel(name), inputs.calendar)
    ]


def _with_history(inputs: Inputs, config: Config) -> list[str]:
    """Channels that the history has rows of; others have their volume from the config."""
    seen = set(inputs.history.table["channel"])
    return [name for name in config.channels if name in seen]


def _answer_opening(opening: list[Hours], console: Console) -> None:
    """Print where history and opening hours differ; nothing where they agree."""
    from configs.notes import sentence_of

    if not opening:
        return
    console.print_data("Opening hours compared with the history")
    for each in opening:
        console.print_data(f" {sentence_of(each)}")
    channels = ", ".join(f"channels.{name}.open" for name in dict.fromkeys(each.channel for each in opening))
    console.print_data(f" Correct {channels} where the history is right.\n")


def _opening_plain(config: Config, name: str, opening: list[Hours]) -> dict[str, Any]:
    """Opening hours of one channel as stated, and the hours in which its history differs, as JSON holds them."""
    from configs.units import WEEKDAYS
    from reports.english.units import hours_of_week

    differ = [
        {
            "kind": each.kind,
            "hours": hours_of_week(each.spans),
            "contacts_a_week": each.contacts_a_week,
            "spans": [{"day": WEEKDAYS[span.weekday], "span": span.clock} for span in each.spans],
        }
        for each in opening
        if each.channel == name
    ]
    return {"stated": str(config.channels[name].open), "differs": differ}


def _channel(config: Config, inputs: Inputs, name: str) -> dict[str, Any]:
    """What the history holds of one channel."""
    from forecast.data.intervals import weight_of

    rows = inputs.history.table[inputs.history.table["channel"] == name]
    local = rows["start"].dt.tz_convert(config.timezone_of(name))
    aht = None
    if "aht_s" in rows:
        weight = weight_of("aht_s", rows).where(rows["aht_s"].notna(), 0.0)
        aht = float((rows["aht_s"] * weight).sum() / weight.sum()) if weight.sum() > 0 else None
    days = max(1, local.dt.date.nunique())
    return {
        "channel": name,
        "kind": config.channels[name].kind,
        "timezone": config.timezone_of(name),
        "from": local.min().date().isoformat(),
        "to": local.max().date().isoformat(),
        "intervals": len(rows),
        "contacts": fsum(rows["volume"]),
        "per_day": float(rows["volume"].sum()) / days,
        "aht_s": aht,
        **_target(config, name),
    }


def _target(config: Config, name: str) -> dict[str, Any]:
    """What the target of a channel is kept over; nothing where every interval keeps it."""
    over = config.span_of(name)
    return {} if over == "interval" else {"over": over, "sure": config.sure_of(name), "target": config.joint_of(name)}
