"""``staffcurve report``: the reports of a run folder, made again."""

from __future__ import annotations

from typing import Annotated

import typer

from staffcurve.options import Debug, Json, Quiet, RunFolder
from staffcurve.talk import Talk

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
    import reports
    from configs.errors import Fault, StaffcurveError, nearest
    from staffcurve.publish import refresh
    from staffcurve.readback import read_run

    talk = Talk(quiet, debug, as_json)
    with talk.told("report"):
        for name in formats or ():
            if name not in reports.FORMATS:
                known = ", ".join(reports.FORMATS)
                raise StaffcurveError(
                    Fault("--format", f'"{name}" is not one of {known}{nearest(name, list(reports.FORMATS))}')
                )
        run = read_run(folder)
        with talk.stage("report") as step:
            written = refresh(run, folder, tuple(formats or run.config.reports.formats))
            step.result = f"{len(written)} files"
        talk.say(f"Written to {folder}/. Next: open {folder / 'report.html'}")
        if as_json:
            talk.answer_object("report", ok=True, folder=str(folder), files=[str(path) for path in written])
