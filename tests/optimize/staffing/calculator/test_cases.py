"""The calculator: a table of questions as text, each row answered or told why not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from configs.errors import DataError
from optimize.staffing import Curve, answer_cases, erlang_a, erlang_c, erlang_k, erlang_x, required_agents
from optimize.staffing.calculator.cases import ANSWERS, answer_one

PHONE = {
    "volume": "100",
    "interval_s": "1800",
    "aht_s": "180",
    "patience_s": "120",
    "target_share": "0.8",
    "target_s": "20",
}
CHAT = {
    "volume": "60",
    "interval_s": "1800",
    "slots": "3",
    "touch_s": "30",
    "think_s": "60",
    "touches": "8",
    "patience_s": "120",
}


def _answer(**case):
    return answer_cases(pd.DataFrame([case], dtype="str")).iloc[0]


def test_columns_are_appended():
    """Input columns stay in order, columns of the user's own are kept, the answers follow."""
    table = answer_cases(pd.DataFrame([{"id": "007", **PHONE, "agents": ""}]))
    assert table.columns.tolist() == ["id", *PHONE, *ANSWERS]
    assert table["id"].tolist() == ["007"]


def test_least_agents_of_a_phone_row():
    """100 calls of 180 s in half an hour, patience 120 s, 80 % in 20 s: 12 agents and their service."""
    row, service = _answer(**PHONE), erlang_a(12, 10, 180, 120, 20)
    assert row["status"] == "ok"
    assert [row["agents"], row["load_erl"]] == [12, 10]
    for name in ("probability_wait", "service_level", "asa_s", "abandonment", "occupancy"):
        assert row[name] == pytest.approx(float(getattr(service, name)), rel=1e-14), name
    assert np.isnan(row["response_s"])


def test_given_agents_are_evaluated():
    """With agents the row is evaluated, whatever it promises; without patience it is Erlang C."""
    row = _answer(**PHONE | {"agents": "11", "patience_s": ""})
    assert row["agents"] == 11
    assert row["service_level"] == pytest.approx(float(erlang_c(11, 10, 180, 20).service_level))


def test_all_targets_are_kept():
    """Each further target takes as many agents as it needs."""
    base = float(_answer(**PHONE)["agents"])
    for name, value in (("max_occupancy", 0.6), ("max_abandonment", 0.01), ("target_asa_s", 1)):
        row = _answer(**PHONE | {name: str(value)})
        measure = {"max_occupancy": "occupancy", "max_abandonment": "abandonment", "target_asa_s": "asa_s"}[name]
        assert row["agents"] > base
        assert row[measure] <= value


def test_definitions_may_be_spelled_with_either_dash():
    """abandon_ok is abandon-ok, and blank is offered."""
    levels = [
        _answer(**PHONE | {"agents": "10", "definition": name})["service_level"]
        for name in ("abandon_ok", "Abandon-OK", "", "offered")
    ]
    assert levels[0] == levels[1] > levels[2] == levels[3]


def test_conversations():
    """A row with touches is Erlang K; it has a response time."""
    row = _answer(**CHAT, target_share="0.8", target_s="20")
    curve = Curve.from_touches(3, 30, 60, 8)
    load = 60 * curve.handle_s / 1800
    assert row["agents"] == float(required_agents(load, curve=curve, share=0.8, within_s=20, patience_s=120))
    assert row["response_s"] == pytest.approx(float(erlang_k(row["agents"], load, curve, 120).response_s))


def test_measured_handle_times():
    """A list of handle times by conversations held stands for the slots; k equal values are a constant curve."""
    row = _answer(volume="60", interval_s="1800", aht_by_slots="300;420;600", agents="6", target_s="20")
    curve = Curve.measured([300, 420, 600])
    assert row["service_level"] == pytest.approx(
        float(erlang_k(6, 60 * curve.handle_s / 1800, curve, np.inf, 20).service_level)
    )
    assert np.isnan(row["response_s"])


