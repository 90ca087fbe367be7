"""Sentences about the requirement."""

from __future__ import annotations

from configs.notes import brief
from optimize.staffing.facts import (
    ChannelsNotPlanned,
    ExactNotPossible,
    ForecastOutsideHours,
    HandleTimeDiffers,
    IdleTime,
    MinimumNotUsed,
    NoQuantiles,
    OneQueue,
    RiskNotUsed,
    RowsOutsideWeek,
    ServiceDiffers,
    SingleAgentHours,
)
from reports.english import units
from reports.english.registry import written


@written.register
def _(fact: ChannelsNotPlanned) -> str:
    return f"contains {units.listed(fact.channels)}, not in the config; left out"


@written.register
def _(fact: RowsOutsideWeek) -> str:
    return f"{fact.rows} rows lie outside the planned days and were left out"


@written.register
def _(fact: NoQuantiles) -> str:
    return f"the forecast has no quantiles in {fact.intervals} intervals; staffed for the mean volume there"


@written.register
def _(fact: RiskNotUsed) -> str:
    said = f"{fact.risk:g} is not used for {units.listed(fact.channels)}"
    return f"{said}: `sure` in the target is the probability with which a day or a week meets it"


@written.register
def _(fact: OneQueue) -> str:
    how = "as one queue" if fact.whole else "partly as one queue, since few people know more than one of them"
    hours = f"{fact.hours:,.0f} agent-hours instead of {fact.hours_apart:,.0f}"
    return f"{units.listed(fact.channels)} share people and are staffed {how}: {hours}"


@written.register
def _(fact: ForecastOutsideHours) -> str:
    return f"{fact.contacts:,.1f} contacts are forecast outside the opening hours; no agents are staffed for them"


@written.register
def _(fact: HandleTimeDiffers) -> str:
    said = f"the forecast has a handle time of {fact.forecast_s:.0f} s, touch x touches is {fact.used_s:.0f} s"
    return f"{said}; staffed with touch, think and touches"


@written.register
def _(_fact: MinimumNotUsed) -> str:
    return "is not used; deferrable work has no minimum of agents"


@written.register
def _(fact: ExactNotPossible) -> str:
    needs = "one customer per agent, no redials"
    return (
        f'method "exact" needs {needs}, service level "offered" and at most {fact.most_erl:.0f} Erlang; "mol" is used'
    )


@written.register
def _(fact: ServiceDiffers) -> str:
    alone, followed = units.percent(fact.alone, 0), units.percent(fact.followed, 0)
    return (
        f"contacts are long: in {fact.intervals} of {fact.of} intervals the service level of the transient method "
        f"differs by more than 5 points from that of the interval alone; most at {units.moment(fact.worst)}: "
        f'{followed} instead of {alone}; method = "exact" staffs for that'
    )


@written.register
def _(fact: IdleTime) -> str:
    said = f"{fact.hours:,.0f} hours of idle time can be used for {units.listed(fact.channels)}"
    kept = "while `reserve` agents stay free; the service target is still met; the service level shown is without this"
    return f"{said} {kept}"


@written.register
def _(fact: SingleAgentHours) -> str:
    contacts, paid, work = brief(fact.contacts), brief(fact.paid_h), brief(fact.work_h)
    cost, worth = f"{brief(fact.cost)} {fact.currency}", f"{brief(fact.worth)} {fact.currency}"
    return (
        f"{units.hours_of_week(fact.hours)}: one agent is needed for {contacts} contacts in total; this costs {cost} "
        f"({paid} h) and carries {work} h of work, worth {worth} at costs.shortage_per_hour; to save it, close these "
        f"hours in channels.{fact.channel}.open"
    )
