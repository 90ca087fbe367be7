"""Each rule and each cost term of the program as text: a changed coefficient shows as a changed line."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from configs.horizon import Horizon
from configs.loader import build
from configs.schema import Config
from optimize.roster.inputs.assemble import assemble
from optimize.roster.inputs.people import People, read_people
from optimize.roster.inputs.shift_slot import ShiftSlot
from optimize.roster.inputs.week import Week
from optimize.roster.program import activity_rules, blend_rules, costs, cover, rules, share_rules, targets
from optimize.roster.program.layout import duty_matrix, lay_out
from optimize.roster.program.model import Model
from optimize.roster.program.published import PublishedRoster, price_changes
from optimize.roster.program.tiers import deep_shortage, deep_shortage_is_counted
from tests.optimize.roster import weeks
from tests.optimize.roster.served import served_week, weighed
from tests.optimize.roster.test_previous import before_of

CONTRACTS = {
    "day": {
        "days_per_week": 2, "cost_per_hour": 10,
        "shifts": [{"length": "6h", "start": "08:00-16:00", "step": "4h", "days": ["mon", "tue", "wed"]}],
        "breaks": [{"length": "2h", "after": "2h-3h"}],
    },
}  # fmt: skip
CHANNELS = {"phone": {"kind": "synchronous"}, "email": {"kind": "deferrable", "target": {"within": "12h"}}}


Case = tuple[Config, Horizon, pd.DataFrame, People]


@pytest.fixture(scope="module")
def case() -> Case:
    """Three people, two channels, starts at 8, 12 and 16 on three days, one break; a premium on Tuesdays."""
    premium = {"name": "tuesday", "days": ["tue"], "add": 0.5}
    config = weeks.config_of(
        channels=CHANNELS,
        contracts=CONTRACTS,
        costs={"shortage_per_hour": 80, "excess_per_hour": 1, "premiums": [premium]},
        roster={"agents": "x"},
    )
    horizon = weeks.horizon_of(config)
    open_hours = weeks.hours_between(horizon, 8, 18) * (horizon.day < 3)
    need = weeks.requirement_of(horizon, phone=open_hours, email=(0.5 * open_hours, 12))
    people = weeks.people_of(
        [("a", "day", "phone"), ("b", "day", "phone;email"), ("c", "day", "phone;email")],
        [("a", "2026-12-01", "2026-12-02")],
    )
    return config, horizon, need, people


@pytest.fixture(scope="module")
def week(case: Case) -> Week:
    """The case as a week by itself."""
    return assemble(*case)


@pytest.fixture(scope="module")
def following(case: Case) -> Week:
    """The case after a week in which b ended at 03:00 on Monday and c worked from Wednesday to Sunday evening."""
    config, horizon, need, people = case
    shifts = [("b", "2026-11-29 19:00", 8, "")] + [("c", f"2026-11-{day} 16:00", 6, "") for day in range(25, 30)]
    return assemble(config, horizon, need, replace(people, previous=before_of(shifts)))


@pytest.fixture(scope="module")
def shared_week() -> Week:
    """Half of the e-mail promised within two hours, the rest within six; ten hours wait at first; all done at the end."""
    target = {"share": 0.5, "within": "2h", "rest_within": "6h", "clock": "clock"}
    email = {
        "kind": "deferrable",
        "target": target,
        "at_end": "clear",
        "backlog": 10,
        "aht": "1h",
        "max_occupancy": 0.5,
    }
    config = weeks.config_of(
        channels={"phone": {"kind": "synchronous"}, "email": email}, contracts=CONTRACTS, roster={"agents": "x"}
    )
    horizon = weeks.horizon_of(config)
    need = weeks.requirement_of(
        horizon, phone=0, email=(1.0 * (horizon.day == 0) * weeks.hours_between(horizon, 8, 10), 2)
    )
    return assemble(config, horizon, need, weeks.people_of([("a", "day", "phone;email")]))


@pytest.fixture(scope="module")
def chosen_week() -> Week:
    """Half of each day's e-mail in time: an hour each from 8 to 10 on Monday, two each from 22 to 24 on Sunday.

    It is due by the end of the second interval after its own, the rest by that of the fourth; the week repeats itself.
    """
    target = {"share": 0.5, "within": "2h", "rest_within": "4h", "clock": "clock", "over": "day"}
    config = weeks.config_of(
        channels={"phone": {"kind": "synchronous"}, "email": {"kind": "deferrable", "target": target}},
        contracts=CONTRACTS,
        roster={"agents": "x"},
    )
    horizon = weeks.horizon_of(config)
    monday = 1.0 * (horizon.day == 0) * weeks.hours_between(horizon, 8, 10)
    sunday = 2.0 * (horizon.day == 6) * weeks.hours_between(horizon, 22, 24)
    need = weeks.requirement_of(horizon, phone=0, email=(monday + sunday, 3))
    return assemble(config, horizon, need, weeks.people_of([("a", "day", "phone;email")]))


SHARE_RULES = [
    share_rules.all_work_has_one_lane,
    share_rules.nothing_is_done_before_it_comes,
    share_rules.lanes_meet_their_deadline,
    share_rules.lanes_begin_with_what_was_left,
    share_rules.lanes_end_with_their_work_done,
    share_rules.enough_is_in_time,
    share_rules.missed_shares,
]


@pytest.mark.parametrize("rule", SHARE_RULES, ids=lambda r: r.__name__)
def test_rule_of_a_share_of_the_day_is_written_as_it_was(rule, chosen_week: Week, golden) -> None:
    """The rows of one rule; of those with an interval, the first on Monday and the last on Sunday."""
    model = Model("golden")
    rule(model, chosen_week, lay_out(model, chosen_week))
    lines = model.text().splitlines()
    numbers = [int(found[1]) if (found := re.match(r"  \w+_\d+_(\d+):", line)) else 0 for line in lines]
    kept = [line for line, number in zip(lines, numbers, strict=True) if number < 16 or number >= chosen_week.size - 3]
    golden(f"program/day_{rule.__name__}.txt", "\n".join(kept) + "\n")


@pytest.fixture(scope="module")
def target_week() -> Week:
    """A floor of one at the phone from 8 to 10 on two days; phone and video are one team with targets over spans."""
    return served_week()


TARGET_RULES = [targets.people_take_steps, targets.targets_are_met, targets.missed_targets]


@pytest.mark.parametrize("rule", TARGET_RULES, ids=lambda r: r.__name__)
def test_rule_of_targets_over_spans_is_written_as_it_was(rule, target_week: Week, golden) -> None:
    """The rows of one rule: steps beyond the floors, what each target asks for beyond them, and what it lacks."""
    model = Model("golden")
    rule(model, target_week, lay_out(model, target_week))
    golden(f"program/{rule.__name__}.txt", model.text())


def test_people_who_can_serve_a_channel_take_steps_as_it_was(target_week: Week, golden) -> None:
    """Video counts those who can serve it for 1.5, others for a half: both rows of its steps beside those of phone."""
    assert target_week.service is not None
    week = replace(target_week, service=weighed(target_week.service))
    model = Model("golden")
    targets.people_take_steps(model, week, lay_out(model, week))
    golden("program/able_people_take_steps.txt", model.text())


PEOPLE_RULES = [
    rules.everybody_has_one_pattern,
    rules.patterns_make_the_days,
    rules.kinds_keep_the_hours,
    rules.rest_between_days,
    rules.rest_from_the_week_before,
    rules.shifts_end_before_leave,
]


@pytest.fixture(scope="module")
def busy_week() -> Week:
    """Two people of two pools: unpaid training one at a time on Monday morning, a meeting at ten or eleven on Tuesday."""
    training = {
        "name": "training",
        "length": "2h",
        "window": "08:00-13:00",
        "days": ["mon"],
        "at_once": 1,
        "paid": False,
    }
    meeting = {"name": "team meeting", "length": "1h", "window": "10:00-12:00", "days": ["tue"], "together": True}
    config = weeks.config_of(
        channels=CHANNELS,
        contracts=CONTRACTS,
        costs={"shortage_per_hour": 80},
        roster={"agents": "x"},
        activities=[training, meeting],
    )
    horizon = weeks.horizon_of(config)
    people = weeks.people_of([("a", "day", "phone"), ("b", "day", "phone;email")])
    return assemble(config, horizon, weeks.requirement_of(horizon, phone=0, email=(0, 12)), people)


@pytest.fixture(scope="module")
def blended_week() -> Week:
    """Two phone from 8 to 10 on Monday with half an agent idle; e-mail may use it; one of two people knows both."""
    email = {"kind": "deferrable", "target": {"within": "12h"}, "blend": True, "max_occupancy": 0.8}
    config = weeks.config_of(
        channels={"phone": {"kind": "synchronous"}, "email": email}, contracts=CONTRACTS, roster={"agents": "x"}
    )
    horizon = weeks.horizon_of(config)
    calls = 2.0 * weeks.hours_between(horizon, 8, 10) * (horizon.day == 0)
    need = weeks.requirement_of(horizon, phone=calls, email=(0.1, 12))
    need["idle_h"] = np.where((need["channel"] == "phone") & (need["agents"] > 0), 0.5, np.nan)
    return assemble(config, horizon, need, weeks.people_of([("a", "day", "phone"), ("b", "day", "phone;email")]))


BLEND_RULES = [blend_rules.idle_time_is_shared, blend_rules.idle_time_needs_enough_people]


@pytest.mark.parametrize("rule", [*BLEND_RULES, cover.work_is_done_by_people], ids=lambda r: r.__name__)
def test_rule_of_work_between_calls_is_written_as_it_was(rule, blended_week: Week, golden) -> None:
    """The rows of one rule over a week whose e-mail may be done between calls."""
    model = Model("golden")
    rule(model, blended_week, lay_out(model, blended_week))
    text = "\n".join(line for line in model.text().splitlines() if "x_" in line) + "\n"
    golden(f"program/blended_{rule.__name__}.txt", text)


ACTIVITY_RULES = [
    activity_rules.people_take_part_once,
    activity_rules.those_who_work_take_part,
    activity_rules.few_take_part_at_once,
    activity_rules.meetings_have_one_time,
    activity_rules.missed_activities,
    activity_rules.unpaid_activities,
]
SHIFT_RULES = [rules.starts_follow_in_order, rules.breaks_follow_in_order, rules.breaks_stay_in_their_windows]
WORK_RULES = [
    cover.live_channels_are_covered,
    cover.work_is_done_by_people,
    cover.work_never_goes_back,
    cover.work_meets_its_deadline,
    cover.week_hands_on_what_it_found,
    cover.week_ends_with_its_work_done,
]
COSTS = [costs.wages_and_premiums, costs.shortage, costs.excess, costs.lateness, costs.rest_violations]


@pytest.mark.parametrize(
    "rule",
    [*PEOPLE_RULES, *SHIFT_RULES, *WORK_RULES, *COSTS, cover.people_are_at_one_channel],
    ids=lambda r: r.__name__,
)
def test_rule_is_written_as_it_was(rule, week: Week, golden) -> None:
    """The rows of one rule over one small week."""
    model = Model("golden")
    layout = lay_out(model, week)
    if rule in SHIFT_RULES:
        rule(model, layout)
    elif rule is cover.people_are_at_one_channel:
        rule(model, week, layout, duty_matrix(week, layout, model.columns))
    else:
        rule(model, week, layout)
    golden(f"program/{rule.__name__}.txt", model.text())


def test_breaks_that_may_meet_are_kept_apart_by_rows(golden) -> None:
    """Two starts, breaks of two hours in windows 1h-3h and 2h-5h, an hour apart: rows of one day."""
    shift = {"length": "9h", "start": "08:00-10:00", "step": "2h", "days": ["mon"]}
    breaks = [{"length": "2h", "after": "1h-3h"}, {"length": "2h", "after": "2h-5h"}]
    contract = {"agents": 2, "days_per_week": 1, "cost_per_hour": 10, "shifts": [shift], "breaks": breaks}
    config = weeks.config_of(contracts={"day": contract | {"break_gap": "1h"}})
    horizon = weeks.horizon_of(config)
    week = assemble(config, horizon, weeks.requirement_of(horizon, phone=0), read_people(config))
    model = Model("golden")
    rules.breaks_keep_their_distance(model, lay_out(model, week))
    golden("program/breaks_keep_their_distance.txt", model.text())


@pytest.mark.parametrize(
    "rule",
    [cover.work_is_done_by_people, cover.work_meets_its_deadline, cover.week_ends_with_its_work_done, costs.lateness],
    ids=lambda r: r.__name__,
)
def test_rule_of_work_promised_in_part_is_written_as_it_was(rule, shared_week: Week, golden) -> None:
    """The rows of one rule over a week whose e-mail has two classes."""
    model = Model("golden")
    rule(model, shared_week, lay_out(model, shared_week))
    golden(f"program/shared_{rule.__name__}.txt", model.text())


@pytest.mark.parametrize(
    "rule",
    [rules.rest_between_days, rules.rest_from_the_week_before, rules.patterns_make_the_days],
    ids=lambda r: r.__name__,
)
def test_rule_of_a_week_after_another_is_written_as_it_was(rule, following: Week, golden) -> None:
    """No rest from Sunday to Monday of the same week; b begins at 16 on Monday, c works at most one day from then on."""
    model = Model("golden")
    rule(model, following, lay_out(model, following))
    golden(f"program/after_{rule.__name__}.txt", model.text())


def test_people_still_at_work_stand_on_the_right_of_their_place(following: Week, golden) -> None:
    """b is at work until 03:00, with the skill the week before knew: phone."""
    model = Model("golden")
    layout = lay_out(model, following)
    cover.people_are_at_one_channel(model, following, layout, duty_matrix(following, layout, model.columns))
    golden("program/after_people_are_at_one_channel.txt", model.text())


def test_the_rule_of_hours_is_written_as_it_was(golden) -> None:
    """Two days of six or four hours each; b must get ten, so that one shift is long and one is short; a may get any."""
    kinds = [{"length": length, "start": "08:00", "days": ["mon", "tue"]} for length in ("6h", "4h")]
    contract = {"days_per_week": 2, "cost_per_hour": 10, "shifts": kinds}
    config = weeks.config_of(contracts={"day": contract}, roster={"agents": "x"})
    horizon = weeks.horizon_of(config)
    people = weeks.people_of([("a", "day", "phone"), ("b", "day", "phone")])
    people.agents[["hours_min", "hours_max"]] = [[float("nan")] * 2, [10.0, 10.0]]
    week = assemble(config, horizon, weeks.requirement_of(horizon, phone=0), people)
    model = Model("golden")
    layout = lay_out(model, week)
    rules.kinds_keep_the_hours(model, week, layout)
    rules.everybody_has_one_pattern(model, week, layout)
    golden("program/hours_kinds_keep_the_hours.txt", model.text())


def test_the_rule_of_leave_is_written_as_it_was(case: Case, golden) -> None:
    """Shifts of 12 hours from 8, 12 or 16: b on Monday and c on Tuesday cannot begin at 16, since leave begins at midnight."""
    config, horizon, need, _ = case
    people = weeks.people_of(
        [(agent, "day", "phone") for agent in "abc"],
        [("b", "2026-12-01", "2026-12-02"), ("c", "2026-12-02", "2026-12-03")],
    )
    long = {"day": CONTRACTS["day"] | {"shifts": [{"length": "12h", "start": "08:00-16:00", "step": "4h"}]}}
    raw = config.raw | {"contracts": long}
    week = assemble(build(raw), horizon, need, people)
    model = Model("golden")
    rules.shifts_end_before_leave(model, week, lay_out(model, week))
    golden("program/leave_shifts_end_before_leave.txt", model.text())


@pytest.mark.parametrize("rule", [*ACTIVITY_RULES, cover.people_are_at_one_channel], ids=lambda r: r.__name__)
def test_rule_of_activities_is_written_as_it_was(rule, busy_week: Week, golden) -> None:
    """The rows of one rule over a week with a training and a meeting, which take people off their channels."""
    model = Model("golden")
    layout = lay_out(model, busy_week)
    if rule is cover.people_are_at_one_channel:
        rule(model, busy_week, layout, duty_matrix(busy_week, layout, model.columns))
        text = "\n".join(line for line in model.text().splitlines() if "q_" in line) + "\n"
    else:
        rule(model, busy_week, layout)
        text = model.text()
    golden(f"program/busy_{rule.__name__}.txt", text)


@pytest.mark.parametrize("name", ["week", "busy_week", "blended_week", "chosen_week", "target_week"])
def test_every_rule_of_the_program_has_a_golden_file(name: str, request) -> None:
    """A rule added to the program is added here too: the rows of the whole are those of the parts."""
    from optimize.roster.program import build

    week = request.getfixturevalue(name)
    model = build(week).model
    parts = Model("parts")
    layout = lay_out(parts, week)
    for rule in PEOPLE_RULES:
        rule(parts, week, layout)
    for rule in SHIFT_RULES:
        rule(parts, layout)
    cover.people_are_at_one_channel(parts, week, layout, duty_matrix(week, layout, parts.columns))
    extra = [deep_shortage_is_counted, deep_shortage, *ACTIVITY_RULES, *BLEND_RULES, *SHARE_RULES, *TARGET_RULES]
    for rule in [*WORK_RULES, *COSTS, *extra]:
        rule(parts, week, layout)
    assert sorted(model.text().splitlines()) == sorted(parts.text().splitlines())


def test_golden_of_the_price_of_changes(week: Week, golden) -> None:
    """Two published on Monday, one of them at 12: more and fewer than published count; every other start is a change."""
    model = Model("week")
    layout = lay_out(model, week)
    published_roster = PublishedRoster(
        {"b": (ShiftSlot(0, 8, 0),), "c": (ShiftSlot(0, 8, 0), ShiftSlot(1, 36, 0))}, price=5
    )
    price_changes(model, week, layout, published_roster)
    golden("program/changes_of_a_published_roster.txt", model.text())


HOURLY = {
    "days_per_week": 2, "days_off": "any", "cost_per_hour": 10, "rest": "13h",
    "shifts": [{"length": "12h", "start": "08:00-11:00", "step": "1h", "days": ["sun", "mon"]}],
    "breaks": [{"length": "1h", "after": "3h-4h"}, {"length": "1h", "after": "4h-6h"}], "break_gap": "1h",
}  # fmt: skip


def hourly_week(**people_fields) -> Week:
    """Starts every hour from 8 to 11 on Sunday and Monday, twelve hours long, thirteen of rest; c is away from Monday 21:00."""
    config = weeks.config_of(contracts={"day": HOURLY}, roster={"agents": "x"})
    horizon = weeks.horizon_of(config)
    people = weeks.people_of(
        [(agent, "day", "phone") for agent in "abc"], [("c", "2026-11-30 21:00", "2026-12-01 12:00")]
    )
    return assemble(config, horizon, weeks.requirement_of(horizon, phone=0), replace(people, **people_fields))


@pytest.mark.parametrize(
    "rule",
    [rules.rest_between_days, rules.shifts_end_before_leave, *SHIFT_RULES, rules.breaks_keep_their_distance],
    ids=lambda r: r.__name__,
)
def test_rule_of_hourly_starts_is_written_as_it_was(rule, golden) -> None:
    """By hand: who ends Sunday's shift at 20:00 to 23:00 begins Monday's at 9:00 or later; the week is a circle."""
    week = hourly_week()
    model = Model("golden")
    layout = lay_out(model, week)
    if rule in SHIFT_RULES or rule is rules.breaks_keep_their_distance:
        rule(model, layout)
    else:
        rule(model, week, layout)
    golden(f"program/hourly_{rule.__name__}.txt", model.text())


def test_rest_from_the_week_before_counts_starts_to_the_hour(golden) -> None:
    """a ended on Sunday at 21:00 and begins at 10:00 at the earliest, b at 20:00 and begins at 9:00; nobody goes round the week."""
    shifts = [("a", "2026-11-29 09:00", 12, ""), ("b", "2026-11-29 08:00", 12, "")]
    week = hourly_week(previous=before_of(shifts))
    model = Model("golden")
    layout = lay_out(model, week)
    rules.rest_from_the_week_before(model, week, layout)
    rules.rest_between_days(model, week, layout)
    golden("program/hourly_rest_from_the_week_before.txt", model.text())
