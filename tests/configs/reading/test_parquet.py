"""Parquet becomes the text that a CSV file of the same table would hold; without pyarrow a sentence says what to install."""

from __future__ import annotations

import datetime as dt
import importlib.util
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from configs.errors import DataError
from configs.reading import parquet
from configs.reading.parquet import parquet_grid

HERE = importlib.util.find_spec("pyarrow") is not None
needs_pyarrow = pytest.mark.skipif(not HERE, reason="pyarrow is not installed; `make parquet` runs these tests with it")


def sentence(path) -> str:
    with pytest.raises(DataError) as caught:
        parquet_grid(path, path.name)
    assert caught.value.exit_code == 1
    return str(caught.value)


@pytest.fixture
def written(tmp_path):
    """Write columns of (type, values) as ``a.parquet``."""

    def write(**columns):
        import pyarrow as pa
        import pyarrow.parquet as pq

        table = pa.table({name: pa.array(values, kind) for name, (kind, values) in columns.items()})
        pq.write_table(table, tmp_path / "a.parquet")
        return tmp_path / "a.parquet"

    return write


def test_without_pyarrow_the_extra_is_named(tmp_path, monkeypatch):
    """The library is large, so it is not always there."""
    monkeypatch.setattr(parquet, "find_spec", lambda name: None)
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    expected = (
        'a.parquet: is a Parquet file; run: pip install "staffcurve[parquet]" to read it, or save the table as CSV'
    )
    assert sentence(tmp_path / "a.parquet") == expected


@needs_pyarrow
def test_types_of_parquet_become_text(written):
    """With and without zone, nanoseconds, dates, times, durations, decimals, dictionaries, NULL."""
    import pyarrow as pa

    moment = dt.datetime(2026, 7, 1, 8, 30)  # noqa: DTZ001 - a column without a zone
    path = written(
        a=(pa.timestamp("us", "Europe/London"), [moment.replace(tzinfo=dt.UTC), None]),
        b=(pa.timestamp("ns"), [moment, None]),
        c=(pa.timestamp("ms", "+02:00"), [moment.replace(tzinfo=dt.UTC), None]),
        d=(pa.date32(), [moment.date(), None]),
        e=(pa.time32("s"), [moment.time(), None]),
        f=(pa.duration("ms"), [dt.timedelta(hours=26, seconds=30), None]),
        g=(pa.decimal128(8, 2), [Decimal("1.50"), None]),
        h=(pa.dictionary(pa.int8(), pa.string()), ["phone", None]),
        i=(pa.float64(), [3.0, None]),
        j=(pa.int64(), [9007199254740993, None]),
        k=(pa.bool_(), [True, None]),
    )
    first = ["2026-07-01T09:30:00+01:00", "2026-07-01T08:30:00", "2026-07-01T10:30:00+02:00", "2026-07-01", "08:30:00"]
    more = ["26:00:30", "1.50", "phone", "3", "9007199254740993", "TRUE"]
    assert parquet_grid(path, "a").records == [list("abcdefghijk"), [*first, *more], [""] * 11]


@needs_pyarrow
def test_nanoseconds_are_cut_and_old_times_keep_their_second(written):
    """A time before 1970 counts down; the cut goes to the past in both cases."""
    import pyarrow as pa

    path = written(a=(pa.timestamp("ns"), pa.array([-1, 1_999_999_999], pa.int64()).cast(pa.timestamp("ns"))))
    assert parquet_grid(path, "a").records[1:] == [["1969-12-31T23:59:59.999999"], ["1970-01-01T00:00:01.999999"]]


@needs_pyarrow
def test_a_table_of_pandas_is_read(tmp_path):
    """As most Parquet files are made: with pandas' own notes and without its index."""
    import pandas as pd

    starts = pd.date_range("2026-10-25", periods=4, freq="30min", tz=ZoneInfo("Europe/London"))
    frame = pd.DataFrame({"start": starts, "channel": "phone", "volume": [1, 2, 3, 4]})
    frame.to_parquet(tmp_path / "a.parquet", index=False)
    records = parquet_grid(tmp_path / "a.parquet", "a").records
    assert records[0] == ["start", "channel", "volume"]
    assert [record[0] for record in records[1:]] == [start.isoformat() for start in starts]


@needs_pyarrow
def test_columns_without_text_name_their_row(written):
    """Bytes and lists are not cells."""
    import pyarrow as pa

    path = written(volume=(pa.int64(), [1, 2]), recording=(pa.binary(), [None, b"x"]))
    assert (
        sentence(path)
        == "a.parquet row 3: recording holds binary values, which are not text; leave it out or convert it"
    )
    path = written(tags=(pa.list_(pa.string()), [["a"]]))
    assert sentence(path).startswith("a.parquet row 2: tags holds list<")


@needs_pyarrow
def test_sizes_are_checked_before_rows_are_read(written, monkeypatch):
    """The footer says how many rows, cells and bytes there are; ten million equal rows are a small file."""
    import pyarrow as pa

    path = written(volume=(pa.int64(), pa.nulls(10_000_000, pa.int64())))
    assert path.stat().st_size < 100_000
    expected = "a.parquet: has 10,000,000 rows of 1 columns; keep the columns you need, and at most 5,000,000 rows and 50,000,000 cells"
    assert sentence(path) == expected
    path = written(volume=(pa.int64(), list(range(1000))))
    monkeypatch.setattr(parquet, "MAX_BYTES", 1000)
    assert sentence(path).startswith("a.parquet: unpacks to ")


@needs_pyarrow
def test_damaged_empty_and_absent_files_are_told(written, tmp_path):
    """Each a sentence."""
    import pyarrow as pa

    path = written(volume=(pa.int64(), []))
    assert sentence(path) == "a.parquet: has no rows"
    path = written(volume=(pa.int64(), [1]))
    path.write_bytes(path.read_bytes()[:-20])
    assert sentence(path).startswith("a.parquet: is a damaged Parquet file (")
    path.write_bytes(b"PAR1" + bytes(40) + b"PAR1")
    assert sentence(path).startswith("a.parquet: is a damaged Parquet file (")
    assert sentence(tmp_path / "b.parquet") == "b.parquet: no such file"
