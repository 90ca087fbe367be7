"""Order of day, month and year: settled by the whole column where only one fits, else both readings are shown.

One value above 12 settles it for all rows. Dates with dots are read day first where both orders fit: no locale of the
Unicode CLDR writes month, dot, day (docs/decisions/0063-orders-settled-by-columns.md). Slashes and dashes settle
nothing by themselves.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, get_args

from configs.reading.dates import Written, written_date
from configs.reading.source import Bad, Order

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ORDERS: tuple[Order, ...] = get_args(Order)


@dataclass(frozen=True)
class Settled:
    """The order of a column of dates.

    `order` is None where nothing is open. `proven` says that no other order fits; else a convention or the config
    decides. `bad` is what is wrong with dates, by their place; `unclear` says that two orders fit. `note` is worth
    telling.
    """

    order: Order | None = None
    proven: bool = False
    bad: dict[int, Bad] | None = None
    unclear: bool = False
    note: str = ""


def day_order(texts: Iterable[str]) -> Order | None:
    """Order of day, month and year that the dates at the start of the texts settle; None where they settle none.

    >>> day_order(["05/01/2026", "13/01/2026"])
    'dmy'
    >>> day_order(["05/01/2026", "06/01/2026"]) is None
    True
    """
    found = [written_date(text.strip()) for text in texts]
    settled = settle([one and one[0] for one in found], None, "history")
    return settled.order if settled.proven else None


def common_order(orders: Iterable[Order | None]) -> Order | None:
    """Order that the files of one history settle, for those that leave it open; None where they disagree."""
    found: set[Order] = {order for order in orders if order is not None}
    return found.pop() if len(found) == 1 else None


def settle(dates: Sequence[Written | None], stated: Order | None, setting: str) -> Settled:
    """Settle the order of the different dates of a column; None is a text without a date.

    Parameters
    ----------
    dates
        The dates as written.
    stated
        Order that the config states; dates that leave it open follow it, others say it themselves.
    setting
        Table of the config that may state it, for messages.
    """
    open_dates = {place: one for place, one in enumerate(dates) if one is not None and len(one.orders) > 1}
    if stated is not None:
        return Settled(stated)
    odd = _odd_forms(dates)
    if odd:
        return Settled(bad=odd)
    if not open_dates:
        return Settled()
    readings = _readings(list(open_dates.values()))
    if not readings:
        return _nothing_fits(open_dates)
    first = next(iter(readings))
    if len(readings) == 1:
        return Settled(first, proven=True)
    if all("." in one.form for one in open_dates.values()) and "ymd" not in readings:
        return Settled("dmy", note=f'as dates with dots are; {setting}.date_format = "mdy" reads them the other way')
    return _two_readings(open_dates, readings, setting)


def _odd_forms(dates: Sequence[Written | None]) -> dict[int, Bad]:
    """Dates that are written unlike most others: what settles the order of one form says nothing of another."""
    forms = Counter(one.form for one in dates if one is not None)
    if len(forms) < 2:
        return {}
    usual = forms.most_common(1)[0][0]
    example = next(one.text for one in dates if one is not None and one.form == usual)
    bad = Bad(f'most dates of the column are written such as "{example}"; write all in one form')
    return {place: bad for place, one in enumerate(dates) if one is not None and one.form != usual}


def _readings(dates: Sequence[Written]) -> dict[Order, list[date]]:
    """Return the orders in which every date is a day, each with its days; orders with the same days are one."""
    found: dict[Order, list[date]] = {}
    for order in ORDERS:
        if not all(order in one.orders for one in dates):
            continue
        days = [one.day(order) for one in dates]
        known = [day for day in days if isinstance(day, date)]
        if len(known) == len(days) and known not in found.values():
            found[order] = known
    if "ymd" in found and len(found) > 1 and _range(found["ymd"]) >= min(_range(found[o]) for o in found if o != "ymd"):
        del found["ymd"]  # days that jump through the years are no reading
    return found


def _range(days: Sequence[date]) -> int:
    return (max(days) - min(days)).days


def _nothing_fits(dates: dict[int, Written]) -> Settled:
    """Every order leaves some dates over: those are odd that the best order leaves."""
    left = {
        order: {place: bad for place, one in dates.items() if isinstance(bad := one.day(order), Bad)}
        for order in ORDERS[:2]
    }
    never = {place: bad for place, bad in left["dmy"].items() if place in left["mdy"]}
    if never:
        return Settled(bad=never)
    best: Order = min(ORDERS[:2], key=lambda order: len(left[order]))
    words = "day first" if best == "dmy" else "month first"
    bad = Bad(
        f"other dates of the column are written {words}, and this does not exist that way; write all in one order"
    )
    return Settled(bad=dict.fromkeys(left[best], bad))


def _two_readings(dates: dict[int, Written], readings: dict[Order, list[date]], setting: str) -> Settled:
    """Refuse, and show what each order makes of the file."""
    ways = [f'{setting}.date_format = "{order}" reads it as {_shown(days)}' for order, days in readings.items()]
    bad = Bad(f"the order of day and month is unclear: {'; '.join(ways)}")
    return Settled(bad=dict.fromkeys(dates, bad), unclear=True)


def _shown(days: Sequence[date]) -> str:
    first, last = min(days), max(days)
    return f"{days[0]}" if first == last else f"{days[0]}, the column as {first} to {last}"
