"""What an export cannot write is refused before anything is planned: by key or column, with who and with a way out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from configs.errors import ConfigError, DataError
from configs.export_ids import IDENTITIES
from configs.files import read_table, write_table
from configs.loader import build
from configs.tables import AGENTS
from optimize.roster.inputs.people import check_people
from staffcurve.run_folder.formats import write_reports
from tests.reports.export_runs import GENESYS, export_run, files_of, settings


def told(exports: list[str], reports: dict[str, Any], **changes: Any) -> list[str]:
    """Faults of a config, each as key and sentence."""
    with pytest.raises(ConfigError) as error:
        build(settings(exports, reports, **changes))
    return [f"{fault.where.removeprefix('config: ')}: {fault.sentence}" for fault in error.value.faults]


@pytest.mark.parametrize(
    ("export", "reports", "words"),
    [
        ("adp", {"adp": None}, 'reports.adp: is missing; the export "adp" needs this table'),
        ("datev-lodas", {"datev_lodas": None, "payroll": {"codes": {"normal": "1", "night": "2"}}},
         'reports.datev_lodas: is missing; the export "datev-lodas" needs this table'),
        ("frappe-hr", {"frappe_hr": None}, 'reports.frappe_hr: is missing; the export "frappe-hr" needs this table'),
        ("genesys-forecast", {"genesys": {**GENESYS, "planning_groups": {"phone": "a", "email": ""}}},
         'reports.genesys.planning_groups: has no entry for "chat"; the export "genesys-forecast" needs one'),
        ("genesys-schedule", {"genesys": {"activity_codes": {"work": "a", "break": "b"}}},
         'reports.genesys.activity_codes: has no entry for "training"; the export "genesys-schedule" needs one'),
        ("ukg", {"ukg": {}}, 'reports.ukg.segment_types: has no entry for "training"; the export "ukg" needs one'),
        ("ukg", {"ukg": {"segment_types": {"break": "B", "training": "T", "trainin": "X"}}},
         'reports.ukg.segment_types: "trainin" is not one of work, break, training, leave; did you mean "training"?'),
        ("adp", {"payroll": {}},
         ('reports.payroll.codes: has no code of "adp" for "night"; set codes."night", or set it to "" to leave its '
         "hours out")),
        ("adp", {"payroll": {"codes": {"night": "overtime"}}},
         ('reports.payroll.codes: "overtime" pays the whole hour, which "regular" pays as well; set '
         'reports.payroll.hours = "apart"')),
        ("adp", {"payroll": {"codes": {"night": "double-overtime"}}},
         ('reports.payroll.codes: "double-overtime" for "night" is not a code of "adp"; it takes "regular", "overtime" '
         "and codes of hours")),
        ("gusto", {"payroll": {"codes": {"night": "NGT"}}},
         ('reports.payroll.codes: "NGT" for "night" is not a code of "gusto"; it takes "regular", "overtime" and '
         '"double-overtime"')),
        ("gusto", {"payroll": {"codes": {"night": ""}, "hours": "added"}},
         'reports.payroll.hours: is "added"; the columns of "gusto" pay whole hours, so it takes "apart" only'),
        ("datev-lodas", {"payroll": {"codes": {"night": "417"}}},
         'reports.payroll.codes: has no code of "datev-lodas" for "normal"; set codes."normal"'),
        ("datev-lodas", {"payroll": {"codes": {"normal": "Std", "night": "417"}}},
         ('reports.payroll.codes: "Std" for "normal" is not a code of "datev-lodas"; it takes wage types of up to four '
         "digits")),
        ("payroll-pivot", {"payroll": {"codes": {"nigth": "N"}}},
         'reports.payroll.codes: "nigth" is not one of normal, night; did you mean "night"?'),
        ("payroll-pivot", {"payroll": {"codes": {"normal": ""}}},
         'reports.payroll.codes: leaves out "normal", and with it all paid hours; give it a code'),
    ],
)  # fmt: skip
def test_settings_an_export_needs_are_asked_for(export: str, reports: dict[str, Any], words: str) -> None:
    """One fault, by its key, in one sentence."""
    reports = {key: value for key, value in reports.items() if value is not None} | dict.fromkeys(
        [key for key, value in reports.items() if value is None]
    )
    assert told([export], reports) == [words]


MEETING = {
    "same-name": (
        [{"name": "night", "from": "22:00", "to": "06:00", "add": 0.25},
         {"name": "night", "from": "00:00", "to": "04:00", "add": 0.1}],
        {"night": "7"}, '"7" is the code of two premiums "night"',
    ),
    "same-code": (
        [{"name": "night", "from": "22:00", "to": "06:00", "days": ["sun"], "add": 0.25},
         {"name": "monday", "days": ["mon"], "add": 0.5}],
        {"night": "7", "monday": "7"}, '"7" is the code of "night" and "monday"',
    ),
    "holiday": (
        [{"name": "holiday", "days": ["holidays"], "add": 1.0}, {"name": "sunday", "days": ["sun"], "add": 0.5}],
        {"holiday": "7", "sunday": "7"}, '"7" is the code of "holiday" and "sunday"',
    ),
}  # fmt: skip


@pytest.mark.parametrize("export", ["payroll-pivot", "adp", "datev-lodas"])
@pytest.mark.parametrize(("premiums", "codes", "words"), MEETING.values(), ids=MEETING)
def test_one_code_for_premiums_of_the_same_hour_is_refused(
    export: str, premiums: list[dict[str, Any]], codes: dict[str, str], words: str
) -> None:
    """Hours of such a code cannot say what they pay; with hours apart each hour has one premium, so it is allowed."""
    normal = {"normal": "1"} if export == "datev-lodas" else {}
    pay = {"codes": codes | normal}
    tables = {"costs": {"premiums": premiums}, "calendar": {"country": "GB", "region": "ENG"}}
    (found,) = told([export], {"payroll": pay}, **tables)
    assert found == (
        f'reports.payroll.codes: {words}, which can be paid for the same hour; "{export}" has hours only, so give each '
        "premium a name and a code of its own"
    )
    build(settings([export], {"payroll": pay | {"hours": "apart"}}, **tables))
    build(settings(["payroll"], {"payroll": pay}, **tables))


def test_one_code_for_premiums_of_different_hours_is_allowed() -> None:
    """Night as two spans that touch, and Sunday beside Saturday night until midnight."""
    premiums = [
        {"name": "late", "from": "22:00", "to": "24:00", "days": ["sat"], "add": 0.25},
        {"name": "early", "from": "00:00", "to": "06:00", "days": ["sun"], "add": 0.25},
    ]
    made = settings(["adp"], {"payroll": {"codes": {"late": "7", "early": "7"}}}, costs={"premiums": premiums})
    assert build(made).reports.exports == ("adp",)


def test_leave_needs_a_code_of_genesys() -> None:
    """A leave file means days off; without one no code is needed."""
    codes = {"genesys": {"activity_codes": {"work": "0", "break": "1", "training": "2"}}}
    assert build(settings(["genesys-schedule"], codes)).reports.exports == ("genesys-schedule",)
    roster = {"agents": "agents.csv", "leave": "leave.csv"}
    assert told(["genesys-schedule"], codes, roster=roster) == [
        'reports.genesys.activity_codes: has no entry for "leave"; the export "genesys-schedule" needs one'
    ]


def test_a_shift_of_a_day_is_too_long_for_frappe() -> None:
    """08:00 to 08:00 has no length on the clock."""
    contracts = settings([])["contracts"]
    long = {**contracts["full-time"], "days_per_week": 2, "shifts": [{"length": "24h", "start": "08:00"}], "breaks": []}
    found = told(["frappe-hr"], {}, contracts={**contracts, "full-time": long})
    assert found == [
        'contracts.full-time.shifts[0].length: is 24h; "frappe-hr" takes shifts of up to 22h59m'
    ]  # fmt: skip


def test_a_channel_that_looks_like_a_formula_is_refused_for_genesys() -> None:
    """The planning group is a cell of a CSV file, and a quote before it would be part of its name."""
    raw = settings(["genesys"])
    phone = {"=1+1": raw["channels"]["phone"]}
    contracts = {name: {**each, "skills": ["=1+1"]} for name, each in raw["contracts"].items()}
    found = told(["genesys"], {"genesys": {}}, channels=phone, contracts=contracts)
    assert found == [
        (
            'channels.=1+1: "genesys" takes names of a first character other than "=", "+", "-" and "@"; rename the '
            "channel, or drop the export"
        )
    ]


def people_with(export: str, column: str, values: dict[str, object], reports: dict[str, Any] | None = None):
    """People and config of an export, some cells of a column replaced."""
    run = export_run([export], reports=reports)
    agents = run.roster.people.agents.copy()
    for agent, value in values.items():
        agents.loc[agents["agent"] == agent, column] = value
    return run.config, replace(run.roster.people, agents=agents)


@pytest.mark.parametrize(
    ("export", "values", "words"),
    [
        ("teams-shifts", {"A001": None, "007": ""},
         ('agents.csv: there are 2 people (A001, 007) without email; the export "teams-shifts" needs an e-mail '
         "address for each person: correct the column email of the agents file, or drop the export")),
        ("teams-shifts", {"A001": "ann"},
         ('agents.csv: agent A001 has the email "ann"; the export "teams-shifts" needs an e-mail address for each '
         "person: correct the column email of the agents file, or drop the export")),
        ("teams-shifts", {"A001": "p345@MOSS.example"},
         ('agents.csv: there are 2 people (A001, A002) with the same email "p345@moss.example"; the export '
         '"teams-shifts" needs an e-mail address for each person, each a different one')),
        ("genesys-schedule", {"A002": "=1"},
         ('agents.csv: agent A002 has the genesys_id "=1"; the export "genesys-schedule" needs a user id of letters, '
         'digits and "-" for each person: correct the column genesys_id of the agents file, or drop the export')),
        ("adp", {"A001": "1234567"},
         ('agents.csv: agent A001 has the payroll_id "1234567"; the export "adp" needs a file number of up to six '
         "digits for each person: correct the column payroll_id of the agents file, or drop the export")),
        ("adp", {"A001": "0345"},
         ('agents.csv: there are 2 people (A001, A002) with the same payroll_id "345"; the export "adp" needs a file '
         "number of up to six digits for each person, each a different one")),
        ("ukg", {"A003": None},
         ('agents.csv: there is 1 person (A003) without employee_id; the export "ukg" needs an id that does not begin '
         "with = + - @ for each person: correct the column employee_id of the agents file, or drop the export")),
        ("frappe-hr", {"A003": "@x"},
         ('agents.csv: agent A003 has the employee_id "@x"; the export "frappe-hr" needs an id that does not begin '
         "with = + - @ for each person: correct the column employee_id of the agents file, or drop the export")),
    ],
)  # fmt: skip
def test_people_an_export_cannot_name_are_told(export: str, values: dict[str, object], words: str) -> None:
    """When the people are read, before a search begins; the writer refuses them as well and writes nothing."""
    config, people = people_with(export, IDENTITIES[export].column, values)
    with pytest.raises(DataError) as error:
        check_people(config, people)
    assert [str(fault) for fault in error.value.faults] == [words]
    run = export_run([export])
    with pytest.raises(DataError):
        files_of(replace(run, roster=replace(run.roster, people=people)))


def test_file_numbers_are_not_made_of_ids_of_agents_that_are_none() -> None:
    """Nobody has a payroll id and agents are called A001: each is told."""
    config, people = people_with("adp", "payroll_id", dict.fromkeys(["A001", "A002", "A003", "A004", "../E/5", "007"]))
    with pytest.raises(DataError) as error:
        check_people(config, people)
    assert len(error.value.faults) == 5
    assert str(error.value.faults[0]).startswith('agents.csv: agent A001 has the id "A001"; the export "adp" needs')


def test_a_name_or_an_id_the_encoding_does_not_have_is_told() -> None:
    """Ł is not in cp1252: of a name, of an id, of a pay code; in UTF-8 it is."""
    pay = {"payroll": {"encoding": "cp1252"}}
    words = '"Ł" is not a character of cp1252; set reports.payroll.encoding = "utf-8"'
    for column, text in (("name", "Łukasz"), ("payroll_id", "Ł7")):
        config, people = people_with("payroll-pivot", column, {"A001": text}, pay)
        with pytest.raises(DataError) as error:
            check_people(config, people)
        assert [str(fault) for fault in error.value.faults] == [
            f'agents.csv: agent A001 has the {column} "{text}"; {words}'
        ]
    code = {"payroll": {"encoding": "cp1252", "codes": {"night": "Ł"}}}
    assert told(["payroll-pivot"], code) == [f'reports.payroll.codes: "Ł" for "night" cannot be written: {words}']
    assert check_people(*people_with("payroll-pivot", "name", {"A001": "Łukasz"})) is not None


def test_ids_are_read_as_texts_and_kept_in_the_run_folder(tmp_path) -> None:
    """A file with the optional columns is read, written as a run folder has it, and read again: leading zeros stay."""
    path = tmp_path / "agents.csv"
    path.write_text(
        "agent,name,contract,skills,email,employee_id,payroll_id,genesys_id\nA,Ann,full-time,phone,a@b.example,HR-1,0042,7f\n",
        encoding="utf-8",
    )
    frame = read_table(path, AGENTS, zone="Europe/London").frame
    write_table(frame, AGENTS, path, "Europe/London")
    frame = read_table(path, AGENTS, zone="Europe/London").frame
    assert frame.iloc[0][["email", "employee_id", "payroll_id", "genesys_id"]].tolist() == ["a@b.example", "HR-1", "0042", "7f"]  # fmt: skip


def test_every_export_is_written_into_its_folder(tmp_path) -> None:
    """All of them at once, and nothing outside."""
    exports = ["teams-shifts", "genesys-schedule", "genesys-forecast", "ukg", "frappe-hr", "payroll-pivot", "adp"]
    run = export_run(exports)
    written = [path.relative_to(tmp_path).as_posix() for path in write_reports(run, tmp_path, ["csv"])]
    assert [name for name in written if name.startswith("exports/")] == [
        "exports/teams-shifts.xlsx", "exports/genesys-schedule.json", "exports/genesys-forecast.json.gz",
        "exports/ukg.xml", "exports/frappe-hr/shift-type.csv", "exports/frappe-hr/shift-assignment.csv",
        "exports/payroll-pivot.csv", "exports/PRABCEPI.csv",
    ]  # fmt: skip
    assert {path.name for path in tmp_path.iterdir() if path.is_dir()} == {"exports"}
