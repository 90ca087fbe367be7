"""The sentences of the week, word for word."""

from __future__ import annotations

from dataclasses import replace

import pytest

from configs import loader
from optimize.roster.result import Changes, LimitHit
from reports import findings as told
from reports import week_of
from tests.reports.runs import SMALL


@pytest.fixture
def email(week):
    """The e-mail channel of the small week."""
    return week.channels[2]


def test_the_small_week_reads_as_a_planner_would_tell_it(week):
    """Every sentence, in order, from numbers counted by hand."""
    assert [finding.sentence for finding in told.findings(week)] == [
        (
            "The week costs £1,386: £1,296 wages and £90 premiums, for 86.5 paid hours. "
            "Penalties add £45 for understaffing and £20 for late work; they are not paid."
        ),
        "Phone meets its service target: 89.6% of contacts answered within 20 s, target 80%.",
        "Phone is understaffed in 2 quarter hours, 0.5 agent-hours in total: Tue 1 Dec 12:30–13:00 (up to 1 agent).",
        "Chat meets its service target: 90% of contacts answered within 40 s, target 80%.",
        (
            "Email misses its service target: 95.2% of the work due is done within 8 open hours, target 100%. Late: 1 h "
            "of 21 h, longest wait 2 h. Carry-over to next week: 1 h, as much as this week began with."
        ),
        (
            "Gap 3.51%: no roster under these rules costs less than £1,400; this one costs £1,451, including £65 of "
            "penalties."
        ),
        "4 of 6 people work 14 shifts.",
        "1 person has no shifts this week: Fay Fir.",
        "1 person is on leave all week.",
        "2 of 4 wishes are granted (50%).",
    ]


def test_only_bad_news_is_marked_bad(week):
    """A short spell and a missed promise call for attention; cost and counts do not."""
    marks = [finding.mark for finding in told.findings(week)]
    assert marks == ["plain", "good", "bad", "good", "bad", "good", "plain", "plain", "plain", "plain"]


def test_a_missed_promise_says_what_is_given_and_what_was_promised(week):
    """79.96% is not 80%."""
    phone = replace(week.channels[0], service_level=0.7996)
    assert told.promise(phone) == (
        "Phone misses its service target: 79.9% of contacts answered within 20 s, target 80%."
    )


def test_a_channel_without_contacts_promises_nothing(week):
    """No contacts, no share of them."""
    phone = replace(week.channels[0], service_level=None)
    assert told.promise(phone) == "Phone: no contacts are expected this week."


def test_work_all_done_is_told_with_its_time_allowed(email):
    """With nothing late and nothing left the sentence ends there."""
    work = replace(email.work, late_h=0.0, left_h=0.0)
    assert told.promise(replace(email, work=work, service_level=1.0)) == (
        "Email meets its service target: all work due this week (21 h) is done within 8 open hours."
    )


def test_a_promise_that_allows_some_late_work_can_be_kept(email):
    """20 of 21 hours in time meet a target of 90%."""
    assert told.promise(replace(email, target=0.9)) == (
        "Email meets its service target: 95.2% of the work due is done within 8 open hours, target 90%. Late: 1 h of "
        "21 h, longest wait 2 h. Carry-over to next week: 1 h, as much as this week began with."
    )


def test_nothing_due_is_said_so(email):
    """When no work falls due within the week there is nothing to judge."""
    assert told.promise(replace(email, service_level=None)) == "Email: no work falls due this week."


