"""What would help: savings by hand, and laws they keep."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from optimize.roster import advice as advice_of
from optimize.roster.advice import advise
from optimize.roster.inputs.assemble import assemble
from optimize.roster.inputs.people import read_people
from optimize.roster.planner import plan_week
from optimize.roster.program import build
from optimize.roster.result import Advice, Roster
from tests.optimize.roster import weeks

TWO_DAYS = {
    "agents": 1, "days_per_week": 2, "days_off": "any", "cost_per_hour": 10,
    "shifts": [{"length": "6h", "start": "08:00-10:00", "step": "1h"}],
}  # fmt: skip
CHANNELS = {"phone": {"kind": "synchronous"}, "chat": {"kind": "synchronous"}}


def advised(need: dict, contract: dict = TWO_DAYS, **tables: object) -> tuple[Roster, tuple[Advice, ...]]:
    """Roster and advice of a week in which every channel needs the people given."""
    config = weeks.config_of(contracts={"d": contract}, **tables)
    horizon = weeks.horizon_of(config)
    table = weeks.requirement_of(horizon, **need)
    roster = plan_week(config, horizon, table, read_people(config))
    return roster, advise(config, horizon, table, roster)


def hours(first: int, last: int, days: int) -> np.ndarray:
    horizon = weeks.horizon_of(weeks.config_of())
    return weeks.hours_between(horizon, first, last) * (horizon.day < days)


def saving(advice: tuple[Advice, ...], kind: str) -> float:
    return max((each.saving for each in advice if each.kind == kind), default=0.0)


def test_one_more_person_saves_their_shortage_less_their_wages() -> None:
    """One person covers two of four days; another would save 2 x 6 h x (100 - 10) = 1,080."""
    roster, advice = advised({"phone": hours(8, 14, 4)})
    assert roster.cost.shortage == pytest.approx(1200)
    assert saving(advice, "person") == pytest.approx(1080, abs=0.1)


def test_an_earlier_start_saves_the_hour_it_covers() -> None:
    """Needed from 7 to 13 on two days, starts from 8: an hour short and an hour idle a day; 7:00 saves 2 x 100."""
    _, advice = advised({"phone": hours(7, 13, 2)}, TWO_DAYS | {"days_per_week": 2})
    assert saving(advice, "start") == pytest.approx(200, abs=0.1)
    told = next(each for each in advice if each.kind == "start")
    assert told.message(lambda amount: f"GBP {amount:.0f}") == (
        "Shifts of contract d that may begin earlier, from 07:00, would save about GBP 200 a week."
    )


def test_a_wider_break_window_saves_the_hour_it_frees() -> None:
    """The break after 3 to 4 hours falls into the only busy hours; one after 2 or 5 would cost nothing."""
    breaks = [{"length": "1h", "after": "3h-4h"}]
    contract = TWO_DAYS | {"shifts": [{"length": "8h", "start": "08:00"}], "breaks": breaks}
    _, advice = advised({"phone": hours(11, 13, 2)}, contract)
    assert saving(advice, "break") == pytest.approx(200, abs=0.1)


def test_a_second_skill_saves_the_shortage_of_the_other_channel() -> None:
    """A phone agent with nothing to do all week could have held six hours of chat on two days."""
    contract = TWO_DAYS | {"skills": ["phone"]}
    config = weeks.config_of(
        contracts={"d": contract, "e": contract | {"skills": ["chat"], "agents": 1, "days_per_week": 1}},
        channels=CHANNELS,
    )
    horizon = weeks.horizon_of(config)
    table = weeks.requirement_of(horizon, phone=0, chat=hours(8, 14, 3))
    roster = plan_week(config, horizon, table, read_people(config))
    assert saving(advise(config, horizon, table, roster), "skill") == pytest.approx(2 * 6 * 90, abs=0.1)


def test_a_longer_promise_saves_the_shortage_before_anybody_is_there() -> None:
    """Work of 7:00, due by 8:00, when nobody is there before 8: four hours later it costs wages only."""
    channels = {"email": {"kind": "deferrable", "target": {"within": "1h", "clock": "clock"}}}
    arriving = hours(6, 7, 1) * 2.0
    _, advice = advised({"email": (arriving, 2)}, channels=channels)
    assert saving(advice, "promise") > 0
    assert any("four hours" in each.sentence for each in advice if each.kind == "promise")


def test_no_advice_where_nothing_costs_too_much() -> None:
    """A week of exactly as many people as needed, at their wage: no change saves a thing."""
    _, advice = advised({"phone": hours(8, 14, 2)})
    assert not [each for each in advice if each.kind != "hour"]


def test_the_dearest_hours_are_those_nobody_can_cover() -> None:
    """An hour short costs 100; nobody can begin before 8, so the night hours are worth that."""
    _, advice = advised({"phone": hours(0, 4, 1)})
    told = [each for each in advice if each.kind == "hour"]
    assert told[0].saving == pytest.approx(100, abs=0.01)
    assert told[0].sentence == "On Mon 00:00-04:00, for phone,"


def test_the_number_of_changes_solved_can_be_chosen() -> None:
    """None solved leaves the shadow prices, which say "at most"."""
    _, advice = advised({"phone": hours(7, 13, 2)}, roster={"advice": 0})
    assert {each.basis for each in advice} <= {"shadow price"}
    assert not [each for each in advice if each.kind == "start"]


def test_explained_in_plain_text() -> None:
    """Status with its meaning, cost split, bound, gap, hours and advice stand in the text."""
    roster, advice = advised({"phone": hours(8, 14, 4)})
    text = replace(roster, advice=advice).explain()
    assert text.startswith("status   optimal: its cost equals the lower bound\n")
    assert "; no roster of a repeating week under these rules costs less\n" in text
    assert "cost     1,320.00 (wages 120.00, shortage 1,200.00)" in text
    assert "One more person on contract d for phone would save about 1,080 a week." in text


def test_a_roster_read_from_a_file_has_no_advice() -> None:
    """Without its relaxed week there is nothing to read prices from."""
    roster, _ = advised({"phone": hours(8, 14, 2)})
    config = weeks.config_of(contracts={"d": TWO_DAYS})
    assert advise(config, weeks.horizon_of(config), pd.DataFrame(), replace(roster, relaxed=None)) == ()


def test_as_many_changes_are_solved_as_their_coefficients_allow(monkeypatch) -> None:
    """Room for three and a half weeks of this size is room for three; a week that is too large is not solved again."""
    config = weeks.config_of(contracts={"d": TWO_DAYS})
    horizon = weeks.horizon_of(config)
    week = assemble(config, horizon, weeks.requirement_of(horizon, phone=hours(8, 14, 4)), read_people(config))
    program = build(week)
    coefficients = int(program.model.arrays().starts[-1])
    monkeypatch.setattr(advice_of, "WORK", int(3.5 * coefficients))
    assert advice_of._number(config, program) == 3
    monkeypatch.setattr(advice_of, "LARGEST", coefficients - 1)
    assert advice_of._number(config, program) == 0
