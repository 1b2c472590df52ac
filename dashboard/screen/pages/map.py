"""The parts of the map page: what is drawn, the country that is looked at, and the same as tables."""

import html

import pandas as pd
import streamlit as st

from dashboard.charts.maps.centre_marks import RINGS, radius
from dashboard.charts.maps.deck_centres import ARC_COLOUR
from dashboard.charts.maps.world import LAND_NAME, LAND_STYLE, UNDETERMINED_NAME, UNDETERMINED_STYLE
from dashboard.charts.marks.labels import mark_label, marks_in_use
from dashboard.charts.marks.look import MARK_STYLES, STATE_STYLES, swatch
from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.figures import catalogue
from dashboard.figures.centres_map import BOTH, CENTRES, COUNTRIES, SHOWN, country_table
from dashboard.figures.country import country
from dashboard.figures.figure import source
from dashboard.measures.centres import centre_levels
from dashboard.measures.states import country_states
from dashboard.screen.frame import address, cards, navigation
from dashboard.views.choices import options

_CENTRE_ORDER = (
    "centre_name",
    "city",
    "courses",
    "state_letter",
    "state_label",
    "provider",
    "source_url",
    "workbook_cell",
)


def choose(tables: Tables) -> tuple[str, bool, str | None]:
    """What is drawn, whether arcs are, and the country that is looked at."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        show = address.one_of("show", "Show", SHOWN, BOTH, look="buttons", width="content")
        arcs = address.ticked(
            "arcs",
            "Where they serve",
            width="content",
            help="Arcs from the countries to the headquarters of the missions in which their "
            "personnel serve: the largest contributions, or all of the country that is chosen.",
        )
        chosen = address.one_of(
            "country",
            "Country",
            options(tables)["country"],
            None,
            width=300,
            placeholder="Choose one here, on the map or in a table",
        )
    return show, arcs, chosen


def on_a_phone() -> bool:
    """What the browser says of itself; how wide its window is, Streamlit does not tell."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")


def look_at(iso3: str, *_: str) -> None:
    """A callback: look at this country, or at the country of this centre or arc."""
    address.put("country", iso3)


def legend(tables: Tables, selection: Selection, show: str, arcs: bool) -> None:
    """How to read the map, for what is drawn."""
    states, centres = (
        country_states(tables, selection),
        centre_levels(tables, selection),
    )
    _drawn(
        states if show != CENTRES else states.iloc[:0],
        centres if show != COUNTRIES else centres.iloc[:0],
        arcs,
    )


def about(tables: Tables, selection: Selection, iso3: str | None) -> None:
    """The country that is looked at: class, why, what to do, its centres, and the way to its page."""
    if iso3 is None:
        return
    one = country(tables, selection, iso3)
    with st.container(border=True):
        st.subheader(cards.plain(one.title), anchor="country")
        st.markdown(cards.plain(" · ".join(filter(None, (one.persons, one.reason)))))
        st.markdown(f":material/arrow_forward: {cards.plain(one.next_step)}")
        st.button(
            "Open the page of this country",
            icon=":material/person_pin_circle:",
            on_click=navigation.go_to,
            args=("country",),
            kwargs={"country": iso3},
        )
        figure = catalogue.figure("centres-map", tables, selection)
        here = figure.table[figure.table["country_iso3"] == iso3]
        if len(here):
            cards.data_table(
                here.drop(columns=["country_name", "country_iso3"]),
                tables,
                order=_CENTRE_ORDER,
                alt=f"Training centres of {one.title}",
                height="content",
            )


def same_as_tables(tables: Tables, selection: Selection) -> None:
    """Countries and centres as rows, for those who cannot use a map. A row chooses its country."""
    st.subheader("The same as tables", anchor="tables")
    st.caption("Choose a row to look at that country.")
    countries, centres = st.tabs(
        ["Countries", "Training centres"], key="map_tables", on_change="rerun"
    )
    if countries.open:
        with countries:
            _rows("map-countries", country_table(tables, selection), tables, selection, ())
    if centres.open:
        with centres:
            frame = catalogue.figure("centres-map", tables, selection).table
            _rows("map-centres", frame, tables, selection, ("centre_name", "country_name"))


