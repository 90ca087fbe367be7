"""The rules that hold for each person: those of the contract, with rows of ``roster.rules`` in their place."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from configs.errors import DataError, Fault, nearest
from configs.loader import faults_of
from configs.rules.columns import rows_of_columns
from configs.schema.rules import Rules
from configs.tables import records

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from configs.schema import Config

Row = dict[str, Any]


def has_rules(config: Config, rows: pd.DataFrame | None) -> bool:
    """Whether a contract or a person has any rule of this kind."""
    return any(contract.rules is not None for contract in config.contracts.values()) or (
        rows is not None and not rows.empty
    )


def personal_rules(config: Config, agents: pd.DataFrame, rows: pd.DataFrame | None) -> dict[str, Rules]:
    """Return the rules of everybody who has any, by agent.

    Parameters
    ----------
    config
        Contracts with their rules.
    agents
        The ``agents`` table; contracts it names are in the config. It may have rules in columns; see `columns`.
    rows
        The ``rules`` table; None where there is no file.

    Raises
    ------
    DataError
        An unknown agent, a rule the schema does not have, or a value it refuses, each with its row.
    """
    in_columns = rows_of_columns(config, agents)
    if not has_rules(config, rows):
        return {}
    contract = {str(row["agent"]): str(row["contract"]) for row in records(agents)}
    own = _by_agent(rows, in_columns, config.roster.rules or "rules")
    faults = [
        Fault(own[agent][0]["where"], f'agent "{agent}" is not among the agents{nearest(agent, sorted(contract))}')
        for agent in sorted(set(own) - set(contract))
    ]
    found = {}
    for agent, name in contract.items():
        if agent in own:
            try:
                found[agent] = _changed(config, name, own[agent])
            except ValidationError as error:
                faults += _placed(error, name, own[agent])
            except _NoTableError as error:
                faults.append(Fault(error.where, str(error)))
            else:
                faults += [Fault(own[agent][0]["where"], words) for words in _horizons(config, name, found[agent])]
        elif (rules := config.contracts[name].rules) is not None:
            found[agent] = rules
    for agent, rules in found.items():
        faults += _locks(config, contract[agent], agent, rules, own)
        faults += _mentors(sorted(contract), contract[agent], agent, rules, own)
    if faults:
        raise DataError(faults)
    return found


class _NoTableError(Exception):
    """A row names a key inside something that is not a table."""

    def __init__(self, row: Row) -> None:
        self.where = row["where"]
        super().__init__(f'"{row["rule"]}" is not a rule; write a key of the config, such as "hours.week.most"')


def _by_agent(rows: pd.DataFrame | None, in_columns: list[Row], label: str) -> dict[str, list[Row]]:
    """Rows of each person with their place; those of the file come after the columns, so they hold."""
    found: dict[str, list[Row]] = {}
    for row in in_columns:
        found.setdefault(str(row["agent"]), []).append(row)
    if rows is not None:
        for number, row in zip(rows.index, records(rows), strict=True):
            found.setdefault(str(row["agent"]), []).append({**row, "where": f"{label}, row {number}"})
    return found


def _horizons(config: Config, contract: str, rules: Rules) -> Iterator[str]:
    """Rules of a person over all days planned, where each week is checked alone; those of the contract are refused."""
    of_contract = config.contracts[contract].rules
    known = of_contract.periods if of_contract is not None else ()
    for rule, period in rules.periods if config.plan.weeks > 1 else ():
        if period.kind == "horizon" and (rule, period) not in known:
            words = f'is "horizon", but plan.weeks = {config.plan.weeks} writes and checks each week alone'
            yield f'{rule}.per {words}; write "{config.plan.weeks}w"'


def _locks(config: Config, contract: str, agent: str, rules: Rules, own: dict[str, list[Row]]) -> Iterator[Fault]:
    """Locked starts at which no shift of the contract may begin."""
    for day, what in rules.locks.items():
        starts = {
            clock
            for shift in config.contracts[contract].shifts
            if day.weekday() in shift.days
            for clock in shift.starts
        }
        hour, _, minute = what.partition(":")
        if minute and int(hour) * 60 + int(minute) not in starts:
            where = _written(own, agent, contract, f"locks.{day}")
            yield Fault(where, f"agent {agent}: no shift of contract {contract} begins at {what} on {day:%A}")


def _changed(config: Config, contract: str, rows: list[Row]) -> Rules:
    """The rules of a contract with rows in place of what they name."""
    written = config.raw["contracts"][contract].get("rules")
    raw = deepcopy(written) if isinstance(written, dict) else {}
    effective = config.contracts[contract].rules
    for row in rows:
        *tables, key = str(row["rule"]).split(".")
        if tables and effective is not None:
            _copied(raw, effective, tables)
        table = raw
        for each in tables:
            table = table.setdefault(each, {})
            if not isinstance(table, dict):
                raise _NoTableError(row)
        table[key] = _value(str(row["value"]))
    return Rules.model_validate(raw)


def _copied(raw: dict[str, Any], effective: Rules, tables: list[str]) -> None:
    """Begin a changed rule with all of that of the preset, so that a row replaces one key of it."""
    kept, home = getattr(effective, tables[0], None), raw
    if isinstance(kept, dict) and len(tables) > 1:
        home = raw.setdefault(tables[0], {})
        tables, kept = tables[1:], kept.get(tables[1])
    if isinstance(kept, BaseModel) and tables[0] not in home:
        home[tables[0]] = kept.model_dump(mode="json", exclude_unset=True)


def _value(text: str) -> Any:  # noqa: ANN401 - whatever TOML has
    """A cell as TOML reads it; a bare text such as 48h needs no quotes."""
    try:
        return tomllib.loads(f"value = {text.strip()}")["value"]
    except tomllib.TOMLDecodeError:
        return text.strip()


def _mentors(agents: list[str], contract: str, agent: str, rules: Rules, own: dict[str, list[Row]]) -> Iterator[Fault]:
    """Mentors that do not exist, and people who are to be their own."""
    for mentor in rules.pairing.mentors if rules.pairing is not None else ():
        where = _written(own, agent, contract, "pairing")
        if mentor not in agents:
            yield Fault(where, f'agent {agent}: mentor "{mentor}" is not among the agents{nearest(mentor, agents)}')
        elif mentor == agent:
            yield Fault(where, f"agent {agent} is their own mentor; name others")


def _written(own: dict[str, list[Row]], agent: str, contract: str, rule: str) -> str:
    """Where a rule of a person is written: in a row, or with the contract."""
    row = next((each for each in own.get(agent, []) if str(each["rule"]).startswith(rule)), None)
    return str(row["where"]) if row else f"contracts.{contract}.rules.{rule}"


def _placed(error: ValidationError, contract: str, rows: list[Row]) -> list[Fault]:
    """Faults at the rows that wrote what is wrong; at the first of the person where no row did alone."""
    prefix = ("contracts", contract, "rules")
    found = []
    for fault in faults_of(error, prefix, ""):
        path = fault.where.removeprefix(": ").removeprefix(".".join(prefix)).removeprefix(".")
        row = next((each for each in rows if path and _meets(path, str(each["rule"]))), rows[0])
        found.append(Fault(row["where"], f"agent {row['agent']}, {path or row['rule']}: {fault.sentence}"))
    return found


def _meets(path: str, rule: str) -> bool:
    return path == rule or path.startswith((f"{rule}.", f"{rule}[")) or rule.startswith(f"{path}.")
