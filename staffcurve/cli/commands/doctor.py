"""``staffcurve doctor``: what is installed and working."""

from __future__ import annotations

from typing import TYPE_CHECKING

from staffcurve.cli.console import Console
from staffcurve.cli.options import Debug, Json, Quiet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reports.document.listing import Listing


def doctor(
    as_json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Check what is installed and whether it works: libraries, solver, time zones, holidays, demo data.

    Example: staffcurve doctor
    """
    from dataclasses import asdict

    from configs.zones import RULES

    console = Console(quiet, debug, as_json)
    with console.error_boundary("doctor"):
        results = list(_examined())
        if as_json:
            checks = [{"check": name, "ok": ok, "told": data} for name, ok, data in results]
            console.print_object("doctor", ok=all(ok for _, ok, _ in results), checks=checks, time_zones=asdict(RULES))
        else:
            console.print_listing(_listing(results))
        if all(ok for _, ok, _ in results):
            console.next("staffcurve demo")
        else:
            console.info("Next: reinstall what failed, for example: pip install --force-reinstall staffcurve")
    if not all(ok for _, ok, _ in results):
        raise SystemExit(1)


def _listing(results: list[tuple[str, bool, str]]) -> Listing:
    from reports.document.listing import Cell, listing

    rows: list[list[Cell | str]] = [
        [name, Cell("ok", "good") if ok else Cell("FAIL", "bad"), data] for name, ok, data in results
    ]
    return listing("What is installed and working", ["what", "<state", "<found"], rows)


def _examined() -> Iterator[tuple[str, bool, str]]:
    """Every check: its name, whether it passed, what it found."""
    checks: list[tuple[str, Callable[[], str]]] = [
        ("python", _python),
        *(
            (name, lambda name=name: _library(name))
            for name in ("numpy", "pandas", "scipy", "statsmodels", "pulp", "highspy")
        ),
        ("solver", _solver),
        ("time zones", _zones),
        ("holidays", _holidays),
        ("config", _config),
    ]
    for name, examine in checks:
        try:
            yield name, True, examine()
        except Exception as error:  # noqa: BLE001 - whatever is broken is what doctor is asked to tell
            yield name, False, f"{type(error).__name__}: {error}"


def _python() -> str:
    from platform import platform, python_version

    from staffcurve import __version__

    return f"{python_version()} on {platform()}, staffcurve {__version__}"


def _library(name: str) -> str:
    from importlib import import_module
    from importlib.metadata import version

    import_module(name)
    return version(name)


def _solver() -> str:
    from optimize.roster.program.budget import Budget
    from optimize.roster.program.model import Model
    from optimize.roster.program.problem import Problem
    from optimize.roster.program.solver import Solver, backend_named

    model = Model("doctor")
    column = model.column("x", 0, 10, integer=True)
    model.row("at_least", [(column, 2.0)], ">=", 5.0)
    model.add_cost([(column, 1.0)])
    solution = Solver(backend_named("highs"), Budget()).solve("doctor", Problem(model))
    if round(solution.objective) != 3:
        raise RuntimeError(f"HiGHS answered {solution.objective} ; the right answer is 3")
    return "HiGHS through PuLP solves to optimality"


def _zones() -> str:
    from configs.zones import RULES, known_zones, zone

    zone("Europe/London")
    return f"{len(known_zones())} zones, {RULES}"


def _holidays() -> str:
    import holidays

    return f"{len(holidays.country_holidays('GB', subdiv='ENG', years=2026))} public holidays in England in 2026"


def _config() -> str:
    from configs.loader import build, parse, shipped

    names = ("demo", "starter")
    for name in names:
        build(parse(shipped(name), name), name)
    return f"{' and '.join(names)} load"
