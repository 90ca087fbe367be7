"""Repair of a published roster: people fall ill, and few shifts of the others change."""

from optimize.roster.repair.question import Absence, Locked, Question
from optimize.roster.repair.repairing import repair_week
from optimize.roster.repair.result import USUAL, Alternative, AlternativeLeftOut, Repair

__all__ = ["USUAL", "Absence", "Alternative", "AlternativeLeftOut", "Locked", "Question", "Repair", "repair_week"]
