"""Asterisk's queue_log, file and table: each event by hand, then made logs against a reader that goes line by line."""

from __future__ import annotations

import gzip
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.queue_log import made_lines
from configs.errors import DataError
from configs.tables import CONTACT_ROWS, check
from forecast.data.contacts import queue_log
from forecast.data.contacts.queue_log import read_queue_log, read_queue_log_table
from tests.forecast.data.contacts.plain_log import visits_of

T = 1_790_000_000


def log(*lines):
    """Text of a log; stamps are seconds after T, the call is `c` and the queue `q` unless a line says otherwise."""
    return "".join(f"{T + int(line.split('|', 1)[0])}|{line.split('|', 1)[1]}\n" for line in lines)


def read(tmp_path, text, **settings_):
    """The log of a text in a file."""
    path = tmp_path / "queue_log"
    path.write_text(text, encoding="utf-8")
    return read_queue_log([path], **settings_)


def one(tmp_path, *lines, **settings_):
    """The only contact of some lines after ``ENTERQUEUE`` at second 0, as seconds after T."""
    made = read(tmp_path, log("0|c|q|NONE|ENTERQUEUE||07700|1", *lines), **settings_)
    (row,) = made.contacts.itertuples()
    moments = {
        name: (getattr(row, name) - pd.Timestamp(T, unit="s", tz="UTC")).total_seconds() for name in ("answered", "end")
    }
    return {**moments, "wait_s": row.wait_s, "aht_s": row.aht_s, "abandoned": row.abandoned}


NONE = math.nan
ANSWERED = "12|c|q|SIP/1|CONNECT|12|x.1|3"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((ANSWERED, "72|c|q|SIP/1|COMPLETECALLER|12|60|1"), (12, 72, 12, 60, 0)),
        ((ANSWERED, "72|c|q|SIP/1|COMPLETEAGENT|12|60|1"), (12, 72, 12, 60, 0)),
        ((ANSWERED, "72|c|q|SIP/1|BLINDTRANSFER|700|from-internal|12|59|1"), (12, 72, 12, 59, 0)),
        ((ANSWERED, "72|c|q|SIP/1|ATTENDEDTRANSFER|BRIDGE|7f-ab|12|58|1"), (12, 72, 12, 58, 0)),
        ((ANSWERED, "72|c|q|SIP/1|ATTENDEDTRANSFER|APP|Park|12|57|1"), (12, 72, 12, 57, 0)),
        ((ANSWERED, "72|c|q|SIP/1|ATTENDEDTRANSFER|LINK|SIP/1-a|SIP/2-b|12|56|1"), (12, 72, 12, 56, 0)),
        ((ANSWERED, "72|c|q|SIP/1|TRANSFER|700|from-internal|12|55"), (12, 72, 12, 55, 0)),
        ((ANSWERED, "72|c|q|SIP/1|TRANSFER|700|from-internal"), (12, 72, 12, 60, 0)),
        ((ANSWERED,), (12, NONE, 12, NONE, 0)),
        ((ANSWERED, "500|NONE|NONE|NONE|QUEUESTART|"), (12, 500, 12, NONE, 0)),
        (("72|c|q|SIP/1|COMPLETECALLER|12|60|1",), (12, 72, 12, 60, 0)),
        (("30|c|q|NONE|ABANDON|1|1|29",), (NONE, 30, 29, NONE, 1)),
        (("30|c|q|NONE|ABANDON|1",), (NONE, 30, 30, NONE, 1)),
        (("30|c|q|SIP/1|ABANDON|1|1|29", "30|c|q|NONE|ABANDON|1|1|30"), (NONE, 30, 29, NONE, 1)),
        (("30|c|q|NONE|EXITWITHTIMEOUT|1|1|29",), (NONE, 30, 29, NONE, 0)),
        (("30|c|q|NONE|EXITEMPTY|1|1|29", "30|c|q|NONE|EXITEMPTY|1|1|29"), (NONE, 30, 29, NONE, 0)),
        (("30|c|q|NONE|WITHDRAW|1|1|29|closing",), (NONE, 30, 29, NONE, 0)),
        (("30|c|q|NONE|EXITWITHKEY|9|1|1|29",), (NONE, 30, 29, NONE, 0)),
        (("30|c|q|NONE|EXITWITHKEY|9|1",), (NONE, 30, 30, NONE, 0)),
        (("30|c|q|SIP/1|SYSCOMPAT|", "30|c|q|NONE|ABANDON|1|1|30"), (NONE, 30, 30, NONE, 0)),
        (("30|c|q|SIP/1|AGENTDUMP|",), (NONE, 30, 30, NONE, 0)),
        (("5|c|q|SIP/2|AGENTDUMP|", ANSWERED, "72|c|q|SIP/1|COMPLETECALLER|12|60|1"), (12, 72, 12, 60, 0)),
        (("5|c|q|SIP/2|AGENTDUMP|", "30|c|q|NONE|ABANDON|1|1|29"), (NONE, 30, 29, NONE, 1)),
        (("500|NONE|NONE|NONE|QUEUESTART|",), (NONE, 500, NONE, NONE, 0)),
        (("9|c|q|SIP/1|RINGNOANSWER|9000", "9|c|q|SIP/1|RINGCANCELED|4000", "30|c|q|NONE|ABANDON|1|1|29"), (NONE, 30, 29, NONE, 1)),
        ((), (NONE, NONE, NONE, NONE, 0)),
    ],
)  # fmt: skip
def test_each_event_means_what_asterisk_means_by_it(tmp_path, lines, expected):
    """Answer, end, wait, time talked and whether the caller gave up; times of ringing are milliseconds and not used."""
    np.testing.assert_equal(tuple(one(tmp_path, *lines).values()), expected)


