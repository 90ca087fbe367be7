"""Rules about people that the rosters of several weeks in a row break, recounted over all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from configs.rules.personal import personal_rules
from optimize.roster.verify.rules import Weeks, breaches, weeks_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from optimize.roster.rule_facts import Breach
    from reports.run import Run


def broken_rules(runs: Sequence[Run]) -> tuple[Breach, ...]:
    """Return every breach, in order of person and day.

    Parameters
    ----------
    runs
        Runs of weeks that follow each other, in order. What came before the first is known through the run it was
        planned after. Somebody who joins or leaves is judged over the weeks they are there, by the rules of the last.
    """
    found = [each for first, last, agents in _stretches(runs) for each in _over(runs[first : last + 1], agents)]
    return tuple(sorted(found, key=lambda each: (each.agent, each.last, each.first, each.rule)))


def _stretches(runs: Sequence[Run]) -> list[tuple[int, int, list[str]]]:
    """Weeks in a row that people are there, first and last, each with those people."""
    found: dict[tuple[int, int], list[str]] = {}
    there = [{str(agent) for agent in run.roster.people.agents["agent"]} for run in runs]
    for first, agents in enumerate(there):
        for agent in sorted(agents - (there[first - 1] if first else set())):
            last = next((at - 1 for at in range(first, len(runs)) if agent not in there[at]), len(runs) - 1)
            found.setdefault((first, last), []).append(agent)
    return [(first, last, agents) for (first, last), agents in sorted(found.items())]


def _over(runs: Sequence[Run], agents: Sequence[str]) -> Iterator[Breach]:
    """Breaches of these people over weeks in a row; a rule over the planned days is one of each week."""
    config, weeks = runs[-1].config, _joined(runs, agents)
    rules = personal_rules(config, weeks.agents, weeks.rules)
    per_plan = {agent: tuple(key for key, per in own.periods if per.kind == "horizon") for agent, own in rules.items()}
    yield from (each for each in breaches(config, weeks) if not _is_of(each, per_plan[each.agent]))
    for run in runs if any(per_plan.values()) else ():
        alone = breaches(run.config, weeks_of(run.config, run.roster))
        yield from (each for each in alone if _is_of(each, per_plan.get(each.agent, ())))


def _is_of(breach: Breach, keys: tuple[str, ...]) -> bool:
    return any(breach.rule == key or breach.rule.startswith(f"{key}.") for key in keys)


def _joined(runs: Sequence[Run], agents: Sequence[str]) -> Weeks:
    """Rosters of weeks in a row as one, with what the first of them knows of the time before it."""
    begin, people = weeks_of(runs[0].config, runs[0].roster), runs[-1].roster.people
    rosters = [begin.table, *(run.roster.table for run in runs[1:])]
    leave = pd.concat([run.roster.people.leave for run in runs], ignore_index=True).drop_duplicates()
    return Weeks(
        table=_of(pd.concat(rosters, ignore_index=True), agents),
        agents=_of(people.agents, agents),
        leave=_of(leave, agents),
        rules=None if people.rules is None else _of(people.rules, agents),
        first=begin.first,
        days=sum(run.horizon.days for run in runs),
        known=begin.known,
        running=begin.running,
    )


def _of(frame: pd.DataFrame, agents: Sequence[str]) -> pd.DataFrame:
    """Rows of these people; the numbers of the rows stay, messages name them."""
    return frame[frame["agent"].isin(agents)]
