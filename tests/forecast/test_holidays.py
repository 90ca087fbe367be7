"""Public holidays: one name for one event in every year and language, and what a calendar leaves out is said."""

import os
import re
import subprocess
import sys
from datetime import date, timedelta

import holidays
import pytest

from configs.errors import ConfigError
from forecast.calendar.marks import Calendar, calendar_notes, no_events, read_calendar
from forecast.calendar.public_holidays import Country, event_name, language
from forecast.calendar.regions import left_out, region_note
from tests.conftest import ROOT
from tests.forecast.test_history import config_of

LOCALES = ({"LANG": "es_CO.UTF-8"}, {"LANG": "C.UTF-8"}, {}, {"LC_ALL": "de_DE.UTF-8"}, {"LANGUAGE": "th"})
EVERY_NAME = """
import holidays
from datetime import date
from forecast.calendar.public_holidays import Country
for name in sorted(holidays.list_supported_countries(include_aliases=False)):
    found = Country(name).names(date(2026, 1, 1), date(2026, 12, 31))
    print(name, *(f"{day} {'|'.join(names)}" for day, names in found.items()), sep="\\t")
"""


def test_names_are_the_same_whatever_the_process_speaks():
    """Five processes with five languages name the holidays of every country alike."""
    said = set()
    for setting in LOCALES:
        clean = {key: value for key, value in os.environ.items() if key not in {"LANG", "LC_ALL", "LANGUAGE"}}
        done = subprocess.run(
            [sys.executable, "-c", EVERY_NAME],
            env={**clean, **setting, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
        said.add(done.stdout)
    assert len(said) == 1
    assert "2026-07-20 Independence Day" in next(line for line in said.pop().decode().splitlines() if line[:2] == "CO")


def test_names_are_english_where_the_library_has_english():
    """A country with an English of its own keeps it, others are named in American English, the rest in theirs."""
    assert [language(name) for name in ("GB", "CO", "AE", "KR", "NZ")] == ["en_GB", "en_US", "en_US", "en_US", None]


def test_a_label_of_a_date_is_no_part_of_the_event():
    """Observed, estimated, substituted and moved holidays have the name of the holiday."""
    assert Country("AE").names(date(2027, 3, 9), date(2027, 3, 9)) == {date(2027, 3, 9): ("Eid al-Fitr",)}
    assert Country("AE").names(date(2024, 4, 10), date(2024, 4, 10)) == {date(2024, 4, 10): ("Eid al-Fitr",)}
    # 26 December 2026 is a Saturday: Monday the 28th is Boxing Day too.
    boxing = Country("GB", "ENG").names(date(2026, 12, 26), date(2026, 12, 28))
    assert boxing == {date(2026, 12, 26): ("Boxing Day",), date(2026, 12, 28): ("Boxing Day",)}
    # "Alternative holiday for Liberation Day", "Day off (substituted from 01/26/2025)", "... (in lieu)".
    assert Country("KR").names(date(2027, 8, 16), date(2027, 8, 16)) == {date(2027, 8, 16): ("Liberation Day",)}
    assert Country("CN").names(date(2025, 2, 3), date(2025, 2, 3)) == {date(2025, 2, 3): ("Day off",)}
    assert "National Father's Day" in Country("TH").names(date(2026, 12, 7), date(2026, 12, 7))[date(2026, 12, 7)]


@pytest.mark.parametrize(
    ("said", "event"),
    [
        ("Eid al-Adha (observed, estimated)", "Eid al-Adha"),
        ("Christmas Day (substitute day)", "Christmas Day"),
        ("Labour Day (Observed)", "Labour Day"),
        ("Independence Day", "Independence Day"),
        ("Diwali (South India)", "Diwali (South India)"),
        ("Day off (substituted from 12/20/2014)", "Day off"),
    ],
)
def test_only_labels_are_taken_off(said, event):
    """What says how a date was found goes, what tells two events apart stays."""
    assert event_name(holidays.country_holidays("GB"), said) == event


def test_no_label_is_left_in_any_country():
    """No event of any country in ten years is named observed, estimated, in lieu or substituted."""
    for name in holidays.list_supported_countries(include_aliases=False):
        for names in Country(name).names(date(2020, 1, 1), date(2029, 12, 31)).values():
            for event in names:
                words = event.casefold()
                assert not any(label in words for label in ("(observed", "estimated)", "(in lieu", "(substitute")), (
                    event
                )


def test_two_holidays_on_a_day_are_two_events():
    """Where two holidays of Colombia meet, each has half a mark, and the day is a holiday once."""
    found = holidays.country_holidays("CO", years=range(2015, 2035), language="en_US")
    day = next(day for day in sorted(found) if len(found.get_list(day)) == 2)
    names = Country("CO").names(day, day)[day]
    assert len(names) == 2
    marks = Calendar(no_events(), "CO").effects("phone", date(day.year, 1, 1), 365)
    at = (day - date(day.year, 1, 1)).days
    assert [marks.columns[at, marks.names.index(name)] for name in ("any public holiday", *names)] == [1, 0.5, 0.5]
    assert Calendar(no_events(), "CO").holidays(day, 1) == {day: "; ".join(names)}


def test_categories_are_asked_for(tmp_path):
    """Bank holidays of Korea count when asked for, and share a mark of their own."""
    both = read_calendar(config_of(tmp_path, calendar={"country": "KR", "categories": ["public", "bank"]}))
    public = read_calendar(config_of(tmp_path, calendar={"country": "KR"}))
    more = set(both.holidays(date(2024, 1, 1), 366)) - set(public.holidays(date(2024, 1, 1), 366))
    assert more == set(holidays.country_holidays("KR", years=2024, categories=("bank",)))
    assert "any bank holiday" in both.effects("phone", date(2024, 1, 1), 366).names
    assert both.closed("phone", date(2024, 1, 1), 366, on_holidays=True)[
        [(day - date(2024, 1, 1)).days for day in more]
    ].all()


@pytest.mark.parametrize(
    ("calendar", "words"),
    [
        (
            {"country": "KR", "categories": ["public", "bnak"]},
            (
                'calendar.categories: "bnak" is not a category of the holidays of KR; did you mean "bank"?; '
                "known: bank, public"
            ),
        ),
        (
            {"categories": ["bank"]},
            "calendar.categories: needs a country; set calendar.country",
        ),
        (
            {"country": "GB", "region": "EN", "categories": ["bank"]},
            (
                'calendar.region: "EN" is not a region of GB; did you mean "ENG"?; known: ENG, NIR, SCT, WLS\n'
                'calendar.categories: "bank" is not a category of the holidays of GB; known: public'
            ),
        ),
        (
            {"country": "GB", "categories": []},
            'test.toml: calendar.categories: is empty; leave it out for "public" holidays, or leave out calendar.country',
        ),
    ],
)
def test_a_category_the_country_has_not_is_refused(tmp_path, calendar, words):
    """All faults of a calendar are told at once, with what is known."""
    with pytest.raises(ConfigError) as caught:
        read_calendar(config_of(tmp_path, calendar=calendar))
    assert str(caught.value) == words


def test_what_a_country_without_a_region_leaves_out_is_said():
    """Easter Monday is a holiday in three of four parts of Britain; the note names it, its date and the remedy."""
    week = (date(2027, 3, 29), date(2027, 4, 4))
    notes = calendar_notes(Calendar(no_events(), "GB"), date(2024, 1, 1), *week)
    assert [str(note) for note in notes] == [
        (
            "calendar: GB without a region leaves out 8 regional holidays since 2024-01-01: Easter Monday, Late Summer "
            "Bank Holiday, Battle of the Boyne and 5 more; in the planned days 2027-03-29 Easter Monday; "
            "set calendar.region (ENG, NIR, SCT, WLS)"
        )
    ]
    assert calendar_notes(Calendar(no_events(), "GB", "ENG"), date(2024, 1, 1), *week) == ()
    assert calendar_notes(Calendar(no_events(), "JP"), date(2024, 1, 1), *week) == ()
    assert calendar_notes(Calendar(no_events()), date(2024, 1, 1), *week) == ()


@pytest.mark.parametrize("country", ["GB", "DE", "AU", "CH", "US"])
def test_what_is_left_out_is_the_slow_difference(country):
    """Left out are exactly the days that the library gives some region and not the country."""
    first, last = date(2025, 1, 1), date(2026, 12, 31)
    whole = set(holidays.country_holidays(country, years=(2025, 2026)))
    slow = set()
    for region in holidays.country_holidays(country).subdivisions:
        slow |= set(holidays.country_holidays(country, subdiv=region, years=(2025, 2026))) - whole
    assert {day for one in left_out(Country(country), first, last) for day in one.days} == {
        day for day in slow if first <= day <= last
    }


def test_an_estimated_date_of_the_planned_week_is_said():
    """The end of Ramadan 2027 is an estimate; that of 2024 is known."""
    calendar = Calendar(no_events(), "AE")
    notes = calendar_notes(calendar, date(2024, 1, 1), date(2027, 3, 8), date(2027, 3, 14))
    assert [str(note) for note in notes] == [
        (
            "calendar: dates of holidays are estimates and may move by a day: 2027-03-09 Eid al-Fitr, "
            "2027-03-10 Eid al-Fitr Holiday and 2027-03-11 Eid al-Fitr Holiday"
        )
    ]
    assert calendar_notes(calendar, date(2024, 1, 1), date(2024, 4, 8), date(2024, 4, 14)) == ()


@pytest.mark.parametrize(
    ("country", "day", "event"),
    [
        ("JP", date(2027, 3, 22), "Vernal Equinox Day"),  # of Sunday 21 March
        ("JP", date(2026, 5, 6), "Constitution Day"),  # of Sunday 3 May, after holidays on Monday and Tuesday
        ("JP", date(2025, 5, 6), "Greenery Day"),  # of Sunday 4 May, though Saturday was a holiday too
        ("JP", date(2017, 1, 2), "New Year's Day"),
        ("TH", date(2015, 1, 2), "New Year's Day"),  # a bridge
        ("PH", date(2015, 1, 2), "New Year's Day"),  # an additional day
        ("AR", date(2015, 3, 23), "Bridge Public Holiday"),  # before its holiday: nothing came in the week before
        ("JP", date(2026, 9, 22), "National Holiday"),  # between two holidays: one of its own
    ],
)
def test_a_substitute_without_a_name_is_the_holiday_it_is_for(country, day, event):
    """A day off that names no holiday has the name of the nearest one before; a substitute, of the weekend's."""
    assert Country(country).names(day, day) == {day: (event,)}


def test_every_nameless_day_off_is_the_holiday_of_the_week_before():
    """Nine countries have such days; one that is left without a name has no holiday in the seven days before."""
    first, last = date(2015, 1, 1), date(2030, 12, 31)
    nameless, raw = re.compile(r"^(substitute|bridge|additional)", re.IGNORECASE), set()
    for name in holidays.list_supported_countries(include_aliases=False):
        found = holidays.country_holidays(name, years=range(2014, 2031), language=language(name))
        plain = {day: [event_name(found, one) for one in found.get_list(day)] for day in found}
        without = {d for d, events in plain.items() if d >= first and any(nameless.match(e) for e in events)}
        without = {d for d in without if not any("commemoration" in event for event in plain[d])}
        if not without:
            continue
        raw.add(name)
        events = Country(name).names(first, last)
        named = {day for day, all_ in plain.items() if any(not nameless.match(event) for event in all_)}
        for day in without:
            before = [day - timedelta(days=back) for back in range(1, 8)]
            left = any(nameless.match(event) for event in events[day])
            assert left == (not any(one in named for one in before)), (name, day, events[day])
    assert raw == {"AR", "JP", "KG", "MY", "PH", "SC", "TH", "UZ", "ZM"}


def test_one_regional_holiday_is_one_and_those_of_most_regions_are_named():
    """A single holiday is in the singular; of eight in the planned days those of the most states are named."""
    week = (date(2026, 11, 23), date(2026, 11, 29))
    said = str(region_note(Country("US"), date(2026, 1, 1), *week))
    assert "in the planned days 2026-11-27 Day After Thanksgiving, " in said
    counts = {
        one.name: len(one.regions)
        for one in left_out(Country("US"), *week)
        if any(week[0] <= day <= week[1] for day in one.days)
    }
    shown = {name for name in counts if f"2026-11-27 {name}" in said}
    assert len(shown) == 3
    assert min(counts[name] for name in shown) >= max(n for name, n in counts.items() if name not in shown)
    one = str(region_note(Country("GB"), date(2027, 3, 29), date(2027, 3, 29), date(2027, 4, 4)))
    assert "leaves out 1 regional holiday since 2027-03-29: Easter Monday" in one
