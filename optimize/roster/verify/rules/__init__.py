"""Recount of the rules about people over several weeks, from the rules and the tables alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from configs.rules.person import person_rules
from configs.rules.personal import personal_rules
from configs.tables import records
from optimize.roster.verify.rules.days_off import fixed_days_worked, locks_broken, off_rotation, starts_moved
from optimize.roster.verify.rules.pairing import mentors_absent
from optimize.roster.verify.rules.periods import hours_outside, shifts_outside
from optimize.roster.verify.rules.person import person_of
from optimize.roster.verify.rules.rest import rests_too_short, weekly_rests_too_short
from optimize.roster.verify.rules.runs import runs_outside
from optimize.roster.verify.rules.successions import wrong_successions
from optimize.roster.verify.rules.weekends import split_weekends, too_many_weekends

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    import pandas as pd

    from configs.schema import Config
    from optimize.roster.result import Roster
    from optimize.roster.rule_facts import Breach

CHECKS = (
    hours_outside,
    shifts_outside,
    runs_outside,
    rests_too_short,
    weekly_rests_too_short,
    split_weekends,
    too_many_weekends,
    wrong_successions,
    off_rotation,
    fixed_days_worked,
    locks_broken,
    starts_moved,
)
"""One function for each kind of rule that looks at one person alone."""


@dataclass(frozen=True)
class Weeks:
    """A finished roster of one week or several, with what is known of the time before it.

    Parameters
    ----------
    table
        The ``roster`` table of all planned days, and of earlier ones.
    agents, leave
        The tables of these names.
    rules
        The ``rules`` table of single people; None without one.
    first
        First planned day.
    days
        Number of planned days.
    known
        For each agent, the number of days before `first` whose shifts are in the table; 0 where none is given.
    running
        For each agent, days worked in a row up to the first day known.
    """

    table: pd.DataFrame
    agents: pd.DataFrame
    leave: pd.DataFrame
    rules: pd.DataFrame | None
    first: date
    days: int
    known: Mapping[str, int] = field(default_factory=dict)
    running: Mapping[str, int] = field(default_factory=dict)

    def contract(self, agent: str) -> str:
        """Contract of an agent."""
        return self._contracts[agent]

    @cached_property
    def _contracts(self) -> dict[str, str]:
        return {str(row["agent"]): str(row["contract"]) for row in records(self.agents)}


def breaches(config: Config, weeks: Weeks) -> Iterator[Breach]:
    """Yield every breach of a rule, person by person; each window of a period that is broken is one.

    Parameters
    ----------
    config
        Zone of the plan, contracts and their rules.
    weeks
        The roster.

    Raises
    ------
    DataError
        The rules of single people are wrong.
    """
    rules = personal_rules(config, weeks.agents, weeks.rules)
    worked, away = _by_agent(weeks.table), _by_agent(weeks.leave)
    numeric = {each: person_rules(each_rules, weeks.first, weeks.days) for each, each_rules in rules.items()}
    for agent in sorted(rules):
        person = person_of(
            config.plan.zone,
            agent,
            numeric[agent],
            worked.get(agent, []),
            away.get(agent, []),
            known=-weeks.known.get(agent, 0),
            running=weeks.running.get(agent, 0),
        )
        for check in CHECKS:
            yield from check(person)
        yield from mentors_absent(person, worked)


def weeks_of(config: Config, roster: Roster) -> Weeks:
    """Return a roster in memory as `Weeks`, with the earlier ones that its previous week hands on."""
    import pandas as pd

    people, previous = roster.people, roster.people.previous
    starts = roster.coverage["start"].dt.tz_convert(config.plan.timezone)
    first, last = starts.min().date(), starts.max().date()
    days = (last - first).days + 1
    if previous is None:
        return Weeks(roster.table, people.agents, people.leave, people.rules, first, days)
    known = {str(agent): 7 for agent in previous.agents["agent"]}
    tables = [roster.table, previous.table]
    if previous.earlier is not None and not previous.earlier.empty:
        tables.append(previous.earlier)
        for agent, begin in previous.earlier.groupby("agent")["start"].min().items():
            day = begin.tz_convert(config.plan.timezone).date()
            monday = day - timedelta(days=day.weekday())
            known[str(agent)] = max(known.get(str(agent), 0), (first - monday).days)
    running = {agent: days for agent, days in previous.running.items() if known.get(agent) == 7}
    table = pd.concat(tables, ignore_index=True)
    return Weeks(table, people.agents, people.leave, people.rules, first, days, known, running)


def _by_agent(table: pd.DataFrame) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = {}
    for row in records(table):
        found.setdefault(str(row["agent"]), []).append(row)
    return found