def test_wrap_up_is_added_to_the_time_talked_only(tmp_path):
    """The log knows no work after a call: 60 s talked and 15 s stated; a call without a completion has no handle time."""
    found = one(tmp_path, ANSWERED, "72|c|q|SIP/1|COMPLETECALLER|12|60|1", wrap_up_s=15.0)
    assert (found["aht_s"], found["end"]) == (75, 72)
    assert math.isnan(one(tmp_path, ANSWERED, wrap_up_s=15.0)["aht_s"])


def test_a_call_is_a_contact_in_each_queue_it_enters_and_each_time(tmp_path):
    """It overflows from one queue to the next under the same name, and comes back to the first."""
    text = log(
        "0|c|sales|NONE|ENTERQUEUE||07700|1",
        "20|c|sales|NONE|EXITWITHTIMEOUT|1|1|20",
        "20|c|help|NONE|ENTERQUEUE||07700|1",
        "25|c|help|NONE|EXITWITHKEY|1|1|1|5",
        "26|c|sales|NONE|ENTERQUEUE||07700|2",
        "30|c|sales|SIP/1|CONNECT|4|x|1",
        "40|c|sales|SIP/1|COMPLETEAGENT|4|10|2",
    )
    made = read(tmp_path, text)
    assert made.contacts.channel.tolist() == ["sales", "help", "sales"]
    assert made.contacts.wait_s.tolist() == [20, 5, 4]
    assert made.contacts.contact.unique().tolist() == ["c"]
    assert made.contacts.caller.unique().tolist() == ["07700"]
    check(made.contacts, CONTACT_ROWS)
    assert (made.fact.entered, made.fact.answered, made.fact.left) == (3, 1, 2)


def test_a_transfer_back_into_the_same_queue_ends_the_first_visit(tmp_path):
    """Its line is written apart and may come after the second arrival, which is given up."""
    text = log(
        "0|c|q|NONE|ENTERQUEUE||1|1", "5|c|q|A|CONNECT|5|x|1", "65|c|q|NONE|ENTERQUEUE||1|1",
        "65|c|q|A|BLINDTRANSFER|q|ext|5|60|1", "95|c|q|NONE|ABANDON|1|1|30",
    )  # fmt: skip
    made = read(tmp_path, text).contacts
    assert made.aht_s.tolist()[0] == 60
    assert made.abandoned.tolist() == [0, 1]


