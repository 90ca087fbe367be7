"""``staffcurve check``: config and data examined, nothing computed."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, Any

from staffcurve.options import ConfigFile, Debug, Json, Quiet, Set
from staffcurve.talk import Talk

if TYPE_CHECKING:
    from configs.notes import Note
    from configs.schema import Config
    from forecast.account import FileAccount
    from forecast.opening import Hours
    from reports.sheet.listing import Listing
    from staffcurve.pipeline import Inputs


def check(
    config: ConfigFile,
    changes: Set = None,
    as_json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Check config and data: gaps, duplicates, odd values, and what would be planned. Plans nothing.

    Example: staffcurve check demo
    """
    from configs.loader import load
    from staffcurve.pipeline import read_inputs

    talk = Talk(quiet, debug, as_json)
    with talk.told("check"):
        settings = load(config, changes or ())
        inputs = read_inputs(settings)
        week = inputs.horizon
        people = len(inputs.people.agents)
        notes = [*inputs.history.notes, *_later(inputs), *inputs.calendar.notes, *inputs.people.notes]
        opening = _opening(settings, inputs)
        channels = [
            {**_channel(settings, inputs, name), "opening": _plain(settings, name, opening)}
            for name in settings.channels
        ]
        if as_json:
            files = [_file(account) for account in inputs.history.files]
            told = [{"where": note.where, "sentence": note.sentence} for note in notes]
            talk.answer_object(
                "check",
                ok=True,
                week=week.first.isoformat(),
                people=people,
                files=files,
                channels=channels,
                notes=told,
            )
            return
        talk.answer(
            f"{settings.plan.name}: week of {week.first:%A %d %B %Y}, "
            f"{week.size} intervals of {week.interval_min} min, {week.timezone}"
        )
        talk.answer(f"{people} people in {len(settings.contracts)} contracts")
        for name, channel in settings.channels.items():
            if channel.timezone:
                talk.answer(f"{name}: days and opening hours are local times of {channel.timezone}")
        talk.answer("")
        talk.answer_listing(_listing(channels))
        for account in inputs.history.files:
            talk.answer(f"file: {account.sentence()}")
        _answer_opening(opening, talk)
        for note in notes:
            talk.answer(f"note: {note}")
        talk.say("No problems found; compare the opening hours above." if opening else "No problems found.")
        talk.next(f"staffcurve run {config}")


def _listing(channels: list[dict[str, Any]]) -> Listing:
    from forecast.account import contacts_text
    from reports.sheet.listing import NOTHING, listing

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


def _later(inputs: Inputs) -> list[Note]:
    """Report history that the forecast may not use: it lies in the planned week or after it."""
    from configs.notes import Note
    from forecast.account import contacts_text

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
    from forecast.opening import compare_opening

    return [
        hours
        for name in config.channels
        for hours in compare_opening(config, name, inputs.history.channel(name), inputs.calendar)
    ]


def _answer_opening(opening: list[Hours], talk: Talk) -> None:
    """Print where history and opening hours differ; nothing where they agree."""
    from configs.notes import brief
    from forecast.opening import WORDS

    if not opening:
        return
    talk.answer("Opening hours compared with the history")
    for each in opening:
        came = f" ({brief(each.contacts_a_week)} contacts a week)" if each.contacts_a_week else ""
        talk.answer(f" {each.channel}: {WORDS[each.kind]}: {each.brief}{came}")
    channels = ", ".join(f"channels.{name}.open" for name in dict.fromkeys(each.channel for each in opening))
    talk.answer(f" Correct {channels} where the history is right.\n")


def _plain(config: Config, name: str, opening: list[Hours]) -> dict[str, Any]:
    """Opening hours of one channel as stated, and the hours in which its history differs, as JSON holds them."""
    from configs.units import WEEKDAYS
    from forecast.hours import spans_of

    differ = [
        {
            "kind": each.kind,
            "hours": each.told,
            "contacts_a_week": each.contacts_a_week,
            "spans": [{"day": WEEKDAYS[span.weekday], "span": span.clock} for span in spans_of(each.mask)],
        }
        for each in opening
        if each.channel == name
    ]
    return {"stated": str(config.channels[name].open), "differs": differ}


def _channel(config: Config, inputs: Inputs, name: str) -> dict[str, Any]:
    """What the history holds of one channel."""
    rows = inputs.history.table[inputs.history.table["channel"] == name]
    local = rows["start"].dt.tz_convert(config.timezone_of(name))
    aht = None
    if "aht_s" in rows:
        known = rows[rows["aht_s"].notna() & (rows["volume"] > 0)]
        aht = float((known["aht_s"] * known["volume"]).sum() / known["volume"].sum()) if len(known) else None
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
    }
