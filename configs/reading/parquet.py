"""A Parquet file as a grid: sizes from its footer first, then batch by batch as text."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from configs.errors import DataError, Fault
from configs.reading.grid import Grid
from configs.reading.plain_text import text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import pyarrow as pa  # pyright: ignore[reportMissingImports] - the extra "parquet"
    import pyarrow.parquet as pq  # pyright: ignore[reportMissingImports] - the extra "parquet"

MAGIC = b"PAR1"
MAX_ROWS = 5_000_000
MAX_CELLS = 50_000_000
MAX_BYTES = 2_000_000_000
"""Bytes of the file, and of all columns once unpacked: the footer declares both."""
BATCH = 20_000


def parquet_grid(path: Path, label: str) -> Grid:
    """Read a Parquet file as text, under a header of its column names.

    Time stamps with a zone keep their offset, those without stay without; NULL is empty.

    Raises
    ------
    DataError
        When pyarrow is not installed, the file is damaged or declares more than a table needs, it has no rows, or a
        column holds values without a text, such as bytes or lists.
    """
    if find_spec("pyarrow") is None:
        words = 'is a Parquet file; run: pip install "staffcurve[parquet]" to read it, or save the table as CSV'
        raise DataError(Fault(label, words))
    if not path.is_file():
        raise DataError(Fault(label, "no such file"))
    import pyarrow as pa  # pyright: ignore[reportMissingImports] - the extra "parquet"
    import pyarrow.parquet as pq  # pyright: ignore[reportMissingImports] - the extra "parquet"

    try:
        with pq.ParquetFile(path) as file:
            _guard(file, label)
            records = [list(file.schema_arrow.names)]
            for batch in file.iter_batches(BATCH, use_threads=False):
                records.extend(list(record) for record in zip(*_columns(batch, label, len(records)), strict=True))
    except (pa.ArrowException, OSError, ValueError) as error:
        first = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise DataError(Fault(label, f"is a damaged Parquet file ({first}); export it again")) from error
    if len(records) == 1:
        raise DataError(Fault(label, "has no rows"))
    return Grid(records)


def _guard(file: pq.ParquetFile, label: str) -> None:
    """Refuse by what the footer declares, before a row is read."""
    said = file.metadata
    unpacked = sum(said.row_group(i).total_byte_size for i in range(said.num_row_groups))
    if said.num_rows > MAX_ROWS or said.num_rows * said.num_columns > MAX_CELLS:
        words = f"has {said.num_rows:,} rows of {said.num_columns} columns; keep the columns you need, and at most"
        raise DataError(Fault(label, f"{words} {MAX_ROWS:,} rows and {MAX_CELLS:,} cells"))
    if unpacked > MAX_BYTES:
        raise DataError(
            Fault(label, f"unpacks to {unpacked:,} bytes, more than {MAX_BYTES:,}; keep the columns you need")
        )


def _columns(batch: pa.RecordBatch, label: str, before: int) -> Iterator[list[str]]:
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        text = _writer(column.type)
        texts = [text(value) for value in _values(column)]
        if None in texts:
            words = f"{name} holds {column.type} values, which are not text; leave it out or convert it"
            raise DataError(Fault(f"{label} row {before + texts.index(None) + 1}", words))
        yield [each or "" for each in texts]


def _values(column: pa.Array) -> list[Any]:
    """Values of Python's own; of times and durations the whole numbers, which may count nanoseconds."""
    import pyarrow as pa  # pyright: ignore[reportMissingImports] - the extra "parquet"

    if pa.types.is_timestamp(column.type) or pa.types.is_duration(column.type):
        return column.cast(pa.int64()).to_pylist()  # type: ignore[no-any-return]
    return column.to_pylist()  # type: ignore[no-any-return]


def _writer(kind: pa.DataType) -> Callable[[Any], str | None]:
    """Return what writes the values of a column; Python's times have no nanoseconds, which are cut."""
    import pyarrow as pa  # pyright: ignore[reportMissingImports] - the extra "parquet"

    if pa.types.is_duration(kind):
        return lambda count: "" if count is None else text_of(_span(count, kind.unit))
    if not pa.types.is_timestamp(kind):
        return text_of
    if kind.tz is None:
        epoch = datetime(1970, 1, 1)  # noqa: DTZ001 - the column has no zone
        return lambda count: "" if count is None else text_of(epoch + _span(count, kind.unit))
    zone = pa.lib.string_to_tzinfo(kind.tz)
    start = datetime(1970, 1, 1, tzinfo=UTC)
    return lambda count: "" if count is None else text_of((start + _span(count, kind.unit)).astimezone(zone))


def _span(count: int, unit: str) -> timedelta:
    per_second = {"s": 1, "ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}[unit]
    return timedelta(microseconds=count * 1_000_000 // per_second)
