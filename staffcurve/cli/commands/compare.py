"""``staffcurve compare``: run folders compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from staffcurve.cli.console import Console
from staffcurve.cli.options import Debug, Json, Page, Quiet, RunFolders

if TYPE_CHECKING:
    from reports.comparison.compare import Comparison

Changes = Annotated[bool, typer.Option("--changes", help="List the agents whose working times differ.")]


def compare(
    folders: RunFolders,
    page: Page = None,
    changes: Changes = False,
    as_json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Compare run folders: contacts, hours, cost, service, changed schedules, settings that differ.

    The others are compared with the first run. Runs of different weeks are compared weekday by weekday.

    Example: staffcurve compare out/demo-2026-11-30 out/demo-2026-12-07 --out compare.html
    """
    from reports.comparison.as_json import plain
    from reports.comparison.compare import compare as compared
    from reports.comparison.compare import labels
    from reports.comparison.page import page as drawn
    from staffcurve import __version__
    from staffcurve.run_folder.read import read_run
    from staffcurve.run_folder.whole import whole_file

    console = Console(quiet, debug, as_json)
    with console.error_boundary("compare"):
        runs = [read_run(folder) for folder in folders]
        made = compared(list(zip(labels(folders), runs, strict=True)))
        if page is not None:
            with whole_file(page) as path:
                path.write_text(drawn(made, runs, __version__), encoding="utf-8", newline="\n")
        if as_json:
            console.print_object("compare", ok=True, page=str(page) if page else None, **plain(made))
        else:
            _answer(made, console, changes=changes)
        if page is not None:
            console.info(f"Written to {page}. Next: open it in a browser.")
        else:
            console.next(f"staffcurve compare {' '.join(map(str, folders))} --out compare.html")


def _answer(made: Comparison, console: Console, *, changes: bool) -> None:
    """Print the sentences and the tables."""
    from reports.comparison import listings
    from reports.comparison.sentences import sentences

    console.print_findings_data(sentences(made))
    console.print_data("")
    console.print_listing(listings.week_listing(made))
    console.print_listing(listings.channel_listing(made))
    console.print_listing(listings.people_listing(made))
    if made.settings:
        console.print_listing(listings.settings_listing(made))
    for one in made.people if changes else ():
        if one.changes or one.rested:
            console.print_listing(listings.person_listing(made, one))
