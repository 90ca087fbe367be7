"""Scenarios next to each other, made by hand: page, curve, tables, sentences, break-even."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from configs.horizon import Horizon
from configs.loader import load_shipped
from configs.scenarios import asked_plans
from optimize.scenarios.comparison import Compared, Row
from optimize.scenarios.outcome import ChannelOutcome, Outcome
from reports.scenarios.curve import WIDE, curve
from reports.scenarios.page import page
from reports.scenarios.sentences import sentences
from reports.scenarios.tables import by_channel, csv_text, overview, plain
from tests.optimize.roster import weeks

PHONE = ChannelOutcome("phone", 16000.0, 1300.0, 0.84, 0.8, 0.93, wait_s=21.0)
CHAT = ChannelOutcome("chat", 5000.0, 400.0, 0.9, 0.8, 0.95, wait_s=9.0, response_s=40.0)
BASE = Outcome(60_000.0, 0.0, 3000.0, 140, 0.0, 12.0, (PHONE, CHAT))
CONFIG = load_shipped(
    "demo",
    [
        'scenarios.fewer={title="A third of calls become messages",move={from="phone",to="messaging",share=0.33}}',
        'scenarios.bot={deflect={channel="phone",share=0.1},sweep={key="deflect.fails",values=[0.6,0.2,1.0]}}',
    ],
)

FEWER = (
    "A third of calls become messages: costs £6,000 a week less (10%), 300 agent-hours fewer (8 people of 37.5 hours); "
    "every share in time is reached with the probability asked for."
)


def outcome(cost: float, agent_h: float = 3000.0, sure: float = 0.93) -> Outcome:
    """The baseline at another cost, with other hours and another probability of the phone."""
    return replace(BASE, cost=cost, agent_h=agent_h, channels=(replace(PHONE, probability=sure), CHAT))


@pytest.fixture(scope="module")
def compared() -> Compared:
    """A third less, and a bot that costs as much as nothing between failing at .6 and at 1."""
    outcomes = (BASE, outcome(54_000.0, 2700.0), outcome(59_000.0), outcome(57_000.0), outcome(61_000.0, sure=0.7))
    rows = tuple(Row(*each) for each in zip(asked_plans(CONFIG, ()), outcomes, strict=True))
    return Compared(weeks.horizon_of(CONFIG), rows)


def test_sentences_say_money_hours_and_service(compared: Compared) -> None:
    """300 hours are 8 people of 37.5; the sweep costs the same half-way between .6 and 1."""
    said = [each.sentence for each in sentences(compared, "GBP")]
    assert said == [
        FEWER,
        "Bot: the cheapest of 3 values is 0.2, at £57,000; it costs as much as the baseline at 0.8.",
    ]


def test_a_target_lost_is_bad_news(compared: Compared) -> None:
    """Of 70 simulated days in 100 where 90 are asked for."""
    rows = (compared.rows[0], Row(compared.rows[1].asked, outcome(60_000.0, sure=0.7)))
    (found,) = sentences(replace(compared, rows=rows), "GBP")
    assert found.mark == "bad"
    assert found.sentence.endswith(
        "costs the same; shares in time reached with a lower probability than asked for: Phone."
    )


def test_the_cheapest_value_of_a_sweep_says_what_it_loses(compared: Compared) -> None:
    """The value that costs least reaches the share of the phone on 70 of 100 days."""
    rows = tuple(
        replace(row, outcome=outcome(50_000.0, sure=0.7)) if row.asked.value == 0.2 else row for row in compared.rows
    )
    said = list(sentences(replace(compared, rows=rows), "GBP"))[-1].sentence
    assert (
        "0.2, at £50,000, with shares in time reached with a lower probability than asked for: Phone; it costs" in said
    )


def test_noise_is_no_difference(compared: Compared) -> None:
    """Fifteen parts in ten thousand of 60,000 are 90."""
    for more, same in ((89.0, True), (91.0, False)):
        rows = (compared.rows[0], Row(compared.rows[1].asked, outcome(60_000.0 + more)))
        (found,) = sentences(replace(compared, rows=rows), "GBP")
        assert ("costs the same" in found.sentence) is same


def test_a_contact_that_moves_takes_less_agent_time(compared: Compared) -> None:
    """100 hours of calls become 64 of messages; nothing is said where a bot takes some too, or nothing moved."""
    messaging = ChannelOutcome("messaging", 6000.0, 300.0, 0.9, 0.8, 0.95, wait_s=60.0, response_s=90.0)
    base = replace(BASE, channels=(PHONE, CHAT, messaging))
    moved = replace(
        base, channels=(replace(PHONE, work_h=1200.0), CHAT, replace(messaging, work_h=364.0)), short_h=91.0
    )
    first, second = (replace(row, outcome=found) for row, found in zip(compared.rows[:2], (base, moved), strict=True))
    (said,) = sentences(replace(compared, rows=(first, second)), "GBP")
    assert (
        "costs the same, but 91 more hours understaffed; a contact that moves takes 36% less agent time; "
        in said.sentence
    )
    (same,) = sentences(replace(compared, rows=(first, replace(second, outcome=base))), "GBP")
    assert "agent time" not in same.sentence


def test_break_even_lies_where_the_lines_cross(compared: Compared) -> None:
    """By straight lines between values in order, whatever their order in the config."""
    assert compared.break_even("bot") == (pytest.approx(0.8),)
    assert [row.asked.value for row in compared.sweeps()["bot"]] == [0.2, 0.6, 1.0]
    cheap = tuple(replace(row, outcome=outcome(50_000.0)) if row.asked.sweep else row for row in compared.rows)
    assert replace(compared, rows=cheap).break_even("bot") == ()
    level = tuple(replace(row, outcome=BASE) if row.asked.value == 1.0 else row for row in cheap)
    assert replace(compared, rows=level).break_even("bot") == (1.0,)


def test_tables_have_a_row_for_each_plan(compared: Compared) -> None:
    """Changes are against the baseline, which has none; one table a channel."""
    table = overview(compared, "GBP")
    assert [cell.text for cell in table.rows[1]] == [
        "A third of calls become messages", "£54,000", "-10%", "2,700", "-10%", "0", "2 of 2",
    ]  # fmt: skip
    assert [row[2].text for row in table.rows] == ["–", "-10%", "-1.7%", "-5%", "+1.7%"]
    assert table.rows[4][6].text == "1 of 2"
    phone, chat = by_channel(compared)
    assert (phone.title, len(phone.rows), chat.rows[0][7].text) == ("Phone", 5, "40 s")


def test_the_file_has_a_line_for_each_plan_and_channel(compared: Compared) -> None:
    """Numbers without separators, nothing where there is none; JSON has the same."""
    lines = list(csv.DictReader(io.StringIO(csv_text(compared))))
    assert len(lines) == 10
    assert (lines[0]["scenario"], lines[0]["cost"], lines[0]["wait_s"], lines[0]["response_s"]) == (
        "baseline", "60000", "21", "",
    )  # fmt: skip
    assert [line["value"] for line in lines[4::2]] == ["0.6", "0.2", "1"]
    assert [each["cost"] for each in plain(compared)] == [row.outcome.cost for row in compared.rows]


def test_the_curve_crosses_the_line_of_the_baseline(compared: Compared) -> None:
    """Dots from left to right by value; the baseline goes across."""
    made = curve("bot", compared.sweeps()["bot"], compared.baseline, "GBP")
    drawn = {layer.look: layer.path for layer in made.layers}
    across = int(drawn["limit"].removeprefix("M0 ").partition("h")[0])
    dots = [tuple(map(int, dot.removesuffix("h0").split())) for dot in drawn["point"].split("M")[1:]]
    assert [x for x, _ in dots] == sorted(x for x, _ in dots)
    assert 0 < dots[0][0] < dots[-1][0] < WIDE
    assert dots[0][1] > across > dots[-1][1]


def test_the_page_holds_everything_and_is_the_same_each_time(compared: Compared) -> None:
    """Sentences, table, the curve of the sweep, every channel."""
    made = page(compared, CONFIG, "9.9")
    assert made == page(compared, CONFIG, "9.9")
    for text in ("At a glance", "costs £6,000 a week less", '<section id="sweep-bot"', "Channel by channel", "Chat"):
        assert text in made
    HTMLParser().feed(made)


def test_the_horizon_names_the_week(compared: Compared) -> None:
    """The first day of the plan."""
    assert isinstance(compared.horizon, Horizon)
    assert str(compared.horizon.first.day) in page(compared, CONFIG, "9.9")
