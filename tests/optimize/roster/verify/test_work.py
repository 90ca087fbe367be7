"""Work that may wait, on its edges: done when it has come, by people who are there, in time to the interval."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tests.optimize.roster.verify.made import Line, Made, at, fails, made, passes

EMAIL = {
    "kind": "deferrable",
    "target": {"within": "4h", "clock": "clock"},
    "aht": "30min",
    "max_occupancy": 0.5,
    "backlog": 0,
}
PRICE = 80.0
"""Price of an hour short; an hour of work late for an hour costs an eighth of it."""


def half_hours(**values: float) -> np.ndarray:
    """Numbers in half hours of the week: ``h16=0.5`` from 8:00 to 8:30 on Monday."""
    numbers = np.zeros(336)
    for interval, value in values.items():
        numbers[int(interval[1:])] = value
    return numbers


def write(
    came: np.ndarray, done: np.ndarray, due_h: float = 4.5, lines: list[Line] | None = None, opening: float = 0.0,
    late_h: float = 0.0, undone_h: float = 0.0, **options: Any,
) -> Made:  # fmt: skip
    """One person who writes e-mail from 8 to 16 on Monday; `late_h` and `undone_h` are counted by hand."""
    email = EMAIL | options.pop("email", {})
    channels = {"phone": {"kind": "synchronous"}, "email": email}
    lines = lines or [Line("a", "mon 08:00")]
    hours = np.zeros(336)
    for line in lines:
        first = int((line.start - at("mon 00:00")) / pd.Timedelta("30min"))
        hours[first : first + int(2 * line.hours)] += 1
    cover = {"staffed": hours, "done_h": done, "backlog_h": opening + np.cumsum(came) - np.cumsum(done)}
    cover |= options.pop("columns", {})
    people = {line.agent: {"skills": "phone;email"} for line in lines}
    cost = {"late": late_h * PRICE / 8 + undone_h * PRICE}
    return made(
        lines, people=people, channels=channels, need={"phone": 0, "email": (came, due_h)}, cover={"email": cover},
        cost=cost, costs={"shortage_per_hour": PRICE}, **options,
    )  # fmt: skip


def test_work_is_done_when_it_has_come_and_not_before() -> None:
    """Half an hour of work comes from 8:30: done then, and not from 8:00."""
    assert passes(write(half_hours(h17=0.5), half_hours(h17=0.5)))
    assert fails(write(half_hours(h17=0.5), half_hours(h16=0.5)), "more of work is done than has arrived")
    assert fails(write(half_hours(h17=0.5), half_hours(h17=0.51)), "more of work is done than has arrived")


def test_as_much_is_done_as_people_are_there() -> None:
    """One person does half an hour of work in half an hour, to a thousandth."""
    came = half_hours(h16=1.0)
    assert passes(write(came, half_hours(h16=0.5, h17=0.5)))
    assert passes(write(came, half_hours(h16=0.5009, h17=0.4991)))
    assert fails(
        write(came, half_hours(h16=0.5011, h17=0.4989)), "0.5011 hours are done at 2026-11-30 08:00", "by 1 people"
    )
    assert fails(write(half_hours(h31=1.0), half_hours(h31=0.5, h32=0.5)), "0.5 hours are done", "by 0 people")


def test_what_is_told_to_have_come_has_come() -> None:
    """work_h is that of the requirement, to a thousandth."""
    sound = write(half_hours(h16=0.5), half_hours(h16=0.5))
    assert passes(sound.covered("email", 16, work_h=0.0009))
    assert fails(sound.covered("email", 16, work_h=0.0011), "coverage email", "work_h is")


def test_what_waits_is_what_came_less_what_was_done() -> None:
    """Backlog to a thousandth of an hour, in a middle and the last interval."""
    sound = write(half_hours(h16=1.0), half_hours(h16=0.5, h17=0.5))
    for interval in (16, 335):
        assert passes(sound.covered("email", interval, backlog_h=0.0009))
    for interval in (16, 335):
        for much in (0.0011, -0.0011):
            moment = at("mon 00:00") + interval * pd.Timedelta("30min")
            assert fails(sound.covered("email", interval, backlog_h=much), "backlog_h of work is", f"at {moment}")
    assert passes(write(half_hours(), half_hours(), opening=0.0))


def test_work_is_never_undone() -> None:
    """An hour done and taken back."""
    back = write(half_hours(h16=1.0), half_hours(h16=0.5, h17=-0.5, h18=0.5, h19=0.5))
    assert fails(back, "work is undone again")
    assert passes(write(half_hours(h16=0.5), half_hours(h16=0.5009, h17=-0.0009)))


@pytest.mark.parametrize(("interval", "late_h"), [(25, 0.0), (26, 0.25), (27, 0.5), (31, 1.5)])
def test_work_is_late_from_its_deadline_on(interval: int, late_h: float) -> None:
    """Half an hour of work comes from 8:30 to 9 and is due at 13:00: done by then, it is in time; then each half hour counts."""
    came, done = half_hours(h17=0.5), half_hours(**{f"h{interval}": 0.5})
    assert passes(write(came, done, late_h=late_h))
    assert fails(write(came, done, late_h=late_h + 0.25), "late is")


def test_work_due_in_an_interval_is_due_when_it_begins() -> None:
    """Due at 12:45 is due at 12:30: done from 12:30 to 13:00 it is late."""
    came = half_hours(h17=0.5)
    for interval, late_h in ((24, 0.0), (25, 0.25)):
        assert passes(write(came, half_hours(**{f"h{interval}": 0.5}), due_h=4.25, late_h=late_h))


def test_nothing_is_due_before_its_own_interval_ends() -> None:
    """Due on arrival: done in the interval it comes in, it is in time."""
    email = {"target": {"within": "1min", "clock": "clock"}}
    assert passes(write(half_hours(h17=0.5), half_hours(h17=0.5), due_h=0.0, email=email))
    assert passes(write(half_hours(h17=0.5), half_hours(h18=0.5), due_h=0.0, late_h=0.25, email=email))


def shared(done: np.ndarray, late_h: float, on_time: float, slow: np.ndarray | None = None, **target: Any) -> Made:
    """Two hours come from 8:00, half of them promised within an hour, the rest within three."""
    came = half_hours(h16=2.0)
    slow = np.zeros(336) if slow is None else slow
    reported = np.full(336, np.nan)
    reported[16] = on_time
    columns = {"rest_done_h": slow, "rest_backlog_h": np.cumsum(came / 2) - np.cumsum(slow), "on_time": reported}
    email = {"target": {"share": 0.5, "within": "1h", "rest_within": "3h", "clock": "clock"} | target}
    return write(came, done, due_h=1.5, late_h=late_h, columns=columns, email=email)


def test_a_share_is_promised_in_time_and_the_rest_later() -> None:
    """Half an hour each half hour: by 9:30 the promised hour is done and half of the rest, three quarters of it all."""
    done = half_hours(h16=0.5, h17=0.5, h18=0.5, h19=0.5)
    sound = shared(done, 0.0, 0.75, half_hours(h18=0.5, h19=0.5))
    assert passes(sound)
    for much, fine in ((0.0004, True), (-0.0004, True), (0.0006, False), (-0.0006, False)):
        other = sound.covered("email", 16, on_time=much)
        assert passes(other) if fine else fails(other, "on_time is")


def test_the_promised_work_is_late_by_its_own_deadline() -> None:
    """Begun at 8:30, the promised hour is done at 9:30 and in time; begun at 9:00, half of it is late by half an hour."""
    for first, late_h, on_time in ((17, 0.0, 0.5), (18, 0.25, 0.25), (19, 0.5 + 0.25, 0.0)):
        done = half_hours(**{f"h{first + k}": 0.5 for k in range(4)})
        slow = half_hours(**{f"h{first + k}": 0.5 for k in (2, 3)})
        assert passes(shared(done, late_h, on_time, slow)), first


def test_the_rest_is_late_by_its_own_deadline() -> None:
    """The rest is due at 11:30: its last half hour done until then is in time, half an hour later it is late."""
    for last, late_h in ((22, 0.0), (23, 0.25), (24, 0.5)):
        done = half_hours(**{"h16": 0.5, "h17": 0.5, "h21": 0.5, f"h{last}": 0.5})
        slow = half_hours(**{"h21": 0.5, f"h{last}": 0.5})
        assert passes(shared(done, late_h, 0.5, slow))


def test_the_parts_are_judged_each() -> None:
    """Work of the rest that vanishes, or is done before the promised, is told with its name."""
    done, slow = half_hours(h16=0.5, h17=0.5, h18=0.5, h19=0.5), half_hours(h18=0.5, h19=0.5)
    sound = shared(done, 0.0, 0.75, slow)
    assert fails(sound.covered("email", 20, rest_backlog_h=0.0011), "backlog_h of the rest of the work is")
    assert fails(sound.covered("email", 20, backlog_h=0.0011), "backlog_h of work with a target is")
    assert passes(sound.covered("email", 20, rest_backlog_h=0.0009))
    lazy = shared(done, 1.0, 0.0, half_hours(h16=0.5, h17=0.5, h18=0.5, h19=0.5))
    assert fails(lazy, "more of the rest of the work is done than has arrived")


def end_of_week(
    done: np.ndarray, undone_h: float, rule: str, due_h: float = 100.0, came: np.ndarray | None = None
) -> Made:
    """An hour of work comes on Sunday from 10:00, somebody is there from 8 to 16, and the deadline lies in the next week."""
    came = half_hours(h308=1.0) if came is None else came
    email = {"at_end": rule, "open": "09:00-17:00", "target": {"within": "99h", "clock": "clock"}}
    return write(came, done, due_h=due_h, lines=[Line("a", "sun 08:00")], undone_h=undone_h, email=email)


@pytest.mark.parametrize(
    ("rule", "done_h", "undone_h"),
    [
        ("due", 0.0, 0.0),
        ("as-found", 0.5, 0.5),
        ("as-found", 1.0, 0.0),
        ("clear", 0.5, 0.5),
        ("clear", 1.0, 0.0),
    ],
)
def test_the_end_of_the_week_has_its_rule(rule: str, done_h: float, undone_h: float) -> None:
    """Not due, it may wait; as found and clear ask for all of it, to the half hour."""
    done = half_hours(h308=min(done_h, 0.5), h309=max(0.0, done_h - 0.5))
    assert passes(end_of_week(done, undone_h, rule))
    assert fails(end_of_week(done, undone_h + 0.25, rule), "late is")


def test_a_week_to_clear_is_judged_when_the_channel_closes() -> None:
    """Open until 17:00 on Sunday: work that comes from 16:30 counts, from 17:00 it may wait; done later is too late."""
    for interval, undone_h in ((321, 1.0), (322, 0.0)):
        assert passes(end_of_week(half_hours(), undone_h, "clear", came=half_hours(**{f"h{interval}": 1.0})))
    as_found = end_of_week(half_hours(), 1.0, "as-found", came=half_hours(h322=1.0))
    assert passes(as_found)


def test_due_work_must_be_done_by_the_end_of_the_week() -> None:
    """Due at the very end of Sunday it is undone as well as late; due half an hour later it is neither."""
    came = half_hours(h308=1.0)
    for due_h, late_h, undone_h in ((14.0, 0.5, 1.0), (14.5, 0.0, 0.0)):
        email = {"at_end": "due", "target": {"within": "14h", "clock": "clock"}}
        roster = write(
            came,
            half_hours(),
            due_h=due_h,
            lines=[Line("a", "sun 08:00")],
            late_h=late_h,
            undone_h=undone_h,
            email=email,
        )
        assert passes(roster)


def circle(came: np.ndarray, done: np.ndarray, opening: float, **options: Any) -> Made:
    """A week without a stated backlog repeats itself; somebody is there on Monday and Sunday from 8 to 16."""
    email = {"backlog": None, "at_end": "due", "target": {"within": "24h", "clock": "clock"}} | options.pop("email", {})
    lines = [Line("a", "mon 08:00"), Line("a", "sun 08:00")]
    due_h = options.pop("due_h", 24.5)
    return write(came, done, due_h=due_h, lines=lines, opening=opening, email=email, **options)


def test_a_week_that_repeats_itself_hands_on_what_it_began_with() -> None:
    """An hour comes on Sunday from 20:00 and is due on Monday at 20:30, this Monday's first: done on Monday from 8."""
    came = half_hours(h328=1.0)
    done = half_hours(h16=0.5, h17=0.5)
    assert passes(circle(came, done, opening=1.0))
    more = half_hours(h16=0.5)
    assert fails(circle(came, more, opening=0.5), "a repeating week ends with 1 hours of backlog and begins with 0.5")
    assert passes(circle(came, half_hours(h16=0.5, h17=0.4992), opening=0.9992))


