"""The charts of cover and backlog and the day tables of one channel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reports import formatting
from reports.findings import promise, shortage
from reports.page import paths
from reports.page.forecast import forecast_plot
from reports.page.plots import Layer, Plot, Readout, scale
from reports.page.service import service_plot
from reports.series import per_day, weighted_mean

if TYPE_CHECKING:
    from datetime import date

    from reports.metrics.channels import ChannelWeek
    from reports.metrics.week import Week
    from reports.metrics.work import Work
    from reports.page.axis import Axis
    from reports.series import Numbers


EVERY = "needed if every interval met the target alone"
"""The requirement by interval of a channel whose target is one over a day or a week."""


@dataclass(frozen=True)
class DayRow:
    """One day of one channel; what does not apply is none."""

    date: date
    contacts: float
    low: float
    high: float
    required_h: float
    staffed_h: float
    short_h: float
    over_h: float
    service_level: float | None
    arriving_h: float | None
    done_h: float | None
    backlog_h: float | None


@dataclass(frozen=True)
class ShortRow:
    """One understaffed span and its reason; the reason is empty where it is not known."""

    span: str
    agent_h: float
    most: float
    reason: str


@dataclass(frozen=True)
class ChannelView:
    """Everything the page shows of one channel."""

    channel: ChannelWeek
    key: str
    sentences: tuple[str, ...]
    plots: tuple[Plot, ...]
    forecast: Plot
    days: tuple[DayRow, ...]
    shortfalls: tuple[ShortRow, ...]


def channel_views(week: Week, axis: Axis) -> tuple[ChannelView, ...]:
    """Make the view of every channel."""
    return tuple(_view(week, channel, f"c{number}", axis) for number, channel in enumerate(week.channels))


def _view(week: Week, channel: ChannelWeek, key: str, axis: Axis) -> ChannelView:
    sentences = [promise(channel)]
    if channel.short_intervals:
        sentences.append(shortage(channel, week.run.horizon.interval_min))
    plots = (
        (_work(channel, channel.work, key, axis), _backlog(channel, channel.work, key))
        if channel.work
        else (_cover(channel, key), service_plot(channel, key))
    )
    expected = forecast_plot(week.run, channel, key)
    days, short = tuple(_days(week, channel)), _shortfalls(week, channel)
    return ChannelView(channel, key, tuple(sentences), plots, expected, days, short)


def _shortfalls(week: Week, channel: ChannelWeek) -> tuple[ShortRow, ...]:
    """List the understaffed spans, most agent-hours first."""
    known = [one for one in week.run.roster.shortfalls if one.channel == channel.channel]
    if known:
        return tuple(ShortRow(formatting.span(one.start, one.end), one.agent_h, one.most, one.reason) for one in known)
    periods = sorted(channel.periods, key=lambda period: (-period.agent_h, period.start))
    return tuple(
        ShortRow(formatting.span(period.start, period.end), period.agent_h, period.most, "") for period in periods
    )


def _cover(channel: ChannelWeek, key: str) -> Plot:
    required, staffed = np.nan_to_num(channel.series.required), np.nan_to_num(channel.series.staffed)
    every, floor = _every(channel), channel.required_name
    axis = scale(required, staffed, *([] if every is None else [every]), counted=True)
    need, cover = axis.y(required), axis.y(staffed)
    line = [] if every is None else [Layer("every", paths.step_line(axis.y(every)))]
    return Plot(
        key=f"{key}-cover",
        title=f"Staffed and {floor}",
        unit="agents",
        described=f"{formatting.title(channel.channel)}: agents {floor} and staffed by interval; "
        "a table by day follows.",
        layers=(
            Layer("staffed", paths.step_area(cover)),
            Layer("over", paths.between(cover, need)),
            Layer("short", paths.between(need, cover)),
            Layer("required", paths.step_line(need)),
            *line,
        ),
        ticks=axis.marks,
        legend=(
            ("staffed", "staffed"),
            ("required", floor),
            ("short", "understaffed"),
            ("over", channel.excess_name),
            *([] if every is None else [("every", EVERY)]),
        ),
        readouts=(
            Readout(floor, required, "required", decimals=1),
            Readout("staffed", staffed, "staffed", decimals=1),
            *([] if every is None else [Readout("every interval alone", every, "every", decimals=1)]),
            Readout("service level", channel.series.service_level, "given", share=True),
        ),
    )


def _every(channel: ChannelWeek) -> Numbers | None:
    """People the target would take in every interval separately; None where it is one by interval or nobody knows."""
    if channel.over == "interval" or not np.isfinite(channel.series.every).any():
        return None
    return np.nan_to_num(channel.series.every)


def _work(channel: ChannelWeek, work: Work, key: str, week: Axis) -> Plot:
    hours = week.horizon.interval_h
    arriving, done = work.arriving / hours, work.done / hours
    axis = scale(arriving, done, counted=True)
    return Plot(
        key=f"{key}-work",
        title="Work arriving and done",
        unit="agents",
        described=f"{formatting.title(channel.channel)}: work arriving and done in each interval, in agents.",
        layers=(Layer("staffed", paths.step_area(axis.y(done))), Layer("required", paths.step_line(axis.y(arriving)))),
        ticks=axis.marks,
        legend=(("staffed", "agents working on it"), ("required", "work arriving")),
        readouts=(
            Readout("arriving", arriving, "required", decimals=1),
            Readout("working on it", done, "staffed", decimals=1),
        ),
    )


def _backlog(channel: ChannelWeek, work: Work, key: str) -> Plot:
    backlog, room = work.backlog, np.maximum(work.room, 0.0)
    axis = scale(backlog, room)
    level, most = axis.y(backlog), axis.y(room)
    late = backlog > room + 0.01
    return Plot(
        key=f"{key}-backlog",
        title="Backlog, and its limit with nothing late",
        unit="agent-hours",
        described=f"{formatting.title(channel.channel)}: backlog after each interval, and its limit with nothing late.",
        layers=(
            Layer("backlog", paths.step_area(level)),
            Layer("short", paths.between(level, np.where(late, most, level))),
            Layer("room", paths.step_line(most)),
        ),
        ticks=axis.marks,
        legend=(("backlog", "backlog"), ("room", "limit"), ("short", "late")),
        readouts=(Readout("backlog", backlog, "backlog", decimals=1), Readout("limit", room, "room", decimals=1)),
    )


def _days(week: Week, channel: ChannelWeek) -> list[DayRow]:
    horizon, series, work = week.run.horizon, channel.series, channel.work
    volume, low, high = (per_day(values, horizon) for values in (series.volume, series.low, series.high))
    required, staffed, shortage, excess = (
        per_day(values, horizon) * horizon.interval_h
        for values in (series.required, series.staffed, series.shortage, series.excess)
    )
    rows = []
    for number, day in enumerate(week.days):
        mine = horizon.day == number
        rows.append(
            DayRow(
                date=day,
                contacts=float(volume[number]),
                low=float(low[number]),
                high=float(high[number]),
                required_h=float(required[number]),
                staffed_h=float(staffed[number]),
                short_h=float(shortage[number]),
                over_h=float(excess[number]),
                service_level=weighted_mean(series.service_level[mine], series.volume[mine]),
                arriving_h=float(work.arriving[mine].sum()) if work else None,
                done_h=float(work.done[mine].sum()) if work else None,
                backlog_h=float(work.backlog[mine][-1]) if work else None,
            )
        )
    return rows
