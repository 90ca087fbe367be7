"""What the columns of a file are taken for, and what is asked because their titles do not say it."""

from __future__ import annotations

import pytest

from configs.errors import DataError
from staffcurve.importing.look import proposed


def look(tmp_path, head, *rows, times=8):
    """Propose for a file with these rows, at eight days."""
    lines = [row.replace("DAY", f"2026-01-{5 + day:02d}") for day in range(times) for row in rows]
    file = tmp_path / "calls.csv"
    file.write_text("\n".join([*([head] if head else []), *lines]) + "\n", encoding="utf-8")
    return proposed(file, "calls.csv", {})


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Calls Offered", "volume"),
        ("Inbound", "volume"),
        ("IncomingContactVolume", "volume"),
        ("Appels entrants", "volume"),
        ("Llamadas recibidas", "volume"),
        ("Anrufe", "volume"),
        ("Total Calls", "volume"),
    ],
)
def test_contacts_offered_are_found_by_their_title(tmp_path, title, role):
    """In the words of several systems and languages, next to what is no count of contacts."""
    made = look(tmp_path, f"Date,Time,Agents,{title},Service Level %", "DAY,09:00,7,30,80", "DAY,09:30,8,31,90")
    assert made.settings["columns"] == {"date": "Date", "time": "Time", role: title}
    assert made.questions == ()


@pytest.mark.parametrize(
    "title", ["Calls Answered", "Abandoned calls", "Avg calls per agent", "Calls within 20 seconds", "Outbound calls"]
)
def test_other_counts_are_not_contacts_offered(tmp_path, title):
    """A column with such a title next to a nameless count is not taken for them in silence."""
    made = look(tmp_path, f"Start,{title},X1,X2", "DAY 09:00,30,1,2", "DAY 09:30,31,4,3")
    assert [question.key for question in made.questions] == ["history.columns.volume"]


@pytest.mark.parametrize("title", ["AHT", "Answered", "Outbound calls", "Service Level %", "Agents", "Forecast calls"])
def test_the_only_numbers_are_not_contacts_offered_where_their_title_says_otherwise(tmp_path, title):
    """It is asked what is; that each row is a contact may be the answer."""
    made = look(tmp_path, f"Start,{title}", "DAY 09:00,30", "DAY 09:30,31")
    (question,) = made.questions
    assert question.key == "history.columns.volume"
    assert made.settings["columns"].get("volume") is None


def test_intervals_at_dates_with_dots_are_not_taken_for_single_contacts(tmp_path):
    """05.01. is a day, not five past something: the contacts are asked for, not counted row by row."""
    file = tmp_path / "calls.csv"
    rows = [f"{5 + day:02d}.01.26 {hour:02d}:00;{hour * 3}" for day in range(8) for hour in range(9, 17)]
    file.write_text("\n".join(["Beginn;Menge", *rows]) + "\n", encoding="utf-8")
    made = proposed(file, "calls.csv", {})
    assert "rows" not in made.settings
    assert made.settings["columns"] == {"start": "Beginn", "volume": "Menge"}


def test_several_columns_of_counts_may_be_a_channel_each(tmp_path):
    """That is one of the answers, and then it is what is read."""
    (question,) = look(tmp_path, "Start,Sales,Billing", "DAY 09:00,30,3", "DAY 09:30,31,4").questions
    assert question.options()[-1] == (
        """--set 'history.wide={ across = "channels" }'""", "all of them: each column is a channel",
    )  # fmt: skip
    made = proposed(tmp_path / "calls.csv", "calls.csv", {"wide": {"across": "channels"}})
    assert (made.questions, made.settings) == ((), {"wide": {"across": "channels"}})


def test_counts_that_are_all_thousands_or_all_fractions_are_asked_about(tmp_path):
    """1.234 contacts in every row: a thousand, or a fraction with three decimals."""
    (question,) = look(tmp_path, "Start,Calls", "DAY 09:00,1.234", "DAY 09:30,2.345").questions
    assert question.options() == [
        ("""--set 'history.thousands="."'""", "1.234 is 1,234"),
        ("""--set 'history.thousands=""'""", "1.234 has three decimals"),
    ]
    assert look(tmp_path, "Start,Calls", "DAY 09:00,1.234", "DAY 09:30,0.345").questions == ()


