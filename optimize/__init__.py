"""From contacts to people: ``staffing`` says how many, ``roster`` says who and when, ``simulation`` tries it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.lazy import lazy_names

if TYPE_CHECKING:
    from optimize import roster as roster
    from optimize import simulation as simulation
    from optimize import staffing as staffing

__all__ = ["roster", "simulation", "staffing"]

__getattr__, __dir__ = lazy_names(__name__, {name: name for name in __all__})
