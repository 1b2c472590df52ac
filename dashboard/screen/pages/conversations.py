"""The conversations on a page: what they added or how to begin, and the questions to take along."""

import streamlit as st

from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.edition.wording import capitalised, quantity
from dashboard.exports.data.questions_workbook import FILE_NAME, consultations_workbook
from dashboard.exports.data.workbook import MEDIA_TYPE
from dashboard.figures.conversations import (
    asked_of,
    change_rows,
    question_rows,
    waiting_rows,
)
from dashboard.figures.figure import Figure, source
from dashboard.measures.conversations import asked_questions, consultation_changes, moved
from dashboard.screen.frame import address, cards, navigation
from dashboard.views.choices import options

_TABLE = "questions_table"
_STEPS = (
    ("Choose whom to ask", "Below: the largest contributors, with what an answer would change."),
    (
        "Take the questions along",
        "Download consultations.xlsx: one row a question, to each centre.",
    ),
    ("Write down what you learn", "Date, new value and source. What stays empty changes nothing."),
    ("Put it back", "Into the folder of the edition; build again. The matrix stays as it is."),
)
# px of a table that scrolls inside itself; a shorter one takes the height of its rows.
TABLE_HEIGHT, ROWS_SHOWN = 560, 15
_QUESTION_ORDER = ("country_name", "question", "answer_does", "centre_name", "course_title")


def added(figure: Figure, tables: Tables, selection: Selection) -> None:
    """What conversations changed, country by country and answer by answer; else how to begin."""
    changes, asked = consultation_changes(tables), asked_questions(tables)
    if changes.empty and asked.empty:
        _begin(figure)
        return
    cards.card(figure, tables, selection)
    st.subheader("Who was asked, and what it moved", anchor="asked")
    columns = [
        "country_name",
        "persons",
        "label_before",
        "state_before",
        "label_after",
        "state_after",
        "changes",
        "asked",
        "last",
        "why",
    ]
    cards.data_table(
        moved(tables, selection).countries[columns],
        tables,
        height="content",
        alt="Countries that were asked, one row each",
    )
    for rows, title, anchor in (
        (change_rows(tables), "What each answer changed", "changes"),
        (waiting_rows(tables), "Asked, and waiting for an answer", "waiting"),
    ):
        if len(rows):
            st.subheader(title, anchor=anchor)
            cards.data_table(rows, tables, alt=f"{title}, one row each")
            cards.download(
                anchor,
                f"{title} (CSV)",
                lambda rows=rows: rows,
                source(tables, selection),
                tables,
                selection,
            )


def choose(iso3: str) -> None:
    """A callback: show the questions of this country."""
    address.put("country", iso3)


def to_ask(figure: Figure, tables: Tables, selection: Selection) -> None:
    """The contributors as a table whose rows lead to their questions, and the workbook."""
    if figure.empty:
        return
    above = st.container()
    st.subheader("The questions", anchor="questions-one-by-one")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = address.one_of(
            "country",
            "Country",
            options(tables)["country"],
            None,
            width=420,
            placeholder="All contributors above",
        )
        details = address.ticked("details", "With details (audience, language, years, duration)")
    with above:
        _contributors(figure, tables)
    countries = [chosen] if chosen else list(figure.table["country_iso3"])
    _questions(tables, selection, countries, details, chosen)


def _begin(figure: Figure) -> None:
    with st.container(border=True, key="begin"):
        st.subheader(figure.title, anchor="begin")
        st.markdown("The edition rests on the desk review alone. To begin:")
        with st.grid(len(_STEPS), min_column_width=200) as grid:
            for place, (what, how) in enumerate(_STEPS, start=1):
                with grid.cell():
                    st.markdown(f"**{place}  {what}**")
                    st.caption(how)


def _contributors(figure: Figure, tables: Tables) -> None:
    adopt_row = address.row_of("country", list(figure.table["country_iso3"]), _TABLE)
    st.subheader("Whom to ask", anchor="whom-to-ask")
    st.caption("Choose a row to see the questions to that country alone.")
    cards.data_table(
        figure.table,
        tables,
        alt="The largest contributors with their open questions",
        key=_TABLE,
        on_select=adopt_row,
        selection_mode="single-row",
        height="content",
    )


def _questions(
    tables: Tables, selection: Selection, countries: list[str], details: bool, chosen: str | None
) -> None:
    rows = question_rows(tables, selection, countries, details)
    name = options(tables)["country"].get(chosen, "") if chosen else "the contributors above"
    if rows.empty:
        nothing = f"Nothing about content is open to ask of {name}. Turn on details for what else "
        cards.empty(f"Nothing is open to ask of {name} under these filters." if details
                    else f"{nothing}is missing.")  # fmt: skip
        return
    st.caption(f"{capitalised(quantity(len(rows), 'open question'))} to {cards.plain(name)}.")
    # The country that is chosen stands above its questions.
    shown = rows.drop(columns=["country_iso3", *["country_name"] * bool(chosen)])
    cards.data_table(
        shown, tables, alt=f"Open questions to {name}",
        order=[column for column in _QUESTION_ORDER if column in shown],
        height="content" if len(rows) <= ROWS_SHOWN else TABLE_HEIGHT,
    )  # fmt: skip
    part = chosen.lower() if chosen else "contributors"
    with st.container(horizontal=True):
        st.download_button(
            f"These questions to fill in ({FILE_NAME})", on_click="ignore", mime=MEDIA_TYPE,
            data=lambda: consultations_workbook(
                asked_of(tables, selection, countries, details), tables.package
            ),
            file_name=FILE_NAME, icon=":material/edit_note:", key="download-consultations",
            help="One row a question, with the columns that the build reads.",
        )  # fmt: skip
        cards.download(f"questions-{part}", "These questions (CSV)", lambda: rows,
                       source(tables, selection), tables, selection)  # fmt: skip
        if chosen:
            st.button(f"Everything about {cards.plain(name)}", key="to-country",
                      icon=":material/person_pin_circle:", on_click=navigation.go_to,
                      args=("country",), kwargs={"country": chosen})  # fmt: skip
