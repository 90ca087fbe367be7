"""Several weeks in sentences: cost, weeks that do not follow each other, rules, hours, weekends, nights, wishes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.rules.personal import has_rules
from reports import formatting
from reports.findings import Finding
from reports.weeks.listings import NOISE_H, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.weeks.overview import Overview, Seam
    from reports.weeks.people import PersonWeeks

NAMED = 3
TOGETHER = "weeks-together"
"""Code of the note that has the cost and the bound of weeks planned together."""


def sentences(made: Overview) -> tuple[Finding, ...]:
    """Sum up the weeks, what needs attention first."""
    found = [*_seams(made), *_rules(made), *_short(made), Finding(_cost(made)), *_together(made), *_hours(made)]
    return (*found, *_runs(made), *_weekends(made), *_nights(made), *_wishes(made))


def _seams(made: Overview) -> list[Finding]:
    return [Finding(_seam(seam), "bad") for seam in made.seams]


def _seam(seam: Seam) -> str:
    week = f"The week of {formatting.day(seam.week)}"
    if seam.fault == "unknown":
        return f"{week} was planned without the week before: rest and days in a row were not carried over."
    return f"{week} was planned after another roster of the week before; plan it again with --previous."


def _rules(made: Overview) -> Iterator[Finding]:
    hard = [each for each in made.breaches if each.price is None]
    if hard:
        people = formatting.count(len({each.agent for each in hard}), "person", "people")
        times = formatting.count(len(hard), "time")
        yield Finding(f"Rules about people are broken {times}, for {people}; the list is under Rules.", "bad")
    elif any(has_rules(run.config, run.roster.people.rules) for run in made.runs):
        yield Finding("No hard rule about people is broken.", "good")


def _short(made: Overview) -> Iterator[Finding]:
    short = [(week.first, week.shortage_h) for week in made.weeks if week.shortage_h >= NOISE_H]
    if short:
        worst, hours = max(short, key=lambda each: each[1])
        weeks = f"{len(short)} of {formatting.count(len(made.weeks), 'week')}"
        most = f"most in the week of {formatting.day(worst)}, {formatting.hours(hours)}"
        total = formatting.hours(sum(each for _, each in short))
        yield Finding(f"Understaffed by {total} in {weeks}, {most}.", "bad")
    else:
        yield Finding("No interval is understaffed.", "good")


def _cost(made: Overview) -> str:
    cost = sum(week.run.roster.cost.total for week in made.weeks)
    paid, hours = sum(week.payroll for week in made.weeks), sum(week.paid_h for week in made.weeks)
    weeks = formatting.count(len(made.weeks), "week")
    said = f"The {weeks} cost {formatting.money(paid, made.currency)} for {formatting.count(hours, 'paid hour')}"
    return f"{said}; with penalties {formatting.money(cost, made.currency)}."


def _together(made: Overview) -> list[Finding]:
    """What weeks planned together cost by name, with the proven bound: a note of their runs."""
    found = dict.fromkeys(str(note.sentence) for week in made.weeks for note in week.notes if note.code == TOGETHER)
    return [Finding(f"{formatting.title(text)}.") for text in found]


def _hours(made: Overview) -> Iterator[Finding]:
    for sign, words in ((-1, "below"), (1, "above")):
        off = [each for each in made.people if sign * (each.total.difference_h or 0.0) >= NOISE_H]
        if off:
            worst = max(off, key=lambda each: sign * (each.total.difference_h or 0.0))
            hours = formatting.hours(abs(worst.total.difference_h or 0.0))
            name = name_of(worst.person)
            many = f"{len(off)} people are {words} their agreed hours, {name} the most, by {hours}."
            yield Finding(many if len(off) > 1 else f"{name} is {hours} {words} the agreed hours.")


def _runs(made: Overview) -> Iterator[Finding]:
    longest = max((each.total.longest_run for each in made.people), default=0)
    rests = [each.total.shortest_rest_h for each in made.people if each.total.shortest_rest_h is not None]
    if longest:
        who = [each for each in made.people if each.total.longest_run == longest]
        rest = f"; the shortest rest is {formatting.hours(min(rests))}" if rests else ""
        yield Finding(f"The longest run is {formatting.count(longest, 'day')} in a row, of {_people(who)}{rest}.")


def _weekends(made: Overview) -> Iterator[Finding]:
    some = [each for each in made.people if each.total.weekends_worked]
    if some:
        fewest = min(each.total.weekends_free for each in some)
        who = [each for each in some if each.total.weekends_free == fewest]
        people = formatting.count(len(some), "person works", "people work")
        yield Finding(f"{people} on weekends; the fewest free weekends are {fewest}, of {_people(who)}.")


def _nights(made: Overview) -> Iterator[Finding]:
    some = [each.total.nights for each in made.people if each.total.nights]
    if some:
        span = str(min(some)) if min(some) == max(some) else f"{min(some)} to {max(some)}"
        who = formatting.count(len(some), "person works", "people work")
        each = " each" if len(some) > 1 else ""
        yield Finding(f"{who} {span} {'night' if span == '1' else 'nights'}{each}.")


def _wishes(made: Overview) -> Iterator[Finding]:
    granted = sum(each.total.wishes_granted for each in made.people)
    wishes = granted + sum(each.total.wishes_refused for each in made.people)
    if wishes:
        verb = "is" if granted == 1 else "are"
        yield Finding(f"{granted} of {formatting.count(wishes, 'wish', 'wishes')} {verb} granted.")


def _people(who: list[PersonWeeks]) -> str:
    """Name a few people, or count many."""
    if len(who) > NAMED:
        return formatting.count(len(who), "person", "people")
    return formatting.listed([name_of(each.person) for each in who])
