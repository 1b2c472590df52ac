"""Every page in every edition, light and dark, on a wide screen, and on a narrow one.

One visit looks at both modes: the person's system turns dark under the open page, which is also what
happens to people.
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
APP, DARK = '[data-testid="stApp"]', "rgb(17, 24, 31)"
WIDE, NARROW = (1440, 900), (390, 844)
# A narrow screen folds the same way in every edition.
VISITS = [(edition, *WIDE) for edition in EDITIONS] + [(store.DEFAULT_EDITION, *NARROW)]

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
    found = Axe().run(page, context={"exclude": NOT_OURS}).response["violations"]
    return [
        f"{finding['id']}: {node['html'][:160]}"
        for finding in found
        if finding["impact"] in GRAVE
        for node in finding["nodes"]
    ]


def _faults(page: Page) -> list[str]:
    broken = page.locator('[data-testid="stException"]').all_inner_texts()
    seen = page.evaluate(UNNAMED, SHORTEST_NAME) + page.evaluate(TOO_WIDE)
    return broken + seen + page.evaluate(HATCHLESS) + _inaccessible(page)


def test_there_is_more_than_one_edition_to_walk_through():
    assert store.DEFAULT_EDITION in EDITIONS and len(EDITIONS) > 1


@pytest.mark.parametrize(("edition", "width", "height"), VISITS)
@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_whole_light_and_dark(open_page, path, edition, width, height):
    visit = open_page(f"{path}?edition={edition}", width=width, height=height)
    faults = {"light": _faults(visit.page)}

    visit.page.emulate_media(color_scheme="dark")
    expect(visit.page.locator(APP)).to_have_css("background-color", DARK)
    visit.settle()
    faults["dark"] = _faults(visit.page)

    assert faults == {"light": [], "dark": []}
    assert visit.errors == []
    assert visit.outside == []
