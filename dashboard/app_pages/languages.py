"""Languages: in which languages is UN-CMCoord taught, and whom does that leave out?"""

import streamlit as st

from dashboard.edition.selection import subject
from dashboard.figures import catalogue
from dashboard.figures.languages import (
    ALL,
    SHOWN,
    contributors_in,
    courses_in,
    left_out,
    offered,
)
from dashboard.screen.frame import address, cards, sidebar
from dashboard.screen.pages.matrix import COURSE_ORDER

tables, selection = sidebar.current()

cards.page_head(
    f"In which languages is {subject(selection.threshold)} documented, and who is left out?",
    tables,
    selection,
)
shown = address.one_of("languages_shown", "Languages with a row of their own", SHOWN, ALL,
                       look="buttons")  # fmt: skip
persons = catalogue.figure("languages", tables, selection, shown=shown)
courses = catalogue.figure("language-courses", tables, selection)


def choose(language: str) -> None:
    """A click on a bar chooses its language, unless it stands for several."""
    if language in offered(tables, selection):
        address.put("working", language)


with st.grid(2, min_column_width=460):
    cards.card(persons, tables, selection, pick=choose)
    cards.card(courses, tables, selection, pick=choose)
st.subheader("One language", anchor="language")
labels = offered(tables, selection)
language = address.one_of("working", "Language", labels, None, placeholder="Choose a language",
                          width=420)  # fmt: skip
if language is not None:
    st.markdown(cards.plain(left_out(tables, selection, language)))
    st.markdown("#### The contributors, those left out first")
    cards.data_table(contributors_in(tables, selection, language), tables,
                     alt=f"Contributors: {labels[language]}")  # fmt: skip
    st.markdown("#### The courses")
    rows = courses_in(tables, selection, language)
    cards.data_table(rows, tables, alt=f"Courses: {labels[language]}", order=COURSE_ORDER)
    st.caption(f"Source: {cards.plain(persons.source)}")
    cards.download(f"language-{language}", "These courses (CSV)", lambda: rows, persons.source,
                   tables, selection)  # fmt: skip
cards.cannot_tell(
    "The language of most courses is not published. A contributor whose centres teach in a "
    "language may send personnel who speak another, and personnel may learn elsewhere in theirs."
)
