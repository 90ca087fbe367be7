"""Breaks whose windows overlap: in order, never over one another, `break_gap` apart, against every placement tried."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import combinations_with_replacement, product
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from configs.errors import VerificationError
from optimize.roster.edited import Edit, apply_edits
from optimize.roster.inputs.assemble import assemble
from optimize.roster.inputs.people import read_people
from optimize.roster.planner import plan_week
from optimize.roster.program import build
from optimize.roster.search.neighbourhood_search import _legal_breaks
from optimize.roster.search.rounding import round_shifts
from optimize.roster.verify import verify
from tests.optimize.roster import weeks
from tests.optimize.roster.solving import solve

if TYPE_CHECKING:
    from configs.schema import Config
    from optimize.roster.program import Program
    from optimize.roster.program.layout import ShiftColumns

HOUR = pd.Timedelta(hours=1)


def break_type(after: str, length: str = "1h", **settings: Any) -> dict[str, Any]:
    return {"length": length, "after": after, **settings}


def site(breaks: list[dict[str, Any]], gap: str = "0h", **settings: Any) -> Config:
    """People who work every day, shifts of eight hours, a grid of hours."""
    contract = {
        "agents": 2, "days_per_week": 7, "max_consecutive_days": 7, "rest": "0h", "cost_per_hour": 10,
        "guaranteed": True, "breaks": breaks, "break_gap": gap,
        "shifts": [{"length": "8h", "start": "06:00-10:00", "step": "2h"}],
    }  # fmt: skip
    return weeks.config_of(contracts={"day": contract | settings})


def placements(config: Config) -> list[tuple[int, ...]]:
    """Every legal placement of the breaks of a shift, in hours after its start, by plain trying."""
    contract = config.contracts["day"]
    shift = contract.shifts[0]
    hours = [int(value.total_seconds() // 3600) for value in (shift.length, contract.break_gap)]
    spans = [
        (int(b.after.first.total_seconds() // 3600), int(b.after.last.total_seconds() // 3600), int(b.length.total_seconds() // 3600))
        for b in contract.breaks_of(shift)
    ]  # fmt: skip
    found = []
    for starts in product(*(range(first, last + 1) for first, last, _ in spans)):
        edges = [0, *(e for s, (_, _, length) in zip(starts, spans, strict=True) for e in (s, s + length)), hours[0]]
        if all(after - before >= hours[1] for before, after in zip(edges[::2], edges[1::2], strict=True)):
            found.append(starts)
    return found


CASES = [
    ([break_type("1h-4h"), break_type("2h-6h")], "0h"),
    ([break_type("1h-4h"), break_type("2h-6h")], "1h"),
    ([break_type("1h-3h", paid=True), break_type("3h-5h", "2h"), break_type("4h-7h", paid=True)], "0h"),
    ([break_type("0h-7h"), break_type("0h-7h", "2h")], "1h"),
]


@pytest.mark.parametrize(("breaks", "gap"), CASES)
def test_counts_keep_the_rows_just_when_people_can_have_such_breaks(breaks: list[dict[str, Any]], gap: str) -> None:
    """Three people start at 6, 8 or 10; each set of start times of breaks that some placement gives, and no other.

    The oracle tries every placement of every person; the program is asked by its rows alone.
    """
    config = site(breaks, gap, agents=3)
    options = placements(config)
    assert len(options) > 1
    rows, shift = _break_rows(_one_day(config)), next(iter(_one_day(config).layout.shifts.values()))
    begun = [6, 6, 10]
    wanted = {
        tuple(tuple(sorted(s + u[k] for s, u in zip(begun, own, strict=True))) for k in range(len(breaks)))
        for own in product(options, repeat=len(begun))
    }
    alone = []
    for k, each in enumerate(shift.break_types):
        moments = range(begun[0] + each.break_type.first, begun[-1] + each.break_type.last + 1)
        tried = combinations_with_replacement(moments, len(begun))
        own = [row for row in rows if row.breaks <= {k}]
        alone.append([starts for starts in tried if not _broken(own, _counts(shift, begun, {k: starts}))])
    every = (dict(enumerate(starts)) for starts in product(*alone))
    kept = {tuple(starts.values()) for starts in every if not _broken(rows, _counts(shift, begun, starts))}
    assert kept == wanted


def _one_day(config: Config) -> Program:
    """The program of a config, people and no requirement."""
    horizon = weeks.horizon_of(config)
    return build(assemble(config, horizon, weeks.requirement_of(horizon, phone=0), read_people(config)))


def _counts(shift: ShiftColumns, begun: list[int], starts: dict[int, tuple[int, ...]]) -> dict[int, float]:
    """Cumulative counts of shifts and of some of their breaks, by column."""
    values = {column: sum(s <= at for s in begun) for column, at in zip(shift.started, shift.starts, strict=True)}
    for k, mine in starts.items():
        columns = shift.break_types[k]
        values |= {column: sum(s <= columns.first + i for s in mine) for i, column in enumerate(columns.columns)}
    return values


@dataclass(frozen=True)
class Row:
    """One row about breaks, read from the text of the program; `breaks` are those of the first day it speaks of."""

    terms: tuple[tuple[float, int], ...]
    sense: str
    breaks: frozenset[int]


def _break_rows(program: Program, first_day: bool = True) -> list[Row]:
    number = {name: i for i, name in enumerate(program.model.names()[0])}
    day = "0_0_0_" if first_day else ""
    found = []
    for line in program.model.text().splitlines():
        name, _, rest = line.strip().partition(":")
        if not name.startswith(tuple(stem + day for stem in ("pauses_", "early_", "late_", "apart_"))):
            continue
        sense = next(each for each in ("<=", ">=") if each in rest)
        left, bound = rest.split(sense)
        assert float(bound) == 0
        parts = left.split()
        terms = tuple((float(c), number[column]) for c, column in zip(parts[::2], parts[1::2], strict=True))
        breaks = frozenset(int(column.split("_")[4]) for column in parts[1::2] if column.startswith("p_"))
        found.append(Row(terms, sense, breaks))
    return found


def _broken(rows: list[Row], values: dict[int, float] | np.ndarray) -> bool:
    """Whether a row is not kept."""
    sums = ((row.sense, sum(c * values[column] for c, column in row.terms)) for row in rows)
    return any(total > 0 if sense == "<=" else total < 0 for sense, total in sums)


@pytest.mark.parametrize("seed", range(len(CASES)))
def test_two_people_cost_what_trying_all_their_shifts_and_breaks_finds(seed: int) -> None:
    """Days without rest between them stand alone: each costs the cheapest of all pairs, and the bound is no higher."""
    config = site(*CASES[seed])
    horizon = weeks.horizon_of(config)
    need = np.random.default_rng(seed).integers(0, 3, 168)
    roster = plan_week(config, horizon, weeks.requirement_of(horizon, phone=need), read_people(config))
    contract, shifts = config.contracts["day"], []
    breaks = contract.breaks_of(contract.shifts[0])
    paid = 8 - sum(b.length.total_seconds() / 3600 for b in breaks if not b.paid)
    for start, starts in product((6, 8, 10), placements(config)):
        works = np.zeros(24)
        works[start : start + 8] = 1
        for u, b in zip(starts, breaks, strict=True):
            works[start + u : start + u + int(b.length.total_seconds() // 3600)] = 0
        shifts.append(works)
    best = 0.0
    for day in need.reshape(7, 24):
        short = min(np.maximum(day - one - other, 0).sum() for one, other in combinations_with_replacement(shifts, 2))
        best += 100 * short + 2 * paid * 10
    assert roster.cost.total == pytest.approx(best)
    assert roster.bound <= best + 1e-6


@pytest.mark.parametrize("seed", range(6))
def test_rounded_and_repaired_counts_keep_the_rows(seed: int) -> None:
    """Whatever relaxed curve is rounded, and whatever nonsense is repaired, breaks stay in order and apart."""
    rng = np.random.default_rng(seed)
    config = site(*CASES[seed % len(CASES)], agents=9)
    horizon = weeks.horizon_of(config)
    need = weeks.requirement_of(horizon, phone=rng.integers(0, 9, 168))
    program = build(assemble(config, horizon, need, read_people(config)))
    relaxed = solve(program.model, relaxed=True).values
    patterns = [y for ys in program.layout.pattern.values() for y in ys]
    relaxed[patterns] = np.round(relaxed[patterns])
    whole = round_shifts(program, relaxed)
    rows = _break_rows(program, first_day=False)
    assert not _broken(rows, whole)
    for columns in (p.columns for shift in program.layout.shifts.values() for p in shift.break_types if p.moves):
        whole[list(columns)] = rng.integers(0, 10, len(columns))
    assert _broken(rows, whole)
    for column, count in _legal_breaks(program, whole):
        whole[column] = count
    assert not _broken(rows, whole)


def quarters(gap: str = "15min", **settings: Any) -> Config:
    """The windows that used to be refused, on a grid of quarter hours, with a short break after them."""
    breaks = [
        {"length": "15min", "after": "1h-3h", "paid": True},
        {"length": "30min", "after": "3h-5h30m"},
        {"length": "15min", "after": "3h30m-7h", "paid": True},
    ]
    contract = {
        "agents": 12, "days_per_week": 5, "cost_per_hour": 10, "breaks": breaks, "break_gap": gap,
        "shifts": [{"length": "8h", "start": "06:00-12:00", "step": "30min"}],
    }  # fmt: skip
    return weeks.config_of(
        plan={"name": "quarters", "timezone": "Europe/London", "interval": "15min"},
        contracts={"day": contract | settings},
        roster={"time_limit": "20s", "gap": 0.02},
    )


@pytest.mark.parametrize("gap", ["0min", "15min", "1h"])
def test_every_shift_of_a_roster_keeps_order_and_gap(gap: str) -> None:
    """Read from the table alone: three breaks in order, each in its window, all distances at least the gap."""
    config = quarters(gap)
    horizon = weeks.horizon_of(config)
    need = np.random.default_rng(7).integers(0, 9, horizon.size) * weeks.hours_between(horizon, 6, 20)
    roster = plan_week(config, horizon, weeks.requirement_of(horizon, phone=need), read_people(config))
    least = {"0min": 0, "15min": 15, "1h": 60}[gap]
    distances: Counter[int] = Counter()
    for row in roster.table.to_dict("records"):
        begin, end = _minute(f"{row['start']:%H:%M}"), _minute(f"{row['end']:%H:%M}")
        spans = [tuple(map(_minute, text.split("-"))) for text in row["breaks"].split(";")]
        starts = [first - begin for first, _ in spans]
        assert [last - first for first, last in spans] == [15, 30, 15]
        assert 60 <= starts[0] <= 180
        assert 180 <= starts[1] <= 330
        assert 210 <= starts[2] <= 420
        edges = [begin, *(edge for span in spans for edge in span), end]
        distances.update(b - a for a, b in zip(edges[::2], edges[1::2], strict=True))
    assert min(distances) >= least
    assert len(roster.table) > 30


def _minute(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


@pytest.fixture(scope="module")
def made():
    """A sound roster of one person with two hours of break that must lie an hour apart and from both ends."""
    config = site([break_type("1h-5h"), break_type("2h-6h")], "1h", agents=1)
    horizon = weeks.horizon_of(config)
    need = weeks.requirement_of(horizon, phone=1)
    return config, need, plan_week(config, horizon, need, read_people(config))


@pytest.mark.parametrize(
    ("hours", "sound"),
    [((1, 3), True), ((2, 4), True), ((4, 6), True), ((1, 2), False), ((3, 4), False), ((5, 3), False), ((0, 3), False),
     ((5, 7), False), ((3, 3), False)],
)  # fmt: skip
def test_the_recount_knows_order_and_gap(made, hours: tuple[int, int], sound: bool) -> None:
    """Exactly the gap passes; an hour less between breaks or to an end of the shift, or another order, is found."""
    config, need, roster = made
    table = roster.table.copy()
    start = table["start"][0]
    cells = [f"{start + u * HOUR:%H:%M}-{start + (u + 1) * HOUR:%H:%M}" for u in hours]
    table.loc[0, "breaks"] = ";".join(cells)
    with pytest.raises(VerificationError) as caught:
        verify(config, need, replace(roster, table=table, cost=replace(roster.cost, wages=roster.cost.wages + 5)))
    assert ("breaks outside their windows, out of order or closer than break_gap" in str(caught.value)) is not sound


def test_an_edited_shift_gets_breaks_that_keep_the_gap(made) -> None:
    """Five to spare at 8 and 9, three at 11: each break alone would be at 8; an hour apart, they are at 8 and at 11."""
    config, _, roster = made
    horizon = weeks.horizon_of(config)
    cover = roster.coverage.copy()
    monday = np.arange(len(cover))
    cover["staffed"] = cover["required"] + np.where(np.isin(monday, (8, 9)), 5.0, 0.0) + np.where(monday == 11, 3.0, 0)
    span = (pd.Timestamp("2026-11-30 06:00", tz="UTC"), pd.Timestamp("2026-11-30 14:00", tz="UTC"))
    edit = Edit(str(roster.table["agent"][0]), 0, (span,))
    table = apply_edits(config, horizon, replace(roster, coverage=cover), (edit,)).table
    row = table[table["start"] == pd.Timestamp("2026-11-30 06:00", tz="UTC")].iloc[0]
    assert row["breaks"] == "08:00-09:00;11:00-12:00"


def test_an_activity_moves_breaks_and_leaves_them_apart() -> None:
    """Breaks at 2h and 4h of one shift, an activity over 2h-4h at its only time: they go to 1h and 4h, or 4h and 6h."""
    training = {"name": "training", "length": "2h", "window": "08:00-10:00", "days": ["mon"]}
    contract = {
        "agents": 1, "days_per_week": 7, "max_consecutive_days": 7, "rest": "0h", "cost_per_hour": 10,
        "guaranteed": True, "breaks": [break_type("1h-5h"), break_type("2h-6h")], "break_gap": "1h",
        "shifts": [{"length": "8h", "start": "06:00"}],
    }  # fmt: skip
    config = weeks.config_of(contracts={"day": contract}, activities=[training])
    horizon = weeks.horizon_of(config)
    need = np.where(np.isin(np.arange(168), (8, 10)), 0, 1)
    roster = plan_week(config, horizon, weeks.requirement_of(horizon, phone=need), read_people(config))
    row = roster.table.iloc[0]
    assert row["activities"] == "training 08:00-10:00"
    assert row["breaks"] in {"07:00-08:00;10:00-11:00", "10:00-11:00;12:00-13:00", "07:00-08:00;11:00-12:00",
                             "07:00-08:00;12:00-13:00"}  # fmt: skip