def test_inherited_work_is_late_from_its_deadline_of_this_week() -> None:
    """Due on Monday at 10:30 of the next week, so of this one too: done by then in time, a half hour later late."""
    came = half_hours(h308=0.5)
    for interval, late_h in ((20, 0.0), (21, 0.25), (22, 0.5)):
        roster = circle(came, half_hours(**{f"h{interval}": 0.5}), opening=0.5, late_h=late_h)
        assert passes(roster)
        assert fails(circle(came, half_hours(**{f"h{interval}": 0.5}), opening=0.5, late_h=late_h + 0.25), "late is")


def left(
    hours: float, due: str, done: np.ndarray, late_h: float = 0.0, opening: float | None = None, undone_h: float = 0.0
) -> Made:
    """A week after another that left some hours of e-mail, due at a moment."""
    waiting = pd.DataFrame({"channel": ["email"], "due": [at(due)], "work_h": [hours], "part": ["work"]})
    email = {"backlog": None, "at_end": "due"}
    sound = write(
        half_hours(), done, opening=hours if opening is None else opening, late_h=late_h, undone_h=undone_h, email=email,
        last_week=[Line("z", "last mon 08:00")],
    )  # fmt: skip
    return replace(sound, roster=replace(sound.roster, people=replace(sound.roster.people, waiting=waiting)))


