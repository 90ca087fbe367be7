"""``staffcurve report``: the reports of a run folder, made again."""

from __future__ import annotations

from typing import Annotated

import typer

from staffcurve.cli.console import Console
from staffcurve.cli.options import Debug, Json, Quiet, RunFolder

Formats = Annotated[
    list[str] | None,
    typer.Option("--format", metavar="NAME", help="html, xlsx, csv or ics; may be repeated. All by default."),
]


def report(
    folder: RunFolder,
    formats: Formats = None,
    as_json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Recreate the reports of a run folder, in the same folder.

    Example: staffcurve report out/demo-2026-11-30
    """
    from staffcurve import stages
    from staffcurve.run_folder.formats import check_formats
    from staffcurve.run_folder.layout import REPORT
    from staffcurve.run_folder.read import read_run

    console = Console(quiet, debug, as_json)
    with console.error_boundary("report"):
        check_formats(formats or (), "--format")
        run = read_run(folder)
        written = stages.report_again(run, folder, formats or run.config.reports.formats, console)
        console.info(f"Written to {folder}/. Next: open {folder / REPORT}")
        if as_json:
            console.print_object("report", ok=True, folder=str(folder), files=[str(path) for path in written])
