"""Every figure on every sheet, measured where it is drawn: type, edges, and one text on another."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from dashboard.charts.marks.sheets import SHEETS, SMALLEST_TYPE
from dashboard.charts.typeset.row_words import is_cells
from dashboard.edition.selection import default_selection
from dashboard.edition.store import DEFAULT_EDITION, editions, folder, read
from dashboard.exports.origin import origin
from dashboard.exports.pictures.picture import Job, laid_out, pictures, why_not
from dashboard.figures.catalogue import CATALOGUE, figure
from dashboard.measures.closing import closing
from tests.browser.drawn_text import drawn_texts, faults

pytestmark = pytest.mark.browser

LINK = "https://atlas.example.org/contributors?edition=desk-review-2018&personnel=police&top=20"
STEPS_PLANNED = 4
SHOW = "drawing => { document.body.style.margin = '0'; document.body.innerHTML = drawing; }"
# Figures with more rows than a sheet of this height can hold, even in two columns.
TOO_HIGH = {
    ("function-topics", "half-slide"),
    ("function-topics", "square"),
    ("missions", "square"),
    ("missions", "half-slide"),
    ("missions-military", "square"),
    ("missions-military", "half-slide"),
}


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
        page.evaluate(SHOW, drawing.decode().partition("?>")[2])
        texts = drawn_texts(page, "svg")
        wrong += [f"{job.figure.id}: {fault}" for fault in faults(texts, size, SMALLEST_TYPE)]
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


def _texts_in_cells(layout: Any) -> int:
    traces = layout.to_dict()["data"]
    return sum(bool(text) for trace in traces if is_cells(trace) for text in trace["text"])