def test_the_week_begins_with_what_the_week_before_left() -> None:
    """An hour left: told as an hour, to a thousandth."""
    done = half_hours(h16=0.5, h17=0.5)
    assert passes(left(1.0, "mon 12:00", done))
    assert passes(left(1.0, "mon 12:00", done, opening=1.0009))
    assert fails(left(1.0, "mon 12:00", done, opening=1.0011), "1.0011 hours of work wait at the start", "left 1")
    assert fails(left(1.0, "mon 12:00", half_hours(h16=0.5), opening=0.5), "0.5 hours of work wait at the start")


def test_work_left_is_late_from_the_moment_it_was_due() -> None:
    """Due at 9:00 on Monday: the hour is done then; due at 8:30 half of it is late for half an hour."""
    done = half_hours(h16=0.5, h17=0.5)
    for due, late_h in (("mon 09:00", 0.0), ("mon 08:30", 0.25), ("mon 08:00", 0.75)):
        assert passes(left(1.0, due, done, late_h))
    later = left(1.0, "next mon 00:00", half_hours(h16=0.5), late_h=0.25, undone_h=0.5)
    assert passes(later)
    assert passes(left(1.0, "next mon 00:30", half_hours(h16=0.5)))


def stated(
    done: np.ndarray, late_h: float, came: np.ndarray, due_h: float, undone_h: float = 0.0, **email: Any
) -> Made:
    """Two contacts of half an hour wait when the week begins: at an occupancy of a half, two hours of rostered work."""
    return write(came, done, due_h=due_h, opening=2.0, late_h=late_h, undone_h=undone_h, email={"backlog": 2, **email})


