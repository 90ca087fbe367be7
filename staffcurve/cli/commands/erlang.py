"""``staffcurve erlang``: the calculator, for one question or a table of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from configs.errors import Fault, StaffcurveError, UsageError
from staffcurve.cli.console import Console
from staffcurve.cli.options import Debug, Json, Quiet

Number = float | None
Volume = Annotated[Number, typer.Option("--volume", help="Contacts in the interval.")]
Interval = Annotated[str, typer.Option("--interval", help="Length of the interval, such as 30min.")]
HandleTime = Annotated[str | None, typer.Option("--aht", help="Mean handle time, such as 3min or 180s.")]
Patience = Annotated[
    str | None, typer.Option("--patience", help="Mean patience; without it nobody gives up (Erlang C).")
]
Agents = Annotated[Number, typer.Option("--agents", help="Agents at work; leave it out to find the smallest number.")]
Share = Annotated[str | None, typer.Option("--share", help="Share to answer in time, such as 0.8 or 80%.")]
Within = Annotated[str | None, typer.Option("--within", help="Time to answer within, such as 20s.")]
Definition = Annotated[
    str | None, typer.Option("--definition", help="offered, answered, abandon-ok, exclude-short or virtual.")
]
Occupancy = Annotated[
    str | None, typer.Option("--max-occupancy", help="Largest share of their time agents may be busy.")
]
Abandonment = Annotated[str | None, typer.Option("--max-abandonment", help="Largest share that may give up.")]
Asa = Annotated[str | None, typer.Option("--asa", help="Longest mean wait allowed.")]
Redials = Annotated[str | None, typer.Option("--redial-share", help="Share of those who give up and call again.")]
ServiceCv = Annotated[
    Number,
    typer.Option("--service-cv", help="Coefficient of variation of the handle time (1 is exponential)."),
]
Carried = Annotated[
    bool, typer.Option("--carried", help="Find the largest volume that --agents can handle within the targets.")
]
Reserve = Annotated[
    int | None,
    typer.Option("--reserve", min=0, help="Agents kept free for calls; the others do work that can wait."),
]
Work = Annotated[
    Number,
    typer.Option("--deferrable-load", min=0, help="Erlang of work that can wait, done between calls."),
]
Slots = Annotated[int | None, typer.Option("--slots", help="Conversations an agent holds at once.")]
Touch = Annotated[str | None, typer.Option("--touch", help="Agent time per message.")]
Think = Annotated[str | None, typer.Option("--think", help="Customer time between messages.")]
Touches = Annotated[Number, typer.Option("--touches", help="Agent messages per conversation.")]
CurveFrom = Annotated[
    Path | None,
    typer.Option(
        "--curve-from",
        metavar="FILE",
        help="Handle times by concurrency (columns concurrency, aht_s[, volume]), instead of touch and think.",
    ),
]
Cases = Annotated[Path | None, typer.Option("--cases", metavar="FILE", help="CSV file of questions, one per row.")]
CasesOut = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="File for the answers; stdout by default.")
]

SECONDS = {
    "interval": "interval_s", "aht": "aht_s", "patience": "patience_s", "within": "target_s", "asa": "target_asa_s",
    "touch": "touch_s", "think": "think_s",
}  # fmt: skip
"""Options that are times, and what the calculator calls them."""
SHARES = {"share": "target_share"} | {name: name for name in ("max_occupancy", "max_abandonment", "redial_share")}
"""Options that are shares, and what the calculator calls them."""


def erlang(
    volume: Volume = None,
    interval: Interval = "30min",
    aht: HandleTime = None,
    patience: Patience = None,
    agents: Agents = None,
    share: Share = None,
    within: Within = None,
    definition: Definition = None,
    max_occupancy: Occupancy = None,
    max_abandonment: Abandonment = None,
    asa: Asa = None,
    redial_share: Redials = None,
    service_cv: ServiceCv = None,
    carried: Carried = False,
    reserve: Reserve = None,
    deferrable_load: Work = None,
    slots: Slots = None,
    touch: Touch = None,
    think: Think = None,
    touches: Touches = None,
    curve_from: CurveFrom = None,
    cases: Cases = None,
    out: CasesOut = None,
    as_json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Find how many agents a volume needs, or the service a number of agents gives.

    With --carried: the volume a number of agents can handle. With --reserve or --deferrable-load: calls and e-mail in
    one team. With --curve-from: how much each extra conversation slows agents down, from measured handle times.

    Example: staffcurve erlang --volume 600 --aht 3min --patience 2min --share 80% --within 20s
    """
    console = Console(quiet, debug, as_json)
    with console.error_boundary("erlang"):
        if cases is not None:
            _answer_table(cases, out, console)
            return
        options = {
            "volume": volume, "interval": interval, "aht": aht, "patience": patience, "agents": agents, "share": share,
            "within": within, "definition": definition, "max_occupancy": max_occupancy, "service_cv": service_cv,
            "max_abandonment": max_abandonment, "asa": asa, "redial_share": redial_share, "slots": slots,
            "touch": touch, "think": think, "touches": touches,
        }  # fmt: skip
        _answer(options, curve_from, _Team(carried, reserve, deferrable_load), console)


