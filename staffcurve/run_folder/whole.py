"""A run folder or file appears whole or not at all: it is written beside its place and put there in one step.

Whatever ends the writing, the old one or the new one is there. What a killed process leaves beside it has a name that
begins with a dot; the next one that writes there takes it away.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from configs.errors import Fault, StaffcurveError
from staffcurve.run_folder.claim import claimed
from staffcurve.run_folder.exchange import exchange
from staffcurve.run_folder.layout import MANIFEST, OVERVIEW

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS = {MANIFEST: "a run folder", OVERVIEW: "an overview of weeks"}
"""What a folder with a file is called."""


def check_writable(out: Path) -> None:
    """Make the output folder, and say so now if nothing could be written there after the long work."""
    if out.exists() and not out.is_dir():
        raise StaffcurveError(Fault(str(out), "is a file; --out names the folder to write into"))
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out) as probe:
            probe.write(b"\n")
    except OSError as error:
        raise StaffcurveError(
            Fault(str(out), f"cannot be written to ({error.strerror}); name another folder with --out")
        ) from error


def check_replaceable(final: Path, mark: str = MANIFEST) -> None:
    """Refuse to put a folder that has the file `mark` where something else is."""
    if final.exists() and not (final / mark).is_file():
        words = f"already exists and is not {KINDS[mark]}; move it, or choose another --out"
        raise StaffcurveError(Fault(str(final), words))


@contextmanager
def whole_folder(final: Path, mark: str = MANIFEST) -> Iterator[Path]:
    """Yield a folder to fill; it takes the place of `final` when the block ends well, and vanishes otherwise.

    It replaces only a folder of its kind, which has the file `mark`.
    """
    with _beside(final) as partial:
        check_replaceable(final, mark)
        partial.mkdir(parents=True)
        yield partial
        _put(partial, final)


@contextmanager
def amended_folder(folder: Path) -> Iterator[Path]:
    """Yield a copy of a run folder to change; it takes the place of the folder when the block ends well.

    A shell that stands in the folder would be left in the old one: there the files are put in place one by one.
    """
    folder = folder.resolve()
    with _beside(folder) as partial:
        shutil.copytree(folder, partial, symlinks=True)
        yield partial
        if Path.cwd().is_relative_to(folder):
            _put_files(partial, folder)
        else:
            _put(partial, folder)


@contextmanager
def whole_file(final: Path) -> Iterator[Path]:
    """Yield a path to write; it takes the place of `final` when the block ends well."""
    if final.is_dir():
        raise StaffcurveError(Fault(str(final), "is a folder; name a file"))
    with _beside(final) as partial:
        yield partial
        partial.replace(final)


@contextmanager
def new_files(folder: Path) -> Iterator[Path]:
    """Yield an empty folder to fill; its files appear in `folder`, which may be there, and replace none.

    Where a process was killed while they were put in place, the next one goes on: a file that is there already with
    the same bytes is no reason to stop, as long as one is missing.
    """
    if folder.exists() and not folder.is_dir():
        raise StaffcurveError(Fault(str(folder), "is a file; name a folder"))
    with _beside(folder) as partial:
        partial.mkdir()
        yield partial
        if not folder.exists():
            partial.rename(folder)
            return
        _refuse_to_replace(partial, folder)
        _put_files(partial, folder)


def _refuse_to_replace(partial: Path, folder: Path) -> None:
    files = sorted(path.relative_to(partial) for path in partial.rglob("*") if path.is_file())
    there = [file for file in files if (folder / file).exists()]
    theirs = [file for file in there if not (folder / file).is_file() or not _same(partial / file, folder / file)]
    stop = there if len(there) == len(files) else theirs
    if stop:
        raise StaffcurveError(
            [Fault(str(folder / file), "already exists and was not changed; name another folder") for file in stop]
        )


def _same(one: Path, other: Path) -> bool:
    return one.read_bytes() == other.read_bytes()


@contextmanager
def _beside(final: Path) -> Iterator[Path]:
    """Yield the path beside `final` where it is made; nothing is left there, and a fault of the disk is told."""
    partial, old = (final.with_name(f".{final.name}.{state}") for state in ("partial", "old"))
    try:
        final.parent.mkdir(parents=True, exist_ok=True)
        with claimed(final):
            _recover(final, old)
            _remove(partial)
            try:
                yield partial
            finally:
                _remove(partial)
    except BrokenPipeError:  # of the terminal, not of the disk
        raise
    except OSError as error:
        words = f"could not be written ({error.strerror or error}); nothing was changed"
        raise StaffcurveError(Fault(str(final), words)) from error


def _put(partial: Path, final: Path) -> None:
    """Put a folder where `final` is; where the system cannot exchange two, the old one moves aside first."""
    if not final.exists():
        partial.rename(final)
        return
    if exchange(partial, final):
        return
    old = final.with_name(f".{final.name}.old")
    final.rename(old)
    try:
        partial.rename(final)
    except OSError:
        old.rename(final)
        raise
    _remove(old)


def _put_files(partial: Path, final: Path) -> None:
    """Put each file of a folder where it is in `final`."""
    for file in sorted(path for path in partial.rglob("*") if path.is_file()):
        place = final / file.relative_to(partial)
        place.parent.mkdir(parents=True, exist_ok=True)
        file.replace(place)


def _recover(final: Path, old: Path) -> None:
    """Put back a folder that a killed process moved aside, unless the new one is in its place."""
    if old.exists() and not final.exists():
        old.rename(final)
    _remove(old)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
