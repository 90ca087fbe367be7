"""``staffcurve frontier``: what a higher probability of meeting a service target costs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from staffcurve.cli.console import Console
from staffcurve.cli.options import ConfigFile, Debug, Json, Quiet, Set

if TYPE_CHECKING:
    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.targets.frontier_points import Frontier

Channels = Annotated[
    list[str] | None,
    typer.Argument(metavar="[CHANNELS]", help="Channels; default: all with a target over a day or a week."),
]
File = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="Page or table to write: frontier.html or frontier.csv.")
]
FORMATS = (".html", ".csv")


def frontier(
    config: ConfigFile,
    channels: Channels = None,
    out: File = None,
    changes: Set = None,
    as_json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Compare cost with probability: plans of the same week at several levels of service of each channel.

    Needs targets over a day or a week (`over`). Each channel needs several plans, so this takes longer than run.

    Example: staffcurve frontier CONFIG phone --out frontier.html
    """
    from configs.loader import load
    from reports.frontier.tables import plain
    from staffcurve import stages

    console = Console(quiet, debug, as_json)
    with console.error_boundary("frontier"):
        settings = load(config, changes or ())
        names = _asked(settings, channels or [])
        _check_format(out)
        inputs = stages.check(settings, console)
        found = stages.frontier(settings, inputs, stages.forecast(settings, inputs, console), names, console)
        if out is not None:
            _write(out, found, settings, inputs.horizon)
        if as_json:
            written = {} if out is None else {"file": str(out)}
            console.print_object("frontier", ok=True, channels=plain(found), **written)
        else:
            _answer(found, settings.plan.currency, console)
        if out is not None:
            console.info(f"Written to {out}.")
        else:
            console.next(f"staffcurve frontier {config} --out frontier.html")


def _asked(config: Config, channels: list[str]) -> list[str]:
    """Channels asked for, or all whose target is one over a day or a week.

    Raises
    ------
    ConfigError
        A name is not a channel, or every interval meets the target of a channel.
    """
    from configs.errors import ConfigError, Fault, nearest

    faults = [
        Fault("frontier", f'"{name}" is not a channel{nearest(name, list(config.channels))}')
        for name in channels
        if name not in config.channels
    ]
    names = [name for name in channels if name in config.channels]
    plain = [name for name in names or config.channels if config.span_of(name) == "interval"]
    if names or len(plain) == len(config.channels):
        words = 'is "interval"; the frontier is for targets over "day" or "week"'
        faults += [Fault(f"channels.{name}.target.over", words) for name in plain]
    if faults:
        raise ConfigError(faults)
    return names or [name for name in config.channels if name not in plain]


def _check_format(out: Path | None) -> None:
    """Refuse a file of another kind before the long work.

    Raises
    ------
    ConfigError
        The name ends neither in .html nor in .csv.
    """
    from configs.errors import ConfigError, Fault

    if out is not None and out.suffix.lower() not in FORMATS:
        raise ConfigError(Fault("--out", f'"{out}" is neither a page nor a table; end its name in .html or .csv'))


def _write(out: Path, found: tuple[Frontier, ...], config: Config, horizon: Horizon) -> None:
    """Write the page or the table, by the ending of the name."""
    from reports.frontier.page import page
    from reports.frontier.tables import csv_text
    from staffcurve import __version__
    from staffcurve.run_folder.whole import whole_file

    text = csv_text(found) if out.suffix.lower() == ".csv" else page(found, config, horizon, __version__)
    with whole_file(out) as path:
        path.write_text(text, encoding="utf-8", newline="\n")


def _answer(found: tuple[Frontier, ...], currency: str, console: Console) -> None:
    """Print a sentence and a table for each channel."""
    from reports.frontier.tables import points_listing, summary

    console.print_findings_data(summary(each, currency) for each in found)
    console.print_data("")
    for each in found:
        console.print_listing(points_listing(each, currency, each.channel))
