"""Hours with next to no contacts: no agent where none come, one where few do, and a note of what that costs."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from configs.horizon import Horizon
from configs.loader import build
from optimize.staffing import staff

HORIZON = Horizon(date(2026, 3, 9), 7, 60, "UTC")


def staffed(tmp_path, night: float, **channel: object):
    """Staff 20 calls an hour from 08:00 to 18:00 and `night` on Wednesday at 03:00; a contact takes six minutes."""
    config = build(
        {
            "plan": {"name": "t", "timezone": "UTC", "interval": "1h", "currency": "EUR"},
            "history": {"path": "history.csv"},
            "channels": {"phone": {"kind": "synchronous", "aht": "6min", **channel}},
            "costs": {"shortage_per_hour": 90},
            "contracts": {
                name: {
                    "agents": 5,
                    "days_per_week": 5,
                    "shifts": [{"length": "8h", "start": "08:00"}],
                    "cost_per_hour": pay,
                }
                for name, pay in (("senior", 14), ("junior", 10))
            },
        },
        "t.toml",
        tmp_path,
    )
    volume = [20.0 if 8 <= start.hour < 18 else 0.0 for start in HORIZON.starts]
    volume[2 * 24 + 3] = night
    made = staff(config, pd.DataFrame({"channel": "phone", "start": HORIZON.starts, "volume": volume}), HORIZON)
    return made.table, [str(note) for note in made.notes]


def test_hours_without_contacts_take_no_agent_and_no_note(tmp_path):
    """A forecast of zero asks for nobody."""
    table, notes = staffed(tmp_path, 0.0)
    assert (table.agents[table.volume == 0] == 0).all()
    assert notes == []


def test_one_agent_for_next_to_nothing_is_noted(tmp_path):
    """One hour at 10 euros for 0.02 calls of six minutes, worth 0.002 hours at 90 euros."""
    table, notes = staffed(tmp_path, 0.02)
    assert table.agents[2 * 24 + 3] == 1
    (note,) = notes
    assert note == (
        "channels.phone: Wed 03:00-04:00: one agent is needed for 0.02 contacts in total; this costs 10 EUR (1 h) and "
        "carries 0.002 h of work, worth 0.18 EUR at costs.shortage_per_hour; to save it, close these hours in "
        "channels.phone.open"
    )


@pytest.mark.parametrize(("night", "noted"), [(1.11, True), (1.12, False)])
def test_the_note_ends_where_the_work_is_worth_the_wage(tmp_path, night, noted):
    """Ten euros an hour are the price of 0.111 hours of work, 1.111 calls."""
    table, notes = staffed(tmp_path, night)
    assert table.agents[2 * 24 + 3] == 1
    assert bool(notes) is noted


def test_a_minimum_is_not_noted(tmp_path):
    """Where a minimum asks for the agent, the planner has decided."""
    table, notes = staffed(tmp_path, 0.02, minimum=1)
    assert (table.agents >= 1).all()
    assert notes == []