def test_what_belongs_to_no_call_is_no_contact(tmp_path):
    """Agents, commands and reloads, a user's own events, calls out, and full or empty queues nobody could enter."""
    text = log(
        "0|NONE|q|SIP/1|ADDMEMBER|", "0|REALTIME|q|SIP/1|PAUSE|", "0|MANAGER|q|SIP/1|ENTERQUEUE||1|1",
        "0|CLI|q|SIP/1|REMOVEMEMBER|", "0|c|q|NONE|JOINEMPTY|", "0|c|q|NONE|FULL|", "1|c|q|NONE|OUTCALL|a|b|c|d|e|f|g|h|i",
        "2|d|q|NONE|ENTERQUEUE||1|1",
    )  # fmt: skip
    made = read(tmp_path, text)
    assert made.contacts.contact.tolist() == ["d"]
    assert (made.fact.lines, made.fact.unreadable, made.fact.unfinished) == (8, 0, 1)


def test_a_call_from_before_the_log_is_counted_and_left_out(tmp_path):
    """Two calls end without an arrival, one of them with two lines; lines that are not of a log are counted."""
    text = log(
        "0|a|q|S|CONNECT|3|x|1",
        "9|a|q|S|COMPLETEAGENT|3|9|1",
        "9|b|q|NONE|ABANDON|1|1|9",
        "10|c|q|NONE|ENTERQUEUE||1|1",
    )
    made = read(tmp_path, text + "not a line\n|||\nabc|c|q|NONE|ENTERQUEUE||1|1\n\n17900")
    assert (made.fact.earlier, made.fact.entered, made.fact.unreadable, made.fact.lines) == (2, 1, 4, 8)


def test_lines_out_of_order_within_a_second_or_a_clock_set_back_stay_together(tmp_path):
    """The order of lines says more than stamps of seconds: a clock set back by 5 s, and an end before its arrival."""
    back = read(
        tmp_path, log("60|c|q|NONE|ENTERQUEUE||1|1", "55|c|q|NONE|ABANDON|1|1|2", "57|d|q|NONE|ENTERQUEUE||1|1")
    )
    assert (back.fact.abandoned, back.fact.unfinished, back.fact.earlier) == (1, 1, 0)
    assert (back.contacts.end.dropna() >= back.contacts.start[back.contacts.end.notna()]).all()
    same = read(tmp_path, log("7|c|q|NONE|ABANDON|1|1|0", "7|c|q|NONE|ENTERQUEUE||1|1"))
    assert (same.fact.abandoned, same.fact.earlier) == (1, 0)


def test_a_rotated_log_is_read_in_any_order_of_its_files(tmp_path, monkeypatch):
    """A call enters in the first file, packed, and is answered in the second; parts of a line or two change nothing."""
    old, new = tmp_path / "queue_log.1.gz", tmp_path / "queue_log"
    old.write_bytes(
        gzip.compress(
            log("0|c|q|NONE|ENTERQUEUE||1|1", "900|d|q|NONE|ENTERQUEUE||2|1", "930|d|q|NONE|ABANDON|1|1|30").encode()
        )
    )
    new.write_text(
        log(
            "950|e|q|NONE|ENTERQUEUE||1|1",
            "1000|c|q|A|CONNECT|1000|x|1",
            "1100|c|q|A|COMPLETEAGENT|1000|100|1",
            "1200|e|q|NONE|ABANDON|1|1|250",
        )
    )
    whole = read_queue_log([old, new])
    monkeypatch.setattr(queue_log, "PART_BYTES", 60)
    other = read_queue_log([new, old])
    pd.testing.assert_frame_equal(whole.contacts, other.contacts)
    assert whole.contacts.contact.tolist() == ["c", "d", "e"]
    assert whole.contacts.aht_s.tolist()[0] == 100
    assert whole.fact.where == str(tmp_path)


