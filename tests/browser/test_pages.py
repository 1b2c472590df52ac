"""What only a browser can tell: requests, drawn charts, accessible names, links, both modes."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

MAIN, SIDEBAR = '[data-testid="stMain"]', '[data-testid="stSidebar"]'
GROUNDS = {"light": "rgb(255, 255, 255)", "dark": "rgb(17, 24, 31)"}
COUNTRIES = ".choroplethlayer path[d]"
# More than a hundred countries are in the review or contribute, and most of them have a shape.
FEWEST_COUNTRIES = 100

DEEP_LINK = "/contributors?edition=public-sources-2026&personnel=police&threshold=cimic&top=7"
DEEP_LINK_SAYS = "Police personnel, as of 31 July 2025 · threshold: CIMIC only or higher"


def _text(page: Page) -> str:
    return page.locator(MAIN).inner_text()


def test_the_world_map_draws_its_countries_without_a_network(open_page):
    visit = open_page("/", cut_off=True)

    expect(visit.page.locator(COUNTRIES).nth(FEWEST_COUNTRIES)).to_be_attached()
    assert visit.outside == []


def test_a_deep_link_restores_the_screen(open_page):
    first, second = open_page(DEEP_LINK), open_page(DEEP_LINK)

    assert DEEP_LINK_SAYS in _text(first.page)
    assert "seven largest contributors" in _text(first.page)
    assert _text(first.page) == _text(second.page)
    assert first.page.url.endswith(DEEP_LINK)


def test_what_a_person_chooses_is_in_the_address_and_stays_from_page_to_page(open_page):
    visit = open_page("/")
    sidebar = visit.page.locator(SIDEBAR)

    sidebar.get_by_role("combobox", name=re.compile("^Personnel$")).click()
    visit.page.get_by_role("option", name=re.compile("^Police personnel$")).click()
    expect(visit.page).to_have_url(re.compile(r"personnel=police"))
    expect(visit.page.locator(MAIN)).to_contain_text("Police personnel, as of")
    visit.page.get_by_role("button", name="Findings").click()
    visit.page.get_by_role("menuitem", name="Contributors").click()

    expect(visit.page).to_have_url(re.compile(r"/contributors\?.*personnel=police"))
    expect(visit.page.locator(MAIN)).to_contain_text("Police personnel, as of")
    visit.settle()


def test_names_and_numbers_of_a_chart_have_the_text_colour_of_the_page(open_page):
    visit = open_page("/contributors")
    page, seen = visit.page, {}
    for color_scheme, ground in GROUNDS.items():
        page.emulate_media(color_scheme=color_scheme)
        expect(page.locator('[data-testid="stApp"]')).to_have_css("background-color", ground)
        visit.settle()
        ink = page.locator(f"{MAIN} p").first.evaluate("text => getComputedStyle(text).color")

        colours = page.evaluate(
            """() => [...document.querySelectorAll('.ytick text tspan, .bartext-outside tspan')]
                .filter(text => text.style.fill === 'currentcolor')
                .map(text => getComputedStyle(text).fill)"""
        )

        assert set(colours) == {ink}
        seen[color_scheme] = ink
    assert seen["light"] != seen["dark"]


def test_a_download_says_where_it_comes_from_and_names_countries_beside_their_codes(open_page):
    page = open_page("/contributors").page

    page.get_by_role("button", name=re.compile("Take this figure away")).first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile(r"Table \(CSV\)")).first.click()
    text = download.value.path().read_text(encoding="utf-8-sig")

    header, first = text.splitlines()[:2]
    assert "country_name" in header and "country_iso3" in header and header.endswith("source")
    assert "Ethiopia" in first and "ETH" in first and "UN DPKO" in first
    assert "not the OCHA/LSE matrix" in first


def test_a_link_to_a_country_shows_its_courses_and_is_reached_by_keyboard(open_page):
    page = open_page("/contributors").page
    country = page.get_by_role("combobox", name="Country")

    country.focus()
    country.press_sequentially("Ghana")
    expect(page.get_by_role("option", name=re.compile("Ghana")).first).to_be_visible()
    country.press("Enter")

    expect(page).to_have_url(re.compile("country=GHA"))
    expect(page.get_by_text("Ghana: Covered")).to_be_visible()
