"""Evidence: how good is what the answer rests on, and which codings need a second look?"""

import streamlit as st

from dashboard import cards, controls, evidence_parts
from dashboard.figures import catalogue

tables, selection = controls.current()

cards.page_head("How good is the evidence behind each country?", tables, selection)
evidence_parts.rules()
with st.grid(2, min_column_width=460):
    cards.card(catalogue.figure("evidence-grades", tables, selection), tables, selection,
               pick=evidence_parts.choose_grade)  # fmt: skip
    cards.card(catalogue.figure("evidence-tests", tables, selection), tables, selection)
evidence_parts.countries(tables, selection)
with st.grid(2, min_column_width=460) as grid:
    with grid.cell():
        cards.card(catalogue.figure("agreement", tables, selection), tables, selection,
                   pick=evidence_parts.choose_pair)  # fmt: skip
    with grid.cell():
        evidence_parts.suggestion(tables, selection)
evidence_parts.again(tables, selection)
evidence_parts.build_record(tables, selection)
cards.cannot_tell(
    "Whether a source is right, whether a course is good, and what a page said after it was "
    "stored. A country without a grade was not looked at."
)
