"""A published week repaired: what is lost, who may take it, swaps, rules at their edge, and faults."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from configs.errors import DataError, Fault, VerificationError
from configs.notes import sentence_of
from optimize.roster.inputs.people import read_people
from optimize.roster.planner import plan_week
from optimize.roster.repair import Absence, Alternative, Locked, Question, repair_week, repairing
from optimize.roster.repair.repairing import with_absences
from optimize.roster.result import Roster
from optimize.roster.verify import recount
from tests.optimize.roster import weeks

CONTRACT = {
    "days_per_week": 4, "min_days": 1, "days_off": "any", "cost_per_hour": 10, "agents": 15,
    "shifts": [{"length": "8h", "start": "06:00-14:00", "step": "2h"}], "breaks": [{"length": "1h", "after": "3h-5h"}],
}  # fmt: skip
CONFIG = weeks.config_of(contracts={"day": CONTRACT}, roster={"time_limit": "10s", "gap": 0.0, "change_cost": 5})
HORIZON = weeks.horizon_of(CONFIG)
NEED = weeks.requirement_of(
    HORIZON, phone=2 * weeks.hours_between(HORIZON, 6, 22) + weeks.hours_between(HORIZON, 10, 18)
)
DAY = pd.Timedelta(days=1)
ALL = ("open", "fewest", "balanced", "cheapest")


@pytest.fixture(scope="module")
def published() -> Roster:
    """Fifteen people on up to four days each; some have days to spare."""
    return plan_week(CONFIG, HORIZON, NEED, read_people(CONFIG))


def first_shift(roster: Roster):
    return roster.schedule.shifts[0]


def absent(agent: str, start: pd.Timestamp, end: pd.Timestamp) -> Question:
    return Question((Absence(agent, start, end),))


@pytest.fixture(scope="module")
def repaired(published: Roster):
    """The first person is absent all week."""
    return repair_week(
        CONFIG, HORIZON, NEED, published, absent(first_shift(published).agent, HORIZON.begin, HORIZON.end), kinds=ALL
    )


def test_every_alternative_passes_the_recount(published: Roster, repaired) -> None:
    """The verifier knows no program; no alternative breaks a rule or miscounts its cover or cost."""
    assert [each.kind for each in repaired.alternatives] == list(ALL)
    assert not repaired.left_out
    for each in repaired.alternatives:
        found = recount(CONFIG, NEED, each.roster)
        assert not found.broken
        assert not found.wrong
        assert first_shift(published).agent not in set(each.roster.table["agent"])


def test_changes_are_the_cells_that_differ(published: Roster, repaired) -> None:
    """Counted from the two tables; the lost shifts of the absent person are unavoidable."""
    keys = ["agent", "start", "end"]
    ill = first_shift(published).agent
    before = {tuple(row) for row in published.table[keys].itertuples(index=False)}
    lost = {cell for cell in before if cell[0] == ill}
    for each in repaired.alternatives:
        after = {tuple(row) for row in each.roster.table[keys].itertuples(index=False)}
        assert each.changes.cells == len((before - lost) ^ after)
        assert each.changes.unavoidable == len(lost)
        assert each.changes.people == len({day.agent for day in each.changed})


def test_alternatives_are_ordered_by_their_own_measure(repaired) -> None:
    """No alternative beats the fewest changes in changes, nor the balanced one at its prices."""
    by = {each.kind: each for each in repaired.alternatives}
    assert by["open"].changes.cells == 0
    assert by["fewest"].least is not None
    assert by["fewest"].least <= by["fewest"].changes.cells

    def priced(each: Alternative, price: float) -> float:
        return each.roster.cost.total + price * each.changes.cells

    assert priced(by["balanced"], 5) <= priced(by["fewest"], 5) + 1e-6
    assert priced(by["cheapest"], 1) <= priced(by["balanced"], 1) + 1e-6
    assert by["fewest"].roster.cost.shortage <= published_shortage(by) + 1e-3


def published_shortage(by: dict[str, Alternative]) -> float:
    """The open alternative is at least as short as any."""
    return by["open"].roster.cost.shortage


def test_whoever_is_offered_an_open_shift_may_lawfully_work_it(published: Roster, repaired) -> None:
    """Each taker is given the shift, and the recount finds no broken rule; each person left out breaks one."""
    open_shift = repaired.open_shifts[0]
    takers = {each.agent for each in open_shift.takers}
    shift = open_shift.shift
    for row in published.people.agents.to_dict("records"):
        agent = str(row["agent"])
        if agent == shift.agent:
            continue
        table = pd.concat([published.table, published.table[published.table["start"] == shift.start].head(1).assign(
            agent=agent, name=agent, breaks=published.table.loc[
                (published.table["agent"] == shift.agent) & (published.table["start"] == shift.start), "breaks"
            ].iloc[0], end=shift.end,
        )], ignore_index=True)  # fmt: skip
        table = table[table["agent"] != shift.agent]
        broken = recount(CONFIG, NEED, replace(published, table=table, planned=None)).broken
        assert (agent not in takers) == any(f"agent {agent}" in fault.where for fault in broken), (agent, broken)
    assert takers


def test_absence_of_part_of_a_day_loses_only_the_shifts_it_meets(published: Roster) -> None:
    """Absence up to the very start of a shift takes nothing; a minute into it takes the shift."""
    shift = first_shift(published)
    start = pd.Timestamp(shift.start)
    before = repair_week(CONFIG, HORIZON, NEED, published, absent(shift.agent, start - pd.Timedelta(hours=2), start))
    assert not before.open_shifts
    assert before.alternative("fewest").changes.cells == 0
    within = absent(shift.agent, start - pd.Timedelta(hours=2), start + pd.Timedelta(minutes=1))
    assert [each.shift for each in repair_week(CONFIG, HORIZON, NEED, published, within).open_shifts] == [shift]


def test_swaps_are_lawful_for_both(published: Roster) -> None:
    """Absent for the first two hours of an early shift: each swap exchanges two shifts, and nothing is broken."""
    shift = next(each for each in published.schedule.shifts if each.start.hour <= 8)
    start = pd.Timestamp(shift.start)
    question = absent(shift.agent, start, start + pd.Timedelta(hours=2))
    made = repair_week(CONFIG, HORIZON, NEED, published, question)
    assert made.swaps
    for swap in made.swaps:
        table = published.table.copy()
        mine = (table["agent"] == shift.agent) & (table["start"] == shift.start)
        theirs = (table["agent"] == swap.agent) & (table["start"] == swap.theirs.start)
        table.loc[mine, ["agent", "name"]] = swap.agent
        table.loc[theirs, ["agent", "name"]] = shift.agent
        assert not recount(CONFIG, NEED, replace(published, table=table, planned=None)).broken


def test_illness_on_a_day_off_takes_no_other_day_away(published: Roster) -> None:
    """Absence that meets no shift is not counted as leave, of a whole day or of a part; a day with a shift is."""
    shift = first_shift(published)
    worked = {each.day for each in published.schedule.by_agent[shift.agent]}
    free = next(HORIZON.moment(d, 0) for d in range(7) if HORIZON.date(d) not in worked)

    def rows(start: pd.Timestamp, end: pd.Timestamp) -> int:
        absences = (Absence(shift.agent, start, end),)
        return len(with_absences(published.people, HORIZON, published.schedule, absences).leave)

    assert rows(free, free + DAY) == 0
    assert rows(free, free + DAY - pd.Timedelta(hours=1)) == 0
    assert rows(HORIZON.begin, HORIZON.end) == len(worked)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (absent("nobody", HORIZON.begin, HORIZON.end), 'agent "nobody" is not among the agents'),
        (absent("day-01", HORIZON.end, HORIZON.end + DAY), "is outside the week"),
        (absent("day-01", HORIZON.begin + DAY, HORIZON.begin), "ends"),
        (Question((), Locked(frozenset({("day-01", HORIZON.date(0) - DAY)}))), "is outside the week that begins on"),
        (Question((), Locked(frozenset({("dya-01", None)}))), 'did you mean "day-01"?'),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(published: Roster, question: Question, words: str) -> None:
    """One sentence for each fault, with what is wrong."""
    with pytest.raises(DataError) as told:
        repair_week(CONFIG, HORIZON, NEED, published, question)
    assert words in str(told.value)


def test_sentences_say_what_is_proven(repaired) -> None:
    """Proven, a bound, or neither: each has its own words."""
    fewest = repaired.alternative("fewest")
    assert "proven to be the fewest" in sentence_of(replace(fewest, least=fewest.changes.cells))
    bound = sentence_of(replace(fewest, least=fewest.changes.cells - 1))
    assert f"at least {fewest.changes.cells - 1}, so at most 1 more than needed" in bound
    assert "no repair with the cover of the published roster was found" in sentence_of(replace(fewest, least=None))
    assert "not proven" in sentence_of(repaired.alternative("balanced"))
    assert sentence_of(repaired).startswith(f"{len(repaired.open_shifts)} shift")


def judged_with(monkeypatch: pytest.MonkeyPatch, is_wrong) -> None:
    """Let the recount find a fault in every schedule of which `is_wrong` is true."""
    real = repairing.judge

    def judge(config, horizon, requirement, before, schedule, people):
        judged = real(config, horizon, requirement, before, schedule, people)
        more = (Fault("roster: agent day-02", "works too much"),) if is_wrong(schedule) else ()
        return replace(judged, broken=(*judged.broken, *more))

    monkeypatch.setattr(repairing, "judge", judge)


def test_an_alternative_that_fails_its_recount_is_left_out_with_a_sentence(
    published: Roster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every changed schedule is faulty: only the one that changes nothing is shown, and asking for another raises."""
    ill = first_shift(published).agent
    before = {(shift.agent, shift.start) for shift in published.schedule.shifts}
    judged_with(monkeypatch, lambda schedule: not {(shift.agent, shift.start) for shift in schedule.shifts} <= before)
    made = repair_week(CONFIG, HORIZON, NEED, published, absent(ill, HORIZON.begin, HORIZON.end))
    assert [each.kind for each in made.alternatives] == ["open"]
    assert "fewest" in [each.kind for each in made.left_out]
    assert "its recount found a fault: agent day-02 works too much" in sentence_of(made.left_out[0])
    with pytest.raises(VerificationError, match="works too much"):
        made.alternative("fewest")


def test_where_no_alternative_passes_its_recount_the_fault_is_raised(
    published: Roster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is shown that was not verified."""
    question = absent(first_shift(published).agent, HORIZON.begin, HORIZON.end)
    judged_with(monkeypatch, lambda _schedule: True)
    with pytest.raises(VerificationError, match="works too much"):
        repair_week(CONFIG, HORIZON, NEED, published, question)