def test_line_ends_of_windows_quotes_and_odd_bytes_change_nothing(tmp_path):
    """A caller's name with a quote or a byte that is not UTF-8 stays in its line."""
    path = tmp_path / "log"
    path.write_bytes(
        log('0|c|q|NONE|ENTERQUEUE|"|"07700|1|Jo', "3|c|q|NONE|ABANDON|1|1|3")
        .replace("\n", "\r\n")
        .replace("Jo", "Jos\xe9")
        .encode("latin-1")
    )
    made = read_queue_log([path])
    assert made.contacts.caller.tolist() == ['"07700']
    assert made.contacts.wait_s.tolist() == [3]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "has no lines"),
        (
            "channel,start,volume\nphone,2026-01-05,3\n",
            r"none of its 2 lines is a line of a queue log; a line is epoch\|callid\|queue",
        ),
    ],
)
def test_a_file_of_another_kind_is_refused(tmp_path, text, words):
    """An empty file, and one of commas."""
    with pytest.raises(DataError, match=words):
        read(tmp_path, text)


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    """Cut in the middle of its packing, and absent."""
    broken = tmp_path / "queue_log.gz"
    broken.write_bytes(gzip.compress(made_text(500).encode())[:-20])
    with pytest.raises(DataError, match=r"queue_log.gz: cannot be read"):
        read_queue_log([broken])
    with pytest.raises(DataError, match=r"absent: cannot be read"):
        read_queue_log([tmp_path / "absent"])


def made_text(lines, seed=2):
    """Lines of the log that the benchmark makes."""
    return "\n".join(made_lines(lines, seed)) + "\n"


def against_plain(contacts, text):
    """Compare contacts with those of the reader that goes line by line, one by one."""
    plain = sorted(visits_of(text), key=lambda visit: (visit.start, visit.call, visit.queue))
    table = contacts.sort_values(["start", "contact", "channel"], kind="stable")
    assert table.contact.tolist() == [visit.call for visit in plain]
    assert table.channel.tolist() == [visit.queue for visit in plain]
    assert table.caller.tolist() == [visit.caller for visit in plain]

    def seconds(name):
        return [None if pd.isna(moment) else moment.timestamp() for moment in table[name]]

    assert seconds("start") == [visit.start for visit in plain]
    assert seconds("answered") == [visit.answered for visit in plain]
    assert seconds("end") == [visit.end for visit in plain]
    assert [None if math.isnan(wait) else wait for wait in table.wait_s] == [visit.wait for visit in plain]
    assert [None if math.isnan(talk) else talk for talk in table.aht_s] == [visit.talk for visit in plain]
    assert (table.abandoned == 1).tolist() == [visit.outcome == "abandoned" for visit in plain]


def test_a_busy_log_is_read_as_by_a_reader_that_goes_line_by_line(tmp_path):
    """Twenty thousand lines of five queues."""
    text = made_text(20_000)
    against_plain(read(tmp_path, text).contacts, text)


ANY = st.tuples(
    st.integers(0, 40),
    st.sampled_from(["1", "2", "3", "NONE"]),
    st.sampled_from(["q", "r"]),
    st.sampled_from([
        "ENTERQUEUE||77|1", "ENTERQUEUE||77|1", "ENTERQUEUE||77|1", "CONNECT|4|x|1", "CONNECT|4|x|1", "COMPLETECALLER|4|9|1",
        "BLINDTRANSFER|7|ctx|4|8|1", "ATTENDEDTRANSFER|LINK|a|b|4|7|1", "ATTENDEDTRANSFER|BRIDGE|a|4|6|1", "ABANDON|1|1|5",
        "ABANDON|1|1|5", "EXITWITHTIMEOUT|1|1|6", "EXITWITHKEY|1|1|1|7", "EXITEMPTY|1|1|3", "WITHDRAW|1|1|3|x", "SYSCOMPAT|",
        "AGENTDUMP|", "RINGNOANSWER|1000", "QUEUESTART|", "USER|a|b|c|d|e|f|g|h",
    ]),
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(ANY, max_size=40))
def test_whatever_a_log_holds_every_arrival_is_one_contact(tmp_path_factory, events):
    """Events in no sensible order: each arrival is a contact, and every contact is answered, given up, left or open."""
    stamps = np.cumsum([1, *(gap % 9 + 1 for gap, *_ in events)])
    lines = [
        f"{T + when}|{call}|{queue}|A|{event}"
        for when, (_, call, queue, event) in zip(stamps.tolist(), events, strict=False)
    ]
    text = "\n".join([f"{T}|NONE|NONE|NONE|CONFIGRELOAD|", *lines]) + "\n"
    path = tmp_path_factory.mktemp("log") / "queue_log"
    path.write_text(text, encoding="utf-8")
    made = read_queue_log([path])
    fact, table = made.fact, made.contacts
    assert (
        fact.entered == len(table) == sum(event.startswith("ENTER") and call != "NONE" for _, call, _, event in events)
    )
    assert fact.answered + fact.abandoned + fact.left + fact.unfinished == fact.entered
    assert (fact.answered, fact.abandoned) == (table.answered.notna().sum(), table.abandoned.sum())
    assert not (table.end < table.start).any()
    assert not (table.answered < table.start).any()
    against_plain(table, text)


