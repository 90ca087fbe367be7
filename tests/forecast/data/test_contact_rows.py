"""Files with a row a contact: what became of each, what is left out, and the books of it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from configs.errors import DataError
from forecast import read_history
from forecast.data.account import LeftOut
from forecast.data.contacts.facts import SeveralTimes
from tests.forecast.test_week import config_of

COLUMNS = {
    "contact": "id",
    "start": "created",
    "end": "closed",
    "outcome": "result",
    "queue": "team",
    "aht_s": "seconds",
}
HISTORY = {"path": "data", "rows": "contacts", "columns": COLUMNS, "max_missing": 1.0}
HEAD = "id,created,closed,result,team,seconds"
DAY = datetime(2026, 6, 1, 9, tzinfo=UTC)


def ticket(number: int, result: str = "solved", team: str = "Support", closed_min: int | None = 90, seconds: int = 300):
    """A ticket that arrives 10 minutes after the one before."""
    created = DAY + timedelta(minutes=10 * number)
    closed = "" if closed_min is None else f"{created + timedelta(minutes=closed_min):%Y-%m-%dT%H:%MZ}"
    return f"{number},{created:%Y-%m-%dT%H:%MZ},{closed},{result},{team},{seconds}"


def folder_of(path: Path, **files: list[str]) -> Path:
    (path / "data").mkdir(exist_ok=True)
    for name, rows in files.items():
        (path / "data" / f"{name}.csv").write_text("\n".join([HEAD, *rows]) + "\n")
    return path


def history_of(path: Path, kind: str = "deferrable", teams: object = "Support", **changes):
    channel = {"kind": kind, "source": {"queue": teams}}
    if kind == "deferrable":
        channel["target"] = {"within": "24h"}
    plan = {"name": "t", "timezone": "UTC", "interval": "1h"}
    return read_history(config_of(path, plan=plan, history={**HISTORY, **changes}, channels={"mail": channel}))


def test_contacts_are_counted_where_they_arrive_with_their_backlog(tmp_path):
    """Six an hour; open at the start of an hour is what came before and is not closed by then."""
    rows = [ticket(n, closed_min=None if n == 0 else 90) for n in range(18)]
    table = history_of(folder_of(tmp_path, a=rows)).table
    assert table.volume.tolist() == [6.0, 6.0, 6.0]
    assert table.backlog.tolist() == [0.0, 6.0, 9.0]
    assert table.aht_s.tolist() == [300.0] * 3


def test_where_the_end_counts_those_without_an_end_are_in_the_books(tmp_path):
    """A contact that is not closed is counted nowhere; the account says so."""
    rows = [ticket(n, closed_min=None if n % 3 == 0 else 30) for n in range(12)]
    history = history_of(folder_of(tmp_path, a=rows), counting="end")
    (account,) = history.files
    assert account.left_out == (LeftOut("not-ended", 4, 4.0),)
    assert history.table.volume.sum() == account.used_contacts == 8.0


def test_outcomes_say_who_gave_up_and_what_is_no_contact(tmp_path):
    """Capitals do not matter; what is no contact is no arrival; an outcome that is not named is told and counts."""
    results = ("Solved", "LOST", "spam", "solved", "merged", "merged")
    rows = [ticket(n, result) for n, result in enumerate(results)]
    outcomes = {"abandoned": ["lost"], "handled": ["solved"], "ignored": ["Spam"]}
    history = history_of(folder_of(tmp_path, a=rows), "synchronous", outcomes=outcomes)
    assert (history.table.volume.sum(), history.table.abandoned.sum(), history.table.handled.sum()) == (5.0, 1.0, 4.0)
    (account,) = history.files
    assert (account.rows, account.contacts, account.left_out) == (6, 5.0, (LeftOut("ignored", 1, 0.0),))
    notes = list(map(str, history.notes))
    assert "a.csv: 1 rows are not contacts by their result and were left out" in notes
    assert (
        'a.csv: result: "merged" (2) are not named in history.outcomes; these contacts count as handled; '
        "name those that are not under abandoned or ignored"
    ) in notes


def test_rows_of_other_teams_are_left_over(tmp_path):
    """They are counted with their contacts, and the books agree."""
    rows = [ticket(n, team="Support" if n % 2 else "Sales") for n in range(8)]
    history = history_of(folder_of(tmp_path, a=rows))
    (account,) = history.files
    assert account.left_out == (LeftOut("channel", 4, 4.0),)
    assert history.table.volume.sum() == account.used_contacts == 4.0
    said = 'data: 4 rows (4 contacts) are of no channel and were left out: queue "Sales" (4 contacts)'
    assert said in map(str, history.notes)


def test_a_contact_in_two_exports_counts_once(tmp_path):
    """Whole rows given twice are left out, and the books say so."""
    first, again = [ticket(n) for n in range(8)], [ticket(n) for n in range(6, 12)]
    history = history_of(folder_of(tmp_path, a=first, b=again))
    assert history.table.volume.sum() == 12.0
    assert history.files[1].left_out == (LeftOut("repeated", 2, 2.0),)


@pytest.mark.parametrize("rule", ["refuse", "last"])
@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")], ids=["in order", "newest first"])
def test_a_contact_that_changed_between_two_exports_counts_in_its_latest_state(names, rule, tmp_path):
    """Open in one file and closed in the other, or in another team: one contact, with its latest end."""
    first = [ticket(0, closed_min=None), ticket(1, closed_min=30), ticket(2, team="Second", closed_min=None), ticket(3)]
    again = [ticket(0, closed_min=70), ticket(1, closed_min=200), ticket(2, closed_min=80), ticket(3)]
    folder_of(tmp_path, **dict(zip(names, (first, again), strict=True)))
    history = history_of(tmp_path, teams=["Support", "Second"], duplicates=rule, counting="end")
    assert history.table.volume.sum() == 4.0
    assert history.table.set_index("start").volume.loc["2026-06-01 12:00Z"] == 1.0  # the second ticket ends at 12:30
    assert sum(account.used_contacts for account in history.files) == 4.0


def test_a_contact_twice_in_one_file_is_refused(tmp_path):
    """Only the user knows which of two rows of one file counts; in two teams, they are parts and both count."""
    rows = [ticket(6), ticket(7), ticket(6, closed_min=300)]
    folder_of(tmp_path, a=rows)
    with pytest.raises(DataError) as caught:
        history_of(tmp_path)
    assert str(caught.value).startswith(
        'a.csv row 4: contact "6" of channel "mail" at 2026-06-01 10:00 is already in a.csv row 2; keep one'
    )
    assert history_of(tmp_path, duplicates="last").table.volume.sum() == 2.0
    folder_of(tmp_path, a=[ticket(6), ticket(7), ticket(6, team="Second")])
    assert history_of(tmp_path, teams=["Support", "Second"]).table.volume.sum() == 3.0


def test_a_call_that_overflows_within_a_channel_is_told(tmp_path):
    """It enters two queues of one channel: two contacts, and a note; in two channels there is nothing to tell."""
    (tmp_path / "queue_log").write_text(
        "".join(
            f"{1780304400 + 60 * n}|{call}|{queue}|NONE|ENTERQUEUE||0200|1\n"
            f"{1780304400 + 60 * n + 20}|{call}|{queue}|NONE|{end}\n"
            for n, (call, queue, end) in enumerate(
                [
                    ("a.1", "sales", "EXITWITHTIMEOUT|1|1|20"),
                    ("a.1", "orders", "ABANDON|1|1|20"),
                    ("b.1", "sales", "ABANDON|1|1|20"),
                ]
            )
        )
    )
    plan = {"name": "t", "timezone": "UTC", "interval": "1h"}
    history = {"path": "queue_log", "max_missing": 1.0}

    def told(**queues):
        channels = {name: {"kind": "synchronous", "source": {"queue": queue}} for name, queue in queues.items()}
        found = read_history(config_of(tmp_path, plan=plan, history=history, channels=channels))
        return found.table.volume.sum(), [note for note in found.notes if note.code == "several-times"]

    assert told(phone=["sales", "orders"]) == (3.0, [SeveralTimes("phone", 1, 2, 3)])
    assert told(sales="sales", orders="orders") == (3.0, [])


def test_contacts_without_a_number_are_all_different(tmp_path):
    """Two contacts may look alike in every cell."""
    rows = [ticket(1), ticket(1), ticket(2)]
    columns = {name: column for name, column in COLUMNS.items() if name != "contact"}
    assert history_of(folder_of(tmp_path, a=rows), columns=columns).table.volume.sum() == 3.0


def test_a_folder_may_hold_intervals_and_contacts(tmp_path):
    """A file of one system and a file of another are added up, each with its own settings, and the books are exact."""
    from tests.forecast.data.sources import made

    (tmp_path / "data").mkdir()
    made.amazon_connect(tmp_path / "data" / "connect.csv")
    made.freshdesk(tmp_path / "data" / "tickets.csv")
    channel = {"kind": "synchronous", "source": {"queue": ["Claims", "Support"]}}
    plan = {"name": "t", "timezone": "UTC", "interval": "1h"}
    history = read_history(
        config_of(tmp_path, plan=plan, history={"path": "data", "max_missing": 1.0}, channels={"all": channel})
    )
    connect, tickets = history.files
    assert tickets.used_contacts == 20
    assert history.table.volume.sum() == connect.used_contacts + tickets.used_contacts
    assert {note.where for note in history.notes if note.code == "read-as-profile"} == {"connect.csv", "tickets.csv"}
