"""Overview: how much of the deployed personnel is covered, and how sure is that?"""

import streamlit as st

from dashboard.edition.selection import subject
from dashboard.figures import catalogue
from dashboard.figures.asks import asks
from dashboard.screen.frame import cards, navigation, sidebar

tables, selection = sidebar.current()
coverage = catalogue.figure("coverage", tables, selection)

cards.page_head(
    f"For how many peacekeepers is {subject(selection.threshold)} documented?", tables, selection
)
cards.answer(coverage)
cards.card(coverage, tables, selection)
cards.asks(asks(tables, selection))
with st.grid(2, min_column_width=600):
    cards.card(catalogue.figure("contributors", tables, selection), tables, selection)
    cards.card(catalogue.figure("world", tables, selection), tables, selection)
st.subheader("For a briefing: the question, and what is missing", anchor="briefing")
with st.grid(2, min_column_width=440):
    cards.card(catalogue.figure("review", tables, selection), tables, selection)
    cards.card(catalogue.figure("asks", tables, selection), tables, selection)
navigation.contents()
cards.cannot_tell(
    "Whether the persons deployed took the courses that their country's centres teach, nor how well "
    "those courses are taught. It says what public sources document, and what they leave open."
)
