"""Frontiers drawn from made points: page, chart, tables and sentences."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest

from configs.schema import Config
from optimize.targets.frontier_points import Frontier, Point
from reports.frontier.curve import WIDE, curve
from reports.frontier.page import page
from reports.frontier.tables import csv_text, plain, points_listing, summary
from reports.page.paths import TOP
from tests.configs.test_targets import demo
from tests.optimize.roster import weeks

PHONE = Frontier(
    "phone",
    (
        Point(0.74, 56_200.0, 0.62, 0.56, 0.67, chosen=False),
        Point(0.78, 57_900.0, 0.81, 0.76, 0.85, chosen=False),
        Point(0.82, 60_790.0, 0.92, 0.89, 0.94, chosen=True),
        Point(0.86, 64_100.0, 0.985, 0.97, 0.99, chosen=False),
    ),
)
CHAT = Frontier("chat", (Point(0.8, 60_790.0, 0.9, 0.86, 0.93, chosen=True),))


@pytest.fixture(scope="module")
def config() -> Config:
    """The demo with targets over each day."""
    return demo(phone={"over": "day"}, chat={"over": "day"})


def test_the_page_has_a_chart_and_a_table_for_each_channel(config: Config) -> None:
    """One section a channel, its drawing described in words, its numbers in a table; the same points, the same bytes."""
    made = page((PHONE, CHAT), config, weeks.horizon_of(config), "9.9")
    assert made == page((PHONE, CHAT), config, weeks.horizon_of(config), "9.9")
    for name in ("phone", "chat"):
        assert f'<section id="channel-{name}"' in made
    assert made.count('role="img" aria-label=') == 2
    assert "probability by cost, 62% at £56,200 to 98.5% at £64,100" not in made
    assert "62% at £56,200 to 98% at £64,100. The numbers are in the table." in made
    assert made.count('<path class="chosen"') == 2
    assert made.index("£56,200") < made.index('<tr><th scope="row">1</th>')
    HTMLParser().feed(made)


def test_dots_stand_where_cost_and_probability_say() -> None:
    """The cheapest is left, the surest on top; a third of the way in cost is a third of the way across."""
    points = tuple(Point(0.8, 1000.0 + 100 * k, 0.5 + 0.25 * k, 0.5, 1.0, chosen=k == 1) for k in range(3))
    made = curve(Frontier("phone", points), "GBP", "Phone")
    drawn = {layer.look: layer.path for layer in made.layers}
    room = WIDE * 0.06 / 1.12
    left, middle, right = (round(value) for value in (room, WIDE / 2, WIDE - room))
    assert drawn["point"] == f"M{left} {TOP}h0M{right} 0h0"
    assert drawn["chosen"] == f"M{middle} {TOP // 2}h0"
    assert [(mark.label, mark.y) for mark in made.marks] == [("100%", 0), ("80%", 160), ("60%", 320)]
    assert [text for text, _, _ in made.labels] == ["£1,000", "£1,100", "£1,200"]
    centres = [float(at) + float(width) / 2 for _, at, width in made.labels]
    assert centres == pytest.approx([100 * left / WIDE, 50.0, 100 * right / WIDE], abs=0.1)


def test_one_plan_is_drawn_too() -> None:
    """A single dot, no band, finite numbers."""
    made = curve(CHAT, "GBP", "Chat")
    assert [layer.look for layer in made.layers] == ["expected", "point", "chosen"]
    assert made.layers[2].path.startswith(f"M{WIDE // 2} ")


@pytest.mark.parametrize("seed", range(4))
def test_every_chart_stays_inside_its_frame(seed: int) -> None:
    """Points at random: no number of a path leaves the drawing, and labels ascend."""
    rng = np.random.default_rng(seed)
    points = []
    for cost in np.sort(rng.random(6) * 10 ** rng.integers(1, 7)):
        low, middle, high = np.sort(rng.random(3)).tolist()
        points.append(Point(0.8, float(cost), middle, low, high, chosen=False))
    made = curve(Frontier("phone", tuple(points)), "EUR", "Phone")
    for layer in made.layers:
        for place in layer.path.replace("M", "L").replace("h0", "").strip("Lz").split("L"):
            if place:
                x, y = map(int, place.split())
                assert 0 <= x <= WIDE
                assert 0 <= y <= TOP
    lefts = [float(left) for _, left, _ in made.labels]
    assert lefts == sorted(lefts)
    assert len(lefts) >= 1


def test_the_table_compares_with_the_plan_of_the_config() -> None:
    """57,900 is 4.8 % less than 60,790, and 64,100 is 5.4 % more."""
    made = points_listing(PHONE, "GBP", "phone")
    assert [[cell.text for cell in row] for row in made.rows] == [
        ["1", "£56,200", "-7.6%", "62%", "56% to 67%", "74%"],
        ["2", "£57,900", "-4.8%", "81%", "76% to 85%", "78%"],
        ["3, this plan", "£60,790", "–", "92%", "89% to 94%", "82%"],
        ["4", "£64,100", "+5.4%", "98.5%", "97% to 99%", "86%"],
    ]


def test_the_sentence_says_what_the_next_safer_plan_costs() -> None:
    """More for more; nothing above the surest; a cheaper and surer plan is bad news; a plan that is not there."""
    first, second, third, fourth = PHONE.points
    assert summary(PHONE, "GBP").sentence == (
        "Phone: this plan costs £60,790 and meets its target with a probability of 92%; 98% would cost £3,310 more."
    )
    surest = Frontier("phone", (first, second, third))
    assert summary(surest, "GBP").sentence.endswith("with a probability of 92%; no plan tried is safer.")
    luck = summary(Frontier("phone", (replace(fourth, cost=60_000.0), third)), "GBP")
    assert luck.sentence.endswith("; a plan that costs no more reaches 98%.")
    assert luck.mark == "bad"
    assert summary(Frontier("phone", (first, second)), "GBP").sentence == (
        "Phone: 2 plans; none of them is that of the config."
    )


def test_the_file_and_the_json_hold_every_point() -> None:
    """A line a plan, numbers with a point and no thousands, whatever the locale; read back they are the points."""
    rows = list(csv.DictReader(io.StringIO(csv_text((PHONE, CHAT)))))
    assert csv_text((PHONE,)).splitlines()[3] == "phone,0.82,60790,0.92,0.89,0.94,true"
    read = [
        Point(*(float(row[name]) for name in ("share", "cost", "probability", "low", "high")), row["chosen"] == "true")
        for row in rows
    ]
    assert read == [*PHONE.points, *CHAT.points]
    assert plain((CHAT,)) == [
        {
            "channel": "chat",
            "points": (
                {"share": 0.8, "cost": 60_790.0, "probability": 0.9, "low": 0.86, "high": 0.93, "chosen": True},
            ),
        }
    ]
