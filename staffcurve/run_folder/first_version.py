"""Words of version 0.1.0, whose manifests had sentences where there are codes now. They are read, never shown.

It knew no targets over a day or a week; their words stand here so that every assumption has some.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from optimize.roster.facts import Assumption
    from optimize.roster.result import ShortReason

_ALL_AT_WORK = "everybody with the skill who could be there is at work already, or has worked all their days"
REASONS: dict[str, ShortReason] = {
    "no shift of anybody with the skill can be at work then": "no-start",
    f"{_ALL_AT_WORK} or hours": "all-at-work",
    _ALL_AT_WORK: "all-at-work",
    "those with days left would rest too little before or after their other shifts": "too-little-rest",
    "people with the skill are on their breaks": "on-break",
    "one more person there costs more than the shortage they would end": "costs-more",
}
"""Why a channel is understaffed."""
ASSUMPTIONS: dict[Assumption, str] = {
    "repeating": "of a repeating week",
    "apart": "that staffs each channel by itself",
    "service": "that meets its targets by the service staircases of this plan",
    "kept": "in which nobody gives up a working day",
    "rules": "by name",
    "weeks": "with the other weeks as they are",
}
"""What a bound assumes, in the words that followed "any roster"; in the order of `Roster.assumes`."""
