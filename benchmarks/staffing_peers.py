"""Peers of the staffing room, timed in an interpreter of their own: reads rows as JSON, prints seconds and answers.

Run by ``benchmarks/staffing.py`` with the interpreter that has the peers (``pip install .[bench]`` there).
"""

from __future__ import annotations

import json
import math
import sys
import time


def pyworkforce(rows: list[dict]) -> list[float]:
    from pyworkforce.queuing import ErlangC

    answers = []
    for row in rows:
        model = ErlangC(
            transactions=row["volume"],
            asa=row["within_s"] / 60,
            aht=row["aht_s"] / 60,
            interval=row["interval_s"] / 60,
            shrinkage=0.0,
        )
        answers.append(model.required_positions(service_level=row["share"], max_occupancy=1.0)["raw_positions"])
    return answers


def call_center_tools(rows: list[dict]) -> list[float]:
    import call_center_tools as tools

    return [
        tools.calc_staffing(
            row["volume"] * 3600 / row["interval_s"],
            row["aht_s"],
            max_occupancy=1.0,
            target_answer_time=row["within_s"],
            target_service_level=row["share"],
        ).agents
        for row in rows
    ]


def ciw(rows: list[dict]) -> dict:
    """M/M/n+M by the general simulator: events a second, service level, abandonment."""
    import ciw as simulator

    row = rows[0]
    network = simulator.create_network(
        arrival_distributions=[simulator.dists.Exponential(row["rate"])],
        service_distributions=[simulator.dists.Exponential(1 / row["aht_s"])],
        reneging_time_distributions=[simulator.dists.Exponential(1 / row["patience_s"])],
        number_of_servers=[row["agents"]],
    )
    simulator.seed(1)
    run = simulator.Simulation(network)
    begun = time.process_time()
    run.simulate_until_max_time(row["seconds"])
    spent = time.process_time() - begun
    records = run.get_all_records()
    served = [record for record in records if record.record_type == "service"]
    left = [record for record in records if record.record_type == "renege"]
    offered = len(served) + len(left)
    in_time = sum(record.waiting_time <= row["within_s"] for record in served)
    return {"seconds": spent, "events": 2 * offered, "level": in_time / offered, "abandonment": len(left) / offered}


def main() -> None:
    name = sys.argv[1]
    rows = json.load(sys.stdin)
    if name == "ciw":
        print(json.dumps(ciw(rows)))
        return
    ask = {"pyworkforce": pyworkforce, "call-center-tools": call_center_tools}[name]
    begun = time.process_time()
    answers: list[float | None] = []
    for row in rows:
        try:
            value = float(ask([row])[0])
            answers.append(value if math.isfinite(value) else None)
        except Exception:  # noqa: BLE001 - a peer that breaks off is counted
            answers.append(None)
    print(json.dumps({"seconds": time.process_time() - begun, "answers": answers}))


if __name__ == "__main__":
    main()
