"""What the accounts of one week need, each looked up once: people, rules, leave, and the time before the week."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from configs.rules.personal import personal_rules
from configs.tables import records
from optimize.roster.inputs.leave import leave_of, whole_days
from reports.metrics.agreed_hours import AgreedWeek, agreed_week
from reports.shifts import local

if TYPE_CHECKING:
    from datetime import date, datetime

    from configs.schema.rules import Rules
    from reports.metrics.week import Week


@dataclass(frozen=True)
class KnownWeek:
    """A counted week."""

    week: Week

    @cached_property
    def rows(self) -> dict[str, dict[str, Any]]:
        """Row of each person in the ``agents`` table."""
        return {str(row["agent"]): row for row in records(self.week.run.roster.people.agents)}

    @cached_property
    def rules(self) -> dict[str, Rules]:
        """Rules over weeks of everybody who has any."""
        people = self.week.run.roster.people
        return personal_rules(self.week.run.config, people.agents, people.rules)

    @cached_property
    def leave(self) -> dict[str, frozenset[date]]:
        """Whole days of leave of everybody who has any."""
        horizon = self.week.run.horizon
        spans = leave_of(self.week.run.roster.people, horizon)
        return {
            agent: frozenset(horizon.date(number) for number in whole_days(horizon, own))
            for agent, own in spans.items()
        }

    @cached_property
    def run_before(self) -> dict[str, int]:
        """Days in a row that people had worked when the week began."""
        previous = self.week.run.roster.people.previous
        return {} if previous is None else previous.days_running()

    @cached_property
    def ended(self) -> dict[str, datetime]:
        """End of the last shift of everybody before the week, as far as it is known."""
        previous, horizon = self.week.run.roster.people.previous, self.week.run.horizon
        if previous is None:
            return {}
        ends = previous.so_far.groupby("agent")["end"].max()
        return {str(agent): local(end, horizon) for agent, end in ends.items()}

    def agreed(self, agent: str) -> AgreedWeek:
        """Paid hours agreed with somebody of the week."""
        row = self.rows[agent]
        contract = self.week.run.config.contracts[str(row["contract"])]
        return agreed_week(contract, row, self.rules.get(agent), len(self.leave.get(agent, ())))
