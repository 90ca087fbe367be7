"""Who can be rostered: agents, leave and wishes, from files, from the demo, or counted by contract."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from configs.errors import DataError, Fault, every, nearest
from configs.export_ids import agent_faults
from configs.resting import rest_notes
from configs.rules.notes import preset_notes
from configs.rules.personal import personal_rules
from configs.skills import SKILLS_SEPARATOR, skills_of
from configs.tables import AGENTS, LEAVE, REQUESTS, RULES, Table, check, no_rows, records
from optimize.roster.inputs.availability import Availability
from optimize.roster.inputs.size import check_size
from optimize.roster.inputs.wishes import wished_start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from configs.notes import Noticed
    from configs.schema import Config, Contract
    from configs.schema.reading import NamedTable
    from optimize.roster.inputs.decided import Decided
    from optimize.roster.inputs.previous import Previous
    from optimize.roster.inputs.published import Published

WHO_READS = "is set, but no roster was passed on; staffcurve.stages.read_people opens the run folder and passes it"
_EMPTY: dict[str, Literal["refuse", "keep"]] = {
    "agents": "refuse",
    "leave": "keep",
    "requests": "keep",
    "rules": "keep",
}


@dataclass(frozen=True)
class People:
    """Who can be rostered: ``agents``, ``leave`` and ``requests``; the previous week's roster and a published roster.

    `waiting` is the backlog carried over from the previous week, by the moment it is due. `rules` are those of single
    people, where there is a file of them. `decided` says who works which shift where weeks were planned together.
    """

    agents: pd.DataFrame
    leave: pd.DataFrame
    requests: pd.DataFrame
    notes: tuple[Noticed, ...] = ()
    previous: Previous | None = None
    published: pd.DataFrame | None = None
    waiting: pd.DataFrame | None = None
    rules: pd.DataFrame | None = None
    decided: Decided | None = None

    def following(self, previous: Previous | None, published: Published | None, waiting: pd.DataFrame | None) -> People:
        """Return the same people with what other runs hand on."""
        table = None if published is None else published.table
        return replace(self, previous=previous, published=table, waiting=waiting)


def read_people(
    config: Config,
    previous: Previous | None = None,
    published: Published | None = None,
    waiting: pd.DataFrame | None = None,
) -> People:
    """Read and check everybody the config names.

    Parameters
    ----------
    config
        Names the files of agents, leave and requests.
    previous
        The previous week; needed where ``roster.previous`` names a run.
    published
        A published roster; needed where ``roster.published`` names one.
    waiting
        The ``waiting`` table: the backlog carried over.

    Raises
    ------
    DataError
        An unknown contract, skill or agent, an id that appears twice, a channel nobody has the skill for, more people
        than one roster can have, or a previous or published roster that the config names and the caller did not pass.
    """
    people = read_files(config).following(previous, published, waiting)
    _nothing_forgotten(config, people)
    return people


def read_files(config: Config) -> People:
    """Read and check the files of agents, leave and requests; a fault in one does not hide those of the others.

    Raises
    ------
    DataError
        As `read_people`.
    """
    from configs.demo import people as demo

    (agents, notes), (leave, leave_notes), (requests, request_notes), (rules, rule_notes) = every(
        partial(_source, config, config.roster.agents, AGENTS, demo.agents),
        partial(_source, config, config.roster.leave, LEAVE, demo.leave),
        partial(_source, config, config.roster.requests, REQUESTS, demo.requests),
        partial(_source, config, config.roster.rules, RULES, None),
    )
    if agents is None:
        check_size(config, "contracts", {name: each.agents or 0 for name, each in config.contracts.items()})
        agents = counted(config)
    people = People(
        agents.sort_values("agent", kind="stable").reset_index(drop=True),
        no_rows(LEAVE)
        if leave is None
        else leave.sort_values(["agent", "start"], kind="stable").reset_index(drop=True),
        no_rows(REQUESTS)
        if requests is None
        else requests.sort_values(["agent", "date"], kind="stable").reset_index(drop=True),
        (*notes, *leave_notes, *request_notes, *rule_notes, *rest_notes(config), *preset_notes(config, rules)),
        rules=rules,
    )
    return check_people(config, people)


def _nothing_forgotten(config: Config, people: People) -> None:
    """Refuse to plan without a roster that the config names: a run folder is opened by the caller."""
    given = {"previous": people.previous, "published": people.published}
    faults = [
        Fault(f"roster.{key}", WHO_READS)
        for key, found in given.items()
        if getattr(config.roster, key) is not None and found is None
    ]
    if faults:
        raise DataError(faults)


def check_people(config: Config, people: People) -> People:
    """Check people against the config; returned as they are when nothing is wrong."""
    where = config.roster.agents or "contracts"
    check_size(config, where, Counter(people.agents["contract"].astype(str)))
    faults = [*_agent_faults(config, people), *_other_faults(config, people)]
    faults += agent_faults(config, records(people.agents), where)
    if faults:
        raise DataError(faults)
    personal_rules(config, people.agents, people.rules)
    return people


def _source(
    config: Config, path: str | None, table: Table, demo: Callable[[], pd.DataFrame] | None
) -> tuple[pd.DataFrame | None, tuple[Noticed, ...]]:
    if path is None:
        return None, ()
    if path == "demo" and demo is not None:
        return check(demo(), table), ()
    from configs.files import read_table

    shape: NamedTable = getattr(config.reading, table.name)
    read = read_table(
        config.path(path),
        table,
        zone=config.plan.timezone,
        rename=shape.columns,
        shape=shape,
        label=path,
        empty=_EMPTY[table.name],
    )
    return read.frame, read.notes


def counted(config: Config) -> pd.DataFrame:
    """People without names, one row for each agent a contract counts."""
    rows = []
    for name, contract in sorted(config.contracts.items()):
        skills = SKILLS_SEPARATOR.join(config.channels if contract.skills is None else contract.skills)
        width = max(2, len(str(contract.agents or 0)))
        for number in range(1, (contract.agents or 0) + 1):
            agent = f"{name}-{number:0{width}d}"
            rows.append({"agent": agent, "name": agent, "contract": name, "skills": skills})
    frame = pd.DataFrame(rows, columns=["agent", "name", "contract", "skills"], dtype="str")
    return check(frame, AGENTS)


def _agent_faults(config: Config, people: People) -> Iterator[Fault]:
    where = config.roster.agents or "contracts"
    served: set[str] = set()
    for row in records(people.agents):
        agent, contract = str(row["agent"]), str(row["contract"])
        if contract not in config.contracts:
            close = nearest(contract, list(config.contracts))
            yield Fault(where, f'agent {agent} has contract "{contract}", which is not in the config{close}')
            continue
        skills = skills_of(str(row["skills"]))
        for skill in skills:
            if skill not in config.channels:
                yield Fault(
                    where,
                    f'agent {agent} has skill "{skill}", which is not a channel{nearest(skill, list(config.channels))}',
                )
        served.update(skills)
        if not skills:
            yield Fault(where, f"agent {agent} has no skill; name channels such as {next(iter(config.channels))}")
        available = row.get("available")
        try:
            Availability.parse("" if pd.isna(available) else str(available))
        except ValueError as error:
            yield Fault(where, f"agent {agent}, available: {error}")
        yield from _hours(where, row, agent, config)
    if people.agents.empty:
        yield Fault(where, "is empty; a roster needs at least one agent")
        return
    for channel in config.channels:
        if channel not in served:
            yield Fault(where, f'nobody has the skill "{channel}", but channels.{channel} must be staffed')


def _hours(where: str, row: dict[str, object], agent: str, config: Config) -> Iterator[Fault]:
    """Limits of hours that no number of shifts can meet, with the nearest that can."""
    low, high = _limit(row.get("hours_min")), _limit(row.get("hours_max"))
    if low is None and high is None:
        return
    contract = config.contracts[str(row["contract"])]
    paid = sorted({paid_minutes(contract, i) / 60 for i in range(len(contract.shifts))})
    type_sequences = [
        type_sequence
        for days in range(contract.days_per_week + 1)
        for type_sequence in combinations_with_replacement(paid, days)
    ]
    reach = sorted({round(sum(type_sequence), 4) for type_sequence in type_sequences})
    if low is not None and high is not None and low > high:
        yield Fault(where, f"agent {agent}: hours_min {low:g} is above hours_max {high:g}")
    elif low is not None and low > reach[-1]:
        yield Fault(
            where,
            f"agent {agent}: hours_min {low:g} cannot be reached; contract {row['contract']} reaches {reach[-1]:g}",
        )
    elif high is not None and high < paid[0]:
        yield Fault(where, f"agent {agent}: hours_max {high:g} is less than one shift; the shortest is {paid[0]:g}")
    elif low is not None and high is not None and not any(low <= hours <= high for hours in reach):
        below, above = max(h for h in reach if h < low), min(h for h in reach if h > high)
        words = f"no shifts of contract {row['contract']} give between hours_min {low:g} and hours_max {high:g}"
        yield Fault(where, f"agent {agent}: {words}; the closest are {below:g} and {above:g}")


def paid_minutes(contract: Contract, shift: int) -> float:
    """Paid minutes of one of a contract's shifts: its length without unpaid breaks."""
    shift_type = contract.shifts[shift]
    unpaid = sum(
        break_type.length.total_seconds() for break_type in contract.breaks_of(shift_type) if not break_type.paid
    )
    return (shift_type.length.total_seconds() - unpaid) / 60


def _limit(value: Any) -> float | None:  # noqa: ANN401 - a cell
    return None if value is None or pd.isna(value) else float(str(value))


def _other_faults(config: Config, people: People) -> Iterator[Fault]:
    known = set(people.agents["agent"])
    for table, where in ((people.leave, config.roster.leave), (people.requests, config.roster.requests)):
        for agent in sorted(set(table["agent"]) - known):
            yield Fault(str(where), f'agent "{agent}" is not among the agents{nearest(str(agent), sorted(known))}')
    backwards = people.leave[people.leave["end"] <= people.leave["start"]]
    for row in records(backwards):
        yield Fault(str(config.roster.leave), f"leave of agent {row['agent']} ends before it starts ({row['start']})")
    where = str(config.roster.requests)
    for row in records(people.requests):
        if row["wish"] not in {"on", "off"}:
            yield Fault(where, f'wish of agent {row["agent"]} is "{row["wish"]}"; it is "on" or "off"')
        try:
            wished_start(row.get("shift"))
        except ValueError as error:
            yield Fault(where, f"wish of agent {row['agent']}, shift: {error}")
