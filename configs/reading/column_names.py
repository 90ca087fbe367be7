r"""What other systems call our columns, as patterns for the whole name in lower case with one space between words.

The names are those of exports that are public: Avaya CMS (``row_date``, ``starttime``, ``callsoffered``,
``acdcalls``, ``acdtime``, ``holdtime``, ``acwtime``), Amazon Connect (``IncomingContactVolume``,
``AverageHandleTime``), Genesys Cloud (``Interval Start``, ``Offer``, ``Answer``, ``Avg Handle``), and the words that
skill reports share (``Calls offered``, ``Avg time``, ``Handle time (sec)``).
A name that fits is a guess, not a proof.
"""

from __future__ import annotations

import re

_CONTACTS = (
    r"(?:calls?|contacts?|interactions?|chats?|e ?mails?|tasks?|tickets?|conversations?|voice|acd|n|no of|number of|"
    r"total)"
)
_MEAN = r"(?:avg|average|mean|total|sum of|tot)"
_NUMBERS = ("numbers", "nothing")
_SECONDS = ("numbers", "durations", "nothing")


def _counted(*words: str) -> re.Pattern[str]:
    """Words such as offered, alone or with what is counted: calls offered, offered calls, nOffered, callsoffered."""
    return re.compile(rf"(?:{_CONTACTS} ?)*(?:{'|'.join(words)})(?: ?(?:{_CONTACTS}|volume))*")


def _any(*words: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{word})" for word in words))


NAMES: dict[str, tuple[re.Pattern[str], tuple[str, ...]]] = {
    "channel": (_any(r"channel(?: ?(?:name|type))?"), ("texts",)),
    "media": (_any(r"media(?: ?types?)?", "medium"), ("texts",)),
    "queue": (
        _any(
            r"queue(?: ?(?:name|id|number))?", r"csq(?: ?(?:name|id))?", r"campaign(?: ?(?:name|id))?",
            r"vdn(?: name)?", "work ?group", "call type", r"group(?: ?name)?", "department", "service",
        ),
        ("texts", "numbers"),
    ),
    "skill": (_any(r"skills?(?: ?(?:name|id|set))?", r"split(?: ?skill)?(?: name)?"), ("texts", "numbers")),
    "language": (_any("languages?"), ("texts",)),
    "site": (_any("sites?", "locations?", "call ?cent(?:er|re)"), ("texts",)),
    "volume": (
        _any(
            _counted("offered", "offer", "inbound", "queued", "received", "incoming", "entered", "arrived", "arrivals",
                     "presented", "volume", "entries").pattern,
            "calls?", "contacts?", "total calls", "total contacts", "interactions", "conversations", "tickets?",
        ),
        _NUMBERS,
    ),
    "handled": (
        _any(
            _counted("handled", "handle", "answered", "answer", "accepted", "serviced", "completed").pattern,
            "acd ?calls",
        ),
        _NUMBERS,
    ),
    "abandoned": (
        _counted("abandoned", "abandons?", "abandonments?", "abnd?", "lost", "missed", "hung up", "dropped"),
        _NUMBERS,
    ),
    "aht_s": (
        _any(
            rf"(?:{_MEAN} ?)?(?:aht|handle ?times?|handling ?times?|handle ?duration|service ?time)",
            rf"{_MEAN} ?handle",
            r"(?:avg|average|mean) ?(?:time|duration)",
            "handle",
        ),
        _SECONDS,
    ),
    "wait_s": (
        _any(r"(?:avg|average|mean) ?(?:wait|waiting|queue|queuing|queueing)(?: ?(?:time|duration))?"),
        _SECONDS,
    ),
    "backlog": (_any("backlog", r"open(?: ?(?:tickets|cases|contacts))?(?: at start)?", "pending"), _NUMBERS),
}  # fmt: skip
"""For each of our columns its names, and the kinds of values it may hold."""
PARTS = _any(
    rf"(?:(?:{_MEAN}|i) ?)?(?:acd|talk|hold|acw|wrap ?up|wrap|after ?call ?work|after ?call|after ?task)(?: ?acd)?"
    r"(?: ?(?:time|duration))?"
)
"""Parts of a handle time, which are added up where the file has no whole one."""
DATES = re.compile(r".*(?:date|day|datum|fecha|jour).*")
CLOCKS = re.compile(r".*(?:time|interval|hour|period|slot|start|uhrzeit|zeit|heure|hora).*")
NUMBERED = re.compile(r"(?:start|interval)? ?(?:time|interval|hour|period|start)")
"""A column of plain numbers that may be times of day (930) or numbers of intervals."""
STARTS = re.compile(r".*(?:start|begin|from|date|time|created|interval|timestamp|arrival|period).*")
ENDS = re.compile(
    r"(?:.*\b)?(?:end|ends|ended|stop|until|to|closed|resolved|updated|due|completed?)\b.*|end(?:date|time)"
)


def words_of(name: str) -> str:
    """The name of a column in lower case, one space between words, without what is in brackets.

    >>> words_of("AvgHandle_Time (sec)")
    'avg handle time'
    """
    bare = re.sub(r"\(.*?\)|\[.*?\]", " ", name)
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", bare)
    return " ".join(re.sub(r"[^0-9a-zà-ÿ]+", " ", apart.casefold()).split())