def test_a_stated_backlog_falls_due_evenly_until_the_first_work_does() -> None:
    """Two hours over ten hours until 10:00, a tenth of an hour each half hour; somebody is there from 8:00."""
    done = half_hours(**{f"h{i}": 0.5 for i in range(16, 21)})
    late = [0.1 * k for k in range(1, 17)] + [1.7 - 0.5, 1.8 - 1.0, 1.9 - 1.5, 2.5 - 2.0]
    assert passes(stated(done, sum(late) / 2, half_hours(h16=0.5), 2.0))
    assert fails(stated(done, sum(late) / 2 + 0.25, half_hours(h16=0.5), 2.0), "late is")


def test_hours_of_work_are_those_in_which_it_may_be_done() -> None:
    """Worked from 9 to 15: half an hour done at either edge passes, beyond it is told."""
    for interval, fine in ((18, True), (29, True), (17, False), (30, False)):
        email = {"worked": "09:00-15:00", "target": {"within": "20h", "clock": "clock"}}
        roster = write(half_hours(h10=0.5), half_hours(**{f"h{interval}": 0.5}), due_h=20.5, email=email)
        assert (
            passes(roster)
            if fine
            else fails(roster, "0.5 hours are done at 2026-11-30", "outside the hours it is worked")
        )


def test_a_trifle_outside_the_hours_is_rounding() -> None:
    """A thousandth of an hour passes, two do not."""
    email = {"worked": "09:00-15:00", "target": {"within": "20h", "clock": "clock"}}
    for trifle, fine in ((0.0009, True), (0.0011, False)):
        roster = write(half_hours(h10=0.5), half_hours(h17=trifle, h18=0.5 - trifle), due_h=20.5, email=email)
        assert passes(roster) if fine else fails(roster, "outside the hours it is worked")


