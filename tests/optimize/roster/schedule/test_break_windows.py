"""Where breaks may lie, against a shift drawn minute by minute and every placement tried."""

from __future__ import annotations

import math
from datetime import timedelta
from itertools import accumulate, groupby, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from configs.breaks import BreakRule, BreakType
from configs.errors import ConfigError, VerificationError
from configs.schema import Contract
from optimize.roster.inputs.people import read_people
from optimize.roster.planner import plan_week
from optimize.roster.schedule.break_windows import break_windows, windows_of
from optimize.roster.verify import kinds
from tests.optimize.roster import weeks

WORK = "."


def keeps_the_rule(rule: BreakRule, starts: tuple[int, ...]) -> bool:
    """The slow obvious way: draw the shift minute by minute, then look at the drawing."""
    minutes = [WORK] * rule.shift
    for k, (start, break_type) in enumerate(zip(starts, rule.break_types, strict=True)):
        if not break_type.first <= start <= break_type.last:
            return False
        for minute in range(start, start + break_type.length):
            if minute >= rule.shift or minutes[minute] != WORK:
                return False
            minutes[minute] = str(k)
    runs = [(what, len(list(run))) for what, run in groupby(minutes)]
    if [what for what, _ in runs if what != WORK] != [str(k) for k in range(len(starts))]:
        return False
    return not starts or all(length >= rule.gap for length in _between(runs))


def _between(runs: list[tuple[str, int]]) -> list[int]:
    """Minutes of work before the first break, between each two, and after the last."""
    found = [0]
    for what, length in runs:
        if what == WORK:
            found[-1] += length
        else:
            found.append(0)
    return found


def tried(rule: BreakRule) -> list[tuple[int, ...]]:
    """Every placement that keeps the rule, each minute of the shift tried for each break, in order."""
    starts = product(range(rule.shift), repeat=len(rule.break_types))
    return [placement for placement in starts if keeps_the_rule(rule, placement)]


@st.composite
def rules(draw: st.DrawFn) -> BreakRule:
    """Shifts of 4 to 14 minutes with up to three breaks, windows anywhere, a gap up to 3."""
    break_types = [
        BreakType(first, first + draw(st.integers(0, 8)), draw(st.integers(1, 3)), paid=draw(st.booleans()))
        for first in draw(st.lists(st.integers(0, 8), min_size=0, max_size=3))
    ]
    return BreakRule(draw(st.integers(4, 14)), tuple(break_types), draw(st.integers(0, 3)))


@st.composite
def possible_rules(draw: st.DrawFn) -> BreakRule:
    """Rules with a placement: one is drawn first, of up to three breaks, and windows about it."""
    gap, at, break_types = draw(st.integers(0, 2)), 0, []
    for _ in range(draw(st.integers(0, 3))):
        at += gap + draw(st.integers(0, 2))
        length = draw(st.integers(1, 2))
        break_types.append(BreakType(at - draw(st.integers(0, at)), at + draw(st.integers(0, 4)), length, paid=False))
        at += length
    return BreakRule(max(1, at + gap + draw(st.integers(0, 3))), tuple(break_types), gap)


@given(st.one_of(rules(), possible_rules()))
def test_windows_hold_just_the_starts_that_some_placement_has(rule: BreakRule) -> None:
    """A rule without a placement has a window without a start; all others have the first and last start that occur."""
    placements, windows = tried(rule), windows_of(rule)
    spans = [windows.starts(k) for k in range(len(rule.break_types))]
    if not placements:
        assert rule.blocked is not None
        assert not all(spans)
        return
    assert rule.blocked is None
    found = [(min(starts), max(starts)) for starts in zip(*placements, strict=True)]
    assert [(span[0], span[-1]) for span in spans] == found
    assert [(break_type.length, break_type.paid) for break_type in windows.break_types] == [
        (p.length, p.paid) for p in rule.break_types
    ]


@given(st.one_of(rules(), possible_rules()), st.data())
def test_a_placement_is_allowed_just_when_the_drawn_shift_keeps_the_rule(rule: BreakRule, data: st.DataObject) -> None:
    """Any minutes, and minutes near to a lawful placement, which lie at the edges of the rule."""
    windows, placements = windows_of(rule), tried(rule)
    anywhere = tuple(data.draw(st.integers(0, rule.shift - 1)) for _ in rule.break_types)
    assert windows.allow(anywhere) == keeps_the_rule(rule, anywhere)
    for lawful in placements[:1] + placements[-1:]:
        near = tuple(max(0, start + data.draw(st.integers(-1, 1))) for start in lawful)
        assert windows.allow(lawful)
        assert windows.allow(near) == keeps_the_rule(rule, near)


