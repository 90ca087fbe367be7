"""The calculator's further questions: volume carried, e-mail between calls, laws of the handle time."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from optimize.staffing import Curve, blend, erlang_a, erlang_c, erlang_x, volume_for
from staffcurve.cli.app import app

PHONE = ("--aht", "3min", "--patience", "2min", "--share", "80%", "--within", "20s")
CALLS = ("--volume", "84", "--aht", "5min", "--patience", "2min", "--within", "20s")


def call(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["erlang", *map(str, arguments)])


def answer(*arguments: object) -> dict[str, object]:
    told = call(*arguments, "--json")
    assert told.exit_code == 0, told.output
    return json.loads(told.stdout)["answer"]


def test_the_volume_carried_is_the_inverse_of_the_agents_needed() -> None:
    """60 agents carry just over 600 calls: at that volume 60 keep 80 %, at a little more 61 are needed."""
    found = answer("--carried", "--agents", 60, *PHONE)
    assert found["volume"] == pytest.approx(float(volume_for(60, 180, 1800, share=0.8, within_s=20, patience_s=120)))
    assert found["service_level"] == pytest.approx(0.8, abs=1e-9)
    volume = float(str(found["volume"]))
    assert answer("--volume", repr(volume), *PHONE)["agents"] == 60
    assert answer("--volume", repr(volume * 1.001), *PHONE)["agents"] == 61
    told = call("--carried", "--agents", 60, *PHONE).stdout
    assert told.startswith(f"60 agents carry {volume:,.1f} contacts in 30 min")
    agents = [line.split()[1] for line in told.splitlines()[4:7]]
    assert agents == ["59", "60", "61"]  # one agent fewer and one more beside it


def test_the_volume_carried_by_agents_with_slots() -> None:
    """47 agents with three slots carry the 600 chats an hour for which they are the fewest."""
    chat = ("--interval", "1h", "--slots", 3, "--touch", "30s", "--think", "60s", "--touches", 8)
    found = answer("--carried", "--agents", 47, *chat, *PHONE[2:])
    fewer = answer("--carried", "--agents", 46, *chat, *PHONE[2:])
    assert float(str(fewer["volume"])) < 600 < float(str(found["volume"]))


def test_redials_by_option() -> None:
    """Half of those who give up call again: Erlang X, per attempt."""
    found = answer(
        "--volume",
        132,
        "--aht",
        "5min",
        "--patience",
        "2min",
        "--within",
        "20s",
        "--agents",
        20,
        "--redial-share",
        "0.5",
    )
    assert found["service_level"] == pytest.approx(float(erlang_x(20, 22, 300, 120, 0.5, 20).service_level), abs=1e-12)


def test_handle_times_that_are_not_exponential_by_option() -> None:
    """Constant handle times halve the mean wait of Erlang C; one customer at a time only."""
    given = ("--volume", 140, "--aht", "3min", "--within", "20s", "--agents", 16)
    exact = erlang_c(16, 14, 180, 20, service_cv=0.0)
    found = answer(*given, "--service-cv", 0)
    assert found["asa_s"] == pytest.approx(float(exact.asa_s))
    assert float(str(found["asa_s"])) == pytest.approx(0.5 * float(str(answer(*given)["asa_s"])))
    chat = ("--slots", 3, "--touch", "30s", "--think", "60s", "--touches", 8)
    assert "one customer at a time" in call(*given, *chat, "--service-cv", 0.5).stderr


def test_a_reserve_is_evaluated_with_its_neighbours() -> None:
    """Twenty agents, 14 Erlang of calls, three kept free: as ``blend`` has it, two and four beside it."""
    told = json.loads(call(*CALLS, "--agents", 20, "--reserve", 3, "--json").stdout)
    exact = blend(20, 14, 300, [2, 3, 4], 120, 20)
    assert [row["reserve"] for row in told["around"]] == [2, 3, 4]
    assert [row["deferrable_erl"] for row in told["around"]] == pytest.approx(exact.deferrable_erl.tolist())
    assert told["answer"]["service_level"] == pytest.approx(float(exact.service_level[1]))


def test_the_fewest_agents_for_calls_and_other_work() -> None:
    """Five Erlang of e-mail between 14 of calls: 20 agents with three free; tried one by one, 19 never do."""
    found = answer(*CALLS, "--deferrable-load", 5)
    assert (found["agents"], found["reserve"]) == (20, 3)
    for reserve in range(20):
        tried = blend(19, 14, 300, reserve, 120, 20)
        assert float(tried.service_level) < 0.8 or float(tried.deferrable_erl) < 5.0
    alone = answer(*CALLS, "--deferrable-load", 0)
    assert float(erlang_a(alone["agents"], 14, 300, 120, 20).service_level) >= 0.8
    short = call(*CALLS, "--agents", 20, "--deferrable-load", 6).stdout
    assert "leave 5.2 erlang for other work; 6 erlang would take 22 agents" in short


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--volume", 600, "--aht", "3min"), "erlang: needs --agents, or a target to meet: --share with --within"),
        (("--carried", *PHONE), "--agents: is missing; --carried finds the volume that number of agents can handle"),
        (("--carried", "--agents", 4, "--aht", "3min"), "--carried: needs a target to meet"),
        (("--carried", "--agents", 4, "--volume", 9, *PHONE), "--volume: is the answer of --carried"),
        ((*CALLS, "--reserve", 3), "--agents: is missing; --reserve needs the size of the team"),
        ((*CALLS, "--reserve", 3, "--agents", 20, "--slots", 2), "cannot be combined with slots"),
        ((*CALLS, "--deferrable-load", 3, "--agents", 12), "--agents: 12 are too few: even without other work"),
        ((*CALLS, "--deferrable-load", 3, "--agents", 12.5), "--agents: must be a whole number"),
    ],
)  # fmt: skip
def test_questions_that_do_not_go_together_are_told(arguments: tuple[object, ...], words: str) -> None:
    """Each says what is missing or too much."""
    result = call(*arguments)
    assert result.exit_code == (1 if words.startswith("--agents: 12") or "whole number" in words else 2)
    assert words in result.stderr


def measured(folder: Path) -> Path:
    """Handle times of a curve with 30 s a message, 60 s of thinking and 8 messages, at concurrencies of 1 to 3."""
    curve = Curve.from_touches(3, 30, 60, 8)
    held = np.linspace(1, 3, 21)
    rows = [
        f"{at:.2f},{length:.3f},10"
        for at, length in zip(held, np.interp(held, [1, 2, 3], curve.session_s), strict=True)
    ]
    file = folder / "measured.csv"
    file.write_text("\n".join(["concurrency,aht_s,volume", *rows]) + "\n")
    return file


def test_the_slow_down_curve_of_measured_handle_times(tmp_path: Path) -> None:
    """The times behind the measured lengths come back, as lines for the config, and answer a question at once."""
    given = ("--curve-from", measured(tmp_path), "--slots", 3, "--touches", 8)
    told = call(*given).stdout
    assert "from 21 rows" in told
    assert 'touch = "30s"' in told
    assert 'think = "60s"' in told
    assert [line.split()[1] for line in told.splitlines() if line.endswith(tuple("0123456789"))][-3:] == [
        "660",
        "747",
        "870",
    ]  # docs/staffing.md, by hand
    curve = json.loads(call(*given, "--json").stdout)["curve"]
    assert curve["touch_s"] == pytest.approx(30, abs=0.05)
    volume = ("--interval", "1h", "--volume", 600, *PHONE[2:])
    by_hand = ("--slots", 3, "--touch", "30s", "--think", "60s", "--touches", 8)
    assert answer(*volume, *given)["agents"] == answer(*volume, *by_hand)["agents"] == 47


def test_a_curve_needs_slots_and_messages(tmp_path: Path) -> None:
    """Each thing missing is named, and a file with one level of concurrency tells nothing."""
    file = measured(tmp_path)
    assert "--slots: is missing" in call("--curve-from", file, "--touches", 8).stderr
    assert "--touches: must be above 1" in call("--curve-from", file, "--slots", 3).stderr
    file.write_text("concurrency,aht_s\n2,600\n2,610\n")
    assert "is the same everywhere" in call("--curve-from", file, "--slots", 3, "--touches", 8).stderr


def test_a_negative_volume_is_named_whatever_else_is_missing() -> None:
    """With and without a target to keep; zero is the edge and is answered."""
    for more in ((), ("--share", "80%", "--within", "20s"), ("--agents", "3")):
        told = call("--volume", "-5", "--aht", "4min", *more)
        assert told.exit_code == 1
        assert "--volume: must be 0 or more, got -5" in told.output
    assert call("--volume", "0", "--aht", "4min", "--agents", "3").exit_code == 0
