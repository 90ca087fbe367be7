"""Which run an edited file came from: the one named, the one its mark names, or the one whose folder it lies in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from configs.errors import DataError, Fault, StaffcurveError
from configs.tables import ROSTER
from staffcurve.run_folder.layout import MANIFEST, table_file
from staffcurve.run_folder.manifest import read_manifest
from staffcurve.run_folder.tables import is_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from configs.schema import Config
    from reports.mark import Mark

NAME_IT = "say with --run which run it came from"


def run_of(file: Path, run: Path | None, config: Config) -> Path:
    """Return the run folder a file came from.

    A workbook that a run wrote, and its grid saved as CSV, carry the mark of the run. It is looked for around the file,
    the current folder and the folder of the config.

    Raises
    ------
    DataError
        The file does not exist, its run is not found, or the run was planned again since.
    """
    from reports.workbook.readback import read_mark

    if file.is_dir():
        raise DataError(Fault(str(file), "is a folder; --edited needs a workbook or CSV file of a run"))
    if not file.is_file():
        raise DataError(Fault(str(file), "does not exist; --edited needs a workbook or CSV file of a run"))
    if run is not None:
        return run
    mark = None if is_table(file) else read_mark(file)
    if mark is None:
        folder = file.resolve().parent
        if not (folder / MANIFEST).is_file():
            raise DataError(Fault(str(file), f"is not in a run folder; {NAME_IT}"))
        return folder
    return _marked(file, mark, config)


def _marked(file: Path, mark: Mark, config: Config) -> Path:
    """Return the nearest folder of the run that a mark names."""
    named = [folder for folder in dict.fromkeys(_places(file, mark.name, config)) if _name_of(folder) == mark.name]
    for folder in named:
        if _digest_of(folder, config) == mark.digest:
            return folder
    if named:
        sentence = f"came from {mark.name} with another roster than {named[0]} has now; that week was planned again"
        raise DataError(Fault(str(file), f"{sentence}. Edit the new workbook, or {NAME_IT}"))
    raise DataError(Fault(str(file), f"came from run {mark.name}, but its folder was not found nearby; {NAME_IT}"))


def _places(file: Path, name: str, config: Config) -> Iterator[Path]:
    """Folders that may be the run: around the file, upwards from it, and two levels below where people work."""
    home = file.resolve().parent
    for each in (home, *home.parents):
        yield from (each, each / name, each / "out" / name)
    for each in (home, Path.cwd(), config.folder.resolve()):
        for pattern in (f"*/{MANIFEST}", f"*/*/{MANIFEST}"):
            yield from (found.parent for found in sorted(each.glob(pattern)) if not found.parent.name.startswith("."))


def _name_of(folder: Path) -> str | None:
    """Name of the run in a folder; None where the folder is not that of a run."""
    try:
        return read_manifest(folder).name
    except (OSError, StaffcurveError):
        return None


def _digest_of(folder: Path, config: Config) -> str | None:
    from configs.files import read_table
    from reports.mark import digest_of

    file = folder / table_file(ROSTER)
    try:
        return digest_of(read_table(file, ROSTER, zone=config.plan.timezone, label=str(file), empty="keep").frame)
    except StaffcurveError:
        return None
