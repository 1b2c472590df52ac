"""Close the gap: whom to engage, ask or look for first, and what would that change?"""

import streamlit as st

from dashboard.edition.selection import subject
from dashboard.figures import catalogue
from dashboard.figures.closing import NOUNS
from dashboard.screen.frame import cards, sidebar
from dashboard.screen.pages import closing

tables, selection = sidebar.current()
head, choices = st.container(), st.container()
with choices:
    unit, office = closing.shape(tables)
plan = closing.chosen(tables)
curve = catalogue.figure("closing", tables, selection, unit=unit, office=office, plan=plan)
offices = catalogue.figure("offices", tables, selection)

with head:
    cards.page_head(
        f"Which {NOUNS[unit][1]} would close most of the gap in {subject(selection.threshold)}?",
        tables,
        selection,
    )
    cards.answer(curve)
cards.card(curve, tables, selection, pick=closing.toggle)
closing.show(curve, tables, selection, unit, office, plan)
cards.card(offices, tables, selection, pick=closing.choose_office)
cards.cannot_tell(
    "How likely a step is to succeed, what it costs, or who in a country would be trained. It "
    "orders steps by how many persons a country deploys under these filters, and nothing else. "
    "Asking and searching may show that the content is not there."
)
