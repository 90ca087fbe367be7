"""Payroll files, each read by its own description: their hours are those of ``payroll.csv``, whatever the settings."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from configs.loader import build
from optimize.roster.schedule.paid_time import breaks_paid
from reports.exports.pay_hours import paid_hours
from reports.exports.payroll import payroll
from tests.reports.export_runs import IDS, export_run, files_of
from tests.reports.export_runs import settings as raw_settings

AGENT_OF = {number: agent for agent, number in IDS.items()}
Hours = dict[tuple[str, str], float]
"""Hours by agent and code."""


def adp(made: dict[str, bytes]) -> Hours:
    """Nine columns; file numbers of six digits; a pair of code and hours is both or neither; nothing is 0."""
    text = made["PRABCEPI.csv"].decode("ascii")
    assert text.count("\n") == text.count("\r\n")
    heads, *rows = csv.reader(io.StringIO(text, newline=""))
    assert heads == [
        "Co Code", "Batch ID", "File #", "Reg Hours", "O/T Hours", "Hours 3 Code", "Hours 3 Amount", "Hours 4 Code",
        "Hours 4 Amount",
    ]  # fmt: skip
    found: Hours = defaultdict(float)
    for company, batch, number, regular, overtime, *pairs in rows:
        assert (company, batch, len(number), len(pairs)) == ("ABC", "wk49", 6, 4)
        agent = AGENT_OF[str(int(number))]
        for code, hours in (("regular", regular), ("overtime", overtime), *zip(pairs[::2], pairs[1::2], strict=True)):
            if code not in {"regular", "overtime"}:
                assert bool(code) == bool(hours)
            if hours:
                assert float(hours) > 0
                found[agent, code] += float(hours)
    return dict(found)


def gusto(made: dict[str, bytes]) -> Hours:
    """Fifteen columns, of which three of hours are filled."""
    heads, *rows = csv.reader(io.StringIO(made["gusto.csv"].decode("utf-8")))
    assert heads == [
        "last_name", "first_name", "title", "gusto_employee_id", "regular_hours", "overtime_hours",
        "double_overtime_hours", "missed_break_hours", "bonus", "commission", "paycheck_tips", "cash_tips",
        "correction_payment", "reimbursement", "personal_note",
    ]  # fmt: skip
    found: Hours = {}
    for row in rows:
        assert row[7:] == [""] * 8
        for code, hours in zip(("regular", "overtime", "double-overtime"), row[4:7], strict=True):
            if hours:
                assert float(hours) > 0
                found[AGENT_OF[row[3]], code] = float(hours)
    return found


def lodas(made: dict[str, bytes]) -> dict[tuple[str, str, str], float]:
    """Sections of an INI file; the fields of a line are those the record description names, in its order."""
    text = made["datev-lodas.txt"].decode("cp1252")
    assert text.count("\n") == text.count("\r\n")
    sections: dict[str, list[str]] = {}
    for line in text.split("\r\n"):
        if line.startswith("["):
            lines = sections[line] = []
        elif line:
            lines.append(line)
    assert list(sections) == ["[Allgemein]", "[Satzbeschreibung]", "[Bewegungsdaten]"]
    head = dict(line.split("=") for line in sections["[Allgemein]"])
    assert head == {
        "Ziel": "LODAS", "BeraterNr": "1103899", "MandantenNr": "62069", "Datumsformat": "TT/MM/JJJJ",
        "Feldtrennzeichen": ";", "Zahlenkomma": ",",
    }  # fmt: skip
    (described,) = sections["[Satzbeschreibung]"]
    number, table, *fields = described.split(";")
    assert table == "u_lod_bwd_buchung_standard"
    found = {}
    for line in sections["[Bewegungsdaten]"]:
        row = dict(zip(fields, line.split(";")[1:], strict=True))
        assert line.startswith(f"{number};")
        assert (row["bs_nr#bwd"], row["kostenstelle#bwd"]) == ("1", "")
        key = (AGENT_OF[row["pnr#bwd"]], row["la_eigene#bwd"], row["abrechnung_zeitraum#bwd"])
        assert key not in found
        assert len(row["bs_wert_butab#bwd"].partition(",")[2]) == 2
        found[key] = float(row["bs_wert_butab#bwd"].replace(",", "."))
    return found


def pivot(made: dict[str, bytes], run) -> Hours:
    """Rows or columns, by the separator, the mark and the encoding of the settings; periods of a person add up."""
    pay = run.config.reports.payroll
    text = made["payroll-pivot.csv"].decode(pay.encoding)
    assert (text.count("\r\n") == text.count("\n")) is (pay.line_end == "crlf")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=pay.separator))
    found: Hours = defaultdict(float)
    for row in rows:
        who = AGENT_OF[row.pop("person")]
        _ = row.pop("name"), row.pop("period")
        cells = [(row["code"], row["hours"])] if pay.layout == "rows" else list(row.items())
        for code, hours in cells:
            if hours:
                assert len(hours.partition(pay.decimal_mark)[2]) == pay.decimals
                found[who, code] += float(hours.replace(pay.decimal_mark, "."))
    return dict(found)


def of_payroll(run, codes: dict[str, str]) -> Hours:
    """Hours of ``payroll.csv`` by agent and code of the program."""
    table = payroll(run).assign(code=lambda rows: rows["code"].map(codes))
    sums = table[table["code"] != ""].groupby(["agent", "code"])["hours"].sum()
    return {key: hours for key, hours in sums.to_dict().items() if hours}


def test_adp_by_hand() -> None:
    """Bob: three nights of 7.5 h, all in Reg Hours and once more under the code of the night premium."""
    made = files_of(export_run(["adp"]))["PRABCEPI.csv"].decode("ascii").split("\r\n")
    assert [line for line in made if "000345" in line] == ["ABC,wk49,000345,22.50,,417,22.50,,"]
    assert [line for line in made if "000012" in line] == ["ABC,wk49,000012,40.00,,,,,"]
    assert not any("000007" in line for line in made)


def test_a_third_code_is_on_a_second_row_of_adp() -> None:
    """Three premiums on Bob's nights: two pairs, and a row without regular hours for the third."""
    premiums = [{"name": name, "from": "22:00", "to": "24:00", "add": 0.1} for name in ("x", "y", "z")]
    codes = {"codes": {name: name.upper() for name in ("x", "y", "z")}}
    run = export_run(["adp"], reports={"payroll": codes}, costs={"premiums": premiums})
    lines = files_of(run)["PRABCEPI.csv"].decode("ascii").split("\r\n")
    assert [line for line in lines if "000345" in line] == [
        "ABC,wk49,000345,22.50,,X,6.00,Y,6.00", "ABC,wk49,000345,,,Z,6.00,,",
    ]  # fmt: skip


