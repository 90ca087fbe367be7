"""The page: well made, alone on disk, small, and saying the same as the tables."""

from __future__ import annotations

import json
import re
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from reports import week_of
from reports.page import paths
from reports.page.axis import Axis
from reports.page.gantt import gantt
from reports.page.report import render
from staffcurve.run_folder.formats import write_reports
from tests.reports.runs import large_run, small_run

VOID = {"meta", "path", "input", "link", "br", "img"}


class Reader(HTMLParser):
    """Reads a page; remembers what is open, what refers elsewhere, the ids, and the text."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.wrong, self.ids, self.tags, self.links, self.text = [], [], [], [], [], []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.append((tag, attrs))
        self.ids += [attrs["id"]] if "id" in attrs else []
        self.links += [attrs[name] for name in ("href", "src", "action", "xlink:href", "srcset") if name in attrs]
        if tag not in VOID or (tag == "path" and not self.get_starttag_text().endswith("/>")):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append((tag, self.getpos()))

    def handle_data(self, data):
        self.text.append(data)


def read(text):
    """Read a page."""
    reader = Reader()
    reader.feed(text)
    reader.close()
    return reader


def leads(link, ids):
    """Whether a link leads to a place of the page: ``#cost``, ``#day=2026-12-01&at=c0``."""
    return link.startswith("#") and link.rpartition("at=")[2].lstrip("#") in ids


@pytest.fixture(scope="module")
def page(week):
    """The page of the small week."""
    return render(week)


@pytest.fixture(scope="module")
def large_page(large):
    """The page of the week of 144 people."""
    return render(week_of(large))


def test_every_element_is_closed_where_it_belongs(page, large_page):
    """Nothing left open, nothing closed twice, no id given twice."""
    for text in (page, large_page):
        reader = read(text)
        assert reader.wrong == []
        assert reader.open == []
        assert len(set(reader.ids)) == len(reader.ids)


def test_the_page_asks_nobody_for_anything(page, large_page):
    """No address, no import, no link but to its own sections; the browser is told to refuse any other."""
    for text in (page, large_page):
        assert not re.search(r"https?:|//[a-z]|@import|url\(", text)
        reader = read(text)
        assert all(leads(link, reader.ids) for link in reader.links)
        assert "default-src 'none'" in text


def test_the_page_of_a_real_centre_is_small(large_page):
    """144 people on five channels stay under 1.5 MB, also in five-minute intervals."""
    assert len(large_page.encode()) < 1_500_000
    assert len(render(week_of(large_run(interval_min=5))).encode()) < 1_500_000


def test_text_of_the_user_is_never_markup(page):
    """Names and notes with brackets and signs are shown as they are."""
    assert "Cara &lt;Cedar&gt;" in page
    assert "<Cedar>" not in page
    assert "&lt;config&gt;" in page
    assert "one &amp; two" in page


def test_the_numbers_for_the_script_cannot_end_the_script(run):
    """A channel called like the end of a script stays inside its quotes."""
    from markupsafe import Markup

    from reports.page.channels import channel_views
    from reports.page.plots import Plot, Readout
    from reports.page.script_data import script_data

    axis = Axis(run.horizon)
    (view, *_) = channel_views(week_of(run), axis)
    evil = Readout("</script><b>", np.zeros(axis.size))
    plot = Plot("k", "t", "u", "d", (), (), (), (evil,))
    told = script_data(axis, (type(view)(view.channel, "k", (), (plot,), plot, (), ()),))
    assert isinstance(told, Markup)
    assert "<" not in told
    assert json.loads(told)["plots"]["k"][0] == ["</script><b>", "", "", [0, 672]]


def test_the_sentences_stand_on_the_page(page):
    """The same words as everywhere else."""
    text = "".join(read(page).text)
    assert "Phone meets its service target: 89.6% of contacts answered within 20 s, target 80%." in text
    assert "1 person has no shifts this week: Fay Fir." in text


