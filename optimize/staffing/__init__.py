"""Volume -> agents at work per interval, or hours of work with a due time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.lazy import lazy_names

if TYPE_CHECKING:
    from optimize.staffing.calculator.blend_search import BlendedTeam, Calls, least_reserve, least_team
    from optimize.staffing.calculator.cases import answer_cases
    from optimize.staffing.calculator.concurrency_advice import SlotAdvice, SlotChoice, advise_slots, curve_from_history
    from optimize.staffing.calculator.max_volume import volume_for
    from optimize.staffing.calculator.max_volume_case import answer_carried
    from optimize.staffing.queueing.blending import BlendedService, blend
    from optimize.staffing.queueing.concurrency import Curve, erlang_k
    from optimize.staffing.queueing.erlang import erlang_a, erlang_b, erlang_c
    from optimize.staffing.queueing.redials import erlang_x
    from optimize.staffing.queueing.transient import TransientService, exact_day
    from optimize.staffing.requirement.absence import staff_for_attendance, to_roster
    from optimize.staffing.requirement.least_agents import required_agents
    from optimize.staffing.requirement.result import Requirement
    from optimize.staffing.requirement.service_given import serve
    from optimize.staffing.requirement.staff import staff

_HOMES = {
    "BlendedService": "queueing.blending",
    "BlendedTeam": "calculator.blend_search",
    "Calls": "calculator.blend_search",
    "Curve": "queueing.concurrency",
    "TransientService": "queueing.transient",
    "Requirement": "requirement.result",
    "SlotAdvice": "calculator.concurrency_advice",
    "SlotChoice": "calculator.concurrency_advice",
    "advise_slots": "calculator.concurrency_advice",
    "answer_carried": "calculator.max_volume_case",
    "answer_cases": "calculator.cases",
    "blend": "queueing.blending",
    "curve_from_history": "calculator.concurrency_advice",
    "erlang_a": "queueing.erlang",
    "erlang_b": "queueing.erlang",
    "erlang_c": "queueing.erlang",
    "erlang_k": "queueing.concurrency",
    "erlang_x": "queueing.redials",
    "exact_day": "queueing.transient",
    "least_reserve": "calculator.blend_search",
    "least_team": "calculator.blend_search",
    "required_agents": "requirement.least_agents",
    "serve": "requirement.service_given",
    "staff": "requirement.staff",
    "to_roster": "requirement.absence",
    "staff_for_attendance": "requirement.absence",
    "volume_for": "calculator.max_volume",
}

_RENAMED = {"Moving": "TransientService", "to_roster_surely": "staff_for_attendance"}
"""Names of version 0.1, accepted for one version."""

__all__ = [
    "BlendedService",
    "BlendedTeam",
    "Calls",
    "Curve",
    "Requirement",
    "SlotAdvice",
    "SlotChoice",
    "TransientService",
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
    "staff_for_attendance",
    "to_roster",
    "volume_for",
]

__getattr__, __dir__ = lazy_names(__name__, _HOMES, _RENAMED)
