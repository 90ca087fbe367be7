"""Several rows for one channel and interval: nothing that a person gave is lost, and check accounts for every row."""

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from configs.errors import DataError
from forecast import read_history
from forecast.data.account import FileAccount, LeftOut, total
from reports.english import sentence

from .test_week import BASE, config_of

RULES = {"path": "data", "max_missing": 1.0}
HEAD = "channel,start,queue,volume,handled,aht_s"


def folder_of(path: Path, **texts: str) -> Path:
    """A folder with these files, each under the same header."""
    data = path / "data"
    data.mkdir(exist_ok=True)
    for old in data.iterdir():
        old.unlink()
    for name, text in texts.items():
        (data / f"{name}.csv").write_text(text)
    return path


def history_of(path: Path, rule: str, **changes):
    return read_history(config_of(path, history={**RULES, "duplicates": rule}, **changes))


def by_hand(path: Path, last: bool) -> dict[tuple[str, str], float]:
    """Volume by channel and start, added up or the last, the slow obvious way."""
    found: dict[tuple[str, str], float] = defaultdict(float)
    for file in sorted((path / "data").iterdir()):
        for row in csv.DictReader(file.read_text().splitlines()):
            key = (row["channel"], row["start"])
            found[key] = float(row["volume"]) + (0.0 if last else found[key])
    return found


def test_rows_that_differ_only_in_unused_columns_are_added(tmp_path):
    """Three queues of one interval, two of them with as many contacts, are 1 + 3 + 3 contacts, not 1 + 3."""
    rows = "phone,2026-06-01T09:00Z,billing,1,,\nphone,2026-06-01T09:00Z,sales,3,,\nphone,2026-06-01T09:00Z,help,3,,\n"
    folder_of(tmp_path, a=f"{HEAD}\n{rows}")
    assert history_of(tmp_path, "sum").table.volume.tolist() == [7]
    with pytest.raises(DataError) as caught:
        history_of(tmp_path, "refuse")
    assert [str(fault) for fault in caught.value.faults][1] == (
        'a.csv row 4: channel "phone" at 2026-06-01 10:00 is already in a.csv row 2; '
        'keep one, or set history.duplicates = "sum" (add all of them) or "last" (keep the last)'
    )


def test_whole_rows_given_twice_count_once_unless_every_row_is_to_be_added(tmp_path):
    """The same raw row again is left out and told with its contacts; with "sum" it is added and told."""
    row = "phone,2026-06-01T09:00Z,sales,3,,\n"
    folder_of(tmp_path, a=f"{HEAD}\n{row}{row}phone,2026-06-01T10:00Z,sales,3,,\n")
    history = history_of(tmp_path, "refuse")
    assert history.table.volume.tolist() == [3, 3]
    assert "a.csv: 1 rows (3 contacts) repeat another row in every cell and were left out, first row 3" in map(
        str, history.notes
    )
    history = history_of(tmp_path, "sum")
    assert history.table.volume.tolist() == [6, 3]
    assert (
        "data: 1 rows were added to another row for the same channel and interval; "
        "1 of them (3 contacts) repeat another row in every cell and were added too"
    ) in map(str, history.notes)


def test_exports_that_overlap_repeat_rows_whatever_the_order_of_their_columns(tmp_path):
    """A day that is in two exports counts once; where a cell of it differs, both rows are named."""
    first = f"{HEAD}\nphone,2026-06-01T09:00Z,sales,3,2,200\nphone,2026-06-01T10:00Z,sales,4,4,210\n"
    turned = "queue,volume,start,channel,aht_s,handled\nsales,4,2026-06-01T10:00Z,phone,210,4\n"
    history = history_of(folder_of(tmp_path, a=first, b=turned), "refuse")
    assert history.table.volume.tolist() == [3, 4]
    assert [sentence(one) for one in history.files] == [
        "a.csv: 2 rows, 7 contacts",
        "b.csv: 1 rows, 4 contacts; left out: 1 rows repeated in every cell (4 contacts); used: 0 contacts",
    ]
    with pytest.raises(DataError, match=r"b.csv row 2: .* is already in a.csv row 3"):
        history_of(folder_of(tmp_path, a=first, b=turned.replace("sales", "help")), "refuse")


def test_cells_of_columns_without_a_name_count_too(tmp_path):
    """A numbering column without a name makes rows different; equal numbers make them equal."""
    text = ",channel,start,volume\n0,phone,2026-06-01T09:00Z,3\n{},phone,2026-06-01T09:00Z,3\n"
    with pytest.raises(DataError, match=r"is already in a\.csv row 2"):
        history_of(folder_of(tmp_path, a=text.format(1)), "refuse")
    assert history_of(folder_of(tmp_path, a=text.format(0)), "refuse").table.volume.tolist() == [3]


def test_the_hour_lived_twice_is_no_repeat(tmp_path):
    """In the night the clock goes back, two equal rows for 01:00 are two hours."""
    row = "phone,2026-10-25T01:00,sales,3,,\n"
    channels = {"phone": {"kind": "synchronous"}}
    history = history_of(folder_of(tmp_path, a=f"{HEAD}\n{row}{row}"), "refuse", channels=channels)
    assert history.table.volume.tolist() == [3, 3]
    assert history.table.start.dt.hour.tolist() == [0, 1]


