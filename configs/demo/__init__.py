"""The built-in demo data: a contact centre of our own making, the same on every machine.

Importing this is cheap; the tables are generated when they are asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def history() -> pd.DataFrame:
    """Two years of quarter hours of the five channels of ``demo.toml``: the ``history`` table."""
    from configs.demo.arrivals import history as made

    return made()


def events() -> pd.DataFrame:
    """What happened in those years and is known to come: the ``events`` table."""
    from configs.demo.arrivals import events as made

    return made()


def agents() -> pd.DataFrame:
    """Everybody who can be rostered: the ``agents`` table."""
    from configs.demo.people import agents as made

    return made()


def leave() -> pd.DataFrame:
    """Who is away in the planned week: the ``leave`` table."""
    from configs.demo.people import leave as made

    return made()


def requests() -> pd.DataFrame:
    """What people wish for the planned week: the ``requests`` table."""
    from configs.demo.people import requests as made

    return made()
