"""The table of reference values kept beside the repository, row by row."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from optimize.staffing import Curve, erlang_a, erlang_b, erlang_c, erlang_k, erlang_x, required_agents

FILE = Path(__file__).resolve().parents[4] / "shared" / "reference" / "queue_cases.csv"
LEVELS = {"sl_served_in_time_over_offered": "offered", "sl_served_in_time_over_served": "answered"}


def _rows():
    if not FILE.exists():
        return []
    with FILE.open(newline="", encoding="utf-8") as handle:
        return [row for row in csv.DictReader(handle) if row["function"] in ANSWERS]


def _measure(service, name):
    names = {
        "blocking": "probability_wait",
        "probability_wait": "probability_wait",
        "abandonment_rate": "abandonment",
        "average_speed_of_answer_s": "asa_s",
        "mean_response_time_per_message_s": "response_s",
    }
    return float(getattr(service, names.get(name, "service_level")))


def _b(given, name):
    return float(erlang_b(given["servers"], given["load"]))


def _c(given, name):
    return _measure(erlang_c(given["servers"], given["load"], given.get("aht", 1)), name)


def _a(given, name):
    load = given["arrival_rate_per_s"] * given["aht"]
    service = erlang_a(
        given["servers"],
        load,
        given["aht"],
        given["mean_patience"],
        given["target_wait"],
        definition=LEVELS.get(name, "offered"),
    )
    return _measure(service, name)


def _k(given, name):
    curve = Curve.from_touches(given["slots"], given["touch"], given["think"], given["touches"])
    return _measure(
        erlang_k(
            given["agents"],
            given["arrival_rate_per_s"] * curve.handle_s,
            curve,
            given["mean_patience"],
            given["target_wait"],
        ),
        name,
    )


def _rate(given, name):
    curve = Curve.from_touches(given["open_sessions"], given["touch"], given["think"], given["touches"])
    return given["open_sessions"] / curve.session_s[-1]


def _least(given, name):
    patience = given.get("mean_patience", float("inf"))
    return float(
        required_agents(
            given["load"],
            given["aht"],
            share=given["service_level"],
            within_s=given["target_wait"],
            patience_s=patience,
        )
    )


def _x(given, name):
    return _measure(
        erlang_x(
            given["servers"],
            given["first_attempt_load"],
            given["aht"],
            given["mean_patience"],
            given["redial_probability"],
            given["target_wait"],
        ),
        name,
    )


ANSWERS = {
    "erlang_b": _b,
    "erlang_c": _c,
    "erlang_c_asa": _c,
    "erlang_a": _a,
    "chat_balanced": _k,
    "simulate_chat_touch": _k,
    "session_close_rate_per_agent": _rate,
    "required_agents_erlang_c": _least,
    "required_agents_erlang_a": _least,
    "simulate_redial": _x,
}


@pytest.mark.skipif(not FILE.exists(), reason="the reference values are not beside the repository")
def test_reference_values():
    """Exact rows are met to their tolerance, simulated ones to 4 % (quick redials, uneven conversations)."""
    rows = _rows()
    assert len(rows) > 30
    for row in rows:
        value = ANSWERS[row["function"]](json.loads(row["arguments"]), row["measure"])
        said = row["tolerance"]
        relative = float(said.removeprefix("rel ")) if said.startswith("rel ") else 0.04
        expected = float(row["value"])
        assert value == (
            expected if said == "exact" and row["measure"] == "agents" else pytest.approx(expected, rel=relative)
        ), row["id"]