@given(st.one_of(rules(), possible_rules()), st.integers(0, 2**32 - 1))
def test_the_cheapest_placement_is_that_of_trying_all(rule: BreakRule, seed: int) -> None:
    """Costs at random, a third of the starts forbidden: the least sum, the earliest last start among equals, or none."""
    rng = np.random.default_rng(seed)
    cost = rng.integers(0, 4, (max(1, len(rule.break_types)), rule.shift)).astype(float)
    cost[rng.random(cost.shape) < 1 / 3] = math.inf
    priced = [(sum(float(cost[k, u]) for k, u in enumerate(starts)), starts) for starts in tried(rule)]
    allowed = [each for each in priced if each[0] < math.inf]
    answer = windows_of(rule).cheapest(lambda k, u: float(cost[k, u]))
    if not allowed:
        assert answer is None
        return
    assert answer is not None
    least = min(allowed)[0]
    assert answer in allowed
    assert answer[0] == least
    assert answer[1][-1:] == min(starts[-1:] for price, starts in allowed if price == least)


@given(possible_rules(), st.sets(st.integers(0, 12), min_size=1, max_size=3))
def test_counts_are_linked_where_somebody_may_begin_a_break_too_near_to_the_one_before(
    rule: BreakRule, begins: set[int]
) -> None:
    """Asked shift by shift: is the window open, and need the break before not have begun a length and a gap ago?"""
    windows, shifts = windows_of(rule), sorted(begins)
    for k, break_type in enumerate(windows.break_types):
        places, before = windows.follows(k, shifts)
        if k == 0:
            assert not len(places)
            continue
        earlier, least = windows.break_types[k - 1], windows.break_types[k - 1].length + rule.gap
        linked = [
            (at, at - least)
            for at in range(shifts[0] + break_type.first, shifts[-1] + break_type.last + 1)
            if any(at - start >= break_type.first and at - least - start < earlier.last for start in shifts)
        ]
        moments = windows.moments(k, shifts)[places], windows.moments(k - 1, shifts)[before]
        assert list(zip(*(each.tolist() for each in moments), strict=True)) == linked


@given(possible_rules(), st.lists(st.integers(0, 3), min_size=1, max_size=3), st.integers(0, 2**32 - 1))
def test_mended_counts_give_everybody_lawful_breaks(rule: BreakRule, people: list[int], seed: int) -> None:
    """Sorted by start, the k-th person takes the k-th start of each break; whatever the counts were, all are lawful."""
    rng, windows = np.random.default_rng(seed), windows_of(rule)
    shifts = sorted(rng.choice(12, len(people), replace=False).tolist())
    begun = [start for start, number in zip(shifts, people, strict=True) for _ in range(number)]
    moments = [windows.moments(k, shifts) for k in range(len(rule.break_types))]
    wanted = [rng.integers(-1, 9, len(each)).astype(float) for each in moments]
    counts = windows.nearest_counts(shifts, np.array(list(accumulate(people)), dtype=float), wanted)
    starts = [
        np.repeat(each, np.diff(mine, prepend=0.0).astype(int)) for each, mine in zip(moments, counts, strict=True)
    ]
    assert all(len(each) == len(begun) for each in starts)
    for i, start in enumerate(begun):
        assert keeps_the_rule(rule, tuple(int(each[i]) - start for each in starts))


@given(possible_rules(), st.integers(0, 2**32 - 1))
def test_lawful_counts_stay_as_they_are(rule: BreakRule, seed: int) -> None:
    """Counts of people who each have a lawful placement are not moved."""
    placements, windows = tried(rule), windows_of(rule)
    rng = np.random.default_rng(seed)
    shifts = sorted(rng.choice(9, 3, replace=False).tolist())
    begun = sorted(rng.choice(shifts, 4).tolist())
    own = [placements[int(rng.integers(len(placements)))] for _ in begun]
    moments = [windows.moments(k, shifts) for k in range(len(rule.break_types))]
    at = [
        np.array([start + each[k] for start, each in zip(begun, own, strict=True)])
        for k in range(len(rule.break_types))
    ]
    counts = [
        (mine[None, :] <= each[:, None]).sum(axis=1).astype(float) for mine, each in zip(at, moments, strict=True)
    ]
    started = np.array([sum(each <= start for each in begun) for start in shifts], dtype=float)
    mended = windows.nearest_counts(shifts, started, counts)
    assert all((after == before).all() for after, before in zip(mended, counts, strict=True))


