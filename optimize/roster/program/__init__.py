"""The integer program of the week, rule by rule."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from optimize.roster.program import activity_rules, blend_rules, costs, cover, rules, share_rules, targets, tiers
from optimize.roster.program.layout import Layout, duty_matrix, lay_out
from optimize.roster.program.model import Model
from optimize.roster.program.published import PublishedRoster, price_changes

if TYPE_CHECKING:
    from scipy import sparse

    from optimize.roster.inputs.week import Week


@dataclass(frozen=True)
class PricedRows:
    """Numbers of the rows whose dual prices are read.

    `heads[staff group, subgroup]` is the row that counts people, `shift_types[staff group, shift type, day]` the row of
    a shift type that patterns name. `cover[live channel]`, `work[deferrable channel]` and `due[class of work]` have one
    row for each interval, `steps[ladder]` has one or none (-1), `targets` one for each target row of the week.
    """

    heads: dict[tuple[int, int], int]
    shift_types: dict[tuple[int, int, int], int]
    cover: dict[int, list[int]]
    work: dict[int, list[int]]
    due: dict[int, list[int]]
    steps: dict[int, list[int]]
    targets: list[int]


@dataclass(frozen=True)
class ServedRows:
    """Numbers of the rows that say how channels are served; see `PricedRows`."""

    cover: dict[int, list[int]]
    work: dict[int, list[int]]
    due: dict[int, list[int]]
    steps: dict[int, list[int]]
    targets: list[int]


@dataclass(frozen=True)
class Program:
    """The model with its columns and rows, the matrix that counts people at work, and a published roster if any."""

    week: Week
    model: Model
    layout: Layout
    rows: PricedRows
    duty: sparse.csr_matrix
    published_roster: PublishedRoster | None = None


def build(week: Week, published_roster: PublishedRoster | None = None) -> Program:
    """State the whole week: shifts with movable breaks, days off, rest, cover by skill, and work with deadlines.

    Every change of `published_roster`, where there is one, has a price.
    """
    model = Model("week")
    layout = lay_out(model, week)
    duty = duty_matrix(week, layout, model.columns)
    rows = _add_rules(model, week, layout, duty)
    _add_costs(model, week, layout)
    if published_roster is not None:
        published_roster = replace(published_roster, columns=price_changes(model, week, layout, published_roster))
    return Program(week, model, layout, rows, duty, published_roster)


def _add_rules(model: Model, week: Week, layout: Layout, duty: sparse.csr_matrix) -> PricedRows:
    """State every rule, and return the rows whose prices are read."""
    heads = rules.everybody_has_one_pattern(model, week, layout)
    rules.patterns_make_the_days(model, week, layout)
    shift_types = rules.kinds_keep_the_hours(model, week, layout)
    rules.starts_follow_in_order(model, layout)
    rules.rest_between_days(model, week, layout)
    rules.rest_from_the_week_before(model, week, layout)
    rules.shifts_end_before_leave(model, week, layout)
    rules.breaks_follow_in_order(model, layout)
    rules.breaks_stay_in_their_windows(model, layout)
    rules.breaks_keep_their_distance(model, layout)

    served = serve_channels(model, week, layout, duty)

    activity_rules.people_take_part_once(model, week, layout)
    activity_rules.those_who_work_take_part(model, week, layout)
    activity_rules.few_take_part_at_once(model, week, layout)
    activity_rules.meetings_have_one_time(model, week, layout)
    return PricedRows(heads, shift_types, served.cover, served.work, served.due, served.steps, served.targets)


def serve_channels(model: Model, week: Week, layout: Layout, duty: sparse.csr_matrix) -> ServedRows:
    """State how the people at work serve the channels: cover, targets, work with deadlines, idle time.

    `duty` turns column values into people at work, as `duty_matrix` does; rows are ``pool * size + interval``.
    """
    cover.people_are_at_one_channel(model, week, layout, duty)
    covered = cover.live_channels_are_covered(model, week, layout)
    tiers.deep_shortage_is_counted(model, week, layout)
    steps = targets.people_take_steps(model, week, layout)
    targeted = targets.targets_are_met(model, week, layout)
    done = cover.work_is_done_by_people(model, week, layout)
    cover.work_never_goes_back(model, week, layout)
    due = cover.work_meets_its_deadline(model, week, layout)
    cover.week_hands_on_what_it_found(model, week, layout)
    cover.week_ends_with_its_work_done(model, week, layout)

    share_rules.all_work_has_one_lane(model, week, layout)
    share_rules.nothing_is_done_before_it_comes(model, week, layout)
    due |= share_rules.lanes_meet_their_deadline(model, week, layout)
    share_rules.lanes_begin_with_what_was_left(model, week, layout)
    share_rules.lanes_end_with_their_work_done(model, week, layout)
    share_rules.enough_is_in_time(model, week, layout)

    blend_rules.idle_time_is_shared(model, week, layout)
    blend_rules.idle_time_needs_enough_people(model, week, layout)
    return ServedRows(covered, done, due, steps, targeted)


def _add_costs(model: Model, week: Week, layout: Layout) -> None:
    """Add every cost term."""
    costs.wages_and_premiums(model, week, layout)
    costs.excess(model, week, layout)
    price_lack(model, week, layout)
    costs.rest_violations(model, week, layout)
    activity_rules.missed_activities(model, week, layout)
    activity_rules.unpaid_activities(model, week, layout)


def price_lack(model: Model, week: Week, layout: Layout) -> None:
    """Add the price of everything customers lack: people missing, work late, targets missed."""
    costs.shortage(model, week, layout)
    tiers.deep_shortage(model, week, layout)
    targets.missed_targets(model, week, layout)
    costs.lateness(model, week, layout)
    share_rules.missed_shares(model, week, layout)
