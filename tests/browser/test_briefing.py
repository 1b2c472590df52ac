"""The briefing as a meeting sees it: driven by the keyboard, on three screens, by eyes of every kind."""

from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from dashboard.charts.typeset.slide import HIGH, LEAST_TYPE, WIDE
from dashboard.views.storyline import DEFAULT
from tests.browser import colours_seen
from tests.browser.drawn_text import Text, drawn_texts, faults

pytestmark = pytest.mark.browser

SCREENS = [(1920, 1080), (1280, 720), (1024, 768)]
# As the browser emulates them: colours as they are, greyscale, and without the green cones. A projector
# without colours is looked at with the light page, which is what it should be given.
EYES = {"light": ("none", "achromatopsia", "deuteranopia"), "dark": ("none", "deuteranopia")}
VIEWS = [(*screen, "light") for screen in SCREENS] + [(*SCREENS[0], "dark")]
# WCAG 2.2 AA: 3 for large text (24 px, or 18.66 px in bold), 4.5 for the rest.
LARGE, OF_LARGE, OF_SMALL = 24, 3.0, 4.5
SLIDES = len(DEFAULT.slides)
DRAWING = '[data-testid="stPlotlyChart"] .main-svg'
PROGRESS = """([at, of]) => [...document.querySelectorAll('[data-testid="stPlotlyChart"] text')]
  .some(text => text.textContent.trim() === `${at} / ${of}`)"""
TALLER = "() => document.querySelector('[data-testid=\"stMain\"]').scrollHeight - innerHeight"
SQUARES = """() => [...document.querySelectorAll('[data-testid="stPlotlyChart"] .shapelayer path')]
  .map(path => [path.getBoundingClientRect(), path])
  .filter(([box]) => box.width > 8 && Math.abs(box.width - box.height) < 2)
  .map(([box]) => [box.left, box.top, box.right, box.bottom].map(Math.round))"""
LAND = "Contributes no personnel, not in the review; Area of undetermined status"
BARE = ("stSidebar", "stMainMenu", "stToolbar", "stTopNavLink")


def _arrived(page: Page, at: int, of: int = SLIDES) -> None:
    page.wait_for_function(PROGRESS, arg=[at, of], polling="raf")


def _says(page: Page, text: str) -> None:
    """A slide on the screen says so; the one before may still be there for a moment."""
    expect(page.get_by_test_id("stPlotlyChart").filter(has_text=text).first).to_be_visible()


def _seen_by(page: Page, eyes: str) -> bytes:
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setEmulatedVisionDeficiency", {"type": eyes})
    picture = page.screenshot()
    session.detach()
    return picture


def _of_slide(page: Page, width: int, height: int, color_scheme: str) -> Iterator[str]:
    """What is wrong with the slide on the screen."""
    texts = drawn_texts(page, DRAWING)
    least = LEAST_TYPE * min(width / WIDE, height / HIGH)
    yield from faults(texts, (0, 0, width, height), least)
    if page.evaluate(TALLER) > 0:
        yield "the page scrolls"
    swatches = _swatches(page, texts)
    for eyes in EYES[color_scheme]:
        seen = colours_seen.colours(_seen_by(page, eyes))
        yield from (f"{eyes}: {fault}" for fault in _pale(seen, texts))
        yield from (f"{eyes}: {fault}" for fault in _alike(seen, swatches))


def _pale(seen: np.ndarray, texts: list[Text]) -> Iterator[str]:
    light = colours_seen.brightness(seen)
    for one in texts:
        wanted = OF_LARGE if one.size >= LARGE else OF_SMALL
        found = colours_seen.contrast(light, one.box)
        if found < wanted:
            yield f"“{one.text}” has a contrast of {found:.1f} to 1"


def _swatches(page: Page, texts: list[Text]) -> dict[tuple[int, int, int, int], str]:
    """The squares of legends and what they say: their words follow at once on the same line."""
    found = {}
    for left, top, right, bottom in page.evaluate(SQUARES):
        for text in texts:
            if (
                0 < text.box[0] - right < right - left
                and text.box[1] < (top + bottom) / 2 < text.box[3]
            ):
                found[left, top, right, bottom] = text.text
    return found


def _alike(seen: np.ndarray, swatches: dict[tuple[int, int, int, int], str]) -> Iterator[str]:
    """A state has its letter in every mark as well, so it may share its grey with bare land.

    Land that is no contributor and land of undetermined status both say nothing of training.
    """
    looks = [(said, colours_seen.look(seen, box)) for box, said in swatches.items()]
    for number, (one, look) in enumerate(looks):
        for other, another in looks[number + 1 :]:
            letters = {said[0] for said in (one, other)} & {"–", "?"}
            if one in LAND and other in LAND:
                continue
            if not letters and colours_seen.are_alike(look, another):
                yield f"“{one}” and “{other}” look the same"


