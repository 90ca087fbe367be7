"""Sentences about the simulation."""

from __future__ import annotations

from optimize.simulation.facts import ChannelsApart
from reports.english.registry import written


@written.register
def _(_fact: ChannelsApart) -> str:
    where = "the people of the roster cannot be at the channels where its coverage counts them"
    return f"{where}; each channel is simulated separately"
