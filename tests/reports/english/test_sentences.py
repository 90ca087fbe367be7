"""Every fact has its sentence: numbers, names and dates in, the whole sentence out."""

from __future__ import annotations

import re
from dataclasses import is_dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from configs.errors import Fault
from configs.notes import Fact, Note, plain_note, sentence_of
from forecast import facts as found
from forecast.cleaning import Finding
from forecast.data.account import FileAccount, LeftOut
from forecast.data.contacts import facts as contacts
from forecast.opening.hours import DaySpan
from forecast.patience import Patience
from optimize.roster import facts as roster
from optimize.roster import rule_facts as rules
from optimize.roster.repair.result import AlternativeLeftOut
from optimize.roster.result import Advice, Shortfall
from optimize.roster.wish_facts import RefusedWish, WishesRefused
from optimize.simulation.facts import ChannelsApart, OneOfTwo, OrderWorthChanging
from optimize.staffing import facts as staffing
from reports.english import roster as words
from reports.english import sentence
from reports.english.registry import written

DAY, LATER = date(2026, 11, 30), date(2026, 12, 4)
LONDON = ZoneInfo("Europe/London")
MOMENT = datetime(2026, 11, 30, 8, 15, tzinfo=LONDON)
WORKDAYS = (*(DaySpan(day, 1080, 1440) for day in range(5)), DaySpan(5, 0, 1440))
CASES: list[tuple[Fact, str]] = [
    (found.ChannelNotPlanned("a.csv", "fax", 1200, 7.5), 'channel "fax" (1,200 rows, 7.50 contacts) is not in the config and was left out'),
    (found.ReadAsProfile("a.csv", "Zammad report", "zammad", "source", 1), 'was read as Zammad report (history.format = "zammad"), known from its source code'),
    (found.ReadAsProfile("data", "Zammad report", "zammad", "unproven", 52), '52 files were read as Zammad report (history.format = "zammad"), known from nothing that could be looked up: the profile is unproven'),
    (found.RowsOfNoChannel("a.csv", ("queue", "media"), 3, 12.5, ((("A", "chat"), 12.5), (("", "chat"), 0.0))), '3 rows (12.50 contacts) are of no channel and were left out: queue "A" media "chat" (12.50 contacts), queue "" media "chat" (0 contacts)'),
    (found.RowsOfNoChannel("a.csv", ("queue",), 6, 21, tuple(((name,), 6.0 - n) for n, name in enumerate("ABCDEF"))), '6 rows (21 contacts) are of no channel and were left out: queue "A" (6 contacts), queue "B" (5 contacts), queue "C" (4 contacts), queue "D" (3 contacts), queue "E" (2 contacts) and 1 more'),
    (found.NotContacts("a.csv", "direction", 1200), "1,200 rows are not contacts by their direction and were left out"),
    (found.OutcomesUnknown("a.csv", "result", (("merged", 1200), ("other", 1))), 'result: "merged" (1,200) and "other" (1) are not named in history.outcomes; these contacts count as handled; name those that are not under abandoned or ignored'),
    (found.RowsAdded("a.csv", 3, 0, 0.0), "3 rows were added to another row for the same channel and interval"),
    (found.RowsAdded("a.csv", 3, 2, 9.0), "3 rows were added to another row for the same channel and interval; 2 of them (9 contacts) repeat another row in every cell and were added too"),
    (found.ContactsUpdated("data", 3), "3 rows are an earlier state of a contact that is in another file too; each contact counts once, by its latest end"),
    (found.RowsReplaced("a.csv", 3, 9.0), "3 rows (9 contacts) were replaced by a later row for the same channel and interval"),
    (found.RowsRepeated("a.csv", 3, 9.0, False, 12), "3 rows (9 contacts) repeat another row in every cell and were left out, first row 12"),
    (found.RowsRepeated("a.csv", 3, 9.0, True, 12), "3 rows (9 contacts) repeat a row of another file in every cell and were left out, first row 12"),
    (found.IntervalsAddedUp("a.csv", "phone", 900, 1800, 0), 'channel "phone": intervals of 15 min were added up to 30 min'),
    (found.IntervalsAddedUp("a.csv", "phone", 900, 3600, 2), 'channel "phone": intervals of 15 min were added up to 1 h; 2 of them were only partly observed and count as not observed'),
    (found.RowsDivided("a.csv", "phone", "Asia/Kolkata", 60, 15, (0, 15, 30)), 'channel "phone": intervals of 1 h begin 15 min or 30 min off the clock of Asia/Kolkata; the contacts of each were divided evenly over its parts of 15 min in which the channel is open; an export by 15 min would be exact'),
    (found.DaysSpread("a.csv", "mail", 70, "even"), 'channel "mail": the totals of 70 days were spread evenly over the opening hours'),
    (found.DaysSpread("a.csv", "mail", 1, "phone"), 'channel "mail": the totals of 1 day were spread by the shape of channel "phone"'),
    (found.VolumeStated("channel chat", 800, "", None), "has no history yet; 800 contacts a week are planned, spread by the weights of the config"),
    (found.VolumeStated("channel chat", 0.25, "phone", DAY), 'has no history yet; 0.25 contacts a week are planned from 2026-11-30 on, spread by the shape of channel "phone"'),
    (found.HistoryTooShort("channel chat", 13), "has 13 days of history; its volume is used until there are two weeks"),
    (found.VolumeNotUsed("channel chat", 14), "has 14 days of history, so its volume is not used; remove it from the config"),
    (found.OpenIntervalsAbsent("a.csv", "phone", 1500, 0.125, (DAY,), (DAY, LATER)), 'channel "phone": 1,500 open intervals (12.5%) are absent and count as not observed; whole days 2026-11-30; parts of 2026-11-30 and 2026-12-04'),
    (found.ContactsOutsideHours("a.csv", "phone", 140.0, 0.0909), 'channel "phone": 140 contacts (9.1%) came outside the opening hours and are not planned for; check channels.phone.open'),
    (found.MoreHandledThanOffered("a.csv", "phone", 12), 'channel "phone": 12 intervals have more contacts handled than offered'),
    (found.HandleTimesAsStated("a.csv", "phone", "aht", "rise with the contacts"), 'channel "phone": handle times (aht) rise with the contacts; they are read as stated'),
    (found.HandleTimesShort("a.csv", "phone", "aht", 4.25, "unit"), 'channel "phone": handle times (aht) are read as 4.25 s a contact; if they are minutes, set unit'),
    (found.RegionalHolidays("calendar", "GB", DAY, ("A",), (), ("ENG",)), "GB without a region leaves out 1 regional holiday since 2026-11-30: A; set calendar.region (ENG)"),
    (
        found.RegionalHolidays("calendar", "GB", DAY, tuple("ABCDE"), ((LATER, "A"), (DAY, "B")), tuple("abcdefghi")),
        "GB without a region leaves out 5 regional holidays since 2026-11-30: A, B, C and 2 more; in the planned days 2026-11-30 B and 2026-12-04 A; set calendar.region (a, b, c, d, e, f, g, h, ...)",
    ),
    (found.EstimatedHolidays("calendar", ((DAY, "Eid"),)), "dates of holidays are estimates and may move by a day: 2026-11-30 Eid"),
    (found.Adjusted("c", "phone", MOMENT, MOMENT, "multiply", 1.2, 1000, 1200, "sale"), 'channel "phone" 2026-11-30 08:15 to 2026-11-30 08:15: multiply 1.2, 1,000 became 1,200 contacts (sale)'),
    (found.Adjusted("c", "", MOMENT, MOMENT, "add", 5, 0, 0, "sale"), "all channels 2026-11-30 08:15 to 2026-11-30 08:15: add 5, 0 became 0 contacts (sale); nothing was forecast there, so nothing was changed"),
    (found.ShortHistory("c", 28, None), "has 28 days of history; its forecast is the mean of each weekday; eight weeks of history would improve it"),
    (found.ShortHistory("c", 28, DAY), "has 28 days of history since it began on 2026-11-30; its forecast is the mean of each weekday; eight weeks of history would improve it"),
    (found.BiasedOnPast("c", 0.08, 0.02), "was forecast 8% too high on past weeks, more than chance explains (standard error 2%); look for days that history.cleaning or the calendar should name, or adjust the forecast (calendar.adjustments)"),
    (found.HistoryEndsEarly("c", 90), "its history ends 90 days before the planned week; newer data would forecast better"),
    (found.OutageAtEnd("c", DAY), "has had no contacts since 2026-11-30; it is forecast as before; after two weeks of zeros it would count as ended"),
    (found.SeasonAtEnd("c", DAY, None), "has had no contacts since 2026-11-30 and none at that time of the year before; its forecast is 0"),
    (found.SeasonAtEnd("c", DAY, LATER), "has had no contacts since 2026-11-30 and none at that time of the year before; its forecast is 0 until 2026-12-04"),
    (found.EndedAtEnd("c", DAY), "has had no contacts since 2026-11-30; its forecast is 0; if contacts were not recorded then, drop these days with [[history.cleaning]]"),
    (found.SilentAtEnd("c"), "had no contacts in the last eight weeks; its forecast is 0"),
    (found.LaterStart("c", DAY), "began on 2026-11-30; the zeros recorded before are not counted"),
    (found.ClosedSeason("c", DAY, LATER), "had no contacts from 2026-11-30 to 2026-12-04; the same season is forecast as 0; if contacts were not recorded then, drop these days with [[history.cleaning]]"),
    (found.NotInUse("c", DAY, LATER), "had no contacts from 2026-11-30 to 2026-12-04; these days count as not in use"),
    (found.NeverObserved("c", WORKDAYS), "was never observed Mon-Fri 18:00-24:00; Sat all day; these hours are filled from similar ones"),
    (found.MeanOfShortHistory("c"), "the history is shorter than eight weeks: the mean of each weekday and time, with more weight on recent weeks"),
    (found.MeanOfFewContacts("c"), "fewer than ten contacts a day: the mean of each weekday and time, with more weight on recent weeks"),
    (found.NothingCame("c"), "no contacts in the last weeks, or ever"),
    (found.EqualWeights("c"), "the history is too short for a backtest, so all models have the same weight"),
    (
        found.WeightsByError("c", (found.Best("week", 0.05, 1, 7), found.Best("year", 0.061, 15, None))),
        'smallest error on past weeks: 5% for 1 to 7 days ahead ("week") and 6.1% for 15 or more days ahead ("year"); weights fall with the fourth power of the error',
    ),
    (Finding("phone", "outlier", DAY, DAY, 0.5, "keep"), "2026-11-30 is an outlier (+50%); it was kept (history.cleaning decides)"),
    (Finding("phone", "named", DAY, LATER, float("nan"), "drop"), "2026-11-30 to 2026-12-04 is named in the config; it counts as not observed (history.cleaning decides)"),
    (Finding("phone", "near", DAY, LATER, -0.5, "keep"), "2026-11-30 to 2026-12-04 is next to a public holiday or at year's end (-50%); it does not change the forecast of ordinary days (history.cleaning decides)"),
    (Patience("phone", None, 0.4), "in the history about 40% of those who gave up call again soon"),
    (contacts.ContactsCounted("log.csv", "arrival", 48210, MOMENT, MOMENT), "each of 48,210 contacts counts in the interval of its arrival; intervals without contacts from 2026-11-30 08:15 to the interval of 2026-11-30 08:15 are zeros"),
    (contacts.ContactsCounted("log.csv", "end", 9, MOMENT, MOMENT, (DAY, LATER), True, 3), "each of 9 contacts counts in the interval of its end; intervals without contacts from 2026-11-30 08:15 to the interval of 2026-11-30 08:15 are zeros; days without any contact count as zeros, too: 2026-11-30 and 2026-12-04; 3 contacts without an end left out"),
    (contacts.ContactsCounted("log.csv", "spread", 9, MOMENT, MOMENT, (DAY,), False, 0, 1.5), "each of 9 contacts counts where it arrived, with its handle time spread over the intervals it was worked on; intervals without contacts from 2026-11-30 08:15 to the interval of 2026-11-30 08:15 are zeros; days without any contact count as not observed: 2026-11-30; 1.5 h of handling outside the observed intervals left out"),
    (contacts.SeveralTimes("phone", 40, 85, 1000), "85 of 1,000 contacts have only 40 numbers, such as calls that go from one queue of this channel to another; each counts where it arrives"),
    (contacts.MeasuredPatience("phone", 132.4, 127.2, 137.6, 92.0, 2310, 41000, 600.0, 0.04, 131.0), "measured patience is 132 s (95%: 127 to 138 s) from 2,310 abandoned contacts of 41,000; half give up within 92 s; set channels.phone.patience to 132 s"),
    (contacts.MeasuredPatience("phone", 132.4, 127.2, 137.6, None, 2310, 41000, 200.0, 0.62, 129.0, 90.0), "measured patience is 132 s (95%: 127 to 138 s) from 2,310 abandoned contacts of 41,000; 62% would wait longer than 200 s, which few had to; the mean takes them to give up at the rate of all, which alone gives 129 s; channels.phone.patience states 90 s, which is used"),
    (contacts.MeasuredRedials("phone", 2310, 0.41, 244.0, 1800.0, 0.02), "41% of 2,310 customers who gave up contacted again within 30 min, after 244 s on average; in an equal time a week later 2% did; channels.phone.redial_share and redial_after describe this; leave redial_share at 0 while the history counts these contacts"),
    (contacts.MeasuredRedials("phone", 50, 0.0, None, 1800.0, None), "0% of 50 customers who gave up contacted again within 30 min; channels.phone.redial_share and redial_after describe this; leave redial_share at 0 while the history counts these contacts"),
    (contacts.QueueLogRead("queue_log", 1000, 320, 280, 30, 8, 2, 0, 0, 0.0), "1,000 lines with 320 arrivals in queues: 280 answered, 30 abandoned, 8 ended otherwise, 2 without an end; the log does not record work after a call; handle times are talk time with no wrap-up added"),
    (contacts.QueueLogRead("queue_log", 1000, 320, 280, 30, 8, 2, 1, 3, 15.0), "1,000 lines with 320 arrivals in queues: 280 answered, 30 abandoned, 8 ended otherwise, 2 without an end; 1 call that arrived before the log begins left out; 3 lines not readable; the log does not record work after a call; handle times are talk time with 15 s of wrap-up added"),
    (staffing.ChannelsNotPlanned("t", ("a", "b")), "contains a and b, not in the config; left out"),
    (staffing.RowsOutsideWeek("t", 4), "4 rows lie outside the planned days and were left out"),
    (staffing.RiskNotUsed("staffing.risk", 0.9, ("phone", "chat")), "0.9 is not used for phone and chat: `sure` in the target is the probability with which a day or a week meets it"),
    (staffing.OneQueue("channels", ("sales", "service"), 336, 1502.4, True), "sales and service share people and are staffed as one queue: 336 agent-hours instead of 1,502"),
    (staffing.OneQueue("channels", ("sales", "service"), 336, 502, False), "sales and service share people and are staffed partly as one queue, since few people know more than one of them: 336 agent-hours instead of 502"),
    (staffing.NoQuantiles("c", 3), "the forecast has no quantiles in 3 intervals; staffed for the mean volume there"),
    (staffing.ForecastOutsideHours("c", 12.34), "12.3 contacts are forecast outside the opening hours; no agents are staffed for them"),
    (staffing.HandleTimeDiffers("c", 300.4, 245.0), "the forecast has a handle time of 300 s, touch x touches is 245 s; staffed with touch, think and touches"),
    (staffing.MinimumNotUsed("c"), "is not used; deferrable work has no minimum of agents"),
    (staffing.ExactNotPossible("c", 300.0), 'method "exact" needs one customer per agent, no redials, service level "offered" and at most 300 Erlang; "mol" is used'),
    (staffing.ServiceDiffers("c", 4, 272, MOMENT, 0.83, 0.92), 'contacts are long: in 4 of 272 intervals the service level of the transient method differs by more than 5 points from that of the interval alone; most at 2026-11-30 08:15: 92% instead of 83%; method = "exact" staffs for that'),
    (staffing.IdleTime("c", 41.6, ("email", "post")), "42 hours of idle time can be used for email and post while `reserve` agents stay free; the service target is still met; the service level shown is without this"),
    (staffing.SingleAgentHours("c", "phone", (DaySpan(0, 0, 480),), 3.25, 960.0, 48.0, 0.96, 38.4, "EUR"), "Mon 00:00-08:00: one agent is needed for 3.2 contacts in total; this costs 960 EUR (48 h) and carries 0.96 h of work, worth 38 EUR at costs.shortage_per_hour; to save it, close these hours in channels.phone.open"),
    (roster.WeekRepeats("roster"), "the first hours of the week are covered by the shifts that run past its end, assumed to be staffed the same in the previous week"),
    (roster.PaidInThisWeek("roster"), "shifts that run past the end of the week are paid in this week and cover the next"),
    (roster.StillAtWork("roster"), "the first hours of the week are covered by people of the previous week who are still at work"),
    (roster.FewerDays("roster", (roster.PersonDays("a", 3, 5), roster.PersonDays("b", 4, 5))), "fewer working days than contracted, because rest, hour limits, availability, leave and the previous week allow no more: a (3 of 5) and b (4 of 5)"),
    (roster.FewerHours("roster", "a", "a", "full", 24.0, 40.0, (DAY, LATER), True, ""), "a works 24 of 40 contracted hours (hours_min): 2 days of leave (Mon 30 Nov, Fri 04 Dec); count the leave as hours worked, shorten it, or lower hours_min"),
    (roster.FewerHours("roster", "a", "Ann", "full", 24.0, 40.0, (DAY,), False, "mon"), 'Ann (a) works 24 of 40 contracted hours (hours_min): the search found no week with more within the rules of contract full (rest, days in a row, shifts); there is also 1 day of leave (Mon 30 Nov); available is "mon"; offer longer shifts or more days, or lower hours_min'),
    (roster.MoreFewerHours("roster", 3), "3 more people work fewer hours than their hours_min"),
    (roster.DueBeforeWorked("c", "email", 2.5, MOMENT), "2.50 hours of its work are due before anyone may do it, the first on Mon 30 Nov 08:15; they are late in any roster; widen channels.email.worked or allow more time in its service target"),
    (roster.AwayAllWeek("leave.csv", tuple("abcdef")), "6 people are on leave all week and cannot be rostered: a, b, c, d, e and 1 more"),
    (roster.AwayAllWeek("leave.csv", ("a",)), "1 person is on leave all week and cannot be rostered: a"),
    (roster.WishesOnLeave("requests.csv", (roster.WishDay("a", date(2026, 12, 2)),)), "1 wish is for a day of leave of the same person: a (Wed 02 Dec)"),
    (roster.SingleDaysOff("roster", tuple("abcdefg")), "a single day off where the previous week and this week meet; days off are placed together within one week only: a, b, c, d, e and 2 more"),
    (roster.DayGivenUp("c", "full", LATER), "contract full on Fri 04 Dec"),
    (roster.DaysGivenUp("roster", 1, ()), "1 working day was given up, because the search found no allowed start with enough rest before it"),
    (roster.DaysGivenUp("roster", 2, (roster.DayGivenUp("c", "full", DAY),) * 2), "2 working days were given up (contract full on Mon 30 Nov), because the search found no allowed start with enough rest before them"),
    (
        roster.ActivityMissed("activity training", 3, 5, (roster.Absent(("a", "b"), "no-shift"), roster.Absent(("c",), "at-once"))),
        "3 of 5 people do not take part (a and b: no shift this week; c: no place left under at_once)",
    ),
    (roster.BoundScope("roster", ()), ""),
    (roster.BoundScope("roster", ("repeating", "apart")), " of a repeating week that staffs each channel separately"),
    (roster.BoundScope("roster", ("repeating", "kept")), " of a repeating week in which nobody gives up a working day"),
    (roster.BoundScope("roster", ("apart", "kept")), " that staffs each channel separately and in which nobody gives up a working day"),
    (roster.BoundScope("roster", ("repeating", "service")), " of a repeating week that meets its targets by the service staircases of this plan"),
    (roster.BoundScope("roster", ("apart", "service", "kept")), " that staffs each channel separately, that meets its targets by the service staircases of this plan and in which nobody gives up a working day"),
    (
        roster.TargetsNotKept("roster", (roster.Lack("chat", None, 0.85, 0.9), roster.Lack("phone", DAY, 0.8, 0.9))),
        "targets are met in fewer simulated weeks than asked: phone on Mon 30 Nov in 80% (asked 90%) and chat over the week in 85% (asked 90%); no plan that was tried meets them all; add people or shifts, or relax the targets",
    ),
    (roster.Gap("roster", 0.0099), "0.99%"),
    (roster.Gap("roster", None), "not comparable"),
    (roster.OneMorePerson("c", "full", ("phone", "chat", "email")), "One more person on contract full for phone, chat and email"),
    (roster.StartsMoved("c", "full", True, (330, 330, 390)), "Shifts of contract full that may begin earlier, from 05:30 and 06:30,"),
    (roster.StartsMoved("c", "full", False, (600,)), "Shifts of contract full that may begin later, until 10:00,"),
    (roster.BreaksWider("c", "full", timedelta(minutes=30)), "Breaks of contract full that may begin 30 min earlier or later"),
    (roster.TargetLater("c", "email", timedelta(hours=4)), "A service target for email that allows four hours more"),
    (roster.TargetLater("c", "email", timedelta(hours=24)), "A service target for email that allows a day more"),
    (roster.SkillTaught("agents", "chat", 18, "full", ("phone", "email")), "Teaching chat to the 18 people on contract full for phone and email"),
    (roster.SkillTaught("agents", "chat", 1, "full", ("phone",)), "Teaching chat to the one person on contract full for phone"),
    (roster.RulesLeftOut("contracts", "rest", (("full", 1.0),)), "Leaving out the rules on rest between shifts of contract full"),
    (roster.RulesLeftOut("contracts", "weeks", (("full", 0.714), ("part", 0.286))), "Leaving out the rules on hours or days in a week of contracts full (71%) and part (29%)"),
    (roster.ExpensiveHours("c", "phone", 6, 8, 12), "On Sun 08:00-12:00, for phone,"),
    (rules.RuleBroken("c", rules.FixedDayWorked("a", "fixed_off", DAY, DAY, None), 0), "a has a shift on Mon 30 Nov, a fixed day off"),
    (rules.RuleBroken("c", rules.FixedDayWorked("a", "fixed_off", DAY, DAY, None), 2), "a has a shift on Mon 30 Nov, a fixed day off; so in 2 other cases"),
    (
        rules.RuleRelaxed("c", rules.TooManyWeekends("a", "weekends.most", DAY, LATER, 5.0, 2, 1), 1, 12.5),
        "a works on 2 weekends from Mon 30 Nov to Fri 4 Dec; at most 1 is allowed; so in 1 other case; by its price this costs 12.5",
    ),
    (roster.NoRoster("roster", (("rest",), ("nights",)), DAY), "no roster keeps the rules of this person: already the days up to Mon 30 Nov have no roster; it is enough to relax the rules on rest between shifts; or nights in a row and the rest after them"),
    (roster.NoRoster("roster", (("hours",),)), "no roster keeps the rules of this person: every day can be filled, but not with the least hours or shifts asked for over all weeks; it is enough to relax the rules on hours or shifts over all weeks"),
    (roster.NoRoster("roster", (("weeks", "rest"), ("weeks", "runs")), LATER), "no roster keeps the rules of this person: already the days up to Fri 4 Dec have no roster; relax two kinds of rules together, those on hours or days in a week with rest between shifts; or hours or days in a week with working days in a row"),
    (roster.NoRoster("roster", (("weeks", "weekends", "bands"),) * 7, DAY), "no roster keeps the rules of this person: already the days up to Mon 30 Nov have no roster; relax three kinds of rules together, those on " + "; or ".join(["hours or days in a week with weekends with successions"] * 5) + "; or 2 others"),
    (roster.NoRoster("roster", (), DAY), "no roster keeps the rules of this person: already the days up to Mon 30 Nov have no roster; relaxing three kinds of rules is not enough, so relax more of them"),
    (
        WishesRefused("requests.csv", 9, 2, (RefusedWish("a", LATER, 390, True, 4.0, "cover", 1350.4, 1200.0), RefusedWish("b", DAY, None, False, 2.5, "weight", 3.125, 0.0))),
        "9 wishes are not granted, 2 of which no lawful roster could grant; the most expensive to grant with everybody else as planned: a to work from about 06:30 on Fri 4 Dec would cost 1,350, of which 1,200 because the others do not cover it; its weight is 4; b to be off on Mon 30 Nov would cost 3.12; its weight is 2.5",
    ),
    (WishesRefused("requests.csv", 1, 1, ()), "1 wish is not granted, 1 of which no lawful roster could grant"),
    (AlternativeLeftOut("balanced", (Fault("agent a", "works 6 days"),)), "left out, because its recount found a fault: agent a works 6 days. Take another alternative, and report this fault"),
    (roster.WeeksTogether("roster", 2, 22000.4, 21990.0), "the 2 weeks planned together cost 22,000 with penalties, wishes and priced rules; no roster by name that keeps the rules planned by costs less than 21,990"),
    (roster.WeeksTogether("roster", 1, 3360.0, 3360.0), "planned by name, the week costs 3,360 with penalties, wishes and priced rules; no roster by name that keeps the rules planned by costs less than 3,360"),
    (roster.WeeksCutShort("roster", 4), "the search for the 4 weeks planned together was ended by roster.time_limit; another machine may find another roster"),
    (roster.WeeksCutShort("roster", 1), "the search for this week, planned by name, was ended by roster.time_limit; another machine may find another roster"),
    (rules.RulesRecounted("contracts", 9, 0, 0, 0.0, planned=True, left=("a.weekly_rest", "a.rotation")), "9 people have rules by which the search plans, but for a.weekly_rest and a.rotation; the finished roster was checked against all of them: 0 rules of people are broken"),
    (rules.RulesRecounted("contracts", 1, 0, 0, 0.0), "1 person has rules that the search does not plan by; the finished roster was checked against all of them: 0 rules of people are broken"),
    (
        rules.RulesRecounted("contracts", 12, 1, 3, 40.0),
        "12 people have rules that the search does not plan by; the finished roster was checked against all of them: 1 rule of a person is broken, and 3 rules with a price, which cost 40 not in the cost of the roster",
    ),
    (
        OrderWorthChanging("simulation.priority", OneOfTwo("phone", 2.1, 0.99, 0.9), OneOfTwo("video", 26.0, 0.87, 0.9)),
        "people who know both take phone before video: one more contact in time costs 26.00 at video and 2.10 at phone; targets are met in 87% (asked 90%) and 99% (asked 90%) of simulated weeks; try video before phone",
    ),
    (ChannelsApart("simulation"), "the people of the roster cannot be at the channels where its coverage counts them; each channel is simulated separately"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("fact", "expected"), CASES, ids=lambda value: type(value).__name__ if is_dataclass(value) else ""
)
def test_a_fact_is_written_as_its_sentence(fact, expected):
    """Through the language, and through the fact itself, which asks the language for it."""
    assert sentence(fact) == expected
    assert fact.sentence == expected


def kinds(base: type = Fact) -> list[type]:
    """Every kind of fact there is."""
    return [each for direct in base.__subclasses__() for each in (direct, *kinds(direct))]


def test_every_kind_of_fact_has_a_sentence_and_a_case():
    """A new fact without a sentence, or with one that nobody reads here, is found by its type."""
    sentence(ChannelsApart("simulation"))  # loads the whole language
    assert [kind.__name__ for kind in kinds() if written.dispatch(kind) is written.dispatch(object)] == []
    assert {kind.__name__ for kind in kinds()} - {type(fact).__name__ for fact, _ in CASES} == set()


def test_a_fact_tells_where_its_code_and_its_sentence():
    """As one line, and as JSON holds it; two equal facts are one."""
    fact = found.RowsReplaced("a.csv", 3, 9.0)
    assert str(fact) == f"a.csv: {fact.sentence}"
    assert plain_note(fact) == {"where": "a.csv", "sentence": fact.sentence, "code": "rows-replaced"}
    assert len({fact, found.RowsReplaced("a.csv", 3, 9.0)}) == 1


def test_what_has_no_sentence_is_refused():
    """A type nobody registered is an error of the program, not an empty sentence."""
    with pytest.raises(TypeError, match="no sentence is known for 5"):
        sentence_of(5)


def test_a_note_keeps_the_words_and_the_code_it_was_read_with():
    """A run folder holds sentences; read back they are what they were."""
    told = plain_note(found.SilentAtEnd("channel phone"))
    assert plain_note(Note(**told)) == told


@pytest.mark.parametrize(("code", "reason"), words.SHORT.items())
def test_a_shortfall_tells_its_reason_by_its_code(code, reason):
    """A code that is not known, of another version's run, is shown as it is."""
    assert Shortfall("phone", MOMENT, MOMENT, 1.0, 1.0, code).reason == reason
    assert Shortfall("phone", MOMENT, MOMENT, 1.0, 1.0, "by another version").reason == "by another version"


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (("no-shift",), "the contract has no such shift on that day"),
        (("no-roster", None, None, (("rest",), ("runs",))), "no roster with it keeps the rules of this person; it is enough to relax the rules on rest between shifts; or working days in a row"),
        (("not-found", 3.0, 0.0), "would cost 3; its weight is 4; a longer search may grant it"),
        (("not-found", -12.4, 0.0), "would save 12; its weight is 4; a longer search may grant it"),
    ],
)  # fmt: skip
def test_a_wish_that_is_not_granted_has_its_reason(wish, expected):
    assert RefusedWish("a", DAY, None, True, 4.0, *wish).why == expected


