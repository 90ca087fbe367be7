"""The loop end to end on a tiny centre: fixed rounds, equal bytes, targets kept or told of, and a cost that is no higher."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from optimize.roster.facts import TargetsNotKept
from optimize.roster.planner import plan_week, relaxed_week
from optimize.roster.result import Roster
from optimize.roster.rounds import Kept, Round
from optimize.simulation.at_once.centre import Centre
from optimize.simulation.at_once.rostered import staffing_of
from optimize.targets import has_spans, loop, plan
from tests.optimize.targets import centres
from tests.optimize.targets.centres import Case

VOICE = {"voice": {"channels": ["phone", "video"], "share": 0.8, "over": "day", "sure": 0.8}}


def joint(rounds: int = 1) -> Case:
    """Phone and video, which everybody serves, with one target over both."""
    phone = centres.PHONE | {"target": centres.IN_JOINT}
    return centres.case_of({"phone": phone, "video": phone}, {"phone": 40.0, "video": 20.0}, 11, rounds, targets=VOICE)


def by_interval() -> Case:
    return centres.one_channel(over="interval", sure=None, floor=None)


@pytest.fixture(scope="module")
def daily() -> tuple[Case, Roster]:
    """One channel, a target over the day, two corrections."""
    case = centres.one_channel(rounds=2)
    return case, plan(*case.all)


def least_probability(case: Case, roster: Roster, share: float = 0.8) -> float:
    """Share of 100 weeks, other than those learnt from, in which the target holds on the day on which it is least."""
    centre = Centre.of(case.config, case.requirement, case.requirement, case.horizon, replications=100, seed=77)
    seen = centre.meet(staffing_of(roster, case.config, case.horizon))["phone"]
    good, counted = (each.reshape(100, case.horizon.days, -1).sum(axis=2) for each in (seen.good, seen.counted))
    return float((good >= share * counted)[:, counted.any(axis=0)].mean(axis=0).min())


def same(one: Roster, two: Roster) -> bool:
    """Byte for byte but for the seconds it took."""
    tables = all(getattr(one, name).to_csv() == getattr(two, name).to_csv() for name in ("table", "coverage"))
    fields = ("cost", "bound", "gap", "status", "targets", "rounds", "interval_bound", "cushion", "notes")
    return tables and all(getattr(one, name) == getattr(two, name) for name in fields)


def test_a_mean_wait_that_weeks_exceed_gets_a_margin_of_seconds() -> None:
    """Weeks differ by seconds in their mean wait: a mean of 15 s is asked for with more than the third of a second."""
    target = centres.TARGET | {"share": 0.5, "asa": "15s"}
    case = centres.case_of({"phone": centres.PHONE | {"target": target}}, {"phone": 40.0}, 9, rounds=1)
    first, second = plan(*case.all).rounds
    waits, margins = (
        [(kept.day, kept.margin) for kept in each.kept if kept.measure == "asa"] for each in (first, second)
    )
    assert [margin for _, margin in waits] == pytest.approx([0.0] * 5)
    assert all(1.0 < margin < 15.0 for _, margin in margins)


def test_equal_inputs_give_the_same_roster_and_another_seed_other_rounds(daily) -> None:
    """Tables, cost, bound, counts and every number of every round."""
    case, roster = daily
    again = plan(*centres.one_channel(rounds=2).all)
    assert same(roster, again)
    config = case.config.model_copy(update={"plan": case.config.plan.model_copy(update={"seed": 5})})
    other = plan(config, *case.all[1:])
    assert [each.kept for each in other.rounds] != [each.kept for each in roster.rounds]


@pytest.mark.parametrize("rounds", [0, 1, 2])
def test_rounds_are_those_of_the_config_and_a_roster_or_two(rounds) -> None:
    """The second roster is made where the first misses a target; one of them is that of the week, at its cost."""
    case = centres.one_channel(rounds=rounds)
    roster = plan(*case.all)
    assert [each.number for each in roster.rounds] == [*range(1, len(roster.rounds) + 1)]
    kinds = [each.kind for each in roster.rounds]
    passes = [loop._passes(case.config, each) for each in roster.rounds]
    first = rounds == 0 or passes[rounds]
    assert kinds == ["relaxed"] * rounds + ["whole"] * (1 if first else loop.ROSTERS)
    (chosen,) = [each for each in roster.rounds if each.chosen]
    assert chosen.kind == "whole"
    assert chosen.cost == roster.cost.total
    assert chosen.bound == roster.bound


def test_a_roster_that_misses_a_target_is_followed_by_one_more(monkeypatch) -> None:
    """Whatever the second brings, no third follows, and a note says what is missing."""
    monkeypatch.setattr(loop, "_passes", lambda *_: False)
    roster = plan(*centres.one_channel(rounds=1).all)
    assert [each.kind for each in roster.rounds] == ["relaxed", "whole", "whole"]
    assert [note for note in roster.notes if isinstance(note, TargetsNotKept)]


def test_every_round_tells_every_row(daily) -> None:
    """Five days, asked for 80 %: no plan costs less than its bound, and what was seen is near what was told at the end."""
    _, roster = daily
    for each in roster.rounds:
        assert [(kept.target, kept.day) for kept in each.kept] == [("phone", day) for day in range(5)]
        assert {kept.asked for kept in each.kept} == {0.8}
        assert each.cost >= each.bound - 1e-6
    assert max(abs(kept.told - kept.seen) for kept in roster.rounds[-1].kept) < 0.03


def test_the_roster_keeps_its_targets_in_other_weeks(daily) -> None:
    """It was chosen by forty weeks; in a hundred others every day keeps 80 % in more than seven of ten."""
    case, roster = daily
    assert not [note for note in roster.notes if isinstance(note, TargetsNotKept)]
    assert least_probability(case, roster) > 0.7
    assert all(count.reached >= count.needed - 1e-6 for count in roster.targets)
    assert roster.cost.targets == 0.0


def test_targets_over_the_day_cost_no_more_than_every_interval_by_itself(daily) -> None:
    """Both plans keep the day as surely as asked; that of the day costs less than the least of any by interval."""
    case, roster = daily
    apart = by_interval()
    hourly = plan(*apart.all)
    assert least_probability(apart, hourly) >= 0.8
    assert least_probability(case, roster) >= 0.8
    assert roster.cost.total <= hourly.cost.total
    assert roster.interval_bound is not None
    assert roster.cost.total <= roster.interval_bound


def test_the_bound_of_every_interval_is_that_of_the_week_planned_so(daily) -> None:
    """Two ways to one number: the same week whose target is one by interval, relaxed."""
    apart = by_interval()
    _, relaxed = relaxed_week(*apart.all, None)
    assert daily[1].interval_bound == pytest.approx(relaxed.bound, rel=1e-6)


def test_too_few_people_are_told_of() -> None:
    """Four people for the calls of seven: a fact names each day that is not kept, and the missing contacts cost."""
    roster = plan(*centres.one_channel(agents=4, rounds=1).all)
    (fact,) = [note for note in roster.notes if isinstance(note, TargetsNotKept)]
    assert {lack.target for lack in fact.lacks} == {"phone"}
    assert len(fact.lacks) == 5
    (chosen,) = [each for each in roster.rounds if each.chosen]
    for lack, kept in zip(fact.lacks, chosen.kept, strict=True):
        assert lack.probability == kept.probability
        assert lack.probability < 0.8
    assert roster.cost.targets > 0


@pytest.mark.parametrize(
    ("probabilities", "passes", "told"),
    [((0.9, 0.7), False, [1]), ((0.79, 0.78), False, [0, 1]), ((0.9, 0.79), True, [1]), ((0.9, 0.8), True, [])],
)
def test_rows_that_each_lack_a_little_are_all_told_of(probabilities, passes, told) -> None:
    """Asked for 0.8: one row far off is told alone; two within chance that together lack too much are both told."""
    kept = tuple(Kept("phone", "share", day, 0.8, 0.8, 0.8, sure, 0.0) for day, sure in enumerate(probabilities))
    one, config = Round(1, "whole", 1.0, 1.0, kept), centres.one_channel().config
    assert loop._passes(config, one) == passes
    assert [each.day for each in loop._lacking(config, one)] == told


def test_a_target_over_the_week_is_one_row_and_costs_no_more_than_that_of_every_day(daily) -> None:
    """One number for five days: a day may be worse where another is better."""
    case = centres.one_channel(rounds=2, over="week")
    roster = plan(*case.all)
    assert [(count.target, count.day) for count in roster.targets] == [("phone", None)]
    assert [[kept.day for kept in each.kept] for each in roster.rounds] == [[None]] * 3
    assert roster.cost.total <= daily[1].cost.total
    assert not [note for note in roster.notes if isinstance(note, TargetsNotKept)]


def test_a_joint_target_counts_both_channels() -> None:
    """One row a day over the contacts of both, kept as surely as the joint target asks."""
    case = joint()
    roster = plan(*case.all)
    assert {count.target for count in roster.targets} == {"voice"}
    volume = case.requirement["volume"].sum()
    assert sum(count.volume for count in roster.targets) == pytest.approx(volume)
    (chosen,) = [each for each in roster.rounds if each.chosen]
    assert chosen.least >= 0.8 - 0.05
    assert not [note for note in roster.notes if isinstance(note, TargetsNotKept)]


def test_a_plan_by_interval_is_that_of_the_planner() -> None:
    """No loop where no target is one over a day or a week: byte for byte, without rounds."""
    case = by_interval()
    assert not has_spans(case.config)
    assert has_spans(centres.one_channel().config)
    made = plan(*case.all)
    assert same(made, plan_week(*case.all))
    assert made.rounds == ()
    assert made.targets == ()
    assert made.interval_bound is None


def test_the_requirement_given_stays_as_it_was() -> None:
    """Cushions and floors are put on copies."""
    case = centres.one_channel(rounds=1)
    before = case.requirement.copy()
    plan(*case.all)
    pd.testing.assert_frame_equal(case.requirement, before)


def test_without_a_requirement_by_interval_there_is_no_bound_to_compare() -> None:
    """A requirement read from elsewhere may not say it."""
    case = centres.one_channel()
    bare = replace(case, requirement=case.requirement.drop(columns="agents_interval"))
    assert plan(*bare.all).interval_bound is None


def test_a_set_end_ends_the_loop_with_the_roster_so_far() -> None:
    """Interrupted while the first roster is made: no other follows."""
    from threading import Event

    end = Event()

    def tell(word: str, _gap: float | None) -> None:
        if word.startswith("rounding"):
            end.set()

    roster = plan(*centres.one_channel(rounds=1).all, tell, end)
    assert roster.interrupted
    assert [each.kind for each in roster.rounds] == ["relaxed", "whole"]
    assert roster.rounds[1].chosen
    assert np.isfinite(roster.cost.total)
