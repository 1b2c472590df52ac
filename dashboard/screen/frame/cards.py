"""A Figure on a page: title, chart, source, the table behind it, downloads, and the empty state."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.charts.marks.look import BOUNDARIES, CLASS_STYLES, DISCLAIMER, Style
from dashboard.edition.selection import Selection, describe, file_name
from dashboard.edition.tables import Tables
from dashboard.exports.data import csv_files
from dashboard.figures.asks import Ask
from dashboard.figures.figure import Figure, no_course_considered, source
from dashboard.screen.frame import columns, editions
from dashboard.screen.frame.figure_menu import figure_menu
from dashboard.screen.frame.plain_text import plain

# Maps ask this folder for their shapes, so that no request leaves the machine.
CHART_CONFIG: Mapping[str, Any] = {
    "topojsonURL": "app/static/boundaries/",
    "displayModeBar": False,
    "scrollZoom": False,
    "doubleClick": False,
    "responsive": True,
}
# What the menu of every page says of the product.
ABOUT = (
    "**CMCoord Training Atlas** shows how much UN humanitarian civil-military coordination is in the "
    "training of the countries that contribute peacekeepers, and how sure that is. Every mark leads "
    "to a workbook cell and a source."
)
MAP_HEIGHT = 560  # px
# Drawn here: an icon by name or an emoji is fetched from another machine.
PAGE_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    '<rect width="32" height="32" rx="6" fill="#144372"/>'
    '<path d="M6 22h5v4H6zM13.5 15h5v11h-5zM21 6h5v20h-5z" fill="#FFFFFF"/></svg>'
)


def page_head(question: str, tables: Tables, selection: Selection) -> None:
    """The question that the page answers, and what is being looked at."""
    st.title(question)
    st.caption(plain(describe(selection, tables.package)))
    nothing_left = no_course_considered(tables, selection)
    if nothing_left:
        empty(nothing_left)


def card(
    figure: Figure,
    tables: Tables,
    selection: Selection,
    pick: Callable[..., None] | None = None,
) -> None:
    """A figure with everything that belongs to it, or what to loosen when nothing is left.

    `pick`: a callback for the mark that a person clicks; it gets the texts of the `customdata` of
    that mark as its arguments. A list or table on the page must choose the same by keyboard.
    """
    with st.container(border=True, key=f"card-{figure.id}"):
        st.subheader(plain(figure.title), anchor=figure.id)
        if figure.empty:
            empty(figure.empty)
            return
        st.caption(plain(figure.subtitle))
        _drawing(figure, pick)
        disclaimer = f"  \n{BOUNDARIES} {DISCLAIMER}" if figure.is_map else ""
        # A matrix that a person brought says so beside each figure, not only at the foot of a page.
        own = f"  \n{plain(figure.statement)}" if tables.edition == editions.CODE else ""
        st.caption(f"{plain(figure.note)}  \nSource: {plain(figure.source)}{own}{disclaimer}")
        behind(figure, tables, selection)


def _drawing(figure: Figure, pick: Callable[..., None] | None) -> None:
    key = f"chart-{figure.id}"

    def picked() -> None:
        selected = st.session_state[key]["selection"]
        marks = selected.get("points") or [
            one for layer in selected.get("objects", {}).values() for one in layer
        ]
        if marks and pick and marks[0].get("customdata"):
            pick(*marks[0]["customdata"])

    on_select = picked if pick else "ignore"
    if figure.deck:
        st.pydeck_chart(
            figure.deck(), height=MAP_HEIGHT, on_select=on_select, key=key, alt=figure.alt
        )
        return
    st.plotly_chart(
        figure.screen,
        width="stretch",
        theme="streamlit",
        config=dict(CHART_CONFIG),
        key=key,
        alt=figure.alt,
        on_select=on_select,
        selection_mode="points",
    )


def cannot_tell(text: str) -> None:
    """What the page as a whole cannot tell, in one or two sentences, at its foot."""
    st.caption(f":material/visibility_off: **What this page cannot tell.** {plain(text)}")


def empty(message: str) -> None:
    """Nothing to show: says what there is none of and what to loosen."""
    st.info(plain(message), icon=":material/filter_alt_off:")


@st.fragment
def behind(figure: Figure, tables: Tables, selection: Selection) -> None:
    """The table of a figure and the menu to take it away. Nothing is made before it is asked."""
    with st.expander(
        "Table behind the chart",
        icon=":material/table:",
        key=f"table-{figure.id}",
        type="compact",
        on_change="rerun",
    ) as table:
        if table.open:
            data_table(figure.table, tables, alt=f"Table behind the chart: {figure.title}")
    figure_menu(figure, tables, selection)


def download(
    what: str,
    label: str,
    make: Callable[[], pd.DataFrame],
    source: str,
    tables: Tables,
    selection: Selection,
) -> None:
    """A button for a CSV file of the frame that `make` returns; made when the button is pressed."""
    st.download_button(
        label,
        data=lambda: csv_files.csv(make(), source, selection, tables.package),
        on_click="ignore",
        icon=":material/download:",
        type="tertiary",
        mime="text/csv",
        file_name=f"{file_name(selection, what)}.csv",
        key=f"download-{what}",
    )


def data_table(
    frame: pd.DataFrame, tables: Tables, *, alt: str, order: Sequence[str] = (), **look: Any
) -> Any:
    """A table with the labels, links and explanations of `columns`; `look` goes to st.dataframe.

    `order`: columns to begin with, where the order of the file would hide them on the right.
    """
    rest = [column for column in columns.shown(frame) if column not in order]
    return st.dataframe(
        columns.safe_links(frame),
        column_order=[*order, *rest],
        hide_index=True,
        column_config=columns.config(frame, tables.package),
        width="stretch",
        placeholder="",
        alt=alt,
        **look,
    )


def answer(figure: Figure) -> None:
    """The figure's first number in one sentence, large, before any chart."""
    st.header(plain(f"{figure.numbers[0].label}."), anchor="answer")
    st.caption(f":material/info: {plain(figure.statement)}")


