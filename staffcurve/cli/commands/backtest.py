"""``staffcurve backtest``: the forecast tried on the user's own past weeks."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from staffcurve.cli.console import Console
from staffcurve.cli.options import ConfigFile, Debug, Json, Out, Quiet, Set

if TYPE_CHECKING:
    from forecast.evaluation.backtest import Score
    from reports.document.listing import Listing

Origins = Annotated[int, typer.Option("--origins", min=1, max=52, help="Largest number of past days to forecast from.")]
Jobs = Annotated[int, typer.Option("--jobs", help="Processes that share the channels; -1 for every core.")]
Backend = Annotated[str, typer.Option("--backend", help="loky (this machine) or dask (a cluster).")]


def backtest(
    config: ConfigFile,
    origins: Origins = 6,
    jobs: Jobs = 1,
    backend: Backend = "loky",
    changes: Set = None,
    out: Out = Path(),
    as_json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Forecast past weeks again and compare them with actuals; writes backtest.csv.

    Example: staffcurve backtest demo --origins 4
    """
    from configs.loader import load
    from forecast.calendar.marks import read_calendar
    from forecast.data.history import read_history
    from forecast.evaluation.backtest import backtest as tried
    from staffcurve.run_folder.whole import check_writable, whole_file

    console = Console(quiet, debug, as_json)
    with console.error_boundary("backtest"):
        settings = load(config, changes or ())
        check_writable(out)
        history = read_history(settings)
        with console.stage("backtest") as step:
            known = read_calendar(settings)
            made = tried(settings, history, known, origins=origins, jobs=jobs, backend=checked_backend(backend))
            step.result = f"{len(settings.channels) - len(made.left_out)} channels"
        with whole_file(out / "backtest.csv") as path:
            path.write_text("\n".join(_lines(made.scores)) + "\n", encoding="utf-8", newline="\n")
        console.show(_listing(made.scores))
        for name in made.left_out:
            console.info(f"  {name}: the history is too short for a backtest; it needs eight weeks")
        console.info(f"Written to {out / 'backtest.csv'}.")
        console.next(f"staffcurve forecast {config} --explain")
        if as_json:
            scores = [asdict(score) for score in made.scores]
            file = str(out / "backtest.csv")
            console.print_object("backtest", ok=True, file=file, scores=scores, left_out=list(made.left_out))


def checked_backend(name: str) -> Literal["loky", "dask"]:
    """Return the backend of that name.

    Raises
    ------
    ConfigError
        When there is none.
    """
    from configs.errors import ConfigError, Fault

    if name == "loky":
        return "loky"
    if name == "dask":
        return "dask"
    raise ConfigError(Fault("--backend", f'"{name}" is not known; write loky or dask'))


def _lines(scores: tuple[Score, ...]) -> list[str]:
    from dataclasses import fields

    from forecast.evaluation.backtest import Score

    names = [field.name for field in fields(Score)]
    return [",".join(names), *(",".join(_cell(getattr(score, name)) for name in names) for score in scores)]


def _cell(value: float | str | None) -> str:
    if value is None:
        return ""
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _listing(scores: tuple[Score, ...]) -> Listing:
    from reports.document.listing import listing

    heads = ["channel", "<days ahead", "error", "by day", "bias", "last week", "8 weeks", "in 80%", "in 95%"]
    note = (
        "Error: sum of absolute errors divided by contacts, by interval and by day; then the error of repeating last "
        "week and of the mean of eight weeks. Bias above 0: too high. In 80%, 95%: share of intervals inside the band."
    )
    return listing("Backtest on past weeks", heads, map(_row, scores), note)


def _row(score: Score) -> list[str]:
    shares = (score.wape, score.wape_day, score.bias, score.naive_wape, score.mean_wape)
    bands = (f"{score.covered_80:.0%}", f"{score.covered_95:.0%}")
    return [score.channel, score.lead, *map(_percent, shares), *bands]


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{value:.1%}"
