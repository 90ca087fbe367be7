"""One run of the measurement: both builds, the seed of the fresh weeks, and how a plan becomes a row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.house import ROOT
from benchmarks.target_cases.chances import fresh, hours_below, told
from benchmarks.target_cases.figures import Figure, Row
from benchmarks.target_cases.plans import FLOOR, QUIET, live, over, planned

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.target_cases.chances import Chances
    from benchmarks.target_cases.plans import Plan

NAN = float("nan")
NOISE = 0.01
"""Difference of two probabilities that a thousand weeks each do not tell from chance."""
TRIES = 3
"""Runs at most in search of a plan with the probability of another."""


@dataclass(frozen=True)
class Judged:
    """A plan with its probabilities on fresh weeks."""

    plan: Plan
    chances: Chances
    told: dict[tuple[str, int], float]


@dataclass
class Bench:
    """What every case is given; `rows` and `figures` are filled by the cases.

    Parameters
    ----------
    before
        Checkout of the earlier build.
    folder
        Folder the runs are written to.
    weeks, seed
        Fresh weeks, and their seed; the plans are made with others.
    only_before
        Measure the plans by interval only.
    """

    before: Path
    folder: Path
    weeks: int = 1000
    seed: int = 20_260_713
    only_before: bool = False
    rows: list[Row] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    _made: dict[str, Judged] = field(default_factory=dict)

    def plan_before(self, case: str, config: str) -> Judged:
        """The earlier build's plan by interval, made once for each config, and its row."""
        if config not in self._made:
            self._made[config] = self._judged(planned(self.before, config, self.folder / case / "before"))
        made = self._made[config]
        self._row(case, "interval, before", made, made.plan.payroll, FLOOR)
        return made

    def plan_now(
        self, case: str, label: str, config: str, changes: Sequence[str], base: Judged, *,
        floor: float = FLOOR, whole: bool = False,
    ) -> Judged:  # fmt: skip
        """Plan with this build and some settings, and add the row; `whole` with advice and all reports."""
        quiet = [] if whole else [each for each in QUIET if not each.startswith("simulation")]
        out = self.folder / case / label.replace(" ", "-").replace(",", "")
        made = self._judged(planned(ROOT, config, out, [*quiet, *changes]))
        self._row(case, label, made, base.plan.payroll, floor)
        return made

    def _judged(self, plan: Plan) -> Judged:
        return Judged(plan, fresh(plan.run, self.weeks, self.seed), told(plan.run))

    def _row(self, case: str, label: str, made: Judged, payroll: float, floor: float) -> None:
        plan, chances = made.plan, made.chances
        asked = {name: min(floor, plan.run.config.channels[name].target.share) for name in live(plan.run.config)}
        same = [chances.days[key] for key in made.told if key in chances.days]
        self.rows.append(
            Row(
                case, label, plan.payroll, plan.payroll / payroll, chances.week, chances.least_day, chances.mean_day,
                chances.least_deferrable,
                told=float(np.mean(list(made.told.values()))) if made.told else NAN,
                fresh=float(np.mean(same)) if same else NAN,
                below_h=hours_below(plan.run, chances, asked), gap=plan.gap, cpu_s=plan.cost.cpu_s,
            )
        )  # fmt: skip

    def ask(self, case: str, what: str, value: float, asked: float, *, least: bool = False) -> None:
        """Note a figure that is asked for."""
        self.figures.append(Figure(case, what, value, asked, least))

    def as_likely(
        self, case: str, config: str, span: str, base: Judged, *, floor: float = FLOOR, caps: bool = False
    ) -> float:
        """Payroll ratio of the cheapest plan found that keeps every channel as often as `base` does; inf without one.

        The probability asked for begins with that of `base`; it goes up where the plan stays below it, and down where
        the plan keeps a channel more often, because that has its price.
        """
        wanted = _kept(base.chances, span)
        sure = {name: min(max(each, 0.5), 0.98) for name, each in wanted.items()}
        found = float("inf")
        for number in range(1, TRIES + 1):
            label = f"{span}, as likely {number}"
            settings = over(base.plan.run.config, span, sure=sure, floor=floor, caps=caps)
            made = self.plan_now(case, label, config, settings, base, floor=floor)
            short = {name: wanted[name] - each for name, each in _kept(made.chances, span).items()}
            if max(short.values()) <= NOISE:
                found = min(found, made.plan.payroll / base.plan.payroll)
                if min(short.values()) >= -NOISE:
                    break
            sure = {name: min(max(sure[name] + short[name], 0.5), 0.99) for name in sure}
        return found


def _kept(chances: Chances, span: str) -> dict[str, float]:
    """Probability of each channel by its span: of the week, or the mean of its days."""
    return chances.week if span == "week" else {name: chances.of_days(name) for name in chances.week}


def covers(made: Judged, base: Judged, span: str) -> bool:
    """Whether a plan keeps every channel as often as another, as far as that can be told."""
    wanted, kept = _kept(base.chances, span), _kept(made.chances, span)
    return all(kept[name] >= wanted[name] - NOISE for name in wanted)
