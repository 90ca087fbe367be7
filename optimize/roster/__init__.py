"""Agents at work -> shifts, breaks, tours, names: one integer program through PuLP, and an independent recount.

========================  =======================================================================
``plan``                  roster from data frames (the public API)
``plan_week``             roster from a config (what the weekly job calls)
``advise``                what a change of the rules would save
``verify``                independent recount of a finished roster
========================  =======================================================================

A roster is made in one direction: ``inputs`` (config, requirement and people as numbers), ``program`` (the integer
program and its solver), ``search`` (whole shifts, near to the bound), ``persons`` (tours, breaks, activities, names:
the finished schedule), ``account`` (cover, cost, what is short), ``advice`` (diagnosis, and what would help).
``planner`` calls them in this order. ``schedule`` holds finished shifts as objects, which the others read; ``verify``
uses none of them and reads the tables itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.lazy import lazy_names

if TYPE_CHECKING:
    from optimize.roster.advice import advise as advise
    from optimize.roster.api import plan as plan
    from optimize.roster.inputs.people import People as People
    from optimize.roster.inputs.people import read_people as read_people
    from optimize.roster.planner import plan_week as plan_week
    from optimize.roster.result import Advice as Advice
    from optimize.roster.result import Cost as Cost
    from optimize.roster.result import Roster as Roster

_HOMES = {
    "advise": "advice",
    "plan": "api",
    "plan_week": "planner",
    "read_people": "inputs.people",
    "Advice": "result",
    "Cost": "result",
    "People": "inputs.people",
    "Roster": "result",
}
__all__ = ["Advice", "Cost", "People", "Roster", "advise", "plan", "plan_week", "read_people"]

__getattr__, __dir__ = lazy_names(__name__, _HOMES)
