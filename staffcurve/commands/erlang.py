"""``staffcurve erlang``: the calculator, for one question or a table of them."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from configs.errors import Fault, StaffcurveError
from staffcurve.options import Debug, Json, Quiet
from staffcurve.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

Number = float | None
Volume = Annotated[Number, typer.Option("--volume", help="Contacts in the interval.")]
Interval = Annotated[str, typer.Option("--interval", help="Length of the interval, such as 30min.")]
HandleTime = Annotated[str | None, typer.Option("--aht", help="Mean handle time, such as 3min or 180s.")]
Patience = Annotated[
    str | None, typer.Option("--patience", help="Mean patience; without it nobody gives up (Erlang C).")
]
Agents = Annotated[Number, typer.Option("--agents", help="Agents at work; without it the least number is found.")]
Share = Annotated[str | None, typer.Option("--share", help="Share to answer in time, such as 0.8 or 80%.")]
Within = Annotated[str | None, typer.Option("--within", help="Time to answer it in, such as 20s.")]
Definition = Annotated[
    str | None, typer.Option("--definition", help="offered, answered, abandon-ok, exclude-short or virtual.")
]
Occupancy = Annotated[str | None, typer.Option("--max-occupancy", help="Largest share of time agents may be busy.")]
Abandonment = Annotated[str | None, typer.Option("--max-abandonment", help="Largest share that may give up.")]
Asa = Annotated[str | None, typer.Option("--asa", help="Longest mean wait.")]
Redials = Annotated[str | None, typer.Option("--redial-share", help="Share of those who give up that call again.")]
Slots = Annotated[int | None, typer.Option("--slots", help="Conversations an agent holds at once.")]
Touch = Annotated[str | None, typer.Option("--touch", help="Agent time per message.")]
Think = Annotated[str | None, typer.Option("--think", help="Customer time between messages.")]
Touches = Annotated[Number, typer.Option("--touches", help="Agent messages per conversation.")]
Cases = Annotated[Path | None, typer.Option("--cases", metavar="FILE", help="A CSV table of questions, a row each.")]
CasesOut = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="Where the answered table goes; stdout by default.")
]

SHOWN = (
    ("agents", "agents", "{:.0f}"),
    ("service_level", "in time", "{:.1%}"),
    ("asa_s", "mean wait", "{:.1f} s"),
    ("abandonment", "give up", "{:.1%}"),
    ("occupancy", "busy", "{:.1%}"),
    ("probability_wait", "must wait", "{:.1%}"),
    ("response_s", "per reply", "{:.0f} s"),
)


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
    slots: Slots = None,
    touch: Touch = None,
    think: Think = None,
    touches: Touches = None,
    cases: Cases = None,
    out: CasesOut = None,
    as_json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """How many agents a volume takes, or what a number of agents gives.

    Example: staffcurve erlang --volume 600 --aht 3min --patience 2min --share 80% --within 20s
    """
    talk = Talk(quiet, debug, as_json)
    with talk.told("erlang"):
        if cases is not None:
            _table(cases, out, talk)
            return
        if volume is None:
            raise StaffcurveError(
                Fault("--volume", "is missing; give one question by options, or a table with --cases FILE")
            )
        question = {
            "volume": volume, "interval_s": _seconds("--interval", interval), "aht_s": _seconds("--aht", aht),
            "patience_s": _seconds("--patience", patience), "agents": agents, "target_share": _share("--share", share),
            "target_s": _seconds("--within", within), "definition": definition,
            "max_occupancy": _share("--max-occupancy", max_occupancy),
            "max_abandonment": _share("--max-abandonment", max_abandonment), "target_asa_s": _seconds("--asa", asa),
            "redial_share": _share("--redial-share", redial_share), "slots": slots,
            "touch_s": _seconds("--touch", touch), "think_s": _seconds("--think", think), "touches": touches,
        }  # fmt: skip
        _one({key: value for key, value in question.items() if value is not None}, talk)


def _seconds(option: str, text: str | None) -> float | None:
    from configs.units import parse_duration

    if text is None:
        return None
    try:
        return parse_duration(text).total_seconds()
    except ValueError as error:
        raise StaffcurveError(Fault(option, str(error))) from error


def _share(option: str, text: str | None) -> float | None:
    from configs.units import parse_share

    if text is None:
        return None
    try:
        return parse_share(text if text.strip().endswith("%") else float(text))
    except ValueError as error:
        told = str(error) if "share" in str(error) else f'"{text}" is not a share; write 0.8 or 80%'
        raise StaffcurveError(Fault(option, told)) from error


def _one(question: dict[str, object], talk: Talk) -> None:
    """Answer one question, with one agent fewer and one more beside it."""
    from optimize.staffing.cases import answer_cases, answer_one

    answer = answer_cases(_frame(question)).iloc[0]
    if answer["status"] != "ok":
        raise StaffcurveError(Fault("erlang", str(answer["status"])))
    around = answer_one(question)
    if talk.as_json:
        talk.answer_object(
            "erlang", ok=True, answer=_plain(answer), around=[_plain(row) for _, row in around.iterrows()]
        )
        return
    talk.answer(f"{answer['agents']:.0f} agents for a load of {answer['load_erl']:.2f} erlang\n")
    columns = [(name, head, form) for name, head, form in SHOWN if around[name].notna().any()]
    talk.answer("".join(f"{head:>12}" for _, head, _ in columns))
    for _, row in around.iterrows():
        cells = ["-" if row[name] != row[name] else form.format(row[name]) for name, _, form in columns]
        mark = "  <" if row["agents"] == answer["agents"] else ""
        talk.answer("".join(f"{cell:>12}" for cell in cells) + mark)


def _frame(question: dict[str, object]) -> pd.DataFrame:
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


def _write(answered: pd.DataFrame, file: TextIO) -> None:
    """Write the table as CSV, blank where there is no number; quicker than pandas."""
    columns = [_cells(answered[name]) for name in answered.columns]
    file.write(",".join(_quoted(str(name)) for name in answered.columns) + "\n")
    file.writelines(map("{}\n".format, map(",".join, zip(*columns, strict=True))))


def _cells(column: pd.Series) -> list[str]:
    """Cells of a column as CSV has them."""
    values = column.to_list()
    if column.dtype.kind == "f":
        cells = list(map(float.__repr__, values))
        for row in column.isna().to_numpy().nonzero()[0].tolist():
            cells[row] = ""
        return cells
    quoted = {value: _quoted("" if value != value else str(value)) for value in set(values)}  # noqa: PLR0124 - NaN
    if all(value is cell or value == cell for value, cell in quoted.items()):
        return values
    return list(map(quoted.__getitem__, values))


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ',"\r\n') else text


@contextmanager
def _uncollected() -> Iterator[None]:
    """Millions of cells, none of them in a cycle: the collector would look at each of them again and again."""
    import gc

    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _table(cases: Path, out: Path | None, talk: Talk) -> None:
    """Answer a table of questions."""
    import pandas as pd

    from configs.raw import read_cells
    from optimize.staffing.case_table import INPUTS
    from optimize.staffing.cases import answer_cases
    from staffcurve.runfolder import whole_file

    with _uncollected():
        answered = answer_cases(pd.DataFrame(read_cells(cases, INPUTS, str(cases)).columns, dtype=object))
        if out is None:
            _write(answered, sys.stdout)
        else:
            with whole_file(out) as path, path.open("w", encoding="utf-8", newline="") as file:
                _write(answered, file)
    good = int((answered["status"] == "ok").sum())
    talk.say(f"{good:,} of {len(answered):,} rows answered" + (f"; written to {out}" if out else ""))
    if talk.as_json:
        talk.answer_object("erlang", ok=True, rows=len(answered), answered=good, file=str(out) if out else None)
