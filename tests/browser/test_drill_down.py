"""From a mark to the country behind it: by click, by keyboard, and on to everything about it."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

MAIN = '[data-testid="stMain"]'
# A bar stands in the card of its figure; both charts of the page pick a country.
BARS = ".st-key-card-contributors .barlayer .point path"
CELLS = ".st-key-card-levels .barlayer .point path"


def _click(page, marks, place):
    """Clicks the middle of a mark, where a person would."""
    mark = page.locator(marks).nth(place)
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


@pytest.mark.parametrize("marks", [BARS, CELLS], ids=["bar", "cell"])
def test_a_click_on_a_mark_shows_the_courses_of_its_country(open_page, marks):
    visit = open_page("/contributors")

    _click(visit.page, marks, 0)

    expect(visit.page).to_have_url(re.compile(r"country=[A-Z]{3}"))
    visit.page.mouse.move(0, 0)  # no hover box
    visit.settle()
    iso3 = re.search(r"country=([A-Z]{3})", visit.page.url).group(1)
    alike = open_page(f"/contributors?country={iso3}").page.locator(MAIN).inner_text()
    assert visit.page.locator(MAIN).inner_text() == alike
    expect(visit.page.get_by_role("button", name=re.compile("^Everything about"))).to_be_visible()


def test_everything_about_a_country_is_one_step_from_its_courses(open_page):
    visit = open_page("/contributors?country=GHA&personnel=police")

    visit.page.get_by_role("button", name=re.compile("Everything about Ghana")).press("Enter")

    expect(visit.page).to_have_url(re.compile(r"/country\?.*country=GHA"))
    expect(visit.page).to_have_url(re.compile(r"personnel=police"))
    expect(visit.page.locator(MAIN)).to_contain_text("Ghana: Covered")
    visit.settle()


def test_a_row_of_the_neighbours_leads_to_that_country_and_back(open_page):
    visit = open_page("/country?country=GHA")
    rows = visit.page.get_by_role("grid", name=re.compile("beside it in rank"))

    assert rows.count() or visit.page.locator(".st-key-neighbours_table").count()
    box = visit.page.locator(".st-key-neighbours_table").bounding_box()
    visit.page.locator(".st-key-neighbours_table").scroll_into_view_if_needed()
    box = visit.page.locator(".st-key-neighbours_table").bounding_box()
    visit.page.mouse.click(box["x"] + 16, box["y"] + 35 * 1.5)

    expect(visit.page).not_to_have_url(re.compile("country=GHA"))
    expect(visit.page).to_have_url(re.compile(r"country=[A-Z]{3}"))
    visit.settle()
    visit.page.go_back()
    expect(visit.page).to_have_url(re.compile("country=GHA"))
    expect(visit.page.get_by_role("heading", level=1)).to_contain_text("Ghana")
    visit.settle()
