"""Mutation run over the recount, carry-over, pay and the rules: does a test notice when one of them is wrong.

python benchmarks/mutants.py                         every mutant, a few to twenty minutes
python benchmarks/mutants.py --sample 100 --seed 1   a hundred of them, drawn at random
python benchmarks/mutants.py --area verify --file cover.py

Each mutant is one small change: < for <=, + for -, and for or, a number one off, a fault not told, a value not returned.
It is killed where a test of its area fails. `benchmarks/mutants.toml` has the areas, and the mutants that change
nothing, each with its reason. Exit code 1 where fewer than 90 % are killed. Needs the test extra, on Linux or macOS.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT)

import pytest  # noqa: E402 - after the path

from benchmarks.mutation.changes import Mutant, mutants_of  # noqa: E402
from benchmarks.mutation.trial import Trial  # noqa: E402

LEAST_KILLED = 0.9


def main() -> None:
    asked = _arguments()
    told = tomllib.loads((ROOT / "benchmarks" / "mutants.toml").read_text(encoding="utf-8"))
    excused = {_key(each) for each in told.get("equivalent", [])}
    killed: list[Mutant] = []
    survived: list[Mutant] = []
    equivalent: list[Mutant] = []
    began = time.perf_counter()
    for area in told["areas"]:
        if asked.area not in {None, area["name"]}:
            continue
        found = [each for each in _mutants(area) if asked.file is None or asked.file in each.file]
        equivalent += [each for each in found if _name(each) in excused]
        tried = _drawn([each for each in found if _name(each) not in excused], asked.sample, asked.seed)
        if tried:
            print(f"\n{area['name']}: {len(tried)} of {len(found)} mutants", flush=True)
            for mutant, dead in _judge(area, tried, asked.jobs).items():
                (killed if dead else survived).append(mutant)
    _tell(killed, survived, equivalent, time.perf_counter() - began)
    sys.exit(len(killed) < LEAST_KILLED * (len(killed) + len(survived)))


def _mutants(area: dict) -> list[Mutant]:
    paths = sorted(path for pattern in area["modules"] for path in ROOT.glob(pattern))
    return [mutant for path in paths for mutant in mutants_of(path, path.relative_to(ROOT).as_posix())]


def _drawn(mutants: list[Mutant], sample: int | None, seed: int) -> list[Mutant]:
    if sample is None or sample >= len(mutants):
        return mutants
    return sorted(random.Random(seed).sample(mutants, sample))  # noqa: S311 - which mutants are tried is no secret


def _judge(area: dict, mutants: list[Mutant], jobs: int) -> dict[Mutant, bool]:
    trial = Trial(mutants, ROOT, jobs)
    tests = [str(ROOT / each) for each in area["tests"]]
    code = pytest.main(
        ["-q", "--no-header", "--no-summary", "-p", "no:cacheprovider", "-p", "no:xdist", *tests], plugins=[trial]
    )
    if len(trial.killed) < len(mutants):
        raise SystemExit(f"pytest ended with {code!r} before every mutant was tried")
    return trial.killed


def _key(entry: dict) -> tuple[str, str, str, str]:
    return entry["file"], entry["line"], entry["before"], entry["after"]


def _name(mutant: Mutant) -> tuple[str, str, str, str]:
    """What an equivalent mutant is known by: the text of its line, since numbers of lines move."""
    lines = (ROOT / mutant.file).read_text(encoding="utf-8").splitlines()
    return mutant.file, lines[mutant.line - 1].strip(), mutant.before, mutant.after


def _tell(killed: list[Mutant], survived: list[Mutant], equivalent: list[Mutant], seconds: float) -> None:
    print("\n\nsurvived:" if survived else "\n\nnone survived")
    for mutant in sorted(survived):
        print(f"  {mutant}")
    total = len(killed) + len(survived)
    share = len(killed) / total if total else 1.0
    print(
        f"{len(killed)} of {total} mutants killed ({share:.1%}), {len(survived)} survived; {len(equivalent)} equivalent"
    )
    print(f"{seconds:.0f} s")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, help="mutants to try in each area; all by default")
    parser.add_argument("--seed", type=int, default=0, help="random seed of the sample")
    parser.add_argument("--area", help="one area of benchmarks/mutants.toml")
    parser.add_argument("--file", help="part of a file's name")
    parser.add_argument("--jobs", type=int, default=1, help="mutants tried at the same time")
    return parser.parse_args()


if __name__ == "__main__":
    main()
