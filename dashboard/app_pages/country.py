"""Country: what is documented of the training in one country, and what is to be asked next?"""

import streamlit as st

from dashboard import cards, controls, country_parts
from dashboard.figures import catalogue

tables, selection = controls.current()

head = st.container()
iso3 = country_parts.choose(tables, selection)
with head:
    cards.page_head(country_parts.question(tables, iso3), tables, selection)
country_parts.answer(tables, selection, iso3)
with st.grid(2, min_column_width=420):
    for id in ("country-levels", "country-personnel"):
        cards.card(catalogue.figure(id, tables, selection, iso3=iso3), tables, selection)
country_parts.questions(tables, selection, iso3)
country_parts.centres_and_courses(tables, selection, iso3)
cards.card(catalogue.figure("country-missions", tables, selection, iso3=iso3), tables, selection)
country_parts.neighbours(tables, selection, iso3)
cards.cannot_tell(
    "Who of its personnel took a course, where they took it, and what is said in the classroom. "
    "Countries also train in other countries' centres. What is not documented may well be taught."
)
