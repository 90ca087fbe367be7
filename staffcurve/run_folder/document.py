"""A JSON document of a run folder: a model with a version, read and written in one way.

Within a version keys are added, never renamed or removed. So an older document lacks some keys, which have defaults; a
key this version does not know is kept. A document of a newer version is refused.
"""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from math import isfinite
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from configs.errors import DataError, Fault

if TYPE_CHECKING:
    from pathlib import Path

    from _typeshed import DataclassInstance

Number = int | float
"""A number as JSON has it: a whole one stays whole when it is written again."""


class Record(BaseModel):
    """A part of a document."""

    model_config = ConfigDict(frozen=True, extra="allow")

    def plain(self) -> dict[str, Any]:
        """Return plain values for JSON, in the order of the model; a key that was not given is left out."""
        return self.model_dump(exclude_unset=True)


class Document(Record):
    """A whole document. `NEWEST` is the version that is written, and the last one that can be read."""

    NEWEST: ClassVar[int] = 1
    REMEDY: ClassVar[str] = ""
    """What to do about a document that cannot be read."""
    INDENT: ClassVar[int] = 2

    schema_version: int

    def text(self) -> str:
        """Return the document as JSON text."""
        return json.dumps(self.plain(), indent=self.INDENT, ensure_ascii=False, default=_dated, allow_nan=False) + "\n"

    def write(self, path: Path) -> Path:
        """Write the document to a file."""
        path.write_text(self.text(), encoding="utf-8", newline="\n")
        return path


D = TypeVar("D", bound=Document)
R = TypeVar("R", bound=Record)
T = TypeVar("T", bound="DataclassInstance")


def read_document(model: type[D], path: Path, label: str | None = None) -> D:
    """Read a document of any version up to the newest that is known.

    Parameters
    ----------
    model
        What it is.
    path
        The file.
    label
        Name of the file in messages; by default its path.

    Raises
    ------
    DataError
        The file is damaged, or was written by a newer version.
    """
    where = label or str(path)
    remedy = f"; {model.REMEDY}" if model.REMEDY else ""
    try:
        found = json.loads(path.read_text(encoding="utf-8"), parse_constant=_no_number, parse_float=_finite)
        _check_version(model, found, where)
        return model.model_validate(found)
    except ValidationError as error:
        raise DataError(Fault(where, f"cannot be read ({_first(error)}){remedy}")) from error
    except (ValueError, RecursionError) as error:  # not UTF-8, or not JSON
        raise DataError(Fault(where, f"cannot be read ({error}){remedy}")) from error


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is not a number of JSON")


def _finite(text: str) -> float:
    value = float(text)
    return value if isfinite(value) else _no_number(text)


def _check_version(model: type[Document], found: object, where: str) -> None:
    """Refuse a newer version before its keys are looked at."""
    version = found.get("schema_version") if isinstance(found, dict) else None
    if isinstance(version, int) and version > model.NEWEST:
        remedy = f", or {model.REMEDY}" if model.REMEDY else ""
        words = f"has schema_version {version}; this staffcurve reads up to {model.NEWEST}. Update staffcurve{remedy}"
        raise DataError(Fault(where, words))


def _first(error: ValidationError) -> str:
    """Say the first fault: the key with what is wrong there."""
    found = error.errors()[0]
    key = ".".join(str(part) for part in found["loc"])
    return f"{key}: {found['msg'].lower()}" if key else found["msg"].lower()


def _dated(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in a JSON document")


def into(kind: type[T], record: Record, **changed: object) -> T:
    """Make a dataclass of the values of a record; keys the dataclass does not know are left out."""
    known = {field.name for field in fields(kind)}
    return kind(**{key: value for key, value in record.plain().items() if key in known} | changed)


def nan_is_null(values: dict[str, Any]) -> dict[str, Any]:
    """Return values as JSON has them: null where there is no number."""
    return {key: None if value != value else value for key, value in values.items()}  # noqa: PLR0124 - NaN


def null_is_nan(record: R) -> R:
    """Return a record with NaN where JSON has null."""
    return record.model_copy(update={key: float("nan") for key, value in record.plain().items() if value is None})