def test_headings_go_down_one_step_at_a_time(large_page):
    """One h1; no level is skipped; every table says what it shows."""
    reader = read(large_page)
    levels = [int(tag[1]) for tag, _ in reader.tags if re.fullmatch(r"h\d", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    tables = sum(tag == "table" for tag, _ in reader.tags)
    assert tables == sum(tag == "caption" for tag, _ in reader.tags)


def test_what_can_be_scrolled_can_be_reached_by_key_and_has_a_name(large_page):
    """Every scrolling region takes the focus and says what it is; every drawing says it or is silent."""
    for tag, attrs in read(large_page).tags:
        kinds = set((attrs.get("class") or "").split())
        if tag == "div" and kinds & {"wide", "scroll"}:
            assert attrs["tabindex"] == "0"
            assert attrs["aria-label"]
        if tag == "svg":
            assert attrs.get("aria-label") or attrs.get("aria-hidden") == "true"


def test_the_page_bears_no_time_of_its_making(run, page):
    """Neither the seconds of the search nor the date of today."""
    from dataclasses import replace

    later = replace(run, roster=replace(run.roster, seconds=1234.5))
    assert render(week_of(later)) == page


def test_the_page_says_what_a_star_is_where_there_is_one(tmp_path):
    """Under the roster of the week with the hour that comes twice, and of no other."""
    for first, said in ((date(2026, 10, 24), True), (date(2026, 11, 30), False)):
        write_reports(small_run(first=first), tmp_path / str(first), ["html"])
        page = (tmp_path / str(first) / "report.html").read_text(encoding="utf-8")
        assert ("* marks the second time" in page) is said


def test_a_day_of_25_hours_is_wider_and_says_so():
    """The days fill the axis by their real length; hours are labelled by the local clock."""
    axis = Axis(small_run(first=date(2026, 10, 24)).horizon)
    assert [day.size for day in axis.days] == [96, 100, 96, 96, 96, 96, 96]
    assert axis.days[1].changed == "25 h, the clock changes"
    assert axis.size == 676
    marks = [hour.label for hour in axis.hours if axis.days[1].at <= hour.at < axis.days[2].at]
    assert marks[:4] == ["01:00", "01:00*", "02:00", "03:00"]
    spring = Axis(small_run(first=date(2027, 3, 27)).horizon)
    assert spring.days[1].size == 92
    assert "01:00" not in [h.label for h in spring.hours if spring.days[1].at <= h.at < spring.days[2].at]


def test_a_shift_is_drawn_as_boxes_between_its_breaks(week):
    """Ann on Monday: 08:00 is interval 32; four hours, half an hour's gap, four hours."""
    chart = gantt(week)
    row = next(row for group in chart.groups for row in group.rows if row.person.agent == "A001")
    assert row.bars[0].path == "M32 1h16v8h-16zM50 1h16v8h-16z"
    assert row.bars[0].label == "Mon 30 Nov 08:00–16:30, breaks 12:00–12:30, 8 h paid"
    assert row.label.startswith("Mon 08:00-16:30; Tue 08:00-16:30")
    assert "north" in row.find


def test_a_shift_that_runs_over_the_end_of_the_week_ends_there_in_a_point(week, page):
    """Bob's Sunday night begins at interval 664 of 672; its point is three intervals wide; the words tell its end."""
    chart = gantt(week)
    row = next(row for group in chart.groups for row in group.rows if row.person.agent == "A002")
    assert row.bars[-1].path == "M664 1H669L672 5L669 9H664z"
    assert row.bars[-1].label.startswith("Sun 6 Dec 22:00–Mon 7 Dec 06:00, breaks 02:00–02:30")
    assert chart.cut
    assert "A bar with a pointed end continues into next week." in page


def test_each_person_has_a_letter_a_day(week):
    """Ann works Monday to Friday; Dan is away all week; Fay is free."""
    letters = {row.person.agent: row.week for group in gantt(week).groups for row in group.rows}
    assert letters["A001"] == "wwwwwff"
    assert letters["A004"] == "aaaaaaa"
    assert letters["007"] == "fffffff"


def drawn(path, size):
    """Read a step line back as one height for each interval."""
    heights, y = [], 0
    for command, numbers in re.findall(r"([MhvHV])([-\d. ]*)", path):
        values = [float(n) for n in numbers.split()]
        if command == "M":
            y = values[1]
        elif command == "v":
            y += values[0]
        elif command == "h":
            heights += [y] * int(values[0])
    assert len(heights) == size
    return heights


@given(arrays(np.int64, st.integers(1, 60), elements=st.integers(0, 5)))
def test_a_step_line_read_back_is_the_series(y):
    """Joining equal neighbours loses nothing."""
    assert drawn(paths.step_line(y), len(y)) == y.tolist()


@given(arrays(np.int64, 40, elements=st.integers(0, 5)), arrays(np.int64, 40, elements=st.integers(0, 5)))
def test_the_boxes_between_two_lines_have_the_area_between_them(upper, lower):
    """Only where the first lies above the second (a smaller y), and all of it."""
    boxes = re.findall(r"M(\d+) (\d+)h(\d+)v(\d+)h-\d+z", paths.between(upper, lower))
    area = sum(int(width) * int(height) for _, _, width, height in boxes)
    assert area == np.maximum(0, lower - upper).sum()


@given(st.floats(1e-6, 1e6))
def test_ticks_are_few_and_reach_over_the_highest(highest):
    """From 0 in equal steps, at most four of them up to the first at or above the largest value."""
    ticks = paths.ticks(highest)
    assert ticks[0] == 0
    assert ticks[-1] >= highest * (1 - 1e-9)
    assert ticks[-2] < highest
    assert 2 <= len(ticks) <= 5


@given(st.floats(0.01, 1e5))
def test_people_are_counted_in_whole_steps(highest):
    """Nobody is two and a half agents."""
    assert all(tick == int(tick) for tick in paths.ticks(highest, whole=True))


def test_a_channel_without_quantiles_is_drawn_without_a_band(run):
    """A forecast from someone else may have the mean alone."""
    from dataclasses import replace

    bare = run.forecast.table[["channel", "start", "volume", "aht_s"]]
    text = render(week_of(replace(run, forecast=replace(run.forecast, table=bare, accuracy=()))))
    assert 'class="band"' not in text
    assert "No figures: the forecast came from a file" in text


def test_contrast_of_all_text_is_enough_in_light_and_dark():
    """Text colours on their backgrounds reach 4.5 to 1 (WCAG AA), line and bar colours 3 to 1."""
    from importlib.resources import files

    css = files("reports.page").joinpath("templates/style.css").read_text()
    light, dark = re.findall(r":root \{(.*?)\}", css, re.DOTALL)[:2]
    for block in (light, dark):
        colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block))
        for ground in ("paper", "card"):
            for name in ("ink", "soft", "accent", "short", "good"):
                assert contrast(colours[name], colours[ground]) >= 4.5, (name, ground)
        assert contrast(colours["short"], colours["short-soft"]) >= 4.5
        assert contrast(colours["good"], colours["good-soft"]) >= 4.5
        assert contrast(colours["ink"], colours["near-soft"]) >= 4.5
        for name in ("mid", "late", "night", "room"):
            assert contrast(colours[name], colours["card"]) >= 3, name


def contrast(one, other):
    """Contrast ratio of two colours as WCAG 2.1 defines it."""

    def luminance(colour):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_page_is_written_where_asked(run, tmp_path, page):
    """The file holds what `render` gives, with plain line ends."""
    write_reports(run, tmp_path, ["html"])
    assert (tmp_path / "report.html").read_bytes() == page.encode()
