"""Rows of a history become channels by their sources: queues, media, files and any other column, added up or refused."""

import csv
from pathlib import Path
from unicodedata import normalize

import pytest

from configs.errors import DataError
from forecast import read_history
from forecast.data.account import LeftOut
from tests.forecast.test_week import BASE, config_of

HEAD = "Start,Queue,Media,Region,Calls,Answered,AHT"
ROWS = (
    ("Sales north", "VOICE", "n", 10, 8, 100),
    ("Sales south", "VOICE", "s", 4, 4, 400),
    ("Orders", "voice", "n", 6, 5, 200),
    ("Orders", "CHAT", "n", 3, 3, 600),
    ("Back office", "EMAIL", "s", 7, 7, 900),
)
COLUMNS = {
    "start": "Start",
    "volume": "Calls",
    "handled": "Answered",
    "aht_s": "AHT",
    "queue": "Queue",
    "media": "Media",
}
PHONE = {"queue": ["sales*", "Orders"], "media": "voice"}


def text_of(rows=ROWS, hours=4) -> str:
    """Every row once an hour of a Monday."""
    lines = [f"2026-06-01T{9 + hour:02d}:00Z,{','.join(map(str, row))}" for hour in range(hours) for row in rows]
    return "\n".join([HEAD, *lines]) + "\n"


def config(folder: Path, sources: dict, **history):
    """A config with a channel for each source; None is a channel without one."""
    channels = {
        name: {"kind": "synchronous"} | ({} if source is None else {"source": source})
        for name, source in sources.items()
    }
    rules = {"path": "calls.csv", "columns": COLUMNS, "max_missing": 1.0, "aht": {"unit": "s", "is": "mean"}}
    return config_of(folder, history={**rules, **history}, channels=channels)


def faults_of(folder: Path, sources: dict, **history) -> list[str]:
    with pytest.raises(DataError) as caught:
        read_history(config(folder, sources, **history))
    return [str(fault) for fault in caught.value.faults]


def test_rows_of_several_queues_are_added_up_and_handle_times_weighted(tmp_path):
    """Three queues by voice are one channel: calls are summed, handle times are means over calls answered."""
    (tmp_path / "calls.csv").write_text(text_of())
    history = read_history(config(tmp_path, {"phone": PHONE, "chat": {"media": "chat"}}))
    phone, chat = history.channel("phone"), history.channel("chat")
    assert phone.volume.tolist() == [20.0] * 4
    assert phone.handled.tolist() == [17.0] * 4
    assert phone.aht_s.round(6).tolist() == [round((8 * 100 + 4 * 400 + 5 * 200) / 17, 6)] * 4
    assert chat.volume.tolist() == [3.0] * 4


def test_rows_of_no_channel_are_counted_with_their_contacts(tmp_path):
    """What no source takes is named by the columns of the sources, and the books of the file stay exact."""
    (tmp_path / "calls.csv").write_text(text_of())
    history = read_history(config(tmp_path, {"phone": PHONE}))
    (account,) = history.files
    assert (account.rows, account.contacts) == (20, 120.0)
    assert account.left_out == (LeftOut("channel", 8, 40.0),)
    assert account.used_contacts == history.table.volume.sum() == 80.0
    assert (
        'calls.csv: 8 rows (40 contacts) are of no channel and were left out: queue "Back office" media "EMAIL" '
        '(28 contacts), queue "Orders" media "CHAT" (12 contacts)'
    ) in map(str, history.notes)


def test_any_column_of_the_file_may_be_a_condition(tmp_path):
    """A column that is none of ours selects rows too, and tells rows apart."""
    (tmp_path / "calls.csv").write_text(text_of())
    sources = {"north": {"Region": "N"}, "south": {"Region": "s"}}
    history = read_history(config(tmp_path, sources))
    with (tmp_path / "calls.csv").open() as file:
        rows = list(csv.DictReader(file))
    for name, region in (("north", "n"), ("south", "s")):
        assert history.channel(name).volume.sum() == sum(int(row["Calls"]) for row in rows if row["Region"] == region)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_an_umlaut_is_the_same_as_one_character_and_as_two(form, tmp_path):
    """A queue, and a file copied from another system, are found however their accents and capitals are written."""
    other = {"NFC": "NFD", "NFD": "NFC"}[form]
    (tmp_path / "data").mkdir()
    text = text_of([("Kundengespräche Süd", "VOICE", "s", 4, 4, 400)])
    (tmp_path / "data" / normalize(form, "München.csv")).write_text(normalize(form, text))
    for source in ({"queue": "KUNDENGESPRÄCHE*"}, {"file": "münchen"}):
        asked = {key: normalize(other, value) for key, value in source.items()}
        history = read_history(config(tmp_path, {"phone": asked}, path="data"))
        assert history.table.volume.sum() == 16


