"""Files as each system writes them, with invented numbers: exact headers, one file for each profile."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

DAY = datetime(2026, 6, 1, tzinfo=UTC)
HOURS = range(9, 12)


def number(*seed: int) -> int:
    """An invented count from 1 to 19, another for every place."""
    return 1 + sum((7 * at + 3) * one for at, one in enumerate(seed)) % 19


def starts(minutes: int = 30) -> list[datetime]:
    """Starts of the intervals of three hours on two days."""
    step = timedelta(minutes=minutes)
    day = [DAY + timedelta(hours=9) + n * step for n in range(180 // minutes)]
    return day + [one + timedelta(days=1) for one in day]


def lines(header: list[str] | None, rows: list[list[object]], separator: str = ",", end: str = "\n") -> str:
    """Rows as text."""
    table = ([header] if header else []) + [[str(cell) for cell in row] for row in rows]
    return end.join(separator.join(row) for row in table) + end


def genesys_history(path: Path) -> None:
    """Every queue by voice and chat, with two sets of skills; totals of seconds; stamps such as ...00.000Z."""
    header = ["Interval Start UTC Date", "Queue", "Media Type", "Skill Set", "Language", "Offered"]
    rows = []
    for n, start in enumerate(starts(15)):
        for q, queue in enumerate(("Sales UK", "Sales DE", "Help")):
            for m, media in enumerate(("Voice", "Chat")):
                for s, skill in enumerate(("", "Billing|||Gold")):
                    offered = number(n, q, m, s)
                    handled = offered - offered // 5
                    total = handled * (200 + 10 * q + 300 * m)
                    rows.append([f"{start:%Y-%m-%dT%H:%M:%S}.000Z", queue, media, skill, "en", offered, handled, total])
    path.write_text(lines([*header, "Interactions Handled", "Total Handle Time"], rows), encoding="utf-8")


def genesys_view(path: Path) -> None:
    """Twelve-hour times of the user, month first, milliseconds, a column of filters with a comma in it."""
    header = ["Interval Start", "Interval End", "Interval Complete", "Filters", "Media Type", "Offer", "Answer"]
    rows = []
    for n, start in enumerate(starts()):
        for m, media in enumerate(("voice", "chat")):
            offered = number(n, m)
            answered = offered - offered // 6
            span = (start + timedelta(days=14), start + timedelta(days=14, minutes=30))
            times = [f"{one.month}/{one.day}/{one:%y} {one:%I:%M} {one:%p}".replace(" 0", " ") for one in span]
            total = answered * (240_000 + 1000 * m)
            rows.append([*times, "TRUE", '"Queue: A, B"', media, offered, answered, offered - answered, total])
    path.write_text(lines([*header, "Abandon", "Total Handle"], rows), encoding="utf-8")


def amazon_connect(path: Path) -> None:
    """Integers, capitals for the channel, means of seconds with decimals, two rows a queue and start: VOICE and CHAT."""
    rows = [
        [
            queue,
            f"id-{q}",
            kind,
            f"{start:%Y-%m-%dT%H:%M:%SZ}",
            "30mins",
            number(n, q, k),
            250.5 + k,
            number(n, q, k) - 1,
        ]
        for n, start in enumerate(starts())
        for q, queue in enumerate(("Basic (UK)", "Claims"))
        for k, kind in enumerate(("VOICE", "CHAT"))
    ]
    header = ["QueueName", "QueueId", "ChannelType", "TimeStamp", "IntervalDuration", "IncomingContactVolume"]
    path.write_text(lines([*header, "AverageHandleTime", "ContactsHandled"], rows), encoding="utf-8")


def avaya_cms(path: Path) -> None:
    """Starts such as 930, sums of seconds in three columns, offered with those that overflowed."""
    header = ["ROW_DATE", "STARTTIME", "SPLIT", "CALLSOFFERED", "ACDCALLS", "ABNCALLS", "OUTFLOWCALLS"]
    rows = []
    for n, start in enumerate(starts()):
        for s in (101, 102):
            answered, abandoned, out = number(n, s), number(n, s) // 4, n % 2
            clock = f"{start:%H%M}".lstrip("0") or "0"
            seconds = [answered * 180, answered * 15, answered * 45]
            offered = answered + abandoned + out
            rows.append([f"{start:%Y-%m-%d}", clock, s, offered, answered, abandoned, out, *seconds])
    path.write_text(lines([*header, "ACDTIME", "HOLDTIME", "ACWTIME"], rows), encoding="utf-8")


def calabrio(path: Path) -> None:
    """Twenty-one fields, semicolons, no header, Windows line ends; overflow in is another queue's."""
    rows = []
    for n, start in enumerate(starts(15)):
        for q, queue in enumerate(("Sales", "Help")):
            offered = number(n, q)
            lost = offered // 5
            answered = offered - lost
            counts = [offered, n % 3, lost, 0, answered, answered * 9, lost * 30, answered * 210, answered * 40]
            row = [15, f"{start:%Y%m%d}", f"{start:%H:%M}", 7 + q, queue, *counts, 60, 90, 4, answered, 0, 0, lost]
            rows.append(row)
    path.write_bytes(lines(None, rows, ";", "\r\n").encode())


