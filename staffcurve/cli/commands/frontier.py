"""``staffcurve frontier``: what a higher probability of meeting a service target costs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from staffcurve.cli.console import Console
from staffcurve.cli.options import ConfigFile, Debug, Json, Quiet, Set

if TYPE_CHECKING:
    from configs.errors import Fault
    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.targets.frontier_points import Frontier

Channels = Annotated[
    list[str] | None,
    typer.Argument(metavar="[CHANNELS]", help="Channels, or targets over several; default: all over a day or a week."),
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
    """Compare cost with probability: plans of one week with lower and higher probabilities of meeting each target.

    Needs targets over a day or a week (`over`). Costs are those of a week without whole people: a roster costs a little
    more.

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


def _asked(config: Config, names: list[str]) -> list[str]:
    """Targets over a day or a week of the channels asked for, or all; one over several channels stands for them.

    Raises
    ------
    ConfigError
        A name is neither a channel nor a target, or a channel has no such target.
    """
    from configs.errors import ConfigError, Fault, nearest

    joint = list(config.targets or {})
    known = [*config.channels, *joint]
    unknown = [
        Fault("frontier", f'"{name}" is not a channel{nearest(name, known)}') for name in names if name not in known
    ]
    asked = [name for name in names or config.channels if name in known]
    faults = {name: _no_span(config, name) for name in asked if name not in joint}
    found = [config.joint_of(name) or name for name in asked if faults.get(name) is None]
    lacking = [fault for fault in faults.values() if fault is not None]
    if unknown or (lacking and (names or not found)):
        raise ConfigError([*unknown, *lacking])
    return list(dict.fromkeys(found))


def _no_span(config: Config, channel: str) -> Fault | None:
    """Say why a channel has no frontier; None where it has one."""
    from configs.errors import Fault
    from configs.schema import DeferrableChannel

    if config.span_of(channel) == "interval":
        words = 'is "interval"; the frontier is for targets over "day" or "week"'
        return Fault(f"channels.{channel}.target.over", words)
    if isinstance(config.channels[channel], DeferrableChannel):
        return Fault(f"channels.{channel}", "is deferrable work; the frontier is for channels whose customers wait")
    return None


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
