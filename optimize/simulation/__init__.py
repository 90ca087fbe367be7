"""A finished roster replayed contact by contact: its simulated service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.lazy import lazy_names

if TYPE_CHECKING:
    from optimize.simulation.backlog import DeferrableWork, Returns, simulate_backlog
    from optimize.simulation.chat import Conversation, simulate_chat
    from optimize.simulation.days import Grid, Redials
    from optimize.simulation.deadline_risk import BacklogRisk, Deadline, backlog_risk
    from optimize.simulation.draws import Draws
    from optimize.simulation.measured import simulate_measured_chat
    from optimize.simulation.phone import simulate_phone
    from optimize.simulation.replay_week import replay
    from optimize.simulation.result import ChannelService, DayProbability, Replay, TargetProbability
    from optimize.simulation.skills import Group, Line, simulate_skills

_HOMES = {
    "BacklogRisk": "deadline_risk",
    "ChannelService": "result",
    "Conversation": "chat",
    "DayProbability": "result",
    "Deadline": "deadline_risk",
    "DeferrableWork": "backlog",
    "Draws": "draws",
    "Grid": "days",
    "Group": "skills",
    "Line": "skills",
    "TargetProbability": "result",
    "Redials": "days",
    "Replay": "result",
    "Returns": "backlog",
    "backlog_risk": "deadline_risk",
    "replay": "replay_week",
    "simulate_backlog": "backlog",
    "simulate_chat": "chat",
    "simulate_measured_chat": "measured",
    "simulate_phone": "phone",
    "simulate_skills": "skills",
}

_RENAMED = {"Promise": "TargetProbability"}
"""Names of version 0.1, accepted for one version."""

__all__ = [
    "BacklogRisk",
    "ChannelService",
    "Conversation",
    "DayProbability",
    "Deadline",
    "DeferrableWork",
    "Draws",
    "Grid",
    "Group",
    "Line",
    "Redials",
    "Replay",
    "Returns",
    "TargetProbability",
    "backlog_risk",
    "replay",
    "simulate_backlog",
    "simulate_chat",
    "simulate_measured_chat",
    "simulate_phone",
    "simulate_skills",
]

__getattr__, __dir__ = lazy_names(__name__, _HOMES, _RENAMED)
