"""Questions to the person at the terminal; nobody is asked where nobody can answer."""

from __future__ import annotations

import sys
import tomllib
from typing import TYPE_CHECKING

from staffcurve.importing.proposal import Choice

if TYPE_CHECKING:
    from staffcurve.importing.proposal import Question


def can_ask() -> bool:
    """Whether a person is there: both what is typed and what is said are a terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: Question) -> Choice:
    """Ask until there is an answer: the number of a choice, or a value."""
    import typer

    typer.echo(f"\n{question.asks}", err=True)
    for number, choice in enumerate(question.choices, 1):
        typer.echo(f"  {number}  {choice.means}", err=True)
    if not question.choices:
        return Choice(_value(typer.prompt(f"  {question.key}, such as {question.example}", err=True)), "as typed")
    size = len(question.choices)
    while True:
        text = typer.prompt(f"  1 to {size}", err=True).strip()
        if text.isdigit() and 1 <= int(text) <= size:
            return question.choices[int(text) - 1]


def _value(text: str) -> object:
    """Read a value as TOML, or as the text that it is."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text.strip()