def test_lots_are_taken_in_the_order_they_came() -> None:
    """An hour comes from 8:00 and one from 9:00, promised within an hour: of the second a half is in time, of the first all."""
    came, done = half_hours(h16=1.0, h18=1.0), half_hours(h16=0.5, h17=0.5, h19=0.5, h22=0.5)
    reported = np.full(336, np.nan)
    reported[16], reported[18] = 1.0, 0.5
    email = {"target": {"within": "1h", "clock": "clock"}}
    sound = write(came, done, due_h=1.5, late_h=0.5, columns={"on_time": reported}, email=email)
    assert passes(sound)
    for interval, much in ((16, -0.002), (18, 0.002), (18, -0.002)):
        assert fails(sound.covered("email", interval, on_time=much), "on_time is")


def test_work_whose_deadline_lies_after_the_week_has_no_share_in_time() -> None:
    """Due at the end of Sunday it is judged, half an hour later it is not, whatever stands in the cell."""
    came, reported = half_hours(h308=0.5), np.full(336, np.nan)
    reported[308] = 0.3
    for due_h, judged in ((14.0, True), (14.5, False)):
        email = {"at_end": "due", "target": {"within": "14h", "clock": "clock"}}
        lines = [Line("a", "sun 08:00")]
        roster = write(came, half_hours(h309=0.5), due_h=due_h, lines=lines, columns={"on_time": reported}, email=email)
        assert fails(roster, "on_time is 0.3", "recount says 1") if judged else passes(roster)


def test_work_due_as_the_week_ends_is_of_this_week() -> None:
    """It comes on Sunday from 8:00 and is due at midnight: done that day it is in time, and nothing is inherited."""
    came = half_hours(h304=0.5)
    assert passes(circle(came, half_hours(h305=0.5), opening=0.0, due_h=16.0))
    later = circle(came, half_hours(h16=0.5), opening=0.5, due_h=16.5, late_h=4.0)
    assert passes(later)


def test_work_of_the_first_half_hour_is_done_in_it() -> None:
    """An hour comes at midnight on Monday, and somebody is there: half of it is done at once, nothing waited before."""
    contract = {"shifts": [{"length": "8h", "start": "00:00-22:00"}]}
    sound = write(half_hours(h0=1.0), half_hours(h0=0.5, h1=0.5), lines=[Line("a", "mon 00:00")], contract=contract)
    assert passes(sound)
    assert fails(sound.covered("email", 0, backlog_h=-1.0), "more of work is done than has arrived")
    waiting = sound.covered("email", 0, backlog_h=0.0011)
    assert fails(waiting, "backlog_h of work is 0 at 2026-11-30 00:30", "0.0011")


def test_both_parts_of_what_the_week_before_left_are_judged() -> None:
    """Half an hour of promised work is left, due at 8:30, and an hour of the rest, due at 9:30: each told by its part."""
    slow = half_hours(h17=0.5, h18=0.5)
    columns = {"rest_done_h": slow, "rest_backlog_h": 1.0 - np.cumsum(slow), "on_time": np.full(336, np.nan)}
    target = {"share": 0.5, "within": "1h", "rest_within": "3h", "clock": "clock"}
    sound = write(
        half_hours(), half_hours(h16=0.5, h17=0.5, h18=0.5), due_h=1.5, opening=1.5, columns=columns,
        email={"backlog": None, "at_end": "due", "target": target}, last_week=[Line("z", "last mon 08:00")],
    )  # fmt: skip
    for promised, rest, fine in ((0.5, 1.0, True), (1.0, 0.5, False), (0.5, 1.0011, False), (0.5011, 1.0, False)):
        waiting = pd.DataFrame({
            "channel": "email", "due": [at("mon 08:30"), at("mon 09:30")], "work_h": [promised, rest],
            "part": ["promised", "rest"],
        })  # fmt: skip
        roster = replace(sound.roster, people=replace(sound.roster.people, waiting=waiting))
        reported = replace(sound, roster=roster)
        assert passes(reported) if fine else fails(reported, "wait at the start; the previous week left")


def test_cells_without_a_number_are_nothing() -> None:
    """Work that came, was done and waits is told in the hours in which there is some; elsewhere the cells are empty."""
    came, done = half_hours(h16=1.0), half_hours(h16=0.5, h17=0.5)
    sound = write(came, done)
    assert passes(sound)
    cover, need = sound.roster.coverage.copy(), sound.requirement.copy()
    for frame, names in ((cover, ["work_h", "done_h", "backlog_h"]), (need, ["work_h"])):
        for name in names:
            frame.loc[(frame["channel"] == "email") & (frame[name] == 0), name] = np.nan
    cover["work_h"] = cover["work_h"].fillna(0.0)
    empty = replace(sound, requirement=need, roster=replace(sound.roster, coverage=cover))
    assert passes(empty)