def verint_daily(path: Path) -> None:
    """One row a queue and day, month first, no header."""
    days = [DAY + timedelta(days=n) for n in range(21)]
    rows = [
        [queue, f"{day.month}-{day.day}-{day.year}", 40 + number(n, q), 240]
        for n, day in enumerate(days)
        for q, queue in enumerate(("Sales", "Help"))
    ]
    path.write_text(lines(None, rows), encoding="utf-8")


def vicidial(path: Path) -> None:
    """Tabs; inbound rows have the seconds in the queue under alt_dial, outbound ones the name of the number there."""
    header = [
        "call_date",
        "phone_number_dialed",
        "status",
        "user",
        "full_name",
        "campaign_id",
        "vendor_lead_code",
        "source_id",
        "list_id",
        "gmt_offset_now",
        "phone_code",
        "phone_number",
        "title",
        "first_name",
        "middle_initial",
        "last_name",
        "address1",
        "address2",
        "address3",
        "city",
        "state",
        "province",
        "postal_code",
        "country_code",
        "gender",
        "date_of_birth",
        "alt_phone",
        "email",
        "security_phrase",
        "comments",
        "length_in_sec",
        "user_group",
        "alt_dial",
        "rank",
        "owner",
        "lead_id",
        "list_name",
        "list_description",
        "status_name",
    ]
    rows = []
    for n in range(120):
        when = DAY + timedelta(hours=9, minutes=(7 * n) % 180, seconds=n)
        wait, talk, outbound, lost = 5 + n % 40, 100 + n, n % 5 == 0, n % 7 == 0
        row = dict.fromkeys(header, "x")
        row |= {
            "call_date": f"{when:%Y-%m-%d %H:%M:%S}",
            "phone_number_dialed": f"555{n % 30:04d}",
            "status": "XDROP" if lost and not outbound else "SALE",
            "campaign_id": "SALESLINE" if n % 2 else "HELPLINE",
            "length_in_sec": str(wait + (0 if lost else talk)),
            "alt_dial": "MAIN" if outbound else str(wait),
        }
        rows.append([row[name] for name in header])
    path.write_bytes(lines(header, rows, "\t", "\r\n").encode())


def fusionpbx(path: Path) -> None:
    """Every cell quoted, a quote inside a name not doubled, seconds since 1970, three directions."""
    header = [
        "domain_uuid",
        "sip_call_id",
        "extension",
        "extension_name",
        "start_stamp",
        "end_stamp",
        "start_date_formatted",
        "start_time_formatted",
        "start_epoch",
        "hangup_cause",
        "duration",
        "billmsec",
        "missed_call",
        "record_path",
        "record_name",
        "xml_cdr_uuid",
        "bridge_uuid",
        "direction",
        "billsec",
        "caller_id_name",
        "caller_id_number",
        "caller_destination",
        "source_number",
        "destination_number",
        "leg",
        "read_codec",
        "write_codec",
        "cc_side",
        "answer_stamp",
        "status",
        "sip_hangup_disposition",
        "tta",
    ]
    rows = []
    for n in range(90):
        when = DAY + timedelta(hours=9, minutes=2 * n)
        row = dict.fromkeys(header, "")
        row |= {
            "start_stamp": f"{when:%Y-%m-%d %H:%M:%S}.5+00",
            "start_epoch": str(int(when.timestamp())),
            "hangup_cause": "NORMAL_CLEARING",
            "billmsec": str(1000 * (60 + n)),
            "missed_call": "true" if n % 6 == 1 else "false",
            "xml_cdr_uuid": f"{n:032x}",
            "direction": ("inbound", "inbound", "outbound", "local")[n % 4],
            "billsec": str(60 + n),
            "caller_id_name": 'Ann "AJ" Jones' if n == 3 else "Ann",
            "caller_id_number": f"020{n % 25:05d}",
            "destination_number": "8001" if n % 2 else "8002",
        }
        rows.append([f'"{row[name]}"' for name in header])
    path.write_text(lines([f'"{name}"' for name in header], rows), encoding="utf-8")


