"""The answers of ``staffcurve erlang``: one question, the volume a staff carries, a blended team."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from configs.errors import Fault, StaffcurveError, UsageError
from staffcurve.calculator.case_file import answer_table

if TYPE_CHECKING:
    import pandas as pd

    from optimize.staffing import BlendedTeam, Calls
    from staffcurve.cli.console import Console

    Question = dict[str, Any]
    Shown = tuple[str, str, str]

__all__ = ["answer_blended", "answer_carried", "answer_question", "answer_table"]

SHOWN: tuple[Shown, ...] = (
    ("agents", "agents", "{:.0f}"),
    ("service_level", "in time", "{:.1%}"),
    ("asa_s", "mean wait", "{:.1f} s"),
    ("abandonment", "give up", "{:.1%}"),
    ("occupancy", "busy", "{:.1%}"),
    ("probability_wait", "must wait", "{:.1%}"),
    ("response_s", "per reply", "{:.0f} s"),
)
CARRIES: Shown = ("volume", "contacts", "{:,.1f}")
BLENDED: tuple[Shown, ...] = (
    ("agents", "agents", "{:.0f}"),
    ("reserve", "kept free", "{:.0f}"),
    ("service_level", "in time", "{:.1%}"),
    ("asa_s", "mean wait", "{:.1f} s"),
    ("abandonment", "give up", "{:.1%}"),
    ("occupancy", "busy", "{:.1%}"),
    ("deferrable_erl", "other work", "{:.1f} erl"),
)
BLEND_KNOWS = {
    "volume", "interval_s", "aht_s", "patience_s", "agents", "target_share", "target_s", "definition",
}  # fmt: skip
"""What a blended team is asked by."""
TARGET_KEYS = {"target_share", "target_asa_s", "max_abandonment", "max_occupancy"}
TARGETS = "--share with --within, --asa, --max-abandonment, --max-occupancy"
"""The same as options."""


def answer_question(question: Question, console: Console) -> None:
    """Answer one question, with one agent fewer and one more beside it."""
    from optimize.staffing.calculator.cases import answer_cases, answer_one

    if "agents" not in question and not TARGET_KEYS & set(question):
        raise UsageError(Fault("erlang", f"needs --agents, or a target to meet: {TARGETS}"))
    answer = answer_cases(_frame(question)).iloc[0]
    if answer["status"] != "ok":
        raise StaffcurveError(Fault("erlang", str(answer["status"])))
    around = answer_one(question)
    message = f"{answer['agents']:.0f} agents for a load of {answer['load_erl']:.2f} erlang"
    _tell(message, answer, around, SHOWN, console)


def answer_carried(question: Question, console: Console) -> None:
    """Tell the volume the agents carry, with one agent fewer and one more beside it."""
    from optimize.staffing.calculator import max_volume_case

    if "volume" in question:
        raise UsageError(Fault("--volume", "is the answer of --carried; leave it out"))
    if "agents" not in question:
        raise UsageError(Fault("--agents", "is missing; --carried finds the volume that number of agents can handle"))
    if not TARGET_KEYS & set(question):
        raise UsageError(Fault("--carried", f"needs a target to meet: {TARGETS}"))
    around = max_volume_case.answer_carried(question)
    answer = around.loc[around["agents"] == question["agents"]].iloc[0]
    minutes = question["interval_s"] / 60
    message = f"{answer['agents']:g} agents carry {answer['volume']:,.1f} contacts in {minutes:g} min"
    _tell(f"{message}, a load of {answer['load_erl']:.2f} erlang", answer, around, (CARRIES, *SHOWN), console)


def _tell(headline: str, answer: pd.Series, around: pd.DataFrame, shown: tuple[Shown, ...], console: Console) -> None:
    """The answer in a sentence, and a table of its neighbours; or both as JSON."""
    from reports.document.listing import NOTHING, Cell, listing

    if console.as_json:
        plain = [_plain(row) for _, row in around.iterrows()]
        console.print_object("erlang", ok=True, answer=_plain(answer), around=plain)
        return
    console.print_data(headline + "\n")
    columns = [(name, head, form) for name, head, form in shown if around[name].notna().any()]
    rows: list[list[Cell | str]] = []
    for _, row in around.iterrows():
        cells = [NOTHING if row[name] != row[name] else form.format(row[name]) for name, _, form in columns]
        rows.append([*cells, "<" if row.equals(answer) else ""])
    console.print_listing(listing("", [f">{columns[0][1]}", *(head for _, head, _ in columns[1:]), "<"], rows))
    console.next("staffcurve erlang --cases FILE answers a table of such questions")


def answer_blended(question: Question, reserve: int | None, work_erl: float | None, console: Console) -> None:
    """Tell what a team gives that does work which may wait between its calls."""
    import pandas as pd

    calls = _calls(question)
    team = _team(calls, question.get("agents"), reserve, work_erl)
    reserves = range(max(team.reserve - 1, 0), max(min(team.reserve + 1, team.agents), team.reserve) + 1)
    around = pd.DataFrame([_row(calls, team.agents, free) for free in reserves])
    answer = around.loc[around["reserve"] == team.reserve].iloc[0]
    free = f"{team.agents} agents, {team.reserve} of them kept free for calls"
    message = f"{free}, leave {answer['deferrable_erl']:.1f} erlang for other work"
    if work_erl is not None and answer["deferrable_erl"] < work_erl:
        from optimize.staffing import least_team

        message += f"; {work_erl:g} erlang would take {least_team(calls, work_erl).agents} agents"
    _tell(message, answer, around, BLENDED, console)


def _team(calls: Calls, agents: float | None, reserve: int | None, work_erl: float | None) -> BlendedTeam:
    """The team asked for, or the least one that does."""
    from optimize.staffing import BlendedTeam, least_reserve, least_team

    if agents is None:
        if reserve is not None:
            raise UsageError(Fault("--agents", "is missing; --reserve needs the size of the team"))
        return least_team(calls, work_erl or 0.0)
    if agents != int(agents) or agents < 0:
        raise StaffcurveError(Fault("--agents", f"must be a whole number of 0 or more, got {agents:g}"))
    if reserve is not None:
        return BlendedTeam(int(agents), reserve, calls.served(int(agents), reserve))
    found = least_reserve(calls, int(agents))
    if found is None:
        message = f"{agents:g} are too few: even without other work, less than {calls.share:.0%} of calls are in time"
        raise StaffcurveError(Fault("--agents", message))
    return found


def _calls(question: Question) -> Calls:
    """The calls of a blended team."""
    from optimize.staffing import Calls
    from optimize.staffing.queueing.measures import checked_definition

    for option, name in (("--aht", "aht_s"), ("--within", "target_s")):
        if name not in question:
            raise UsageError(Fault(option, "is missing; one team for calls and other work needs it"))
    unknown = sorted(set(question) - BLEND_KNOWS)
    if unknown:
        raise UsageError(Fault("--reserve, --deferrable-load", f"cannot be combined with {', '.join(unknown)}"))
    return Calls(
        question["volume"] * question["aht_s"] / question["interval_s"],
        question["aht_s"],
        question.get("patience_s", float("inf")),
        question["target_s"],
        question.get("target_share", 0.8),
        checked_definition(question.get("definition", "offered")),
    )


def _row(calls: Calls, agents: int, reserve: int) -> dict[str, float]:
    service = calls.served(agents, reserve)
    names = ("service_level", "asa_s", "abandonment", "occupancy", "deferrable_erl")
    known = {name: float(getattr(service, name)) for name in names}
    return {"agents": float(agents), "reserve": float(reserve), "load_erl": calls.load_erl} | known


def _frame(question: Question) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame([question])


def _plain(row: pd.Series) -> dict[str, object]:
    """One answered row as JSON holds it; what is not known, or not finite, is null."""
    plain: dict[str, object] = {}
    for name, value in row.items():
        number = isinstance(value, (int, float))
        plain[str(name)] = (
            None if number and not abs(float(value)) < float("inf") else (float(value) if number else str(value))
        )
    return plain
