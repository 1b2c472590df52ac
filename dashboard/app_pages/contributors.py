"""Contributors: who contributes most, and what is documented of their training?"""

import streamlit as st

from dashboard.edition.selection import subject
from dashboard.figures import catalogue
from dashboard.measures.contributors import DEFAULT_TOP, LARGEST_TOP, SMALLEST_TOP
from dashboard.screen.frame import cards, sidebar
from dashboard.screen.pages import contributors

tables, selection = sidebar.current()

cards.page_head(
    f"For which of the largest contributors is {subject(selection.threshold)} documented?",
    tables,
    selection,
)
top = st.slider(
    "Number of contributors",
    SMALLEST_TOP,
    LARGEST_TOP,
    DEFAULT_TOP,
    key="top",
    bind="query-params",
    width=420,
)
bars = catalogue.figure("contributors", tables, selection, top=top)
levels = catalogue.figure("levels", tables, selection, top=top)

with st.grid(2, min_column_width=600):
    cards.card(bars, tables, selection, pick=contributors.choose)
    cards.card(levels, tables, selection, pick=contributors.choose)
cards.card(
    catalogue.figure("senders", tables, selection, top=top),
    tables,
    selection,
    pick=contributors.choose,
)
contributors.show(bars, tables, selection)
cards.cannot_tell(
    "Who of a contingent was trained, and where: countries also train in other countries' centres, "
    "and a course in the review may be for other personnel than those deployed."
)
