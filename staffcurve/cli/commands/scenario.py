"""``staffcurve scenario``: what if."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from staffcurve.cli.commands.backtest import Jobs
from staffcurve.cli.console import Console
from staffcurve.cli.options import ConfigFile, Debug, Json, Out, Quiet, Set

if TYPE_CHECKING:
    from configs.schema import Config
    from optimize.scenarios.comparison import Compared

Names = Annotated[
    list[str] | None, typer.Argument(metavar="[NAMES]", help="Scenarios of the config; default: all of them.")
]


def scenario(
    config: ConfigFile,
    names: Names = None,
    changes: Set = None,
    out: Out = Path("out"),
    jobs: Jobs = 1,
    as_json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Compare scenarios of the config with the plan as it is: cost, people and service of one week.

    Writes a page and a table into out/<name>-<week>-scenarios/. Costs are those of a week without whole people: a
    roster costs a little more. A plan that was made before is not made again while nothing it depends on changes.

    Example: staffcurve scenario CONFIG
    """
    from configs.loader import load
    from reports.scenarios.sentences import sentences
    from reports.scenarios.tables import overview, plain
    from staffcurve.run_folder.whole import check_writable
    from staffcurve.scenarios.compared import compared

    console = Console(quiet, debug, as_json)
    with console.error_boundary("scenario"):
        settings = load(config, changes or ())
        check_writable(out)
        found = compared(settings, names or [], out / ".scenarios", console, jobs)
        folder = _write(out, found, settings)
        currency = settings.plan.currency
        if as_json:
            console.print_object("scenario", ok=True, folder=str(folder), plans=plain(found))
            return
        console.print_listing(overview(found, currency))
        console.print_data("")
        console.print_findings_data(sentences(found, currency))
        console.info(f"Written to {folder}/: scenarios.html, scenarios.csv.")


def _write(out: Path, found: Compared, config: Config) -> Path:
    """Write page and table; each is there whole, or the one before it still is."""
    from reports.run import name_of
    from reports.scenarios.page import page
    from reports.scenarios.tables import csv_text
    from staffcurve import __version__
    from staffcurve.run_folder.whole import whole_file

    folder = out / f"{name_of(config, found.horizon)}-scenarios"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (("scenarios.html", page(found, config, __version__)), ("scenarios.csv", csv_text(found))):
        with whole_file(folder / name) as path:
            path.write_text(text, encoding="utf-8", newline="\n")
    return folder
