"""The small week with what exports need: ids of other systems, hard names, activities, and settings of each system."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from configs.loader import build
from reports.exports.writing import write
from tests.reports.runs import FORMULA, MONDAY, SMALL, small_run

if TYPE_CHECKING:
    from reports.run import Run

NAMES = {"A001": 'Ash, "Ann"; Äöß', "A002": "Bob Birch", "A003": "@Cara <Cedar> & Co", "../E/5": FORMULA}
IDS = {"A001": "12", "A002": "345", "A003": "6", "A004": "78", "../E/5": "900001", "007": "7"}
GENESYS = {
    "planning_groups": {"phone": "pg-phone", "chat": "pg-chat", "email": ""},
    "activity_codes": {"work": "0", "break": "1", "training": "2", "leave": "9"},
}
REPORTS: dict[str, Any] = {
    "payroll": {"codes": {"night": "417"}},
    "genesys": GENESYS,
    "adp": {"company": "ABC", "batch": "wk49"},
    "datev_lodas": {"consultant": 1103899, "client": 62069},
    "ukg": {"segment_types": {"break": "BREAK", "training": "TRAINING"}},
    "frappe_hr": {"company": "Moss & Co"},
}
TRAINING = {"name": "training", "length": "1h"}


def settings(exports: list[str], reports: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    """Raw config of the small week with some exports; `reports` and `changes` replace whole tables."""
    return {**SMALL, "activities": [TRAINING], "reports": {**REPORTS, **(reports or {}), "exports": exports}, **changes}


def export_run(exports: list[str], first: date = MONDAY, reports: dict[str, Any] | None = None, **changes: Any) -> Run:
    """The small week, whose people have hard names, an id in each system, and Ann a training on the first day."""
    run = small_run(first=first)
    agents, table = run.roster.people.agents, run.roster.table.assign(activities="")
    table.loc[table.index[0], "activities"] = "training 10:00-11:00"
    agents = agents.assign(
        name=agents["agent"].map(NAMES).fillna(agents["name"]),
        payroll_id=agents["agent"].map(IDS),
        employee_id=agents["agent"].map(lambda agent: f"HR-EMP-{IDS[agent]}"),
        genesys_id=agents["agent"].map(lambda agent: f"0000-{IDS[agent]}"),
        email=agents["agent"].map(lambda agent: f"p{IDS[agent]}@moss.example"),
    )
    table["name"] = table["agent"].map(NAMES).fillna(table["name"])
    people = replace(run.roster.people, agents=agents)
    config = build(settings(exports, reports, **changes))
    return replace(run, config=config, roster=replace(run.roster, table=table, people=people))


def files_of(run: Run) -> dict[str, bytes]:
    """Every file the exports of a run are, by its path in their folder."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        return {path.relative_to(home).as_posix(): path.read_bytes() for path in write(run, home)}


def shifts(run: Run) -> list[dict[str, Any]]:
    """Rows of the roster: what every reader must find again."""
    return run.roster.table.sort_values(["agent", "start"], kind="stable").to_dict("records")
