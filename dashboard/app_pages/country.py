"""Country: what is documented of the training in one country, and what is to be asked next?"""

import streamlit as st

from dashboard.figures import catalogue
from dashboard.screen.frame import cards, sidebar
from dashboard.screen.pages import country

tables, selection = sidebar.current()

head = st.container()
iso3 = country.choose(tables, selection)
with head:
    cards.page_head(country.question(tables, iso3), tables, selection)
country.answer(tables, selection, iso3)
with st.grid(2, min_column_width=420):
    for id in ("country-levels", "country-personnel"):
        cards.card(catalogue.figure(id, tables, selection, iso3=iso3), tables, selection)
country.questions(tables, selection, iso3)
country.centres_and_courses(tables, selection, iso3)
cards.card(catalogue.figure("country-missions", tables, selection, iso3=iso3), tables, selection)
country.neighbours(tables, selection, iso3)
cards.cannot_tell(
    "Who of its personnel took a course, where they took it, and what is said in the classroom. "
    "Countries also train in other countries' centres. What is not documented may well be taught."
)