@pytest.mark.parametrize(("width", "height", "color_scheme"), VIEWS)
def test_every_slide_can_be_read_by_everyone(
    open_page, tmp_path_factory, width, height, color_scheme
):
    visit = open_page("/briefing", width, height, color_scheme, cut_off=True)
    pictures = tmp_path_factory.mktemp(f"briefing-{width}-{color_scheme}")
    wrong = []
    for at in range(1, SLIDES + 1):
        if at > 1:
            visit.page.keyboard.press("PageDown" if at % 2 else "ArrowRight")
        _arrived(visit.page, at)
        visit.settle()
        visit.page.screenshot(path=pictures / f"{at:02}.png")
        wrong += [
            f"slide {at}: {fault}" for fault in _of_slide(visit.page, width, height, color_scheme)
        ]

    assert wrong == [], "\n".join(wrong)


def test_a_briefing_has_the_screen_for_itself(open_page):
    page = open_page("/briefing", 1920, 1080).page
    for part in BARE:
        expect(page.get_by_test_id(part)).not_to_be_visible()
    expect(page.get_by_test_id("stHeader").get_by_role("button")).to_have_count(0)
    assert page.evaluate(TALLER) <= 0


def test_a_slide_is_laid_out_for_the_whole_window_when_the_sidebar_was_open(open_page):
    visit = open_page("/storyline", 1440, 900)
    visit.page.keyboard.press("p")
    _arrived(visit.page, 1)
    visit.settle()

    right = """() => Math.max(...[...document.querySelectorAll(
      '[data-testid="stPlotlyChart"] .shapelayer path')].map(p => p.getBoundingClientRect().right))"""
    mark = """() => [...document.querySelectorAll('[data-testid="stPlotlyChart"] text')]
      .find(t => t.textContent.trim() === '1 / 10').getBoundingClientRect().left"""
    # The bar of progress ends where its number begins, so the width is that which was laid out for.
    visit.page.wait_for_function(f"() => ({mark})() - ({right})() < 40 && ({mark})() > 1200")


def test_every_key_of_a_presenter_moves(open_page):
    visit = open_page("/briefing", 1280, 720)
    for key, at in (
        ("ArrowRight", 2),
        ("PageDown", 3),
        ("ArrowDown", 4),
        ("Space", 5),
        ("ArrowLeft", 4),
        ("PageUp", 3),
        ("ArrowUp", 2),
        ("Backspace", 1),
        ("Backspace", 1),
        ("End", SLIDES),
        ("ArrowRight", SLIDES),
        ("Home", 1),
        ("7", 7),
        ("0", SLIDES),
    ):
        visit.page.keyboard.press(key)
        _arrived(visit.page, at)
    visit.settle()
    assert f"slide={SLIDES}" in visit.page.url


def test_a_link_brings_the_slide_and_its_country_back(open_page):
    visit = open_page("/briefing?slide=5&spotlight=GHA&edition=desk-review-2018", 1280, 720)
    _arrived(visit.page, 5)
    _says(visit.page, "Ghana")
    assert "slide=5" in visit.page.url and "spotlight=GHA" in visit.page.url


def test_the_page_behind_a_slide_opens_and_comes_back_by_one_key_each(open_page):
    visit = open_page("/briefing?slide=5&personnel=police", 1280, 720)
    _arrived(visit.page, 5)
    visit.page.keyboard.press("o")
    expect(visit.page.locator("h1")).to_contain_text("largest contributors")
    assert "/contributors" in visit.page.url and "personnel=police" in visit.page.url
    visit.settle()
    visit.page.keyboard.press("b")
    _arrived(visit.page, 5)
    visit.settle()
    assert "/briefing" in visit.page.url and "personnel=police" in visit.page.url


def test_a_country_is_put_in_the_spotlight_without_leaving(open_page):
    visit = open_page("/briefing?slide=5", 1280, 720)
    visit.page.keyboard.press("s")
    country = visit.page.get_by_role("dialog").get_by_role("combobox")
    country.fill("Ghana")
    country.press("Enter")
    expect(visit.page.get_by_role("dialog")).not_to_be_visible()
    visit.settle()
    assert "spotlight=GHA" in visit.page.url
    visit.page.keyboard.press("ArrowRight")
    _arrived(visit.page, 6)
    _says(visit.page, "Ghana")


def test_the_threshold_is_changed_without_leaving(open_page):
    visit = open_page("/briefing?slide=3", 1280, 720)
    visit.page.keyboard.press("v")
    drawer = visit.page.get_by_role("dialog")
    drawer.get_by_role("combobox", name="Counts as covered from").click()
    visit.page.get_by_role("option", name="CIMIC only or higher").click()
    drawer.get_by_role("button", name="Show").click()
    expect(drawer).not_to_be_visible()
    visit.settle()
    assert "threshold=cimic" in visit.page.url and "slide=3" in visit.page.url
    _says(visit.page, "CIMIC only or higher")


def test_a_note_is_kept_with_its_slide(open_page):
    visit = open_page("/briefing?slide=2", 1280, 720)
    visit.page.keyboard.press("n")
    visit.page.get_by_role("textbox", name="Note").fill("Ask for the curriculum; 3 weeks")
    visit.page.keyboard.press("Control+Enter")
    expect(visit.page.get_by_role("dialog")).not_to_be_visible()
    visit.page.keyboard.press("ArrowRight")
    _arrived(visit.page, 3)
    visit.page.keyboard.press("ArrowLeft")
    _arrived(visit.page, 2)
    visit.page.keyboard.press("n")
    expect(visit.page.get_by_role("textbox", name="Note")).to_have_value(
        "Ask for the curriculum; 3 weeks"
    )
