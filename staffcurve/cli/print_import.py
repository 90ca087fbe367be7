"""What `import` prints: what the file seems to be, its columns, its first rows, its totals, and the reading block."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pandas as pd

from configs.redaction import redacted
from forecast.data.account import contacts_text
from reports.document.listing import NOTHING, listing
from staffcurve.cli.picture import letters_of, week_picture
from staffcurve.cli.screen import watched, width
from staffcurve.importing.toml_values import toml_key, toml_lines
from staffcurve.importing.trial import FIRST_ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reports.document.listing import Listing
    from staffcurve.cli.console import Console
    from staffcurve.importing.proposal import Proposal, Question
    from staffcurve.importing.session import Imported
    from staffcurve.importing.trial import Trial

FALLBACK_COLUMNS = 100
ROLES = {
    "start": "start of the interval",
    "date": "date",
    "time": "time of day",
    "volume": "contacts offered",
    "handled": "contacts handled",
    "abandoned": "contacts abandoned",
    "aht_s": "handle time",
    "wait_s": "wait",
    "backlog": "open contacts",
}
"""Our columns in words; the others are called as they are."""


def print_import(made: Imported, console: Console) -> None:
    """Print everything that is known so far."""
    console.print_data(made.proposal.label)
    for sentence in (_system(made.proposal), *made.proposal.form):
        console.print_data(f"  {sentence}")
    console.print_data("")
    console.print_listing(_columns(made.proposal))
    if made.trial is not None:
        console.print_listing(_rows(made.trial))
        _print_totals(made.trial, console)
    for line in block_lines(made):
        console.print_raw(line)  # not broken: a line of TOML is copied whole


def _system(proposal: Proposal) -> str:
    profile = proposal.profile
    if profile is None:
        return "System: none that is known; read by its columns"
    return f"System: {profile.system} ({profile.export}); column list: {profile.proof}, {profile.evidence}"


def _columns(proposal: Proposal) -> Listing:
    rows = [[one.column, ROLES.get(one.role, one.role) or "not used", one.why] for one in proposal.taken]
    return listing("Columns", ["column", "<taken for", "<because of"], rows)


def _rows(trial: Trial) -> Listing:
    """The first rows as they are read, starts with their offset."""
    names = trial.shown
    rows = [[_cell(row[name], name, trial) for name in names] for _, row in trial.frame.head(FIRST_ROWS).iterrows()]
    heads = [f"<{name}" if name in {"channel", "queue", "media", "start"} else f">{name}" for name in names]
    return listing("First rows as they are read", heads, rows)


def _cell(value: Any, name: str, trial: Trial) -> str:  # noqa: ANN401 - a cell
    if pd.isna(value):
        return NOTHING
    if name == "start":
        return f"{value.tz_convert(trial.timezone):%a %Y-%m-%d %H:%M %z}"
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _print_totals(trial: Trial, console: Console) -> None:
    first, last = trial.span
    rows = f"{trial.rows:,} rows, {contacts_text(trial.contacts)} contacts"
    console.print_data(f"Totals: {rows}, {first} to {last}")
    console.print_data(f"By day of the week and hour in {trial.timezone}:")
    columns = width() if watched(sys.stdout) else FALLBACK_COLUMNS
    for line in week_picture(trial.by_hour, columns, letters_of(sys.stdout.encoding)):
        console.print_raw(line)
    if trial.naming is not None:
        named = [f"{name or '(blank)'} {contacts_text(count)}" for name, count in trial.names.items()]
        console.print_data(f"{trial.naming}: {', '.join(named)}")
    console.print_data("")


def block_lines(made: Imported) -> list[str]:
    """The reading block as a config has it."""
    lines = ["[history]", *toml_lines(shown(made.history))]
    for table, settings in made.others.items():
        lines += ["", f"[{'.'.join(map(toml_key, table.split('.', 1)))}]", *toml_lines(settings)]
    return lines


def shown(history: Mapping[str, Any]) -> dict[str, Any]:
    """The reading block without the password of a database."""
    return {name: redacted(value) if name == "path" else value for name, value in history.items()}


def print_questions(questions: tuple[Question, ...], console: Console) -> None:
    """Print each open question with the option for each answer, even when asked to be quiet."""
    for question in questions:
        console.say(question.asks)
        for option, means in question.options():
            console.say(f"  {option}  {means}")


def as_json(made: Imported, written: str | None) -> dict[str, Any]:
    """Everything as JSON holds it."""
    proposal, trial = made.proposal, made.trial
    return {
        "file": proposal.label,
        "system": proposal.profile.name if proposal.profile else None,
        "proof": proposal.profile.proof if proposal.profile else None,
        "form": list(proposal.form),
        "columns": [{"column": one.column, "taken_for": one.role or None} for one in proposal.taken],
        "rows": _plain_rows(trial) if trial else [],
        "totals": _plain_totals(trial) if trial else None,
        "reading": shown(made.history),
        "channels": {table.removeprefix("channels."): dict(settings) for table, settings in made.others.items()},
        "toml": "\n".join(block_lines(made)),
        "questions": [_plain_question(one) for one in made.questions],
        "later": [{"where": fault.where, "sentence": fault.sentence} for fault in made.later],
        "written": written,
    }


def _plain_rows(trial: Trial) -> list[dict[str, Any]]:
    rows = trial.frame.head(FIRST_ROWS)[trial.shown].assign(
        start=[pd.Timestamp(moment).isoformat() for moment in trial.local.head(FIRST_ROWS)]
    )
    return [
        {str(name): None if pd.isna(cell) else cell for name, cell in row.items()} for row in rows.to_dict("records")
    ]


def _plain_totals(trial: Trial) -> dict[str, Any]:
    first, last = trial.span
    by_hour = trial.by_hour
    return {
        "rows": trial.rows,
        "contacts": trial.contacts,
        "first": first.isoformat(),
        "last": last.isoformat(),
        "timezone": trial.timezone,
        "by_weekday": by_hour.sum(axis=1).tolist(),
        "by_hour": by_hour.sum(axis=0).tolist(),
        "by_name": trial.names,
    }


def _plain_question(question: Question) -> dict[str, Any]:
    answers = [
        {"value": choice.value, "means": choice.means, "option": option}
        for choice, (option, _) in zip(question.choices, question.options(), strict=False)
    ]
    return {"key": question.key, "question": question.asks, "answers": answers}
