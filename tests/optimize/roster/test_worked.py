"""Hours in which work that may wait is done: as stated, else while live channels are staffed or the channel is open."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from configs.errors import ConfigError, VerificationError
from optimize.roster.inputs.people import read_people
from optimize.roster.inputs.worked import worked_hours
from optimize.roster.planner import plan_week
from optimize.roster.verify import verify
from optimize.roster.verify.worked import may_be_worked
from tests.optimize.roster import weeks

ANY_DAY = {
    "agents": 4, "days_per_week": 5, "days_off": "any", "cost_per_hour": 10,
    "shifts": [{"length": "4h", "start": "00:00-20:00", "step": "2h"}],
}  # fmt: skip


def site(phone: dict[str, Any] | None = None, email: dict[str, Any] | None = None, **tables: Any):
    """A phone channel, and e-mail promised within ten hours; both with the settings given."""
    target = {"within": "10h", "clock": "clock"}
    channels = {
        "phone": {"kind": "synchronous", **(phone or {})},
        "email": {"kind": "deferrable", "target": target, "aht": "30min", **(email or {})},
    }
    roster = {"time_limit": "10s", "gap": 0.05}
    return weeks.config_of(channels=channels, contracts={"day": ANY_DAY}, **({"roster": roster} | tables))


def calls(horizon) -> np.ndarray:
    """One person needed from 8 to 18 on Monday to Saturday."""
    return weeks.hours_between(horizon, 8, 18) * (horizon.weekday < 6)


def planned(config):
    """Half an hour of e-mail that comes in every hour of the week, day and night, due ten hours later."""
    horizon = weeks.horizon_of(config)
    need = weeks.requirement_of(horizon, phone=calls(horizon), email=(0.25, 11))
    return horizon, need, plan_week(config, horizon, need, read_people(config))


def worked_on(roster) -> set[int]:
    """Weekdays on which a shift of the roster begins."""
    return {pd.Timestamp(day).weekday() for day in roster.table["date"]}


def test_nobody_is_rostered_on_a_closed_sunday_for_email() -> None:
    """E-mail comes on Sunday too and is due in ten hours; the phones are closed, so nobody works.

    It is late, and done on Monday: a week that repeats itself begins with what its Sunday left.
    """
    _, need, roster = planned(site())
    assert 6 not in worked_on(roster)
    email = roster.coverage[roster.coverage["channel"] == "email"].reset_index(drop=True)
    sunday = email.iloc[144:]
    assert sunday["done_h"].sum() == 0
    assert sunday["staffed"].sum() == 0
    assert email["done_h"].sum() == pytest.approx(email["work_h"].sum(), abs=1e-3)
    assert roster.cost.late > 0
    assert need["work_h"].sum() > 0


def test_work_promised_in_part_crosses_a_closed_sunday_too() -> None:
    """Four fifths within ten hours, the rest within twenty: both parts of what Sunday left are done next week."""
    target = {"within": "10h", "clock": "clock", "share": 0.8, "rest_within": "20h"}
    _, _, roster = planned(site(email={"target": target}))
    email = roster.coverage[roster.coverage["channel"] == "email"].reset_index(drop=True)
    assert email["done_h"].iloc[144:].sum() == 0
    assert email["done_h"].sum() == pytest.approx(email["work_h"].sum(), abs=1e-3)
    assert email["rest_done_h"].sum() == pytest.approx(0.2 * email["work_h"].sum(), abs=1e-3)


@pytest.mark.parametrize(
    "email", [{"worked": "00:00-24:00"}, {"worked": {"sun": "10:00-14:00", "mon-sat": "08:00-18:00"}}, {"open": "00:00-24:00"}]
)  # fmt: skip
def test_whoever_asks_for_sunday_gets_it(email: dict[str, Any]) -> None:
    """`worked`, or opening hours of the channel that the config states, put somebody there."""
    _, _, roster = planned(site(email=email))
    assert 6 in worked_on(roster)


def test_without_a_live_channel_work_is_done_while_the_channel_is_open() -> None:
    """Always, where nothing is said; else in its hours."""
    for settings, hours in (({}, 168), ({"open": "09:00-17:00"}, 56), ({"open": "00:00-24:00"}, 168)):
        email = {"kind": "deferrable", "target": {"within": "10h"}, **settings}
        config = weeks.config_of(channels={"email": email}, contracts={"day": ANY_DAY})
        horizon = weeks.horizon_of(config)
        need = weeks.requirement_of(horizon, email=(0.2, 11))
        assert worked_hours(config, horizon, need.drop(columns="agents"), "email").sum() == hours


WEEKDAYS = {"mon-fri": "08:00-18:00"}
CASES = [
    # settings of the phone, settings of e-mail, hours that count: (weekdays, first hour, last hour)
    ({}, {}, [(range(6), 0, 24)]),
    ({"open": "08:00-18:00"}, {}, [(range(6), 8, 18)]),
    ({"open": WEEKDAYS | {"sat": "09:00-12:00"}}, {}, [(range(6), 8, 18)]),
    ({"open": "07:00-20:00"}, {}, [(range(6), 7, 20)]),
    ({"open": "00:00-24:00"}, {}, [(range(6), 0, 24)]),
    ({}, {"open": {"sun": "10:00-12:00"}}, [(range(6), 0, 24), ([6], 10, 12)]),
    ({"open": "08:00-18:00"}, {"open": "06:00-09:00"}, [(range(6), 6, 18), ([6], 6, 9)]),
    ({}, {"worked": {"mon-tue": "09:00-11:00"}}, [(range(2), 9, 11)]),
    ({}, {"worked": {"mon-tue": "22:00-02:00"}}, [(range(2), 22, 24), ([1, 2], 0, 2)]),
    ({}, {"open": "00:00-24:00", "worked": WEEKDAYS}, [(range(5), 8, 18)]),
]


@pytest.mark.parametrize(("phone", "email", "spans"), CASES)
def test_the_hours_are_those_counted_by_hand(phone: dict[str, Any], email: dict[str, Any], spans: list[Any]) -> None:
    """The planner's hours and the verifier's, each of its own arithmetic, are the hours written here."""
    config = site(phone, email)
    horizon = weeks.horizon_of(config)
    need = weeks.requirement_of(horizon, phone=calls(horizon), email=(0.25, 11))
    wanted = np.zeros(168, dtype=bool)
    for days, first, last in spans:
        for day in days:
            wanted[day * 24 + first : day * 24 + last] = True
    assert (worked_hours(config, horizon, need, "email") == wanted).all()
    starts = need["start"][need["channel"] == "email"]
    assert (may_be_worked(config, need, config.channels["email"], starts) == wanted).all()


def test_a_day_on_which_live_channels_need_nobody_counts_as_closed() -> None:
    """Open daily from 7 to 20 by its settings, closed on Wednesday by an event: no requirement, no work on Wednesday."""
    config = site({"open": "07:00-20:00"})
    horizon = weeks.horizon_of(config)
    need = weeks.requirement_of(horizon, phone=calls(horizon) * (horizon.weekday != 2), email=(0.25, 11))
    hours = worked_hours(config, horizon, need, "email").reshape(7, 24).sum(axis=1)
    assert hours.tolist() == [13, 13, 0, 13, 13, 13, 0]


@pytest.mark.parametrize(("closed", "hours"), [(False, [8] * 5 + [0, 0]), (True, [8, 8, 8, 8, 0, 0, 0])])
def test_public_holidays_are_off_where_the_channel_closes_on_them(closed: bool, hours: list[int]) -> None:
    """Friday 25 December 2026 in Great Britain, with hours stated from Monday to Friday."""
    from datetime import date

    email = {"worked": {"mon-fri": "09:00-17:00"}, "closed_on_holidays": closed}
    config = site(email=email, calendar={"country": "GB", "region": "ENG"})
    horizon = weeks.horizon_of(config, date(2026, 12, 21))
    need = weeks.requirement_of(horizon, phone=calls(horizon), email=(0.25, 11))
    assert worked_hours(config, horizon, need, "email").reshape(7, 24).sum(axis=1).tolist() == hours
    starts = need["start"][need["channel"] == "email"]
    assert may_be_worked(config, need, config.channels["email"], starts).reshape(7, 24).sum(axis=1).tolist() == hours


def test_the_hour_lived_twice_is_worked_twice() -> None:
    """Sunday 25 October 2026 in London has 25 hours: 00:00-02:00 is three of them, in the plan and in the recount."""
    from datetime import date

    plan = {"name": "tiny", "timezone": "Europe/London", "interval": "60min"}
    config = site(email={"worked": {"sun": "00:00-02:00"}}, plan=plan)
    horizon = weeks.horizon_of(config, date(2026, 10, 19))
    need = weeks.requirement_of(horizon, phone=calls(horizon), email=(0.25, 11))
    starts = need["start"][need["channel"] == "email"]
    assert worked_hours(config, horizon, need, "email").sum() == 3
    assert may_be_worked(config, need, config.channels["email"], starts).sum() == 3


def test_work_that_cannot_be_done_in_time_is_told() -> None:
    """Worked from 9 to 10: ten hours after 10:00 it is 20:00, so all that comes from 10 to 22 waits for tomorrow.

    Work of 10:00 arrives by 11 and is due at 21; the last that cannot be is that of 21:00, due at 08:00. With eleven
    hours to the due time, 22:00 is due at 09:00, too soon, and 23:00 at 10:00, in time: 13 of 24 hours a day.
    """
    config = site(email={"worked": "09:00-10:00"})
    _, _, roster = planned(config)
    told = [str(note) for note in roster.notes if note.where == "channels.email"]
    hours = f"{13 * 7 * 0.25:.2f} hours of its work are due before anyone may do it"
    assert len(told) == 1
    assert f"{hours}, the first on Mon 30 Nov 10:00; they are late in any roster" in told[0]
    assert "widen channels.email.worked or allow more time in its service target" in told[0]
    _, _, always = planned(site(email={"worked": "00:00-24:00"}))
    assert not [note for note in always.notes if note.where == "channels.email"]


def test_the_recount_finds_work_outside_its_hours() -> None:
    """A sound roster under wider hours is none under narrower ones; the last hour allowed passes."""
    config = site(email={"worked": "08:00-18:00"})
    _, need, roster = planned(config)
    assert verify(config, need, roster) is None
    email = roster.coverage[roster.coverage["channel"] == "email"]
    busy = email[email["done_h"] > 0.01]
    hours = {start.hour for start in busy["start"]}
    last = max(hours)
    verify(site(email={"worked": f"08:00-{last + 1:02d}:00"}), need, roster)
    with pytest.raises(VerificationError, match="outside the hours it is worked"):
        verify(site(email={"worked": f"08:00-{last:02d}:00"}), need, roster)


def test_work_of_a_cleared_week_ends_with_the_last_hour_worked() -> None:
    """`clear` on a channel that is always open and worked on weekdays: Friday's last hour ends what must be done."""
    config = site(email={"worked": WEEKDAYS, "at_end": "clear", "backlog": 0})
    _, _, roster = planned(config)
    email = roster.coverage[roster.coverage["channel"] == "email"].reset_index(drop=True)
    assert email["backlog_h"][4 * 24 + 17] == pytest.approx(0, abs=1e-3)
    assert email["backlog_h"].iloc[-1] == pytest.approx(0.25 * (6 + 48), abs=1e-3)


