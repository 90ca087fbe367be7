"""A small site on disk: a phone and an e-mail channel, six people, ten weeks of history."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

CONFIG = """
[plan]
name = "site"
timezone = "Europe/London"
interval = "30min"
week = 2026-11-30
currency = "GBP"

[history]
path = "history.csv"

[channels.phone]
kind = "synchronous"
open = { mon-sat = "08:00-18:00" }
target = { share = 0.80, within = "20s" }
patience = "2min"

[channels.email]
kind = "deferrable"
open = { mon-fri = "09:00-17:00" }
aht = "5min"
target = { within = "8h" }

[costs]
shortage_per_hour = 90

[contracts.day]
days_per_week = 5
shifts = [ { length = "8h", start = "08:00-10:00", step = "30min" } ]
breaks = [ { length = "30min", after = "3h-4h30m" } ]
cost_per_hour = 12

[roster]
agents = "agents.csv"
leave = "leave.csv"
requests = "requests.csv"
time_limit = "20s"
gap = 0.03
"""


def write_site(folder: Path) -> Path:
    """Write the site and return its config file."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "site.toml").write_text(CONFIG, encoding="utf-8")
    rng = np.random.default_rng(7)
    lines = ["channel,start,volume,aht_s"]
    for start in pd.date_range("2026-09-14", "2026-11-28 23:30", freq="30min", tz="Europe/London"):
        if start.day_of_week < 6 and 8 <= start.hour < 18:
            lines.append(f"phone,{start.isoformat()},{rng.poisson(9)},{200 + start.hour}")
        if start.day_of_week < 5 and 9 <= start.hour < 17:
            lines.append(f"email,{start.isoformat()},{rng.poisson(4)},")
    (folder / "history.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    people = "\n".join(f"00{i},Agent {i},day,phone;email" for i in range(1, 7))
    (folder / "agents.csv").write_text(f"agent,name,contract,skills\n{people}\n", encoding="utf-8")
    (folder / "leave.csv").write_text("agent,start,end,reason\n001,2026-12-02,2026-12-03,holiday\n", encoding="utf-8")
    (folder / "requests.csv").write_text(
        "agent,date,shift,wish,weight\n002,2026-12-05,,off,2\n003,2026-12-01,08:00,on,1\n", encoding="utf-8"
    )
    return folder / "site.toml"
