"""Any small week ends in a roster that passes its recount, or in a sentence; nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from configs.errors import ConfigError, StaffcurveError, VerificationError
from optimize.roster.planner import plan_week
from tests.optimize.roster import weeks

ZONES = {
    "UTC": [date(2026, 11, 30)],
    "Europe/London": [date(2026, 3, 23), date(2026, 10, 19)],
    "America/New_York": [date(2026, 3, 2), date(2026, 10, 26)],
}

SHIFTS = st.fixed_dictionaries(
    {
        "length": st.sampled_from(["4h", "6h", "8h", "10h"]),
        "start": st.sampled_from(["00:00-02:00", "06:00", "06:00-12:00", "15:00", "14:00-22:00", "22:00"]),
        "step": st.sampled_from(["1h", "2h"]),
        "breaks": st.sampled_from(
            [[], [{"length": "1h", "after": "1h-2h"}], [{"length": "1h", "after": "2h", "paid": True}]]
        ),
    }
)
CONTRACTS = st.fixed_dictionaries(
    {
        "days_per_week": st.integers(1, 7),
        "days_off": st.sampled_from(["together", "any"]),
        "guaranteed": st.booleans(),
        "shifts": st.lists(SHIFTS, min_size=1, max_size=2),
        "rest": st.sampled_from(["8h", "11h", "12h"]),
        "max_consecutive_days": st.integers(3, 7),
        "cost_per_hour": st.sampled_from([0, 10, 25.5]),
    }
)
PREMIUMS = [
    {"name": "night", "from": "22:00", "to": "06:00", "add": 0.25},
    {"name": "sunday", "days": ["sun"], "add": 0.5},
]


@st.composite
def small_weeks(draw: st.DrawFn) -> tuple[dict[str, Any], str, date, int, list[str], list[tuple[int, int]]]:
    """Contracts, zone, first day, seed of the requirement, skills of each person, and leave as (person, day)."""
    zone = draw(st.sampled_from(sorted(ZONES)))
    contracts = {f"k{i}": contract for i, contract in enumerate(draw(st.lists(CONTRACTS, min_size=1, max_size=2)))}
    skills = draw(st.lists(st.sampled_from(["phone", "phone;email", "email"]), min_size=1, max_size=5))
    leave = draw(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 6)), max_size=3))
    return (
        contracts,
        zone,
        draw(st.sampled_from(ZONES[zone])),
        draw(st.integers(0, 999)),
        ["phone;email", *skills],
        leave,
    )


@given(small_weeks())
def test_a_week_is_rostered_and_verified_or_refused_in_words(drawn) -> None:
    """Nights, clock changes, leave, premiums, breaks, two channels; `plan_week` recounts before it returns."""
    contracts, zone, first, seed, skills, leave = drawn
    channels = {"phone": {"kind": "synchronous"}, "email": {"kind": "deferrable", "target": {"within": "8h"}}}
    try:
        config = weeks.config_of(
            plan={"name": "tiny", "timezone": zone, "interval": "60min"},
            channels=channels,
            contracts=contracts,
            costs={"shortage_per_hour": 40, "premiums": PREMIUMS},
            roster={"agents": "x", "time_limit": "2s", "gap": 0.02},
        )
    except ConfigError as error:
        assert str(error)
        return
    horizon = weeks.horizon_of(config, first)
    rng = np.random.default_rng(seed)
    need = weeks.requirement_of(
        horizon, phone=rng.integers(0, 3, horizon.size), email=(rng.random(horizon.size) * 0.5, 8)
    )
    names = sorted(contracts)
    rows = [(f"p{i}", names[i % len(names)], skill) for i, skill in enumerate(skills)]
    away = [
        (f"p{i % len(rows)}", horizon.moment(day, 0).isoformat(), horizon.moment(day + 1, 0).isoformat())
        for i, day in leave
    ]
    try:
        roster = plan_week(config, horizon, need, weeks.people_of(rows, away))
    except VerificationError:
        raise
    except StaffcurveError as error:
        assert str(error)
        return
    assert np.isfinite(roster.cost.total)
    assert roster.left_out or roster.bound <= roster.cost.total * (1 + 1e-6) + 0.01
