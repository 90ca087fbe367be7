"""`[contracts.*.rules]`: rules about people over several weeks, each hard or with a price."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, field_validator, model_validator

from configs.errors import nearest
from configs.rules.periods import Period
from configs.rules.presets import merged
from configs.schema.base import Clock, Money, Settings, Starts, Weekdays
from configs.units import Share, format_duration, parse_duration

EVERY_DAY = tuple(range(7))
SATURDAY_AND_SUNDAY = (5, 6)
MINUTE = timedelta(minutes=1)
PATTERNS = {
    "4on4off": "WWWW----",
    "5on2off": "WWWWW--",
    "dupont": "NNNN---DDD-NNN---DDDD-------",
    "panama": "DD--DDD--DD---NN--NNN--NN---",
}
"""Rotations that have a name, a letter for each day; `-` is a day off."""
LETTERS = {"W": "work", "D": "day", "E": "early", "L": "late", "N": "night"}
"""Kind of shift of each letter of a rotation; "work" is any shift."""


CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


def _is_lock(text: str) -> str:
    if text not in {"work", "off"} and CLOCK.fullmatch(text) is None:
        raise ValueError(f'"{text}" is not what a day can be locked to; write "off", "work" or a start such as "06:00"')
    return text


def _whole_minutes(value: timedelta) -> timedelta:
    if value < timedelta(0) or value % MINUTE:
        raise ValueError(f"{format_duration(abs(value))} is not a number of whole minutes; leave the seconds out")
    return value


Time = Annotated[
    timedelta,
    BeforeValidator(parse_duration),
    AfterValidator(_whole_minutes),
    PlainSerializer(format_duration, return_type=str),
]
"""A duration of whole minutes."""
Lock = Annotated[str, AfterValidator(_is_lock)]
"""What stays as it is on a date: "off", "work", or the clock time at which a shift begins."""
Per = Annotated[Period, BeforeValidator(Period.parse), PlainSerializer(str, return_type=str)]
Count = Annotated[int, Field(ge=0)]
Week = Period.parse("week")
FourWeeks = Period.parse("4w")


class ShiftKind(Settings):
    """A kind of shift that rules name: a shift is of it if it meets every condition given."""

    starts: Starts | None = None
    """Earliest and latest clock time at which it begins."""
    covers: Clock | None = None
    """Clock span it reaches into, such as "23:00-06:00"."""
    at_least: Time | None = None
    """Time it must spend in `covers`, breaks included; default: any."""
    days: Weekdays = EVERY_DAY
    """Weekdays on which it begins."""

    @model_validator(mode="after")
    def _has_a_condition(self) -> ShiftKind:
        if self.starts is None and self.covers is None and self.days == EVERY_DAY:
            raise ValueError("holds every shift; state starts, covers or days")
        if self.at_least is not None and self.covers is None:
            raise ValueError('at_least needs covers, such as "23:00-06:00"')
        return self


class HoursRule(Settings):
    """Least and most hours in a period."""

    per: Per = Week
    """Period: "day", "week" (from Monday), "month", "horizon" (all days planned together), or rolling: "4w", "14d"."""
    least: Time | None = None
    """Least hours; judged where the whole period is known."""
    most: Time | None = None
    """Most hours."""
    count: Literal["paid", "worked"] = "paid"
    """Hours that count: "paid" ones, or those "worked", which leave out every break, paid or not."""
    leave_day: Time | None = None
    """Hours a whole day of leave counts as; without it no least is judged in a period with leave."""
    price: Money | None = None
    """Price of an hour below or above; without one the rule is hard."""

    @model_validator(mode="after")
    def _limits_are_in_order(self) -> HoursRule:
        _in_order(self.least, self.most)
        return self


class ShiftsRule(Settings):
    """Least and most shifts in a period, of one kind or of any."""

    of: str = "work"
    """Kind of shift; "work" is any."""
    per: Per = Week
    """Period, as for hours."""
    least: Count | None = None
    """Least number; judged where the whole period is known and has no leave."""
    most: Count | None = None
    """Most of them."""
    price: Money | None = None
    """Price of a shift below or above; without one the rule is hard."""

    @model_validator(mode="after")
    def _limits_are_in_order(self) -> ShiftsRule:
        _in_order(self.least, self.most)
        return self


class RunRule(Settings):
    """Least and most days of a run: days in a row with a shift, without one, or with a shift of one kind."""

    of: str = "work"
    """What the run is of: "work", "off", or a kind of shift."""
    least: Annotated[int, Field(ge=1)] | None = None
    """Least days; judged where both ends of the run are known and leave does not meet it."""
    most: Annotated[int, Field(ge=1)] | None = None
    """Most days; days of leave do not count as days off."""
    price: Money | None = None
    """Price of a day below or above; without one the rule is hard."""

    @model_validator(mode="after")
    def _limits_are_in_order(self) -> RunRule:
        _in_order(self.least, self.most)
        return self


class RestRule(Settings):
    """Least rest between two shifts that follow each other, in real hours, also over a clock change."""

    least: Time
    """Least rest."""
    after: str | None = None
    """Kind of the first shift; default: any."""
    after_run: str | None = None
    """Kind (or "work") whose run must have ended with the first shift, instead of `after`."""
    run_days: Annotated[int, Field(ge=1)] = 1
    """Days such a run must have had for the rule to hold."""
    before: str | None = None
    """Kind of the second shift; default: any."""
    price: Money | None = None
    """Price of an hour too little; without one the rule is hard."""

    @model_validator(mode="after")
    def _one_first_shift(self) -> RestRule:
        if self.after is not None and self.after_run is not None:
            raise ValueError("has after and after_run; state one of them")
        if self.run_days > 1 and self.after_run is None:
            raise ValueError("run_days needs after_run")
        return self


class WeeklyRest(Settings):
    """Least uninterrupted rest in every period."""

    least: Time
    """Least time without a shift, in real hours, within the period."""
    per: Per = Week
    """Period, as for hours."""
    price: Money | None = None
    """Price of an hour too little; without one the rule is hard."""

    @model_validator(mode="after")
    def _fits_the_period(self) -> WeeklyRest:
        if self.per.days and self.least > timedelta(days=self.per.days):
            raise ValueError(f"least {format_duration(self.least)} is longer than the period, {self.per}")
        return self


class Weekends(Settings):
    """Weekends that are worked; a weekend belongs to the period of its first day."""

    days: Weekdays = SATURDAY_AND_SUNDAY
    """Days of a weekend, consecutive: one on which a shift begins is worked."""
    whole: bool = False
    """Whether the days of a weekend are either all worked or all off; leave on one of them lifts this."""
    most: Count | None = None
    """Most weekends worked in a period."""
    per: Per = FourWeeks
    """Period, as for hours."""
    price: Money | None = None
    """Price of a weekend above `most`; without one the rule is hard. Whole weekends are hard."""

    @model_validator(mode="after")
    def _days_follow(self) -> Weekends:
        if not self.days or len(self.days) == 7:
            raise ValueError("days: a weekend has between one and six days")
        if sum((day + 1) % 7 not in self.days for day in self.days) > 1:
            raise ValueError("days: the days of a weekend follow each other")
        if not self.whole and self.most is None:
            raise ValueError("asks for nothing; state whole = true or most")
        return self

    @property
    def first(self) -> int:
        """Weekday on which a weekend begins."""
        return next(day for day in self.days if (day - 1) % 7 not in self.days)


class Succession(Settings):
    """What may be on the day after certain days: a kind of shift, "work" for any, "off" for none."""

    after: str | Annotated[tuple[str, ...], Field(min_length=1)]
    """A day, or several consecutive ones, such as "late" or ["night", "night"]."""
    forbid: tuple[str, ...] = ()
    """What the next day may not be."""
    allow: tuple[str, ...] = ()
    """What the next day must be one of."""
    price: Money | None = None
    """Price of each time it is broken; without one the rule is hard."""

    @model_validator(mode="after")
    def _one_list(self) -> Succession:
        if bool(self.forbid) == bool(self.allow):
            raise ValueError("needs forbid or allow, one of them, with at least one entry")
        return self

    @property
    def before(self) -> tuple[str, ...]:
        """The days before, in order."""
        return (self.after,) if isinstance(self.after, str) else self.after


class Rotation(Settings):
    """A pattern of days that repeats: letters of shifts, `-` for a day off."""

    pattern: str
    """Letters such as "DDNN----", or a name: 4on4off, 5on2off, dupont, panama."""
    letters: dict[str, str] = LETTERS
    """Kind of shift of each letter; "work" is any shift."""
    starts: date | None = None
    """A day on which the pattern begins; without one, any phase is right that earlier weeks and this plan follow."""
    price: Money | None = None
    """Price of a day that differs; without one the rule is hard."""

    @field_validator("pattern")
    @classmethod
    def _is_spelt_out(cls, pattern: str) -> str:
        days = PATTERNS.get(pattern, pattern)
        if not days or days != days.strip() or set(days) == {"-"}:
            names = ", ".join(PATTERNS)
            raise ValueError(f'"{pattern}" is not a pattern; write letters and "-", such as "DDNN----", or {names}')
        return pattern

    @model_validator(mode="after")
    def _letters_are_known(self) -> Rotation:
        for letter in self.letters:
            if len(letter) != 1 or letter == "-":
                raise ValueError(f'letters: "{letter}" is not one letter')
        unknown = sorted(set(self.days) - {"-", *self.letters})
        if unknown:
            words = f"letters has {', '.join(self.letters)}"
            raise ValueError(f'pattern: "{unknown[0]}" has no kind of shift; {words}')
        return self

    @property
    def days(self) -> str:
        """The pattern, a letter for each day."""
        return PATTERNS.get(self.pattern, self.pattern)


def _agents(value: Any) -> Any:  # noqa: ANN401 - whatever is in the file
    return tuple(each.strip() for each in value.split(";")) if isinstance(value, str) else value


class Pairing(Settings):
    """A trainee who works with mentors."""

    mentors: Annotated[tuple[str, ...], BeforeValidator(_agents), Field(min_length=1)]
    """Agents, of whom at least one is to be at work: ["A001", "A002"] or "A001;A002"."""
    least: Annotated[Share, Field(gt=0)] = 1.0
    """Least share of every shift of the trainee, breaks included, at which one of the mentors is at work."""


KINDS = {
    name: ShiftKind.model_validate(kind)
    for name, kind in {
        "early": {"starts": "04:00-08:59"},
        "day": {"covers": "06:00-20:00", "at_least": "5h"},
        "late": {"starts": "12:00-19:59"},
        "night": {"covers": "23:00-06:00", "at_least": "3h"},
    }.items()
}
"""Kinds of shifts where the config states no other of that name; a shift may be of several."""


class Rules(Settings):
    """Rules about people over several weeks. What a preset says is in force under what is written here.

    A shift belongs to the day on which it begins. A period or run that reaches beyond the days known is judged only by
    those that are.
    """

    preset: str | None = None
    """Rules of law to begin with, such as "eu"; a named rule written here replaces that of the same name."""
    without: tuple[str, ...] = ()
    """Rules of the preset that do not hold, such as "hours.average"."""
    kinds: dict[str, ShiftKind] = Field(default_factory=dict)
    """Kinds of shifts, by name; there are early, day, late and night."""
    hours: dict[str, HoursRule] = Field(default_factory=dict)
    """Hours in a period, by a name of your choice."""
    shifts: dict[str, ShiftsRule] = Field(default_factory=dict)
    """Shifts of a kind in a period."""
    runs: dict[str, RunRule] = Field(default_factory=dict)
    """Runs of working days, of days off, of shifts of a kind."""
    rests: dict[str, RestRule] = Field(default_factory=dict)
    """Rest between two shifts by their kinds, and after runs; `rest` of the contract is in force for all."""
    weekly_rest: WeeklyRest | None = None
    """Longest rest of every week or other period."""
    weekends: Weekends | None = None
    """Weekends worked, and whole weekends."""
    successions: dict[str, Succession] = Field(default_factory=dict)
    """Forbidden and required successions of days."""
    rotation: Rotation | None = None
    """A pattern of days that repeats."""
    pairing: Pairing | None = None
    """Mentors whose shifts those of a trainee lie inside."""
    fixed_off: Weekdays = ()
    """Weekdays on which no shift begins."""
    fixed_off_dates: tuple[date, ...] = ()
    """Dates on which no shift begins."""
    locks: dict[date, Lock] = Field(default_factory=dict)
    """Dates that are settled: "off", "work" for any shift, or the clock time at which the shift begins, "06:00"."""
    near_start: Time | None = None
    """Most by which the clock times differ at which shifts of two consecutive days begin."""

    @model_validator(mode="before")
    @classmethod
    def _on_its_preset(cls, raw: Any) -> Any:  # noqa: ANN401 - whatever is in the file
        return merged(raw) if isinstance(raw, dict) else raw

    @model_validator(mode="after")
    def _names_are_known(self) -> Rules:
        if self.without and self.preset is None:
            raise ValueError("without needs a preset whose rules it drops")
        for where, name, words in self._names():
            known = [*self.all_kinds, *words]
            if name not in known:
                close = nearest(name, known) or f"; there are {', '.join(known)}"
                raise ValueError(f'{where}: "{name}" is not a kind of shift{close}')
        taken = sorted({"work", "off"} & set(self.kinds))
        if taken:
            raise ValueError(f'kinds: "{taken[0]}" has a meaning of its own; give the kind another name')
        return self

    @property
    def all_kinds(self) -> dict[str, ShiftKind]:
        """Kinds of shifts by name, those that need not be stated included."""
        return KINDS | self.kinds

    @property
    def used_kinds(self) -> dict[str, ShiftKind]:
        """Kinds that a rule names, by name."""
        named = {name for _, name, _ in self._names()}
        return {name: kind for name, kind in sorted(self.all_kinds.items()) if name in named}

    @property
    def periods(self) -> tuple[tuple[str, Period], ...]:
        """Period of every rule that has one, by its key."""
        found = [(f"hours.{name}", each.per) for name, each in self.hours.items()]
        found += [(f"shifts.{name}", each.per) for name, each in self.shifts.items()]
        found += [("weekly_rest", self.weekly_rest.per)] if self.weekly_rest else []
        found += [("weekends", self.weekends.per)] if self.weekends else []
        return tuple(found)

    def _names(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """Where a kind of shift is named, its name, and the words that may be there instead."""
        for name, shifts in self.shifts.items():
            yield f"shifts.{name}.of", shifts.of, ("work",)
        for name, run in self.runs.items():
            yield f"runs.{name}.of", run.of, ("work", "off")
        for name, rest in self.rests.items():
            for key, kind, words in (
                ("after", rest.after, ()), ("after_run", rest.after_run, ("work",)), ("before", rest.before, ()),
            ):  # fmt: skip
                if kind is not None:
                    yield f"rests.{name}.{key}", kind, words
        for name, succession in self.successions.items():
            for key, days in (
                ("after", succession.before), ("forbid", succession.forbid), ("allow", succession.allow),
            ):  # fmt: skip
                yield from ((f"successions.{name}.{key}", each, ("work", "off")) for each in days)
        if self.rotation is not None:
            used = {letter: self.rotation.letters[letter] for letter in self.rotation.days if letter != "-"}
            yield from ((f"rotation.letters.{letter}", kind, ("work",)) for letter, kind in used.items())


def _in_order(least: Any, most: Any) -> None:  # noqa: ANN401 - two durations or two numbers
    """Refuse limits of which neither is given, or that leave nothing between them."""
    if least is None and most is None:
        raise ValueError("asks for nothing; state least or most")
    if least is not None and most is not None and least > most:
        shown = [format_duration(each) if isinstance(each, timedelta) else str(each) for each in (least, most)]
        raise ValueError(f"least {shown[0]} is above most {shown[1]}")