def test_cells_of_the_rest_without_a_number_are_nothing() -> None:
    """The same for the columns of the rest, and for a table that has none of them."""
    done = half_hours(h16=0.5, h17=0.5, h18=0.5, h19=0.5)
    sound = shared(done, 0.0, 0.75, half_hours(h18=0.5, h19=0.5))
    cover = sound.roster.coverage.copy()
    for name in ("rest_done_h", "rest_backlog_h"):
        cover.loc[cover[name] == 0, name] = np.nan
    assert passes(replace(sound, roster=replace(sound.roster, coverage=cover)))


def test_a_stated_backlog_is_due_at_once_where_no_work_comes() -> None:
    """Two hours are owed from the first half hour on; somebody does half an hour each half hour from 8:00."""
    done = half_hours(h16=0.5, h17=0.5, h18=0.5, h19=0.5)
    assert passes(stated(done, (16 * 2.0 + 1.5 + 1.0 + 0.5) / 2, half_hours(), 2.0))


def test_a_stated_backlog_falls_due_beyond_the_week_with_the_first_work_that_does() -> None:
    """The first deadline lies 508 half hours after the beginning: two hours over them, done on Monday from 8:00."""
    done, came = half_hours(h16=0.5, h17=0.5, h18=0.5, h19=0.5), half_hours(h308=0.5)
    email = {"at_end": "due", "target": {"within": "99h", "clock": "clock"}}
    late_h = sum(2 * k / 508 for k in range(1, 17)) / 2
    assert passes(stated(done, late_h, came, 100.0, **email))
    assert fails(stated(done, late_h * 2, came, 100.0, **email), "late is")


def test_a_stated_backlog_falls_due_in_open_hours_where_these_count() -> None:
    """Open from 8 to 12, the first work due at 12:00: a quarter of an hour each half hour; begun at 9:00 it is late."""
    done = half_hours(h18=0.5, h19=0.5, h20=0.5, h21=0.5, h22=0.5)
    email = {"open": "08:00-12:00", "target": {"within": "4h", "clock": "open"}}
    assert passes(stated(done, (0.25 + 0.5 + 0.25) / 2, half_hours(h16=0.5), 4.0, **email))


def test_work_waits_behind_a_stated_backlog() -> None:
    """Two hours wait and half an hour comes from 8:00, due at 12:00: done after the two, from 12:00, it is late.

    Of the two hours a twelfth falls due each half hour.
    """
    done, told = half_hours(h16=0.5, h17=0.5, h18=0.5, h19=0.5, h24=0.5), np.full(336, np.nan)
    told[16] = 0.0
    late = sum(k / 12 for k in range(1, 17)) + (17 / 12 - 0.5) + (18 / 12 - 1.0) + (19 / 12 - 1.5) + 0.5
    columns, email = {"on_time": told}, {"backlog": 2}
    behind = write(half_hours(h16=0.5), done, 4.0, opening=2.0, late_h=late / 2, columns=columns, email=email)
    assert passes(behind)
    assert fails(behind.covered("email", 16, on_time=0.1), "on_time is 0.1", "recount says 0")


def test_a_week_to_clear_is_judged_when_its_work_is_last_done() -> None:
    """Open until 17:00 and worked until 12:00: what comes from 11:30 on Sunday counts, from 12:00 it may wait.

    Where it is worked only while the channel is closed, what comes until it closes counts.
    """
    for worked, last in (("09:00-12:00", 311), ("18:00-20:00", 321)):
        for interval, undone_h in ((last, 1.0), (last + 1, 0.0)):
            email = {
                "at_end": "clear", "open": "09:00-17:00", "worked": worked,
                "target": {"within": "99h", "clock": "clock"},
            }  # fmt: skip
            came, lines = half_hours(**{f"h{interval}": 1.0}), [Line("a", "sun 08:00")]
            assert passes(write(came, half_hours(), due_h=100.0, lines=lines, undone_h=undone_h, email=email))


def test_a_week_that_repeats_itself_may_leave_undone_what_it_pays_for() -> None:
    """An hour comes on Sunday and is not done, though as much should be as came: told as undone it passes."""
    came, email = half_hours(h308=1.0), {"at_end": "as-found"}
    assert passes(circle(came, half_hours(), opening=0.0, undone_h=1.0, email=email))
    assert fails(circle(came, half_hours(), opening=0.0, email=email), "late is 0.00; the recount says 80.00")
