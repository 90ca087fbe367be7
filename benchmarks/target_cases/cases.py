"""The cases, one function each: it plans, adds its rows, and says what is asked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from benchmarks.centres.make import make
from benchmarks.house import ROOT
from benchmarks.target_cases.bench import covers
from benchmarks.target_cases.made import alone, copied, flat_day, hours_a_day
from benchmarks.target_cases.plans import over
from configs.loader import load

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.target_cases.bench import Bench, Judged

CENTRES = 10
SEED = 1
TOLD_WEEKS = 300
"""Simulated weeks by which a plan tells its probabilities; the made centres ask for none themselves."""


def demo_day(bench: Bench, *, caps: bool = False) -> None:
    """The demo, each day kept nine times in ten, no interval below one half."""
    case = "demo-day-caps" if caps else "demo-day"
    base = bench.plan_before(case, "demo")
    if bench.only_before:
        return
    label = "day, caps kept" if caps else "day"
    made = bench.plan_now(case, label, "demo", over(base.plan.run.config, "day", caps=caps), base)
    bench.ask(case, "payroll ratio", made.plan.payroll / base.plan.payroll, 0.952 if caps else 0.945)
    if not caps:
        bench.ask(case, "least probability of a channel-day", made.chances.least_day, 0.88, least=True)
        bench.ask(case, "mean probability of a channel-day", made.chances.mean_day, 0.91, least=True)
        bench.ask(case, "probability of e-mail", made.chances.least_deferrable, 0.92, least=True)


def demo_day_caps(bench: Bench) -> None:
    """The same with occupancy caps kept."""
    demo_day(bench, caps=True)


def demo_week(bench: Bench) -> None:
    """The demo, the week kept nine times in ten, no hour below one half."""
    case = "demo-week"
    base = bench.plan_before(case, "demo")
    if bench.only_before:
        return
    made = bench.plan_now(case, "week", "demo", over(base.plan.run.config, "week"), base)
    bench.ask(case, "payroll ratio", made.plan.payroll / base.plan.payroll, 0.885)
    bench.ask(case, "least probability of a channel", min(made.chances.week.values()), 0.90, least=True)
    bench.ask(case, "channel-hours below the floor", bench.rows[-1].below_h, 0)


def phone_alone_week(bench: Bench) -> None:
    """The phone of the demo with its own people, the week kept as often as by the plan by interval."""
    case = "phone-alone-week"
    config = str(alone(bench.folder / "phone-alone"))
    base = bench.plan_before(case, config)
    if not bench.only_before:
        bench.ask(case, "payroll ratio at equal probability", bench.as_likely(case, config, "week", base), 0.90)


def pooled_queues(bench: Bench) -> None:
    """Three queues, everybody knows all of them: eight people a day, not thirteen."""
    case = "pooled-queues"
    config = str(copied("pooled-queues", bench.folder))
    base = bench.plan_before(case, config)
    if bench.only_before:
        return
    made = bench.plan_now(case, "week", config, over(base.plan.run.config, "week"), base)
    bench.ask(case, "payroll", made.plan.payroll, 3200)
    bench.ask(case, "least probability of a channel", min(made.chances.week.values()), 0.90, least=True)


def promise_over_the_day(bench: Bench) -> None:
    """Three Erlang all day: 40.5 agent-hours keep 80 % over the day, six people all day are not needed."""
    case = "promise-over-the-day"
    config = flat_day(bench.folder)
    print(f"{case}: {hours_a_day(bench.before, config, ()):.2f} agent-hours a day by interval, before", flush=True)
    if not bench.only_before:
        changes = over(load(config), "day", sure={"phone": 0.5})
        bench.ask(case, "agent-hours a day", hours_a_day(ROOT, config, changes), 41.0)


def denver_week(bench: Bench) -> None:
    """Emergency calls, the week kept as often as by the plan by interval; the day at its price, with nothing asked."""
    case = "denver-week"
    config = str(ROOT / "benchmarks" / "real" / "denver911.toml")
    base = bench.plan_before(case, config)
    if bench.only_before:
        return
    found = bench.as_likely(case, config, "week", base, floor=0.8)
    bench.ask(case, "payroll ratio at equal probability", found, 0.98)
    bench.plan_now(case, "day", config, over(base.plan.run.config, "day", floor=0.8), base, floor=0.8)


def centres(bench: Bench, numbers: Sequence[int] = range(1, CENTRES + 1)) -> None:
    """Made centres: told as it is, and never more expensive than the plan by interval at equal probability."""
    apart = []
    for number in numbers:
        config = make(bench.folder / "centres", SEED, number)
        case = config.parent.name
        base = bench.plan_before(case, str(config))
        if bench.only_before:
            continue
        changes = [*over(base.plan.run.config, "day", caps=True), f"simulation.replications={TOLD_WEEKS}"]
        made = bench.plan_now(case, "day", str(config), changes, base)
        row = bench.rows[-1]
        apart.append(row.told - row.fresh)
        bench.ask(case, "payroll ratio at equal probability", _fair_ratio(bench, case, str(config), made, base), 1.0)
    if apart:
        name = "centres" if len(apart) > 1 else case
        bench.ask(name, "told less fresh probability in total, absolute", abs(sum(apart) / len(apart)), 0.02)


def _fair_ratio(bench: Bench, case: str, config: str, made: Judged, base: Judged) -> float:
    ratio = made.plan.payroll / base.plan.payroll
    if ratio <= 1.0 and covers(made, base, "day"):
        return ratio
    return bench.as_likely(case, config, "day", base, caps=True)


def run(bench: Bench) -> None:
    """The demo's whole run, with advice, simulation and reports."""
    case = "run"
    base = bench.plan_before(case, "demo")
    if bench.only_before:
        return
    made = bench.plan_now(case, "day", "demo", over(base.plan.run.config, "day", caps=True), base, whole=True)
    bench.ask(case, "CPU seconds", made.plan.cost.cpu_s, 120)
    bench.ask(case, "wall seconds", made.plan.cost.wall_s, 90)
    bench.ask(case, "gap", made.plan.gap, 0.01)


CASES: dict[str, Callable[[Bench], None]] = {
    "demo-day": demo_day,
    "demo-day-caps": demo_day_caps,
    "demo-week": demo_week,
    "phone-alone-week": phone_alone_week,
    "pooled-queues": pooled_queues,
    "promise-over-the-day": promise_over_the_day,
    "denver-week": denver_week,
    "centres": centres,
    **{f"centre-{number:02d}": partial(centres, numbers=(number,)) for number in range(1, CENTRES + 1)},
    "run": run,
}
