#!/usr/bin/env bash
# icalendar's Timezone.from_tzid omits clock changes that are reversed within a few weeks: Ramadan in Morocco.
#
# Morocco is at UTC+1 and goes to UTC+0 for Ramadan: 15 February to 22 March 2026 (35 days), 7 February to 14 March 2027.
# icalendar 7.3.2, Timezone.from_tzid("Africa/Casablanca"), has both changes of 2027 when asked for the whole year, and
# neither when asked for 1 February to 30 April, although both lie inside: readers that trust the VTIMEZONE are then an
# hour off for five weeks. The search uses steps of 64 days and finds no change if two cancel out within a step,
# so the result depends on the requested span.
# Exit code 1 when this changes.
set -euo pipefail
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
python3 -m venv "$home/venv"
"$home/venv/bin/pip" install --quiet icalendar==7.3.2 tzdata==2026.1
PYTHONTZPATH= "$home/venv/bin/python" - <<'PY'
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Timezone

NAME = "Africa/Casablanca"
ZONE = ZoneInfo(NAME)


def written(first: date, last: date) -> set[str]:
    """Dates of the changes in the VTIMEZONE, without its first part."""
    zone = Timezone.from_tzid(NAME, first_date=first, last_date=last)
    starts = {part.DTSTART.date().isoformat() for part in zone.subcomponents}
    return {day for day in starts if day > first.isoformat()}


days = [datetime(2027, 1, 1, 12, tzinfo=ZONE) + timedelta(days=n) for n in range(364)]
real = {f"{b:%Y-%m-%d}" for a, b in zip(days, days[1:]) if a.utcoffset() != b.utcoffset()}
year, near = written(date(2027, 1, 1), date(2027, 12, 31)), written(date(2027, 2, 1), date(2027, 4, 30))
print("zoneinfo:", sorted(real))
print("from_tzid, the year:", sorted(year))
print("from_tzid, three months:", sorted(near))
assert real == {"2027-02-07", "2027-03-14"}
assert year == real, "the year has lost its changes"
assert near == set(), "the three months have their changes now"
PY
echo "as described"
