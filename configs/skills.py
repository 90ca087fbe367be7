"""Skills in one cell, as in the table of agents: ``phone;chat``."""

from __future__ import annotations

SKILLS_SEPARATOR = ";"


def skills_of(text: str) -> tuple[str, ...]:
    """Split ``phone;chat`` into its skills, sorted.

    >>> skills_of("phone; chat")
    ('chat', 'phone')
    """
    return tuple(sorted({skill.strip() for skill in text.split(SKILLS_SEPARATOR) if skill.strip()}))
