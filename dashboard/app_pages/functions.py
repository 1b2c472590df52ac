"""Functions: which of the functions around UN-CMCoord are documented, and for how many?"""

import streamlit as st

from dashboard.figures import catalogue
from dashboard.figures.functions import contributors_with, courses_naming, offered
from dashboard.screen.frame import address, cards, sidebar
from dashboard.screen.pages.matrix import COURSE_ORDER

tables, selection = sidebar.current()

cards.page_head(
    "For how many peacekeepers are security, UN-CMCoord, protection and access documented?",
    tables,
    selection,
)
whole = catalogue.figure("functions", tables, selection)


def choose(theme: str) -> None:
    """A click on a bar chooses its function or topic."""
    address.put("theme", theme)


with st.grid(2, min_column_width=460):
    cards.card(whole, tables, selection, pick=choose)
    cards.card(
        catalogue.figure("function-topics", tables, selection), tables, selection, pick=choose
    )
st.subheader("One function or topic", anchor="theme")
labels = offered(tables, selection)
theme = address.one_of(
    "theme", "Function or topic", labels, None, placeholder="Choose a function or topic", width=420
)
if theme is not None:
    st.markdown("#### The contributors, those without it first")
    cards.data_table(
        contributors_with(tables, selection, theme), tables, alt=f"Contributors: {labels[theme]}"
    )
    st.markdown("#### The courses that name it")
    rows = courses_naming(tables, selection, theme)
    cards.data_table(rows, tables, alt=f"Courses: {labels[theme]}", order=COURSE_ORDER)
    st.caption(f"Source: {cards.plain(whole.source)}")
    cards.download(
        f"courses-{theme}", "These courses (CSV)", lambda: rows, whole.source, tables, selection
    )
cards.cannot_tell(
    "A topic is what a title, a programme or a report names. It cannot tell how deeply a course "
    "treats it, nor whether a course that does not name it leaves it out. Security, access and the "
    "other functions are only as wide here as the topics that stand for them."
)
