"""A week planned again after five of a hundred people fell ill: cells changed with and without the published roster.

``python benchmarks/roster_again.py`` prints the table; ``--seeds 1,2`` the weeks, ``--prices 25,100`` the price of a
changed cell. A cell is a person and a shift: a moved shift changes two, one more or less changes one. Cells are counted
among the people who are well.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

AGENTS, ILL, TIGHT = 100, 5, 0.90
"""People, how many fall ill all week, and the share of everybody's time the requirement takes: some are at home."""


def _cells(table: pd.DataFrame, ill: set[str]) -> set[tuple[str, Any, Any]]:
    rows = zip(table["agent"], table["start"], table["end"], strict=True)
    return {cell for cell in rows if cell[0] not in ill}


def one(seed: int, prices: list[float]) -> None:
    """Publish, fall ill, plan afresh, and plan near what was published at each price."""
    import pandas as pd
    import roster_week

    from configs.loader import build
    from configs.tables import REQUIREMENT, check
    from optimize.roster.api import _horizon
    from optimize.roster.inputs.people import read_people
    from optimize.roster.planner import plan_week

    roster_week.TIGHT = TIGHT
    case = roster_week.week(AGENTS, seed)
    need = check(case.requirement, REQUIREMENT)
    horizon, contracts = _horizon(need, "UTC"), case.contracts

    def plan(people: Any, price: float) -> tuple[Any, float]:  # noqa: ANN401 - a People
        config = build(
            {
                "plan": {"name": "again", "timezone": "UTC", "interval": "15min"},
                "history": {"path": "none"},
                "channels": {"phone": {"kind": "synchronous"}},
                "contracts": contracts,
                "costs": {"shortage_per_hour": 24, "excess_per_hour": 0.08, "premiums": roster_week.PREMIUMS},
                "roster": {"time_limit": "60s", "gap": 0.01, "change_cost": price},
            }
        )
        begun = time.process_time()
        return plan_week(config, horizon, need, people or read_people(config)), time.process_time() - begun

    published, _ = plan(None, 0.0)
    ill = sorted(published.table["agent"].unique())[::20][:ILL]
    away = pd.DataFrame({"agent": ill, "start": [horizon.begin] * ILL, "end": [horizon.end] * ILL})
    people = replace(published.people, leave=away)
    before = _cells(published.table, set(ill))
    lost = len(published.table) - len(before)
    afresh, cpu = plan(people, 0.0)
    naive = len(before ^ _cells(afresh.table, set(ill)))
    for name, price, roster, seconds in [
        ("afresh", 0.0, afresh, cpu),
        *(("near", price, *plan(replace(people, published=published.table), price)) for price in prices),
    ]:
        cells = len(before ^ _cells(roster.table, set(ill)))
        short = float(roster.coverage["shortage"].sum()) / 4
        moved = len({agent for agent, _, _ in before ^ _cells(roster.table, set(ill))})
        paid = roster.cost.total - roster.cost.changes
        print(
            f"| {seed} | {name} | {price:g} | {lost} | {cells} | {cells / naive:.1%} | {moved} | {short:.1f} "
            f"| {paid:,.0f} | {seconds:.0f} |",
            flush=True,
        )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", default="1")
    parser.add_argument("--prices", default="25,150")
    chosen = parser.parse_args()
    print(
        "| seed | planned | price of a cell | shifts lost | cells changed | of afresh | people | short h | cost | CPU s |"
    )
    print("|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    for seed in map(int, chosen.seeds.split(",")):
        one(seed, [float(price) for price in chosen.prices.split(",")])


if __name__ == "__main__":
    main()
