"""People of a plan -> persons of the joined problem: who may work which shape on which day, and what came before."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from configs.rules.person import person_rules
from configs.rules.personal import personal_rules
from configs.skills import skills_of
from configs.tables import records
from optimize.roster.inputs.availability import Availability
from optimize.roster.inputs.leave import leave_of, meets, whole_days
from optimize.roster.inputs.wishes import NEAR_MINUTES, as_date, wished_start
from optimize.roster.inputs.workload import hours
from optimize.roster.joined.problem import History, Limits, Person
from optimize.roster.together.calendar import Calendar
from optimize.roster.together.obeyed import ANY, by_contract, with_rules
from optimize.roster.together.pairs import too_close
from optimize.roster.together.past import Past, past_of
from optimize.roster.together.shapes import Shapes, shapes_of
from optimize.roster.together.whole import whole_of, without_any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.rules.person import PairingLimit, PersonRules
    from configs.schema import Config
    from optimize.roster.inputs.leave import LeaveSpan
    from optimize.roster.inputs.people import People
    from optimize.roster.joined.problem import Contract, Hours
    from optimize.roster.together.obeyed import Obeyed
    from optimize.roster.together.whole import Whole

    Array = NDArray[np.float64]
    Mask = NDArray[np.bool_]

WEEK = 7


@dataclass(frozen=True)
class Staff:
    """Persons with the shapes of their contracts.

    Parameters
    ----------
    shapes
        One for each kind of contract and rules; `Person.contract` is the place here.
    persons
        In the order of the agents.
    left
        Keys of rules that the engine does not plan by, by agent; only people who have such.
    owed
        Prices of rules that are paid in any roster but for what people save; see `Whole`.
    pairings
        Mentors of each trainee.
    """

    shapes: tuple[Shapes, ...]
    persons: tuple[Person, ...]
    left: dict[str, tuple[str, ...]]
    owed: float = 0.0
    pairings: dict[str, PairingLimit] = field(default_factory=dict)

    @property
    def has_prices(self) -> bool:
        """Whether the search plans by rules with a price."""
        watched = [person.watched for person in self.persons if person.watched is not None]
        return self.owed > 0 or any(each.has_prices for each in watched)


def staff_of(config: Config, horizon: Horizon, people: People, wages: dict[str, Array]) -> Staff:
    """Return everybody as the joined problem has them.

    Parameters
    ----------
    config
        Contracts and channels.
    horizon
        All weeks as one.
    people
        Agents, leave, wishes, rules, and the week before.
    wages
        Cost of a paid hour in each interval, by contract.
    """
    rules = {
        agent: person_rules(each, horizon.first, horizon.days)
        for agent, each in personal_rules(config, people.agents, people.rules).items()
    }
    number = {channel: i for i, channel in enumerate(config.channels)}
    spans, wishes = leave_of(people, horizon), _wishes(people.requests)
    shapes, persons, whole = _Shapes(config, horizon, wages), list[Person](), _Wholes()
    left: dict[str, tuple[str, ...]] = {}
    owed = 0.0
    for row in records(people.agents):
        agent = str(row["agent"])
        mine, known = spans.get(agent, []), people.previous is not None
        asked = _obeyed(config, row, rules.get(agent), on_leave=bool(mine), known=known)
        place, made = shapes.of(str(row["contract"]), rules.get(agent), asked.night)
        away, own = whole_days(horizon, mine), rules.get(agent)
        past = past_of(people, agent, horizon, own.kinds, mine, away) if own else Past(leave=away)
        more = whole.of(place, own, asked.left, Calendar(horizon, made, past))
        extra = _forbidden(made, horizon, str(row.get("available") or ""), mine, asked.free)
        extra += _wished(made, horizon, wishes.get(agent, [])) + more.extra
        skills = frozenset(number[skill] for skill in skills_of(str(row["skills"])) if skill in number)
        weekly = _each_week(made, horizon, asked.hours, extra, mine)
        if own is not None and own.rotation is not None and own.rotation.price is None:
            weekly = tuple(Limits(0, each.most) for each in weekly)  # the rotation says how many days
        persons.append(
            Person(
                agent,
                place,
                skills,
                extra,
                replace(asked.rules, barred=whole.barred(place, made, asked, own, horizon.interval_min)),
                replace(asked.hours, each_week=weekly),
                _history(people, agent, horizon, made),
                more.due,
                more.watched,
            )
        )
        owed += more.owed
        if more.left:
            left[agent] = more.left
    pairings = {agent: each.pairing for agent, each in rules.items() if each.pairing is not None}
    return Staff(shapes.made, tuple(persons), left, owed, pairings)


class _Wholes:
    """Rules that the tables do not know, made once for people of the same shapes, rules and earlier days."""

    def __init__(self) -> None:
        self._wholes: dict[tuple[object, ...], Whole] = {}
        self._barred: dict[tuple[object, ...], frozenset[tuple[int, int]]] = {}

    def of(self, place: int, rules: PersonRules | None, keys: tuple[str, ...], calendar: Calendar) -> Whole:
        """What is planned by on top of the tables."""
        key = (place, rules, keys, calendar.past)
        if key not in self._wholes:
            self._wholes[key] = without_any(calendar) if rules is None else whole_of(rules, keys, calendar)
        return self._wholes[key]

    def barred(
        self, place: int, shapes: Shapes, asked: Obeyed, rules: PersonRules | None, interval_min: int
    ) -> frozenset[tuple[int, int]]:
        """Pairs of bands that may not be on consecutive days."""
        key = (place, asked.forbidden, rules)
        if key not in self._barred:
            self._barred[key] = _barred(shapes, asked, rules, interval_min)
        return self._barred[key]


class _Shapes:
    """Shapes by contract and kinds of shifts, each made once."""

    def __init__(self, config: Config, horizon: Horizon, wages: dict[str, Array]) -> None:
        self._config, self._horizon, self._wages = config, horizon, wages
        self._places: dict[tuple[str, str, object], int] = {}
        self._made: list[Shapes] = []

    @property
    def made(self) -> tuple[Shapes, ...]:
        """All of them, in the order in which they were first asked for."""
        return tuple(self._made)

    def of(self, contract: str, rules: PersonRules | None, night: str) -> tuple[int, Shapes]:
        """Shapes of a contract where rules name kinds of shifts, and their place among all."""
        key = (contract, night, () if rules is None else (rules.kinds, rules.near_start_min, rules.rests))
        if key not in self._places:
            self._places[key] = len(self._made)
            wages = self._wages[contract]
            self._made.append(shapes_of(self._config, contract, self._horizon, wages, rules, night))
        place = self._places[key]
        return place, self._made[place]


def _barred(shapes: Shapes, asked: Obeyed, rules: PersonRules | None, interval_min: int) -> frozenset[tuple[int, int]]:
    """Pairs of bands of which a shape of the second may not follow one of the first."""
    kinds = {band: _kinds_of(shapes, band) for band in set(shapes.contract.bands.tolist())}
    found = {
        (first, second)
        for first, second in _bands(shapes)
        if any((a, b) in asked.forbidden for a in kinds[first] for b in kinds[second])
    }
    return frozenset(found if rules is None else found | too_close(shapes, rules, interval_min))


def _obeyed(config: Config, row: dict[str, Any], rules: PersonRules | None, *, on_leave: bool, known: bool) -> Obeyed:
    contract = config.contracts[str(row["contract"])]
    low, high = hours(row.get("hours_min"), 0.0), hours(row.get("hours_max"), math.inf)
    limited = contract.min_days or (1 if high < math.inf else contract.days_per_week)
    base = by_contract(contract, Limits(limited, contract.days_per_week), off=not (contract.guaranteed or low > 0))
    if low > 0 or high < math.inf:
        minutes = Limits(0 if on_leave else round(low * 60), ANY if high == math.inf else round(high * 60))
        base = replace(base, hours=replace(base.hours, week_minutes=minutes))
    return base if rules is None else with_rules(base, rules, on_leave=on_leave, known=known)


def _each_week(
    shapes: Shapes, horizon: Horizon, asked: Hours, extra: Array, spans: list[LeaveSpan]
) -> tuple[Limits, ...]:
    """Limits on the shifts of each week: leave counts as working days, and no more are asked for than can be worked."""
    limits, contract = asked.week_shifts, shapes.contract
    if limits is None:
        return ()
    offered = contract.offered
    can_work: Mask = np.any(offered & np.isfinite(extra), axis=1)
    whole = whole_days(horizon, spans)
    away = np.array([day in whole or _all_meet(contract, day, spans) for day in range(horizon.days)])
    found = []
    for first in range(0, horizon.days, WEEK):
        gone, possible = int(away[first : first + WEEK].sum()), int(can_work[first : first + WEEK].sum())
        most = max(limits.most - gone, 0)
        found.append(Limits(min(max(limits.least - gone, 0), possible, most), most))
    return tuple(found)


def _all_meet(contract: Contract, day: int, spans: list[LeaveSpan]) -> bool:
    """Whether leave leaves no shift of a day that has some."""
    starts = contract.starts[day][contract.offered[day]].tolist()
    lengths = contract.lengths[contract.offered[day]].tolist()
    return bool(starts and spans) and all(meets(spans, at, at + n) for at, n in zip(starts, lengths, strict=True))


def _bands(shapes: Shapes) -> list[tuple[int, int]]:
    bands = sorted(set(shapes.contract.bands.tolist()))
    return [(first, second) for first in bands for second in bands]


def _kinds_of(shapes: Shapes, band: int) -> frozenset[str]:
    """Kinds of the shifts of a band on every weekday; what is of a kind on some days only is watched day by day."""
    shape = int(np.flatnonzero(shapes.contract.bands == band)[0])
    return frozenset.intersection(*shapes.kinds[shape])


def _forbidden(shapes: Shapes, horizon: Horizon, available: str, spans: list[LeaveSpan], free: frozenset[int]) -> Array:
    """Infinite where a person may not begin a shape: leave, hours they are not there, fixed days off; shape (D, S)."""
    contract, always = shapes.contract, Availability.parse("" if available == "nan" else available)
    weekday = [horizon.date(day).weekday() for day in range(horizon.days)]
    cells = list(zip(shapes.clock.tolist(), shapes.minutes.tolist(), contract.lengths.tolist(), strict=True))
    allowed = np.array([[always.allows(each, clock, minutes) for clock, minutes, _ in cells] for each in range(WEEK)])
    extra = np.where(allowed[weekday], 0.0, np.inf)
    extra[sorted(free)] = np.inf
    for day in range(horizon.days if spans else 0):
        for s, (_, _, length) in enumerate(cells):
            start = int(contract.starts[day, s])
            if meets(spans, start, start + length):
                extra[day, s] = np.inf
    return extra


Wish = tuple[Any, int | None, bool, float]
"""Date, minutes of the wished start or None, whether to work, weight."""


def _wishes(requests: pd.DataFrame) -> dict[str, list[Wish]]:
    found: dict[str, list[Wish]] = defaultdict(list)
    for row in records(requests):
        weight = hours(row.get("weight"), 1.0)
        found[str(row["agent"])].append(
            (as_date(row["date"]), wished_start(row.get("shift")), row["wish"] == "on", weight)
        )
    return found


def _wished(shapes: Shapes, horizon: Horizon, wishes: list[Wish]) -> Array:
    """Weight of the wishes that each shape breaks on each day, less those it grants; shape (D, S)."""
    extra = np.zeros(shapes.contract.starts.shape)
    for when, start, wants_work, weight in wishes:
        day = (when - horizon.first).days
        if not 0 <= day < horizon.days:
            continue
        near = np.ones(len(shapes.clock), dtype=bool) if start is None else abs(shapes.clock - start) <= NEAR_MINUTES
        extra[day, near] += -weight if wants_work else weight
    return extra


def _history(people: People, agent: str, horizon: Horizon, shapes: Shapes) -> History:
    """What the week before left: rest, days in a row, nights in a row."""
    previous = people.previous
    if previous is None:
        return History()
    mine = [shift for shift in previous.schedule(horizon.zone).shifts if shift.agent == agent]
    if not mine:
        return History(days_off=WEEK)
    nights = {
        (int(number), int(clock))
        for number, clock, night in zip(shapes.shift_types, shapes.clock, shapes.contract.nights, strict=True)
        if night
    }
    back = {(horizon.first - shift.day).days: shift for shift in mine}
    last = back[min(back)]
    days_off = min(back) - 1
    run = _in_a_row(set(back))
    full = run == WEEK
    worked = run + (previous.running.get(agent, 0) if full else 0)
    at_night = {day for day, shift in back.items() if _is_night(shift, nights, horizon)}
    return History(
        days_off=days_off,
        run=worked,
        nights=_in_a_row(at_night),
        ended=horizon.index(pd.Timestamp(last.end)),
        after_nights=min(back) in at_night,
    )


def _in_a_row(days: set[int]) -> int:
    """Days in a row up to the last one before the horizon, of days counted back from it."""
    return next(back for back in range(1, max(days, default=0) + 2) if back not in days) - 1


def _is_night(shift: Any, nights: set[tuple[int, int]], horizon: Horizon) -> bool:  # noqa: ANN401 - a shift
    local = pd.Timestamp(shift.start).tz_convert(horizon.zone)
    return any(clock == local.hour * 60 + local.minute for _, clock in nights)
