"""A sheet as one self-contained page in the look of the report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reports.document.chart import Chart
    from reports.document.day_grid import DayGrid
    from reports.document.heat import HeatMap
    from reports.document.listing import Listing
    from reports.findings import Finding


@dataclass(frozen=True)
class Section:
    """One section: its key in the address, its title, what it says, shows and draws.

    Tables of `folded` open on a click; those of `below` are under the charts. `grids` have days of people.
    """

    key: str
    title: str
    sentences: tuple[Finding, ...] = ()
    listings: tuple[Listing, ...] = ()
    charts: tuple[Chart, ...] = ()
    folded: tuple[Listing, ...] = ()
    maps: tuple[HeatMap, ...] = ()
    below: tuple[Listing, ...] = ()
    grids: tuple[DayGrid, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A page: what it is, of what, and its sections."""

    eyebrow: str
    title: str
    sub: str
    sections: tuple[Section, ...]
    footer: str

    @property
    def has_grids(self) -> bool:
        """Whether a section has days of people, which have a style of their own."""
        return any(section.grids for section in self.sections)


def render(sheet: Sheet) -> str:
    """Return the page as text; the same sheet gives the same bytes."""
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=ChoiceLoader([PackageLoader("reports.document"), PackageLoader("reports.page")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    text = made.get_template("sheet.html.j2").render(sheet=sheet)
    return "\n".join(line.strip() for line in text.splitlines() if line.strip()) + "\n"
