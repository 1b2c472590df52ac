"""The search for courses and centres on a page: words, facets with counts, rows, one in full."""

from collections.abc import Mapping

import streamlit as st

from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.edition.wording import count
from dashboard.figures.courses import filters_in_words, population
from dashboard.figures.figure import source
from dashboard.figures.one_in_full import Record, centre_record, course_record
from dashboard.measures.found_courses import (
    CENTRE_COLUMNS,
    COURSE_COLUMNS,
    centre_rows,
    course_rows,
    whole_rows,
)
from dashboard.measures.search import (
    CENTRES,
    COURSES,
    FACETS,
    Found,
    Query,
    everything,
    facet_labels,
    find,
)
from dashboard.screen.frame import address, cards, file_buttons, navigation

OF: Mapping[str, str] = {COURSES: "Courses", CENTRES: "Centres"}
# More codes than buttons can show side by side.
AS_LIST = ("country", "type", "topic", "language", "provider")
LONGEST_WORDS = 200
# px of a table that scrolls inside itself; a shorter one takes the height of its rows.
TABLE_HEIGHT, ROWS_SHOWN = 560, 15
_TABLE = "found_table"
_FIRST = {
    COURSES: (
        "course_title",
        "level",
        "country_name",
        "centre_name",
        "course_type",
        "years",
        "evidence_kind",
        "source_url",
        "workbook_cell",
        "evidence",
    ),
    CENTRES: (
        "centre_name",
        "courses",
        "level",
        "country_name",
        "city",
        "provider_type",
        "source_url",
        "workbook_cell",
    ),
}
_CHOSEN = {COURSES: "course", CENTRES: "centre"}


