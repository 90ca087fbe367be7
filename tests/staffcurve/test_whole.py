"""A folder or file is there whole or as it was, whatever ends the writing: a kill, a full disk, another run."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import xlsxwriter
from typer.testing import CliRunner, Result

from configs.errors import StaffcurveError
from reports.workbook.staffing import write
from staffcurve.cli.app import app
from staffcurve.run_folder import whole
from staffcurve.run_folder.claim import claimed
from staffcurve.run_folder.layout import MANIFEST
from staffcurve.run_folder.read import read_run
from staffcurve.run_folder.whole import amended_folder, new_files, whole_file, whole_folder
from tests.conftest import ROOT
from tests.reports.runs import small_run
from tests.staffcurve import writes
from tests.staffcurve.sites import write_site
from tests.staffcurve.writes import site

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="other systems exchange folders in two steps")


def call(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, hidden ones too."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# --- Killed --------------------------------------------------------------------------------------------------------


@LINUX
@pytest.mark.parametrize("write", [writes.write_new_folder, writes.amend, writes.write_file])
def test_a_kill_at_any_write_leaves_the_old_or_the_new(write: Callable[[Path], None], tmp_path: Path) -> None:
    """SIGKILL at the first write, the second, and so on: both ends are seen, and the next write goes through."""
    seen = set()
    for number in range(1, 100):
        out = tmp_path / str(number)
        site(out / "site")
        (out / "site.csv").write_text("old")
        ended = writes.killed_at(number, write.__name__, out)
        texts = {path.read_bytes() for path in (out / "site").rglob("*") if path.is_file()}
        texts |= {(out / "site.csv").read_bytes()} if write is writes.write_file else set()
        if write is writes.write_file:
            seen.add((out / "site.csv").read_bytes())
        else:
            assert len(texts) == 1
            assert len(contents(out / "site")) == 3
            seen |= texts
        write(out)
        assert sorted(path.name for path in out.iterdir()) == ["site", "site.csv"]
        if not ended:
            break
    assert number > 5
    assert seen == {b"old", b"new"}


@LINUX
def test_a_run_killed_at_any_write_leaves_the_run_before_it_or_itself(tmp_path: Path) -> None:
    """The whole of `publish` killed at every fourth write: it removes the old folder last, so both ends are seen."""
    reference = contents(writes.publish(tmp_path / "new"))
    folder = writes.publish(tmp_path / "out", "1-old")
    before = contents(folder)
    writes.publish(tmp_path / "counted", "1-old")
    count = writes.count_of("publish", tmp_path / "counted")
    assert count > 40
    told = (MANIFEST, "run.log")  # hold the seconds of the stages
    ends = []
    for number in range(1, count + 1, 4):
        writes.killed_at(number, "publish", tmp_path / "out")
        after = contents(folder)
        ends.append(b"2-new" in after[MANIFEST])
        whole = reference if ends[-1] else before
        assert set(after) == set(whole)
        assert all(after[name] == whole[name] for name in after if name not in told or not ends[-1])
        if ends[-1]:
            writes.publish(tmp_path / "out", "1-old")
            before = contents(folder)
    assert set(ends) == {False, True}
    writes.publish(tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == [folder.name]


def test_a_folder_moved_aside_by_a_killed_process_is_put_back(tmp_path: Path) -> None:
    """Where folders cannot be exchanged the old one is away for a moment: the next writer puts it back."""
    site(tmp_path / "site").rename(tmp_path / ".site.old")
    with pytest.raises(ZeroDivisionError), whole_folder(tmp_path / "site"):
        _ = 1 / 0
    assert set(contents(tmp_path / "site").values()) == {b"old"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_without_an_exchange_the_old_folder_moves_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a file system that cannot exchange two folders; a new one that cannot be moved brings the old one back."""
    monkeypatch.setattr(whole, "exchange", lambda *_: False)
    site(site(tmp_path / "site"), "new")
    assert set(contents(tmp_path / "site").values()) == {b"new"}
    rename = Path.rename

    def refuses(self: Path, target: Path) -> Path:
        if self.name == ".site.partial":
            raise OSError(errno.EIO, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuses)
    with pytest.raises(
        StaffcurveError, match=r"site: could not be written \(Input/output error\); nothing was changed"
    ):
        site(tmp_path / "site", "third")
    assert set(contents(tmp_path / "site").values()) == {b"new"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@LINUX
def test_a_starter_killed_half_way_is_finished_by_the_next(tmp_path: Path) -> None:
    """Into a folder that is there: no file of the user is replaced, and those of the killed one do not block."""
    for number in range(1, 100):
        folder = tmp_path / str(number) / "mine"
        folder.mkdir(parents=True)
        (folder / "thesis.txt").write_text("years")
        ended = writes.killed_at(number, "begin", folder.parent)
        if not ended:
            break
        if not (folder / "c.toml").exists():
            writes.begin(folder.parent)
        assert {name for name in contents(folder.parent) if name.startswith("mine")} == {
            "mine/thesis.txt",
            "mine/a.csv",
            "mine/b.csv",
            "mine/c.toml",
        }
    assert number > 8
    with pytest.raises(StaffcurveError, match="already exists and was not changed") as told:
        writes.begin(folder.parent)
    assert len(told.value.faults) == 3


def test_a_starter_replaces_no_file(tmp_path: Path) -> None:
    """One file of the user among the names: it is named, and none is written."""
    (tmp_path / "a.csv").write_text("mine")
    with pytest.raises(StaffcurveError, match=r"a\.csv: already exists") as told, new_files(tmp_path) as made:
        [(made / name).write_text("ours") for name in ("a.csv", "b.csv")]
    assert len(told.value.faults) == 1
    assert contents(tmp_path) == {"a.csv": b"mine"}


# --- Full, read only, in the way ------------------------------------------------------------------------------------


def test_a_full_disk_at_any_write_is_a_sentence_and_changes_nothing(tmp_path: Path) -> None:
    """The system refuses the first write of a run, the second, and so on, then none: every byte is as it was."""
    out = tmp_path / "out"
    folder = writes.publish(out)
    before = contents(out)
    refused = 0
    for number in range(1, 400):
        with writes.full_at(number, tmp_path) as disk:
            try:
                writes.publish(out)
            except StaffcurveError as error:
                refused += 1
                assert str(error) == f"{folder}: could not be written (No space left on device); nothing was changed"
                assert contents(out) == before
        if not disk.refused:
            break
        before = contents(out)
    assert refused > 20
    assert [path.name for path in out.iterdir()] == [folder.name]


def test_a_disk_that_is_full_when_the_workbook_is_made_is_told_as_any_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its writer keeps parts in the folder for temporary files: what that disk said is what the person reads."""

    def full(_: xlsxwriter.Workbook) -> None:
        raise xlsxwriter.exceptions.FileCreateError(OSError(errno.ENOSPC, "No space left on device"))

    monkeypatch.setattr(xlsxwriter.Workbook, "close", full)
    with pytest.raises(OSError, match="No space left on device") as told:
        write(small_run(), tmp_path / "staffing.xlsx")
    assert told.value.errno == errno.ENOSPC
    assert not (tmp_path / "staffing.xlsx").exists()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 KiB."""
    place = tmp_path / "disk"
    place.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)]
    if sys.platform != "linux" or os.geteuid() or subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("a small file system can be mounted by root on Linux only")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_disk_of_64_kib_holds_no_run(small_disk: Path, site_runs: tuple[Path, Path]) -> None:
    """``run``, ``forecast`` and ``init`` on a disk that fills up: exit code 1, the sentence, nothing left."""
    config = site_runs[0].parent.parent / "site.toml"
    fast = ("--set", "forecast.fast=true", "--set", "simulation.replications=0")
    result = call("run", config, "--out", small_disk / "out", *fast)
    assert result.exit_code == 1
    folder = small_disk / "out" / "site-2026-11-30"
    assert f"{folder}: could not be written (No space left on device); nothing was changed" in result.stderr
    assert list((small_disk / "out").iterdir()) == []
    result = call("forecast", config, "--out", small_disk, "--days", "70", *fast)
    assert result.exit_code == 1
    assert "forecast.csv: could not be written (No space left on device)" in result.stderr
    result = call("init", small_disk / "mine")
    assert result.exit_code == 1
    assert "mine: could not be written (No space left on device)" in result.stderr
    assert [path.name for path in small_disk.iterdir()] == ["out"]


