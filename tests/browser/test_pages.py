"""What only a browser can tell: requests, drawn charts, accessible names, links, both modes."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

APP_PAGES = Path(__file__).parents[2] / "dashboard" / "app_pages"
FIRST_PAGE = "overview"
PATHS = [
    "/" if page.stem == FIRST_PAGE else f"/{page.stem}" for page in sorted(APP_PAGES.glob("*.py"))
]
MAIN, SIDEBAR = '[data-testid="stMain"]', '[data-testid="stSidebar"]'
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


@pytest.mark.parametrize("path", PATHS)
def test_no_page_is_wider_than_the_screen_of_a_meeting_room(open_page, path):
    page = open_page(path, width=1920, height=1080).page

    overflow = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )

    assert overflow <= 0


@pytest.mark.parametrize(
    ("color_scheme", "ground"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(17, 24, 31)")]
)
def test_the_page_is_as_light_or_dark_as_the_persons_system(open_page, color_scheme, ground):
    page = open_page("/", color_scheme=color_scheme).page

    expect(page.locator('[data-testid="stApp"]')).to_have_css("background-color", ground)


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_names_and_numbers_of_a_chart_have_the_text_colour_of_the_page(open_page, color_scheme):
    page = open_page("/contributors", color_scheme=color_scheme).page
    ink = page.locator(f"{MAIN} p").first.evaluate("text => getComputedStyle(text).color")

    colours = page.evaluate(
        """() => [...document.querySelectorAll('.ytick text tspan, .bartext-outside tspan')]
            .filter(text => text.style.fill === 'currentcolor')
            .map(text => getComputedStyle(text).fill)"""
    )

    assert set(colours) == {ink}


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
