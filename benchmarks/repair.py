"""Five of a hundred people ill for a week: changes of the repair against the proven least, and CPU seconds.

``python benchmarks/repair.py --seeds 1,2`` publishes a week of quarter hours, lets every twentieth person with shifts
fall ill all week, and repairs it. Changes and the cover are counted again from the tables. ``--oracle SECONDS`` solves
the whole integer program over every start and person for that long as well, without rest, so that its bound is one of
every repair; the least is the greater of both bounds.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.roster.repair import Question
    from optimize.roster.result import Roster

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

AGENTS, ILL, TIGHT = 100, 5, 0.90
"""People, how many are ill all week, and the share of everybody's time the requirement takes."""
TARGET = 1.1
"""Changes at most, as a multiple of the proven least."""


def _config(contracts: Any, premiums: Any) -> Config:  # noqa: ANN401 - raw settings
    from configs.loader import build

    return build(
        {
            "plan": {"name": "repair", "timezone": "UTC", "interval": "15min"},
            "history": {"path": "none"},
            "channels": {"phone": {"kind": "synchronous"}},
            "contracts": contracts,
            "costs": {"shortage_per_hour": 24, "excess_per_hour": 0.08, "premiums": premiums},
            "roster": {"time_limit": "120s", "gap": 0.01},
        }
    )


def one(seed: int, oracle_s: float) -> bool:
    """Publish, fall ill and repair; print a row for each alternative, and say whether the target is met."""
    import roster_week

    from configs.tables import REQUIREMENT, check
    from optimize.roster.api import _horizon
    from optimize.roster.inputs.people import read_people
    from optimize.roster.planner import plan_week
    from optimize.roster.repair import Absence, Question, repair_week

    roster_week.TIGHT = TIGHT
    case = roster_week.week(AGENTS, seed)
    need = check(case.requirement, REQUIREMENT)
    horizon, config = _horizon(need, "UTC"), _config(case.contracts, roster_week.PREMIUMS)
    published = plan_week(config, horizon, need, read_people(config))
    ill = sorted(published.table["agent"].unique())[::20][:ILL]
    question = Question(tuple(Absence(str(agent), horizon.begin, horizon.end) for agent in ill))
    begun = time.process_time()
    repair = repair_week(config, horizon, need, published, question)
    seconds = time.process_time() - begun
    before = _cells(published) - {cell for cell in _cells(published) if cell[0] in ill}
    least = repair.alternative("fewest").least or 0
    if oracle_s:
        least = max(least, _oracle(config, horizon, need, published, question, oracle_s))
    lost = len(_cells(published)) - len(before)
    for each in repair.alternatives:
        changes = len(before ^ _cells(each.roster))
        ratio = f"{changes / least:.3f}" if each.kind == "fewest" and least else ""
        short = float(each.roster.coverage["shortage"].sum()) / 4
        print(
            f"| {seed} | {each.kind} | {lost} | {changes} | {least if ratio else ''} | {ratio} | {each.changes.people} "
            f"| {short:.2f} | {each.roster.cost.total:,.0f} | {seconds:.1f} |",
            flush=True,
        )
    fewest = repair.alternative("fewest")
    return fewest.as_before and fewest.changes.cells <= TARGET * least


def _cells(roster: Roster) -> set[tuple[str, Any, Any]]:
    return set(zip(roster.table["agent"], roster.table["start"], roster.table["end"], strict=True))


def _oracle(
    config: Config,
    horizon: Horizon,
    need: pd.DataFrame,
    published: Roster,
    question: Question,
    seconds: float,
) -> int:
    """Bound of the integer program over every start and person, without rest."""
    from optimize.roster.program.problem import Problem
    from optimize.roster.program.solver import solver_of
    from optimize.roster.repair.repairing import situation_of

    program = situation_of(config, horizon, need, published, question).program()
    lower, upper = program.model.bounds()
    upper[program.lack] = 0.0
    longer = config.roster.model_copy(update={"time_limit": timedelta(seconds=seconds)})
    problem = Problem(program.model, (lower, upper), extra_cost=program.cost(1.0, 0.0))
    return math.ceil(solver_of(config.model_copy(update={"roster": longer})).solve("oracle", problem).bound - 1e-4)


def main() -> None:
    """Print the table; exit code 1 where a repair changes more than the target allows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", default="1,2")
    parser.add_argument("--oracle", type=float, default=0.0)
    chosen = parser.parse_args()
    print("| seed | alternative | lost | changes | least | ratio | people | short h | cost | CPU s |")
    print("|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    met = [one(seed, chosen.oracle) for seed in map(int, chosen.seeds.split(","))]
    raise SystemExit(0 if all(met) else 1)


if __name__ == "__main__":
    main()
