"""Why this forecast: the backtest by day ahead, the members of the blend, and what week, year, month and events do."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reports import formatting
from reports.english.history import odd_days
from reports.page import paths
from reports.page.plots import Layer, Plot, scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forecast.models.explain import Effect, Explanation, Member
    from forecast.result import Forecast, Past
    from reports.metrics.week import Week
    from reports.series import Numbers

LEAST_SHARE = 0.005
"""Weights and effects below half a per cent are not shown."""
MOST_EFFECTS = 5
"""Events and holidays beyond these share one row."""
LEAST_SCALE = 0.05
"""A picture of factors reaches at least 5% up and down, so that a trace does not look like a swing."""
HALF = 50
"""Half the height of a picture of factors, in its own units."""
SPANS = ("Days 1–7", "8–14", "15 on")


@dataclass(frozen=True)
class Shape:
    """Factors as bars up and down from the average day, `size` of them, with their labels and a sentence."""

    title: str
    size: int
    path: str
    labels: tuple[str, ...]
    label: str


@dataclass(frozen=True)
class MemberRow:
    """One member of the blend: its weight and its error by days ahead."""

    name: str
    weights: tuple[str, ...]
    errors: tuple[str, ...]


@dataclass(frozen=True)
class EffectRow:
    """One event or holiday."""

    name: str
    size: str
    seen: str


@dataclass(frozen=True)
class WhyView:
    """Everything the page says about the forecast of one channel; `size` days are on the axis of `picture`."""

    key: str
    channel: str
    short: str
    sentences: tuple[str, ...]
    picture: Plot | None
    size: int
    marks: tuple[tuple[int, str], ...]
    shapes: tuple[Shape, ...]
    voices: tuple[MemberRow, ...]
    effects: tuple[EffectRow, ...]
    odd: tuple[str, ...]


def why_views(week: Week) -> tuple[WhyView, ...]:
    """Explain every channel whose forecast was made here, in order of the forecast."""
    forecast = week.run.forecast
    past = {one.channel: one for one in forecast.past}
    return tuple(
        _view(f"why-{number}", one, past.get(one.channel), forecast)
        for number, one in enumerate(forecast.explanations, start=1)
    )


def _view(key: str, one: Explanation, past: Past | None, forecast: Forecast) -> WhyView:
    size = len(past.volume) if past else 0
    return WhyView(
        key=key,
        channel=formatting.title(one.channel),
        short=_short(one, past),
        sentences=(*_sentences(one), *([_tried(past)] if past else [])),
        picture=_picture(past, key) if past else None,
        size=size,
        marks=tuple((day, f"{day + 1}") for day in range(0, size, 7)),
        shapes=_shapes(one),
        voices=tuple(_member(voice) for voice in one.voices if max(voice.weights) >= LEAST_SHARE),
        effects=_effects(one),
        odd=tuple(odd_days(finding) for finding in forecast.findings if finding.channel == one.channel),
    )


def _short(one: Explanation, past: Past | None) -> str:
    """What is shown next to the name while the rest is folded."""
    label = []
    if past and sum(past.volume):
        label.append(f"error {formatting.percent(sum(past.error) / sum(past.volume))} on past weeks")
    if one.trend_a_year is not None:
        label.append(f"trend {signed(one.trend_a_year, 1)} a year")
    return " · ".join(label)


def _sentences(one: Explanation) -> list[str]:
    said = [f"{formatting.title(one.why.sentence)}."]
    loud = [voice for voice in one.voices if voice.weights[0] >= LEAST_SHARE]
    if loud:
        named = [f'"{voice.name}" {formatting.percent(voice.weights[0], 0)}' for voice in loud]
        said.append(f"Blend for the first week: {formatting.listed(named)}.")
    if one.trend_a_year is not None:
        said.append(f"Trend: {signed(one.trend_a_year, 1)} over the last year.")
    return said


def _tried(past: Past) -> str:
    volume = sum(past.volume)
    ours, naive, mean = (
        formatting.percent(sum(errors) / volume) for errors in (past.error, past.naive_error, past.mean_error)
    )
    tried = f"{formatting.count(past.origins, 'start day')}, {formatting.count(len(past.volume), 'day')} ahead each"
    return (
        f"Backtest from {tried}: error {ours} of contacts by interval, "
        f"compared with {naive} for repeating the previous week and {mean} for the mean of eight weeks."
    )


def _picture(past: Past, key: str) -> Plot:
    volume = np.array(past.volume)
    known = volume > 0
    ours, naive, mean = (
        100 * np.divide(np.array(errors), volume, out=np.full(len(volume), np.nan), where=known)
        for errors in (past.error, past.naive_error, past.mean_error)
    )
    axis = scale(ours, naive, mean)

    def line(values: Numbers) -> str:
        return paths.broken_line(axis.y(values), known)

    return Plot(
        key=key,
        title="Backtest error by day ahead",
        unit="% of contacts",
        described=f"{formatting.title(past.channel)}: error of the forecast by day ahead; "
        "the sentence above summarises it.",
        layers=(Layer("naive-line", line(naive)), Layer("mean-line", line(mean)), Layer("expected", line(ours))),
        ticks=axis.marks,
        legend=(("expected", "this forecast"), ("naive-line", "previous week"), ("mean-line", "mean of 8 weeks")),
        readouts=(),
    )


def _shapes(one: Explanation) -> tuple[Shape, ...]:
    found = []
    if one.week:
        label = formatting.listed([f"{d} {_factor(f)}" for d, f in zip(formatting.DAYS, one.week, strict=True)])
        found.append(_shape("Weekly shape", one.week, formatting.DAYS, label))
    if one.year:
        label = formatting.listed([f"{m} {_factor(f)}" for m, f in zip(formatting.MONTHS, one.year, strict=True)])
        found.append(_shape("Yearly shape", one.year, [month[0] for month in formatting.MONTHS], label))
    if one.month:
        high, low = (int(pick(one.month)) for pick in (np.argmax, np.argmin))
        top, bottom = (f"day {day + 1} ({_factor(one.month[day], 1)})" for day in (high, low))
        label = f"highest on {top}, lowest on {bottom}"
        labels = [f"{day}" if day in {1, 10, 20, 31} else "" for day in range(1, 32)]
        found.append(_shape("Position in the month", one.month, labels, label))
    return tuple(found)


def _shape(title: str, factors: Sequence[float], labels: Sequence[str], label: str) -> Shape:
    """Draw each factor from the middle up or down; the largest reaches the edge, a closed day has no bar."""
    off = np.array([factor - 1 if factor > 0 else 0.0 for factor in factors])
    largest = max(float(np.abs(off).max()), LEAST_SCALE)
    heights = np.rint(HALF * off / largest).astype(int)
    bars = "".join(f"M{10 * at + 1} {HALF}h8v{-height}h-8z" for at, height in enumerate(heights.tolist()) if height)
    return Shape(title, 10 * len(off), bars, tuple(labels), f"{formatting.title(label)}.")


def _member(voice: Member) -> MemberRow:
    return MemberRow(
        voice.name,
        tuple(formatting.percent(weight, 0) for weight in voice.weights),
        tuple(formatting.percent(error) if math.isfinite(error) else "–" for error in voice.errors),
    )


def _effects(one: Explanation) -> tuple[EffectRow, ...]:
    """Rows of the largest effects; the others share one row with their names and range."""
    label = [event for event in one.events if event.days or abs(event.size) >= LEAST_SHARE]
    if len(label) <= MOST_EFFECTS + 1:
        return tuple(_effect(event) for event in label)
    largest = sorted(label, key=lambda event: (-abs(event.size), event.name))[:MOST_EFFECTS]
    rest = [event for event in label if event not in largest]
    sizes = sorted(event.size for event in rest)
    low, high = signed(sizes[0]), signed(sizes[-1])
    size = low if low == high else f"{low} to {high}"
    row = EffectRow(formatting.listed([event.name for event in rest]), size, f"{len(rest)} more")
    return (*(_effect(event) for event in label if event in largest), row)


def _effect(event: Effect) -> EffectRow:
    if not event.days:
        return EffectRow(event.name, signed(event.size), "not seen yet")
    shrunk = ", effect reduced" if event.days == 1 else ""
    return EffectRow(event.name, signed(event.size), f"{formatting.count(event.days, 'day')}{shrunk}")


def signed(share: float, decimals: int = 0) -> str:
    """Write a change with its sign: ``+12%``, ``−3%``."""
    return formatting.change(share, decimals).replace("-", "−")


def _factor(factor: float, decimals: int = 0) -> str:
    return signed(factor - 1, decimals) if factor > 0 else "closed"
