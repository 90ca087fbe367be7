"""Files with a row a contact: how they are told from intervals, and what their columns are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from staffcurve.importing.columns import BY_TITLE, LENGTHS
from staffcurve.importing.contents import DATE
from staffcurve.importing.proposal import Choice, Question
from staffcurve.importing.titles import LONG, OF_CONTACT, WAITED, WHEN, kind_of, sureness, unit_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from staffcurve.importing.columns import Found
    from staffcurve.importing.contents import Column

TIMES = {"moment", "epoch"}
CLOCKED = LENGTHS
DAY = re.compile(DATE, re.IGNORECASE)
OFF_GRID = 0.5
"""Share of times off five full minutes from which they are those of single contacts."""
MOST_OUTCOMES = 40
WORDS = {
    "ignored": re.compile(r"out ?bound|outgoing|internal|local|spam|test", re.IGNORECASE),
    "abandoned": re.compile(
        r"abandon|no[ -]?answer|not answered|unanswered|missed|lost|hang ?up|hung up|drop|time ?out|gave up|cancel|busy"
        r"|fail|verloren|aufgelegt|abgebrochen",
        re.IGNORECASE,
    ),
    "handled": re.compile(
        r"answer|complete|handled|connect|success|resolved|closed|solved|served|taken|ok|angenommen|bearbeitet|transfer",
        re.IGNORECASE,
    ),
}
"""What an outcome says, the first that fits."""


def is_by_contact(columns: Sequence[Column], found: Found) -> bool:
    """Whether a row is a contact: its times are of any second, and nothing counts contacts."""
    volume = found.columns.get("volume")
    counts = next((one for one in columns if one.name == volume), None)
    if counts is not None and found.why.get(counts.name) == BY_TITLE and not counts.is_key:
        return False
    name = found.columns.get("time", found.columns.get("start"))
    times = next((one for one in columns if one.name == name), None)
    if times is None:
        return False
    if times.kind == "epoch":
        off = [number % 300 != 0 for number in times.numbers]
    else:
        off = [_off_grid(text, dated=times.kind != "clock") for text in times.texts]
    return sum(off) > OFF_GRID * max(1, len(off))


def _off_grid(text: str, *, dated: bool) -> bool:
    """Whether the time of day in a text is off five full minutes; 05.01. of a date is not a time."""
    bare = DAY.sub("", text, count=1) if dated else text
    clock = re.search(r"(?:^|[T ,])\d{1,2}[:.h](\d{2})(?:[:.](\d{2}))?", bare)
    return clock is not None and (int(clock[1]) % 5 != 0 or int(clock[2] or 0) != 0)


def find_contact(columns: Sequence[Column], found: Found) -> None:
    """Find what is told of each contact."""
    found.settings["rows"] = "contacts"
    for role in ("answered", "end"):
        times = [
            one
            for one in columns
            if one.kind in TIMES and not found.is_used(one) and not WHEN["other"].search(one.title)
        ]
        mine = next((one for one in times if WHEN[role].search(one.title)), None)
        if mine is not None:
            found.take(role, mine, BY_TITLE)
    free = [one for one in columns if not found.is_used(one)]
    for role in ("contact", "caller"):
        _take_by_title(
            role, [one for one in free if one.kind in {"text", "number", "hhmm"} and not found.is_used(one)], found
        )
    _find_lengths([one for one in free if not found.is_used(one)], found)
    _find_outcome([one for one in free if not found.is_used(one)], found)


def _take_by_title(role: str, columns: list[Column], found: Found) -> None:
    meanings = [each for each in OF_CONTACT if each.role == role]
    best = max(columns, key=lambda one: max(sureness(one.title, each) for each in meanings), default=None)
    if best is not None and best.title and any(sureness(best.title, each) for each in meanings):
        found.take(role, best, BY_TITLE)


def _find_lengths(columns: list[Column], found: Found) -> None:
    """The wait and the handle time of a contact; several lengths that say the same are asked about."""
    waits = [one for one in columns if one.kind in CLOCKED and WAITED.search(one.title)]
    if waits and unit_of(waits[0].title) in {None, "s"}:
        found.take("wait_s", waits[0], BY_TITLE)
    lengths = [one for one in columns if one.kind in CLOCKED and LONG.search(one.title) and one not in waits]
    if not lengths:
        return
    surest = next((one for one in lengths if re.search(r"\b(handle|handling|aht|talk|billsec)", one.title)), None)
    if surest is None and len(lengths) > 1:
        choices = tuple(Choice(one.name, ", ".join(one.distinct[:3])) for one in lengths)
        found.questions.append(Question("history.columns.aht_s", "Which column holds the handle time?", choices))
        return
    mine = surest or lengths[0]
    found.take("aht_s", mine, BY_TITLE)
    unit = unit_of(mine.title)
    if unit and unit != "s":
        found.settings["aht"] = {"unit": unit, "is": kind_of(mine.title) or "mean"}


def _find_outcome(columns: list[Column], found: Found) -> None:
    """The column that says what became of a contact, and its texts by what they say."""
    texts = [one for one in columns if one.kind == "text" and len(one.distinct) <= MOST_OUTCOMES]
    told = [(sum(bool(_says(text)) for text in one.distinct) / len(one.distinct), one) for one in texts]
    likely = [one for share, one in told if share >= OFF_GRID]
    if not likely:
        return
    mine = next((one for one in likely if any(_says(text) == "ignored" for text in one.distinct)), likely[0])
    outcomes: dict[str, list[str]] = {}
    for text in mine.distinct:
        if _says(text):
            outcomes.setdefault(_says(text), []).append(text)
    if "abandoned" not in outcomes and "ignored" not in outcomes:
        return
    found.take("outcome", mine, "its texts")
    found.settings["outcomes"] = {
        name: sorted(outcomes[name]) for name in ("abandoned", "handled", "ignored") if name in outcomes
    }
    unclear = [text for text in mine.distinct if not _says(text)]
    if unclear and "abandoned" in outcomes:
        gave_up, named = sorted(outcomes.get("abandoned", [])), ", ".join(unclear)
        choices = (Choice(gave_up, "they did not"), Choice(sorted([*gave_up, *unclear]), "they did"))
        asks = f"Did contacts whose {mine.name} is {named} give up?"
        found.questions.append(Question("history.outcomes.abandoned", asks, choices))


def _says(text: str) -> str:
    return next((name for name, words in WORDS.items() if words.search(text)), "")
