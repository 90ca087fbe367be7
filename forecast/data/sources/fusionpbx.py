"""FusionPBX: the export of call detail records as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forecast.data.sources.cells import is_yes, trimmed, with_columns
from forecast.data.sources.profile import Profile

if TYPE_CHECKING:
    from configs.reading.raw import Cells


def _arranged(cells: Cells) -> Cells:
    """Add whether a call was missed, as a number, and its seconds where it was not."""
    missed = [is_yes(cell) for cell in trimmed(cells, "missed_call")]
    seconds = ["" if lost else cell for lost, cell in zip(missed, trimmed(cells, "billsec"), strict=True)]
    return with_columns(cells, {"missed": [str(int(lost)) for lost in missed], "answered_seconds": seconds})


PROFILE = Profile(
    name="fusionpbx",
    system="FusionPBX call detail records",
    export="Applications, Call Detail Records, Export CSV",
    proof="source",
    evidence="fusionpbx/fusionpbx, app/xml_cdr/xml_cdr_export.php and xml_cdr_inc.php (2023)",
    columns=(
        "start_stamp",
        "start_epoch",
        "hangup_cause",
        "billmsec",
        "missed_call",
        "xml_cdr_uuid",
        "direction",
        "billsec",
        "caller_id_number",
        "destination_number",
    ),
    settings={
        "rows": "contacts",
        "date_format": "epoch",
        "columns": {
            "contact": "xml_cdr_uuid",
            "start": "start_epoch",
            "caller": "caller_id_number",
            "outcome": "direction",
            "abandoned": "missed",
            "aht_s": "answered_seconds",
        },
        "aht": {"unit": "s", "is": "mean"},
        "outcomes": {"ignored": ("outbound", "local")},
    },
    arranged=_arranged,
)
"""Further columns depend on the permissions of the user. The time of a call that a queue answers begins when the
exchange answers, so it holds the wait.
"""