def contract(gap: str = "0min") -> Contract:
    """A shift of eight hours with a paid quarter after 1 to 3 hours and half an hour after 3 h to 5 h 30."""
    breaks = [{"length": "15min", "after": "1h-3h", "paid": True}, {"length": "30min", "after": "3h-5h30m"}]
    return Contract.model_validate(
        {
            "days_per_week": 5, "cost_per_hour": 10, "breaks": breaks, "break_gap": gap,
            "shifts": [{"length": "8h", "start": "09:00"}],
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    ("gap", "inside", "beyond"),
    [
        ("0min", (60, 180), (59, 180)),  # window of the first break opens
        ("0min", (180, 195), (181, 196)),  # and closes
        ("0min", (60, 180), (60, 179)),  # window of the second opens
        ("0min", (60, 330), (60, 331)),  # and closes
        ("0min", (180, 195), (180, 194)),  # the second begins when the first is over
        ("20min", (170, 205), (170, 204)),  # and 20 minutes later
        ("90min", (90, 195), (89, 195)),  # 90 minutes after the shift began
        ("120min", (165, 300), (165, 299)),  # two hours after the first
        ("125min", (180, 325), (180, 326)),  # 125 minutes before the shift ends: 480 - 125 - 30
    ],
)
def test_each_rule_holds_to_the_minute(gap: str, inside: tuple[int, int], beyond: tuple[int, int]) -> None:
    """A break exactly at the edge of a rule is lawful, one minute beyond is not."""
    made = contract(gap)
    windows = break_windows(made, made.shifts[0], timedelta(minutes=1))
    assert windows.allow(inside)
    assert not windows.allow(beyond)


def test_a_shift_without_breaks_has_one_placement() -> None:
    """Nothing to place is a lawful placement at no cost."""
    windows = windows_of(BreakRule(8, (), gap=2))
    assert windows.allow(())
    assert windows.cheapest(lambda _k, _u: 1.0) == (0.0, ())
    assert windows.nearest_counts([3], np.array([2.0]), []) == []


def test_a_gap_off_the_grid_counts_whole_intervals() -> None:
    """Twenty minutes on a grid of quarter hours keep half an hour: breaks begin three quarters apart or more."""
    made = contract("20min")
    windows = break_windows(made, made.shifts[0], timedelta(minutes=15))
    assert windows.apart == (2, 3, 4)
    assert windows.allow((11, 14))
    assert not windows.allow((12, 14))


def test_a_change_of_the_rule_is_made_in_one_place(monkeypatch) -> None:
    """Let `break_gap` part breaks from each other only: a break right at the begin is then taken and planned.

    Only `BreakRule.apart` is replaced; the recount, which has a statement of its own, objects until that follows.
    """
    contract = {
        "agents": 2, "days_per_week": 5, "cost_per_hour": 10, "break_gap": "1h",
        "breaks": [{"length": "1h", "after": "0h"}, {"length": "1h", "after": "1h-4h"}],
        "shifts": [{"length": "6h", "start": "08:00-10:00", "step": "1h"}],
    }  # fmt: skip
    with pytest.raises(ConfigError, match="does not fit into a shift of 6h"):
        weeks.config_of(contracts={"day": contract})
    apart = BreakRule.__dict__["apart"].func
    only_between = property(lambda rule: (0, *apart(rule)[1:-1], rule.break_types[-1].length))
    monkeypatch.setattr(BreakRule, "apart", only_between)
    config = weeks.config_of(contracts={"day": contract})
    horizon = weeks.horizon_of(config)
    need, people = weeks.requirement_of(horizon, phone=weeks.hours_between(horizon, 9, 15)), read_people(config)
    with pytest.raises(VerificationError, match="closer than break_gap"):
        plan_week(config, horizon, need, people)
    fits = kinds._breaks_fit
    monkeypatch.setattr(kinds, "_breaks_fit", lambda breaks, _gap, row, config: fits(breaks, 0.0, row, config))
    table = plan_week(config, horizon, need, people).table
    begins = [[int(clock[:2]) for clock in text.split(";")] for text in table["breaks"]]
    hours = [(one - start.hour, two - one) for start, (one, two) in zip(table["start"], begins, strict=True)]
    assert hours
    assert all(first == 0 and 2 <= second <= 4 for first, second in hours)
