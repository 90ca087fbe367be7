"""``staffcurve weeks``: several weeks in a row together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from staffcurve.cli.console import Console
from staffcurve.cli.options import Debug, Json, Quiet, RunFolders

if TYPE_CHECKING:
    from reports.weeks.overview import Overview

OutAsked = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", help="Folder to write into; by default the one that has the first run."),
]
FormatsAsked = Annotated[
    list[str] | None,
    typer.Option(
        "--format", metavar="NAME", help="html, xlsx or ics; may be repeated. By default those of the last run."
    ),
]


def weeks(
    folders: RunFolders,
    out: OutAsked = None,
    formats: FormatsAsked = None,
    as_json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Show weeks in a row together: everybody's shifts, and an account of hours, days, nights, weekends, rest, wishes.

    Writes <name>-<week>-<number>w/ with weeks.html, weeks.xlsx, accounts.csv and calendars. run does the same after
    planning several weeks. An overview that is named stands for the runs it shows.

    Example: staffcurve weeks out/demo-2026-11-30 out/demo-2026-12-07
    """
    from reports.weeks.as_json import plain
    from staffcurve.run_folder.formats import check_formats
    from staffcurve.run_folder.layout import WEEKS_PAGE
    from staffcurve.run_folder.whole import check_writable
    from staffcurve.weeks_overview import publish_overview

    console = Console(quiet, debug, as_json)
    with console.error_boundary("weeks"):
        check_formats(formats or (), "--format")
        if out is not None:
            check_writable(out)
        made = publish_overview(folders, console, out, formats)
        if as_json:
            files = [str(made.folder / name) for name in made.files]
            console.print_object("weeks", ok=True, folder=str(made.folder), files=files, **plain(made.overview))
        else:
            _answer(made.overview, console)
        page = " Next: open weeks.html in a browser." if WEEKS_PAGE in made.files else ""
        console.info(f"Written to {made.folder}/.{page}")


def _answer(made: Overview, console: Console) -> None:
    """Print the sentences and the tables of the weeks."""
    from reports.weeks.listings import service_listing, weeks_listing
    from reports.weeks.sentences import sentences

    console.print_findings_data(sentences(made))
    console.print_data("")
    console.print_listing(weeks_listing(made))
    console.print_listing(service_listing(made))
