"""The parts of the storyline page: its slides in their order, one of them to change, file and link."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from dashboard.edition.selection import Selection, describe
from dashboard.edition.tables import Tables
from dashboard.edition.wording import counted
from dashboard.screen.briefing import one_slide, take_away
from dashboard.screen.frame import address, cards, my_storyline, navigation
from dashboard.screen.frame.editions import readable
from dashboard.screen.frame.my_storyline import NUMBER
from dashboard.views.places import PLACES, Editions
from dashboard.views.shown import keeps_its_view, shown
from dashboard.views.storyline import DEFAULT, LONGEST_TITLE, Slide, Storyline, understood_slide

_TABLE, _TITLE = "storyline_table", "storyline_title"
_TITLES = {entry.file: entry.title for entries in navigation.SECTIONS.values() for entry in entries}
_ROWS_SHOWN, _TABLE_HEIGHT = 12, 455  # px of a table that scrolls inside itself


@dataclass(frozen=True)
class Line:
    """What a slide says in the list: its title, what it follows, and what its view names in vain."""

    title: str
    follows: str
    left_out: tuple[str, ...]


def show(tables: Tables, selection: Selection) -> None:
    """Everything about the storyline but its check and its documents."""
    asked = address.text(NUMBER, understood_slide)
    story = my_storyline.read_address()
    at = min(int(asked or 1), max(1, len(story.slides))) - 1
    _start(story, at)
    _name(story)
    editions = readable()
    lines = [_line(slide, tables, selection, editions) for slide in story.slides]
    st.subheader("Slides in their order", anchor="slides")
    if story.slides:
        _table(story, lines, at, tables)
        _told_left_out(lines)
    else:
        cards.empty(
            "This storyline has no slides. Press “Add to briefing” under a figure on any "
            "page, open a storyline below, or start from the default one."
        )
    _changes(story)
    if story.slides:
        one_slide.show(story, at, [line.title for line in lines], tables, selection)
    take_away.show(story, tables, selection)


def _start(story: Storyline, at: int) -> None:
    """Into the full screen: from the beginning, or at the slide that is picked."""
    with st.container(horizontal=True):
        st.button(
            "Start the briefing",
            icon=":material/slideshow:",
            shortcut="P",
            key="start",
            on_click=navigation.go_to,
            args=("briefing",),
            kwargs={NUMBER: ""},
            disabled=not story.slides,
        )
        if story.slides:
            st.button(
                f"Start at slide {at + 1}",
                icon=":material/play_arrow:",
                key="start-here",
                on_click=navigation.go_to,
                args=("briefing",),
                kwargs={NUMBER: str(at + 1)},
            )


def _name(story: Storyline) -> None:
    st.session_state[_TITLE] = story.title
    st.text_input(
        "Title of the storyline",
        key=_TITLE,
        max_chars=LONGEST_TITLE,
        width=620,
        placeholder=DEFAULT.title,
        on_change=_rename,
    )


def _rename() -> None:
    """A callback: the storyline under another title; an empty one is that of the default."""
    title = (st.session_state[_TITLE] or "").strip() or DEFAULT.title
    my_storyline.keep(replace(my_storyline.current(), title=title), "Title of the storyline")


# --- the slides -----------------------------------------------------------------------------------


def _line(slide: Slide, tables: Tables, selection: Selection, editions: Editions) -> Line:
    state = tuple(edition.signature for edition in editions.values())
    return _line_of(slide.figure, slide.title, slide.view, selection, state, tables, editions)


# The words of up to sixty figures, made anew for each click, would be felt.
@st.cache_data(max_entries=1000, show_spinner=False)
def _line_of(
    figure: str,
    title: str,
    view: str,
    selection: Selection,
    state: tuple[str, ...],
    _tables: Tables,
    _editions: Editions,
) -> Line:
    slide = Slide(figure, title=title, view=view)
    seen = shown(slide, _tables, selection, _editions)
    own = keeps_its_view(slide) or seen.selection != selection
    words = seen.figure.empty or seen.title
    package = seen.tables.package
    follows = f"{describe(seen.selection, package)} · {package.title}" if own else ""
    return Line(words, follows, seen.left_out)


def _table(story: Storyline, lines: Sequence[Line], at: int, tables: Tables) -> None:
    """A row a slide; a click picks it."""
    frame = pd.DataFrame(
        {
            "place": range(1, len(lines) + 1),
            "slide_title": [line.title for line in lines],
            "follows": [
                f"Keeps: {line.follows}" if line.follows else "As chosen" for line in lines
            ],
            "minutes": [_minutes(slide) for slide in story.slides],
            "figure": [PLACES[slide.figure].name for slide in story.slides],
            "page": [_TITLES[PLACES[slide.figure].page] for slide in story.slides],
        }
    )
    st.session_state[_TABLE] = {"selection": {"rows": [at], "columns": [], "cells": []}}
    cards.data_table(
        frame,
        tables,
        alt="The slides of the storyline in their order",
        key=_TABLE,
        on_select=_pick,
        selection_mode="single-row",
        height=_TABLE_HEIGHT if len(lines) > _ROWS_SHOWN else "content",
    )


def _minutes(slide: Slide) -> str:
    said = (("Note", slide.note), ("Decision", slide.decision))
    return ", ".join(name for name, text in said if text.strip())


def _pick() -> None:
    """A callback: the slide of the row that is marked."""
    rows = st.session_state[_TABLE]["selection"]["rows"]
    if rows:
        address.put(NUMBER, str(rows[0] + 1))


def _told_left_out(lines: Sequence[Line]) -> None:
    """Every slide whose view names what is not there: shown without it, never without a word."""
    said = [
        f"- **Slide {at}**: {cards.plain('; '.join(line.left_out))}"
        for at, line in enumerate(lines, start=1)
        if line.left_out
    ]
    if said:
        text = "\n".join(said)
        st.warning(
            f"Not offered in the edition of the slide, so left out of it:\n\n{text}",
            icon=":material/filter_alt_off:",
        )


def _changes(story: Storyline) -> None:
    """One step back, and other storylines to go on from."""
    change = my_storyline.last_change()
    usual = f"Default storyline ({counted(len(DEFAULT.slides), 'slide')})"
    with st.container(horizontal=True):
        st.button(
            f"Undo: {change}" if change else "Undo",
            icon=":material/undo:",
            key="undo",
            on_click=my_storyline.undo,
            disabled=not change,
        )
        for label, icon, other in (
            (usual, "restart_alt", DEFAULT),
            ("Empty storyline", "delete_sweep", Storyline(DEFAULT.title)),
        ):
            st.button(
                label,
                icon=f":material/{icon}:",
                type="tertiary",
                key=f"begin-{icon}",
                on_click=_begin,
                args=(other, label),
                disabled=story == other,
            )


def _begin(other: Storyline, label: str) -> None:
    """A callback: another storyline in place of this one, which `undo` brings back."""
    my_storyline.keep(other, label)
    address.put(NUMBER)
