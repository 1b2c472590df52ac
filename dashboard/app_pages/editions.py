"""Editions: what changed between two editions, and which headline moved, and why?"""

import streamlit as st

from dashboard.figures import catalogue
from dashboard.screen.frame import cards, sidebar
from dashboard.screen.pages import editions

tables, selection = sidebar.current()

cards.page_head("What moved between two editions, and why?", tables, selection)
other = editions.against(tables)
if other is not None:
    steps = catalogue.figure("edition-steps", tables, selection, other=other)
    changes = catalogue.figure("class-changes", tables, selection, other=other)
    with st.grid(2, min_column_width=460):
        cards.card(steps, tables, selection)
        cards.card(changes, tables, selection, pick=editions.choose_pair)
    editions.countries(tables, selection, other)
    editions.came_and_went(tables, selection, other)
    editions.figures(tables, selection, other)
cards.cannot_tell(
    "Whether training changed. Two reviews differ in what was searched and found; the later one "
    "may simply have looked at more."
)
