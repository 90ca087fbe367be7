"""ViciDial: the call report export, one row a call, inbound and outbound under one header."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forecast.data.sources.cells import is_number, trimmed, with_columns
from forecast.data.sources.profile import Profile

if TYPE_CHECKING:
    from configs.reading.raw import Cells

OUTBOUND = "outbound"


def _arranged(cells: Cells) -> Cells:
    """Add what an inbound call's row says in two places: its wait, its talk, and what became of it.

    Two queries share one header. Inbound rows have the seconds in the queue under ``alt_dial``, and they are part of
    ``length_in_sec``; outbound rows have the name of the number dialled there.
    """
    wait, length = trimmed(cells, "alt_dial"), trimmed(cells, "length_in_sec")
    inbound = [is_number(cell) for cell in wait]
    return with_columns(
        cells,
        {
            "queue_seconds": [cell if is_in else "" for cell, is_in in zip(wait, inbound, strict=True)],
            "talk_seconds": [
                f"{float(whole) - float(before):g}" if is_in and is_number(whole) else ""
                for whole, before, is_in in zip(length, wait, inbound, strict=True)
            ],
            "outcome": [
                cell if is_in else OUTBOUND for cell, is_in in zip(trimmed(cells, "status"), inbound, strict=True)
            ],
        },
    )


PROFILE = Profile(
    name="vicidial",
    system="ViciDial call report",
    export="Reports, Export Calls Report, with a header row",
    proof="source",
    evidence="call_report_export.php of ViciDial (2013 and 2024); statuses of lost calls from two public programs",
    columns=(
        "call_date",
        "phone_number_dialed",
        "status",
        "user",
        "campaign_id",
        "list_id",
        "length_in_sec",
        "user_group",
        "alt_dial",
        "lead_id",
        "status_name",
    ),
    settings={
        "separator": "\t",
        "rows": "contacts",
        "columns": {
            "start": "call_date",
            "queue": "campaign_id",
            "caller": "phone_number_dialed",
            "outcome": "outcome",
            "wait_s": "queue_seconds",
            "aht_s": "talk_seconds",
        },
        "aht": {"unit": "s", "is": "mean"},
        "outcomes": {"abandoned": ("DROP", "XDROP", "TIMEOT"), "ignored": (OUTBOUND,)},
    },
    extras={"wrapup_time": {"columns": {"aht_s": ("talk_seconds", "wrapup_time")}}},
    arranged=_arranged,
)