ROWS = st.lists(
    st.tuples(st.sampled_from("ab"), st.integers(0, 3), st.sampled_from("xy"), st.integers(0, 3)), min_size=1
)
HOURS = [(channel, hour, "x", 1) for channel in "ab" for hour in range(4)]
"""Every hour once, so that the rows drawn lie on a grid of hours."""


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ROWS, min_size=1, max_size=3))
def test_every_row_is_added_or_the_last_is_kept(tmp_path, files):
    """Any rows in any files: each interval is what a plain loop over all rows finds, and the books agree with it."""
    files = [HOURS, *files]
    path = folder_of(tmp_path, **{f"f{i}": text_of(rows) for i, rows in enumerate(files)})
    channels = {name: {"kind": "synchronous"} for name in "ab"}
    rows = sum(len(one) for one in files)
    for rule in ("sum", "last"):
        history = history_of(path, rule, channels=channels)
        table = history.table
        starts = table.start.dt.strftime("%Y-%m-%dT%H:%MZ")
        got = dict(zip(zip(table.channel, starts, strict=True), table.volume, strict=True))
        assert got == by_hand(path, rule == "last")
        assert total(history.files) == table.volume.sum()
        assert sum(one.rows for one in history.files) == rows
        assert sum(one.used_rows for one in history.files) == (rows if rule == "sum" else len(table))


def text_of(rows) -> str:
    return HEAD + "\n" + "".join(f"{c},2026-06-01T{9 + h:02d}:00Z,{q},{v},,\n" for c, h, q, v in rows)


def test_the_books_agree_to_the_contact(tmp_path):
    """Other channels, repeats over files, and quarter hours without their neighbours: each is counted where it was."""
    quarters = [("09:00", 1), ("09:15", 2), ("09:30", 3), ("09:45", 4), ("10:00", 5), ("10:15", 6)]
    first = "".join(f"phone,2026-06-01T{clock}Z,q,{volume},,\n" for clock, volume in quarters)
    first += "fax,2026-06-01T09:00Z,q,70,,\n"
    second = "phone,2026-06-01T10:15Z,q,6,,\nphone,2026-06-01T10:30Z,q,7,,\n"
    history = history_of(folder_of(tmp_path, a=f"{HEAD}\n{first}", b=f"{HEAD}\n{second}"), "refuse")
    assert history.files == (
        FileAccount("a.csv", 7, 91.0, (LeftOut("channel", 1, 70.0), LeftOut("part", 2, 11.0))),
        FileAccount("b.csv", 2, 13.0, (LeftOut("repeated", 1, 6.0), LeftOut("part", 1, 7.0))),
    )
    assert history.table.volume.tolist() == [10]
    assert [one.used_contacts for one in history.files] == [10, 0]


def test_parts_of_an_interval_are_counted_in_their_own_file_when_added(tmp_path):
    """With "sum" an incomplete hour takes its contacts out of both files that it came from."""
    first = "".join(f"phone,2026-06-01T{clock}Z,q,1,,\n" for clock in ("09:00", "09:15", "09:30", "09:45", "10:00"))
    history = history_of(folder_of(tmp_path, a=f"{HEAD}\n{first}", b=f"{HEAD}\n{first}"), "sum")
    assert history.table.volume.tolist() == [8]
    assert [(one.rows, one.used_contacts) for one in history.files] == [(5, 4.0), (5, 4.0)]


def test_handle_times_are_weighted_by_the_contacts_handled(tmp_path):
    """100 s over one handled and 300 s over three are 250 s, however many were offered; the unknown stays unknown."""
    rows = "phone,2026-06-01T09:00Z,a,9,1,100\nphone,2026-06-01T09:00Z,b,3,3,300\n"
    rows += "phone,2026-06-01T10:00Z,a,1,,100\nphone,2026-06-01T10:00Z,b,3,,300\n"
    table = history_of(folder_of(tmp_path, a=f"{HEAD}\n{rows}"), "sum").table
    assert table.aht_s.tolist() == [250, 250]
    assert table.handled.tolist()[0] == 4
    assert np.isnan(table.handled.tolist()[1])


def test_backlogs_of_queues_are_added_and_an_hour_begins_with_that_of_its_first_quarter(tmp_path):
    """Two queues wait with 5 and 2 at nine; what waits at quarter past nine is not the hour's beginning."""
    head = "channel,start,queue,volume,backlog"
    quarters = [("09:00", 5, 2), ("09:15", 1, 1), ("09:30", 1, 1), ("09:45", 1, 1)]
    rows = "".join(
        f"phone,2026-06-01T{clock}Z,{q},1,{n}\n" for clock, *both in quarters for q, n in zip("ab", both, strict=True)
    )
    assert history_of(folder_of(tmp_path, a=f"{head}\n{rows}"), "sum").table.backlog.tolist() == [7]


def test_merged_queues_are_forecast_like_the_sums_made_by_hand(tmp_path):
    """Three Poisson queues over ten weeks give the same table as their sums in one column."""
    rng = np.random.default_rng(5)
    lines, sums = [], []
    for start in pd.date_range("2026-03-02 08:00", "2026-05-10 17:00", freq="h", tz="UTC"):
        if 8 <= start.hour < 18:
            each = rng.poisson([1, 2, 4])
            lines += [f"phone,{start.isoformat()},{q},{v},," for q, v in zip("abc", each, strict=True)]
            sums.append(f"phone,{start.isoformat()},,{each.sum()},,")
    plan = {**BASE["plan"], "timezone": "UTC"}
    merged = history_of(folder_of(tmp_path, a="\n".join([HEAD, *lines])), "sum", plan=plan)
    plain = history_of(folder_of(tmp_path, a="\n".join([HEAD, *sums])), "refuse", plan=plan)
    pd.testing.assert_frame_equal(
        merged.table[["channel", "start", "volume"]], plain.table[["channel", "start", "volume"]]
    )
