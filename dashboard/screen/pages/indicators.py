"""The Indicators page beside its cards: the editions to compare, and the whole table."""

import streamlit as st

from dashboard.edition import store
from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.figures.figure import source
from dashboard.figures.indicator_words import indicator_table
from dashboard.screen.frame import cards
from dashboard.screen.frame.editions import load, offered

_SHOWN = ["indicator", "share_of_all", "definition", "how", "cannot_tell", "indicator_id"]
_TWO_LINES = 72  # px of a row


def other_editions(tables: Tables) -> tuple[Tables, ...]:
    """The other built editions; one that cannot be read is left to the page that shows it."""
    others = []
    for edition in offered():
        if edition.code == tables.edition:
            continue
        try:
            others.append(load(edition.code))
        except store.TablesDamaged:
            continue
    return tuple(others)


def whole_table(tables: Tables, selection: Selection, top: int) -> None:
    """Every indicator with id, definition, computation and limits; as a file too."""
    st.subheader("Every indicator, with its definition", anchor="definitions")
    frame = indicator_table(tables, selection, top)
    cards.data_table(
        frame[_SHOWN],
        tables,
        alt="Indicators with definitions, one row each",
        row_height=_TWO_LINES,
        key="indicators_table",
    )
    said = source(tables, selection)
    st.caption(f"Source: {cards.plain(said)}")
    cards.download("all-indicators", "All indicators (CSV)", lambda: frame, said, tables, selection)
