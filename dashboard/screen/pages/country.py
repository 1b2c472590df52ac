"""The parts of the Country page beside its cards: the choice, the answer, and its tables."""

import streamlit as st

from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.figures.country import country, country_to_begin_with, name_of
from dashboard.figures.country_levels import languages_in_words
from dashboard.measures.country import country_centres, country_courses, country_neighbours
from dashboard.measures.quality import GRADES, country_quality
from dashboard.measures.questions import PRIORITIES, open_questions
from dashboard.screen.frame import address, cards, navigation
from dashboard.screen.pages.contributors import COURSE_ORDER
from dashboard.views.choices import options

_NEIGHBOURS = "neighbours_table"
# What is here already or the same in every row.
_REPEATED = ["country_name", "country_iso3"]
_TWO_LINES = 72  # px of a row
LEADS = (
    ("matrix", "Gap matrix", "grid_on"),
    ("map", "Map", "public"),
    ("conversations", "Conversations", "forum"),
)


def choose(tables: Tables, selection: Selection) -> str:
    """The list of countries; returns the one to show (ISO3). Says so when nobody chose it."""
    first, what_it_is = country_to_begin_with(tables, selection)
    name = name_of(tables, first)
    chosen = address.one_of(
        "country", "Country", options(tables)["country"], None, width=420, placeholder=name
    )
    if chosen is None:
        st.caption(f"No country is chosen: this is {cards.plain(name)}, {what_it_is}.")
    return chosen or first


def question(tables: Tables, iso3: str) -> str:
    """What the page asks about this country."""
    name = cards.plain(name_of(tables, iso3))
    return f"What is documented of training in {name}, and what is to be asked next?"


def answer(tables: Tables, selection: Selection, iso3: str) -> None:
    """Class and state with why, what to do, languages, quality of the evidence, and ways on."""
    one = country(tables, selection, iso3)
    st.header(cards.plain(one.title), anchor="answer")
    st.markdown(cards.plain(" · ".join(filter(None, (one.persons, one.reason)))))
    st.markdown(f":material/arrow_forward: **{cards.plain(one.next_step)}**")
    languages = languages_in_words(tables, selection, iso3)
    if languages:
        st.markdown(cards.plain(languages))
    _quality(tables, selection, iso3)
    with st.container(horizontal=True, vertical_alignment="center"):
        for page, label, icon in LEADS:
            st.button(
                label,
                icon=f":material/{icon}:",
                key=f"lead-{page}",
                type="tertiary",
                on_click=navigation.go_to,
                args=(page,),
                kwargs={"country": iso3},
            )


def _quality(tables: Tables, selection: Selection, iso3: str) -> None:
    grades = country_quality(tables, selection)
    own = grades[grades["country_iso3"] == iso3]
    if own.empty:
        return
    grade, why = own.iloc[0][["grade", "why"]]
    rule = "  \n".join(f"**{code}** {cards.plain(text)}" for code, text in GRADES.items())
    st.markdown(f"Quality of the evidence: **{grade}**. {cards.plain(why)}", help=rule)


def questions(tables: Tables, selection: Selection, iso3: str) -> None:
    """What to ask next, made from what is missing."""
    st.subheader("What to ask next", anchor="questions")
    asked = open_questions(tables, selection, iso3)
    if asked.empty:
        cards.empty("Nothing is missing that the review asks of a country.")
        return
    st.caption(
        "Made from what is missing. "
        + " ".join(f"{number}: {text}." for number, text in PRIORITIES.items())
    )
    cards.data_table(
        asked[["priority", "question", "centre_name"]],
        tables,
        key="questions_table",
        alt="Open questions, one row a question",
        row_height=_TWO_LINES,
    )
    cards.download(
        f"questions-{iso3.lower()}",
        "These questions (CSV)",
        lambda: asked,
        country(tables, selection, iso3).source,
        tables,
        selection,
    )


def centres_and_courses(tables: Tables, selection: Selection, iso3: str) -> None:
    """The centres and the considered courses of the country, each with source and workbook cell."""
    one = country(tables, selection, iso3)
    st.subheader("Centres and their courses", anchor="centres")
    centres = country_centres(tables, selection, iso3)
    if centres.empty:
        cards.empty(f"{one.next_step} No centre of {one.name} is recorded in this edition.")
        return
    cards.data_table(centres, tables, alt=f"Training centres of {one.name}", key="centres_table",
                     height="content")  # fmt: skip
    courses = country_courses(tables, selection, iso3)
    if len(courses):
        cards.data_table(courses.drop(columns=_REPEATED), tables, order=COURSE_ORDER,
                         alt=f"Courses of {one.name}", key="courses_table")  # fmt: skip
    left_out = int((tables.courses["country_iso3"] == iso3).sum()) - len(courses)
    if left_out:
        st.caption(f"The filters leave out {left_out} more.")
    st.caption(f"Source: {cards.plain(one.source)}")
    with st.container(horizontal=True):
        cards.download(f"country-{iso3.lower()}", "These courses (CSV)", lambda: courses,
                       one.source, tables, selection)  # fmt: skip
        cards.download(f"centres-{iso3.lower()}", "These centres (CSV)", lambda: centres,
                       one.source, tables, selection)  # fmt: skip


def neighbours(tables: Tables, selection: Selection, iso3: str) -> None:
    """The countries beside this one in rank and region; a row leads to that country."""
    st.subheader("Beside it in rank and region", anchor="neighbours")
    beside = country_neighbours(tables, selection, iso3)
    if beside.empty:
        cards.empty("No country stands beside this one: choose other personnel or another date.")
        return
    iso3s = list(beside["country_iso3"])
    own = [iso3s.index(iso3)] if iso3 in iso3s else []
    st.session_state[_NEIGHBOURS] = {"selection": {"rows": own, "columns": [], "cells": []}}

    def adopt_row() -> None:
        rows = st.session_state[_NEIGHBOURS]["selection"]["rows"]
        if rows:
            address.put("country", iso3s[rows[0]])

    st.caption("Choose a row to see that country.")
    cards.data_table(
        beside,
        tables,
        alt="Countries beside it in rank and region",
        key=_NEIGHBOURS,
        on_select=adopt_row,
        selection_mode="single-row",
        height="content",
    )
