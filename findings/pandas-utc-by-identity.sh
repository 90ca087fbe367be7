#!/usr/bin/env bash
# pandas 3.0.0 (also 3.1.1) with zoneinfo: after ZoneInfo.clear_cache(), which the standard library documents as the way
# to load new rules after reset_tzpath(), two columns in ZoneInfo("UTC") no longer have the same type. pandas compares
# other zones by name, but UTC by the identity of one cached object.
#
# Observed: Europe/London: equal types, concat gives datetime64[us, Europe/London]
#       UTC: different types, concat gives object; clear_cache(only_keys=...) without "UTC" keeps it whole.
# Exits non-zero when this changes.
set -euo pipefail
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
python3 -m venv "$home/venv"
"$home/venv/bin/pip" install --quiet --disable-pip-version-check pandas==3.0.0 tzdata==2025.3
"$home/venv/bin/python" - <<'PYTHON'
from zoneinfo import ZoneInfo

import pandas as pd


def column(name):
    return pd.Series(pd.to_datetime(["2026-11-30"])).dt.tz_localize(ZoneInfo(name))


def joined(name, **keys):
    before = column(name)
    ZoneInfo.clear_cache(**keys)
    after = column(name)
    found = before.dtype == after.dtype, str(pd.concat([before, after]).dtype)
    print(name, keys, *found)
    return found


assert joined("Europe/London", only_keys=["Europe/London"]) == (True, "datetime64[us, Europe/London]")
assert joined("UTC", only_keys=["Europe/London"]) == (True, "datetime64[us, UTC]")
assert joined("UTC") == (False, "object")
PYTHON
