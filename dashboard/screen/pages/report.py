"""The parts of the report page: which figures, in which order, how large, and under which words."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from dashboard.charts.marks.sheets import SHEETS
from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.edition.wording import listing
from dashboard.exports.documents.report_files import (
    NOWHERE,
    ONE_PAGERS,
    TITLE,
    Edited,
    Order,
    View,
    make,
    steps,
)
from dashboard.exports.origin import origin
from dashboard.exports.word.one_pager import countries_to_print
from dashboard.measures.contributors import DEFAULT_TOP, LARGEST_TOP, SMALLEST_TOP
from dashboard.screen.frame import address, cards
from dashboard.screen.frame.document_desk import Desk, site, warn_without_browser
from dashboard.screen.frame.editions import readable
from dashboard.screen.frame.navigation import SECTIONS
from dashboard.views import links
from dashboard.views.choices import options
from dashboard.views.places import PLACES, Editions, by_page
from dashboard.views.wishes import DEFAULT_SHEET, SUGGESTED, Wish, in_link, understood_parts, wishes

# Drawn here, where a person sees them.
_DRAWN = ("top", "country")
_PARTS, _EDITED, _CHANGED, _TABLE = "parts", "report_edited", "report_changed", "report_table"
FIRST_DOCUMENTS = ("word", "slides")
LONGEST_TITLE, LONGEST_CAPTION = 300, 2000
_TITLES = {entry.file: entry.title for entries in SECTIONS.values() for entry in entries}
_ROWS_SHOWN, _TABLE_HEIGHT = 15, 560  # px of a table that scrolls inside itself


def choose(tables: Tables, selection: Selection) -> tuple[Order, dict[str, str]]:
    """Draw all choices; returns what is wanted, and the choices of the pages by their names in the
    address."""
    wanted = wishes(address.text(_PARTS, understood_parts))
    _checklist(wanted)
    above = st.container()
    sheet, title, documents, countries = _documents(tables, selection, wanted)
    editions = readable()
    chosen = _of_pages(tables, editions, wanted)
    with above:
        _arrange(wanted, sheet, View(tables, selection, NOWHERE, editions, chosen))
    edited = {id: words for id, words in _edited().items() if id in {one.id for one in wanted}}
    return Order(wanted, documents, sheet, title, edited, countries), chosen


def _checklist(wanted: tuple[Wish, ...]) -> None:
    """Every figure of the catalogue below the title of its page."""
    ids = [wish.id for wish in wanted]
    st.subheader("1. Choose figures", anchor="figures")
    with st.container(horizontal=True):
        for label, chosen in (("Suggested", SUGGESTED), ("All", tuple(PLACES)), ("None", ())):
            st.button(
                f"{label} ({len(chosen)})" if chosen else label,
                key=f"pick-{label}",
                on_click=_put,
                args=(tuple(map(Wish, chosen)),),
                type="tertiary",
            )
    with st.grid(4, min_column_width=230, gap="medium") as grid:
        for page, figures in by_page().items():
            with grid.cell():
                st.markdown(f"**{_TITLES[page]}**")
                for id in figures:
                    st.session_state[f"pick-{id}"] = id in ids
                    st.checkbox(PLACES[id].name, key=f"pick-{id}", on_change=_tick, args=(id,))


def _tick(id: str) -> None:
    """A callback: take a figure in at the end, or out."""
    others = tuple(wish for wish in _wanted() if wish.id != id)
    _put((*others, Wish(id)) if st.session_state[f"pick-{id}"] else others)


def _wanted() -> tuple[Wish, ...]:
    return wishes(understood_parts(st.session_state.get(_PARTS, "")))


def _put(wanted: tuple[Wish, ...]) -> None:
    """A callback: these figures in this order."""
    st.session_state[_PARTS] = in_link(wanted)


def _documents(
    tables: Tables, selection: Selection, wanted: tuple[Wish, ...]
) -> tuple[str, str, tuple[str, ...], Mapping[str, str]]:
    """Size of the figures, title, which documents, and countries (ISO3 -> name) of one-pagers."""
    st.subheader("3. Choose documents", anchor="documents")
    documents = address.codes("documents", links.DOCUMENTS) or FIRST_DOCUMENTS
    st.session_state[address.shown("documents")] = list(documents)
    st.pills(
        "Documents",
        list(links.DOCUMENTS),
        selection_mode="multi",
        wrap=True,
        key=address.shown("documents"),
        format_func=links.DOCUMENTS.get,
        on_change=_hand_over_documents,
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        sheets = {code: sheet.label for code, sheet in SHEETS.items()}
        sheet = address.one_of("sheet", "Size of the figures", sheets, DEFAULT_SHEET, width=260)
        title = address.words(
            "heading",
            "Title of the documents",
            max_chars=LONGEST_TITLE,
            placeholder=TITLE,
            width=420,
        )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        countries = _countries(tables, selection) if ONE_PAGERS in documents else {}
        if ONE_PAGERS in documents or any("top" in PLACES[wish.id].keys for wish in wanted):
            st.slider(
                "Number of contributors",
                SMALLEST_TOP,
                LARGEST_TOP,
                DEFAULT_TOP,
                key="top",
                bind="query-params",
                width=420,
            )
    return sheet, title.strip() or TITLE, documents, countries


def _hand_over_documents() -> None:
    address.put("documents", *st.session_state[address.shown("documents")])


def _countries(tables: Tables, selection: Selection) -> Mapping[str, str]:
    which = address.one_of("pages_of", "One-pagers of", links.COUNTRIES, "top", look="buttons")
    top = None if which == "all" else st.session_state.get("top", DEFAULT_TOP)
    return countries_to_print(tables, selection, top)


def _of_pages(tables: Tables, editions: Editions, wanted: tuple[Wish, ...]) -> dict[str, str]:
    """The choices of the pages that the figures depend on, as those pages were left.

    They become part of the link of this page. A country can be chosen here.
    """
    keys = dict.fromkeys(key for wish in wanted for key in PLACES[wish.id].keys)
    rules = links.rules(tables, editions)
    found = {key: address.text(key, rules[key]) for key in keys if key not in _DRAWN}
    if any("iso3" in PLACES[wish.id].options for wish in wanted):
        found["country"] = address.one_of(
            "country",
            "Country of the figures about one country",
            options(tables)["country"],
            None,
            placeholder="The largest contributor",
            width=420,
        )
    elif "country" in keys:
        found["country"] = address.text("country", rules["country"])
    found["top"] = str(st.session_state.get("top", DEFAULT_TOP)) if "top" in keys else ""
    return {key: text for key, text in found.items() if text}


def _arrange(wanted: tuple[Wish, ...], sheet: str, view: View) -> None:
    """The figures as a table in their order, and one of them to move, size and reword."""
    st.subheader("2. Arrange them", anchor="order")
    if not wanted:
        cards.empty("No figure is chosen. Choose some above, or country one-pagers below.")
        return
    ids = [wish.id for wish in wanted]
    if st.session_state.get(_CHANGED) not in ids:
        st.session_state[_CHANGED] = ids[0]
    _table(wanted, sheet, view.tables)
    with st.container(border=True, key="report-part"):
        st.selectbox(
            "Figure to move, size or reword",
            ids,
            key=_CHANGED,
            format_func=lambda id: f"{ids.index(id) + 1}. {PLACES[id].name}",
        )
        _move(ids.index(st.session_state[_CHANGED]), wanted, sheet)
        _reword(st.session_state[_CHANGED], view)


def _table(wanted: tuple[Wish, ...], sheet: str, tables: Tables) -> None:
    edited = _edited()
    frame = pd.DataFrame(
        {
            "place": range(1, len(wanted) + 1),
            "figure": [PLACES[wish.id].name for wish in wanted],
            "page": [_TITLES[PLACES[wish.id].page] for wish in wanted],
            "sheet": [SHEETS[wish.sheet or sheet].label for wish in wanted],
            "edited_title": [edited.get(wish.id, Edited()).title for wish in wanted],
        }
    )
    ids = [wish.id for wish in wanted]
    place = ids.index(st.session_state[_CHANGED])
    st.session_state[_TABLE] = {"selection": {"rows": [place], "columns": [], "cells": []}}

    def adopt_row() -> None:
        rows = st.session_state[_TABLE]["selection"]["rows"]
        if rows:
            st.session_state[_CHANGED] = ids[rows[0]]

    cards.data_table(
        frame,
        tables,
        alt="The figures of the report in their order",
        key=_TABLE,
        on_select=adopt_row,
        selection_mode="single-row",
        height=_TABLE_HEIGHT if len(ids) > _ROWS_SHOWN else "content",
    )


def _move(at: int, wanted: tuple[Wish, ...], sheet: str) -> None:
    """Up, down, out, and the size of one figure."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for label, icon, to in (("Up", "arrow_upward", at - 1), ("Down", "arrow_downward", at + 1)):
            moved = [wish for place, wish in enumerate(wanted) if place != at]
            moved.insert(to, wanted[at])
            st.button(
                label,
                icon=f":material/{icon}:",
                key=f"move-{label}",
                on_click=_put,
                args=(tuple(moved),),
                disabled=not 0 <= to < len(wanted),
            )
        st.button(
            "Take out",
            icon=":material/close:",
            key="move-out",
            on_click=_put,
            args=((*wanted[:at], *wanted[at + 1 :]),),
        )
        key = f"size-{wanted[at].id}"
        st.session_state[key] = wanted[at].sheet
        labels = {"": f"As the others ({SHEETS[sheet].label})"}
        labels |= {code: one.label for code, one in SHEETS.items()}
        st.selectbox(
            "Size of this figure",
            list(labels),
            format_func=labels.get,
            key=key,
            on_change=_resize,
            args=(at, wanted, key),
            width=340,
        )


