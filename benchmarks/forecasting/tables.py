"""The scores as markdown, ready for docs/forecasting.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.forecasting.runs import OURS, OURS_FAST
from benchmarks.forecasting.scores import MONTH, WEEK, geometric, score
from benchmarks.forecasting.sets import SIX

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.forecasting.runs import Answer
    from benchmarks.forecasting.scores import Score

NAIVE, MSTL = "weekly naive", "MSTL"
MARKED = "*"


class Board:
    """All answers, by set and forecaster; ours is compared with a peer over the origins that both ran."""

    def __init__(self, answers: Sequence[Answer]) -> None:
        self._answers: dict[tuple[str, str], list[Answer]] = {}
        for one in answers:
            self._answers.setdefault((one.name, one.who), []).append(one)
        self.sets = list(dict.fromkeys(name for name, _ in self._answers))
        self.who = list(dict.fromkeys(who for _, who in self._answers))

    def score(self, name: str, who: str, like: str | None = None) -> Score | None:
        """Score a forecaster on a set, over the origins of `like` when given; None when it did not run."""
        given = self._answers.get((name, who))
        if given is None:
            return None
        if like is not None:
            shared = {one.origin for one in self._answers.get((name, like), [])}
            given = [one for one in given if one.origin in shared]
        if not given:
            return None
        return score(given)

    def whole(self, name: str, who: str) -> bool:
        """Whether a forecaster ran at every origin of ours."""
        return len(self._answers[name, who]) == len(self._answers[name, OURS])

    def ratio(self, name: str, peer: str, days: int) -> float:
        """Our error over that of a peer, same origins."""
        ours, theirs = self.score(name, OURS, like=peer), self.score(name, peer, like=OURS)
        assert ours is not None and theirs is not None  # noqa: PT018, S101 - both ran
        return _error(ours, days) / _error(theirs, days)

    def peers(self, name: str) -> list[str]:
        """Peers that ran on a set."""
        return [who for who in self.who if who not in {OURS, OURS_FAST} and (name, who) in self._answers]


def _error(given: Score, days: int) -> float:
    return given.week if days == WEEK else given.month


def errors(board: Board, days: int) -> str:
    """Error per interval of every forecaster on every set; marked where only two origins were run."""
    lines = [_row(["forecaster", *board.sets]), _rule(len(board.sets))]
    for who in board.who:
        cells = []
        for name in board.sets:
            given = board.score(name, who)
            mark = "" if given is None or board.whole(name, who) else MARKED
            cells.append("" if given is None else f"{_error(given, days):.4f}{mark}")
        lines.append(_row([who, *cells]))
    best = [_best(board, name, days) for name in board.sets]
    lines.append(_row(["**best peer**", *(peer for peer, _ in best)]))
    lines.append(_row(["**ours / best peer**", *(f"**{ratio:.3f}**" for _, ratio in best)]))
    return "\n".join(lines)


def _best(board: Board, name: str, days: int) -> tuple[str, float]:
    """The peer that is hardest to beat on a set, and our error over its."""
    found = {who: board.ratio(name, who, days) for who in board.peers(name) if board.whole(name, who)}
    hardest = max(sorted(found), key=found.__getitem__)
    return hardest, found[hardest]


def summary(board: Board) -> str:
    """Geometric means over the six sets: against the best peer of each, and against each fixed peer."""
    sets = [name for name in board.sets if name in SIX]
    lines = [_row(["ours / ... (geometric mean)", "sets", "7 days", "28 days"]), _rule(3)]
    both = [geometric([_best(board, name, days)[1] for name in sets]) for days in (WEEK, MONTH)]
    worst = [max(_best(board, name, days)[1] for name in sets) for days in (WEEK, MONTH)]
    lines.append(_row(["**best peer of each set**", str(len(sets)), *(f"**{value:.3f}**" for value in both)]))
    lines.append(_row(["best peer, worst set", "1", *(f"{value:.3f}" for value in worst)]))
    for who in board.who:
        ran = [name for name in sets if who in board.peers(name)]
        if ran:
            ratios = [geometric([board.ratio(name, who, days) for name in ran]) for days in (WEEK, MONTH)]
            mark = "" if all(board.whole(name, who) for name in ran) else MARKED
            lines.append(_row([who + mark, str(len(ran)), *(f"{value:.3f}" for value in ratios)]))
    return "\n".join(lines)


def intervals(board: Board) -> str:
    """Coverage and pinball of ours, beside MSTL's; bias; seconds."""
    head = ["set", "covered 80 %", "covered 95 %", "MSTL 80 / 95 %", "pinball", "ours / MSTL", "bias", "seconds"]
    lines = [_row(head), _rule(len(head) - 1)]
    for name in board.sets:
        ours = board.score(name, OURS)
        assert ours is not None  # noqa: S101 - ours always runs
        theirs, same = board.score(name, MSTL, like=OURS), board.score(name, OURS, like=MSTL)
        other, ratio = "", ""
        if theirs is not None and same is not None:
            mark = "" if board.whole(name, MSTL) else MARKED
            other = f"{theirs.cover_80:.3f} / {theirs.cover_95:.3f}{mark}"
            ratio = f"{same.pinball / theirs.pinball:.2f}{mark}"
        cells = [f"{ours.cover_80:.3f}", f"{ours.cover_95:.3f}", other, f"{ours.pinball:.4f}", ratio]
        lines.append(_row([name, *cells, f"{ours.bias:+.1%}", f"{ours.seconds:.2f}"]))
    return "\n".join(lines)


def seconds(board: Board) -> str:
    """Median seconds to fit and forecast 28 days."""
    lines = [_row(["forecaster", *board.sets]), _rule(len(board.sets))]
    for who in board.who:
        given = [board.score(name, who) for name in board.sets]
        lines.append(_row([who, *("" if one is None else f"{one.seconds:.2f}" for one in given)]))
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _rule(numbers: int) -> str:
    return "| --- |" + " ---: |" * numbers
