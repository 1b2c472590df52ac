"""Indicators: what does the review say on the indicators of OCHA's civil-military section?"""

import streamlit as st

from dashboard.figures import catalogue
from dashboard.measures.contributors import DEFAULT_TOP, LARGEST_TOP, SMALLEST_TOP
from dashboard.screen.frame import cards, sidebar
from dashboard.screen.pages import indicators

tables, selection = sidebar.current()

cards.page_head(
    "What does the review say on the indicators of the OCHA civil-military section?",
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
others = indicators.other_editions(tables)
with st.grid(2, min_column_width=420):
    cards.card(catalogue.figure("indicators", tables, selection, top=top), tables, selection)
    cards.card(catalogue.figure("indicator-languages", tables, selection), tables, selection)
cards.card(
    catalogue.figure("indicator-dates", tables, selection, top=top, editions=others),
    tables,
    selection,
)
indicators.whole_table(tables, selection, top)
cards.cannot_tell(
    "Whether anybody attended, whether the content is any good, and whether personnel were trained "
    "in a centre of another country. An institution that publishes nothing is not counted."
)
