"""The calculator on the command line: one question by options, or a table of them."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from staffcurve.cli.app import app


def call(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_erlang_answers_with_its_neighbours() -> None:
    """600 Erlang, patience two minutes, 80 % in 20 s: 541 agents; 540 are too few."""
    result = call(
        "erlang", "--volume", 6000, "--aht", "3min", "--patience", "2min", "--share", "80%", "--within", "20s"
    )
    assert result.exit_code == 0
    assert result.stdout.startswith("541 agents for a load of 600.00 erlang")
    told = json.loads(
        call(
            "erlang",
            "--volume",
            6000,
            "--aht",
            "3min",
            "--patience",
            "2min",
            "--share",
            "0.8",
            "--within",
            "20s",
            "--json",
        ).stdout
    )
    assert [row["agents"] for row in told["around"]] == [540, 541, 542]
    assert told["around"][0]["service_level"] < 0.8 <= told["around"][1]["service_level"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--volume", "600", "--aht", "180"), 1, '--aht: 180 has no unit; write a duration such as "180s" or "180min"'),
        (("--volume", "600", "--aht", "180s", "--share", "80", "--within", "20s"), 1, "--share: 80 is not a share between 0 and 1"),
        ((), 2, "--volume: is missing"),
    ],
)  # fmt: skip
def test_erlang_tells_what_is_wrong(arguments: tuple[str, ...], code: int, words: str) -> None:
    """Units and shares are not guessed; a missing option is wrong usage."""
    result = call("erlang", *arguments)
    assert result.exit_code == code
    assert words in result.stderr


def test_erlang_answers_a_table(tmp_path: Path) -> None:
    """Rows that can be answered are; the others say why."""
    cases = tmp_path / "cases.csv"
    cases.write_text(
        "volume,interval_s,aht_s,patience_s,agents,target_share,target_s\n"
        "6000,1800,180,120,,0.8,20\n0,1800,180,,,0.8,20\n100,1800,180,,8,,20\n100,1800,180,,,80,20\n",
        encoding="utf-8",
    )
    out = tmp_path / "answers.csv"
    assert call("erlang", "--cases", cases, "--out", out).exit_code == 0
    answers = pd.read_csv(out)
    assert answers["agents"].tolist()[:3] == [541, 0, 8]
    assert answers["status"].tolist()[:3] == ["ok"] * 3
    assert "80" in answers["status"][3]
    assert call("erlang", "--cases", cases, "--quiet").stdout.splitlines()[0].endswith("status")


def test_every_line_is_answered_in_its_place(tmp_path: Path) -> None:
    """Empty lines, lines of another width and bad cells keep their place; the file's last line end begins no line."""
    good = "100,1800,180,0.8,20"
    lines = [good, "", ",,,,", "abc,1800,180,0.8,20", "   ", "100,1800", f"{good},7,8", f"{good},,", good, "", ""]
    cases, out = tmp_path / "cases.csv", tmp_path / "answers.csv"
    cases.write_text("\n".join(["volume,interval_s,aht_s,target_share,target_s", *lines]) + "\n")
    told = call("erlang", "--cases", cases, "--out", out)
    assert told.exit_code == 0
    empty = "is empty"
    status = [
        "ok",
        empty,
        empty,
        'volume is "abc", not a finite number',
        empty,
        "has 2 cells where the header has 5",
        "has 7 cells where the header has 5",
        "ok",
        "ok",
        empty,
        empty,
    ]
    assert pd.read_csv(out)["status"].tolist() == status
    assert f"3 of {len(lines)} rows answered" in told.stderr


@pytest.mark.parametrize(("end", "count"), [("", 1), ("\n", 1), ("\n\n", 2), ("\r\n", 1), ("\r\n\r\n", 2)])
def test_a_file_may_end_with_or_without_a_line_end(tmp_path: Path, end: str, count: int) -> None:
    """Each line end after the first at the end of the file is a line that asks nothing."""
    cases = tmp_path / "cases.csv"
    cases.write_bytes(f"volume,interval_s,aht_s,agents\n100,1800,180,12{end}".encode())
    assert len(call("erlang", "--cases", cases, "--quiet").stdout.splitlines()) == 1 + count
