"""Tables on a page: what columns are called, which of them are links, in what order they stand."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.edition.columns import COLUMNS, LABELS, of_kind
from dashboard.edition.tables import Package

# Columns that only a file needs: codes that a label stands beside, ids, the repeated total.
FILE_ONLY = frozenset(name for name, one in COLUMNS.items() if not one.on_page)
# Pixels; the others take the width of their text.
WIDTHS: Mapping[str, int] = {name: one.width for name, one in COLUMNS.items() if one.width}
LEVEL_WIDTH = 38
# Shown with thousands separators, as are the persons of each type of personnel.
PERSONS, LINKS = of_kind("persons"), of_kind("link")


def shown(frame: pd.DataFrame) -> list[str]:
    """Columns of `frame` that a page shows."""
    return [column for column in frame.columns if column not in FILE_ONLY]


def config(frame: pd.DataFrame, package: Package) -> dict[str, Any]:
    """Streamlit's configuration of the columns of `frame`: labels, explanations, links."""
    levels = {term["code"]: term for term in package.terms("levels")}
    types = {term["code"]: term["label"] for term in package.terms("personnel_types")}
    settings: dict[str, Any] = {}
    for column in frame.columns:
        if column in levels:
            term = levels[column]
            settings[column] = st.column_config.NumberColumn(
                term["letter"], help=f"{term['label']}: courses", width=LEVEL_WIDTH
            )
        elif column in LINKS:
            settings[column] = st.column_config.LinkColumn(
                LABELS[column],
                display_text=r"^https?://(?:www\.)?([^/]+)",
                width=WIDTHS.get(column),
            )
        elif column in PERSONS or column in types:
            settings[column] = st.column_config.NumberColumn(
                LABELS.get(column) or types[column], format="localized", width=WIDTHS.get(column)
            )
        else:
            settings[column] = st.column_config.Column(
                LABELS.get(column, column), width=WIDTHS.get(column)
            )
    return settings


def safe_links(frame: pd.DataFrame) -> pd.DataFrame:
    """`frame` with only http(s) addresses in its links: nothing else may become one."""
    return frame.assign(
        **{
            name: frame[name].where(frame[name].str.match(r"https?://"), None)
            for name in frame.columns
            if name in LINKS
        }
    )
