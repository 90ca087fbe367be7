"""Contracts as one week of a plan of several weeks sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from configs.schema import Config


def loosened(config: Config) -> Config:
    """The config whose contracts leave a week every pattern that a plan of several weeks may have for it.

    Days off together may lie on either side of the end of a week, and a week may have fewer days than another.
    """
    contracts = {
        name: contract.model_copy(update={"days_off": "any", "min_days": contract.min_days or 1})
        for name, contract in config.contracts.items()
    }
    return config.model_copy(update={"contracts": contracts})
