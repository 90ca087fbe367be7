"""Scenarios of a config: what is merged, what a sweep makes, what is refused."""

from __future__ import annotations

import pytest

from configs.errors import ConfigError
from configs.loader import load_shipped
from configs.scenarios import BASELINE, Asked, asked_plans


def plans(*scenarios: str, names: tuple[str, ...] = ()) -> tuple[Asked, ...]:
    """Plans of the demo with these scenarios."""
    return asked_plans(load_shipped("demo", [f"scenarios.{each}" for each in scenarios]), names)


def test_the_baseline_comes_first_and_knows_no_scenario() -> None:
    """It is the config as it is."""
    found = plans("busier={scale={phone={volume=1.1}}}")
    assert [each.name for each in found] == [BASELINE, "busier"]
    assert found[0].config.scenarios is None
    assert found[0].scenario is None


def test_tables_are_merged_and_values_replaced() -> None:
    """The share of a target, while its other keys stay; the baseline keeps its own."""
    base, asked = plans('calm={title="Calm",set={channels={phone={target={share=0.7}}},staffing={absence=0.2}}}')
    assert asked.title == "Calm"
    assert asked.config.channels["phone"].target.share == 0.7
    assert asked.config.channels["phone"].target.within == base.config.channels["phone"].target.within
    assert (base.config.staffing.absence, asked.config.staffing.absence) == (0.06, 0.2)


def test_a_sweep_is_a_plan_for_each_value() -> None:
    """Of a key of the scenario's only part, of a key of the config, and of a channel's factor."""
    move = 'move={from="phone",to="messaging",share=0.3}'
    found = plans(
        "m={" + move + ',sweep={key="move.share",values=[0.1,0.2]}}', 'a={sweep={key="staffing.absence",values=[0.1]}}'
    )
    assert [each.name for each in found] == [BASELINE, "m 0.1", "m 0.2", "a 0.1"]
    assert [each.scenario.move[0].share for each in found[1:3] if each.scenario] == [0.1, 0.2]
    assert found[3].config.staffing.absence == 0.1
    assert [each.sweep for each in found] == [None, "m", "m", "a"]


def test_a_part_of_several_is_named_by_its_number() -> None:
    """Counted from 0; without a number there is no saying which."""
    parts = 'deflect=[{channel="phone",share=0.1},{channel="video",share=0.1}]'
    found = plans("d={" + parts + ',sweep={key="deflect.1.share",values=[0.3]}}')
    assert [each.share for each in found[1].scenario.deflect] == [0.1, 0.3]  # type: ignore[union-attr]
    with pytest.raises(ConfigError, match=r'"deflect.share" is one of 2 parts'):
        plans("d={" + parts + ',sweep={key="deflect.share",values=[0.3]}}')


@pytest.mark.parametrize(
    ("scenario", "sentence"),
    [
        (
            'm={move={from="phon",to="email",share=0.1}}',
            r'scenarios.m.move.0.from: "phon" is not a channel; did you mean',
        ),
        ('m={move={from="phone",to="phone",share=0.1}}', r"move.0.to: is \"phone\" again"),
        ('m={move={from="phone",to="chat",share=0.1,aht="1min"}}', r"move.0.aht: has no effect"),
        ("m={}", r"scenarios.m: changes nothing"),
        ('m={hire={contract="fulltime",skills="phone",people=2}}', r'"fulltime" is not a contract'),
        ("m={set={plan={weeks=2}}}", r"scenarios.m.set.plan.weeks: has no effect"),
        ("m={scale={phone={volume=-1}}}", r"scenarios.m.scale.phone.volume"),
        ('m={resolve={channel="phone",now=0.5,then=0}}', r"scenarios.m.resolve"),
    ],
)
def test_what_names_nothing_is_refused(scenario: str, sentence: str) -> None:
    """When the config is read, before any work."""
    with pytest.raises(ConfigError, match=sentence):
        plans(scenario)


def test_faults_of_a_scenario_name_it() -> None:
    """A setting that is none, a value of a sweep out of range, a name that is not there."""
    with pytest.raises(ConfigError, match=r'scenarios.m: staffing.absense: is not a setting; did you mean "absence"'):
        plans("m={set={staffing={absense=0.1}}}")
    with pytest.raises(ConfigError, match=r"scenarios.m 1.1: staffing.absence"):
        plans('m={sweep={key="staffing.absence",values=[0.1,1.1]}}')
    with pytest.raises(ConfigError, match=r'"n" is not a scenario'):
        plans("m={set={staffing={absence=0.1}}}", names=("n",))
    with pytest.raises(ConfigError, match=r"there is no scenario; add one"):
        asked_plans(load_shipped("demo"), ())