def asks(groups: Sequence[Ask]) -> None:
    """What each class asks for, as cards side by side."""
    st.subheader("What each class asks for", anchor="asks")
    with st.grid(4, min_column_width=220, border=True) as grid:
        for ask in groups:
            with grid.cell():
                _ask(ask)


def _ask(ask: Ask) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        picture = swatch(CLASS_STYLES[ask.country_class])
        st.image(picture, width=22, alt=f"{ask.label} in the charts")
        st.markdown(f"**{plain(ask.label)}**", help=plain(ask.definition))
    st.subheader(plain(ask.countries), anchor=False)
    st.markdown(plain(ask.persons))
    st.markdown(f":material/arrow_forward: **{plain(ask.action)}**")
    for line in filter(None, (ask.largest, *ask.parts)):
        st.caption(plain(line))


def swatch(style: Style) -> str:
    """A small picture (SVG) of how a class is drawn, as in every legend."""
    stripes = (
        '<path d="M-2 8 8-2M-2 16 16-2M4 18 18 4M12 18l6-6" '
        f'stroke="{style.hatch_colour}" stroke-width="2"/>'
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">'
        f'<rect width="16" height="16" fill="{style.fill}"/>{stripes if style.hatch else ""}'
        f'<rect x=".5" y=".5" width="15" height="15" fill="none" stroke="{style.outline}"/></svg>'
    )


def footer(tables: Tables, selection: Selection) -> None:
    """The edition's own words about what it is and is not, on every page."""
    package = tables.package
    st.divider()
    st.caption(f"**{plain(package.title)}.** {plain(package.statement)}")
    st.caption(
        f"{plain(package.edition['producer'])}. {plain(package.edition['licence'])}. "
        f"Personnel: {plain(source(tables, selection))}"
    )


def problem(error: Exception) -> None:
    """What is wrong with the tables and what to do, in place of a page."""
    st.title("The tables cannot be shown")
    st.error(plain(str(error)), icon=":material/database_off:")
    st.code("make build", language=None)
