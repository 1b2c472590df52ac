"""How sure are we: what is missing, what is not known, and what does every choice change?"""

import streamlit as st

from dashboard.figures import catalogue
from dashboard.figures.two_gaps import UNITS
from dashboard.measures.contributors import DEFAULT_TOP, LARGEST_TOP, SMALLEST_TOP
from dashboard.screen.frame import address, cards, sidebar

tables, selection = sidebar.current()
readings = catalogue.figure("combinations", tables, selection)

cards.page_head("How sure are we, and which choices change the answer?", tables, selection)
cards.answer(readings)

st.header("Two kinds of gap", anchor="gaps")
with st.container(horizontal=True, vertical_alignment="bottom"):
    top = st.slider(
        "Number of contributors",
        SMALLEST_TOP,
        LARGEST_TOP,
        DEFAULT_TOP,
        key="top",
        bind="query-params",
        width=420,
    )
    unit = address.one_of("sure_of", "Regions by", UNITS, "persons", look="buttons")
with st.grid(2, min_column_width=440):
    for gap in ("coverage-gap", "evidence-gap"):
        cards.card(catalogue.figure(gap, tables, selection, top=top), tables, selection)
cards.card(catalogue.figure("gap-regions", tables, selection, unit=unit), tables, selection)

st.header("What every choice does to the answer", anchor="every-choice")
with st.grid(2, min_column_width=440):
    cards.card(catalogue.figure("choices", tables, selection), tables, selection)
    cards.card(catalogue.figure("moves", tables, selection), tables, selection)
cards.card(readings, tables, selection)
cards.cannot_tell(
    "Which reading is right, and how likely any of them is. Errors in coding, pages that were not "
    "found and courses that nobody published move the answer too, and no choice on this page shows "
    "them."
)
