"""Evidence: how good is what the answer rests on, and which codings need a second look?"""

import streamlit as st

from dashboard.figures import catalogue
from dashboard.screen.frame import cards, sidebar
from dashboard.screen.pages import evidence

tables, selection = sidebar.current()

cards.page_head("How good is the evidence behind each country?", tables, selection)
evidence.rules()
with st.grid(2, min_column_width=460):
    cards.card(
        catalogue.figure("evidence-grades", tables, selection),
        tables,
        selection,
        pick=evidence.choose_grade,
    )
    cards.card(catalogue.figure("evidence-tests", tables, selection), tables, selection)
evidence.countries(tables, selection)
with st.grid(2, min_column_width=460) as grid:
    with grid.cell():
        cards.card(
            catalogue.figure("agreement", tables, selection),
            tables,
            selection,
            pick=evidence.choose_pair,
        )
    with grid.cell():
        evidence.suggestion(tables, selection)
evidence.again(tables, selection)
evidence.the_build(tables, selection)
cards.cannot_tell(
    "Whether a source is right, whether a course is good, and what a page said after it was "
    "stored. A country without a grade was not looked at."
)
