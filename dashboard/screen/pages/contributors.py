"""The contributors as a table whose rows lead to a country's courses, each with source and cell."""

import streamlit as st

from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.figures.country import country
from dashboard.figures.figure import Figure
from dashboard.screen.frame import address, cards, navigation
from dashboard.views.choices import options

_TABLE = "contributors_table"
# What a course is and its receipts first; the words of the evidence take what room is left.
COURSE_ORDER = (
    "course_title",
    "level",
    "centre_name",
    "evidence_kind",
    "source_url",
    "workbook_cell",
    "evidence",
)


def show(figure: Figure, tables: Tables, selection: Selection) -> None:
    """The table of the contributors and, below it, the courses of the country that is chosen.

    A row of the table and the list of countries choose the same thing: `country` in the URL.
    """
    above = st.container()
    st.subheader("The courses of one country", anchor="country")
    chosen = address.one_of(
        "country",
        "Country",
        options(tables)["country"],
        None,
        placeholder="Choose a country",
        width=420,
    )
    with above:
        _contributors(figure, tables)
    if chosen is not None:
        _courses(tables, selection, chosen)


def choose(iso3: str) -> None:
    """A callback: show the courses of this country."""
    address.put("country", iso3)


def _contributors(figure: Figure, tables: Tables) -> None:
    adopt_row = address.row_of("country", list(figure.table["country_iso3"]), _TABLE)
    st.subheader("The contributors one by one", anchor="contributors-table")
    st.caption("Choose a row to see the courses of that country.")
    cards.data_table(
        figure.table,
        tables,
        alt="The largest contributors, one row a country",
        key=_TABLE,
        on_select=adopt_row,
        selection_mode="single-row",
        height="content",
    )


def _courses(tables: Tables, selection: Selection, iso3: str) -> None:
    one = country(tables, selection, iso3)
    st.markdown(f"#### {cards.plain(one.title)}")
    st.markdown(cards.plain(" · ".join(filter(None, (one.persons, one.reason)))))
    st.markdown(f":material/arrow_forward: {cards.plain(one.next_step)}")
    st.button(
        f"Everything about {cards.plain(one.name)}",
        icon=":material/person_pin_circle:",
        key="lead-country",
        on_click=navigation.go_to,
        args=("country",),
        kwargs={"country": iso3},
    )
    if one.rows.empty:
        return
    cards.data_table(
        one.rows, tables, alt=f"Courses of {one.title}", order=COURSE_ORDER, height="content"
    )
    st.caption(f"Source: {cards.plain(one.source)}")
    cards.download(
        f"country-{iso3.lower()}",
        "These courses (CSV)",
        lambda: one.rows,
        one.source,
        tables,
        selection,
    )
