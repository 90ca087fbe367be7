"""Tables and sentences on a terminal of any width, drawn by rich; plain text without colour where nobody watches."""

from __future__ import annotations

import os
import shutil
import textwrap
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table
    from rich.text import Text

    from reports.findings import Mark
    from reports.sheet.listing import Cell, Listing

FALLBACK = 100
"""Columns where nobody watches and COLUMNS is not set."""
LEAST, MOST = 40, 200
STYLES = {"good": "green", "bad": "bold red", "plain": ""}


def width() -> int:
    """Columns to write in: those of the terminal or of COLUMNS, from 40 to 200."""
    return min(MOST, max(LEAST, shutil.get_terminal_size((FALLBACK, 24)).columns))


def watched(stream: IO[str]) -> bool:
    """Tell whether lines must fit a width: a person watches, or COLUMNS says how wide it is."""
    return stream.isatty() or bool(os.environ.get("COLUMNS", "").isdigit())


def folded(text: str, stream: IO[str]) -> str:
    """Fold sentences to the width, later lines set in as the first is; a file gets them whole."""
    if not watched(stream):
        return text
    lines = []
    for line in text.split("\n"):
        margin = line[: len(line) - len(line.lstrip())]
        lines += textwrap.wrap(
            line, width(), subsequent_indent=margin + "  ", break_long_words=False, break_on_hyphens=False
        ) or [""]
    return "\n".join(lines)


def copied(command: str, stream: IO[str], margin: int = 6) -> str:
    """Break a command after a backslash where it is too long, so that it can be copied into a shell."""
    if not watched(stream):
        return command
    lines = textwrap.wrap(command, width() - margin - 2, break_long_words=False, break_on_hyphens=False)
    return f" \\\n{' ' * margin}".join(lines)


def marked(text: str, mark: Mark, stream: IO[str]) -> str:
    """Fold a sentence, and colour good and bad news where somebody watches."""
    found = folded(text, stream)
    if mark == "plain" or not stream.isatty() or os.environ.get("NO_COLOR"):
        return found
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, width=MOST, highlight=False)
    with console.capture() as drawn:
        console.print(Text(found, style=STYLES[mark]), soft_wrap=True)
    return drawn.get().rstrip("\n")


def show(listing: Listing, stream: IO[str]) -> None:
    """Draw a table; where it is wider than the terminal, each row becomes a few lines."""
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, width=width() if watched(stream) else MOST, highlight=False)
    table = _table(listing)
    fits = _natural(table, console) <= console.width
    with console.capture() as drawn:
        if listing.title:
            console.print(Text(listing.title, style="bold"))
        console.print(table if fits else _stacked(listing))
        if listing.note:
            console.print(Text(folded(listing.note, stream), style="dim"))
    lines = [line.rstrip() for line in drawn.get().split("\n")]
    print("\n".join(line for line in lines if line), end="\n\n", file=stream, flush=True)


def _natural(table: Table, console: Console) -> int:
    """Columns a table takes when nothing in it is folded."""
    from rich.measure import Measurement

    return Measurement.get(console, console.options.update(width=10_000), table).maximum


def _table(listing: Listing) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for head in listing.heads:
        table.add_column(Text(head.text), justify="right" if head.number else "left", header_style="", no_wrap=True)
    for row in listing.rows:
        table.add_row(*(_text(cell) for cell in row))
    return table


def _stacked(listing: Listing) -> RenderableType:
    """Rows one below the other: the name of the row, then each head with its cell."""
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    parts: list[RenderableType] = []
    for row in listing.rows:
        parts.append(Text(row[0].text.strip(), style="underline"))
        for head, cell in zip(listing.heads[1:], row[1:], strict=True):
            parts.append(Padding(Text(f"{head.text}: ").append_text(_text(cell)), (0, 0, 0, 2)))
    return Group(*parts)


def _text(cell: Cell) -> Text:
    from rich.text import Text

    return Text(cell.text, style=STYLES[cell.mark])
