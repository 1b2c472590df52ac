"""The cells of the gap matrix by list and by table, and the courses of the one that is chosen."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard.charts.marks.look import STATE_STYLES
from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.figures.gap_matrix import cell, wide
from dashboard.measures.contributors import DEFAULT_TOP, LARGEST_TOP, SMALLEST_TOP
from dashboard.measures.gap_matrix import (
    DIMENSIONS,
    ORDERS,
    ROWS,
    GapMatrix,
    column_labels,
)
from dashboard.screen.frame import address, cards
from dashboard.views.choices import options

_TABLE = "matrix_table"
# What a course is and its receipts first; the words of the evidence take what room is left.
COURSE_ORDER = (
    "country_name",
    "course_title",
    "level",
    "centre_name",
    "evidence_kind",
    "source_url",
    "workbook_cell",
    "evidence",
)
_LETTERS = {style.letter: style for style in STATE_STYLES.values()}
_BESIDE = ("country_iso3", "country_name", "persons", "all_courses")


@dataclass(frozen=True)
class View:
    """What a person has chosen of the matrix; the names are those in the address."""

    by: str
    order: str
    rows: str
    top: int

    @property
    def options(self) -> Mapping[str, object]:
        """The same for the measure and the figure."""
        return {"by": self.by, "order": self.order, "rows": self.rows, "top": self.top}


def view() -> View:
    """Draw the choices above the matrix and return them."""
    names = {code: name for code, (name, _) in DIMENSIONS.items()}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        by = address.one_of("by", "Columns", names, "audience", look="buttons")
        order = address.one_of("order", "Order of the rows", ORDERS, "rank", look="buttons")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        rows = address.one_of("rows", "Rows", ROWS, "top", look="buttons")
        top = st.slider(
            "Number of contributors",
            SMALLEST_TOP,
            LARGEST_TOP,
            DEFAULT_TOP,
            key="top",
            bind="query-params",
            width=420,
            disabled=rows != "top",
        )
    return View(by, order, rows, top)


def chosen(matrix: GapMatrix, tables: Tables) -> tuple[str | None, str | None]:
    """Draw the lists that choose a cell and return its country and column (None: all)."""
    labels = column_labels(tables, matrix.by)
    if _of_other_columns(st.session_state.get("column", ""), labels, tables):
        address.put("column")
    st.subheader("The courses in a cell", anchor="cell")
    st.caption("Choose a country, a column or both, here or by a click on a cell.")
    with st.container(horizontal=True, gap="medium"):
        iso3 = address.one_of(
            "country",
            "Country",
            options(tables)["country"],
            None,
            placeholder="All countries",
            width=360,
        )
        column = address.one_of(
            "column",
            DIMENSIONS[matrix.by][0],
            {code: labels[code] for code in matrix.columns["column"]},
            None,
            placeholder="All columns",
            width=360,
        )
    return iso3, column


def _of_other_columns(code: str, labels: Mapping[str, str], tables: Tables) -> bool:
    """A column chosen before the columns were changed: let go of without a word."""
    others = {c for by in DIMENSIONS for c in column_labels(tables, by)}
    return bool(code) and code not in labels and code in others


def choose(iso3: str, column: str = "") -> None:
    """A callback: show the courses of this cell; without a column, of the whole row."""
    address.put("country", iso3)
    address.put("column", column)


def show(
    matrix: GapMatrix, tables: Tables, selection: Selection, iso3: str | None, column: str | None
) -> None:
    """The matrix as a table whose cells can be chosen too, and the courses of the chosen one."""
    _as_table(matrix, iso3, column)
    if iso3 is not None or column is not None:
        _courses(tables, selection, matrix.by, iso3, column)


def _as_table(matrix: GapMatrix, iso3: str | None, column: str | None) -> None:
    """The matrix in letters and numbers, for the keyboard and for narrow screens."""
    with st.expander(
        "The matrix as a table",
        icon=":material/grid_on:",
        key="matrix_as_table",
        type="compact",
        on_change="rerun",
    ) as folded:
        if not folded.open or matrix.columns.empty:
            return
        frame = wide(matrix)
        iso3s = list(frame["country_iso3"])
        cells = [(iso3s.index(iso3), column or "all_courses")] if iso3 in iso3s else []
        st.session_state[_TABLE] = {"selection": {"rows": [], "columns": [], "cells": cells}}

        def adopt_cell() -> None:
            found = st.session_state[_TABLE]["selection"]["cells"]
            row, name = found[0] if found else (None, "")
            choose("" if row is None else iso3s[row], "" if name in _BESIDE else name)

        st.dataframe(
            frame.style.apply(_fills, axis=None),
            hide_index=True,
            width="stretch",
            key=_TABLE,
            on_select=adopt_cell,
            selection_mode="single-cell",
            height="content",
            column_config=_config(matrix),
            alt="The gap matrix: level and number of courses",
        )


def _fills(frame: pd.DataFrame) -> pd.DataFrame:
    """Colours of the cells by their letter, as in the chart; text and numbers have none."""
    return frame.map(_fill)


def _fill(value: object) -> str:
    style = _LETTERS.get(value.split(" ")[0]) if isinstance(value, str) else None
    return f"background-color: {style.fill}; color: {style.text}" if style else ""


def _config(matrix: GapMatrix) -> dict[str, object]:
    labels = dict(zip(matrix.columns["column"], matrix.columns["column_label"], strict=True))
    return {
        "country_iso3": None,
        "country_name": st.column_config.TextColumn("Country", pinned=True, width=130),
        "persons": st.column_config.NumberColumn("Persons", format="localized", width=70),
        "all_courses": st.column_config.TextColumn("All courses", width=80),
        **{
            code: st.column_config.TextColumn(label, help=label, width=80)
            for code, label in labels.items()
        },
    }


def _courses(
    tables: Tables, selection: Selection, by: str, iso3: str | None, column: str | None
) -> None:
    one = cell(tables, selection, by, iso3, column)
    st.markdown(f"#### {cards.plain(one.title)}")
    if one.reason:
        st.markdown(cards.plain(one.reason))
    if one.rows.empty:
        return
    cards.data_table(one.rows, tables, alt=f"Courses of {one.title}", order=COURSE_ORDER)
    st.caption(f"Source: {cards.plain(one.source)}")
    what = "-".join(filter(None, ("cell", iso3 and iso3.lower(), column)))
    cards.download(what, "These courses (CSV)", lambda: one.rows, one.source, tables, selection)
