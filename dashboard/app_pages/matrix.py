"""Gap matrix: for whom, in which courses, topics and languages is what documented?"""

import streamlit as st

from dashboard.edition.selection import subject
from dashboard.figures import catalogue
from dashboard.measures.gap_matrix import gap_matrix
from dashboard.screen.frame import cards, sidebar
from dashboard.screen.pages import matrix

tables, selection = sidebar.current()

cards.page_head(
    f"Where is {subject(selection.threshold)} documented, and where are the gaps?",
    tables,
    selection,
)
view = matrix.view()
found = gap_matrix(tables, selection, **view.options)
above = st.container()
chosen = matrix.chosen(found, tables)
with above:
    figure = catalogue.figure("matrix", tables, selection, chosen=chosen, **view.options)
    cards.card(figure, tables, selection, pick=matrix.choose)
matrix.show(found, tables, selection, *chosen)
cards.cannot_tell(
    "A cell counts courses that are published somewhere. It cannot tell how often they are given, "
    "who attends them, or what is taught where nothing is published. Countries also train in other "
    "countries’ centres."
)