def test_a_row_of_two_channels_is_refused(tmp_path):
    """Both channels are named, with the first row and how many there are."""
    (tmp_path / "calls.csv").write_text(text_of())
    (fault,) = faults_of(tmp_path, {"phone": PHONE, "orders": {"queue": "ORD*"}})
    assert fault == (
        'calls.csv row 4: is of channel "phone" and of channel "orders" (4 rows are); '
        "narrow channels.phone.source or channels.orders.source so that a row is of one channel"
    )


def test_a_source_without_a_row_names_what_is_there(tmp_path):
    """The texts found, with their contacts, the most first."""
    (tmp_path / "calls.csv").write_text(text_of())
    (fault,) = faults_of(tmp_path, {"phone": {"queue": "Sails*"}})
    assert fault == (
        'channels.phone.source: no row of calls.csv has queue "Sails*"; queue found: "Sales north" (40 contacts), '
        '"Orders" (36 contacts), "Back office" (28 contacts), "Sales south" (16 contacts)'
    )


def test_a_source_of_no_column_names_the_columns(tmp_path):
    """A misspelt key is told with the nearest column; a dimension with the setting that states its column."""
    (tmp_path / "calls.csv").write_text(text_of())
    found = "columns found: Start, Queue, Media, Region, Calls, Answered, AHT"
    assert faults_of(tmp_path, {"phone": {"Regoin": "n"}, "chat": {"site": "n"}}) == [
        f'channels.phone.source: calls.csv has no column "Regoin"; did you mean "Region"?; {found}',
        f'channels.chat.source: calls.csv has no column "site"; history.columns.site states which column it is; {found}',
    ]


def test_without_a_source_the_queue_must_be_called_like_the_channel(tmp_path):
    """Capitals do not matter; a channel that no queue is called after gets the line to write."""
    (tmp_path / "calls.csv").write_text(text_of())
    history = read_history(config(tmp_path, {"orders": None, "back office": None}))
    assert history.channel("orders").volume.tolist() == [9.0] * 4
    (fault,) = faults_of(tmp_path, {"orders": None, "phone": None})
    assert fault == (
        'calls.csv: has no queue "phone"; found: "Sales north" (40 contacts), "Orders" (36 contacts), '
        '"Back office" (28 contacts), "Sales south" (16 contacts); state which are its own, such as '
        'channels.phone.source = { queue = ["Sales north", "Orders", "Back office"] }'
    )


def test_only_rows_equal_in_every_dimension_are_the_same_twice(tmp_path):
    """By default a second row of one queue, medium and start is refused; another queue or medium is added."""
    row = "2026-06-01T09:00Z,Orders,voice,n,5,5,200\n"
    (tmp_path / "calls.csv").write_text(text_of() + row)
    assert faults_of(tmp_path, {"phone": PHONE})[0].startswith(
        'calls.csv row 22: channel "phone" at 2026-06-01 10:00 is already in calls.csv row 4; keep one'
    )
    with_sum = read_history(config(tmp_path, {"phone": PHONE}, duplicates="sum"))
    assert with_sum.table.volume.tolist() == [25.0, 20.0, 20.0, 20.0]
    the_last = read_history(config(tmp_path, {"phone": PHONE}, duplicates="last"))
    assert the_last.table.volume.tolist() == [19.0, 20.0, 20.0, 20.0]


def test_files_are_channels_by_their_names(tmp_path):
    """Each text of a source is a stream: two sites are added up, two exports of one site that overlap are not."""
    data = tmp_path / "data"
    data.mkdir()
    plain = "start,volume\n2026-06-01T09:00Z,{}\n2026-06-01T10:00Z,{}\n"
    for name, first, second in (("london", 5, 6), ("leeds_may", 1, 2), ("leeds_june", 1, 2), ("mail", 8, 9)):
        (data / f"{name}.csv").write_text(plain.format(first, second))
    sources = {"phone": {"file": ["london.csv", "leeds*"]}, "mail": None}
    history = read_history(config(tmp_path, sources, path="data", columns={}))
    assert history.channel("phone").volume.tolist() == [6.0, 8.0]
    assert history.channel("mail").volume.tolist() == [8.0, 9.0]
    assert sum(account.used_contacts for account in history.files) == history.table.volume.sum()
    (data / "leeds_june.csv").write_text(plain.format(1, 3))
    assert (
        'channel "phone" at 2026-06-01 11:00 is already in leeds_june.csv row 3'
        in faults_of(tmp_path, sources, path="data", columns={})[0]
    )


def test_a_history_with_channels_by_name_is_read_as_before(tmp_path):
    """A channel column decides where there is one; channels that are not planned are told by name."""
    text = "channel,start,volume\nphone,2026-06-01T09:00Z,3\nfax,2026-06-01T09:00Z,1\nphone,2026-06-01T10:00Z,4\n"
    history = read_history(config_of(tmp_path, text, history={**BASE["history"], "max_missing": 1.0}))
    assert history.table.volume.tolist() == [3.0, 4.0]
    assert 'history.csv: channel "fax" (1 rows, 1 contacts) is not in the config and was left out' in map(
        str, history.notes
    )
