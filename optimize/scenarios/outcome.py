"""What a plan costs and gives, as scenarios are compared."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ChannelOutcome:
    """A channel in the simulated weeks of a plan.

    Parameters
    ----------
    channel
        Its name.
    contacts
        Contacts of the week by the forecast.
    work_h
        Agent time of its contacts in hours; an agent with several conversations counts once.
    share
        Mean share of contacts in time.
    asked
        What the target asks for.
    probability
        Share of simulated weeks in which the target is met: of the whole week where it is one over the week or an
        interval, and the mean over the days where it is one over the day.
    wait_s
        Mean wait in seconds; None for deferrable work.
    response_s
        Mean time to reply to a message in seconds; None where there are none.
    """

    channel: str
    contacts: float
    work_h: float
    share: float
    asked: float
    probability: float
    wait_s: float | None = None
    response_s: float | None = None


@dataclass(frozen=True)
class Outcome:
    """A plan of a week without whole people, on simulated weeks.

    Parameters
    ----------
    cost
        Least cost of the week, with what a partner is paid.
    outsourced
        The part of it that a partner is paid.
    agent_h
        Agent-hours at channels.
    people
        People of whom the plan may use.
    short_h
        Hours short of the least that an interval asks for.
    backlog_h
        Mean agent-hours of deferrable work open at the end of the week.
    channels
        In the order of the config.
    """

    cost: float
    outsourced: float
    agent_h: float
    people: int
    short_h: float
    backlog_h: float
    channels: tuple[ChannelOutcome, ...]

    def of(self, channel: str) -> ChannelOutcome | None:
        """Return a channel; None where the plan does not have it."""
        return next((each for each in self.channels if each.channel == channel), None)
