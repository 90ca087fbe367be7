"""``staffcurve run``: the weekly job."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from staffcurve.cli.commands.backtest import Backend, Jobs, checked_backend
from staffcurve.cli.console import Console
from staffcurve.cli.options import (
    INTERRUPTED,
    TARGET_MISSED,
    ConfigFile,
    Debug,
    Gap,
    Json,
    Out,
    Previous,
    Published,
    Quiet,
    Seed,
    Set,
    Strict,
    TimeLimit,
    Verbose,
    searching,
)
from staffcurve.cli.print_roster import print_answer, print_everything

if TYPE_CHECKING:
    from configs.schema import Config
    from forecast.parallel import Parallelism
    from reports.metrics.week import Week
    from staffcurve.prepared import Together


AFTER_RUN = "Next: open the report, or change a setting and run again, such as --set staffing.absence=0.1"


def run(
    config: ConfigFile,
    previous: Previous = None,
    published: Published = None,
    time_limit: TimeLimit = None,
    gap: Gap = None,
    seed: Seed = None,
    changes: Set = None,
    out: Out = Path("out"),
    strict: Strict = False,
    jobs: Jobs = 1,
    backend: Backend = "loky",
    verbose: Verbose = False,
    as_json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Plan the week: check, forecast, staff, roster, report.

    Writes the run folder out/<name>-<week>/, complete or not at all. With plan.weeks it plans several weeks in order
    and writes a folder for each, and an overview of all as the command weeks does. Ctrl-C ends the search: the best
    roster so far is kept, the folder is written, and the exit code is 130. A second Ctrl-C stops at once.

    Example: staffcurve run demo
    """
    from forecast.parallel import Parallelism
    from staffcurve.stage_inputs import settings_from

    console = Console(quiet, debug, as_json, brief=not verbose)
    with console.error_boundary("run"):
        parallelism = Parallelism(jobs, checked_backend(backend))
        asked = [*(changes or ()), *searching(time_limit, gap, seed)]
        settings = settings_from(config, asked, previous, published)
        run_and_publish(settings, out, console, command="run", strict=strict, parallelism=parallelism)


def run_and_publish(
    config: Config,
    out: Path,
    console: Console,
    *,
    command: str,
    strict: bool = False,
    parallelism: Parallelism | None = None,
    after: str = AFTER_RUN,
) -> None:
    """Do the weekly job for each week planned, write its folder, print the answer and, with `after`, the next step."""
    from reports.findings import missed_targets
    from staffcurve.horizon_loop import one_week, week_after
    from staffcurve.run_folder.published import check_entries
    from staffcurve.run_folder.summarise import summary_of
    from staffcurve.run_folder.whole import check_writable
    from staffcurve.weeks_together import planned_together

    check_writable(out)
    check_entries(config, out)
    done: list[tuple[Path, Week]] = []
    together = planned_together(config, console, parallelism)
    settings = one_week(config)
    while True:
        folder, week = _one_week(settings, out, console, parallelism, together)
        done.append((folder, week))
        if len(done) == config.plan.weeks or week.run.roster.interrupted:
            break
        settings = week_after(config, week.first, folder)
        console.seconds.clear()
    more: dict[str, Any] = {}
    if len(done) > 1:
        _print_weeks(done, console)
        more = {"overview": str(_together([folder for folder, _ in done], out, console))}
    console.info(after)
    if console.as_json:
        data = [{"folder": str(folder), "summary": summary_of(week).plain()} for folder, week in done]
        more |= {"weeks": data} if len(done) > 1 else {}
        console.print_object(command, ok=True, **data[-1], **more)
    if done[-1][1].run.roster.interrupted:
        raise SystemExit(INTERRUPTED)
    missed = [finding.sentence for _, week in done for finding in missed_targets(week)]
    if strict and missed:
        console.refuse(missed)
        raise SystemExit(TARGET_MISSED)


def _one_week(
    config: Config, out: Path, console: Console, parallelism: Parallelism | None, together: Together | None
) -> tuple[Path, Week]:
    """Plan one week, write its folder, and print the answer."""
    from reports import week_of
    from reports.run import name_of
    from staffcurve import stages
    from staffcurve.run_folder.claim import claimed
    from staffcurve.run_folder.whole import check_replaceable

    console.info(f"staffcurve: planning {config.plan.name}")
    inputs = stages.check(config, console)
    final = out / name_of(config, inputs.horizon)
    check_replaceable(final)
    with claimed(final):
        result = stages.run_week(config, console, parallelism, inputs, together)
        folder = stages.publish(result, out, console)
    week = week_of(result)
    (print_answer if console.brief else print_everything)(week, folder, console)
    return folder, week


def _print_weeks(done: list[tuple[Path, Week]], console: Console) -> None:
    """Sum up each of several weeks on one line."""
    console.info(f"\n{len(done)} weeks, planned in order:")
    for folder, week in done:
        roster = week.run.roster
        short = float(roster.coverage["shortage"].sum()) * week.run.horizon.interval_h
        cost = f"cost {roster.cost.total:,.2f} {week.run.config.plan.currency}"
        console.info(
            f"  {week.first}  {len(roster.table)} shifts, {cost}, gap {roster.gap_text}, "
            f"{short:,.2f} h short  {folder}/"
        )


def _together(folders: list[Path], out: Path, console: Console) -> Path:
    """Write the overview of the weeks planned, and say where it is."""
    from staffcurve.weeks_overview import publish_overview

    made = publish_overview(folders, console, out)
    console.info(f"All weeks together: {made.folder}/")
    return made.folder
