"""The picture of a country one-pager: its courses by level beside its personnel by date."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.forms.personnel_by_date import OTHER_TYPE, TYPE_STYLES
from dashboard.charts.forms.small_bars import Panel, Row, small_bars
from dashboard.charts.marks.look import STATE_STYLES, Style
from dashboard.charts.marks.sheets import MILLIMETRES_PER_INCH, PIXELS_PER_INCH, PRINT_PPI
from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.edition.wording import count, long_date
from dashboard.exports.pictures import renderer
from dashboard.exports.word.tables import NOT_GIVEN
from dashboard.figures.figure import Figure
from dashboard.measures.personnel import personnel_types

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


def drawn(charts: Iterable[go.Figure], ahead: int) -> Iterator[bytes]:
    """Pictures of the charts in their order, `ahead` of them handed to the browser at a time.

    Raises NoBrowser.
    """
    waiting: list[tuple[go.Figure, Future[bytes]]] = []
    for chart in charts:
        waiting.append((chart, _start(chart)))
        if len(waiting) > ahead:
            yield _finished(*waiting.pop(0))
    for chart, promise in waiting:
        yield _finished(chart, promise)


def _start(chart: go.Figure) -> "Future[bytes]":
    size = {"width": chart.layout.width, "height": chart.layout.height}
    scale = PRINT_PPI / PIXELS_PER_INCH
    return renderer.renderer().draw(chart.to_dict(), format="png", scale=scale, **size)


def _finished(chart: go.Figure, promise: "Future[bytes]") -> bytes:
    """The picture as the browser made it; its size on paper stands in the document."""
    try:
        return promise.result(renderer.PICTURE_SECONDS)
    except renderer.NoBrowser:
        raise
    except Exception:  # a browser that was ended from outside is replaced once
        renderer.stop()
        return _start(chart).result(renderer.PICTURE_SECONDS)


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
