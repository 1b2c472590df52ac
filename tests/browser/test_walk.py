"""Every page in every edition, light and dark, on the screen of a meeting room, a desk and a hand.

One visit looks at all of it: the person's system turns dark and the window gets narrow under the open
page, which is also what happens to people.
"""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from dashboard.edition import store
from dashboard.screen.frame import navigation

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
PATHS = [
    "/" if entry.file == navigation.FIRST else f"/{entry.file}"
    for entries in navigation.SECTIONS.values()
    for entry in entries
]
EDITIONS = [path.parent.name for path in sorted(ROOT.glob("data/processed/*/datapackage.json"))]
APP = '[data-testid="stApp"]'
# What a visit sees, one after the other, and whether axe-core looks as well: with two editions it has
# seen each page in both modes on both a wide and a narrow screen.
ROOM, WIDE, NARROW = (1920, 1080), (1440, 900), (390, 844)
LOOKS = [
    ("light", WIDE, True),
    ("light", ROOM, False),
    ("dark", WIDE, False),
    ("dark", NARROW, True),
    ("light", NARROW, False),
]
LOOKS_OF_OTHERS = [("dark", WIDE, True), ("light", NARROW, True)]
GROUNDS = {"light": "rgb(255, 255, 255)", "dark": "rgb(17, 24, 31)"}

# A name that says less than this says nothing about a finding.
SHORTEST_NAME = 30
UNNAMED = """shortest => [...document.querySelectorAll(
    '[data-testid="stPlotlyChart"], [data-testid="stDeckGlJsonChart"]')]
  .filter(chart => !['figure', 'img'].includes(chart.getAttribute('role'))
    || (chart.ariaLabel ?? '').length < shortest)
  .map(chart => `without a name: ${chart.className} ${chart.ariaLabel}`)"""
TOO_WIDE = """() => {
  const page = document.documentElement;
  return page.scrollWidth > page.clientWidth ? [`${page.scrollWidth - page.clientWidth} px too wide`] : [];
}"""
# A fill that points to a pattern which is not there would look like plain white.
HATCHLESS = """() => [...document.querySelectorAll('.main-svg [style*="url("]')]
  .filter(mark => {
    const id = mark.style.fill.match(/#([^"')]+)/);
    return !id || document.getElementById(id[1]) === null;
  })
  .map(mark => `hatch not drawn: ${mark.style.fill}`)"""
# Streamlit's own: the menu, on top or in the sidebar, and the grid of a table.
NOT_OURS = [
    ["[data-testid='stHeader']"],
    ["[data-testid='stSidebarNav']"],
    ["[data-testid='stDataFrame']"],
]
GRAVE = ("serious", "critical")


def _inaccessible(page: Page) -> list[str]:
    """Grave findings of axe-core (WCAG, contrast AA among them) in what the project draws."""
    # The nodes of what passed are many, and nobody reads them.
    options = {"resultTypes": ["violations"]}
    found = Axe().run(page, context={"exclude": NOT_OURS}, options=options).response["violations"]
    return [
        f"{finding['id']}: {node['html'][:160]}"
        for finding in found
        if finding["impact"] in GRAVE
        for node in finding["nodes"]
    ]


def _faults(page: Page) -> list[str]:
    broken = page.locator('[data-testid="stException"]').all_inner_texts()
    seen = page.evaluate(UNNAMED, SHORTEST_NAME) + page.evaluate(TOO_WIDE)
    return broken + seen + page.evaluate(HATCHLESS)


def test_there_is_more_than_one_edition_to_walk_through():
    assert store.DEFAULT_EDITION in EDITIONS and len(EDITIONS) > 1


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_whole_light_and_dark_on_every_width(open_page, path, edition):
    looks = LOOKS if edition == store.DEFAULT_EDITION else LOOKS_OF_OTHERS
    first, (width, height), _ = looks[0]
    visit = open_page(f"{path}?edition={edition}", width, height, color_scheme=first)

    faults = {}
    for mode, (width, height), axe in looks:
        visit.page.emulate_media(color_scheme=mode)
        visit.page.set_viewport_size({"width": width, "height": height})
        expect(visit.page.locator(APP)).to_have_css("background-color", GROUNDS[mode])
        visit.settle()
        found = _faults(visit.page) + (_inaccessible(visit.page) if axe else [])
        faults |= {f"{mode}, {width} px": found} if found else {}

    assert faults == {}
    assert visit.errors == []
    assert visit.outside == []