def ask(tables: Tables) -> Query:
    """Draw the search and the choice between courses and centres; return what is looked for."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = address.words(
            "q",
            "Search",
            type="search",
            live=True,
            max_chars=LONGEST_WORDS,
            placeholder="Words of a title, centre, city, country or evidence",
            help="Finds rows in which every word occurs somewhere. Capitals and accents do not "
            "matter: cote finds Côte d’Ivoire.",
        )
        of = address.one_of("of", "Show", OF, COURSES, look="buttons", width="content")
    labels = facet_labels(tables)
    chosen = tuple((facet, address.codes(_key(facet), labels[facet])) for facet in FACETS)
    return Query(words, of, tuple((facet, codes) for facet, codes in chosen if codes))


def narrow(tables: Tables, selection: Selection, query: Query) -> None:
    """Draw the facets, each with the counts of the result."""
    counts, labels = find(tables, selection, query).counts, facet_labels(tables)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader("Narrow down", anchor="narrow-down", width="content")
        st.button(
            "Clear",
            icon=":material/restart_alt:",
            type="tertiary",
            on_click=_clear,
            disabled=not query.restrictions,
        )
    st.caption(f"Numbers count {query.of} under everything else that is chosen.")
    # Not in the caption: paler than other text, it would leave the link too little contrast.
    st.markdown("[To the rows](#found-rows)")
    as_buttons = [facet for facet in FACETS if facet not in AS_LIST]
    for facet in as_buttons:
        _facet(facet, labels[facet], counts[facet], query.codes(facet))
    with st.grid(2, min_column_width=150) as grid:
        for facet in AS_LIST:
            with grid.cell():
                _facet(facet, labels[facet], counts[facet], query.codes(facet))


def choose_level(level: str) -> None:
    """A callback: only this level; chosen again, all levels."""
    address.put(_key("level"), *[level] * (st.session_state.get(_key("level")) != level))


def rows(tables: Tables, selection: Selection, query: Query) -> None:
    """Draw the rows found, their files, and below them the row that is chosen, in full."""
    found = find(tables, selection, query)
    st.subheader(f"The {query.of} found", anchor="found-rows")
    frame = (
        course_rows(tables, found.courses) if query.of == COURSES else centre_rows(tables, found)
    )
    key = _CHOSEN[query.of]
    ids = list(frame[f"{key}_id"])
    known = set(tables.courses["course_id"] if key == "course" else tables.centres["centre_id"])
    chosen = address.text(key, lambda asked: asked if asked in known else "")
    place = [ids.index(chosen)] if chosen in ids else []
    st.session_state[_TABLE] = {"selection": {"rows": place, "columns": [], "cells": []}}

    def adopt_row() -> None:
        picked = st.session_state[_TABLE]["selection"]["rows"]
        address.put(key, *[ids[picked[0]]] * bool(picked))

    if ids:
        st.caption(
            f"{population(tables, found)}. Choose a row to see all of it; a click on the "
            "head of a column sorts."
        )
        cards.data_table(
            frame,
            tables,
            alt=f"The {query.of} found, one row each",
            order=_FIRST[query.of],
            key=_TABLE,
            on_select=adopt_row,
            selection_mode="single-row",
            height=TABLE_HEIGHT if len(ids) > ROWS_SHOWN else "content",
        )
    _files(tables, selection, query, found)
    if chosen:
        one = course_record if key == "course" else centre_record
        _record(one(tables, chosen), key, tables)


def _key(facet: str) -> str:
    return f"f_{facet}"


def _clear() -> None:
    """A callback: every word and facet back to everything."""
    for key in ("q", *map(_key, FACETS)):
        address.put(key)


def _facet(
    facet: str, labels: Mapping[str, str], counts: Mapping[str, int], chosen: tuple[str, ...]
) -> None:
    """One facet; what would find nothing stands last."""
    key, name = _key(facet), FACETS[facet][0]
    offered = sorted(labels, key=lambda code: not counts[code])
    st.session_state[address.shown(key)] = list(chosen)
    if facet in AS_LIST:
        address.list_of(
            key, name, {code: f"{labels[code]} · {count(counts[code])}" for code in offered}, chosen
        )
        return
    st.pills(
        name,
        offered,
        selection_mode="multi",
        key=address.shown(key),
        on_change=_hand_over,
        args=(key,),
        format_func=lambda c: f"{cards.plain(labels[c])} · {count(counts[c])}",
        wrap=True,
    )


def _hand_over(key: str) -> None:
    address.put(key, *st.session_state[address.shown(key)])


def _files(tables: Tables, selection: Selection, query: Query, found: Found) -> None:
    columns = COURSE_COLUMNS if query.of == COURSES else CENTRE_COLUMNS
    sets = {"result": (found, query), "full": (everything(tables), None)}
    sizes = {"result": f"The {query.of} found", "full": f"All {query.of} of the edition"}
    with st.grid(2, min_column_width=300) as grid:
        for name, (kept, asked) in sets.items():
            with grid.cell():
                number = kept.courses if query.of == COURSES else kept.centres
                st.caption(f"**{sizes[name]}** ({count(number.sum())})")
                file = file_buttons.TableFile(
                    what=f"{query.of}-{name}",
                    sheet=OF[query.of],
                    title=f"{sizes[name]}: {tables.package.title}",
                    make=lambda kept=kept: whole_rows(tables, kept, query.of),
                    of=columns,
                    filters=filters_in_words(tables, selection, asked),
                    source=source(tables, selection),
                )
                file_buttons.table_buttons(file, tables, selection)


def _record(one: Record, key: str, tables: Tables) -> None:
    with st.container(border=True, key=f"record-{key}"):
        st.subheader(cards.plain(one.title), anchor="record")
        with st.grid(3, min_column_width=200) as grid:
            for name, text in one.lines:
                with grid.cell():
                    st.markdown(f"**{name}**  \n{cards.plain(text)}")
        if one.courses is None:
            st.markdown(f"**Evidence**  \n{cards.plain(one.evidence or 'not stated')}")
        elif not one.courses.empty:
            cards.data_table(
                one.courses,
                tables,
                alt=f"Courses of {one.title}",
                height="content",
                order=("course_title", "level", "evidence"),
            )
        st.markdown(f"**Workbook cell**  \n{cards.plain(one.workbook_cell or 'not stated')}")
        with st.container(horizontal=True):
            if one.source_url:
                st.link_button("Open the source", one.source_url, icon=":material/open_in_new:")
            st.button(
                f"Everything about {cards.plain(one.country_name)}",
                key=f"to-country-{key}",
                icon=":material/person_pin_circle:",
                on_click=navigation.go_to,
                args=("country",),
                kwargs={"country": one.country_iso3},
            )
            st.button(
                "Close",
                key=f"close-{key}",
                type="tertiary",
                icon=":material/close:",
                on_click=address.put,
                args=(key,),
            )