@pytest.mark.parametrize(
    ("hours", "first"), [(range(8, 18), 0), (range(24), 0), (range(1, 25), 1), (range(1, 12), 0)]
)  # fmt: skip
def test_a_column_of_hours_is_read_as_a_clock_shows_them(tmp_path, hours, first):
    """8 is eight o'clock; only hours that count to 24 begin with 1 at midnight."""
    made = look(tmp_path, "Date,Hour,Calls", *[f"DAY,{hour},{hour * 7}" for hour in hours])
    assert (made.settings["period"], made.settings["first_period"]) == ("1h", first)
    assert made.questions == ()


def test_numbers_of_intervals_are_known_from_a_whole_day_only(tmp_path):
    """Numbers 19 to 34 may be half hours from nine, or others: length and first number are asked."""
    whole = look(tmp_path, "Date,Interval,Calls", *[f"DAY,{at},{at * 7}" for at in range(1, 49)])
    assert (whole.settings["period"], whole.settings["first_period"], whole.questions) == ("30min", 1, ())
    part = look(tmp_path, "Date,Interval,Calls", *[f"DAY,{at},{at * 7}" for at in range(19, 35)])
    assert [question.key for question in part.questions] == ["history.period", "history.first_period"]


def test_utc_in_the_title_of_the_times_or_in_a_column_of_zones_is_the_zone(tmp_path):
    """Nothing else says so where the times have no offset."""
    assert look(tmp_path, "Start (GMT),Calls", "DAY 09:00,3", "DAY 09:30,4").settings["timezone"] == "UTC"
    assert look(tmp_path, "Start,TZ,Calls", "DAY 09:00,utc,3", "DAY 09:30,UTC,4").settings.get("timezone") == "UTC"
    assert "timezone" not in look(tmp_path, "Start,TZ,Calls", "DAY 09:00,CET,3", "DAY 09:30,CET,4").settings


def test_two_columns_that_say_the_same_are_asked_about(tmp_path):
    """Each with some of its values, and the option that names it."""
    (question,) = look(tmp_path, "Start,Calls offered,Chats offered", "DAY 09:00,30,3", "DAY 09:30,31,4").questions
    assert question.options() == [
        ("""--set 'history.columns.volume="Calls offered"'""", "30, 31"),
        ("""--set 'history.columns.volume="Chats offered"'""", "3, 4"),
    ]


def test_handled_contacts_alone_are_asked_about(tmp_path):
    """Offered ones are those handled and those abandoned, or nothing is known of the others."""
    (question,) = look(tmp_path, "Start,Answered,Abandoned", "DAY 09:00,30,3", "DAY 09:30,31,4").questions
    assert question.key == "history.columns.volume"
    assert [choice.value for choice in question.choices] == [("Answered", "Abandoned"), "Answered"]


def test_numbers_without_titles_are_asked_about(tmp_path):
    """A file without a header says which column holds the times, and of one column of numbers what it is."""
    one = look(tmp_path, "", "Sales,DAY 09:00,30", "Sales,DAY 09:30,31")
    assert one.settings["columns"] == {"start": 2, "volume": 3, "queue": 1}
    two = look(tmp_path, "", "DAY 09:00,30,250", "DAY 09:30,31,260")
    assert [question.key for question in two.questions] == ["history.columns.volume"]
    assert [choice.value for choice in two.questions[0].choices] == [2, 3]


def test_parts_of_the_handle_time_are_added_up_unless_the_whole_is_there(tmp_path):
    """Talk, hold and after-call time; a mean is preferred to a total."""
    parts = look(tmp_path, "Start,Calls,Avg Talk,Avg Hold,Avg ACW", "DAY 09:00,30,200,10,20", "DAY 09:30,31,210,11,21")
    assert parts.settings["columns"]["aht_s"] == ("Avg Talk", "Avg Hold", "Avg ACW")
    whole = look(
        tmp_path, "Start,Calls,Talk Time,Total Handle Time,AHT", "DAY 09:00,30,200,6900,230", "DAY 09:30,31,1,1,1"
    )
    assert whole.settings["columns"]["aht_s"] == "AHT"
    assert "aht" not in whole.settings


