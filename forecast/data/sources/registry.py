"""All profiles by name, and which of them a file has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.errors import DataError, Fault
from forecast.data.sources import (
    amazon_connect,
    asterisk,
    avaya_cms,
    calabrio,
    chatwoot,
    freshdesk,
    fusionpbx,
    genesys,
    verint,
    vicidial,
    zammad,
    zendesk,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forecast.data.sources.profile import Profile

PROFILES: tuple[Profile, ...] = (
    amazon_connect.PROFILE,
    asterisk.PROFILE,
    avaya_cms.PROFILE,
    calabrio.PROFILE,
    chatwoot.EVENTS,
    chatwoot.TRAFFIC,
    freshdesk.PROFILE,
    fusionpbx.PROFILE,
    genesys.HISTORY,
    genesys.VIEW,
    verint.PROFILE,
    vicidial.PROFILE,
    zammad.PROFILE,
    zendesk.PROFILE,
)
"""Every profile, in the order of their names."""
BY_NAME = {profile.name: profile for profile in PROFILES}


def recognised(records: Sequence[Sequence[str]], label: str) -> Profile | None:
    """Return the profile that the first records of a file fit, or None.

    Raises
    ------
    DataError
        When two profiles fit.
    """
    fitting = [profile for profile in PROFILES if profile.fits(records)]
    if len(fitting) < 2:
        return fitting[0] if fitting else None
    names = " or ".join(f'{profile.system} (history.format = "{profile.name}")' for profile in fitting)
    raise DataError(Fault(label, f"can be read as {names}; state the right one"))


def named(name: str, records: Sequence[Sequence[str]], label: str) -> Profile:
    """Return the profile of a name, when a file can be read by it.

    Raises
    ------
    DataError
        When the file lacks columns of the profile, or its records do not look like those of one without a header.
    """
    profile = BY_NAME[name]
    if profile.fits(records) or (profile.columns and profile.header(records)):
        return profile
    if not profile.columns:
        shown = ", ".join(cell.strip() for cell in next(iter(records), ())[:6])
        words = f"cannot be read as {profile.system}: its first row is {shown}"
    else:
        found = max(records, key=lambda record: len(_held(profile, record)), default=())
        absent = [column for column in profile.columns if column not in _held(profile, found)]
        lacks = f"it has no column {', '.join(absent)}; columns found: {', '.join(found)}"
        words = f"cannot be read as {profile.system}: {lacks}"
    raise DataError(Fault(label, f'{words}; leave out history.format = "{name}", or name the system that wrote it'))


def _held(profile: Profile, record: Sequence[str]) -> list[str]:
    """Columns of a profile that a record holds."""
    cells = {profile.key(cell) for cell in record}
    return [column for column in profile.columns if profile.key(column) in cells]
