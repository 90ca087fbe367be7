"""``staffcurve init``: a commented starter to edit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from staffcurve.cli.console import Console
from staffcurve.cli.options import Debug, Json, Quiet

if TYPE_CHECKING:
    import pandas as pd

    from configs.tables import Table

CONFIG_NAME = "staffcurve.toml"
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="Folder to create; existing files are never overwritten.")]


def init(
    folder: Folder,
    as_json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Write a commented config and example data files to start from.

    Example: staffcurve init my-centre
    """
    console = Console(quiet, debug, as_json)
    with console.error_boundary("init"):
        written = write_starter(folder)
        for path in written:
            console.info(f"  {path}")
        console.next(f"staffcurve check {folder / CONFIG_NAME}", f"staffcurve run {folder / CONFIG_NAME}")
        if as_json:
            console.print_object("init", ok=True, files=[str(path) for path in written])


def write_starter(folder: Path) -> list[Path]:
    """Write the starter files; the data are the demo's, cut to what the starter plans."""
    from configs.files import write_table
    from configs.loader import parse, shipped
    from staffcurve.run_folder.whole import new_files

    text = shipped("starter")
    zone = parse(text, "starter.toml")["plan"]["timezone"]
    tables = _tables()
    with new_files(folder) as made:
        for name, (frame, table) in tables.items():
            write_table(frame, table, made / name, zone)
        (made / CONFIG_NAME).write_text(text, encoding="utf-8", newline="\n")
    return [folder / name for name in (CONFIG_NAME, *tables)]


def _tables() -> dict[str, tuple[pd.DataFrame, Table]]:
    """Example tables: one year of the starter's channels, and the people who serve them."""
    import pandas as pd

    from configs import demo
    from configs.loader import build, parse, shipped
    from configs.tables import AGENTS, EVENTS, HISTORY, LEAVE, REQUESTS

    config = build(parse(shipped("starter"), "starter.toml"), "starter.toml")
    history = demo.history()
    last_year = history["start"] >= history["start"].max() - pd.Timedelta(days=364)
    history = history[history["channel"].isin(config.channels) & last_year]
    agents = demo.agents()
    skills = agents["skills"].map(
        lambda text: ";".join(each for each in str(text).split(";") if each in config.channels)
    )
    agents = agents.assign(skills=skills)[(skills != "") & agents["contract"].isin(config.contracts)]
    events = demo.events()
    return {
        "history.csv": (history, HISTORY),
        "agents.csv": (agents, AGENTS),
        "leave.csv": (_of(demo.leave(), agents), LEAVE),
        "requests.csv": (_of(demo.requests(), agents), REQUESTS),
        "events.csv": (events[events["channel"].isin([*config.channels, ""])], EVENTS),
    }


def _of(table: pd.DataFrame, agents: pd.DataFrame) -> pd.DataFrame:
    return table[table["agent"].isin(agents["agent"])]
