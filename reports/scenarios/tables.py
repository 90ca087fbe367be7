"""Scenarios as tables: to be read, as rows of a file, and as JSON holds them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from reports import formatting
from reports.document.listing import NOTHING, Cell, listing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from optimize.scenarios.comparison import Compared, Row
    from optimize.scenarios.outcome import ChannelOutcome
    from reports.document.listing import Listing

HEADS = ["scenario", "cost", "change", "agent-hours", "change", "hours short", "targets met"]
CHANNEL_HEADS = ["scenario", "contacts", "agent time", "in time", "asked", "target met", "mean wait", "mean reply"]
NOTE = (
    "Changes are against the baseline. Costs are the least of a week without whole people; a roster costs a little "
    "more. Targets met: channels whose share in time is reached with the probability asked for, in simulated weeks"
)
CHANNEL_NOTE = (
    "Agent time: hours of handle time. Target met: simulated days or weeks with the share in time. Mean reply: to a "
    "message of a conversation"
)
FILE_HEADS = (
    "scenario", "title", "value", "cost", "outsourced", "agent_h", "people", "short_h", "backlog_h",
    "channel", "contacts", "work_h", "share", "asked", "probability", "wait_s", "response_s",
)  # fmt: skip
DECIMALS = 6
"""Decimals of a number in a file."""


def overview(compared: Compared, currency: str) -> Listing:
    """A row for each plan."""
    return listing("Scenarios", HEADS, [_row(compared, row, currency) for row in compared.rows], NOTE)


def _row(compared: Compared, row: Row, currency: str) -> list[Cell | str]:
    outcome, base = row.outcome, compared.baseline.outcome
    met = sum(each.probability >= row.asked.config.sure_of(each.channel) - LEEWAY for each in outcome.channels)
    same = row is compared.baseline
    return [
        Cell(row.asked.title),
        formatting.money(outcome.cost, currency),
        NOTHING if same or not base.cost else formatting.change(outcome.cost / base.cost - 1, 1),
        formatting.number(outcome.agent_h, 0),
        NOTHING if same or not base.agent_h else formatting.change(outcome.agent_h / base.agent_h - 1, 1),
        formatting.number(outcome.short_h, 1),
        Cell(f"{met} of {len(outcome.channels)}", "good" if met == len(outcome.channels) else "plain"),
    ]


LEEWAY = 0.025
"""Shortfall of a probability that is within chance: a standard error and a half of 300 weeks."""


def by_channel(compared: Compared) -> Iterator[Listing]:
    """For each channel a table with a row for each plan that has it."""
    for name in compared.channels:
        rows = [(row, found) for row in compared.rows if (found := row.outcome.of(name)) is not None]
        yield listing(formatting.title(name), CHANNEL_HEADS, [_channel_row(*each) for each in rows], CHANNEL_NOTE)


def _channel_row(row: Row, found: ChannelOutcome) -> list[Cell | str]:
    lacking = found.probability < row.asked.config.sure_of(found.channel) - LEEWAY
    return [
        Cell(row.asked.title),
        formatting.number(found.contacts, 0),
        f"{formatting.number(found.work_h, 0)} h",
        formatting.percent(found.share),
        formatting.percent(found.asked, 0),
        Cell(formatting.percent(found.probability, 0), "bad" if lacking else "good"),
        NOTHING if found.wait_s is None else f"{formatting.number(found.wait_s, 0)} s",
        NOTHING if found.response_s is None else f"{formatting.number(found.response_s, 0)} s",
    ]


def csv_text(compared: Compared) -> str:
    """A line for each plan and channel; the columns of the plan are repeated."""
    import csv
    import io

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(FILE_HEADS)
    for row in compared.rows:
        plan = [row.asked.name, row.asked.title, row.asked.value]
        whole = asdict(row.outcome)
        plan += [whole[name] for name in FILE_HEADS[3:9]]
        for channel in row.outcome.channels:
            own = asdict(channel)
            writer.writerow([_cell(each) for each in [*plan, *(own[name] for name in FILE_HEADS[9:])]])
    return text.getvalue()


def _cell(value: Any) -> str:  # noqa: ANN401 - a cell of any kind
    if value is None:
        return ""
    return formatting.number(value, DECIMALS).replace(",", "") if isinstance(value, float) else str(value)


def plain(compared: Compared) -> list[dict[str, Any]]:
    """Everything as JSON holds it."""
    return [
        {"scenario": row.asked.name, "title": row.asked.title, "value": row.asked.value, **asdict(row.outcome)}
        for row in compared.rows
    ]
