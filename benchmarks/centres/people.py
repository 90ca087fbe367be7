"""The people of a made centre: contracts with shifts and breaks, and who knows which channels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.centres.channels import HOURS

if TYPE_CHECKING:
    from benchmarks.centres.channels import Channel
    from benchmarks.centres.sizes import Size

FEW = 7
"""One person in so many knows all channels of a kind where skills are shared by few."""
NIGHTS = 0.14
"""Part of the people who work at night where the first line is open round the clock."""


@dataclass(frozen=True)
class Person:
    """One of the staff."""

    agent: str
    contract: str
    skills: tuple[str, ...]


@dataclass(frozen=True)
class Contract:
    """Shift length in minutes, days a week, minutes at work a day, and the settings of the config."""

    name: str
    part: float
    days: int
    worked_min: int
    settings: dict[str, object]

    @property
    def week_h(self) -> float:
        """Hours at work of a person in a week, breaks taken off."""
        return self.days * self.worked_min / 60


def contracts_of(size: Size) -> tuple[Contract, ...]:
    """Full-time, part-time, from 60 people on four long days, and nights where a line is open at night."""
    begin, end = _day(size)
    made = [
        _contract("full-time", 0.65, 5, (510, 450), (begin, end), 14.5),
        _contract("part-time", 0.25, 5, (270, 255), (begin, end), 13.8),
    ]
    if size.people >= 60 and end - begin > 660:
        made.append(_contract("four-by-ten", 0.10, 4, (630, 570), (begin, end), 14.5))
    if size.opening == "round the clock":
        made.append(_contract("nights", NIGHTS / (1 - NIGHTS), 5, (570, 510), (1230, 1920), 15.2))
    return tuple(made)


def _day(size: Size) -> tuple[int, int]:
    """Minutes of the day between which day shifts begin and end."""
    if size.opening == "round the clock":
        return 360, 1440
    clocks = [clock for span in HOURS[size.opening].values() for clock in span.split("-")]
    minutes = [60 * int(clock[:2]) + int(clock[3:]) for clock in clocks]
    return min(minutes), max(minutes)


def _contract(
    name: str, part: float, days: int, minutes: tuple[int, int], span: tuple[int, int], cost: float
) -> Contract:
    length, worked = minutes
    last = span[1] - length
    breaks: list[object] = [{"length": "15min", "after": "1h30m-2h45m", "paid": True}]
    if length > 300:
        breaks += [
            {"length": "30min", "after": "3h30m-5h30m"},
            {"length": "15min", "after": "6h15m-7h45m", "paid": True},
        ]
    start = f"{_clock(span[0])}-{_clock(last)}" if last > span[0] else _clock(span[0])
    shift = {"length": f"{length}min", "start": start, "step": "30min"}
    settings: dict[str, object] = {"days_per_week": days, "shifts": [shift], "breaks": breaks, "cost_per_hour": cost}
    if name == "part-time":
        settings["days_off"] = "any"
    return Contract(name, part, days, worked, settings)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def people_of(size: Size, channels: tuple[Channel, ...], contracts: tuple[Contract, ...]) -> tuple[Person, ...]:
    """Share people over channels by weight and over contracts by part, by largest remainder in one row."""
    homes = _shared_out([channel.weight for channel in channels], size.people)
    skilled = [skills for home, count in enumerate(homes) for skills in _skills(size, channels, home, count)]
    parts = _shared_out([contract.part for contract in contracts], size.people)
    names = [contract.name for contract, count in zip(contracts, parts, strict=True) for _ in range(count)]
    order = size.rng(2).permutation(size.people)
    made, nights = [], [channel.name for channel in channels[:1]]
    for number, (skills, place) in enumerate(zip(skilled, order, strict=True), start=1):
        contract = names[int(place)]
        known = tuple(dict.fromkeys(nights + list(skills))) if contract == "nights" else skills
        made.append(Person(f"p{number:03d}", contract, known))
    return tuple(made)


def _skills(size: Size, channels: tuple[Channel, ...], home: int, count: int) -> list[tuple[str, ...]]:
    """Skills of the people whose first channel is `home`."""
    own = channels[home]
    alike = [channel.name for channel in channels if (channel.kind == "call") == (own.kind == "call") and channel.live]
    all_of_them = tuple(channel.name for channel in channels) if size.sharing == "all" else tuple(alike)
    if not own.live and size.sharing != "all":
        all_of_them = (own.name, channels[0].name)
    place = alike.index(own.name) if own.live else 0
    following = (own.name, alike[(place + 1) % len(alike)]) if own.live else all_of_them
    wide = tuple(dict.fromkeys(following if size.sharing == "chain" else all_of_them))
    every = {"none": 0, "few": FEW, "chain": 1, "half": 2, "all": 1}[size.sharing]
    return [wide if every and number % every == every - 1 else (own.name,) for number in range(count)]


def _shared_out(weights: list[float], total: int) -> list[int]:
    """Whole numbers in proportion to the weights, each at least 2 where there are enough, that add up to `total`."""
    least = 2 if total >= 2 * len(weights) else 0
    free = total - least * len(weights)
    exact = [weight / sum(weights) * free for weight in weights]
    found = [int(each) for each in exact]
    by_rest = sorted(range(len(weights)), key=lambda at: exact[at] - found[at], reverse=True)
    for at in by_rest[: free - sum(found)]:
        found[at] += 1
    return [each + least for each in found]
