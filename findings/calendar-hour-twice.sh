#!/usr/bin/env bash
# Common calendar libraries read a local time that the clock repeats as two different moments.
#
# By RFC 5545 (3.3.5) a repeated local time means the first of the two. Europe/London goes back at
# 02:00 on 25 October 2026, so DTSTART;TZID=Europe/London:20261025T013000 is 00:30 UTC. With the usual VTIMEZONE
# (EU rules, one DAYLIGHT and one STANDARD part):
#   icalendar 7.3.2, ics 0.7.3, vobject 0.9.9   00:30 UTC, the first
#   ical.js 2.2.1, node-ical 0.26.1             01:30 UTC, the second: an hour late, without a warning
# All five read the same event in UTC correctly. So a file for any reader should have both occurrences in UTC.
# Needs python3 (3.11 or newer), node and npm. Exit code 1 when a version reads a different moment than listed here.
set -euo pipefail
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
python3 -m venv "$home/venv"
"$home/venv/bin/pip" install --quiet icalendar==7.3.2 ics==0.7.3 vobject==0.9.9 tzdata
(cd "$home" && npm init --yes >/dev/null && npm install --silent --no-audit --no-fund ical.js@2.2.1 node-ical@0.26.1)

cat >"$home/lines.txt" <<'ICS'
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//EN
BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19810329T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
TZNAME:BST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
TZNAME:GMT
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:local
DTSTAMP:20261001T000000Z
DTSTART;TZID=Europe/London:20261025T013000
DTEND;TZID=Europe/London:20261025T090000
END:VEVENT
BEGIN:VEVENT
UID:utc
DTSTAMP:20261001T000000Z
DTSTART:20261025T003000Z
DTEND:20261025T090000Z
END:VEVENT
END:VCALENDAR
ICS
sed 's/$/\r/' "$home/lines.txt" >"$home/week.ics"

cat >"$home/read.py" <<'PY'
import datetime, sys

import icalendar, ics, vobject

text = open(sys.argv[1], newline="").read()
read = {
    "icalendar": {str(e["uid"]): e.decoded("dtstart") for e in icalendar.Calendar.from_ical(text).walk("VEVENT")},
    "ics": {e.uid: e.begin for e in ics.Calendar(text).events},
    "vobject": {e.uid.value: e.dtstart.value for e in vobject.readOne(text).vevent_list},
}
for name, starts in read.items():
    for uid, start in sorted(starts.items()):
        moment = datetime.datetime.fromtimestamp(start.timestamp(), datetime.timezone.utc)
        print(name, uid, f"{moment:%H:%M}")
PY
cat >"$home/read.cjs" <<'JS'
const text = require('fs').readFileSync(process.argv[2], 'utf8');
const tell = (name, uid, seconds) => console.log(name, uid, new Date(seconds * 1000).toISOString().slice(11, 16));
const loaded = require('ical.js');
const ICAL = loaded.default || loaded;
const whole = new ICAL.Component(ICAL.parse(text));
whole.getAllSubcomponents('vtimezone').forEach((zone) => ICAL.TimezoneService.register(zone));
for (const part of whole.getAllSubcomponents('vevent')) {
  const event = new ICAL.Event(part);
  tell('ical.js', event.uid, event.startDate.toUnixTime());
}
for (const event of Object.values(require('node-ical').sync.parseICS(text)))
  if (event.type === 'VEVENT') tell('node-ical', event.uid, event.start.getTime() / 1000);
JS
{ "$home/venv/bin/python" "$home/read.py" "$home/week.ics"; cd "$home" && node read.cjs week.ics; } | tee "$home/seen.txt"
diff - "$home/seen.txt" <<'SEEN'
icalendar local 00:30
icalendar utc 00:30
ics local 00:30
ics utc 00:30
vobject local 00:30
vobject utc 00:30
ical.js local 01:30
ical.js utc 00:30
node-ical local 01:30
node-ical utc 00:30
SEEN
echo "as described"
