"""People and customers of one week, event by event.

Somebody free takes a call at once, otherwise it waits. A person who becomes free takes the oldest contact of the most
urgent channel they know. A stint that ends lets a call or the open conversations be finished first.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from functools import partial
from heapq import heappop, heappush
from itertools import count
from typing import TYPE_CHECKING

from benchmarks.centres.judging.customers import Contact, drawn
from benchmarks.centres.judging.seats import CALLS

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from benchmarks.centres.judging.centre import Line
    from benchmarks.centres.judging.seats import Stint


@dataclass(eq=False)
class Person:
    """Somebody at work: what they know, where they are, what they hold.

    `left_s` is when they should have left while something is open, `late_s` how much later they then left, `due` the
    pause and the place of a stint that should have begun meanwhile, `turn` counts what the roster says.
    """

    calls: tuple[str, ...]
    place: str = ""
    on_call: bool = False
    idle_since: float = 0.0
    typing: bool = False
    held: int = 0
    inbox: deque[tuple[Contact, int]] = field(default_factory=deque)
    turn: int = 0
    left_s: float | None = None
    late_s: float = 0.0
    due: tuple[float, str] | None = None

    @property
    def busy(self) -> bool:
        """Whether anything is open."""
        return self.on_call or self.held > 0

    @property
    def free_for_calls(self) -> bool:
        """Whether they can take a call now."""
        return self.place == CALLS and not self.on_call and not self.held

    def has_slot(self, line: Line) -> bool:
        """Whether they can take one more conversation now."""
        return self.place == line.name and not self.on_call and self.held < line.slots


class Floor:
    """One week of the channels whose customers wait."""

    def __init__(self, lines: tuple[Line, ...], interval_s: float, luck: Random) -> None:
        self.lines = {line.name: line for line in lines}
        self.interval_s, self.luck = interval_s, luck
        self.queues: dict[str, deque[Contact]] = {line.name: deque() for line in lines}
        self.there: dict[str, dict[Person, None]] = {CALLS: {}, "": {}, **{line.name: {} for line in lines}}
        self.contacts: list[Contact] = []
        self.number = count()
        self.events: list[tuple[float, int, int, Callable[[float], None]]] = []

    def at(self, moment: float, rank: int, happens: Callable[[float], None]) -> None:
        """Note what happens at a moment; of several at one moment the lowest rank comes first."""
        heappush(self.events, (moment, rank, next(self.number), happens))

    def join(self, skills: frozenset[str], stints: list[Stint], end_s: float) -> None:
        """Add a person; at the end of the week nobody goes home."""
        known = tuple(name for name, line in self.lines.items() if line.kind == "synchronous" and name in skills)
        person = Person(known)
        begins = [stint.begin_s for stint in stints]
        for number, stint in enumerate(stints):
            self.at(stint.begin_s, 1, partial(self.begin, person=person, place=stint.place))
            goes_on = begins[number + 1 : number + 2] == [stint.end_s]
            if not goes_on and stint.end_s < end_s:
                self.at(stint.end_s, 0, partial(self.leave, person=person))

    def expect(self, contact: Contact) -> None:
        """Add a customer."""
        self.at(contact.at_s, 2, lambda now: self.come(now, contact))

    def run(self) -> list[Contact]:
        """Let everything happen; every attempt there was."""
        while self.events:
            now, _, _, happens = heappop(self.events)
            happens(now)
        return self.contacts

    # -- people ------------------------------------------------------------------------------------------------------

    def begin(self, now: float, person: Person, place: str) -> None:
        """A stint begins; after a pause that began late it begins as much later."""
        person.turn += 1
        if person.left_s is not None:
            person.due = (now - person.left_s, place)
        elif person.late_s > 0:
            self._later(now + person.late_s, person, place)
        else:
            self.move(now, person, place)
        person.late_s = 0.0

    def _later(self, moment: float, person: Person, place: str) -> None:
        turn = person.turn

        def back(now: float) -> None:
            if person.turn == turn:
                self.move(now, person, place)

        self.at(moment, 1, back)

    def leave(self, now: float, person: Person) -> None:
        """A pause begins or the shift ends; what is open is finished first."""
        person.turn += 1
        self.move(now, person, "")
        person.left_s = now if person.busy else None

    def move(self, now: float, person: Person, place: str) -> None:
        """Go to a place, or away."""
        self.there[person.place].pop(person, None)
        person.place, person.idle_since = place, now
        self.there.setdefault(place, {})[person] = None
        self.look_for_work(now, person)

    def _done(self, now: float, person: Person) -> None:
        """Everything is finished of somebody whose pause should have begun: it begins now, with its whole length."""
        if person.left_s is None or person.busy:
            return
        person.late_s, person.left_s = now - person.left_s, None
        if person.due is not None:
            pause_s, place = person.due
            self._later(now + pause_s, person, place)
            person.due, person.late_s = None, 0.0

    def look_for_work(self, now: float, person: Person) -> None:
        """Take what waits and what this person may take."""
        if person.free_for_calls:
            for name in person.calls:
                waiting = self._next(now, name)
                if waiting is not None:
                    self.answer(now, person, waiting)
                    return
        line = self.lines.get(person.place)
        while line is not None and person.has_slot(line):
            waiting = self._next(now, line.name)
            if waiting is None:
                return
            self.open(now, person, waiting)

    def _next(self, now: float, name: str) -> Contact | None:
        """The customer who has waited longest and is still there."""
        queue = self.queues[name]
        while queue:
            contact = queue.popleft()
            if contact.until_s > now:
                return contact
        return None

    # -- customers ---------------------------------------------------------------------------------------------------

    def come(self, now: float, contact: Contact) -> None:
        """A customer comes: somebody answers now, or the customer waits."""
        self.contacts.append(contact)
        person = self._calls_taker(contact.line) if contact.line.kind == "synchronous" else self._writer(contact.line)
        if person is None:
            self.queues[contact.line.name].append(contact)
            self._may_come_again(contact)
        elif contact.line.kind == "synchronous":
            self.answer(now, person, contact)
        else:
            self.open(now, person, contact)

    def _calls_taker(self, line: Line) -> Person | None:
        """Of those free the one who knows the fewest channels, then the one with this channel first, then idle longest."""
        able = [person for person in self.there[CALLS] if person.free_for_calls and line.name in person.calls]
        key = lambda person: (len(person.calls), person.calls.index(line.name), person.idle_since)  # noqa: E731
        return min(able, key=key, default=None)

    def _writer(self, line: Line) -> Person | None:
        """Of those with a free slot the one who holds the fewest conversations."""
        able = [person for person in self.there[line.name] if person.has_slot(line)]
        return min(able, key=lambda person: person.held, default=None)

    def _may_come_again(self, contact: Contact) -> None:
        line = contact.line
        if line.redial_share > 0 and self.luck.random() < line.redial_share:
            later = contact.until_s + self.luck.expovariate(1 / line.redial_after_s)
            self.at(later, 2, lambda now: self.come_again(now, contact))

    def come_again(self, now: float, contact: Contact) -> None:
        """A customer who gave up calls again as a new attempt, while the line is open."""
        line, at = contact.line, int(now // self.interval_s)
        if contact.wait_s is None and at < len(line.volume) and line.volume[at] > 0:
            again = drawn(line, now, 0.0, self.luck)
            again.work_s = contact.work_s
            self.come(now, again)

    # -- calls and conversations -------------------------------------------------------------------------------------

    def answer(self, now: float, person: Person, contact: Contact) -> None:
        """A call begins."""
        contact.wait_s = now - contact.at_s
        person.on_call = True
        self.at(now + contact.work_s, 0, lambda then: self.hang_up(then, person))

    def hang_up(self, now: float, person: Person) -> None:
        """A call ends."""
        person.on_call, person.idle_since = False, now
        self._done(now, person)
        self.look_for_work(now, person)

    def open(self, now: float, person: Person, contact: Contact) -> None:
        """A conversation begins; its first message is there already."""
        contact.wait_s = now - contact.at_s
        person.held += 1
        self.wrote(now, person, contact, contact.messages)

    def wrote(self, now: float, person: Person, contact: Contact, left: int) -> None:
        """A message is there; `left` of the conversation are to be answered."""
        person.inbox.append((contact, left))
        if not person.typing:
            self.type_next(now, person)

    def type_next(self, now: float, person: Person) -> None:
        """The oldest message is answered next."""
        if not person.inbox:
            person.typing = False
            return
        person.typing = True
        contact, left = person.inbox.popleft()
        line = contact.line
        mean = line.touch_s * (1 + line.switch * (person.held - 1))
        length = self.luck.expovariate(1 / mean) if mean > 0 else 0.0
        self.at(now + length, 0, lambda then: self.replied(then, person, contact, left - 1))

    def replied(self, now: float, person: Person, contact: Contact, left: int) -> None:
        """A reply is sent: the customer thinks about it, or the conversation is over."""
        if left:
            later = now + self.luck.expovariate(1 / contact.line.think_s)
            self.at(later, 0, lambda then: self.wrote(then, person, contact, left))
        else:
            person.held -= 1
            self._done(now, person)
        self.type_next(now, person)
        if not left:
            self.look_for_work(now, person)