def as_table(text, zone, *, columns=5):
    """The rows that Asterisk would put into a database: local text to the microsecond, what is left over in the last."""
    rows = []
    for number, line in enumerate(text.splitlines()):
        stamp, call, queue, agent, event, *data = line.split("|", 5)
        moment = pd.Timestamp(int(stamp) * 1_000_000 + number % 1_000_000, unit="us", tz="UTC").tz_convert(zone)
        row = {
            "time": f"{moment:%Y-%m-%d %H:%M:%S.%f}",
            "callid": call,
            "queuename": queue,
            "agent": agent,
            "event": event,
        }
        values = data[0].split("|", 4) if data and data[0] else []
        if columns == 1:
            rows.append({**row, "data": data[0] if data else ""})
        else:
            rows.append({**row, **{f"data{n + 1}": values[n] if n < len(values) else "" for n in range(5)}})
    return pd.DataFrame(rows)


@pytest.mark.parametrize("columns", [5, 1])
def test_the_table_of_a_database_gives_the_same_contacts_as_the_file(tmp_path, columns):
    """Rows in any order, in parts, with five values or one; a sixth value stays behind a bar in the fifth."""
    text = made_text(3000)
    table = as_table(text, "Europe/Berlin", columns=columns).sample(frac=1, random_state=3)
    made = read_queue_log_table([table.iloc[:1000], table.iloc[1000:]], "Europe/Berlin")
    file = read(tmp_path, text)
    whole = made.contacts.assign(
        start=made.contacts.start.dt.floor("s"),
        answered=made.contacts.answered.dt.floor("s"),
        end=made.contacts.end.dt.floor("s"),
    )
    keys = ["start", "contact", "channel"]
    pd.testing.assert_frame_equal(
        whole.sort_values(keys, ignore_index=True), file.contacts.sort_values(keys, ignore_index=True)
    )
    assert "LINK" in text
    assert vars(made.fact) | {"where": ""} == vars(file.fact) | {"where": ""}


def test_an_hour_that_comes_twice_is_told_apart_by_the_name_of_the_call():
    """Berlin, 25 October 2026, 02:30 twice: the channel of the second call did not exist an hour before."""
    first, second = (int(pd.Timestamp(f"2026-10-25 0{hour}:30", tz="UTC").timestamp()) for hour in (0, 1))
    text = "".join(
        f"{at}|pbx-{at}.7|q|NONE|ENTERQUEUE||1|1\n{at + 40}|pbx-{at}.7|q|NONE|ABANDON|1|1|40\n"
        for at in (first, second)
    )
    made = read_queue_log_table([as_table(text, "Europe/Berlin")], "Europe/Berlin").contacts
    assert [int(moment.timestamp()) for moment in made.start] == [first, second]
    assert made.wait_s.tolist() == [40, 40]


def test_times_of_a_table_may_have_a_zone_or_be_epochs():
    """As a reader of databases gives them, and as old versions wrote them."""
    text = log("0|c|q|NONE|ENTERQUEUE||1|1", "3|c|q|NONE|ABANDON|1|1|3")
    table = as_table(text, "UTC")
    aware = table.assign(time=pd.to_datetime(table["time"], utc=True))
    epoch = table.assign(time=[str(T), str(T + 3)])
    naive = table.assign(time=pd.to_datetime(table["time"]))
    for each in (aware, epoch, naive):
        made = read_queue_log_table([each], "UTC").contacts
        assert int(made.start[0].timestamp()) == T
        assert made.abandoned.tolist() == [1]


def test_a_table_without_the_columns_of_the_log_is_refused():
    """The columns that are there are named, and what to do."""
    with pytest.raises(
        DataError, match=r"cdr: has no column callid, queuename, event; it has time, src; select the columns"
    ):
        read_queue_log_table([pd.DataFrame({"time": ["2026-01-05"], "src": ["1"]})], "UTC", label="cdr")