def test_a_read_only_disk_is_told_before_the_long_work(small_disk: Path, site_runs: tuple[Path, Path]) -> None:
    """``run`` names the folder and another way out; ``report`` and ``simulate`` name the run folder; exit code 1."""
    folder = site(small_disk / "out" / "site-2026-11-30")
    before = contents(small_disk)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    config = site_runs[0].parent.parent / "site.toml"
    result = call("run", config, "--out", small_disk / "out")
    assert result.exit_code == 1
    assert "out: cannot be written to (Read-only file system); name another folder with --out" in result.stderr
    assert "forecast" not in result.stderr
    with pytest.raises(StaffcurveError, match=r"could not be written \(Read-only file system\)"):
        site(folder, "new")
    assert contents(small_disk) == before


def test_a_page_in_place_of_a_folder_is_told(site_runs: tuple[Path, Path], tmp_path: Path) -> None:
    """``compare --out`` names a file: a folder of that name, or a file where its folder should be, is a sentence."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("mine")
    for place, words in (("folder", "is a folder; name a file"), ("file/page.html", "could not be written (")):
        result = call("compare", *site_runs, "--out", tmp_path / place)
        assert result.exit_code == 1
        assert words in result.stderr
    assert contents(tmp_path) == {"file": b"mine"}


def test_reports_made_from_inside_a_run_folder_leave_the_shell_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder itself is not exchanged then: its files are."""
    folder = site(tmp_path / "site")
    monkeypatch.chdir(folder)
    node = folder.stat().st_ino
    with amended_folder(Path()) as copy:
        (copy / "roster.csv").write_text("new")
    assert folder.stat().st_ino == node
    assert (folder / "roster.csv").read_text() == "new"
    assert (folder / MANIFEST).read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


