"""The register of sentences: a function for each kind of fact, found by the type of the fact."""

from __future__ import annotations

from functools import singledispatch


@singledispatch
def written(fact: object) -> str:
    """Write a fact of a registered kind; ``written.register`` adds one."""
    raise TypeError(f"no sentence is known for {fact!r}")
