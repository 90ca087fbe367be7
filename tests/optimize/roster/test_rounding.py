"""Monotone rounding and the price that steers it."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from optimize.roster.search.rounding import round_curve

curves = st.lists(st.floats(0, 5), min_size=2, max_size=12).map(lambda steps: np.cumsum(np.array(steps)))


@given(curves, st.integers(0, 20), st.floats(0, 0.999))
def test_a_rounded_curve_is_whole_rises_and_ends_at_its_total(curve: np.ndarray, total: int, theta: float) -> None:
    """Whatever the threshold."""
    whole = round_curve(curve, total, theta)
    assert (whole == np.round(whole)).all()
    assert (np.diff(whole) >= 0).all()
    assert whole[0] >= 0
    assert whole[-1] == total


@given(curves, st.floats(0, 3), st.integers(0, 20), st.floats(0, 0.999))
def test_a_curve_under_another_stays_under_it(curve: np.ndarray, lag: float, total: int, theta: float) -> None:
    """This is why break rules survive: breaks begun never pass shifts begun, in the relaxed week and the whole one."""
    if curve[-1] <= 1e-3:
        return
    under = np.minimum(curve, np.maximum(curve - lag, 0))
    under[-1] = curve[-1]
    under = np.maximum.accumulate(under)
    assert (round_curve(under, total, theta) <= round_curve(curve, total, theta)).all()


def test_missing_people_agree_with_a_flow_program() -> None:
    """Hall's maximum over sets of channels is the shortage of the best allocation, found here by linear programming."""
    from scipy.optimize import linprog

    from optimize.roster.search.rounding import _StaffingCost
    from tests.optimize.roster import weeks

    config = weeks.config_of(
        channels={name: {"kind": "synchronous"} for name in ("a", "b", "c")},
        contracts={"day": {"days_per_week": 5, "shifts": [weeks.DAY_SHIFT], "cost_per_hour": 10}},
        roster={"agents": "x.csv", "gap": 0.0},
    )
    from optimize.roster.inputs.assemble import assemble
    from optimize.roster.program import build

    horizon = weeks.horizon_of(config)
    rng = np.random.default_rng(3)
    need = {name: rng.integers(0, 6, horizon.size) for name in ("a", "b", "c")}
    people = weeks.people_of([(f"p{i}", "day", skills) for i, skills in enumerate(["a", "a;b", "b;c", "c"])])
    program = build(assemble(config, horizon, weeks.requirement_of(horizon, **need), people))
    bill = _StaffingCost(program.week, np.zeros(program.model.columns), program)
    pools = program.week.pools
    there = rng.integers(0, 5, (len(pools), horizon.size)).astype(float)
    missing = 0.0
    for t in range(horizon.size):
        arcs = [(s, m) for s, skills in enumerate(pools) for m in skills]
        limit = np.zeros((len(pools) + 3, len(arcs)))
        for j, (s, m) in enumerate(arcs):
            limit[s, j] = limit[len(pools) + m, j] = 1
        most = linprog(-np.ones(len(arcs)), A_ub=limit, b_ub=[*there[:, t], *(need[name][t] for name in "abc")])
        missing += sum(need[name][t] for name in "abc") + most.fun
    assert bill.of(there.ravel()) == float(round(missing, 6)) * 100