def chatwoot_traffic(path: Path) -> None:
    """Hours down, days across, whole days with zeros."""
    days = [f"{DAY + timedelta(days=n):%Y-%m-%d}" for n in range(7)]
    rows = [[f"{hour:02d}:00", *(number(hour, n) if hour in HOURS else 0 for n in range(7))] for hour in range(24)]
    path.write_text(lines(["Start of the hour", *days], rows), encoding="utf-8")


def chatwoot_events(path: Path) -> None:
    """Three kinds of events of each conversation; one was opened and resolved again, one is not resolved."""
    header = ["id", "name", "value", "account_id", "inbox_id", "user_id", "conversation_id", "created_at", "updated_at"]
    rows: list[list[object]] = []

    def event(name: str, conversation: int, start: datetime, end: datetime) -> None:
        stamp = f"{end:%Y-%m-%d %H:%M:%S}"
        value = (end - start).total_seconds()
        inbox = 3 + conversation % 2
        rows.append(
            [
                len(rows) + 1,
                name,
                value,
                1,
                inbox,
                9,
                conversation,
                stamp,
                stamp,
                value,
                f"{start:%Y-%m-%d %H:%M:%S}",
                stamp,
            ]
        )

    for n in range(60):
        start = DAY + timedelta(hours=9, minutes=3 * n)
        event("first_response", n, start, start + timedelta(minutes=4))
        event("reply_time", n, start, start + timedelta(minutes=9))
        if n != 7:
            event("conversation_resolved", n, start, start + timedelta(minutes=40 + n))
        if n == 8:
            event("conversation_resolved", n, start, start + timedelta(minutes=400))
    path.write_text(
        lines([*header, "value_in_business_hours", "event_start_time", "event_end_time"], rows), encoding="utf-8"
    )


def zammad(path: Path) -> None:
    """A workbook: title, blank row, header, tickets with real dates, blank row, the zone."""
    import xlsxwriter

    header = [
        "#",
        "Title",
        "State",
        "Priority",
        "Group",
        "Owner",
        "Customer",
        "Organization",
        "Create Channel",
        "Sender",
        "Tags",
        "Time Units Total",
        "Created At",
        "Updated At",
        "Closed At",
        "Close Escalation At",
        "Close In Min",
        "Close Diff In Min",
        "First Response At",
        "First Response Escalation At",
        "First Response In Min",
        "First Response Diff In Min",
        "Update Escalation At",
        "Update In Min",
        "Update Diff In Min",
        "Last Contact At",
        "Last Contact Agent At",
        "Last Contact Customer At",
        "Article Count",
        "Escalation At",
    ]
    book = xlsxwriter.Workbook(str(path))
    sheet, moment = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    sheet.write_string(0, 0, "Report (Created)")
    for at, name in enumerate(header):
        sheet.write_string(2, at, name)
    for n in range(50):
        created = DAY.replace(tzinfo=None) + timedelta(hours=9, minutes=3 * n)
        texts = {"#": f"{67000 + n}", "Title": "A ticket", "State": "closed", "Group": "Support" if n % 3 else "Sales"}
        texts |= {"Create Channel": "email", "Priority": "2 normal"}
        for name, text in texts.items():
            sheet.write_string(3 + n, header.index(name), text)
        sheet.write_datetime(3 + n, header.index("Created At"), created, moment)
        sheet.write_datetime(3 + n, header.index("Updated At"), created + timedelta(hours=5), moment)
        if n % 10:
            sheet.write_datetime(3 + n, header.index("Closed At"), created + timedelta(hours=4), moment)
        sheet.write_number(3 + n, header.index("Article Count"), 3)
    sheet.write_string(54, 0, "Timezone: Europe/London")
    book.close()


