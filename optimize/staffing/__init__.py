"""Volume -> agents at work per interval, or hours of work with a due time."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from optimize.staffing.cases import answer_cases
    from optimize.staffing.concurrency import Curve, erlang_k
    from optimize.staffing.erlang import erlang_a, erlang_b, erlang_c
    from optimize.staffing.redials import erlang_x
    from optimize.staffing.required import required_agents
    from optimize.staffing.requirement import staff
    from optimize.staffing.result import Requirement
    from optimize.staffing.service_given import serve

_HOMES = {
    "Curve": "concurrency",
    "Requirement": "result",
    "answer_cases": "cases",
    "erlang_a": "erlang",
    "erlang_b": "erlang",
    "erlang_c": "erlang",
    "erlang_k": "concurrency",
    "erlang_x": "redials",
    "required_agents": "required",
    "serve": "service_given",
    "staff": "requirement",
}

__all__ = [
    "Curve",
    "Requirement",
    "answer_cases",
    "erlang_a",
    "erlang_b",
    "erlang_c",
    "erlang_k",
    "erlang_x",
    "required_agents",
    "serve",
    "staff",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the module holds
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
