"""Files for other systems: their totals are those of the roster, their lines those of the documented formats."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
import pytest

from configs.errors import ConfigError
from configs.files import read_table
from configs.loader import build
from configs.tables import PAYROLL, SEGMENTS
from reports.exports import amazon_connect, calabrio, genesys
from reports.exports.numbers import whole
from reports.exports.payroll import payroll
from reports.exports.segments import segments
from staffcurve.run_folder.formats import write_reports
from tests.reports.export_runs import export_run, files_of
from tests.reports.runs import SMALL, small_run


def test_the_payroll_adds_up_to_what_the_roster_pays(run) -> None:
    """Wages 1,296 under the code normal, 90 under night: to the cent the roster's cost, shift by shift."""
    table = payroll(run)
    assert table.groupby("code")["amount"].sum().to_dict() == pytest.approx({"normal": 1296.0, "night": 90.0})
    by_shift = table.groupby(["agent", "start"])["amount"].sum()
    for row in run.roster.table.to_dict("records"):
        assert by_shift[row["agent"], row["start"]] == pytest.approx(row["cost"])
    assert (table["hours"] * table["rate"]).tolist() == pytest.approx(table["amount"].tolist())


def test_a_night_is_told_by_hand(run) -> None:
    """22:00 to 06:00 with an unpaid half hour: 7.5 h at 16, the same 7.5 h at a quarter of it."""
    rows = payroll(run)
    first = rows[(rows["agent"] == "A002")].iloc[:2]
    assert first[["code", "hours", "rate", "amount"]].to_numpy().tolist() == [
        ["normal", 7.5, 16.0, 120.0],
        ["night", 7.5, 4.0, 30.0],
    ]


def test_two_premiums_of_one_name_are_one_code() -> None:
    """Night as two spans, 22 to 24 and 0 to 6: hours and amount are those of one span."""
    halves = [
        {"name": "night", "from": "22:00", "to": "24:00", "add": 0.25},
        {"name": "night", "from": "00:00", "to": "06:00", "add": 0.25},
    ]
    whole = small_run()
    split = replace(whole, config=build(SMALL | {"costs": {"premiums": halves}}))
    pd.testing.assert_frame_equal(payroll(split), payroll(whole))


def test_an_hour_of_two_premiums_of_one_name_counts_once_and_pays_both() -> None:
    """Night at a quarter, and a tenth more from 0 to 4: 7.5 paid hours; 3.5 of them have both."""
    both = [
        {"name": "night", "from": "22:00", "to": "06:00", "add": 0.25},
        {"name": "night", "from": "00:00", "to": "04:00", "add": 0.10},
    ]
    rows = payroll(replace(small_run(), config=build(SMALL | {"costs": {"premiums": both}})))
    night = rows[(rows["agent"] == "A002") & (rows["code"] == "night")].iloc[0]
    assert night["hours"] == 7.5
    assert night["amount"] == pytest.approx(7.5 * 16 * 0.25 + 3.5 * 16 * 0.10)
    assert night["hours"] * night["rate"] == pytest.approx(night["amount"])


@pytest.mark.parametrize("first", [date(2026, 11, 30), date(2026, 10, 24), date(2027, 3, 27)])
def test_segments_fill_each_shift_and_pay_its_hours(first: date) -> None:
    """Pieces follow one another without a gap, also when the clock changes; paid ones add up to the paid hours."""
    run = small_run(first=first)
    table = segments(run)
    for row in run.roster.table.to_dict("records"):
        own = table[
            (table["agent"] == row["agent"]) & table["start"].between(row["start"], row["end"], inclusive="left")
        ]
        assert own["start"].tolist()[0] == row["start"]
        assert own["end"].tolist()[-1] == row["end"]
        assert own["start"].tolist()[1:] == own["end"].tolist()[:-1]
    paid = table[table["paid"] == "yes"]["hours"].sum()
    if first.weekday() == 0:
        assert paid == pytest.approx(run.roster.table["paid_h"].sum())
        assert table.groupby("activity")["hours"].sum()["break"] == pytest.approx(8 * 0.5)


