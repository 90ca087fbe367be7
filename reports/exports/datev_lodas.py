"""``datev-lodas.txt``: paid hours for DATEV LODAS, ASCII import of movement data.

Sections and fields as in six public programs, of which one follows the manual "LODAS ASCII import" of June 2026: a line
for each person, month and wage type. The period is the first of the month; the cost centre is left empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.errors import ConfigError, Fault
from reports.exports.files import write_text
from reports.exports.pay_hours import paid_hours
from reports.exports.people import members_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reports.run import Run

RECORD = 1
"""Number of the record, which its description and its lines begin with."""
FIELDS = ("abrechnung_zeitraum", "pnr", "la_eigene", "bs_nr", "bs_wert_butab", "kostenstelle")


def write(run: Run, home: Path) -> list[Path]:
    """Write the file."""
    return [write_text("".join(f"{line}\r\n" for line in _lines(run)), home / "datev-lodas.txt", "cp1252")]


def _lines(run: Run) -> Iterator[str]:
    settings = run.config.reports.datev_lodas
    if settings is None:
        raise ConfigError([Fault("reports.datev_lodas", 'is missing; the export "datev-lodas" needs this table')])
    yield from ("[Allgemein]", "Ziel=LODAS")
    yield from (f"BeraterNr={settings.consultant}", f"MandantenNr={settings.client}")
    yield from ("Datumsformat=TT/MM/JJJJ", "Feldtrennzeichen=;", "Zahlenkomma=,", "")
    yield "[Satzbeschreibung]"
    yield f"{RECORD};u_lod_bwd_buchung_standard;" + "".join(f"{field}#bwd;" for field in FIELDS)
    yield from ("", "[Bewegungsdaten]")
    members = members_of(run, "datev-lodas")
    for row in paid_hours(run, "datev-lodas"):
        number, hours = members[row.agent].id.lstrip("0"), f"{row.hours:.2f}".replace(".", ",")
        yield f"{RECORD};{row.period:%d/%m/%Y};{number};{row.code};{settings.booking_key};{hours};;"
