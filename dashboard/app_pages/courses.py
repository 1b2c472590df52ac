"""Courses and centres: which of them document UN-CMCoord training, each with its source?"""

import streamlit as st

from dashboard import cards, controls, course_finder
from dashboard.edition.selection import subject
from dashboard.figures import catalogue

tables, selection = controls.current()

cards.page_head(
    f"Which courses and centres document {subject(selection.threshold)}?", tables, selection
)
query = course_finder.ask(tables)
found = catalogue.figure("found", tables, selection, query=query)
chart, facets = st.columns([3, 2], gap="medium")
with chart:
    cards.card(found, tables, selection, pick=course_finder.choose_level)
with facets:
    course_finder.narrow(tables, selection, query)
course_finder.rows(tables, selection, query)
cards.cannot_tell(
    "Whether a course is still given, and how many people take it. What is not here was not found "
    "on a public page; it may exist all the same."
)
