"""The menu of a figure, as people use it: open, press, keep working, and find the view again."""

import re
import zipfile

import pytest
from PIL import Image
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

MAIN, SIDEBAR = '[data-testid="stMain"]', '[data-testid="stSidebar"]'
MENU = '[data-testid="stPopoverBody"]'
# The first picture waits for the browser that draws.
WAIT_MS = 120_000


def _open_menu(page):
    page.get_by_role("button", name=re.compile("Take this figure away")).first.click()
    expect(page.locator(MENU).get_by_role("button", name=re.compile("PNG"))).to_be_visible()
    return page.locator(MENU)


def test_a_picture_is_light_however_dark_the_screen_is(open_page):
    visit = open_page("/contributors?top=7", color_scheme="dark")
    menu = _open_menu(visit.page)

    with visit.page.expect_download(timeout=WAIT_MS) as download:
        menu.get_by_role("button", name=re.compile("PNG")).click()

    assert download.value.suggested_filename.startswith("contributors-a4_desk-review-2018")
    with Image.open(download.value.path()) as seen:
        corners = {seen.getpixel((x, y)) for x in (0, seen.width - 1) for y in (0, seen.height - 1)}
        assert seen.format == "PNG" and corners == {(255, 255, 255)}


def test_the_page_stays_usable_while_a_pack_is_made(open_page):
    visit = open_page("/contributors")
    page, arrived = visit.page, []
    page.on("download", lambda download: arrived.append(download))

    _open_menu(page).get_by_role("button", name=re.compile("Figure pack")).click()
    page.keyboard.press("Escape")
    page.locator(SIDEBAR).get_by_role("combobox", name=re.compile("^Personnel$")).click()
    page.get_by_role("option", name=re.compile("^Police personnel$")).click()
    expect(page.locator(MAIN)).to_contain_text("Police personnel, as of")

    if not arrived:
        page.wait_for_event("download", timeout=WAIT_MS)
    with zipfile.ZipFile(arrived[0].path()) as pack:
        kinds = {name.rsplit(".", 1)[1] for name in pack.namelist()}
        assert {"png", "svg", "pdf", "xlsx", "csv", "json", "md"} <= kinds
        assert b"All uniformed personnel" in pack.read("readme.md")


def test_the_link_of_a_menu_opens_the_same_view(open_page):
    visit = open_page("/contributors?top=7&personnel=police")
    seen = visit.page.locator(MAIN).inner_text()

    link = _open_menu(visit.page).locator("code").first.inner_text()

    path = "/" + link.split("/", 3)[3]
    assert link == f"{visit.page.url.split('/contributors')[0]}{path}"
    assert open_page(path).page.locator(MAIN).inner_text() == seen