def test_gusto_has_each_hour_once_and_splits_names() -> None:
    """Bob's nights are overtime and not regular; a comma in a name, and a formula that stays a text."""
    made = files_of(export_run(["gusto"], reports={"payroll": {"codes": {"night": "overtime"}}}))
    rows = {row[3]: row for row in csv.reader(io.StringIO(made["gusto.csv"].decode("utf-8")))}
    assert rows["345"][:7] == ["Birch", "Bob", "", "345", "", "22.50", ""]
    assert rows["12"][:7] == ["Ash", '"Ann"; Äöß', "", "12", "40.00", "", ""]
    assert rows["900001"][0] == '\'=HYPERLINK("x")'
    assert "7" not in rows


def test_lodas_by_hand_in_two_months() -> None:
    """The week of 30 November: Monday in November, the rest in December, wage types 100 and 417."""
    codes = {"codes": {"normal": "100", "night": "417"}}
    made = lodas(files_of(export_run(["datev-lodas"], reports={"payroll": codes})))
    mine = {key[1:]: hours for key, hours in made.items() if key[0] == "A002"}
    assert mine == {
        ("100", "01/11/2026"): 7.5, ("417", "01/11/2026"): 7.5, ("100", "01/12/2026"): 15.0, ("417", "01/12/2026"): 15.0,
    }  # fmt: skip


