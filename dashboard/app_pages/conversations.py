"""Conversations: what did they add, and what is still to be asked of whom?"""

import streamlit as st

from dashboard.figures import catalogue
from dashboard.measures.contributors import DEFAULT_TOP, LARGEST_TOP, SMALLEST_TOP
from dashboard.screen.frame import cards, sidebar
from dashboard.screen.pages import conversations

tables, selection = sidebar.current()

cards.page_head(
    "What did conversations with contributors add, and what is still to be asked?",
    tables,
    selection,
)
conversations.added(catalogue.figure("conversations", tables, selection), tables, selection)
top = st.slider(
    "Number of contributors",
    SMALLEST_TOP,
    LARGEST_TOP,
    DEFAULT_TOP,
    key="top",
    bind="query-params",
    width=420,
)
questions = catalogue.figure("questions", tables, selection, top=top)
cards.card(questions, tables, selection, pick=conversations.choose)
conversations.to_ask(questions, tables, selection)
cards.cannot_tell(
    "Whether somebody was asked without a note of it, and what was said in confidence. A question "
    "that is open says nothing about what is taught."
)
