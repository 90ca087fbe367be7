"""What scenarios name that the config does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.errors import nearest
from configs.schema.channels import ConcurrentChannel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from configs.schema import Config, Scenario

Found = tuple[str, str]


def scenario_faults(config: Config) -> Iterator[Found]:
    """Yield (key path, sentence) of every channel or contract that is not there, and of what would change nothing."""
    for name, scenario in (config.scenarios or {}).items():
        where = f"scenarios.{name}"
        channels, contracts = _new(config, scenario)
        for key, channel in _channels(scenario):
            if channel not in channels:
                yield f"{where}.{key}", f'"{channel}" is not a channel{nearest(channel, channels)}'
        for key, contract in ((f"hire.{n}.contract", hire.contract) for n, hire in enumerate(scenario.hire)):
            if contract not in contracts:
                yield f"{where}.{key}", f'"{contract}" is not a contract{nearest(contract, contracts)}'
        yield from _moves(config, scenario, where)
        if "weeks" in (scenario.set or {}).get("plan", {}):
            yield f"{where}.set.plan.weeks", "has no effect: scenarios compare one week; leave it out"


def _new(config: Config, scenario: Scenario) -> tuple[list[str], list[str]]:
    """Channels and contracts of the config and those the scenario adds."""
    added = scenario.set or {}
    return [*config.channels, *added.get("channels", {})], [*config.contracts, *added.get("contracts", {})]


def _channels(scenario: Scenario) -> Iterator[Found]:
    """Every place where a scenario names a channel, and the name."""
    yield from (("scale", name) for name in scenario.scale or {})
    for part in ("resolve", "deflect", "outsource"):
        for number, each in enumerate(getattr(scenario, part)):
            yield f"{part}.{number}.channel", each.channel
    for number, move in enumerate(scenario.move):
        yield f"move.{number}.from", move.from_
        yield f"move.{number}.to", move.to
    for number, hire in enumerate(scenario.hire):
        yield from ((f"hire.{number}.skills", skill) for skill in hire.skills)
    for number, training in enumerate(scenario.train):
        yield f"train.{number}.of", training.of
        yield f"train.{number}.skill", training.skill


def _moves(config: Config, scenario: Scenario, where: str) -> Iterator[Found]:
    for number, move in enumerate(scenario.move):
        if move.from_ == move.to:
            yield f"{where}.move.{number}.to", f'is "{move.to}" again; name another channel'
        if move.aht is not None and isinstance(config.channels.get(move.to), ConcurrentChannel):
            words = "has no effect: conversations take the touch, think and touches of their channel; leave it out"
            yield f"{where}.move.{number}.aht", words
    for name, scale in (scenario.scale or {}).items():
        if scale.aht != 1.0 and isinstance(config.channels.get(name), ConcurrentChannel):
            words = f"has no effect: conversations have their time in touch and think; use set.channels.{name}.touch"
            yield f"{where}.scale.{name}.aht", words
