"""Contacts of a scenario, by hand on two channels and one week."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from configs.horizon import Horizon
from configs.loader import build
from configs.scenarios import asked_plans
from optimize.scenarios.contacts import arrivals, changed_contacts, first_contacts

HORIZON = Horizon(date(2026, 3, 2), 7, 60, "Europe/London")


def table(phone: float = 10.0, email: float = 4.0) -> pd.DataFrame:
    """So many calls and e-mails in every hour from 8 to 18; calls of 300 s, e-mails of 400 s."""
    rows = []
    for name, volume, aht in (("phone", phone, 300.0), ("email", email, 400.0)):
        for start, minute in zip(HORIZON.starts, HORIZON.time_of_day * 60, strict=True):
            open_now = 8 * 60 <= minute < 18 * 60
            count = volume if open_now else 0.0
            rows.append((name, start, count, count / 2, count, count * 2, aht))
    return pd.DataFrame(rows, columns=["channel", "start", "volume", "q10", "q50", "q90", "aht_s"])


def plan(scenario: str) -> Any:
    """The scenario on a centre with a phone and e-mail, both open from 8 to 18."""
    raw = {
        "plan": {"name": "this", "timezone": "Europe/London", "interval": "60min"},
        "channels": {
            "phone": {"kind": "synchronous", "open": {"mon-sun": "08:00-18:00"}},
            "email": {"kind": "deferrable", "open": {"mon-sun": "08:00-18:00"}, "target": {"within": "8h"}},
        },
        "contracts": {
            "day": {
                "agents": 5,
                "days_per_week": 5,
                "cost_per_hour": 10,
                "skills": ["phone", "email"],
                "shifts": [{"length": "8h", "start": "08:00-10:00", "step": "60min"}],
            }
        },
        "scenarios": {"this": tomllib.loads(f"this = {scenario}")["this"]},
    }
    return asked_plans(build(raw), ["this"])[1]


def changed(scenario: str, given: pd.DataFrame | None = None) -> tuple[pd.DataFrame, float]:
    """The forecast of the scenario by channel, and what a partner is paid."""
    asked = plan(scenario)
    found = changed_contacts(asked.config, HORIZON, table() if given is None else given, asked.scenario, {})
    return found.table, found.outsourced


def of(found: pd.DataFrame, channel: str, column: str = "volume") -> np.ndarray:
    """A column of a channel."""
    return found.loc[found["channel"] == channel].sort_values("start")[column].to_numpy()


def test_a_share_moves_with_its_uncertainty() -> None:
    """A quarter of 10 calls an hour: 2.5 e-mails more, whose high quantile is twice as many, as that of the calls."""
    found, _ = changed('{move={from="phone",to="email",share=0.25}}')
    assert of(found, "phone")[8] == 7.5
    assert of(found, "email")[8] == 6.5
    assert of(found, "email", "q90")[8] == 4.0 * 2 + 2.5 * 2
    assert of(found, "phone").sum() + of(found, "email").sum() == pytest.approx(of(table(), "phone").sum() * 1.4)


def test_moved_contacts_take_their_own_time_and_may_be_more() -> None:
    """Two e-mails of 100 s for each of 5 calls: 10 of 100 s and 4 of 400 s take 185.7 s on average."""
    found, _ = changed('{move={from="phone",to="email",share=0.5,contacts=2,aht="100s"}}')
    assert of(found, "email")[9] == 14.0
    assert of(found, "email", "aht_s")[9] == pytest.approx((10 * 100 + 4 * 400) / 14)
    assert of(found, "phone", "aht_s")[9] == 300.0


def test_hours_limit_what_moves() -> None:
    """Only from 10 to 11 on Monday."""
    found, _ = changed('{move={from="phone",to="email",share=1.0,hours={mon="10:00-11:00"}}}')
    moved = of(table(), "phone") - of(found, "phone")
    assert np.flatnonzero(moved).tolist() == [10]


def test_contacts_wait_until_their_channel_opens() -> None:
    """At 6 and 7, before the first hour at 8; after the last opening, the first of the week."""
    accepts = np.array([False, False, True, True, False])
    assert arrivals(np.array([1.0, 2.0, 4.0, 8.0, 16.0]), accepts).tolist() == [0.0, 0.0, 23.0, 8.0, 0.0]
    assert arrivals(np.ones(3), np.zeros(3, dtype=bool)).tolist() == [0.0, 0.0, 0.0]


def test_a_bot_that_fails_sends_customers_later() -> None:
    """Half of the calls, of which a fifth come back two hours later: 5 + 1 from the third hour on."""
    found, _ = changed('{deflect={channel="phone",share=0.5,fails=0.2,after="2h"}}')
    phone = of(found, "phone")
    assert phone[8:12].tolist() == [5.0 + 2.0, 5.0, 6.0, 6.0]  # the two evening hours come back at 8 the next day
    assert phone.sum() == pytest.approx(0.6 * of(table(), "phone").sum())


def test_first_contact_resolution_is_a_geometric_series() -> None:
    """70 % settled at once and all others back: 1 / 0.7 contacts a customer; at 80 % an eighth fewer."""
    assert 1 / first_contacts(0.7, 1.0) == pytest.approx(sum(0.3**n for n in range(60)))
    found, _ = changed('{resolve={channel="phone",now=0.7,then=0.8}}')
    assert of(found, "phone")[8] == pytest.approx(10 * 0.7 / 0.8)
    half, _ = changed('{resolve={channel="phone",now=0.7,then=0.8,again=0.5}}')
    assert of(half, "phone")[8] == pytest.approx(10 * 0.85 / 0.9)


def test_a_partner_is_paid_by_contact() -> None:
    """Evenings from 16 to 18 at 4 a call: 2 hours of 10 calls on seven days."""
    found, cost = changed('{outsource={channel="phone",price=4,hours={mon-sun="16:00-18:00"}}}')
    assert cost == pytest.approx(4 * 10 * 2 * 7)
    assert of(found, "phone")[15:18].tolist() == [10.0, 0.0, 0.0]


def test_parts_apply_in_order() -> None:
    """First a tenth more, then a half moves."""
    found, _ = changed('{move={from="phone",to="email",share=0.5},scale={phone={volume=1.1}}}')
    assert of(found, "phone")[8] == pytest.approx(5.5)


def test_no_scenario_changes_nothing() -> None:
    """The baseline is the forecast itself."""
    given = table()
    asked = plan("{scale={phone={volume=1.1}}}")
    assert changed_contacts(asked.config, HORIZON, given, None, {}).table is given
