"""``staffcurve run``: the weekly job."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from staffcurve.commands.backtest import Backend, Jobs, checked_backend
from staffcurve.options import (
    INTERRUPTED,
    PROMISE_NOT_KEPT,
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
    searching,
)
from staffcurve.outcome import tell_advice, tell_shortfalls
from staffcurve.talk import Talk

if TYPE_CHECKING:
    from configs.schema import Config
    from forecast.parallel import Many
    from reports.numbers.week import Week


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
    as_json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Plan the week: check, forecast, staff, roster, report.

    Writes the run folder out/<name>-<week>/ whole, or not at all; with plan.weeks one folder for each week, each
    planned after the one before it. Ctrl-C ends the search for a roster; the best so far
    is kept, the folder written, and the exit code 130. A second Ctrl-C leaves at once.

    Example: staffcurve run demo
    """
    from forecast.parallel import Many
    from staffcurve.starts import settings_from

    talk = Talk(quiet, debug, as_json)
    with talk.told("run"):
        many = Many(jobs, checked_backend(backend))
        asked = [*(changes or ()), *searching(time_limit, gap, seed)]
        settings = settings_from(config, asked, previous, published)
        run_and_publish(settings, out, talk, command="run", strict=strict, many=many)


def run_and_publish(
    config: Config, out: Path, talk: Talk, *, command: str, strict: bool = False, many: Many | None = None
) -> None:
    """Do the weekly job for each week planned, write its folder, and say what came out and what to do next."""
    from reports.findings import missed_targets
    from staffcurve.run_folder.published import check_entries
    from staffcurve.run_folder.summarise import summary_of
    from staffcurve.run_folder.whole import check_writable
    from staffcurve.weeks import one_week, week_after

    check_writable(out)
    check_entries(config, out)
    done: list[tuple[Path, Week]] = []
    settings = one_week(config)
    while True:
        folder, week = _one_week(settings, out, talk, many)
        done.append((folder, week))
        if len(done) == config.plan.weeks or week.run.roster.interrupted:
            break
        settings = week_after(config, week.first, folder)
        talk.seconds.clear()
    if len(done) > 1:
        _tell_weeks(done, talk)
    talk.say("Next: open the report, or change a setting, such as --set staffing.absence=0.1, and run again.")
    if talk.as_json:
        told = [{"folder": str(folder), "summary": summary_of(week).plain()} for folder, week in done]
        more = {"weeks": told} if len(done) > 1 else {}
        talk.answer_object(command, ok=True, **told[-1], **more)
    if done[-1][1].run.roster.interrupted:
        raise SystemExit(INTERRUPTED)
    missed = [finding.sentence for _, week in done for finding in missed_targets(week)]
    if strict and missed:
        talk.refuse(missed)
        raise SystemExit(PROMISE_NOT_KEPT)


def _one_week(config: Config, out: Path, talk: Talk, many: Many | None) -> tuple[Path, Week]:
    """Plan one week, write its folder, and say what came out."""
    from reports import week_of
    from reports.findings import findings
    from staffcurve import stages
    from staffcurve.run_folder.layout import REPORT, WORKBOOK

    talk.say(f"staffcurve: planning {config.plan.name}")
    result = stages.run_week(config, talk, many)
    folder = stages.publish(result, out, talk)
    week = week_of(result)
    talk.say()
    talk.tell(findings(week))
    tell_shortfalls(result.roster, talk)
    tell_advice(result.roster, talk, config.plan.currency)
    for note in result.notes:
        talk.say(f"  note: {note}")
    talk.say(f"\nWritten to {folder}/")
    if "html" in config.reports.formats:
        talk.say(f"  report     {folder / REPORT}")
    if "xlsx" in config.reports.formats:
        talk.say(f"  workbook   {folder / WORKBOOK}")
    return folder, week


def _tell_weeks(done: list[tuple[Path, Week]], talk: Talk) -> None:
    """Say what each of several weeks came to, a line each."""
    talk.say(f"\n{len(done)} weeks, each after the one before it:")
    for folder, week in done:
        roster = week.run.roster
        short = float(roster.coverage["shortage"].sum()) * week.run.horizon.interval_h
        cost = f"cost {roster.cost.total:,.2f} {week.run.config.plan.currency}"
        talk.say(
            f"  {week.first}  {len(roster.table)} shifts, {cost}, gap {roster.gap_told}, "
            f"{short:,.2f} h short  {folder}/"
        )