def texts(export, run) -> dict[str, str]:
    """Text of every file an export writes, by its path in the folder."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        return {path.relative_to(home).as_posix(): path.read_bytes().decode() for path in export.write(run, home)}


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_genesys_takes_utc_quarter_hours_with_its_headings(run) -> None:
    """A row for each channel and quarter hour; Monday 09:00 in London is 09:00 UTC, with 4 contacts."""
    rows = rows_of(texts(genesys, run)["genesys.csv"])
    assert rows[0] == ["Interval Start UTC Date", "Planning Group", "Offered", "Average Handle Time"]
    assert len(rows) == 1 + 3 * 672
    phone = next(row for row in rows if row[:2] == ["2026-11-30T09:00:00.000Z", "phone"])
    table = run.forecast.table.set_index(["channel", "start"])
    wanted = table.loc[("phone", pd.Timestamp("2026-11-30T09:00Z"))]
    assert float(phone[2]) == pytest.approx(wanted["volume"], abs=0.005)
    assert float(phone[3]) == pytest.approx(wanted["aht_s"], abs=0.005)


def test_amazon_connect_takes_voice_and_chat(run) -> None:
    """Seven columns, 15mins, e-mail left out, the queue id for the user to fill."""
    rows = rows_of(texts(amazon_connect, run)["amazon-connect.csv"])
    assert rows[0][:3] == ["QueueName", "QueueId", "ChannelType"]
    assert {tuple(row[:3]) for row in rows[1:]} == {("phone", "", "VOICE"), ("chat", "", "CHAT")}
    assert {row[4] for row in rows[1:]} == {"15mins"}
    assert rows[1][3] == "2026-11-30T00:00:00Z"


def test_calabrio_takes_local_times_sorted_by_skill_without_headings(run) -> None:
    """Seven fields, six for e-mail, whose staff it refuses; the agents are those required."""
    rows = rows_of(texts(calabrio, run)["calabrio.csv"])
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    assert {(row[0], len(row)) for row in rows} == {("chat", 7), ("email", 6), ("phone", 7)}
    lunch = next(row for row in rows if row[:3] == ["phone", "20261201 12:30", "20261201 12:45"])
    assert lunch[6] == "2"


def test_the_exports_asked_for_stand_in_their_folder(tmp_path) -> None:
    """Named in the config, read back by their contracts; none is written where none is asked for."""
    run = small_run()
    write_reports(run, tmp_path / "none", ["csv"])
    assert not (tmp_path / "none" / "exports").exists()
    names = ["payroll", "segments", "genesys", "amazon-connect", "calabrio"]
    asked = replace(run, config=build(SMALL | {"reports": {"exports": names}}))
    written = write_reports(asked, tmp_path / "all", ["csv"])
    assert [path.name for path in written if path.parent.name == "exports"] == [f"{name}.csv" for name in names]
    for table in (PAYROLL, SEGMENTS):
        read = read_table(tmp_path / "all" / "exports" / f"{table.name}.csv", table, zone="Europe/London").frame
        assert len(read) > len(run.roster.table)


def test_an_interval_a_system_does_not_take_is_told() -> None:
    """Hours, for one that takes quarter hours."""
    raw = SMALL | {"plan": SMALL["plan"] | {"interval": "60min"}, "reports": {"exports": ["genesys"]}}
    with pytest.raises(ConfigError, match=r'"genesys" takes intervals of 15 min; plan\.interval is 60 min'):
        build(raw)


@pytest.mark.parametrize("level", [0.0, 0.004, 0.3, 0.5, 1.97, 40.25])
def test_whole_contacts_keep_each_days_sum(level: float) -> None:
    """By hand, the slow way: every count is its volume rounded up or down, every span of a day within one contact."""
    rng = np.random.default_rng(5)
    volumes = rng.gamma(2.0, level / 2.0, 3 * 96) if level else np.zeros(3 * 96)
    counts = whole(volumes, np.repeat(np.arange(3), 96))
    for day in range(3):
        mine, made = volumes[96 * day : 96 * day + 96], counts[96 * day : 96 * day + 96]
        assert made.sum() == int(mine.sum() + 0.5)
        assert np.all((made == np.floor(mine)) | (made == np.ceil(mine)))
        hours = np.abs(made.reshape(24, 4).sum(axis=1) - mine.reshape(24, 4).sum(axis=1))
        assert np.all(hours <= 1.0)


def test_half_a_contact_is_rounded_up_although_sums_of_decimals_fall_short() -> None:
    """0.1 five times is 0.49999999999999994 as floats and half a contact on paper; 0.4999 is none."""
    assert whole(np.full(5, 0.1), np.zeros(5, dtype=int)).sum() == 1
    assert whole(np.array([0.4999]), np.zeros(1, dtype=int)).tolist() == [0]


def test_amazon_connect_gets_whole_contacts(run) -> None:
    """Quarter hours of 1.97 and 0.3 contacts: whole numbers, and each local day has its sum, also that of 25 hours."""
    made = small_run(first=date(2026, 10, 24))
    table = made.forecast.table
    thin = replace(made, forecast=replace(made.forecast, table=table.assign(volume=table["volume"] * 0.49 + 0.3)))
    rows = rows_of(texts(amazon_connect, thin)["amazon-connect.csv"])[1:]
    assert all(row[5].isdigit() for row in rows)
    days = pd.to_datetime(pd.Series([row[3] for row in rows])).dt.tz_convert("Europe/London").dt.date
    sums = pd.Series([int(row[5]) for row in rows]).groupby([[row[0] for row in rows], days]).sum()
    live = thin.forecast.table[thin.forecast.table["channel"] != "email"]
    wanted = live.groupby(["channel", live["start"].dt.tz_convert("Europe/London").dt.date])["volume"].sum()
    assert sums.to_dict() == {key: int(value + 0.5) for key, value in wanted.items()}
    assert set(days.value_counts()) == {2 * 96, 2 * 100}


def imported(text: str) -> list[list[str]]:
    """Cells as Calabrio's last public importer reads them: lines end in CRLF, cells at commas, quotes are letters."""
    assert "\n" not in text.replace("\r\n", "")
    assert '"' not in text
    return [line.split(",") for line in text.split("\r\n")[:-1]]


