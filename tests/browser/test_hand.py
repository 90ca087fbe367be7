"""What a hand does with the page: point, click, choose, and go back; the address tells it all."""

from __future__ import annotations

CHART = '[data-plot="c0-cover"]'
WEEK = 672


def at(page, interval, chart=CHART):
    """Bring a chart into view and return the spot of an interval on the screen."""
    plot = page.locator(f"{chart} .plot")
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    return box["x"] + box["width"] * (interval + 0.5) / WEEK, box["y"] + 60


def fragment(seen):
    """What stands behind the # in the address."""
    return seen.page.url.partition("#")[2]


def shown(page):
    """Names of the people in the chart."""
    return page.locator("tr.agent:visible .name").all_inner_texts()


def test_pointing_at_a_chart_tells_its_numbers(visit, large):
    """Tuesday 10:15 is interval 137: the box names the moment and what the tables hold there."""
    page = visit().page
    page.mouse.move(*at(page, 137))
    rows = large.roster.coverage
    row = rows[rows["channel"] == "phone"].iloc[137]
    told = page.locator(".tip").inner_text().split("\n")
    assert told[0] == "Tue 1 Dec 10:15"
    assert told[told.index("required") + 1] == f"{row['required']:g}"
    assert told[told.index("staffed") + 1] == f"{row['staffed']:g}"
    page.mouse.move(2, 2)
    assert page.locator(".tip").is_hidden()


def test_a_click_on_a_day_shows_it_in_every_chart_and_another_shows_the_week(visit):
    """The plots are seven times as wide and stand at that day; the address names it."""
    seen = visit()
    page = seen.page
    whole = page.locator(f"{CHART} .plot").bounding_box()["width"]
    page.mouse.click(*at(page, 3 * 96 + 40))
    assert fragment(seen) == "day=2026-12-03"
    for chart in (CHART, '[data-plot="c4-backlog"]'):
        wide, scroll = page.locator(f"{chart} .plot"), page.locator(f"{chart} .scroll")
        assert abs(wide.bounding_box()["width"] - 7 * whole) < 2
        assert abs(scroll.evaluate("one => one.scrollLeft") - 3 * whole) < 2
    assert page.locator('#zoom [aria-pressed="true"]').inner_text() == "Thu"
    page.mouse.click(*at(page, 3 * 96 + 40))
    assert fragment(seen) == ""
    assert page.locator('#zoom [aria-pressed="true"]').inner_text() == "Week"


def test_the_back_button_undoes_each_step(visit):
    """Day, team, then back twice: the page is as it was, without being loaded again."""
    seen = visit()
    page = seen.page
    page.locator("#zoom button", has_text="Wed").click()
    page.select_option('select[name="team"]', "Team B")
    assert fragment(seen) == "day=2026-12-02&team=Team+B"
    assert len(shown(page)) == 24
    page.go_back()
    assert fragment(seen) == "day=2026-12-02"
    assert len(shown(page)) == 144
    page.go_back()
    assert page.locator('#zoom [aria-pressed="true"]').inner_text() == "Week"
    page.go_forward()
    assert page.locator('#zoom [aria-pressed="true"]').inner_text() == "Wed"
    assert seen.requests == [seen.address]


def test_an_address_that_was_kept_shows_the_same(visit, large):
    """Opened anew with its state, the page shows that day, those people and that section."""
    page = visit("large", "#day=2026-12-05&skill=video&contract=full-time&at=roster").page
    agents = large.roster.people.agents
    wanted = agents[agents["skills"].str.contains("video") & (agents["contract"] == "full-time")]
    assert sorted(shown(page)) == sorted(wanted["name"])
    assert page.locator('#zoom [aria-pressed="true"]').inner_text() == "Sat"
    assert page.locator('select[name="skill"]').input_value() == "video"
    assert page.evaluate("document.activeElement.id") == "roster"


def test_nonsense_in_the_address_shows_the_whole_week(visit):
    """A day that is not in the week, a key nobody knows, a broken one: nothing is hidden and nothing is said."""
    for wrong in ("#day=1999-01-01&colour=blue", "#team=Nobody&who=x&skill=", "#=&&=x", "#%E0%A4%A"):
        seen = visit("large", wrong)
        assert len(shown(seen.page)) == 144
        assert seen.page.locator('#zoom [aria-pressed="true"]').inner_text() == "Week"
        assert seen.messages == []


def test_the_choices_narrow_the_roster_together(visit, large):
    """Team and who is at work on a day, counted from the table; the count is told; clear shows everybody."""
    page = visit("large", "#day=2026-12-01").page
    page.select_option('select[name="team"]', "Team C")
    page.select_option('select[name="who"]', "work")
    agents, table = large.roster.people.agents, large.roster.table
    team = set(agents.loc[agents["team"] == "Team C", "agent"])
    busy = {row["agent"] for row in table.to_dict("records") if str(row["date"])[:10] == "2026-12-01"}
    assert len(shown(page)) == len(team & busy) > 0
    assert page.locator("#found").inner_text() == f"{len(team & busy)} of 144"
    page.select_option('select[name="who"]', "free")
    away = set(large.roster.people.leave["agent"])
    assert len(shown(page)) == len(team - busy - away)
    page.locator("#filter button").click()
    assert len(shown(page)) == 144


def test_letters_of_a_name_find_people_and_are_one_step_back(visit):
    """Words in any order; no entry of the history for each letter; nobody found is said."""
    seen = visit()
    page = seen.page
    first = page.evaluate("history.length")
    name = shown(page)[5]
    page.locator('input[name="find"]').press_sequentially(" ".join(reversed(name.lower().split())))
    assert set(shown(page)) == {name}
    assert page.evaluate("history.length") == first
    page.fill('input[name="find"]', "no such person")
    assert page.locator("#nobody").is_visible()


def test_a_link_to_a_section_keeps_the_day(visit):
    """The section comes into view, the focus goes there, the day stays."""
    seen = visit("large", "#day=2026-12-01")
    seen.page.click('nav a[href="#cost"]')
    assert fragment(seen) == "day=2026-12-01&at=cost"
    assert seen.page.evaluate("document.activeElement.id") == "cost"
    assert seen.page.locator('#zoom [aria-pressed="true"]').inner_text() == "Tue"


def test_pointing_at_a_bar_tells_the_shift(visit):
    """Ann on Monday, in the words of the tables."""
    page = visit("small").page
    bar = page.locator('tr.agent[data-find*="ann ash"] path.early').first
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    page.locator(".tip").wait_for(state="hidden")
    for across in (2, 3):  # the scrolling above may hide the box once more
        page.mouse.move(box["x"] + across, box["y"] + box["height"] / 2)
        page.wait_for_timeout(50)
    assert page.locator(".tip").inner_text().split("\n") == [
        "Ann Ash", "Mon 30 Nov 08:00–16:30, breaks 12:00–12:30, training 10:00–11:30, 8 h paid",
    ]  # fmt: skip


def test_a_matter_of_attention_leads_to_its_day(visit):
    """The link of the shortage shows Tuesday in the charts and brings phone into view; back shows the week again."""
    seen = visit("small")
    seen.page.click("text=See phone on Tue")
    assert fragment(seen) == "day=2026-12-01&at=c0"
    assert seen.page.locator('#zoom [aria-pressed="true"]').inner_text() == "Tue"
    assert seen.page.evaluate("document.activeElement.id") == "c0"
    seen.page.go_back()
    assert seen.page.locator('#zoom [aria-pressed="true"]').inner_text() == "Week"
