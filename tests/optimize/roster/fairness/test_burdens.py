"""Which burdens a shift is, at the edges of each kind."""

from __future__ import annotations

from datetime import date

import pytest

from configs.errors import ConfigError
from configs.schema.fairness import BURDENS
from optimize.roster.fairness.burdens import Burdens
from tests.optimize.roster import weeks

FRIDAY_EVENINGS = [{"starts": "14:00-18:00", "days": ["fri"]}]
EIGHT_HOURS = 8 * 60


def burdens(fairness: object = 1.0, **tables) -> Burdens:
    return Burdens(weeks.config_of(roster={"fairness": fairness}, **tables), weeks.MONDAY, 28)


def names(found: Burdens, day: date, hour: float, contract: str = "day") -> set[str]:
    """Burdens of a shift of eight hours."""
    is_one = found.of(contract, day, round(60 * hour), EIGHT_HOURS)
    return {name for name, each in zip(found.names, is_one, strict=True) if each}


@pytest.mark.parametrize(
    ("hour", "found"),
    [
        (3.99, set()), (4, {"early"}), (8.98, {"early"}), (9, set()), (11.99, set()), (12, {"late"}), (17.9, {"late"}),
        (18, {"late", "nights"}), (19.98, {"late", "nights"}), (20, {"nights"}), (22, {"nights"}), (2.98, {"nights"}),
        (3.02, set()),
    ],
)  # fmt: skip
def test_kinds_of_a_shift_on_a_monday(hour: float, found: set[str]) -> None:
    """A night has three hours between 23:00 and 6:00; early and late go by the start."""
    assert names(burdens(), weeks.MONDAY, hour) == found


def test_weekends_and_holidays_go_by_the_day_to_which_the_shift_belongs() -> None:
    """Saturday and Sunday; Christmas Day, and Boxing Day, which is a Saturday."""
    found = burdens({"weight": 0, "weekends": 1, "holidays": 1}, calendar={"country": "GB", "region": "ENG"})
    days = {day: names(found, date(2026, 12, day), 10) for day in range(18, 28)}
    assert days[18] == set()
    assert days[19] == days[20] == {"weekends"}
    assert days[24] == set()
    assert days[25] == {"holidays"}
    assert days[26] == {"weekends", "holidays"}


def test_unpopular_shifts_are_those_the_config_names() -> None:
    """Friday from 14:00 to 18:00, both ends included."""
    found = burdens({"weight": 0, "late": 1, "unpopular": FRIDAY_EVENINGS})
    assert found.names == ("late",), "the weight of all is 0"
    found = burdens({"nights": 0, "early": 0, "weekends": 0, "unpopular": FRIDAY_EVENINGS})
    friday = date(2026, 12, 4)
    assert names(found, friday, 14) == {"late", "unpopular"}
    assert names(found, friday, 18) == {"late", "unpopular"}
    assert names(found, friday, 18.02) == {"late"}
    assert names(found, date(2026, 12, 3), 14) == {"late"}


def test_a_contract_says_what_its_nights_are() -> None:
    """Rules that call only starts from 21:00 a night; a contract that is not in the plan has the kinds of all."""
    rules = {"kinds": {"night": {"starts": "21:00-23:59"}}, "runs": {"n": {"of": "night", "most": 3}}}
    contract = {"agents": 1, "days_per_week": 5, "shifts": [weeks.DAY_SHIFT], "cost_per_hour": 10, "rules": rules}
    found = burdens({"weight": 0, "nights": 1}, contracts={"day": contract})
    assert names(found, weeks.MONDAY, 20) == set()
    assert names(found, weeks.MONDAY, 21) == {"nights"}
    assert names(found, weeks.MONDAY, 20, contract="gone") == {"nights"}


def test_a_number_alone_is_the_weight_of_all_and_a_table_may_differ() -> None:
    """Every kind but unpopular, which needs a list; 0 leaves a kind out."""
    assert burdens(0.5).names == BURDENS[:-1]
    assert burdens(0.5).weights.tolist() == [0.5] * 6
    found = burdens({"nights": 2, "wishes": 0})
    assert dict(zip(found.names, found.weights.tolist(), strict=True)) == {
        "nights": 2.0, "weekends": 1.0, "early": 1.0, "late": 1.0, "holidays": 1.0,
    }  # fmt: skip
    assert burdens(0).names == ()
    assert weeks.config_of().roster.fairness.weights == {}


@pytest.mark.parametrize(
    ("fairness", "words"),
    [
        (101, r"roster\.fairness\.weight: must be at most 100"),
        ({"night": 1}, r'roster\.fairness\.night: is not a setting; did you mean "nights"'),
        ({"unpopular": [{}]}, r"roster\.fairness\.unpopular.*state starts, covers or days"),
        ("yes", r"roster\.fairness: must be a table"),
    ],
)
def test_wrong_settings_are_refused_with_their_key(fairness: object, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        burdens(fairness)