def freshdesk(path: Path) -> None:
    """Tickets with times in the zone of the account, times in hours as hh:mm:ss, some of them blank."""
    header = [
        "Ticket ID",
        "Subject",
        "Status",
        "Priority",
        "Source",
        "Type",
        "Agent",
        "Group",
        "Created time",
        "Due by Time",
        "Resolved time",
        "Closed time",
        "Last update time",
        "Initial response time",
        "Time tracked",
        "First response time (in hrs)",
        "Resolution time (in hrs)",
        "Agent interactions",
        "Customer interactions",
    ]
    rows = []
    for n in range(60):
        created = DAY + timedelta(hours=9, minutes=3 * n)
        resolved = f"{created + timedelta(hours=6):%Y-%m-%d %H:%M:%S}" if n % 4 else ""
        row = dict.fromkeys(header, "")
        row |= {
            "Ticket ID": str(n),
            "Status": "Closed" if resolved else "Open",
            "Priority": "Low",
            "Source": "Email" if n % 3 else "Portal",
            "Group": ("Support", "Billing", "No Group")[n % 3],
            "Created time": f"{created:%Y-%m-%d %H:%M:%S}",
            "Resolved time": resolved,
            "Closed time": resolved,
            "Time tracked": "00:00",
            "First response time (in hrs)": "00:12:05" if n % 2 else "",
        }
        rows.append([row[name] for name in header])
    path.write_text(lines(header, rows), encoding="utf-8")


def zendesk(path: Path) -> None:
    """Tickets with minutes beside their times; no seconds in the times."""
    header = [
        "Summation column",
        "Id",
        "Requester",
        "Requester id",
        "Requester external id",
        "Requester email",
        "Requester domain",
        "Submitter",
        "Assignee",
        "Group",
        "Subject",
        "Tags",
        "Status",
        "Priority",
        "Via",
        "Ticket type",
        "Created at",
        "Updated at",
        "Assigned at",
        "Organization",
        "Due date",
        "Initially assigned at",
        "Solved at",
        "Resolution time",
        "Satisfaction Score",
        "Group stations",
        "Assignee stations",
        "Reopens",
        "Replies",
        "First reply time in minutes",
    ]
    rows = []
    for n in range(60):
        created = DAY + timedelta(hours=9, minutes=3 * n)
        row = dict.fromkeys(header, "")
        row |= {
            "Summation column": "1",
            "Id": str(4000 + n),
            "Group": "Support" if n % 2 else "Returns",
            "Status": "Solved",
            "Via": "Mail" if n % 5 else "Web form",
            "Created at": f"{created:%Y-%m-%d %H:%M}",
            "Solved at": f"{created + timedelta(hours=2):%Y-%m-%d %H:%M}",
            "Replies": "2",
        }
        rows.append([row[name] for name in header])
    path.write_text(lines(header, rows), encoding="utf-8")


def queue_log_events() -> list[tuple[int, str, str, str, str, list[str]]]:
    """Calls of two queues: answered by four in five, the others give up."""
    events = [(int(DAY.timestamp()) + 32_000, "NONE", "NONE", "NONE", "QUEUESTART", [""])]
    for n in range(60):
        at, call, queue = int(DAY.timestamp()) + 32_400 + 150 * n, f"1780.{n}", ("sales", "help")[n % 2]
        events.append((at, call, queue, "NONE", "ENTERQUEUE", ["", f"0207{n % 20:04d}", "1"]))
        if n % 5 == 0:
            events.append((at + 30, call, queue, "NONE", "ABANDON", ["1", "1", "30"]))
            continue
        events.append((at + 12, call, queue, "SIP/7", "CONNECT", ["12", f"c{n}", "4"]))
        events.append((at + 12 + 100 + n, call, queue, "SIP/7", "COMPLETECALLER", ["12", str(100 + n), "1"]))
    return sorted(events, key=lambda event: event[0])


def queue_log(path: Path) -> None:
    """Lines with bars."""
    rows = [[*map(str, event[:5]), *event[5]] for event in queue_log_events()]
    path.write_text(lines(None, rows, "|"), encoding="utf-8")


def queue_log_table(path: Path) -> None:
    """The table: local text with microseconds, data1 to data5."""
    header = ["id", "time", "callid", "queuename", "agent", "event", *(f"data{n}" for n in range(1, 6))]
    rows = [
        [
            n,
            f"{datetime.fromtimestamp(event[0], UTC):%Y-%m-%d %H:%M:%S}.000000",
            *event[1:5],
            *[*event[5], "", "", "", "", ""][:5],
        ]
        for n, event in enumerate(queue_log_events())
    ]
    path.write_text(lines(header, rows), encoding="utf-8")