def test_an_hour_of_two_premiums_is_paid_by_the_higher_one() -> None:
    """Minute by minute: from 22 to 24 evening (0.5) is higher than night (0.25); paid minutes only."""
    premiums = [
        {"name": "night", "from": "22:00", "to": "06:00", "add": 0.25},
        {"name": "evening", "from": "18:00", "to": "24:00", "add": 0.5},
    ]
    codes = {"codes": {"night": "N", "evening": "E"}, "hours": "apart"}
    run = export_run(["payroll-pivot"], reports={"payroll": codes}, costs={"premiums": premiums})
    wanted: Hours = defaultdict(float)
    for shift in run.roster.schedule.shifts:
        unpaid = [span for span, paid in breaks_paid(run.config, shift) if not paid]
        at = shift.start
        while at < shift.end:
            if not any(first <= at < last for first, last in unpaid):
                hour = at.astimezone(run.horizon.zone).hour
                code = "E" if 18 <= hour < 24 else "N" if hour >= 22 or hour < 6 else "normal"
                wanted[shift.agent, code] += 1 / 60
            at += timedelta(minutes=1)
    assert pivot(files_of(run), run) == pytest.approx(wanted)
    assert {code for _, code in wanted} == {"E", "N", "normal"}


def test_a_premium_that_is_left_out_leaves_its_hours_normal() -> None:
    """`""` for the night: nothing but normal hours, all of them, in both ways of counting."""
    for hours in ("added", "apart"):
        pay = {"codes": {"night": ""}, "hours": hours}
        run = export_run(["payroll-pivot"], reports={"payroll": pay})
        made = pivot(files_of(run), run)
        assert {code for _, code in made} == {"normal"}
        assert sum(made.values()) == pytest.approx(run.roster.table["paid_h"].sum())


def test_a_pivot_of_columns_has_empty_cells_and_the_settings_of_its_numbers() -> None:
    """Semicolons, decimal commas, CRLF, cp1252: Ann, whose name has all of them, is one row."""
    pay = {
        "codes": {"normal": "Std", "night": "Nacht"}, "layout": "columns", "separator": ";", "decimal_mark": ",",
        "line_end": "crlf", "encoding": "cp1252", "decimals": 1,
    }  # fmt: skip
    made = files_of(export_run(["payroll-pivot"], reports={"payroll": pay}))["payroll-pivot.csv"]
    lines = made.decode("cp1252").split("\r\n")
    assert lines[0] == "person;name;period;Std;Nacht"
    assert '12;"Ash, ""Ann""; Äöß";2026-11-30;40,0;' in lines
    assert "345;Bob Birch;2026-11-30;22,5;22,5" in lines


def test_without_shifts_there_are_headings_only() -> None:
    """Nobody works: each file is written and holds no person."""
    codes = {"codes": {"normal": "regular", "night": ""}}
    run = export_run(["adp", "gusto", "payroll-pivot"], reports={"payroll": codes})
    made = files_of(replace(run, roster=replace(run.roster, table=run.roster.table.iloc[:0])))
    assert {name: len(text.splitlines()) for name, text in made.items()} == {
        "PRABCEPI.csv": 1, "gusto.csv": 1, "payroll-pivot.csv": 1,
    }  # fmt: skip


SPANS = st.sampled_from([("22:00", "06:00"), ("18:00", "24:00"), ("00:00", "12:15"), ("12:00", "12:15")])
PREMIUMS = st.lists(st.tuples(SPANS, st.sampled_from([0.0, 0.1, 0.25, 0.5])), max_size=3)
ROSTERS = st.lists(st.integers(0, 13), unique=True)
BASE = export_run([])


