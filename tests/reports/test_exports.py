"""Files for other systems: their totals are those of the roster, their lines those of the documented formats."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

import reports
from configs.errors import ConfigError
from configs.files import read_table
from configs.loader import build
from configs.tables import PAYROLL, SEGMENTS
from reports.exports import forecasts
from reports.exports.payroll import payroll
from reports.exports.segments import segments
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


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_genesys_takes_utc_quarter_hours_with_its_headings(run) -> None:
    """A row for each channel and quarter hour; Monday 09:00 in London is 09:00 UTC, with 4 contacts."""
    rows = rows_of(forecasts.genesys(run))
    assert rows[0] == ["Interval Start UTC Date", "Planning Group", "Offered", "Average Handle Time"]
    assert len(rows) == 1 + 3 * 672
    phone = next(row for row in rows if row[:2] == ["2026-11-30T09:00:00.000Z", "phone"])
    table = run.forecast.table.set_index(["channel", "start"])
    wanted = table.loc[("phone", pd.Timestamp("2026-11-30T09:00Z"))]
    assert float(phone[2]) == pytest.approx(wanted["volume"], abs=0.005)
    assert float(phone[3]) == pytest.approx(wanted["aht_s"], abs=0.005)


def test_amazon_connect_takes_voice_and_chat(run) -> None:
    """Seven columns, 15mins, e-mail left out, the queue id for the user to fill."""
    rows = rows_of(forecasts.amazon_connect(run))
    assert rows[0][:3] == ["QueueName", "QueueId", "ChannelType"]
    assert {tuple(row[:3]) for row in rows[1:]} == {("phone", "", "VOICE"), ("chat", "", "CHAT")}
    assert {row[4] for row in rows[1:]} == {"15mins"}
    assert rows[1][3] == "2026-11-30T00:00:00Z"


def test_calabrio_takes_local_times_sorted_by_skill_without_headings(run) -> None:
    """Seven fields, six for e-mail, whose staff it refuses; the agents are those required."""
    rows = rows_of(forecasts.calabrio(run))
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    assert {(row[0], len(row)) for row in rows} == {("chat", 7), ("email", 6), ("phone", 7)}
    lunch = next(row for row in rows if row[:3] == ["phone", "20261201 12:30", "20261201 12:45"])
    assert lunch[6] == "2"


def test_the_exports_asked_for_stand_in_their_folder(tmp_path) -> None:
    """Named in the config, read back by their contracts; none is written where none is asked for."""
    run = small_run()
    reports.write(run, tmp_path / "none", ["csv"])
    assert not (tmp_path / "none" / "exports").exists()
    names = ["payroll", "segments", "genesys", "amazon-connect", "calabrio"]
    asked = replace(run, config=build(SMALL | {"reports": {"exports": names}}))
    written = reports.write(asked, tmp_path / "all", ["csv"])
    assert [path.name for path in written if path.parent.name == "exports"] == [f"{name}.csv" for name in names]
    for table in (PAYROLL, SEGMENTS):
        read = read_table(tmp_path / "all" / "exports" / f"{table.name}.csv", table, zone="Europe/London").frame
        assert len(read) > len(run.roster.table)


def test_an_interval_a_system_does_not_take_is_told() -> None:
    """Hours, for one that takes quarter hours."""
    raw = SMALL | {"plan": SMALL["plan"] | {"interval": "60min"}, "reports": {"exports": ["genesys"]}}
    with pytest.raises(ConfigError, match=r'"genesys" takes intervals of 15 min; plan\.interval is 60 min'):
        build(raw)