# --- Two at once ----------------------------------------------------------------------------------------------------

HOLDER = """
import sys, time
from pathlib import Path
from staffcurve.run_folder.claim import claimed
with claimed(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def holder() -> Iterator[Callable[[Path], subprocess.Popen[str]]]:
    """Start a process that claims a place, and wait until it has it."""
    started = []

    def hold(place: Path) -> subprocess.Popen[str]:
        words = [sys.executable, "-c", HOLDER, str(place)]
        process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert process.stdout.readline() == "held\n"
        started.append(process)
        return process

    yield hold
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def test_a_second_run_into_the_same_folder_is_told_before_the_long_work(
    tmp_path: Path, holder: Callable[[Path], subprocess.Popen[str]]
) -> None:
    """It names the folder and the process that writes there; exit code 1; a kill of that process frees the place."""
    config, out = write_site(tmp_path), tmp_path / "out"
    out.mkdir()
    process = holder(out / "site-2026-11-30")
    result = call("run", config, "--out", out)
    assert result.exit_code == 1
    assert f"site-2026-11-30: another run is writing here (process {process.pid}, since " in result.stderr
    assert "wait for it, or write into another folder" in result.stderr
    assert "forecast" not in result.stderr
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert site(out / "site-2026-11-30").is_dir()
    assert [path.name for path in out.iterdir()] == ["site-2026-11-30"]


def test_a_claim_is_for_one_place_and_may_be_nested(
    tmp_path: Path, holder: Callable[[Path], subprocess.Popen[str]]
) -> None:
    """Another week of the same plan is written meanwhile; the process that has a place may claim it again."""
    holder(tmp_path / "site-2026-11-30")
    site(tmp_path / "site-2026-12-07")
    with claimed(tmp_path / "site-2026-12-14"), claimed(tmp_path / "site-2026-12-14"):
        pass
    with pytest.raises(StaffcurveError, match="another run is writing here"), whole_file(tmp_path / "site-2026-11-30"):
        pass


def test_of_two_runs_at_once_one_is_told_and_one_is_whole(tmp_path: Path) -> None:
    """Two real processes into one folder, begun together."""
    config = write_site(tmp_path)
    light = ["--set", "forecast.fast=true", "--set", "simulation.replications=0", "--set", 'reports.formats=["csv"]']
    words = [sys.executable, "-m", "staffcurve", "run", str(config), "--out", str(tmp_path / "out"), *light]
    both = [subprocess.Popen(words, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    told = [process.communicate()[1] for process in both]
    assert sorted(process.returncode for process in both) == [0, 1]
    refused = told[[process.returncode for process in both].index(1)]
    assert "site-2026-11-30: another run is writing here (process " in " ".join(refused.split())
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["site-2026-11-30"]
    assert read_run(tmp_path / "out" / "site-2026-11-30").name == "site-2026-11-30"
