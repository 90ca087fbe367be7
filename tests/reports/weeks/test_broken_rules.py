"""Rules broken over several weeks, compared with what the recount finds in each week."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pandas as pd

from configs.loader import build
from optimize.roster.verify.rules import breaches, weeks_of
from reports.metrics.broken_rules import broken_rules
from reports.run import Run
from tests.reports.runs import MONDAY, SMALL
from tests.reports.weeks.made import a_week_later, after, small_weeks


def ruled(rules: dict[str, Any], weeks: int = 2) -> list[Run]:
    """The small week so many times; people of the contract "nights" (Bob: Monday, Tuesday, Sunday) have these rules."""
    contracts = {**SMALL["contracts"], "nights": {**SMALL["contracts"]["nights"], "rules": rules}}
    return [replace(run, config=build(SMALL | {"contracts": contracts})) for run in small_weeks(weeks)]


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def test_a_run_over_the_end_of_a_week_is_found_once() -> None:
    """Bob works Sunday, Monday and Tuesday; two days are allowed."""
    (found,) = broken_rules(ruled({"runs": {"work": {"most": 2}}}))
    assert (found.agent, found.rule, found.first, found.last) == ("A002", "runs.work", day(6), day(8))


def test_it_is_found_too_where_the_second_week_knows_nothing_of_the_first() -> None:
    """Neither run finds it alone."""
    one, two = ruled({"runs": {"work": {"most": 2}}})
    people = replace(two.roster.people, previous=None)
    apart = [one, replace(two, roster=replace(two.roster, people=people))]
    assert not [each for run in apart for each in breaches(run.config, weeks_of(run.config, run.roster))]
    assert len(broken_rules(apart)) == 1


def test_weeks_that_follow_each_other_find_the_same_one_by_one() -> None:
    """Hours of the week, weekends over two weeks, rest after a run of nights, a short run."""
    runs = ruled(
        {
            "hours": {"week": {"least": "24h"}},
            "weekends": {"most": 1, "per": "2w"},
            "rests": {"n": {"after_run": "night", "least": "120h"}},
            "runs": {"off": {"of": "off", "least": 5}},
        },
        weeks=3,
    )
    alone = {each for run in runs for each in breaches(run.config, weeks_of(run.config, run.roster))}
    together = broken_rules(runs)
    assert set(together) == alone
    assert len(together) == len(alone)
    assert {each.rule for each in together} == {"hours.week", "weekends.most", "rests.n", "runs.off"}


def test_a_rule_over_the_planned_days_is_one_of_each_week() -> None:
    """22.5 hours are worked in each week; 30 would be allowed in it, not in two."""
    assert not broken_rules(ruled({"hours": {"all": {"per": "horizon", "most": "30h"}}}))
    found = broken_rules(ruled({"hours": {"all": {"per": "horizon", "most": "20h"}, "week": {"most": "20h"}}}))
    assert [(each.rule, each.first) for each in found] == [
        ("hours.all", day(0)), ("hours.week", day(0)), ("hours.all", day(7)), ("hours.week", day(7)),
    ]  # fmt: skip


def test_somebody_who_leaves_or_joins_is_judged_over_their_own_weeks() -> None:
    """Bob leaves after the first week: nothing is asked of the second. In another plan he joins with it."""
    rules = {"hours": {"week": {"least": "24h"}}, "runs": {"work": {"most": 2}}}
    one, two = ruled(rules)
    assert [each.first for each in broken_rules([one, _without(two)])] == [day(0)]
    assert [each.first for each in broken_rules([_without(one), after(_without(one), a_week_later(one))])] == [day(7)]


def _without(run: Run) -> Run:
    """A run in which Bob is not among the people."""
    people = run.roster.people
    agents = people.agents[people.agents["agent"] != "A002"]
    table = run.roster.table[run.roster.table["agent"] != "A002"].reset_index(drop=True)
    return replace(run, roster=replace(run.roster, table=table, people=replace(people, agents=agents), planned=None))


def test_rules_of_single_people_are_those_of_the_last_week() -> None:
    """A row of the rules file of the second week holds for both."""
    one, two = ruled({"hours": {"week": {"most": "40h"}}})
    rows = pd.DataFrame([{"agent": "A002", "rule": "hours.week.most", "value": "20h"}], index=[2])
    people = replace(two.roster.people, rules=rows)
    found = broken_rules([one, replace(two, roster=replace(two.roster, people=people))])
    assert [(each.agent, each.first) for each in found] == [("A002", day(0)), ("A002", day(7))]


def test_without_rules_nothing_is_broken() -> None:
    assert broken_rules(small_weeks(2)) == ()