def test_redials():
    """With redial_share the row is Erlang X."""
    row = _answer(
        volume="6000", interval_s="1800", aht_s="180", patience_s="120", redial_share="0.5", agents="560", target_s="20"
    )
    assert row["service_level"] == pytest.approx(float(erlang_x(560, 600, 180, 120, 0.5, 20).service_level), rel=1e-12)
    assert row["load_erl"] == 600


def test_zero_is_ordinary():
    """No volume takes no agents and no handle time; no agents serve nobody; overload has numbers."""
    empty = _answer(volume="0", interval_s="1800", target_share="0.8", target_s="20")
    assert [empty[name] for name in ("agents", "load_erl", "service_level", "asa_s", "status")] == [0, 0, 1, 0, "ok"]
    nobody = _answer(**PHONE | {"agents": "0"})
    assert [nobody[name] for name in ("agents", "service_level", "abandonment", "occupancy", "status")] == [
        0,
        0,
        1,
        1,
        "ok",
    ]
    swamped = _answer(volume="100", interval_s="1800", aht_s="180", agents="5", target_s="20")
    assert [swamped[name] for name in ("probability_wait", "service_level", "asa_s", "occupancy", "status")] == [
        1,
        0,
        np.inf,
        1,
        "ok",
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"target_share": "80"}, "target_share is 80; a share is between 0 and 1; write 80% as 0.8"),
        ({"target_share": "1"}, "target_share is 1; use a share above 0 and below 1, such as 0.99"),
        ({"max_occupancy": "850"}, "max_occupancy is 850; a share is between 0 and 1"),
        ({"volume": "-3"}, "volume is -3; it must be 0 or more"),
        ({"volume": "nan"}, 'volume is "nan", not a finite number'),
        ({"volume": "inf"}, 'volume is "inf", not a finite number'),
        ({"volume": "many"}, 'volume is "many", not a finite number'),
        ({"volume": ""}, "volume is blank"),
        ({"interval_s": "0"}, "interval_s is 0; it must be above 0"),
        ({"interval_s": ""}, "interval_s is blank"),
        ({"aht_s": ""}, "aht_s is blank; give the mean handle time in seconds"),
        ({"aht_s": "0"}, "aht_s is 0; it must be above 0 where there are contacts"),
        ({"patience_s": "0"}, "patience_s is 0; it must be above 0"),
        ({"target_s": ""}, "target_s is blank; give the seconds within which target_share must be answered"),
        (
            {"target_share": ""},
            "neither agents nor a target is given (target_share, target_asa_s, max_abandonment, max_occupancy)",
        ),
        (
            {"definition": "anserwed"},
            (
                'definition is "anserwed"; it must be one of offered, answered, abandon-ok, exclude-short, virtual; '
                'did you mean "answered"?'
            ),
        ),
        ({"redial_share": "1"}, "redial_share is 1; if everybody tried again, attempts might never end"),
        ({"max_abandonment": "0"}, "no number of agents meets the targets; relax them"),
        ({"volume": "1e12"}, "the load is 1e+11 Erlang; the calculator reaches 1,000,000"),
        ({"agents": "1e9"}, "agents is 1e+09; the calculator reaches 1,000,000"),
        ({"slots": "3"}, "slots is 3, so touch_s, think_s and touches are needed, or aht_by_slots"),
        ({"slots": "0"}, "slots is 0; it must be from 1 to 20"),
        (
            {"slots": "50", **{k: CHAT[k] for k in ("touch_s", "think_s", "touches")}},
            "slots is 50; it must be from 1 to 20",
        ),
        (
            {"slots": "2.5", **{k: CHAT[k] for k in ("touch_s", "think_s", "touches")}},
            "slots is 2.5; it must be a whole number",
        ),
        ({"slots": "3", "touch_s": "30"}, "touch_s, think_s and touches go together; one of them is blank"),
        (
            {"slots": "3", "touch_s": "30", "think_s": "60", "touches": "0.5"},
            "touches is 0.5; a conversation has 1 or more",
        ),
        ({"slots": "2", "aht_by_slots": "300;420;600"}, "aht_by_slots has 3 values for 2 slots; give one for each"),
        ({"aht_by_slots": "300;x"}, 'aht_by_slots is "300;x"; write handle times above 0 as "300;420;600"'),
        ({"volume": "-3", "aht_s": "-1"}, "volume is -3; it must be 0 or more; aht_s is -1; it must be 0 or more"),
    ],
)
def test_wrong_rows_are_told_and_the_rest_is_answered(change, words):
    """A row that cannot be answered says why, has no numbers of agents, and leaves its neighbours alone."""
    table = answer_cases(pd.DataFrame([PHONE, PHONE | change, PHONE]).fillna(""))
    assert table["status"].tolist() == ["ok", words, "ok"]
    assert np.isnan(table["agents"].iloc[1])
    assert table["agents"].tolist()[::2] == [12, 12]


