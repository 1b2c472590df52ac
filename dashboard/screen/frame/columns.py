"""Tables on a page: what columns are called, which of them are links, in what order they stand."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.edition.columns import LABELS
from dashboard.edition.tables import Package

# Columns that only a file needs: codes that a label stands beside, ids, the repeated total.
FILE_ONLY = (
    "country_class",
    "state",
    "persons_total",
    "courses_total",
    "centre_id",
    "course_id",
    "persons_open",
    "test",
    "centres_total",
    "column_code",
    "theme",
    "topic",
    "language_code",
)
# Pixels; the others take the width of their text.
WIDTHS: Mapping[str, int] = {
    "rank": 52,
    "country_name": 150,
    "country_iso3": 55,
    "persons": 70,
    "share_of_all": 142,
    "class_label": 115,
    "state_letter": 50,
    "courses": 62,
    "course_title": 230,
    "level": 172,
    "centre_name": 150,
    "evidence": 420,
    "evidence_kind": 110,
    "source_url": 125,
    "workbook_cell": 122,
    "grade": 58,
    "documented_of": 120,
    "filled_of": 120,
    "sources": 70,
    "sources_per_course": 120,
    "newest_year": 95,
    "age_years": 90,
    "why": 420,
    "coded": 150,
    "suggested": 150,
    "because": 260,
    "sign": 30,
    "rows": 60,
    "expected": 80,
    "severity": 80,
    "code": 130,
    "sha256": 480,
    "test": 100,
    "priority": 65,
    "question": 520,
    "indicator": 250,
    "indicator_id": 150,
    "how": 280,
    "cannot_tell": 280,
    "definition": 280,
    "step": 50,
    "covered_then": 150,
    "action": 75,
    "ask": 210,
    "why_centre": 300,
    "centre_courses": 100,
    "other_centres": 100,
    "questions": 110,
    "office": 200,
    "place": 55,
    "slide_title": 440,
    "follows": 110,
    "minutes": 100,
    "slide_number": 50,
    "fault_kind": 95,
    "what_is_wrong": 480,
    "what_to_do": 400,
    "on_screens": 150,
    "header_cell": 60,
    "header": 190,
    "taken_for": 190,
    "recognised_by": 230,
    "filled_cells": 90,
    "issue": 220,
    "fixing_brings": 165,
    "cells": 120,
    "limit": 190,
}
LEVEL_WIDTH = 38
# Shown with thousands separators, as are the persons of each type of personnel.
PERSONS = ("persons", "women", "men", "persons_before", "persons_after")


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
        elif column == "source_url":
            settings[column] = st.column_config.LinkColumn(
                LABELS[column], display_text=r"^https?://(?:www\.)?([^/]+)", width=WIDTHS[column]
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
    """`frame` with only http(s) addresses in `source_url`: nothing else may become a link."""
    if "source_url" not in frame:
        return frame
    web = frame["source_url"].str.match(r"https?://")
    return frame.assign(source_url=frame["source_url"].where(web, None))
