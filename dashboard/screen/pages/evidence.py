"""Parts of the page *Evidence*: grades by country, codings to look at again, and the build."""

from collections.abc import Mapping

import streamlit as st

from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.edition.wording import count, quantity
from dashboard.figures.evidence import kappa_in_words, look_again, quality_table
from dashboard.figures.figure import source
from dashboard.measures import build_record
from dashboard.measures.agreement import RULE, agreement
from dashboard.measures.quality import GRADES, TESTS
from dashboard.screen.frame import address, cards, navigation

_TABLE = "quality_table"
# The grid of a browser scrolls well through this many rows; the file has all.
SHOWN = 1000


def rules() -> None:
    """The rule of the grades, beside them."""
    tests = "\n".join(f"1. {cards.plain(rule)}" for rule in TESTS.values())
    grades = "\n".join(f"- **{grade}** {cards.plain(rule)}" for grade, rule in GRADES.items())
    with st.grid(2, min_column_width=420) as grid:
        with grid.cell():
            st.markdown(f"**Four tests of the evidence about a country**\n\n{tests}")
        with grid.cell():
            st.markdown(f"**Grades**\n\n{grades}")


def choose_grade(grade: str) -> None:
    """A callback: show the countries of this grade."""
    address.put("grade", grade)


def countries(tables: Tables, selection: Selection) -> None:
    """Every reviewed country with its grade; a row opens the country's page."""
    st.subheader("The countries one by one", anchor="countries")
    grade = address.one_of("grade", "Grade", {g: f"{g}: {rule}" for g, rule in GRADES.items()},
                           None, placeholder="All grades", width=420)  # fmt: skip
    rows = quality_table(tables, selection, grade)
    if rows.empty:
        cards.empty(f"No reviewed country has grade {grade}. Choose another grade." if grade
                    else "No country is in the review.")  # fmt: skip
        return
    st.caption("Choose a row to open the page of that country.")

    def open_country() -> None:
        chosen = st.session_state[_TABLE]["selection"]["rows"]
        if chosen:
            navigation.go_to("country", country=rows["country_iso3"].iloc[chosen[0]])

    cards.data_table(rows, tables, alt="Reviewed countries with the grade of their evidence",
                     key=_TABLE, on_select=open_country, selection_mode="single-row")  # fmt: skip
    cards.download("quality", "These countries (CSV)", lambda: rows, source(tables, selection),
                   tables, selection)  # fmt: skip


def choose_pair(coded: str, suggested: str) -> None:
    """A callback: show the courses with this coded and this suggested level."""
    address.put("coded", coded)
    address.put("suggested", suggested)


def suggestion(tables: Tables, selection: Selection) -> None:
    """How a level is suggested, and the agreement that topics, which are codings too, add."""
    labels = {term["code"]: term["label"] for term in tables.package.terms("levels")}
    rules = "\n".join(
        f"1. **{cards.plain(labels.get(level, level))}**: {cards.plain(rule)}"
        for level, rule in RULE
    )
    st.subheader("How a level is suggested", anchor="suggestion")
    st.markdown(
        f"From words of title and evidence, and from topics; never from the coded level. "
        f"The first that fits:\n\n{rules}"
    )
    st.markdown(
        "The words, in English, French and Spanish, are a list to edit: "
        "`dashboard/measures/level_words.csv`. Up to four words after “no” or “without”, "
        "or before “not named”, do not count."
    )
    without = kappa_in_words(agreement(tables, selection).kappa_without_topics)
    st.markdown(f"Topics are codings too. From titles and evidence alone: {without}.")


def again(tables: Tables, selection: Selection) -> None:
    """The courses whose coding differs from what their words suggest."""
    labels = {term["code"]: term["label"] for term in tables.package.terms("levels")}
    st.subheader("Codings to look at again", anchor="again")
    st.markdown(
        "A list to read again, not a change: the coding counts everywhere, the suggestion "
        "nowhere. Those across the threshold stand first."
    )
    left, right = st.columns(2)
    with left:
        coded = address.one_of("coded", "Coded level", labels, None, placeholder="All levels")
    with right:
        suggested = address.one_of(
            "suggested", "Suggested level", labels, None, placeholder="All levels"
        )
    rows = look_again(tables, selection, coded, suggested)
    if rows.empty:
        cards.empty(
            "No considered course with these levels is coded differently from what its "
            "words suggest. Choose other levels."
        )
        return
    cards.data_table(rows, tables, alt="Courses coded differently from what their words suggest")
    cards.download(
        "again", "This list (CSV)", lambda: rows, source(tables, selection), tables, selection
    )


def the_build(tables: Tables, selection: Selection) -> None:
    """Reconciliation, issues and inputs of the build. No filter of the sidebar changes them."""
    st.subheader("What the build did with the matrix", anchor="build")
    st.caption("Of the edition as a whole: no filter of the sidebar changes it.")
    with st.grid(2, min_column_width=420) as grid:
        with grid.cell():
            _rows_read(tables)
        with grid.cell():
            _control_totals(tables)
    _issues(tables, selection)
    st.markdown("**Files that the edition was built from**")
    cards.data_table(
        build_record.inputs(tables),
        tables,
        alt="Input files with their SHA-256 sums",
        height="content",
    )


def _rows_read(tables: Tables) -> None:
    rows = build_record.rows_read(tables)
    st.markdown("**Rows read, and what became of each**")
    if rows.empty:
        cards.empty("This edition keeps no record of its rows. Build it again: make build")
        return
    cards.data_table(rows, tables, alt="Rows read and what became of them", height="content")
    first, *others = (count(number) for number in rows["rows"])
    if build_record.adds_up(tables):
        st.caption(f":material/check: {first} = {' + '.join(others)}: every row is accounted for.")
    else:
        st.caption(
            f":material/warning: {first} is not {' + '.join(others)}: rows are missing. "
            "Build the edition again: make build"
        )


def _control_totals(tables: Tables) -> None:
    totals = build_record.control_totals(tables)
    st.markdown("**Control totals: expected against found**")
    if totals.empty:
        cards.empty("This edition keeps no control totals.")
        return
    cards.data_table(totals, tables, alt="Control totals expected and found", height="content")
    if totals["matches"].all():
        st.caption(":material/check: Everything that was expected was found.")
    else:
        st.caption(":material/warning: Something differs; the issues say what.")


def _issues(tables: Tables, selection: Selection) -> None:
    st.markdown("**Issues of the build**")
    counts = build_record.issue_counts(tables)
    if not counts["severity"]:
        st.caption(":material/check: The build had nothing to report about this matrix.")
        return
    left, right = st.columns(2)
    with left:
        severities = address.any_of("severity", "Severity", _counted(counts["severity"]))
    with right:
        codes = address.any_of("code", "Kind of issue", _counted(counts["code"]))
    rows = build_record.issues(tables, severities, codes)
    if rows.empty:
        cards.empty("No issue has both this severity and this kind. Loosen one of the two.")
        return
    more = f"; the first {count(SHOWN)} are shown, the file has all" * (len(rows) > SHOWN)
    st.caption(f"{quantity(len(rows), 'issue').capitalize()} of {count(len(tables.issues))}{more}")
    cards.data_table(rows.head(SHOWN), tables, alt="Issues of the build, each with its cell")
    cards.download(
        "issues", "These issues (CSV)", lambda: rows, source(tables, selection), tables, selection
    )


def _counted(counts: Mapping[str, int]) -> dict[str, str]:
    """Labels with their live counts."""
    return {code: f"{code} ({count(number)})" for code, number in counts.items()}
