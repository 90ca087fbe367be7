"""Work a small week takes, in counts that are the same on every machine, beside those committed.

python benchmarks/guard.py             compare with benchmarks/guard.json; exit code 1 where a count grew or fell by over 2 %
python benchmarks/guard.py --accept    write the counts of now into that file; say in the commit why they changed

Counted are what the solver did (programs, their size, iterations, nodes), the forecasting models fitted, the simulated
weeks, and every call of a function. Seconds are not: machines differ and are shared. The counts hold for one version of
Python, the solver and the numeric libraries; with others the comparison is printed and judges nothing.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import pstats
import sys
import tempfile
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from importlib.metadata import version
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]

BASELINE = ROOT / "benchmarks" / "guard.json"
SITE = ROOT / "benchmarks" / "guard.toml"
TOLERANCE = 0.02
"""Share by which a count may differ before somebody must look."""
LIBRARIES = ("highspy", "numpy", "pandas", "pulp", "scipy", "statsmodels", "typer", "pydantic")
FITTED = {
    "exponential smoothing fits": ("holtwinters/model.py", "fit"),
    "linear systems solved": ("numpy/linalg/_linalg.py", "solve"),
}
"""Functions of libraries whose calls are counted by themselves: file and name."""


@dataclass
class Solved:
    """What HiGHS did since the last look."""

    counts: dict[str, int] = field(default_factory=dict)

    def add(self, highs: Any) -> None:  # noqa: ANN401 - highspy has no types
        """Add one program that was solved."""
        info = highs.getInfo()
        for name, value in (
            ("programs solved", 1),
            ("rows", highs.getNumRow()),
            ("columns", highs.getNumCol()),
            ("non-zeros", highs.getNumNz()),
            ("simplex iterations", info.simplex_iteration_count),
            ("interior point iterations", info.ipm_iteration_count),
            ("nodes", info.mip_node_count),
        ):
            self.counts[name] = self.counts.get(name, 0) + max(int(value), 0)


def main() -> None:
    asked = _arguments()
    sys.path[0] = str(ROOT)
    if os.environ.get("PYTHONHASHSEED") != "0":
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | {"PYTHONHASHSEED": "0"})
    now = {"versions": _versions(), "counts": _count_all()}
    if asked.accept:
        BASELINE.write_text(json.dumps(now, indent=2) + "\n", encoding="utf-8")
        print(f"{BASELINE.relative_to(ROOT)} has the counts of now")
        return
    sys.exit(_compare(json.loads(BASELINE.read_text(encoding="utf-8")), now))


def _count_all() -> dict[str, dict[str, int]]:
    """Counts of each subject: the whole week, then its stages on files that it wrote."""
    with tempfile.TemporaryDirectory() as folder:
        out, site = Path(folder), str(SITE)
        _load(site)
        counts = {"run": _counted(["run", site, "--out", str(out)])}
        made = next(out.glob("guard-*"))
        counts["forecast"] = _counted(["forecast", site, "--out", str(out)])
        counts["staff"] = _counted(["staff", site, "--forecast", str(made / "forecast.csv"), "--out", str(out)])
        counts["roster"] = _counted(["roster", site, "--requirement", str(made / "requirement.csv"), "--out", str(out)])
        counts["simulate"] = _counted(["simulate", str(made), "--replications", "10"])
    return counts


def _load(site: str) -> None:
    """Import what the subjects use, so that what is counted is work and not imports."""
    _call(["check", site])
    for name in ("highspy", "pulp", "scipy.optimize", "statsmodels.tsa.holtwinters", "xlsxwriter", "joblib"):
        __import__(name)


def _counted(arguments: list[str]) -> dict[str, int]:
    """Run one command and count."""
    solved, profile = Solved(), cProfile.Profile()
    with _solver_watched(solved):
        profile.enable()
        _call(arguments)
        profile.disable()
    calls = {place: numbers[1] for place, numbers in pstats.Stats(profile).stats.items()}  # type: ignore[attr-defined]
    for name, (file, function) in FITTED.items():
        fits = sum(count for (path, _, called), count in calls.items() if path.endswith(file) and called == function)
        solved.counts[name] = fits
    solved.counts["calls"] = sum(calls.values())
    return {name: count for name, count in sorted(solved.counts.items()) if count}


def _call(arguments: list[str]) -> None:
    """Run the command line in this process; it must end well."""
    from staffcurve.__main__ import main as command

    told = StringIO()
    with patch.object(sys, "argv", ["staffcurve", *arguments]), redirect_stdout(told), redirect_stderr(told):
        try:
            command()
        except SystemExit as end:
            if end.code:
                raise SystemExit(f"staffcurve {' '.join(arguments)} ended with {end.code}:\n{told.getvalue()}") from end


@contextmanager
def _solver_watched(solved: Solved) -> Iterator[None]:
    import highspy

    run = highspy.Highs.run

    def watched(highs: Any, *arguments: Any) -> Any:  # noqa: ANN401 - as highspy has it
        answer = run(highs, *arguments)
        solved.add(highs)
        return answer

    with patch.object(highspy.Highs, "run", watched):
        yield


def _versions() -> dict[str, str]:
    return {"python": f"{sys.version_info[0]}.{sys.version_info[1]}", **{name: version(name) for name in LIBRARIES}}


def _compare(then: dict[str, Any], now: dict[str, Any]) -> int:
    """Print what differs by more than the tolerance; 1 where it counts."""
    differ = [
        (subject, name, then["counts"].get(subject, {}).get(name, 0), count)
        for subject, name, count in _all(then["counts"], now["counts"])
    ]
    differ = [row for row in differ if abs(row[3] - row[2]) > TOLERANCE * row[2]]
    for subject, name, before, after in differ:
        share = f"{after / before - 1:+.1%}" if before else "new"
        print(f"{subject}: {name} {before:,} before, {after:,} now ({share})")
    other = [
        f"{name} {now['versions'][name]} ({it})" for name, it in then["versions"].items() if now["versions"][name] != it
    ]
    total = sum(len(counts) for counts in now["counts"].values())
    if other:
        print(f"not judged: the counts committed are of other versions: {', '.join(other)}")
        return 0
    if differ:
        print("look for the cause; where the change is meant: make guard-accept, and say why in the commit")
        return 1
    print(f"{total} counts are within {TOLERANCE:.0%} of those committed")
    return 0


def _all(then: dict[str, dict[str, int]], now: dict[str, dict[str, int]]) -> Iterator[tuple[str, str, int]]:
    """Subjects and names of either side with the count of now."""
    for subject in sorted({*then, *now}):
        for name in sorted({*then.get(subject, {}), *now.get(subject, {})}):
            yield subject, name, now.get(subject, {}).get(name, 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accept", action="store_true", help="write the counts of now as the new baseline")
    return parser.parse_args()


if __name__ == "__main__":
    main()