def test_advice_is_written_with_the_money_of_the_caller():
    """A saving found by solving is about that; a shadow price is the most it can be; hours have a worth."""
    more, hours = roster.OneMorePerson("c", "full", ("phone",)), roster.ExpensiveHours("c", "phone", 6, 8, 12)
    solved, priced = (Advice("person", "full", 60.0, more, basis) for basis in ("solved again", "shadow price"))
    assert solved.message("£{:.0f}".format) == "One more person on contract full for phone would save about £60 a week."
    assert (
        priced.message("£{:.0f}".format)
        == "One more person on contract full for phone would save at most about £60 a week."
    )
    worth = Advice("hour", "phone", 28.0, hours, "shadow price")
    assert worth.message("£{:.0f}".format) == "On Sun 08:00-12:00, for phone, one agent-hour is worth about £28."


def test_the_account_of_a_file_counts_what_was_left_out():
    """Rows and contacts of the file, of each reason, and what is used."""
    left = (LeftOut("repeated", 3, 9.0), LeftOut("part", 1, 1.5))
    assert sentence(FileAccount("a.csv", 1680, 1906.0, left)) == (
        "a.csv: 1,680 rows, 1,906 contacts; left out: 3 rows repeated in every cell (9 contacts), "
        "1 rows of partly observed intervals (1.50 contacts); used: 1,895.50 contacts"
    )


def test_no_sentence_writes_a_duration_as_a_config_does():
    """``20 s``, ``5 min``, ``1 h``: a number and its unit stand apart in every sentence, and no share ends in ``.0%``."""
    assert [text for _, text in CASES if re.search(r"\b\d+(s|m|min|h|d)\b|\.0%", text)] == []
