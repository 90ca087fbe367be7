"""What a week does to customers and contracts is said: late work, hours that leave takes, nights that nobody works."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from benchmarks.field_cases.case import Row, staffcurve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MONDAY = datetime(2026, 1, 12, tzinfo=UTC)
PLAN = """
[plan]
name = "effects"
timezone = "UTC"
interval = "60min"
week = 2026-01-12
[channels.{channel}]
{settings}
[contracts.a]
agents = 12
days_per_week = {days}
max_consecutive_days = 7
min_days = 1
shifts = [ {shift} ]
cost_per_hour = 10
[roster]
time_limit = "5s"
advice = 0
gap = 0.02
{more}
"""
MAIL = 'kind = "deferrable"\nopen = "09:00-17:00"\ntarget = { within = "2h" }\naht = "6min"'
FOUR_HOURS = '{ length = "4h", start = "09:00-13:00", step = "1h" }'
ANY_HOUR = '{ length = "8h", start = "00:00-23:00", step = "1h" }'


def rows(folder: Path) -> Iterator[Row]:
    """Late mail, mail in time, a quiet night, a person on leave all week."""
    for volume, late in ((400, True), (60, False)):
        home = _made(
            folder / f"mail-{volume}", PLAN.format(channel="mail", settings=MAIL, days=7, shift=FOUR_HOURS, more="")
        )
        _table(home / "forecast.csv", "mail", "volume", lambda t, v=volume: _mail(t, v), aht_s=360)
        staffcurve(home, "staff", "plan.toml", "--forecast", "forecast.csv")
        done = staffcurve(home, "roster", "plan.toml", "--requirement", "requirement.csv", "--strict", "--json")
        told = json.loads(done.out)
        said = bool(told["late"]) and "--strict: Mail:" in done.err and done.code == 3
        printed = f"code {done.code}, {sum(each['late_h'] for each in told['late']):.1f} h late"
        yield Row(
            f"{volume} mails at 9 on Monday, two hours each", "late, with hours and code 3" if late else "nothing late, code 0",
            printed, said if late else done.code == 0 and not told["late"],
        )  # fmt: skip
    yield _quiet_night(folder)
    yield _on_leave(folder)


def _quiet_night(folder: Path) -> Row:
    phone = 'kind = "synchronous"\naht = "5min"\nopen = "06:00-22:00"'
    home = _made(folder / "night", PLAN.format(channel="phone", settings=phone, days=5, shift=ANY_HOUR, more=""))
    _table(home / "need.csv", "phone", "agents", lambda t: 1 if 6 <= t.hour < 22 else 0)
    done = staffcurve(home, "roster", "plan.toml", "--requirement", "need.csv")
    notes = [line.strip() for line in done.err.splitlines() if "note:" in line]
    return Row("nobody works at night", "no note of a night shift", "; ".join(notes) or "no note", not notes)


def _on_leave(folder: Path) -> Row:
    phone = 'kind = "synchronous"\naht = "5min"\nopen = "09:00-17:00"'
    more = 'agents = "agents.csv"\nleave = "leave.csv"'
    text = PLAN.format(channel="phone", settings=phone, days=5, shift=ANY_HOUR, more=more).replace("agents = 12\n", "")
    home = _made(folder / "leave", text)
    (home / "agents.csv").write_text(
        "agent,name,contract,skills,hours_min\np1,Pat,a,phone,32\np2,Sam,a,phone,\np3,Kim,a,phone,\n", encoding="utf-8"
    )
    (home / "leave.csv").write_text("agent,start,end\np1,2026-01-12T00:00,2026-01-17T00:00\n", encoding="utf-8")
    _table(home / "need.csv", "phone", "agents", lambda t: 1 if 9 <= t.hour < 17 else 0)
    done = staffcurve(home, "roster", "plan.toml", "--requirement", "need.csv")
    said = next((line.strip() for line in done.err.splitlines() if "Pat" in line), "nothing")
    holds = all(word in said for word in ("Pat", "hours_min", "leave", "Mon 12 Jan"))
    return Row("32 contracted hours, five days of leave", "name, rule, days, a way out", said[:90], holds)


def _mail(moment: datetime, flood: int) -> int:
    if not 9 <= moment.hour < 17:
        return 0
    return flood if (moment.day, moment.hour) == (12, 9) else 30


def _made(home: Path, plan: str) -> Path:
    home.mkdir()
    (home / "plan.toml").write_text(plan, encoding="utf-8")
    return home


def _table(file: Path, channel: str, column: str, value: Callable[[datetime], int], **more: int) -> None:
    with file.open("w", newline="", encoding="utf-8") as stream:
        lines = csv.writer(stream)
        lines.writerow(["channel", "start", column, *more])
        for hour in range(7 * 24):
            moment = MONDAY + timedelta(hours=hour)
            lines.writerow([channel, moment.isoformat(), value(moment), *more.values()])
