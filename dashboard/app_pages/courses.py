"""Courses and centres: which of them document UN-CMCoord training, each with its source?"""

import streamlit as st

from dashboard.edition.selection import subject
from dashboard.figures import catalogue
from dashboard.screen.frame import cards, sidebar
from dashboard.screen.pages import courses

tables, selection = sidebar.current()

cards.page_head(
    f"Which courses and centres document {subject(selection.threshold)}?", tables, selection
)
query = courses.ask(tables)
found = catalogue.figure("found", tables, selection, query=query)
chart, facets = st.columns([3, 2], gap="medium")
with chart:
    cards.card(found, tables, selection, pick=courses.choose_level)
with facets:
    courses.narrow(tables, selection, query)
courses.rows(tables, selection, query)
cards.cannot_tell(
    "Whether a course is still given, and how many people take it. What is not here was not found "
    "on a public page; it may exist all the same."
)