def test_a_table_without_any_known_column_is_told():
    """Nothing to answer: the columns found are named."""
    with pytest.raises(
        DataError, match=r"cases: has none of the columns of a question \(volume, .*\); it has calls, seconds"
    ):
        answer_cases(pd.DataFrame({"calls": ["1"], "seconds": ["2"]}))


def test_no_rows_are_no_answers():
    """An empty table comes back with its answer columns."""
    table = answer_cases(pd.DataFrame({"volume": pd.Series([], dtype="str")}))
    assert table.columns.tolist() == ["volume", *ANSWERS]
    assert table.empty


def test_numbers_and_text_are_read_alike():
    """A frame of numbers with NaN for blank gives the answers of the same frame as text."""
    rows = pd.DataFrame([PHONE | {"agents": "11"}, PHONE])
    as_numbers = rows.apply(pd.to_numeric)
    pd.testing.assert_frame_equal(answer_cases(rows.fillna(""))[list(ANSWERS)], answer_cases(as_numbers)[list(ANSWERS)])


def test_one_question_with_its_neighbours():
    """The answer stands between one agent fewer, which breaks the promise, and one more."""
    table = answer_one(PHONE)
    assert table["agents"].tolist() == [11, 12, 13]
    assert [level >= 0.8 for level in table["service_level"]] == [False, True, True]
    assert answer_one(PHONE | {"volume": "0"})["agents"].tolist() == [0, 1]
    assert answer_one(PHONE | {"volume": "-1"})["status"].tolist() == ["volume is -1; it must be 0 or more"]


def test_a_large_mixed_table_is_answered_in_seconds():
    """20,000 rows of all models, each with parameters of its own, and every tenth wrong."""
    rng, size = np.random.default_rng(3), 20_000
    frame = pd.DataFrame(
        {"volume": rng.integers(0, 900, size), "interval_s": 1800, "aht_s": rng.uniform(60, 600, size).round(1)}
    )
    frame["patience_s"] = np.where(rng.random(size) < 0.4, np.nan, rng.uniform(30, 600, size).round())
    frame["target_share"] = np.where(np.arange(size) % 10 == 0, 80, 0.8)
    frame["target_s"] = rng.choice([0, 10, 20, 60], size)
    frame["redial_share"] = np.where(rng.random(size) < 0.2, 0.4, np.nan)
    frame["definition"] = rng.choice(["offered", "answered", ""], size)
    chat = rng.random(size) < 0.25
    for name, low, high in (("touch_s", 20, 40), ("think_s", 20, 200), ("touches", 2, 9)):
        frame[name] = np.where(chat, rng.uniform(low, high, size).round(1), np.nan)
    frame["slots"] = np.where(chat, rng.integers(1, 9, size), np.nan)
    frame["agents"] = np.where(rng.random(size) < 0.3, rng.integers(0, 300, size), np.nan)
    text = frame.astype("object").where(frame.notna(), "").astype("str")
    table = answer_cases(text)
    good = np.arange(size) % 10 != 0
    assert (table["status"] == "ok").tolist() == good.tolist()
    asked = good & frame["agents"].isna().to_numpy()
    assert (table.loc[asked, "service_level"] >= 0.8 - 1e-12).all()
    order = rng.permutation(size)
    pd.testing.assert_frame_equal(answer_cases(text.iloc[order]).sort_index(), table)