def _rows(
    key: str,
    frame: pd.DataFrame,
    tables: Tables,
    selection: Selection,
    order: tuple[str, ...],
) -> None:
    chosen = st.session_state.get("country")
    iso3s = list(frame["country_iso3"])
    rows = [iso3s.index(chosen)] if chosen in iso3s else []
    st.session_state[key] = {"selection": {"rows": rows, "columns": [], "cells": []}}

    def adopt_row() -> None:
        picked = st.session_state[key]["selection"]["rows"]
        look_at(iso3s[picked[0]] if picked else "")

    cards.data_table(
        frame,
        tables,
        alt="The countries and centres of the map, one row each",
        order=order,
        key=key,
        on_select=adopt_row,
        selection_mode="single-row",
        height=420,
    )
    cards.download(
        key, "This table (CSV)", lambda: frame, source(tables, selection), tables, selection
    )


_SIZES = (1, 8, 16)  # courses
_SWATCH = 18  # px
_ARC_WORDS = "from a country to the headquarters of a mission; wider for more persons"


def _drawn(states: pd.DataFrame, centres: pd.DataFrame, with_arcs: bool) -> None:
    """The legend for what is drawn: rows of measures/states.py and measures/centres.py."""
    if len(states):
        _row("Countries", _countries(states), _SWATCH)
    if len(centres):
        sizes = [(_circle("no-course", radius(n)), _courses(n)) for n in _SIZES]
        _row("Centres, by best level", _levels(centres) + sizes)
    if with_arcs:
        _row("Arcs", [(_arc(), _ARC_WORDS)])


def _row(name: str, entries: list[tuple[str, str]], width: int | str = "content") -> None:
    """A name and entries of picture and words, as many in a line as there is room for."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{name}**", width="content")
        for picture, words in entries:
            with st.container(
                horizontal=True,
                vertical_alignment="center",
                gap="xxsmall",
                width="content",
            ):
                st.image(picture, width=width, alt=f"In the map: {words}")
                st.caption(cards.plain(words), width="content")


def _countries(states: pd.DataFrame) -> list[tuple[str, str]]:
    # The swatch shows the letter that the label begins with.
    marks = [
        (
            swatch(MARK_STYLES[key]),
            html.unescape(mark_label(rows[0])).split("  ", 1)[-1],
        )
        for key, rows in marks_in_use(states).items()
    ]
    plain = [
        (swatch(LAND_STYLE), LAND_NAME),
        (swatch(UNDETERMINED_STYLE), UNDETERMINED_NAME),
    ]
    return marks + plain


def _levels(centres: pd.DataFrame) -> list[tuple[str, str]]:
    labels = dict(zip(centres["state"], centres["state_label"], strict=True))
    return [(_circle(state, 9), labels[state]) for state in STATE_STYLES if state in labels]


def _courses(number: int) -> str:
    return f"{number} course{'' if number == 1 else 's'}"


def _circle(state: str, size: float) -> str:
    """A point with its ring and, where it stands for a level, the letter."""
    style, ring = STATE_STYLES[state], RINGS[state]
    edge = 2 * size + 6
    letter = (
        f'<text x="50%" y="50%" dy=".35em" text-anchor="middle" font-family="sans-serif" '
        f'font-size="{size * 1.25}" font-weight="700" fill="{style.text}">{style.letter}</text>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{edge}" height="{edge}">'
        f'<circle cx="{edge / 2}" cy="{edge / 2}" r="{size}" fill="{style.fill}" '
        f'stroke="{ring.colour}" stroke-width="{ring.width}"/>'
        f"{letter if state != 'no-course' or size == 9 else ''}</svg>"
    )


def _arc() -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="34" height="18">'
        f'<path d="M2 16Q17 -8 32 16" fill="none" stroke="{ARC_COLOUR}" stroke-width="2.5"/></svg>'
    )