@pytest.mark.parametrize(
    ("title", "stated"),
    [
        ("Total handle time", {"is": "total"}),
        ("Handle time (ms)", {"unit": "ms"}),
        ("AHT (min)", {"unit": "min", "is": "mean"}),
        ("AHT", None),
        ("Avg handle time (sec)", None),
    ],
)
def test_unit_and_kind_of_the_handle_time_are_stated_where_the_title_says_them(tmp_path, title, stated):
    """Seconds and means are what is read without a word."""
    made = look(tmp_path, f"Start,Calls,{title}", "DAY 09:00,30,200", "DAY 09:30,31,210")
    assert made.settings.get("aht") == stated


def test_groups_of_rows_are_found(tmp_path):
    """Queue, medium, language and site each have a column."""
    made = look(
        tmp_path,
        "Start,Queue Name,Media Type,Language,Site,Calls",
        "DAY 09:00,A,voice,en,X,3",
        "DAY 09:30,B,voice,en,X,4",
    )
    assert made.settings["columns"] == {
        "start": "Start", "volume": "Calls", "queue": "Queue Name", "media": "Media Type", "language": "Language", "site": "Site",
    }  # fmt: skip


def test_a_proven_order_of_dates_is_written_down(tmp_path):
    """The next file may have no day above 12; where both orders fit, nothing is."""
    file = tmp_path / "calls.csv"
    file.write_text("Date,Calls\n12/01/2026,5\n13/01/2026,6\n", encoding="utf-8")
    assert proposed(file, "calls.csv", {}).settings["date_format"] == "dmy"
    file.write_text("Date,Calls\n11/01/2026,5\n12/01/2026,6\n", encoding="utf-8")
    assert "date_format" not in proposed(file, "calls.csv", {}).settings


@pytest.mark.parametrize("cells", ["17676036x0,5", "timestamp,calls", "1767603600,"])
def test_a_damaged_cell_among_seconds_since_1970_is_left_to_the_reader(tmp_path, cells):
    """The column is still taken for times; the reader names the row."""
    rows = [f"{1767603600 + 1800 * at},{at}" for at in range(100)]
    made = look(tmp_path, "timestamp,calls", *rows, cells, times=1)
    assert made.settings["date_format"] == "epoch"
    assert made.settings["columns"] == {"start": "timestamp", "volume": "calls"}


def test_a_row_a_contact_is_told_by_its_times(tmp_path):
    """At odd seconds, with nothing that counts contacts; outcomes are sorted by what they say."""
    made = look(
        tmp_path,
        "Id,Created,Answered at,Ended at,Direction,Queue",
        "1,DAY 09:01:07,DAY 09:01:20,DAY 09:05:31,inbound,Sales",
        "2,DAY 09:13:44,,DAY 09:14:02,outbound,Sales",
    )
    assert made.settings["rows"] == "contacts"
    assert made.settings["outcomes"]["ignored"] == ["outbound"]
    columns = made.settings["columns"]
    assert (columns["start"], columns["answered"], columns["end"]) == ("Created", "Answered at", "Ended at")


def test_a_file_without_dates_is_told_with_its_columns(tmp_path):
    """Nothing can be planned from it, so nothing is asked."""
    with pytest.raises(DataError) as caught:
        look(tmp_path, "Index,Incoming Calls,Answer Rate", "1,30,94%", "2,31,95%")
    assert str(caught.value) == (
        "calls.csv: no column holds dates; export the date and time of each row, or name the column: "
        "history.columns.start; columns found: Index, Incoming Calls, Answer Rate"
    )


def test_numbers_that_count_up_are_not_contacts(tmp_path):
    """Those of tickets, whatever their title: that each row is a contact may be the answer."""
    made = look(tmp_path, "Ticket,Created", *[f"{7000 + at},DAY" for at in range(20)], times=1)
    (question,) = made.questions
    assert question.choices[-1].key == "history.rows"
    assert "volume" not in made.settings["columns"]


def test_a_handle_time_that_cannot_be_read_is_not_passed_over(tmp_path):
    """The reader names its cells; without it the plan would miss it in silence."""
    made = look(tmp_path, "Start,Calls,AHT", "DAY 09:00,30,four min", "DAY 09:30,31,five min")
    assert made.settings["columns"]["aht_s"] == "AHT"
