"""Tables and sentences on a terminal of any width, drawn by rich; plain text without colour in pipes and files."""

from __future__ import annotations

import os
import shutil
import textwrap
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table
    from rich.text import Text

    from reports.document.listing import Cell, Listing
    from reports.findings import Mark

FALLBACK = 100
"""Columns when the output is not a terminal and COLUMNS is not set."""
LEAST, MOST = 40, 200
STYLES = {"good": "green", "bad": "bold red", "plain": ""}


def width() -> int:
    """Columns to write in: those of the terminal or of COLUMNS, from 40 to 200."""
    return min(MOST, max(LEAST, shutil.get_terminal_size((FALLBACK, 24)).columns))


def watched(stream: IO[str]) -> bool:
    """Say whether lines must fit a width: the stream is a terminal, or COLUMNS gives the width."""
    return stream.isatty() or bool(os.environ.get("COLUMNS", "").isdigit())


def folded(text: str, stream: IO[str]) -> str:
    """Fold sentences to the width and indent the lines that follow; a file gets each sentence on one line."""
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
    """Fold a sentence, and colour good and bad news on a terminal."""
    found = folded(text, stream)
    if mark == "plain" or not stream.isatty() or os.environ.get("NO_COLOR"):
        return found
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, width=MOST, highlight=False)
    with console.capture() as captured:
        console.print(Text(found, style=STYLES[mark]), soft_wrap=True)
    return captured.get().rstrip("\n")


def height(text: str, stream: IO[str]) -> int:
    """Lines a sentence takes when it is folded to the width."""
    return folded(text, stream).count("\n") + 1


def show(listing: Listing, stream: IO[str]) -> None:
    """Print a table and a blank line."""
    print(drawn(listing, stream), end="\n\n", file=stream, flush=True)


def drawn(listing: Listing, stream: IO[str]) -> str:
    """Draw a table; one that is too wide gets narrower gaps, or else each row becomes a few lines."""
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, width=width() if watched(stream) else MOST, highlight=False)
    tables = (_table(listing), _table(listing, narrow=True))
    fitting = next((table for table in tables if _natural(table, console) <= console.width), _stacked(listing))
    with console.capture() as captured:
        if listing.title:
            console.print(Text(listing.title, style="bold"))
        console.print(fitting)
        if listing.note:
            console.print(Text(folded(listing.note, stream), style="dim"))
    lines = [line.rstrip() for line in captured.get().split("\n")]
    return "\n".join(line for line in lines if line)


def _natural(table: Table, console: Console) -> int:
    """Columns a table takes when nothing in it is folded."""
    from rich.measure import Measurement

    return Measurement.get(console, console.options.update(width=10_000), table).maximum


def _table(listing: Listing, *, narrow: bool = False) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, collapse_padding=narrow)
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
