"""Durations as systems write them: 0:04:21, 4:21, :21, 4m 21s, 271; a column in one form, read as seconds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from configs.reading.source import Bad

if TYPE_CHECKING:
    from collections.abc import Sequence

THREE = re.compile(r"(?:(\d+)(?:\.|\s*days?,?\s+))?(\d+):([0-5]?\d):([0-5]?\d(?:[.,]\d+)?)", re.ASCII)
TWO = re.compile(r"(\d*):([0-5]\d(?:[.,]\d+)?)", re.ASCII)
_PART = r"(?:(\d+(?:[.,]\d+)?)\s*(?:{})\.?)?"
UNITS = re.compile(
    r"(?=\d)"
    + r"\s*,?\s*".join(
        _PART.format(unit)
        for unit in ("d|days?", "h|hrs?|hours?", "m|mins?|minutes?", "s|secs?|seconds?", "ms|msecs?|milliseconds?")
    ),
    re.ASCII | re.IGNORECASE,
)
UNIT_S = (86_400.0, 3600.0, 60.0, 1.0, 0.001)
HINT = Bad('it must be a duration such as "0:04:21", "4m 21s" or a number of seconds')


def are_durations(texts: Sequence[str]) -> bool:
    """Whether a column holds times such as 0:04:21 or 4m 21s rather than plain numbers."""
    return any(":" in text or (text[:1].isdigit() and UNITS.fullmatch(text)) for text in texts)


def seconds(texts: Sequence[str], stated: str | None, setting: str) -> tuple[list[float | Bad], str]:
    """Read the different texts of a column in seconds, and say how if the texts alone do not.

    Parameters
    ----------
    texts
        Trimmed texts, none blank.
    stated
        ``"h:mm"`` or ``"m:ss"``: what two parts mean, if the config states it.
    setting
        Setting that would state it, for messages.
    """
    forms = {text: _form(text) for text in texts}
    usual = max(("three", "two", "units"), key=lambda form: sum(found == form for found in forms.values()))
    clock = {"three", "two"}
    mixed = "units" in forms.values() and bool(clock & set(forms.values()))
    two = [text for text in texts if forms[text] == "two"]
    meaning, note = _two_parts(two, "three" in forms.values(), stated, setting)
    read: list[float | Bad] = []
    for text in texts:
        form = forms[text]
        if form == "":
            read.append(_plain(text, usual, texts, forms))
        elif mixed and (form == "units") != (usual == "units"):
            read.append(_other(usual, texts, forms))
        elif form == "two":
            read.append(_two(text, meaning) if isinstance(meaning, str) else meaning)
        else:
            read.append(_three(text) if form == "three" else _units(text))
    return read, note


def _form(text: str) -> str:
    if THREE.fullmatch(text):
        return "three"
    if TWO.fullmatch(text):
        return "two"
    return "units" if text[:1].isdigit() and UNITS.fullmatch(text) else ""


def _two_parts(two: Sequence[str], has_three: bool, stated: str | None, setting: str) -> tuple[str | Bad, str]:  # noqa: FBT001
    """What 5:30 means: as stated; minutes and seconds where others have hours too; else the same, with a note.

    Where every value begins with 0 nothing tells 4 seconds from 4 minutes, and the column is refused.
    """
    if not two or stated in {"h:mm", "m:ss"}:
        return stated or "m:ss", ""
    if has_three or any("." in text or "," in text or text.startswith(":") for text in two):
        return "m:ss", ""
    if all(text.split(":")[0].strip("0") == "" for text in two):
        last = int(two[0][-2:])
        ways = f'{last} seconds ({setting} = {{ unit = "m:ss" }}) or {last} minutes ({setting} = {{ unit = "h:mm" }})'
        return Bad(f"it may be {ways}; set the one that is right"), ""
    words = f'"{two[0]}" is read as minutes and seconds; {setting} = {{ unit = "h:mm" }} reads hours and minutes'
    return "m:ss", words


def _two(text: str, meaning: str) -> float:
    found = TWO.fullmatch(text)
    assert found is not None  # noqa: S101 - of this form, see _form
    first, second = float(found[1] or 0), float(found[2].replace(",", "."))
    return first * 60 + second if meaning == "m:ss" else first * 3600 + second * 60


def _three(text: str) -> float:
    found = THREE.fullmatch(text)
    assert found is not None  # noqa: S101 - of this form, see _form
    days, hours, minutes, rest = int(found[1] or 0), int(found[2]), int(found[3]), float(found[4].replace(",", "."))
    return (days * 24 + hours) * 3600 + minutes * 60 + rest


def _units(text: str) -> float:
    found = UNITS.fullmatch(text)
    assert found is not None  # noqa: S101 - of this form, see _form
    return sum(float(part.replace(",", ".")) * unit for part, unit in zip(found.groups(), UNIT_S, strict=True) if part)


def _plain(text: str, usual: str, texts: Sequence[str], forms: dict[str, str]) -> float | Bad:
    """A number without a unit among durations: nothing but 0 has the same meaning in all of them."""
    if re.fullmatch(r"0+([.,]0*)?", text):
        return 0.0
    return _other(usual, texts, forms) if re.fullmatch(r"\d+([.,]\d+)?", text) else HINT


def _other(usual: str, texts: Sequence[str], forms: dict[str, str]) -> Bad:
    example = next((text for text in texts if forms[text] == usual), None)
    if example is None:
        return Bad("it must be a time such as 5:30, as the unit of handle times says")
    return Bad(f'other durations of the column are written such as "{example[:30]}"; write all in one form')