def test_the_worst_spells_are_named_and_the_rest_counted(week):
    """Of five spells the three with the most agent-hours are named, worst first."""
    phone = week.channels[0]
    (period,) = phone.periods
    periods = tuple(replace(period, agent_h=float(n), most=float(n)) for n in (1, 5, 2, 4, 3))
    sentence = told.shortage(replace(phone, periods=periods, short_intervals=10, shortage_h=15.0), 30)
    when = "Tue 1 Dec 12:30–13:00"
    assert sentence == (
        f"Phone is understaffed in 10 half hours, 15 agent-hours in total: {when} (up to 5 agents), "
        f"{when} (up to 4 agents), {when} (up to 3 agents) and 2 more."
    )


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("optimal", "Proven optimal: no roster under these rules costs less than £1,451."),
        (
            "no better found",
            (
                "Gap 3.51%: no roster under these rules costs less than £1,400; this one costs £1,451, including £65 "
                "of penalties. The search found no cheaper roster."
            ),
        ),
        (
            "time limit",
            (
                "Gap 3.51%: no roster under these rules costs less than £1,400; this one costs £1,451, including £65 "
                "of penalties. The search stopped at its time limit."
            ),
        ),
    ],
)
def test_the_proof_says_how_the_search_ended(run, status, sentence):
    """Optimal, within the gap and stopped by time are three different things."""
    week = week_of(replace(run, roster=replace(run.roster, status=status)))
    assert told.proof(week) == sentence


def test_searches_that_a_limit_ended_are_named_where_they_matter(run):
    """A roster further from its bound than asked names them with their limits; one within the gap has no such finding."""
    hits = (LimitHit("neighbourhoods", "nodes", 14), LimitHit("whole week", "time", 1))
    sentence = (
        "A limit ended some searches early, so a cheaper roster may exist: "
        "neighbourhoods (14 times, by nodes) and whole week (1 time, by time)."
    )
    for status, said in (("no better found", True), ("time limit", True), ("within gap", False), ("optimal", False)):
        week = week_of(replace(run, roster=replace(run.roster, status=status, limits_hit=hits)))
        assert (sentence in [each.sentence for each in told.findings(week)]) is said


def test_the_proof_of_a_week_with_nothing_counted_on_top_speaks_of_the_total_only(run):
    """What is paid is the total then; nothing is said of more."""
    cost = replace(run.roster.cost, shortage=0.0, late=0.0)
    roster = replace(run.roster, cost=cost, bound=1350.0, status="within gap")
    sentence = told.proof(week_of(replace(run, roster=roster)))
    assert sentence == "Gap 3.51%: no roster under these rules costs less than £1,350; this one costs £1,386."


def test_wishes_all_granted_are_told_without_a_share(week):
    """All of them, or the only one."""
    granted = [wish for wish in week.wishes if wish.granted]
    assert told.wishes(replace(week, wishes=tuple(granted))) == "All 2 wishes are granted."
    assert told.wishes(replace(week, wishes=tuple(granted[:1]))) == "The only wish is granted."
    assert told.wishes(replace(week, wishes=())) == ""


def test_a_week_without_shortage_says_so(run):
    """The absence of bad news is news."""
    coverage = run.roster.coverage.assign(shortage=0.0)
    week = week_of(replace(run, roster=replace(run.roster, coverage=coverage)))
    assert "No interval is understaffed." in [finding.sentence for finding in told.findings(week)]


def test_nights_and_weekends_are_told_where_they_are_to_be_shared(run):
    """Bob has three nights, one of them begins on Sunday, and nobody else may; nothing is said where fairness is 0."""
    shares = {"weight": 0, "nights": 1, "weekends": 1}
    fair = replace(run, config=loader.build(SMALL | {"roster": SMALL["roster"] | {"fairness": shares}}))
    said = [finding.sentence for finding in told.findings(week_of(fair))]
    assert "3 nights for 1 person; everybody is within one of their fair share." in said
    assert "1 weekend shift for 1 person; everybody is within one of their fair share." in said
    assert not any("fair share" in finding.sentence for finding in told.findings(week_of(run)))


def test_changes_of_a_published_roster_are_counted_with_those_nobody_could_avoid():
    """Two people in three cells; one shift of somebody who left; nothing changed."""
    assert told.changed(Changes(cells=3, people=2, unavoidable=1)) == (
        "2 people have a changed schedule: 3 assignments differ from the published roster. "
        "1 published shift could not be kept: the people are away or have left."
    )
    assert told.changed(Changes(cells=0, people=0, unavoidable=0)) == (
        "Nobody's schedule differs from the published roster."
    )
