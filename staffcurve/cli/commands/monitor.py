"""``staffcurve monitor``: actuals compared with the plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from staffcurve.cli.console import Console
from staffcurve.cli.options import TARGET_MISSED, Debug, Json, Page, Quiet, RunFolders

if TYPE_CHECKING:
    from configs.notes import Noticed
    from reports.monitoring.monitor import Monitoring

Actuals = Annotated[
    Path,
    typer.Option(
        "--actuals", metavar="FILE", help="Actual contacts: channel, start, volume and any other columns of a history."
    ),
]
Alarm = Annotated[bool, typer.Option("--strict", help="Exit with code 3 on an alarm.")]


def monitor(
    folders: RunFolders,
    actuals: Actuals,
    page: Page = None,
    strict: Alarm = False,
    as_json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Compare past plans with actuals: contacts, handle time, service, replies, backlog; raises alarms on drift.

    Example: staffcurve monitor out/demo-2026-11-30 --actuals actuals.csv --out monitor.html
    """
    from reports.comparison.compare import labels
    from reports.monitoring.actuals import read_actuals
    from reports.monitoring.as_json import plain
    from reports.monitoring.monitor import watch
    from reports.monitoring.page import page as drawn
    from staffcurve import __version__
    from staffcurve.run_folder.read import read_run
    from staffcurve.run_folder.whole import whole_file

    console = Console(quiet, debug, as_json)
    with console.error_boundary("monitor"):
        named = list(zip(labels(folders), [read_run(folder) for folder in folders], strict=True))
        named.sort(key=lambda pair: pair[1].horizon.first)
        notes: list[Noticed] = []
        came = read_actuals(actuals, [run for _, run in named], notes)
        made = watch(named, came, str(actuals), notes)
        if page is not None:
            with whole_file(page) as path:
                path.write_text(drawn(made, __version__), encoding="utf-8", newline="\n")
        if as_json:
            console.print_object("monitor", ok=True, page=str(page) if page else None, **plain(made))
        else:
            _answer(made, console)
        for note in made.notes:
            console.info(f"  note: {note}")
        if page is not None:
            console.info(f"Written to {page}. Next: open it in a browser.")
        else:
            console.next(f"staffcurve monitor {' '.join(map(str, folders))} --actuals {actuals} --out monitor.html")
    if strict and made.alarmed:
        raise SystemExit(TARGET_MISSED)


def _answer(made: Monitoring, console: Console) -> None:
    """Print the sentences and the tables."""
    from reports.monitoring import listings
    from reports.monitoring.sentences import sentences

    console.print_findings_data(sentences(made))
    console.print_data("")
    console.print_listing(listings.volume_listing(made))
    console.print_listing(listings.service_listing(made))
    further = listings.further_listing(made)
    if further:
        console.print_listing(further)
    console.print_listing(listings.drift_listing(made))
