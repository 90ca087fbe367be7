"""Forecast the contacts of every channel, turn them into agents, roster them at the lowest cost.

The public interface::

    from staffcurve import forecast, optimize, reports

Packages are imported on first use, so that ``import staffcurve`` is quick.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import forecast as forecast
    import optimize as optimize
    import reports as reports

__version__ = "0.2.0"
_PACKAGES = ("configs", "forecast", "optimize", "reports")
__all__ = ["__version__", "forecast", "optimize", "reports"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a package, imported on first use
    if name not in _PACKAGES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module
    from pathlib import Path

    package = import_module(name)
    home = Path(__file__).resolve().parent.parent / name
    found = Path(package.__file__).resolve().parent if package.__file__ else None
    if found != home:
        raise ImportError(
            f"{name} was found in {found or 'a folder without __init__.py'} and hides staffcurve's own in {home}; "
            f"rename that file or folder, or start Python elsewhere"
        )
    return package
