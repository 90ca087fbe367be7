"""Sentences about the simulation."""

from __future__ import annotations

from optimize.simulation.facts import ChannelsApart
from reports.english.registry import written


@written.register
def _(_fact: ChannelsApart) -> str:
    return "the people of the roster cannot be where its coverage counts them; every channel is replayed by itself"
