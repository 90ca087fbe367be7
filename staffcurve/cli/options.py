"""Options every command shares."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from configs.overrides import Override

TARGET_MISSED = 3
"""Exit code with --strict when the job is done and a service target is missed."""

ConfigFile = Annotated[
    str, typer.Argument(metavar="CONFIG", help="Config file, or demo or starter for the built-in ones.")
]
RunFolder = Annotated[Path, typer.Argument(metavar="RUN", help="Run folder, such as out/demo-2026-11-30.")]
RunFolders = Annotated[list[Path], typer.Argument(metavar="RUN...", help="Run folders, such as out/demo-2026-11-30.")]
Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="KEY=VALUE", help="Replace one setting, such as staffing.absence=0.1; may be repeated."
    ),
]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder to write into.")]
Page = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Page to write, such as compare.html.")]
Json = Annotated[bool, typer.Option("--json", help="Print the result as one JSON object.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Print every sentence: findings, advice, notes.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")]
Previous = Annotated[
    Path | None,
    typer.Option(
        "--previous",
        metavar="RUN",
        help="Run folder of the previous week; rest, days in a row and shifts past its end carry over.",
    ),
]
TimeLimit = Annotated[
    str | None,
    typer.Option("--time-limit", metavar="TIME", help="Time limit of the search for a roster, such as 30s or 5min."),
]
Gap = Annotated[
    str | None,
    typer.Option(
        "--gap",
        metavar="SHARE",
        help="Stop when the cost is proven to be this close to the lowest possible, such as 0.5%.",
    ),
]
Seed = Annotated[str | None, typer.Option("--seed", metavar="N", help="Random seed.")]
INTERRUPTED = 130
"""Exit code when Ctrl-C ended the search; a roster found before is written."""


def searching(time_limit: str | None, gap: str | None, seed: str | None) -> list[Override]:
    """Options of the search as settings; a fault in one names the option."""
    given = [
        ("--time-limit", "roster.time_limit", time_limit),
        ("--gap", "roster.gap", gap),
        ("--seed", "plan.seed", seed),
    ]
    from configs.overrides import Override

    return [Override(key, value, option) for option, key, value in given if value is not None]


Strict = Annotated[
    bool,
    typer.Option("--strict", help="Exit with code 3 when a service target is missed or a rule about people is broken."),
]
Published = Annotated[
    Path | None,
    typer.Option(
        "--published",
        metavar="RUN",
        help="Published run folder (or roster.csv); the new roster changes as few of its shifts as possible.",
    ),
]
