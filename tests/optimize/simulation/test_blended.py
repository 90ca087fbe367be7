"""Work done between calls: the event simulation against the exact model, and the promise against the simulation."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from optimize.staffing import blend, staff
from tests.optimize.roster import weeks
from tests.optimize.simulation.blend_oracle import Pool, simulate_blend


def test_the_simulation_agrees_with_the_exact_model() -> None:
    """12 agents, 8 Erlang, 3 kept free, calls and other work of five minutes each, over 100 days."""
    volume = np.full(2400, 8.0 * 3600 / 300)
    seen = simulate_blend(Pool(12, 3, 300.0), volume, 3600.0, 300.0, 120.0, 20.0)
    exact = blend(12, 8.0, 300.0, 3, 120.0, 20.0)
    assert seen.in_time == pytest.approx(float(exact.service_level), abs=0.01)
    assert seen.work_erl == pytest.approx(float(exact.deferrable_erl), abs=0.05)
    assert seen.abandonment == pytest.approx(float(exact.abandonment), abs=0.005)
    assert seen.occupancy == pytest.approx(float(exact.occupancy), abs=0.005)


@pytest.mark.parametrize(
    ("calls", "work_aht"), [(5.0, 150.0), (5.0, 600.0), (10.0, 300.0), (10.0, 600.0), (60.0, 150.0), (60.0, 300.0)]
)
def test_the_promise_holds_with_the_work_in_idle_time_done(calls: float, work_aht: float) -> None:
    """The offered hours are done with the reserve told, and 80 % are still answered in 20 s: e-mail shorter and longer."""
    phone = {
        "kind": "synchronous",
        "target": {"share": 0.8, "within": "20s"},
        "patience": "150s",
        "max_occupancy": 0.95,
    }
    phone["minimum"] = 3
    email = {"kind": "deferrable", "target": {"within": "24h"}, "blend": True, "max_occupancy": 0.95}
    config = weeks.config_of(channels={"phone": phone, "email": email})
    horizon = weeks.horizon_of(config)
    forecast = pd.concat([
        pd.DataFrame({"channel": "phone", "start": horizon.starts, "volume": calls, "aht_s": 300.0}),
        pd.DataFrame({"channel": "email", "start": horizon.starts, "volume": 5.0, "aht_s": work_aht}),
    ])  # fmt: skip
    table = staff(config, forecast, horizon).table
    row = table[table["channel"] == "phone"].iloc[5]
    assert row["idle_h"] > 0
    agents, reserve = int(max(row["agents_present"], row["agents"])), int(row["reserve"])
    seen = simulate_blend(Pool(agents, reserve, work_aht), np.full(4000, calls), 3600.0, 300.0, 150.0, 20.0)
    assert seen.in_time >= 0.8 - 0.005
    assert seen.work_erl >= row["idle_h"] - 0.05
    assert row["idle_h"] + calls * 300 / 3600 * (1 - seen.abandonment) <= 0.95 * agents + 0.05


def test_without_blend_nothing_is_offered() -> None:
    """The columns are not there."""
    config = weeks.config_of()
    horizon = weeks.horizon_of(config)
    forecast = pd.DataFrame({"channel": "phone", "start": horizon.starts, "volume": 20.0, "aht_s": 300.0})
    assert not {"idle_h", "reserve"} & set(staff(config, forecast, horizon).table.columns)