def _resize(at: int, wanted: tuple[Wish, ...], key: str) -> None:
    size = Wish(wanted[at].id, st.session_state[key])
    _put((*wanted[:at], size, *wanted[at + 1 :]))


def _edited() -> dict[str, Edited]:
    """Words that this session has put in place of those of a figure."""
    return st.session_state.setdefault(_EDITED, {})


def _reword(id: str, view: View) -> None:
    """Title and caption of one figure; empty ones leave its own words."""
    figure = view.figure(id)
    if figure.empty:
        st.caption(f"It will be left out: {cards.plain(figure.empty)}")
        return
    words = _edited().get(id, Edited())
    keys = {"title": f"title-{id}", "caption": f"caption-{id}"}
    st.session_state[keys["title"]] = words.title
    st.session_state[keys["caption"]] = words.caption

    def adopt_words() -> None:
        said = {name: st.session_state[key] or "" for name, key in keys.items()}
        _edited()[id] = Edited(**said)

    st.text_input(
        "Title, in place of the finding",
        key=keys["title"],
        on_change=adopt_words,
        placeholder=figure.title,
        max_chars=LONGEST_TITLE,
    )
    st.text_area(
        "Caption, in place of the note",
        key=keys["caption"],
        on_change=adopt_words,
        placeholder=figure.note,
        max_chars=LONGEST_CAPTION,
        height=90,
    )
    st.caption(
        "Population, filters, source and statement always stay. Edited words are kept in "
        "this session; everything else on this page is in its link."
    )