def test_between_calls_nothing_is_done_outside_the_hours() -> None:
    """Idle time of the phones from 8 to 18 does e-mail, but from 10 to 12 only where nothing else is allowed."""
    config = site(email={"worked": "10:00-12:00", "blend": True})
    horizon = weeks.horizon_of(config)
    need = weeks.requirement_of(horizon, phone=3 * calls(horizon), email=(0.05, 30))
    need["idle_h"] = np.where((need["channel"] == "phone") & (need["agents"] > 0), 0.5, np.nan)
    roster = plan_week(config, horizon, need, read_people(config))
    email = roster.coverage[roster.coverage["channel"] == "email"]
    blended = email[email["blended_h"] > 1e-6]
    assert {start.hour for start in blended["start"]} == {10, 11}


def test_people_who_cannot_work_on_it_do_nothing_in_the_replay() -> None:
    """Two at e-mail until 18, whose work may be done until 12: the replay does none of it in the afternoon."""
    from optimize.simulation.at_once.centre import Centre
    from optimize.simulation.at_once.rostered import staffing_of

    config = site(email={"worked": "08:00-12:00"})
    horizon, need, roster = planned(config)
    email = pd.DataFrame({"channel": "email", "start": horizon.starts, "volume": 1.0, "aht_s": 600.0})
    for quantile in ("q025", "q10", "q50", "q90", "q975"):
        email[quantile] = 1.0
    cover = roster.coverage.copy()
    cover.loc[cover["channel"] == "email", "staffed"] = 2.0
    asked = need.assign(load_erl=1.0, aht_s=600.0)
    forecast = pd.concat([email, email.assign(channel="phone")])
    centre = Centre.of(config, forecast, asked, horizon, replications=2, seed=1)
    seen = centre.meet(staffing_of(replace(roster, coverage=cover), config, horizon))["email"]
    hours = seen.there_s.mean(axis=0).reshape(7, 24) / 3600
    assert (hours[:, 8:12] > 0).all()
    assert hours[:, :8].sum() == hours[:, 12:].sum() == 0.0


