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

    Writes the run folder out/<name>-<week>/ whole, or not at all. Ctrl-C ends the search for a roster; the best so far
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
    """Do the weekly job, write its folder, and say what came out and what to do next."""
    from reports import week_of
    from reports.findings import findings
    from reports.summary import summary
    from staffcurve.pipeline import run_week
    from staffcurve.publish import publish
    from staffcurve.runfolder import check_writable

    check_writable(out)
    talk.say(f"staffcurve: planning {config.plan.name}")
    result = run_week(config, talk, many)
    folder = publish(result, out, talk)
    week = week_of(result)
    talk.say()
    talk.tell(findings(week))
    tell_shortfalls(result.roster, talk)
    tell_advice(result.roster, talk, config.plan.currency)
    for note in result.notes:
        talk.say(f"  note: {note}")
    talk.say(f"\nWritten to {folder}/")
    if "html" in config.reports.formats:
        talk.say(f"  report     {folder / 'report.html'}")
    if "xlsx" in config.reports.formats:
        talk.say(f"  workbook   {folder / 'staffing.xlsx'}")
    talk.say("Next: open the report, or change a setting, such as --set staffing.absence=0.1, and run again.")
    if talk.as_json:
        talk.answer_object(command, ok=True, folder=str(folder), summary=summary(week))
    if result.roster.status == "interrupted":
        raise SystemExit(INTERRUPTED)
    if strict and any(channel.kept is False for channel in week.channels):
        raise SystemExit(PROMISE_NOT_KEPT)
