"""One made file of each profile, of the same contacts as the others, in one queue and in UTC."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from forecast.data.sources.registry import BY_NAME
from tests.staffcurve.importing.made import Half, across_days, epoch, halves

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime


def contacts() -> Iterator[tuple[int, datetime, Half, bool]]:
    """Number, arrival, half hour and whether it gave up, of every contact in the order of arrival."""
    number = 0
    for half in halves():
        for place in range(half.offered):
            number += 1
            yield number, half.start + timedelta(seconds=7 + place * 1700 // half.offered), half, place < half.lost


def by_half(name: str, row: Callable[[Half], str], more: str = "") -> str:
    """The profile's header, then a line for each half hour."""
    head = ",".join(BY_NAME[name].columns)
    return (f"{head}{more}\n" if head else "") + "".join(f"{row(half)}\n" for half in halves())


def by_contact(name: str, cells: Callable[[int, datetime, Half, bool], dict[str, object]], mark: str = ",") -> str:
    """The profile's header, then a line for each contact; cells that are not given are blank."""
    columns = BY_NAME[name].columns
    rows = (cells(*each) for each in contacts())
    return mark.join(columns) + "\n" + "".join(mark.join(str(row.get(c, "")) for c in columns) + "\n" for row in rows)


def queue_log() -> str:
    """Each contact enters; it gives up, or is connected and completed."""
    found = []
    for number, at, half, gone in contacts():
        call = f"{epoch(at)}.{number}"
        found.append((epoch(at), f"{epoch(at)}|{call}|sales|NONE|ENTERQUEUE||0200{number}|1"))
        if gone:
            found.append((epoch(at) + 40, f"{epoch(at) + 40}|{call}|sales|NONE|ABANDON|1|1|40"))
            continue
        end = epoch(at) + 9 + half.aht_s
        found.append((epoch(at) + 9, f"{epoch(at) + 9}|{call}|sales|SIP/7|CONNECT|9|x.{number}|3"))
        found.append((end, f"{end}|{call}|sales|SIP/7|COMPLETECALLER|9|{half.aht_s}|1"))
    return "".join(f"{line}\n" for _, line in sorted(found, key=lambda one: one[0]))


def days(queue: str) -> str:
    """Daily totals without a header: queue, month-day-year, contacts, handle time."""
    sums: dict[object, int] = {}
    for half in halves():
        sums[half.start.date()] = sums.get(half.start.date(), 0) + half.offered
    return "".join(f"{queue},{day.month}-{day.day}-{day.year},{count},245\n" for day, count in sums.items())


def calabrio() -> str:
    """Twenty-one fields; seven and the others that are not read hold zeros."""
    lines = []
    for half in halves():
        talk, after = half.handled * (half.aht_s - 20), half.handled * 20
        cells = [30, f"{half.start:%Y%m%d}", f"{half.start:%H:%M}", 17, "Sales", half.offered, 0, half.lost, 0]
        cells += [half.handled, 0, 0, talk, after, *[0] * 7]
        lines.append(",".join(map(str, cells)))
    return "\n".join(lines) + "\n"


def chatwoot_events() -> str:
    """Each conversation is answered and resolved."""
    lines = [",".join(BY_NAME["chatwoot-events"].columns)]
    for number, at, half, _ in contacts():
        end = at + timedelta(seconds=half.aht_s)
        lines.append(
            f"first_response,30,3,{number},{at:%Y-%m-%d %H:%M:%S},{at + timedelta(seconds=30):%Y-%m-%d %H:%M:%S}"
        )
        lines.append(f"conversation_resolved,{half.aht_s},3,{number},{at:%Y-%m-%d %H:%M:%S},{end:%Y-%m-%d %H:%M:%S}")
    return "\n".join(lines) + "\n"


def zammad() -> str:
    """Tickets; the last row says who wrote the file."""
    body = by_contact(
        "zammad",
        lambda n, at, half, _: {
            "#": 10_000 + n,
            "Title": "x",
            "State": "closed",
            "Group": "Sales",
            "Create Channel": "email",
            "Created At": f"{at:%Y-%m-%d %H:%M:%S}",
            "Closed At": f"{at + timedelta(hours=2):%Y-%m-%d %H:%M:%S}",
        },
    )
    return body + "Created by Zammad\n"


ISO = "%Y-%m-%d %H:%M:%S"
PROFILES: dict[str, str] = {
    "amazon-connect": by_half(
        "amazon-connect",
        lambda h: f"Sales,17,VOICE,{h.start:%Y-%m-%dT%H:%M:%SZ},30,{h.offered},{h.aht_s},{h.handled}",
    ),
    "asterisk-queue-log": queue_log(),
    "avaya-cms": by_half(
        "avaya-cms",
        lambda h: (
            f"{h.start:%Y-%m-%d},{h.start:%H%M},{h.offered},{h.handled},{h.lost},{h.handled * (h.aht_s - 30)},{h.handled * 10},{h.handled * 20}"
        ),
    ),
    "calabrio": calabrio(),
    "chatwoot-events": chatwoot_events(),
    "chatwoot-traffic": across_days().replace("Time,", "Start of the hour,", 1),
    "freshdesk": by_contact(
        "freshdesk",
        lambda n, at, _half, _gone: {
            "Ticket ID": n,
            "Status": "Closed",
            "Priority": "Low",
            "Created time": f"{at:{ISO}}",
            "Resolved time": f"{at + timedelta(hours=2):{ISO}}",
            "Closed time": f"{at + timedelta(hours=3):{ISO}}",
        },
    ),
    "fusionpbx": by_contact(
        "fusionpbx",
        lambda n, at, half, gone: {
            "start_stamp": f"{at:{ISO}}",
            "start_epoch": epoch(at),
            "hangup_cause": "NORMAL_CLEARING",
            "missed_call": str(gone).lower(),
            "xml_cdr_uuid": f"u{n}",
            "direction": "inbound",
            "billsec": 0 if gone else half.aht_s,
            "billmsec": 0,
            "caller_id_number": f"0200{n}",
            "destination_number": "17",
        },
    ),
    "genesys-history": by_half(
        "genesys-history",
        lambda h: f"{h.start:%Y-%m-%dT%H:%M:%S.000Z},Sales,voice,{h.offered},{h.handled},{h.handled * h.aht_s},,",
        more=",Skill Set,Language",
    ),
    "genesys-view": by_half(
        "genesys-view",
        lambda h: f"{h.start:%Y-%m-%d %H:%M},{h.end:%Y-%m-%d %H:%M},TRUE,,voice,{h.offered},{h.aht_s * 1000}",
        more=",Avg Handle",
    ),
    "verint-daily": days("Sales"),
    "vicidial": by_contact(
        "vicidial",
        lambda n, at, half, gone: {
            "call_date": f"{at:{ISO}}",
            "phone_number_dialed": f"0200{n}",
            "status": "DROP" if gone else "SALE",
            "campaign_id": "Sales",
            "length_in_sec": 9 + (0 if gone else half.aht_s),
            "alt_dial": 9,
            "user": "a",
            "list_id": 9,
            "user_group": "g",
            "lead_id": n,
            "status_name": "x",
        },
        "\t",
    ),
    "zammad": zammad(),
    "zendesk": by_contact(
        "zendesk",
        lambda n, at, _half, _gone: {
            "Id": n,
            "Group": "Sales",
            "Status": "Closed",
            "Via": "Mail",
            "Created at": f"{at:{ISO}}",
            "Updated at": f"{at:{ISO}}",
            "Solved at": f"{at + timedelta(hours=2):{ISO}}",
        },
    ),
}
"""A file of each profile by its name."""
