"""Editions: what changed between two editions, and which headline moved, and why?"""

import streamlit as st

from dashboard import cards, controls, editions_parts
from dashboard.figures import catalogue

tables, selection = controls.current()

cards.page_head("What moved between two editions, and why?", tables, selection)
other = editions_parts.against(tables)
if other is not None:
    steps = catalogue.figure("edition-steps", tables, selection, other=other)
    changes = catalogue.figure("class-changes", tables, selection, other=other)
    with st.grid(2, min_column_width=460):
        cards.card(steps, tables, selection)
        cards.card(changes, tables, selection, pick=editions_parts.choose_pair)
    editions_parts.countries(tables, selection, other)
    editions_parts.came_and_went(tables, selection, other)
    editions_parts.figures(tables, selection, other)
cards.cannot_tell(
    "Whether training changed. Two reviews differ in what was searched and found; the later one "
    "may simply have looked at more."
)
