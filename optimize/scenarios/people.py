"""The people of a scenario: hired, gone, or trained."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from configs.errors import ConfigError, Fault
from configs.skills import skills_of

if TYPE_CHECKING:
    import pandas as pd

    from configs.schema import Hire, Scenario, Training
    from optimize.roster.inputs.people import People


def changed_people(people: People, scenario: Scenario | None, where: str) -> People:
    """Return the people as the scenario has them.

    Parameters
    ----------
    people
        Those of the plan.
    scenario
        What differs; None for nothing.
    where
        Key of the scenario, for faults.

    Raises
    ------
    ConfigError
        More people leave or learn than there are.
    """
    if scenario is None or not (scenario.hire or scenario.train):
        return people
    agents = people.agents
    for number, hire in enumerate(scenario.hire):
        agents = _hired(agents, hire, number, f"{where}.hire.{number}.people")
    for number, training in enumerate(scenario.train):
        agents = _trained(agents, training, f"{where}.train.{number}.people")
    gone = set(people.agents["agent"]) - set(agents["agent"])
    leave, requests = (table[~table["agent"].isin(gone)] for table in (people.leave, people.requests))
    return replace(people, agents=agents.reset_index(drop=True), leave=leave, requests=requests)


def _hired(agents: pd.DataFrame, hire: Hire, number: int, where: str) -> pd.DataFrame:
    import pandas as pd

    skills = sorted(hire.skills)
    if hire.people < 0:
        kind = [
            at
            for at, (contract, known) in enumerate(zip(agents["contract"], agents["skills"], strict=True))
            if contract == hire.contract and sorted(skills_of(str(known))) == skills
        ]
        if len(kind) < -hire.people:
            words = f"{-hire.people} people are to leave, but {len(kind)} have contract {hire.contract} and"
            raise ConfigError(Fault(where, f"{words} exactly the skills {', '.join(skills)}; use a number up to that"))
        rest: pd.DataFrame = agents.drop(index=agents.index[kind[hire.people :]])
        return rest
    names = [f"hired-{number + 1}-{each + 1}" for each in range(hire.people)]
    new = pd.DataFrame(
        {"agent": names, "name": names, "contract": hire.contract, "skills": ";".join(hire.skills)}
    ).reindex(columns=agents.columns)
    for column in ("nights", "weekends"):
        if column in new:
            new[column] = agents[column].median() if len(agents) else 0.0
    return pd.concat([agents, new.astype(agents.dtypes.to_dict())], ignore_index=True)


def _trained(agents: pd.DataFrame, training: Training, where: str) -> pd.DataFrame:
    texts = agents["skills"].astype(str)
    known = [skills_of(each) for each in texts]
    able = [at for at, each in enumerate(known) if training.of in each and training.skill not in each]
    if len(able) < training.people:
        words = f"{training.people} people are to learn {training.skill}, but {len(able)} serve {training.of} and"
        raise ConfigError(Fault(where, f"{words} do not know it yet; use a number up to that"))
    chosen = set(able[: training.people])
    skills = [f"{each};{training.skill}" if at in chosen else each for at, each in enumerate(texts)]
    learnt: pd.DataFrame = agents.assign(skills=skills)
    return learnt
