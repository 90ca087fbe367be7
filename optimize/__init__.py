"""From contacts to people: ``staffing`` says how many, ``roster`` says who and when, ``simulation`` tries it out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from optimize import roster as roster
    from optimize import simulation as simulation
    from optimize import staffing as staffing

__all__ = ["roster", "simulation", "staffing"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a room, imported when it is entered
    from importlib import import_module

    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(f"{__name__}.{name}")
