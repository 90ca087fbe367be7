"""A run folder appears whole or not at all: it is written beside its place and renamed into it."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from configs.errors import Fault, StaffcurveError
from staffcurve.run_folder.layout import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def check_writable(out: Path) -> None:
    """Make the output folder, and say so now if nothing could be written there after the long work."""
    if out.exists() and not out.is_dir():
        raise StaffcurveError(Fault(str(out), "is a file; --out names the folder to write into"))
    try:
        out.mkdir(parents=True, exist_ok=True)
        probe = out / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise StaffcurveError(
            Fault(str(out), f"cannot be written to ({error.strerror}); name another folder with --out")
        ) from error


@contextmanager
def whole_folder(final: Path) -> Iterator[Path]:
    """Yield a folder to fill; it takes the place of `final` when the block ends well, and vanishes otherwise."""
    partial = final.with_name(f".{final.name}.partial-{os.getpid()}")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    try:
        yield partial
        _swap(partial, final)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise


def _swap(partial: Path, final: Path) -> None:
    """Put `partial` where `final` is; a folder cannot replace a full one in one step, so the old one moves aside."""
    if not final.exists():
        partial.rename(final)
        return
    if not final.is_dir() or not (final / MANIFEST).exists():
        raise StaffcurveError(
            Fault(str(final), "already exists and is not a run folder; move it, or choose another --out")
        )
    aside = final.with_name(f".{final.name}.old-{os.getpid()}")
    final.rename(aside)
    try:
        partial.rename(final)
    except OSError:
        aside.rename(final)
        raise
    shutil.rmtree(aside)


@contextmanager
def whole_file(final: Path) -> Iterator[Path]:
    """Yield a path to write; it takes the place of `final` when the block ends well."""
    final.parent.mkdir(parents=True, exist_ok=True)
    partial = final.with_name(f".{final.name}.partial-{os.getpid()}")
    try:
        yield partial
        partial.replace(final)
    finally:
        partial.unlink(missing_ok=True)
