"""A table of staffing questions in a file, answered into another: ``staffcurve erlang --cases``."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd

    from staffcurve.cli.console import Console


def answer_table(cases: Path, out: Path | None, console: Console) -> None:
    """Answer a table of questions, line by line: as many lines come out as went in, each in its place.

    An empty line and one with more or fewer cells than the header cannot be answered; the status says so.
    """
    import pandas as pd

    from configs.reading.raw import read_cells
    from optimize.staffing.calculator.case_table import INPUTS
    from optimize.staffing.calculator.cases import answer_cases
    from staffcurve.run_folder.whole import whole_file

    with _uncollected():
        lines = read_cells(cases, INPUTS, str(cases), every_line=True)
        width = len(lines.header) + len(lines.nameless)
        unread = {place: f"has {count} cells where the header has {width}" for place, count in lines.odd.items()}
        answered = answer_cases(pd.DataFrame(lines.columns, dtype=object), unread)
        if out is None:
            _write(answered, sys.stdout)
        else:
            with whole_file(out) as path, path.open("w", encoding="utf-8", newline="") as file:
                _write(answered, file)
    good = int((answered["status"] == "ok").sum())
    console.info(f"{good:,} of {len(answered):,} rows answered" + (f"; written to {out}" if out else ""))
    if console.as_json:
        console.print_object("erlang", ok=True, rows=len(answered), answered=good, file=str(out) if out else None)


def _write(answered: pd.DataFrame, file: TextIO) -> None:
    """Write the table as CSV, blank where there is no number; quicker than pandas."""
    columns = [_cells(answered[name]) for name in answered.columns]
    file.write(",".join(_quoted(str(name)) for name in answered.columns) + "\n")
    file.writelines(map("{}\n".format, map(",".join, zip(*columns, strict=True))))


def _cells(column: pd.Series) -> list[str]:
    """Cells of a column as CSV has them."""
    if column.dtype.kind == "f":
        return _numbers(column)
    values = column.to_list()
    quoted = {value: _quoted("" if value != value else str(value)) for value in set(values)}  # noqa: PLR0124 - NaN
    if all(value is cell or value == cell for value, cell in quoted.items()):
        return values
    return list(map(quoted.__getitem__, values))


def _numbers(column: pd.Series) -> list[str]:
    """Cells of a column of numbers: each different number is written once, blank where there is none."""
    import numpy as np
    import pandas as pd

    which, different = pd.factorize(column.to_numpy() + 0.0, use_na_sentinel=True)  # -0.0 is 0.0
    texts = np.array([*map(float.__repr__, different.tolist()), ""], dtype=object)
    return list(texts[which].tolist())


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