def made_run(premiums, kept: list[int], exports: list[str], pay: dict[str, object]):
    """Some shifts of the small week, some premiums."""
    listed = [
        {"name": f"p{number}", "from": span[0], "to": span[1], "add": add}
        for number, (span, add) in enumerate(premiums)
    ]
    config = build(raw_settings(exports, {"payroll": pay}, costs={"premiums": listed}))
    table = BASE.roster.table.iloc[sorted(kept)].reset_index(drop=True)
    return replace(BASE, config=config, roster=replace(BASE.roster, table=table))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PREMIUMS, ROSTERS, st.booleans())
def test_hours_of_every_file_are_those_of_payroll(premiums, kept: list[int], apart: bool) -> None:
    """Law: by agent and code where premiums are added; by agent, and all together, where each hour has one code."""
    names = [f"p{number}" for number in range(len(premiums))]
    pay = {"codes": {name: f"{20 + n}" for n, name in enumerate(names)} | {"normal": "10"}}
    pay["hours"] = "apart" if apart else "added"
    run = made_run(premiums, kept, ["payroll-pivot", "datev-lodas"], pay)
    normal = of_payroll(run, {"normal": "10"} | dict.fromkeys(names, ""))
    by_person = {agent: hours for (agent, _), hours in normal.items()}
    made = files_of(run)
    summed: Hours = defaultdict(float)
    for (agent, code, _), hours in lodas(made).items():
        summed[agent, code] += hours
    adp_run = made_run(premiums, kept, ["adp"], {"codes": pay["codes"] | {"normal": "regular"}, "hours": pay["hours"]})
    of_adp = {
        (agent, {"regular": "10"}.get(code, code)): hours for (agent, code), hours in adp(files_of(adp_run)).items()
    }
    for found in (pivot(made, run), summed, of_adp):
        if apart:
            assert total(found) == pytest.approx(by_person)
        else:
            assert found == pytest.approx(of_payroll(run, {**pay["codes"]}))
    codes = dict(zip(names, ["overtime", "double-overtime", ""], strict=False))
    of_gusto = gusto(files_of(made_run(premiums, kept, ["gusto"], {"codes": codes})))
    assert total(of_gusto) == pytest.approx(by_person)


def total(hours: Hours) -> dict[str, float]:
    """Hours by agent."""
    found: dict[str, float] = defaultdict(float)
    for (agent, _), value in hours.items():
        found[agent] += value
    return dict(found)


@pytest.mark.parametrize("decimals", [0, 1, 2])
@pytest.mark.parametrize("hours", ["added", "apart"])
def test_rounding_keeps_the_sum_of_each_person(decimals: int, hours: str) -> None:
    """Quarter hours in whole hours, over two months: a person's sum is the rounded sum, not a sum of rounded parts."""
    premiums = [{"name": "a", "from": "08:00", "to": "09:15", "add": 0.1}, {"name": "b", "from": "12:30", "to": "12:45", "add": 0.2}]  # fmt: skip
    pay = {"hours": hours, "decimals": decimals, "period": "month"}
    run = export_run(["payroll-pivot"], reports={"payroll": pay}, costs={"premiums": premiums})
    exact = of_payroll(run, {"normal": "normal", "a": "a", "b": "b"})
    rows = pd.DataFrame(paid_hours(run, "payroll-pivot", decimals))
    assert set(rows["period"].map(str)) == {"2026-11-01", "2026-12-01"}
    step = 10.0**-decimals
    if hours == "apart":
        sums = rows.groupby("agent")["hours"].sum().to_dict()
        wanted = {agent: value for (agent, code), value in exact.items() if code == "normal"}
    else:
        sums = rows.groupby(["agent", "code"])["hours"].sum().to_dict()
        wanted = {key: value for key, value in exact.items() if np.floor(value / step + 0.5)}
    assert sums == pytest.approx({key: np.floor(value / step + 0.5) * step for key, value in wanted.items()})
