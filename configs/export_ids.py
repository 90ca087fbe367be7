"""Who a person is in another system: the column of the agents file an export takes, and what may be in it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from configs.errors import DataError, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from configs.schema import Config

SHOWN = 5
"""People named in a sentence; more are counted."""


@dataclass(frozen=True)
class Identity:
    """How an export knows a person.

    Parameters
    ----------
    column
        Column of the agents file.
    words, pattern
        What is in it, in words and as a regular expression.
    or_agent
        Whether the id of the agent is taken if nobody has anything in the column.
    number
        Whether leading zeros make no difference.
    """

    column: str
    words: str
    pattern: str
    or_agent: bool = True
    number: bool = False


_LINE = ("an id that does not begin with = + - @", r"[^=+\-@\x00-\x20][^\x00-\x1f]*")
IDENTITIES = {
    "teams-shifts": Identity(
        "email", "an e-mail address", r"[^\s@,;<>=+\-][^\s@,;<>]*@[^\s@,;<>]+\.[^\s@,;<>]+", or_agent=False
    ),
    "genesys-schedule": Identity(
        "genesys_id", 'a user id of letters, digits and "-"', r"[0-9A-Za-z][0-9A-Za-z-]*", or_agent=False
    ),
    "ukg": Identity("employee_id", *_LINE),
    "frappe-hr": Identity("employee_id", *_LINE),
    "payroll-pivot": Identity("payroll_id", *_LINE),
    "gusto": Identity("payroll_id", *_LINE),
    "adp": Identity("payroll_id", "a file number of up to six digits", r"[0-9]{1,6}", number=True),
    "datev-lodas": Identity("payroll_id", "a personnel number of digits", r"0*[1-9][0-9]{0,8}", number=True),
}


def ids_of(export: str, agents: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Return the id that an export takes for each agent.

    Raises
    ------
    DataError
        When somebody has none, one of another form, or the one of somebody else.
    """
    faults = list(id_faults(export, agents, "agents"))
    if faults:
        raise DataError(faults)
    return _found(IDENTITIES[export], agents)


def agent_faults(config: Config, agents: Sequence[dict[str, Any]], where: str) -> Iterator[Fault]:
    """Everything the exports of a config cannot write of its people."""
    for export in dict.fromkeys(config.reports.exports):
        if export in IDENTITIES:
            yield from id_faults(export, agents, where)
        if export == "payroll-pivot":
            yield from _encoding(config.reports.payroll.encoding, agents, where)


def id_faults(export: str, agents: Sequence[dict[str, Any]], where: str) -> Iterator[Fault]:
    """People an export cannot name: without an id, with one of another form, or with that of somebody else."""
    identity = IDENTITIES[export]
    ids = _found(identity, agents)
    asks = f'the export "{export}" needs {identity.words} for each person'
    remedy = f"{asks}: correct the column {identity.column} of the agents file, or drop the export"
    empty = [agent for agent, text in ids.items() if not text]
    if empty:
        yield Fault(where, f"{_people(empty)} without {identity.column}; {remedy}")
    for agent, text in ids.items():
        if text and not re.fullmatch(identity.pattern, text):
            yield Fault(where, f'agent {agent} has {_taken(identity, ids, agent)} "{text[:60]}"; {remedy}')
    same = Counter(_key(identity, text) for text in ids.values() if text)
    for key in (key for key, times in same.items() if times > 1):
        twice = [agent for agent, text in ids.items() if _key(identity, text) == key]
        yield Fault(
            where, f'{_people(twice)} with the same {identity.column} "{key[:60]}"; {asks}, each a different one'
        )


def _found(identity: Identity, agents: Sequence[dict[str, Any]]) -> dict[str, str]:
    given = {str(row["agent"]): _text(row.get(identity.column)) for row in agents}
    if identity.or_agent and not any(given.values()):
        return {agent: agent for agent in given}
    return given


def _taken(identity: Identity, ids: dict[str, str], agent: str) -> str:
    return "the id" if ids[agent] == agent and identity.or_agent else f"the {identity.column}"


def _key(identity: Identity, text: str) -> str:
    return text.lstrip("0") if identity.number else text.casefold()


def _people(agents: list[str]) -> str:
    """Name people, and count those beyond `SHOWN`."""
    more = len(agents) - SHOWN
    shown = ", ".join(agents[:SHOWN]) + (f" and {more} more" if more > 0 else "")
    return f"there {'is 1 person' if len(agents) == 1 else f'are {len(agents)} people'} ({shown})"


def _encoding(encoding: str, agents: Sequence[dict[str, Any]], where: str) -> Iterator[Fault]:
    """Names and ids that the encoding of the pivot does not have."""
    for row in agents:
        for column in ("name", IDENTITIES["payroll-pivot"].column, "agent"):
            text = _text(row.get(column))
            words = unwritable(text, encoding)
            if words:
                yield Fault(where, f'agent {row["agent"]} has the {column} "{text[:60]}"; {words}')


def unwritable(text: str, encoding: str) -> str:
    """Say which character of a text an encoding does not have, and what to do; blank if it has them all."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError as error:
        character = text[error.start : error.end]
        return f'"{character}" is not a character of {encoding}; set reports.payroll.encoding = "utf-8"'
    return ""


def _text(value: Any) -> str:  # noqa: ANN401 - a cell
    return "" if value is None or value != value else str(value).strip()  # noqa: PLR0124 - NaN