def clock(text: str) -> datetime:
    return datetime.strptime(text, "%Y%m%d %H:%M")  # noqa: DTZ007 - a clock time


@pytest.mark.parametrize(
    ("zone", "first", "doubled", "last"),
    [
        ("Europe/London", date(2026, 10, 19), ["01:00", "01:15", "01:30", "01:45"], "02:00"),
        ("America/New_York", date(2026, 10, 26), ["01:00", "01:15", "01:30", "01:45"], "02:00"),
        ("Australia/Lord_Howe", date(2027, 3, 29), ["01:30", "01:45"], "02:00"),
    ],
)
def test_calabrio_has_an_hour_that_comes_twice_once(zone: str, first: date, doubled: list[str], last: str) -> None:
    """Its importer copies it to both passes: what they have in common is written, so that the day keeps its sum.

    Volumes of the first pass are 2 and of the second 4: mean 3; handle times 300 and 450 weigh 2 to 4: 400.
    """
    run = small_run(first=first, timezone=zone)
    local, sunday = run.horizon.local, first + timedelta(days=6)
    moments = [m for m in local if m.date() == sunday and f"{m:%H:%M}" in doubled]
    table = run.forecast.table.set_index(["channel", "start"])
    for moment in moments:
        key = ("phone", moment.tz_convert("UTC"))
        table.loc[key, ["volume", "aht_s"]] = (4.0, 450.0) if moment.fold else (2.0, 300.0)
    made = replace(run, forecast=replace(run.forecast, table=table.reset_index()))
    rows = [
        row for row in imported(texts(calabrio, made)["calabrio/phone.csv"]) if row[1].startswith(f"{sunday:%Y%m%d}")
    ]
    assert len(moments) == 2 * len(doubled)
    assert [row[1][9:] for row in rows[: len(rows)] if row[1][9:] in doubled] == doubled
    hit = [row for row in rows if row[1][9:] in doubled]
    assert [row[3:5] for row in hit] == [["3", "400"]] * len(doubled)
    assert hit[-1][2][9:] == last
    for row in rows:
        assert clock(row[2]) - clock(row[1]) == timedelta(minutes=15)
    starts = [row[1] for row in rows]
    assert starts == sorted(set(starts))


