"""Names of the version before: still accepted, with a warning that says the present one."""

from __future__ import annotations

from warnings import warn


def current_name(package: str, old: str, new: str) -> str:
    """Warn that `old` is now called `new`, and return the present name.

    Parameters
    ----------
    package
        Package that was asked for the name.
    old, new
        The name of the version before, and the present one; a name of another package is written with its path.
    """
    where = new if "." in new else f"{package}.{new}"
    warn(f"{package}.{old} is now {where}; the old name goes with the next version", DeprecationWarning, stacklevel=3)
    return new
