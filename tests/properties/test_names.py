"""Laws of names: whatever a person or channel is called, it is text in every file and never a formula, tag or path."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory

import icalendar
import openpyxl
import pandas as pd
from hypothesis import example, given, settings
from hypothesis import strategies as st

from configs.errors import Fault
from configs.files import read_table, write_table
from configs.reading.source import PLAIN_NUMBER as NUMBER
from configs.tables import AGENTS
from reports import calendars, week_of
from reports.page.report import render
from reports.publication import entries_of
from reports.run import Run
from reports.workbook.staffing import write as write_workbook
from tests.reports.runs import small_run

LIVE = re.compile(r"[=+\-@\t\r]")
"""What a spreadsheet takes for the begin of a formula."""
NAMES = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=20),
    st.text("=+-@'\"<>&;,:\\ \n\r\tA1(){}%", min_size=1, max_size=20),
).filter(lambda text: text.strip() != "")


@cache
def the_run() -> Run:
    return small_run()


def called(names: list[str]) -> Run:
    """The small week with other names of its people."""
    run = the_run()
    people = run.roster.people
    new = dict(zip(people.agents["agent"], names, strict=True))
    agents = people.agents.assign(name=people.agents["agent"].map(new))
    table = run.roster.table.assign(name=run.roster.table["agent"].map(new))
    return replace(run, roster=replace(run.roster, table=table, people=replace(people, agents=agents)))


@given(NAMES)
@example('=HYPERLINK("http://x")')
@example("'=1")
@example("a\r\nb")
def test_a_name_in_csv_is_text_and_comes_back(name: str) -> None:
    """No cell begins as a formula does, but for a plain number; the reader gives the name as it was."""
    frame = pd.DataFrame({"agent": ["1"], "name": [name], "contract": ["day"], "skills": ["phone"]})
    with TemporaryDirectory() as folder:
        file = Path(folder) / "agents.csv"
        write_table(frame, AGENTS, file, "UTC")
        cell = pd.read_csv(file, dtype=str, keep_default_na=False, lineterminator="\n")["name"][0]
        assert NUMBER.fullmatch(cell) or not LIVE.match(cell)
        back = read_table(file, AGENTS, zone="UTC").frame["name"].iloc[0]
    assert " ".join(back.split()) == " ".join(unicodedata.normalize("NFC", name).split())


class Tags(HTMLParser):
    """Counts the tags of a page and finds the script of a name."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)


def tags(page: str) -> list[str]:
    found = Tags()
    found.feed(page)
    return found.names


@settings(max_examples=2)
@given(st.lists(NAMES, min_size=6, max_size=6, unique=True))
@example(["<script>alert(1)</script>", "</td><td>", "\"onclick='x'", "&lt;b>", "--><b>", "{{ 7*7 }}"])
def test_a_name_in_the_page_is_text(names: list[str]) -> None:
    """The page has the tags it has with plain names, and no more."""
    plain = tags(render(week_of(called(["Ann", "Bob", "Cara", "Dan", "Eve", "Fay"]))))
    assert tags(render(week_of(called(names)))) == plain


@settings(max_examples=2)
@given(st.lists(NAMES, min_size=6, max_size=6, unique=True))
@example(["=1+1", "+A1", "-A1", "@SUM(A1)", "{=A1}", "http://x"])
def test_a_name_in_the_workbook_is_text(names: list[str]) -> None:
    """As many formulas as with plain names, none of them of a name, and no link."""
    with TemporaryDirectory() as folder:
        plain = openpyxl.load_workbook(write_workbook(called(list("ABCDEF")), Path(folder) / "plain.xlsx"))
        made = openpyxl.load_workbook(write_workbook(called(names), Path(folder) / "made.xlsx"))
    for before, after in zip(plain, made, strict=True):
        formulas = [
            [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
            for sheet in (before, after)
        ]
        assert formulas[0] == formulas[1]
        assert not [cell for row in after.iter_rows() for cell in row if cell.hyperlink and cell.value in names]


@given(NAMES, NAMES)
@example("Ann\r\nBEGIN:VALARM", "x\nEND:VCALENDAR")
@example("a;b,c:d\\n", '"')
def test_a_name_in_a_calendar_is_text(name: str, activity: str) -> None:
    """The parts are one calendar and its entries, and the title of an entry is what was given."""
    run = the_run()
    entries = [replace(entry, name=name, summary=activity) for entry in entries_of(run)][:2]
    made = icalendar.Calendar.from_ical(calendars.calendar(name, [(run, entries)]).to_ical())
    assert [part.name for part in made.walk()] == ["VCALENDAR", "VEVENT", "VEVENT"]
    told = {str(part["summary"]) for part in made.walk("VEVENT")}
    assert {" ".join(text.split()) for text in told} == {" ".join(activity.split())}


@given(
    st.text("abc:/@. ", max_size=8),
    st.text(
        st.characters(exclude_characters="/ \n\t\r", codec="ascii", exclude_categories=("Cc",)), min_size=6, max_size=12
    ),
)
def test_a_password_in_a_url_is_in_no_fault(before: str, password: str) -> None:
    """Whatever stands before the URL and whatever signs the password has."""
    fault = Fault("sql.url", f'{before} "postgresql://planner:{password}@db.example/acd" cannot be opened')
    assert f":{password}@" not in str(fault) or password == "***"
    assert "@db.example/acd" in str(fault)
