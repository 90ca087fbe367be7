"""Volume -> agents at work per interval, or hours of work with a due time."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from optimize.staffing.absence import to_roster, to_roster_surely
    from optimize.staffing.blend_search import BlendedTeam, Calls, least_reserve, least_team
    from optimize.staffing.blending import BlendedService, blend
    from optimize.staffing.carried import volume_for
    from optimize.staffing.carried_case import answer_carried
    from optimize.staffing.cases import answer_cases
    from optimize.staffing.concurrency import Curve, erlang_k
    from optimize.staffing.erlang import erlang_a, erlang_b, erlang_c
    from optimize.staffing.moving import Moving, exact_day
    from optimize.staffing.redials import erlang_x
    from optimize.staffing.required import required_agents
    from optimize.staffing.requirement import staff
    from optimize.staffing.result import Requirement
    from optimize.staffing.service_given import serve
    from optimize.staffing.slots import SlotAdvice, SlotChoice, advise_slots, curve_from_history

_HOMES = {
    "BlendedService": "blending",
    "BlendedTeam": "blend_search",
    "Calls": "blend_search",
    "Curve": "concurrency",
    "Moving": "moving",
    "Requirement": "result",
    "SlotAdvice": "slots",
    "SlotChoice": "slots",
    "advise_slots": "slots",
    "answer_carried": "carried_case",
    "answer_cases": "cases",
    "blend": "blending",
    "curve_from_history": "slots",
    "erlang_a": "erlang",
    "erlang_b": "erlang",
    "erlang_c": "erlang",
    "erlang_k": "concurrency",
    "erlang_x": "redials",
    "exact_day": "moving",
    "least_reserve": "blend_search",
    "least_team": "blend_search",
    "required_agents": "required",
    "serve": "service_given",
    "staff": "requirement",
    "to_roster": "absence",
    "to_roster_surely": "absence",
    "volume_for": "carried",
}

__all__ = [
    "BlendedService",
    "BlendedTeam",
    "Calls",
    "Curve",
    "Moving",
    "Requirement",
    "SlotAdvice",
    "SlotChoice",
    "advise_slots",
    "answer_carried",
    "answer_cases",
    "blend",
    "curve_from_history",
    "erlang_a",
    "erlang_b",
    "erlang_c",
    "erlang_k",
    "erlang_x",
    "exact_day",
    "least_reserve",
    "least_team",
    "required_agents",
    "serve",
    "staff",
    "to_roster",
    "to_roster_surely",
    "volume_for",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the module holds
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
