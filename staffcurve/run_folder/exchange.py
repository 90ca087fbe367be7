"""Two folders change places in one step, where the system can do that."""

from __future__ import annotations

import ctypes
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

AT_FDCWD = -100
"""A relative path is relative to the current folder."""
RENAME_EXCHANGE = 2


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders of one file system: nobody ever sees one of them missing.

    Returns
    -------
    bool
        False where the system or the file system cannot do it; nothing has moved then.

    References
    ----------
    Linux manual, renameat2(2): ``RENAME_EXCHANGE``, Linux 3.15, glibc 2.28.
    """
    rename = getattr(ctypes.CDLL(None), "renameat2", None) if os.name == "posix" else None
    return rename is not None and rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0
