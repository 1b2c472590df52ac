"""Every figure on every sheet, measured where it is drawn: type, edges, and one text on another."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from dashboard.charts.row_words import is_cells
from dashboard.charts.sheets import SHEETS, SMALLEST_TYPE
from dashboard.exports.origin import origin
from dashboard.exports.picture import Job, laid_out, pictures, why_not
from dashboard.figures.catalogue import CATALOGUE, figure
from dashboard.measures.closing import closing
from dashboard.selection import default_selection
from dashboard.store import DEFAULT_EDITION, editions, folder, read

pytestmark = pytest.mark.browser

LINK = "https://atlas.example.org/contributors?edition=desk-review-2018&personnel=police&top=20"
STEPS_PLANNED = 4
# Figures with more rows than a sheet of this height can hold, even in two columns.
TOO_HIGH = {("function-topics", "half-slide"), ("function-topics", "square"),
            ("missions", "square"), ("missions", "half-slide"), ("missions-military", "square"),
            ("missions-military", "half-slide")}  # fmt: skip
# The box of a line of text is higher than its letters by about this part, above and below.
AIR_OF_A_LINE = 0.18
PX = 1.5  # less than this is how a browser rounds

# The box of every visible line of text, the size of its type, and the window that cuts it, if any.
TEXTS = """(drawing) => {
  document.body.style.margin = '0';
  document.body.innerHTML = drawing;
  const root = document.querySelector('svg');
  const window_of = (node) => {
    for (let at = node.parentElement; at && at !== root; at = at.parentElement) {
      const name = (at.getAttribute('clip-path') || '').match(/#([^'")]+)/);
      const shape = name && document.getElementById(name[1])?.querySelector('rect');
      if (!shape) continue;
      const on_page = at.getScreenCTM(), of = (side) => shape[side].baseVal.value;
      const left = on_page.a * of('x') + on_page.e, top = on_page.d * of('y') + on_page.f;
      return [left, top, left + on_page.a * of('width'), top + on_page.d * of('height')];
    }
    return null;
  };
  const is_seen = (text) => {
    for (let at = text; at && at !== root; at = at.parentElement) {
      const look = getComputedStyle(at);
      if (look.display === 'none' || look.visibility === 'hidden' || +look.opacity < 0.05) return false;
    }
    return text.textContent.trim() !== '';
  };
  return [...root.querySelectorAll('text')].filter(is_seen).flatMap((text) => {
    const lines = [...text.querySelectorAll('tspan.line')];
    const on_page = text.getScreenCTM(), scale = Math.hypot(on_page.a, on_page.b);
    const styled = [text, ...text.querySelectorAll('tspan')].filter((t) => t.textContent.trim());
    const size = Math.min(...styled.map((t) => parseFloat(getComputedStyle(t).fontSize))) * scale;
    return (lines.length ? lines : [text]).filter((t) => t.textContent.trim()).map((line) => {
      const box = line.getBoundingClientRect();
      return {text: line.textContent, size, window: window_of(text),
              box: [box.left, box.top, box.right, box.bottom],
              in_bar: text.classList.contains('bartext')};
    });
  });
}"""


@dataclass(frozen=True)
class Text:
    """A line of text as it stands on the sheet: px from its upper left corner."""

    text: str
    size: float
    box: tuple[float, float, float, float]
    window: tuple[float, float, float, float] | None
    in_bar: bool

    def within(self, edges: tuple[float, float, float, float], air: float = PX) -> bool:
        left, top, right, bottom = self.box
        return (left >= edges[0] - air and top >= edges[1] - 2 * air
                and right <= edges[2] + air and bottom <= edges[3] + 2 * air)  # fmt: skip

    def is_on(self, other: "Text") -> bool:
        """Whether letters of both share more than a touch."""
        (l1, t1, r1, b1), (l2, t2, r2, b2) = self.box, other.box
        air1, air2 = AIR_OF_A_LINE * (b1 - t1), AIR_OF_A_LINE * (b2 - t2)
        across = min(r1, r2) - max(l1, l2)
        return across > PX and min(b1 - air1, b2 - air2) - max(t1 + air1, t2 + air2) > 1


@cache
def _tables(edition: str) -> Any:
    return read(folder() / edition)


@cache
def _figures() -> tuple[Any, ...]:
    """Every figure of the catalogue that has something to show, as it is without any choice."""
    tables = _tables(DEFAULT_EDITION)
    selection = default_selection(tables)
    others = [one.code for one in editions() if one.code != DEFAULT_EDITION]
    steps = closing(tables, selection).steps["code"]
    options: dict[str, dict[str, Any]] = {"plan": {"plan": tuple(steps[:STEPS_PLANNED])}}
    for id in ("edition-steps", "class-changes") if others else ():
        options[id] = {"other": _tables(others[0])}
    made = [figure(id, tables, selection, **options.get(id, {})) for id in CATALOGUE]
    return tuple(one for one in made if not one.empty)


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("sheet", SHEETS)
def test_no_text_is_too_small_cut_left_out_or_on_another(page, sheet):
    source = origin(_tables(DEFAULT_EDITION), LINK, date(2026, 11, 21))
    figures = [one for one in _figures() if not why_not(one, sheet, source)]
    jobs = [Job(one, sheet, "svg", source) for one in figures]

    wrong = []
    for job, drawing in zip(jobs, pictures(jobs), strict=True):
        layout = laid_out(job)
        size = (0.0, 0.0, layout.layout.width, layout.layout.height)
        texts = [
            Text(one["text"], one["size"], tuple(one["box"]), one["window"], one["in_bar"])
            for one in page.evaluate(TEXTS, drawing.decode().partition("?>")[2])
        ]
        wrong += [f"{job.figure.id}: {fault}" for fault in _faults(texts, size)]
        hidden = _texts_in_cells(layout) - len({one.box[:2] for one in texts if one.in_bar})
        wrong += [f"{job.figure.id}: {hidden} texts of cells left out"] * (hidden > 0)

    assert wrong == []


def test_only_figures_of_many_rows_are_too_high_for_a_sheet_and_say_so():
    source = origin(_tables(DEFAULT_EDITION), LINK, date(2026, 11, 21))
    reasons = {
        (one.id, sheet): why_not(one, sheet, source) for one in _figures() for sheet in SHEETS
    }
    refused = {place: reason for place, reason in reasons.items() if reason}

    assert set(refused) <= TOO_HIGH
    assert all("choose" in reason for reason in refused.values())


def _faults(texts: list[Text], size: tuple[float, float, float, float]) -> Iterator[str]:
    for one in texts:
        if one.size < SMALLEST_TYPE - 0.01:
            yield f"“{one.text}” is {one.size:.1f} px high"
        if not one.within(size, 0.5):
            yield f"“{one.text}” leaves the sheet"
        if one.window and not one.within(one.window):
            yield f"“{one.text}” is cut"
    for one, other in combinations(texts, 2):
        if one.is_on(other):
            yield f"“{one.text}” is on “{other.text}”"


def _texts_in_cells(layout: Any) -> int:
    traces = layout.to_dict()["data"]
    return sum(bool(text) for trace in traces if is_cells(trace) for text in trace["text"])
