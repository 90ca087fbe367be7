"""What a simulation may notice; the sentences are in ``reports.english.simulation``."""

from __future__ import annotations

from dataclasses import dataclass

from configs.notes import Fact


@dataclass(frozen=True)
class ChannelsApart(Fact):
    """The people of the roster cannot be where its coverage counts them, so that each channel is replayed alone."""

    where: str