WITHOUT = (
    "Without one, documents have the figures that Word and PowerPoint draw themselves, and packs "
    "have data and words."
)
_LABELS = {
    "report.docx": "Word",
    "report.pptx": "PowerPoint",
    "figure-packs.zip": "Figure packs",
    "one-pagers.docx": "Country one-pagers",
}


def show(order: Order, chosen: Mapping[str, str], tables: Tables, selection: Selection) -> None:
    """The button that starts, and what has been started in this session."""
    st.subheader("4. Make them", anchor="make")
    warn_without_browser(WITHOUT)
    nothing = not order.wishes and (ONE_PAGERS not in order.documents or not order.countries)
    st.button(
        "Make these documents",
        icon=":material/build:",
        disabled=nothing,
        key="report-make",
        on_click=_start,
        args=(order, _view(order, chosen, tables, selection)),
    )
    DESK.show()


def _view(order: Order, chosen: Mapping[str, str], tables: Tables, selection: Selection) -> View:
    """What the documents are about, with the link of this page."""
    named = dict(chosen) | {
        "parts": in_link(order.wishes),
        "sheet": "" if order.sheet == DEFAULT_SHEET else order.sheet,
        "documents": ",".join(order.documents),
    }
    address = links.address_of("report", links.link(selection, named, tables), site())
    accessed = datetime.now(UTC).date()
    return View(tables, selection, origin(tables, address, accessed), readable(), chosen, site())


def _start(order: Order, view: View) -> None:
    """A callback: make these documents beside the page."""
    what = listing([links.DOCUMENTS[kind] for kind in order.documents], most=4)
    DESK.start(f"{order.title}: {what}", steps(order), lambda begin: make(order, view, begin))


def _label(name: str) -> str:
    return _LABELS.get(f"{name.partition('_')[0]}.{name.rpartition('.')[2]}", name)


DESK = Desk("report", _label)
