"""Rules in columns of the agents file, such as ``weekends_most`` or ``hours.month.most``: a number or time a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from configs.errors import DataError, Fault, nearest
from configs.schema.rules import HoursRule, RestRule, Rules, RunRule, ShiftsRule
from configs.tables import AGENTS, records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from configs.schema import Config
    from configs.schema.base import Settings

LIMITS = ("least", "most")
TABLES: dict[str, type[Settings]] = {"hours": HoursRule, "shifts": ShiftsRule, "runs": RunRule, "rests": RestRule}
IN_HOURS = ("hours", "rests", "weekly_rest", "near_start")
"""Rules whose limits are times; a bare number there is hours."""


def rows_of_columns(config: Config, agents: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as in the file of rules of single people, one for each filled cell of a rule column.

    Raises
    ------
    DataError
        A column looks like a rule and is none that a contract has, or nobody has rules at all.
    """
    columns = [str(name) for name in agents.columns if name not in AGENTS.names]
    known = {_flat(path): path for path in _paths(config)}
    where = config.roster.agents or "agents"
    rules, faults = {}, []
    for column in columns:
        path = column if column.partition(".")[0] in Rules.model_fields and "." in column else known.get(column)
        if path is not None:
            rules[column] = path
        elif _looks_like_one(column):
            close = nearest(column, sorted(known)) or (f"; there are {', '.join(sorted(known))}" if known else "")
            faults.append(Fault(f"{where}, column {column}", f"is not a rule of a contract of this plan{close}"))
    if rules and not config.plans_jointly:
        words = "is a rule of people, which are planned by where a contract has [contracts.NAME.rules]; add that table"
        faults.append(Fault(f"{where}, column {next(iter(rules))}", words))
    if faults:
        raise DataError(faults)
    return [row for column, path in rules.items() for row in _rows(agents, column, path, where)]


def _rows(agents: pd.DataFrame, column: str, path: str, where: str) -> Iterator[dict[str, Any]]:
    for row in records(agents):
        cell = row[column]
        if cell is None or cell != cell or not str(cell).strip():  # noqa: PLR0124 - an empty number is not itself
            continue
        at = f"{where}, agent {row['agent']}, column {column}"
        yield {"agent": str(row["agent"]), "rule": path, "value": _text(cell, path), "where": at}


def _text(cell: Any, path: str) -> str:  # noqa: ANN401 - a cell
    """A cell as a row of the file of rules has it; a whole number without its point, and hours with their unit."""
    text = str(cell).strip()
    try:
        number = float(text)
    except ValueError:
        return text
    return f"{number:g}h" if path.partition(".")[0] in IN_HOURS else f"{number:g}"


def _paths(config: Config) -> Iterator[str]:
    """Limits that somebody may have in a column: those of the contracts' rules, and of tables with fixed keys."""
    yield from ("weekends.most", "weekly_rest.least", "near_start")
    for contract in config.contracts.values():
        for table, schema in TABLES.items() if contract.rules is not None else ():
            limits = [key for key in LIMITS if key in schema.model_fields]
            for name in getattr(contract.rules, table):
                yield from (f"{table}.{name}.{limit}" for limit in limits)


def _flat(path: str) -> str:
    return path.replace(".", "_").replace("-", "_")


def _looks_like_one(column: str) -> bool:
    """Whether a column is named like a limit of a rule, so that a slip of the pen is not passed over."""
    begins: Iterable[str] = (*TABLES, "weekends", "weekend", "weekly_rest", "near_start")
    return column.endswith(LIMITS) and column.startswith(tuple(f"{each}_" for each in begins))
