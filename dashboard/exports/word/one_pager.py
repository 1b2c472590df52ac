"""Country one-pagers: what the edition holds of a country, on one page of a Word document.

Rank and personnel, class with its reason, centres and courses by level, evidence, quality of the
evidence, what to ask next, sources. One country or all of them in one file.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.forms.personnel_by_date import OTHER_TYPE, TYPE_STYLES
from dashboard.charts.forms.small_bars import Panel, Row, small_bars
from dashboard.charts.marks.look import STATE_STYLES, Style
from dashboard.charts.marks.sheets import MILLIMETRES_PER_INCH, PIXELS_PER_INCH, PRINT_PPI
from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.edition.wording import count, long_date
from dashboard.exports.checked_numbers.marks import marks
from dashboard.exports.origin import Origin
from dashboard.exports.pictures.browser import NoBrowser, Picture, in_turn, renderer
from dashboard.exports.word.blocks import Blocks, finished
from dashboard.exports.word.look import new_document
from dashboard.exports.word.one_pager_facts import Facts, facts
from dashboard.exports.word.one_pager_page import add_page
from dashboard.exports.word.tables import NOT_GIVEN
from dashboard.figures.figure import Figure
from dashboard.measures.personnel import personnel_types
from dashboard.measures.states import country_states

TITLE = "Country one-pagers"


def one_pager(tables: Tables, selection: Selection, iso3: str, origin: Origin) -> bytes:
    """The page of one country of the edition as a .docx. Raises KeyError for any other code."""
    return one_pagers(tables, selection, [iso3], origin)


def one_pagers(
    tables: Tables,
    selection: Selection,
    countries: Sequence[str],
    origin: Origin,
    begin: Callable[[int], None] = lambda place: None,
) -> bytes:
    """The pages of several countries (ISO3) in one .docx, in their order.

    `begin` is called with the place of each country as its page begins. The same input gives the
    same bytes. Without a browser the pages have no picture; everything else is there. Raises
    KeyError for a code that the edition does not have.
    """
    pages = [facts(tables, selection, iso3) for iso3 in countries]
    title = pages[0].country.name if len(pages) == 1 else TITLE
    blocks = Blocks(new_document(title, tables.package, origin), marks(tables, selection, origin))
    pictures = _pictures(pages, tables, selection)
    for place, page in enumerate(pages):
        begin(place)
        add_page(blocks, page, next(pictures), tables, origin)
    return finished(blocks, origin)


def countries_to_print(
    tables: Tables, selection: Selection, top: int | None = None
) -> dict[str, str]:
    """ISO3 -> name: the `top` largest contributors, or every country of the review."""
    frame = country_states(tables, selection)
    kept = frame[frame["in_review"]] if top is None else frame[frame["persons"] > 0].head(top)
    return dict(zip(kept["country_iso3"], kept["country_name"], strict=True))


def _pictures(pages: Iterable[Facts], tables: Tables, selection: Selection) -> Iterator[bytes]:
    """The picture of each page; empty without a browser or without anything to show."""
    charts = [country_chart(page.levels, page.personnel, tables, selection) for page in pages]
    try:
        renderer()
    except NoBrowser:
        yield from (b"" for _ in charts)
        return
    made = in_turn(_begun(chart) for chart in charts if chart is not None)
    for chart in charts:
        yield b"" if chart is None else next(made)


# Millimetres on paper. With five dates and five types of personnel nothing of it is cut.
WIDTH, HEIGHT = 170, 43
# Millimetres that a further date takes.
MORE = 4.5
_DATES = 5


def country_chart(
    levels: Figure, personnel: Figure, tables: Tables, selection: Selection
) -> go.Figure | None:
    """Both figures of a country (`country-levels`, `country-personnel`) small and side by side.

    One that has nothing to show is left out; None when neither has.
    """
    panels = []
    if not levels.empty:
        panels.append(_levels(levels.table, tables))
    if not personnel.empty:
        panels.append(_personnel(personnel.table, tables, selection))
    if not panels:
        return None
    more = max(0, len(personnel.table) - _DATES)
    pixels = PIXELS_PER_INCH / MILLIMETRES_PER_INCH
    wide = WIDTH if len(panels) > 1 else WIDTH / 2
    return small_bars(panels, (round(wide * pixels), round((HEIGHT + more * MORE) * pixels)))


def _begun(chart: go.Figure) -> Picture:
    """The picture of a chart, handed to the browser; its size on paper stands in the document."""
    size = {"width": chart.layout.width, "height": chart.layout.height}
    return Picture(chart.to_dict(), format="png", scale=PRINT_PPI / PIXELS_PER_INCH, **size)


def _levels(frame: pd.DataFrame, tables: Tables) -> Panel:
    rows = [
        Row(
            f"{term['letter']}  {term['label']}",
            [(courses, STATE_STYLES[term["code"]])],
            count(courses),
        )
        for term, courses in zip(tables.package.terms("levels"), frame["courses"], strict=True)
    ]
    return Panel("Courses by level", rows)


def _personnel(frame: pd.DataFrame, tables: Tables, selection: Selection) -> Panel:
    package = tables.package
    codes = [
        code
        for code in personnel_types(selection.personnel, package)
        if (frame[code].fillna(0) > 0).any()
    ]
    rows = [
        Row(long_date(row["as_of"]), _parts(row, codes), _persons(row["persons"]))
        for row in frame.to_dict("records")
    ]
    legend = [(package.label("personnel_types", code), _style(code)) for code in codes]
    return Panel("Personnel by date and type", rows, legend)


def _parts(row: dict, codes: Sequence[str]) -> list[tuple[float, Style]]:
    return [(int(row[code]), _style(code)) for code in codes if pd.notna(row[code])]


def _style(code: str) -> Style:
    return TYPE_STYLES.get(code, OTHER_TYPE)


def _persons(persons: object) -> str:
    return NOT_GIVEN if pd.isna(persons) else count(persons)