def test_calabrio_skips_the_hour_the_clock_skips() -> None:
    """London, 28 March 2027: the quarter before the gap ends at 02:00, and no skipped time is written."""
    run = small_run(first=date(2027, 3, 22))
    rows = imported(texts(calabrio, run)["calabrio/phone.csv"])
    sunday = {row[1][9:]: row[2][9:] for row in rows if row[1].startswith("20270328")}
    assert sunday["00:45"] == "02:00"
    assert not any("01:00" <= start < "02:00" for start in sunday)
    assert not any("01:00" <= end < "02:00" for end in sunday.values())


def test_calabrio_leaves_out_closed_intervals_and_keeps_open_ones_without_contacts(run) -> None:
    """Chat is open from nine to one; nobody wants to chat from ten to eleven on Monday, and all of Sunday."""
    table = run.forecast.table
    local = table["start"].dt.tz_convert("Europe/London")
    chat, sunday = table["channel"] == "chat", local.dt.day_of_week == 6
    open_now = chat & local.dt.hour.between(9, 12)
    quiet = sunday | (local.dt.day_of_week == 0) & (local.dt.hour == 10)
    volume = table["volume"].where(~chat, np.where(open_now & ~quiet, 4.0, 0.0))
    made = replace(run, forecast=replace(run.forecast, table=table.assign(volume=volume)))
    made.requirement.table.loc[made.requirement.table["channel"] == "chat", "agents"] = 0.0
    rows = imported(texts(calabrio, made)["calabrio/chat.csv"])
    assert len(rows) == 6 * 16
    assert {row[1][9:11] for row in rows} == {"09", "10", "11", "12"}
    assert [row[3] for row in rows if row[1].startswith("20261130 10")] == ["0"] * 4


def test_calabrio_has_a_file_for_each_skill_beside_the_one_of_all(tmp_path) -> None:
    """The desktop import takes one skill a file; together they are the file of all, byte by byte."""
    run = small_run()
    asked = replace(run, config=build(SMALL | {"reports": {"exports": ["calabrio"]}}))
    write_reports(asked, tmp_path, ["csv"])
    home = tmp_path / "exports"
    whole_file = (home / "calabrio.csv").read_bytes()
    assert b"\r\n" in whole_file
    parts = {path.name: path.read_bytes() for path in (home / "calabrio").iterdir()}
    assert set(parts) == {"chat.csv", "email.csv", "phone.csv"}
    assert whole_file == b"".join(parts[name] for name in sorted(parts))
    assert {line.split(b",")[0] for line in parts["chat.csv"].splitlines()} == {b"chat"}


@pytest.mark.parametrize(
    ("export", "channel", "taken"),
    [
        ("calabrio", "Sales, EMEA", False),
        ("calabrio", "a;b", False),
        ("calabrio", 'say "hi"', False),
        ("calabrio", "n" * 51, False),
        ("calabrio", "n" * 50, True),
        ("calabrio", "Sales & EMEA", True),
        ("amazon-connect", "Sales & EMEA", False),
        ("amazon-connect", "Sales (EMEA) no. 1", True),
        ("genesys", 'Sales, "EMEA"', True),
    ],
)
def test_names_a_system_cannot_carry_are_refused(export: str, channel: str, taken: bool) -> None:
    """Before anything is computed, by the key of the channel and with a way out."""
    phone = SMALL["channels"]["phone"]
    contracts = {name: {**each, "skills": [channel]} for name, each in SMALL["contracts"].items()}
    raw = SMALL | {"channels": {channel: phone}, "contracts": contracts, "reports": {"exports": [export]}}
    if taken:
        assert channel in build(raw).channels
        return
    with pytest.raises(ConfigError, match=r"rename the channel, or drop the export") as told:
        build(raw)
    assert [fault.where for fault in told.value.faults] == [f"config: channels.{channel}"]


def test_another_roster_is_another_file_and_the_same_roster_the_same_bytes() -> None:
    """Every export of people: Ann's first shift less changes each file but that of the shift types, which stay."""
    exports = ["teams-shifts", "genesys-schedule", "ukg", "frappe-hr", "payroll-pivot", "adp", "payroll", "segments"]
    run = export_run(exports)
    fewer = replace(run, roster=replace(run.roster, table=run.roster.table.iloc[1:].reset_index(drop=True)))
    made, other = files_of(run), files_of(fewer)
    assert made == files_of(export_run(exports))
    assert {name for name in made if made[name] == other[name]} == {"frappe-hr/shift-type.csv"}