@pytest.mark.parametrize(
    ("email", "words"),
    [
        ({}, "while live channels are staffed"),
        ({"open": "09:00-17:00"}, "while live channels are staffed, and while it is open"),
        ({"worked": {"mon-fri": "09:00-17:00"}}, "Mon–Fri 09:00–17:00, Sat–Sun closed"),
        ({"worked": "00:00-24:00", "closed_on_holidays": True}, "24 hours a day, not on public holidays"),
    ],
)
def test_the_report_says_when_work_is_done(email: dict[str, Any], words: str) -> None:
    """Among the assumptions of the channel, beside when it is open; breaks say how far they are apart."""
    from types import SimpleNamespace

    from reports.assumptions import assumptions

    config = site(email=email)
    told = {(each.group, each.setting): each.value for each in assumptions(SimpleNamespace(config=config))}
    assert told["Channel email", "Work hours"] == words
    day = ANY_DAY | {"breaks": [{"length": "1h", "after": "1h-2h"}], "break_gap": "1h"}
    config = weeks.config_of(contracts={"day": day})
    told = {(each.group, each.setting): each.value for each in assumptions(SimpleNamespace(config=config))}
    assert told["Contract day", "Shift"].endswith("; breaks 1 h, at least 1 h apart and from both ends of the shift")


def test_a_bad_span_is_told() -> None:
    """As opening hours are."""
    with pytest.raises(ConfigError, match=r'channels.email.worked: "9" is not a time of day'):
        site(email={"worked": "9-5"})
