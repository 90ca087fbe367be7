"""The rule of breaks: windows, order and distance against every placement tried one by one."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import numpy as np
import pytest

from configs.breaks import BreakRule, BreakType
from configs.errors import ConfigError
from tests.optimize.roster import weeks


def tried(rule: BreakRule) -> list[tuple[int, ...]]:
    """Every placement of a rule, the slow obvious way."""
    found = []
    for starts in product(*(range(break_type.first, break_type.last + 1) for break_type in rule.break_types)):
        free, kept = 0, True
        for start, break_type in zip(starts, rule.break_types, strict=True):
            kept &= start >= free + rule.gap
            free = start + break_type.length
        if kept and free + rule.gap <= rule.shift:
            found.append(starts)
    return found


def any_rule(rng: np.random.Generator) -> BreakRule:
    """A rule at random: shifts of 4 to 12 intervals, up to three breaks, windows anywhere, a gap up to 3."""
    break_types = []
    for _ in range(int(rng.integers(1, 4))):
        first = int(rng.integers(0, 9))
        break_types.append(BreakType(first, first + int(rng.integers(0, 6)), int(rng.integers(1, 4)), paid=False))
    return BreakRule(int(rng.integers(4, 13)), tuple(break_types), int(rng.integers(0, 4)))


RULES = [any_rule(np.random.default_rng(seed)) for seed in range(400)]


def test_a_rule_is_blocked_just_when_no_placement_exists() -> None:
    """400 rules at random; both answers are common among them."""
    answers = [(rule.blocked is None, bool(tried(rule))) for rule in RULES]
    assert all(said == found for said, found in answers)
    assert 50 < sum(found for _, found in answers) < 350


def test_the_break_named_is_the_first_without_a_place() -> None:
    """Breaks before the one named can be placed by themselves; with it they cannot."""
    named = 0
    for rule in RULES:
        if rule.blocked is not None:
            before, with_it = (
                BreakRule(rule.shift, rule.break_types[:k], rule.gap) for k in (rule.blocked, rule.blocked + 1)
            )
            assert rule.blocked == 0 or tried(before)
            assert not tried(with_it)
            named += 1
    assert named


def contract(**settings):
    raw = {
        "agents": 1, "days_per_week": 5, "cost_per_hour": 10, "shifts": [{"length": "8h", "start": "09:00"}],
    }  # fmt: skip
    return weeks.config_of(
        plan={"name": "tiny", "timezone": "UTC", "interval": "15min"}, contracts={"day": raw | settings}
    ).contracts["day"]


def windows(*spans: str, length: str = "30min") -> list[dict[str, str]]:
    return [{"length": length, "after": span} for span in spans]


def test_two_ordinary_windows_that_meet_are_taken() -> None:
    """1h-3h and 3h-5h30m share the moment 3h; the breaks do not overlap, so nothing is wrong."""
    made = contract(breaks=windows("1h-3h", "3h-5h30m"))
    rule = made.break_rule(made.shifts[0], timedelta(minutes=15))
    assert (rule.earliest, rule.latest) == ((4, 12), (12, 22))
    assert rule.apart == (0, 2, 2)


def test_breaks_keep_the_order_written() -> None:
    """Written 2h-5h first and 1h-4h second, the second follows; from 2h30 on, though its window opens at 1h."""
    made = contract(breaks=windows("2h-5h", "1h-4h"))
    assert [str(break_type.after) for break_type in made.breaks_of(made.shifts[0])] == ["2h-5h", "1h-4h"]
    rule = made.break_rule(made.shifts[0], timedelta(minutes=30))
    assert (rule.earliest, rule.latest) == ((4, 5), (7, 8))


def test_breaks_written_in_an_impossible_order_follow_their_windows() -> None:
    """The later window written first: only the order of the windows can be worked, as it always was."""
    made = contract(breaks=windows("5h-6h", "1h-2h"))
    assert [str(break_type.after) for break_type in made.breaks_of(made.shifts[0])] == ["1h-2h", "5h-6h"]


def test_a_gap_off_the_grid_is_rounded_up() -> None:
    """Twenty minutes on a grid of quarter hours keep half an hour."""
    made = contract(breaks=windows("0h-5h"), break_gap="20min")
    assert made.break_rule(made.shifts[0], timedelta(minutes=15)).gap == 2


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (
            {"breaks": windows("0h", "4h", length="1h"), "break_gap": "1h"},
            "given break_gap 1h, it begins at the earliest 1h into the shift; widen its window, shorten the breaks or",
        ),
        (
            {"breaks": windows("3h-4h", "4h-5h"), "break_gap": "2h"},
            "into a shift of 8h: given the breaks before it and break_gap 2h, it begins at the earliest 5h30m into the shift",
        ),
        (
            {"breaks": windows("7h-8h"), "break_gap": "45min"},
            "begun 7h into the shift, it ends 7h30m into it, and break_gap asks for 45m after it",
        ),
        (
            {"breaks": windows("3h-3h15m", "3h45m-4h"), "break_gap": "20min"},
            None,
        ),
        (
            {"breaks": windows("3h", "3h45m-3h50m"), "break_gap": "20min"},
            "contracts.day.breaks: 3h50m is not a multiple of the interval, 15m",
        ),
        (
            {"breaks": windows("3h", "3h45m"), "break_gap": "10min"},
            None,
        ),
        (
            {"breaks": windows("3h", "3h45m"), "break_gap": "20min"},
            "contracts.day: the break of 30m after 3h45m-3h45m does not fit into a shift of 8h",
        ),
    ],
)
def test_a_contract_is_refused_only_where_no_placement_exists(settings, words: str | None) -> None:
    """The sentence names the break, its window, the cause and the ways out; one placement is enough to be taken."""
    if words is None:
        contract(**settings)
        return
    with pytest.raises(ConfigError) as caught:
        contract(**settings)
    assert words in str(caught.value)


def test_a_gap_that_fits_by_the_clock_and_not_on_the_grid_is_told() -> None:
    """Two quarters of an hour in one hour leave 10 minutes three times: on quarter hours a gap of 10 takes 15."""
    hour = {"shifts": [{"length": "1h", "start": "09:00"}], "breaks": windows("0h-1h", "0h-1h", length="15min")}
    words = (
        "contracts.day.break_gap: the break of 15m after 0s-1h does not fit into a shift of 1h: begun 45m into the "
        "shift, it ends 1h into it, and break_gap asks for 15m after it"
    )
    with pytest.raises(ConfigError) as caught:
        contract(**hour, break_gap="10min")
    assert words in str(caught.value)
    assert contract(**hour, break_gap="0min").break_gap == timedelta(0)