@dataclass(frozen=True)
class _Team:
    """What is asked of a team: the volume it carries, or how it does work that may wait between the calls."""

    carried: bool
    reserve: int | None
    deferrable_load: float | None

    @property
    def blended(self) -> bool:
        """Whether calls and work that may wait share the team."""
        return self.reserve is not None or self.deferrable_load is not None


def _answer_table(cases: Path, out: Path | None, console: Console) -> None:
    from staffcurve.calculator.answers import answer_table

    answer_table(cases, out, console)


def _answer(options: dict[str, Any], curve_from: Path | None, team: _Team, console: Console) -> None:
    """Answer one question."""
    from staffcurve.calculator.answers import answer_blended, answer_carried, answer_question
    from staffcurve.calculator.slot_curve import find_curve, print_curve

    volume = options["volume"]
    found = None if curve_from is None else find_curve(curve_from, options["slots"], options["touches"])
    if found is not None and volume is None and not team.carried:
        print_curve(found, console)
        return
    if volume is None and not team.carried:
        raise UsageError(Fault("--volume", "is missing; give one question by options, or a table with --cases FILE"))
    if volume is not None and volume < 0:
        raise StaffcurveError(Fault("--volume", f"must be 0 or more, got {volume:g}"))
    given = _question(options)
    if found is not None:
        given |= {"touch_s": found.touch_s, "think_s": found.think_s}
    if team.carried:
        answer_carried(given, console)
    elif team.blended:
        answer_blended(given, team.reserve, team.deferrable_load, console)
    else:
        answer_question(given, console)


def _question(options: dict[str, Any]) -> dict[str, Any]:
    """Return the options that were given as the calculator takes them: seconds, and shares of 0..1."""
    question = {}
    for name, value in options.items():
        option = f"--{name.replace('_', '-')}"
        if value is None:
            continue
        if name in SECONDS:
            question[SECONDS[name]] = _seconds(option, value)
        elif name in SHARES:
            question[SHARES[name]] = _share(option, value)
        else:
            question[name] = value
    return question


def _seconds(option: str, text: str) -> float:
    from configs.units import parse_duration

    try:
        return parse_duration(text).total_seconds()
    except ValueError as error:
        raise StaffcurveError(Fault(option, str(error))) from error


def _share(option: str, text: str) -> float:
    from configs.units import parse_share

    try:
        return parse_share(text if text.strip().endswith("%") else float(text))
    except ValueError as error:
        data = str(error) if "share" in str(error) else f'"{text}" is not a share; write 0.8 or 80%'
        raise StaffcurveError(Fault(option, data)) from error
