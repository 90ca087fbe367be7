"""Which rules of time zones are used: the system's or the tzdata package's, whichever are newer."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from configs.zones import RULES, ZoneRules, choose

ROOT = Path(__file__).resolve().parents[2]
PROBE = """
import sys
import pandas as pd
from zoneinfo import ZoneInfo

def offset():
    return f"{pd.Timestamp('2026-07-01', tz='America/Vancouver'):%z}"

before, utc = offset(), pd.Series(pd.to_datetime(["2026-07-01"])).dt.tz_localize(ZoneInfo("UTC"))
from configs.zones import RULES, zone
more = pd.Series(pd.to_datetime(["2026-07-01"])).dt.tz_localize(ZoneInfo("UTC"))

def worker(name):
    from configs.zones import RULES, zone
    return RULES.version, f"{pd.Timestamp('2026-07-01', tz=zone(name)):%z}"

if __name__ == "__main__":
    from forecast.parallel import each
    jobs = int(sys.argv[1])
    workers = each(worker, ["America/Vancouver"] * 2, jobs)
    print(RULES.source, RULES.version, before, offset(), *workers[1], pd.concat([utc, more]).dtype)
"""


def zone_folder(home: Path, version: str | None) -> Path:
    """A system's zone files in which British Columbia keeps UTC-8 the whole year."""
    folder = home / "zones"
    (folder / "America").mkdir(parents=True)
    package = files("tzdata").joinpath("zoneinfo")
    (folder / "America" / "Vancouver").write_bytes(package.joinpath("Etc", "GMT+8").read_bytes())
    (folder / "UTC").write_bytes(package.joinpath("UTC").read_bytes())
    if version is not None:
        (folder / "tzdata.zi").write_text(f"# version {version}\n# links and rules\n", encoding="utf-8")
    return folder


def said(path: str, jobs: int = 1) -> list[str]:
    """Source, version, the offset of July before and after, those of a worker, and the type of two columns of UTC."""
    setting = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONTZPATH": path}
    command = [sys.executable, "-c", PROBE, str(jobs)]
    done = subprocess.run(command, env=setting, capture_output=True, text=True, check=True, cwd=ROOT)
    return done.stdout.split(maxsplit=6)


@pytest.mark.parametrize("version", ["1999z", None])
def test_older_rules_of_the_system_give_way_to_the_package(tmp_path, version):
    """A zone made before is made again, workers follow, and UTC stays one zone; so where the version is unknown."""
    source, used, before, after, of_worker, there, dtype = said(str(zone_folder(tmp_path, version)), jobs=2)
    assert (source, before, after) == ("package", "-0800", "-0700")
    assert (of_worker, there) == (used, "-0700")
    assert dtype.strip() == "datetime64[us, UTC]"


def test_newer_rules_of_the_system_are_kept(tmp_path):
    """A system ahead of the package is followed."""
    source, used, before, after, of_worker, there, _ = said(str(zone_folder(tmp_path, "2999a")))
    assert (source, used, before, after) == ("system", "2999a", "-0800", "-0800")
    assert (of_worker, there) == ("2999a", "-0800")


def test_without_system_files_the_package_is_used(tmp_path):
    """No folder, or one that does not exist."""
    for path in ("", str(tmp_path / "nowhere")):
        assert said(path)[:4] == ["package", said("")[1], "-0700", "-0700"]


@pytest.mark.parametrize(
    ("system", "package", "expected"),
    [
        ("2025b", "2026a", ZoneRules("package", "2026a", "2025b")),
        ("2026a", "2025b", ZoneRules("system", "2026a", "2025b")),
        ("2026a", "2026a", ZoneRules("system", "2026a", "2026a")),
        ("2025z", "2025za", ZoneRules("package", "2025za", "2025z")),  # after z comes za
        (None, "2026a", ZoneRules("package", "2026a", None)),
        ("2026a", None, ZoneRules("system", "2026a", None)),
        (None, None, ZoneRules("system", None, None)),
    ],
)
def test_the_newer_version_is_chosen(tmp_path, system, package, expected):
    """Equal ones leave the system's in place."""
    assert choose((str(zone_folder(tmp_path, system)),), package) == expected


@pytest.mark.parametrize(
    ("file", "line", "version"),
    [
        ("+VERSION", "2025c", "2025c"),  # macOS
        ("version", "2024b\n", "2024b"),
        ("tzdata.zi", "# version 2025b-rearguard\n", "2025b"),
        ("tzdata.zi", "# version unknown\n", None),
    ],
)
def test_the_version_is_read_where_systems_write_it(tmp_path, file, line, version):
    """The first line of one of three files; folders that are not there are passed over."""
    folder = zone_folder(tmp_path, None)
    (folder / file).write_text(line, encoding="utf-8")
    assert choose((str(tmp_path / "nowhere"), str(folder)), None).version == version


def test_the_rules_in_use_have_a_version_and_a_sentence():
    """What the doctor prints."""
    assert RULES.version
    assert str(ZoneRules("package", "2026a", "2025b")) == "rules 2026a of the tzdata package (the system has 2025b)"
    assert str(ZoneRules("system", None)) == "rules of unknown version of the system"


def test_zones_are_looked_up_in_one_place():
    """No module but configs.zones imports zoneinfo to run, so that none can meet the older rules."""
    found = []
    for room in ("configs", "forecast", "optimize", "reports", "staffcurve"):
        for file in sorted((ROOT / room).rglob("*.py")):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            ifs = [node for node in ast.walk(tree) if isinstance(node, ast.If)]
            types = [node for node in ifs if "TYPE_CHECKING" in ast.dump(node.test)]
            skipped = {id(inner) for node in types for inner in ast.walk(node)}
            for node in ast.walk(tree):
                names = [node.module] if isinstance(node, ast.ImportFrom) else []
                names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                if "zoneinfo" in names and id(node) not in skipped:
                    found.append(str(file.relative_to(ROOT)))
    assert set(found) == {"configs/zones.py"}
