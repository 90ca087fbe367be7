"""Sheet Targets: targets over a day or a week, their days, formula and simulation, and the rounds of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import formatting
from reports.english import span_targets as words
from reports.english.served import differences
from reports.page.daily import NEAR
from reports.page.targets import KINDS, factors_of
from reports.workbook.book import Column

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from optimize.roster.rounds import Round
    from reports.metrics.served import Served
    from reports.metrics.targets import SpanTarget
    from reports.metrics.week import Week
    from reports.workbook.book import Book

WIDTHS = (18, 30, 15, 16, 12, 12, 12, 12, 12, 13, 9, 12, 12, 12)
"""Widths of the columns, in characters."""
LINE = 170
"""Characters that fit into the merged cells of a sentence."""


def add(book: Book, week: Week) -> None:
    """Add the sheet; none where every interval is planned separately."""
    if not week.targets:
        return
    sheet, currency = book.sheet("Targets"), week.run.config.plan.currency
    for at, width in enumerate(WIDTHS):
        sheet.set_column(at, at, width)
    row = _sentences(book, sheet, week)
    row = _targets(book, sheet, week.targets, currency, row + 1)
    row = _days(book, sheet, week, row + 1)
    row = _served(book, sheet, week.served, row + 1)
    _rounds(book, sheet, week.run.roster.rounds, currency, row + 1)


def _sentences(book: Book, sheet: Worksheet, week: Week) -> int:
    sheet.write_string(0, 0, "Targets over a day or a week", book.style("section"))
    saving = words.by_interval(week.run.roster, week.run.config.plan.currency)
    row = 0
    for sentence in (*([saving] if saving else []), *words.meant(week.targets), *differences(week.served)):
        row += 1
        sheet.merge_range(row, 0, row, len(WIDTHS) - 1, "", book.style("wrap"))
        sheet.write_string(row, 0, sentence, book.style("wrap"))
        if len(sentence) > LINE:  # a merged cell does not grow with its text
            sheet.set_row(row, 14 * (1 + len(sentence) // LINE))
    return row + 1


def _targets(book: Book, sheet: Worksheet, every: tuple[SpanTarget, ...], currency: str, row: int) -> int:
    likely = [each.met for each in every]
    worst, hours = [each.worst_day for each in every], [each.worst_hour for each in every]
    columns = [
        Column("Channel", 0, "text", [each.name for each in every]),
        Column("Target", 0, "text", [words.asked(each) for each in every]),
        Column("Least likely day", 0, "text", [formatting.day(one.day) if one and one.day else None for one in worst]),
        Column("Worst hour", 0, "moment", [one.start.replace(tzinfo=None) if one else None for one in hours]),
        Column("Asked", 0, "share", [each.sure for each in every]),
        Column("Probability", 0, "share", [one.probability if one else None for one in likely]),
        Column("from", 0, "share", [one.low if one else None for one in likely]),
        Column("to", 0, "share", [one.high if one else None for one in likely]),
        Column("On that day", 0, "share", [one.probability if one else None for one in worst]),
        Column("In time in that hour", 0, "share", [one.share if one else None for one in hours]),
        Column("Floor", 0, "share", [each.floor for each in every]),
        Column(f"One more point, {currency}", 0, "money", [each.point_cost for each in every]),
        *(
            Column(f"{formatting.change(factor - 1)} contacts", 0, "share", [_at(each, factor) for each in every])
            for factor in factors_of(every)
        ),
    ]
    sheet.set_row(row, 28)
    return book.table(sheet, columns, row=row, filtered=False, widths=False)


def _at(target: SpanTarget, factor: float) -> float | None:
    return next((one.probability for one in target.busier if one.factor == factor), None)


def _days(book: Book, sheet: Worksheet, week: Week, row: int) -> int:
    """Probability of every channel on every day; colours by whether a daily target is as likely as asked."""
    listed = [each for each in week.targets if each.days]
    if not listed:
        return row
    sheet.write_string(row, 0, "Probability of meeting the target by day", book.style("section"))
    by_day = [{one.day: one.probability for one in each.days} for each in listed]
    columns = [
        Column("Channel", 0, "text", [each.name for each in listed]),
        Column("Target", 0, "text", [words.asked(each) for each in listed]),
        *(Column(formatting.day(day), 0, "share", [one.get(day) for one in by_day]) for day in week.days),
    ]
    for step, each in enumerate(listed):
        if each.over == "day":
            _colour(
                book, sheet, row + 2 + step, each, [at for at, day in enumerate(week.days, 2) if day in by_day[step]]
            )
    return book.table(sheet, columns, row=row + 1, filtered=False, widths=False)


def _colour(book: Book, sheet: Worksheet, row: int, target: SpanTarget, columns: list[int]) -> None:
    """Colour days as the page does: as likely as asked, up to ten points less likely, or less."""
    looks = [
        ({"criteria": ">=", "value": target.sure}, "likely", "#DCEFE3"),
        ({"criteria": "<", "value": target.sure - NEAR}, "unlikely", "#F8DEDC"),
        ({"criteria": "<", "value": target.sure}, "nearly", "#FBEBCB"),
    ]
    for at in columns:
        for rule, name, colour in looks:
            look = book.own_style(name, {"bg_color": colour})
            sheet.conditional_format(row, at, row, at, {"type": "cell", "format": look, **rule})


def _served(book: Book, sheet: Worksheet, found: tuple[Served, ...], row: int) -> int:
    if not found:
        return row
    sheet.write_string(row, 0, "Contacts in time over the week, three ways", book.style("section"))
    columns = [
        Column("Channel", 0, "text", [each.channel for each in found]),
        Column("", 0, "text", [None for _ in found]),
        Column("Formula", 0, "share", [each.formula for each in found]),
        Column("Corrected", 0, "share", [each.corrected for each in found]),
        Column("Simulated", 0, "share", [each.simulated.service_level for each in found]),
        Column("from", 0, "share", [each.simulated.sl_low for each in found]),
        Column("to", 0, "share", [each.simulated.sl_high for each in found]),
    ]
    return book.table(sheet, columns, row=row + 1, filtered=False, widths=False)


def _rounds(book: Book, sheet: Worksheet, rounds: tuple[Round, ...], currency: str, row: int) -> None:
    if not rounds:
        return
    sheet.write_string(row, 0, "Rounds of the plan", book.style("section"))
    columns = [
        Column("Round", 0, "text", [str(each.number) for each in rounds]),
        Column("Plan", 0, "text", [KINDS[each.kind] for each in rounds]),
        Column(f"Cost, {currency}", 0, "money", [each.cost for each in rounds]),
        Column(f"Bound, {currency}", 0, "money", [each.bound for each in rounds]),
        Column("Least likely", 0, "share", [each.least for each in rounds]),
        Column("Mean", 0, "share", [each.mean for each in rounds]),
        Column("Chosen", 0, "text", ["chosen" if each.chosen else None for each in rounds]),
    ]
    book.table(sheet, columns, row=row + 1, filtered=False, widths=False)
