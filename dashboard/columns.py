"""Tables on a page: what columns are called, which of them are links, in what order they stand."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.tables import Package

LABELS: Mapping[str, str] = {
    "rank": "Rank",
    "country_name": "Country",
    "country_iso3": "ISO3",
    "region": "Region",
    "persons": "Persons",
    "share_of_all": "Share of all",
    "class_label": "Class",
    "state_letter": "Level",
    "state_label": "Level or state",
    "reason": "Why",
    "courses": "Courses",
    "countries": "Countries",
    "centre_name": "Centre",
    "course_title": "Course",
    "level": "Level",
    "evidence": "Evidence",
    "evidence_kind": "Kind of evidence",
    "years": "Years",
    "source_url": "Source",
    "workbook_cell": "Workbook cell",
    "in_review": "In the review",
}
# Columns that only a file needs: codes that a label stands beside, ids, the repeated total.
FILE_ONLY = ("country_class", "state", "persons_total", "course_id")
# Pixels; the others take the width of their text.
WIDTHS: Mapping[str, int] = {
    "rank": 52, "country_name": 150, "country_iso3": 55, "persons": 70, "share_of_all": 142,
    "class_label": 115, "state_letter": 50, "courses": 62, "course_title": 230, "level": 172,
    "centre_name": 150, "evidence": 420, "evidence_kind": 110, "source_url": 125,
    "workbook_cell": 122,
}  # fmt: skip
LEVEL_WIDTH = 38


def shown(frame: pd.DataFrame) -> list[str]:
    """Columns of `frame` that a page shows."""
    return [column for column in frame.columns if column not in FILE_ONLY]


def config(frame: pd.DataFrame, package: Package) -> dict[str, Any]:
    """Streamlit's configuration of the columns of `frame`: labels, explanations, links."""
    levels = {term["code"]: term for term in package.terms("levels")}
    settings: dict[str, Any] = {}
    for column in frame.columns:
        if column in levels:
            term = levels[column]
            settings[column] = st.column_config.NumberColumn(
                term["letter"], help=f"{term['label']}: courses", width=LEVEL_WIDTH
            )
        elif column == "source_url":
            settings[column] = st.column_config.LinkColumn(
                LABELS[column], display_text=r"^https?://(?:www\.)?([^/]+)", width=WIDTHS[column]
            )
        elif column == "persons":
            settings[column] = st.column_config.NumberColumn(
                LABELS[column], format="localized", width=WIDTHS[column]
            )
        else:
            settings[column] = st.column_config.Column(
                LABELS.get(column, column), width=WIDTHS.get(column)
            )
    return settings


def safe_links(frame: pd.DataFrame) -> pd.DataFrame:
    """`frame` with only http(s) addresses in `source_url`: nothing else may become a link."""
    if "source_url" not in frame:
        return frame
    web = frame["source_url"].str.match(r"https?://")
    return frame.assign(source_url=frame["source_url"].where(web, None))
