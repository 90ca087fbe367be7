"""What the columns of an unknown file seem to be."""

from __future__ import annotations

import pytest

from configs.reading.guess import Guess, guessed, holds
from configs.reading.raw import Cells


def guess_of(**columns: list[str]) -> Guess:
    names = {name.replace("__", " "): texts for name, texts in columns.items()}
    return guessed(Cells(tuple(names), names, list(range(2, 2 + len(next(iter(names.values())))))))


def pairs(guess: Guess) -> dict[str, str]:
    return {column.name: column.ours for column in guess.columns if column.ours}


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (["", " ", "-"], "nothing"),
        (["05/01/2026", "06/01/2026"], "dates"),
        (["20260105", "20260106"], "dates"),
        (["05.01.2026 09:00"], "moments"),
        (["1/5/26 8:00:00 AM"], "moments"),
        (["1767603600", "1767605400"], "moments"),
        (["9:00 AM", "9:30 AM"], "times"),
        (["09:00:00", "09:30:00"], "times"),
        (["09:00-09:30"], "spans"),
        (["00:04:31", "00:04:07"], "durations"),
        (["4m 21s"], "durations"),
        (["36", "1.234", "1,5"], "numbers"),
        (["93.1%"], "shares"),
        (["phone", "chat"], "texts"),
    ],
)
def test_what_columns_hold(texts, kind):
    """The cells alone tell dates, times, durations and numbers apart."""
    assert holds(texts) == kind


def test_sums_of_avaya_cms():
    """Times without a whole handle time are its parts; the split is a skill; 930 is a time by its name."""
    guess = guess_of(
        ROW_DATE=["01/05/26", "01/13/26"], STARTTIME=["930", "1000"], SPLIT=["1", "2"], CALLSOFFERED=["3", "4"],
        ACDCALLS=["3", "3"], ABNCALLS=["0", "1"], ACDTIME=["300", "400"], HOLDTIME=["3", "4"], ACWTIME=["30", "40"],
    )  # fmt: skip
    assert guess.names("aht_s") == ("ACDTIME", "HOLDTIME", "ACWTIME")
    assert guess.names("date") == ("ROW_DATE",)
    assert guess.names("time") == ("STARTTIME",)
    assert guess.names("skill") == ("SPLIT",)
    assert [guess.names(name) for name in ("volume", "handled", "abandoned")] == [
        ("CALLSOFFERED",),
        ("ACDCALLS",),
        ("ABNCALLS",),
    ]
    assert guess.missing == ()


def test_a_history_of_amazon_connect():
    """Queue, channel and start by name and content; the handle time is a mean."""
    guess = guess_of(
        QueueName=["a", "b"], QueueId=["x", "y"], ChannelType=["VOICE", "CHAT"], TimeStamp=["2026-01-05T09:00:00Z"] * 2,
        IntervalDuration=["30", "30"], IncomingContactVolume=["3", "5"], AverageHandleTime=["3", "4"],
        ContactsHandled=["3", "5"],
    )  # fmt: skip
    assert pairs(guess) == {
        "QueueName": "queue", "ChannelType": "channel", "TimeStamp": "start", "IncomingContactVolume": "volume",
        "AverageHandleTime": "aht_s", "ContactsHandled": "handled",
    }  # fmt: skip
    assert guess.is_ == "mean"
    assert guess.unused == ("QueueId", "IntervalDuration")


def test_a_view_of_genesys():
    """The start of two moments is the one that does not end; totals are not taken besides the mean."""
    guess = guess_of(
        Interval__Start=["1/5/26 8:00:00 AM"], Interval__End=["1/5/26 8:30:00 AM"], Media__Type=["voice"],
        Offer=["3"], Answer=["3"], Abandon=["1"], Avg__Handle=["231000"], Total__Handle=["1"],
    )  # fmt: skip
    assert pairs(guess) == {
        "Interval Start": "start", "Media Type": "media", "Offer": "volume", "Answer": "handled",
        "Abandon": "abandoned", "Avg Handle": "aht_s",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "unit", "is_"),
    [
        ("Handle time (sec)", "s", None),
        ("AHT (ms)", "ms", "mean"),
        ("Avg handle time (min)", "min", "mean"),
        ("Total handling time", None, "total"),
        ("Handle time", None, None),
    ],
)
def test_units_that_names_state(name, unit, is_):
    """The unit stands in brackets, mean or total in the words."""
    guess = guessed(
        Cells(("start", "volume", name), {"start": ["2026-01-05 09:00"], "volume": ["3"], name: ["271"]}, [2])
    )
    assert (guess.names("aht_s"), guess.unit, guess.is_) == ((name,), unit, is_)


def test_our_own_names():
    """A file with our names is ours, column by column."""
    names = ("channel", "start", "volume", "handled", "aht_s", "abandoned", "wait_s", "backlog")
    cells = {name: ["5"] for name in names} | {"channel": ["phone"], "start": ["2026-01-05T09:00"]}
    assert pairs(guessed(Cells(names, cells, [2]))) == {name: name for name in names}


def test_a_file_without_a_header():
    """Content alone finds the times; which number is the volume nobody can know."""
    guess = guessed(Cells(("1", "2", "3"), {"1": ["05.01.2026"], "2": ["09:00-09:30"], "3": ["36"]}, [1]))
    assert pairs(guess) == {"1": "date", "2": "time"}
    assert guess.missing == ("volume",)


def test_a_file_without_times():
    """A file with names and numbers has no start."""
    assert guess_of(Queue=["a"], Offered=["3"]).missing == ("start",)
