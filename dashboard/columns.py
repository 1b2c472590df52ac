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
    "as_of": "As of",
    "contributors": "Contributors",
    "women": "Women",
    "men": "Men",
    "mission": "Mission",
    "neighbour": "Beside it by",
    "acronym": "Acronym",
    "centre_name_local": "Name in its language",
    "city": "City",
    "operator": "Run by",
    "provider_type": "Kind",
    "scope": "Scope",
    "established_year": "Since",
    "website": "Website",
    "course_type": "Type of course",
    "audiences": "Audience",
    "languages": "Language",
    "topics": "Topics",
    "priority": "Priority",
    "question": "Question",
    "indicator_id": "Id",
    "indicator": "Indicator",
    "n": "n",
    "how": "How it is computed",
    "cannot_tell": "What it cannot tell",
    "edition_title": "Edition",
    "language_label": "Language",
    "content": "With UN-CMCoord content",
    "courses_total": "All courses",
    "content_total": "All with it",
    "field": "What is missing",
    "grade": "Grade",
    "documented_of": "Documented",
    "filled_of": "Fields filled",
    "sources": "Sources",
    "sources_per_course": "Sources a course",
    "newest_year": "Newest year",
    "age_years": "Age (years)",
    "why": "Why",
    "label": "What",
    "coded": "Coded",
    "suggested": "Suggested",
    "because": "Because of",
    "severity": "Severity",
    "code": "Code",
    "column": "Column",
    "found": "Found",
    "used": "Used",
    "message": "Message",
    "sign": " ",
    "rows": "Rows",
    "became_of": "What became of them",
    "level_change": "Level before → after",
    "total": "Total",
    "expected": "Expected",
    "matches": "Match",
    "path": "File",
    "sha256": "SHA-256",
    "step": "Step",
    "covered_then": "Covered then",
    "action": "Action",
    "ask": "What it asks for",
    "why_centre": "Why this centre",
    "centre_courses": "Courses there",
    "other_centres": "Other centres",
    "centres": "Centres",
    "source": "Source of the answer",
    "note": "Note",
    "date": "Date",
    "last": "Latest",
    "changes": "Answers",
    "state_after": "Level after",
    "label_after": "Class after",
    "state_before": "Level before",
    "label_before": "Class before",
    "answer_does": "An answer",
    "answered": "Answered",
    "asked": "Asked",
    "detail_questions": "Details",
    "content_questions": "About content",
    "field_title": "Field",
    "questions": "Open questions",
    "office": "OCHA regional office",
    "office_open": "Open persons",
    "office_countries": "Open countries",
    "share_of_open": "Share of open",
    "largest": "Largest",
    "covered_today": "Covered today",
    "covered_with_plan": "With the plan",
    "review": "Review",
    "personnel_as_of": "Personnel as of",
    "documented": "Documented",
    "upper_bound": "Upper bound",
    "was_label": "Before",
    "became_label": "After",
    "persons_before": "Persons before",
    "persons_after": "Persons after",
    "names": "Countries, for example",
    "change": "Change",
    "name": "Name",
    "id": "Identifier",
    "same_page": "Same page",
    "figure": "Figure",
    "before": "Before",
    "after": "After",
    "difference": "Difference",
    "persons_covered": "Covered",
    "persons_gap": "Gap",
    "persons_partial": "Partial",
    "persons_not-documented": "Not documented",
    "persons_no-course": "No course",
    "persons_not-reviewed": "Not in review",
    "type": "Type",
    "description": "What it holds",
    "unit": "Unit",
    "values": "Values",
    "hxl": "HXL",
    "term": "Term",
    "meaning": "Meaning",
    "title": "Title",
    "publisher": "Publisher",
    "persons_total_of_date": "Persons",
    "definition": "Definition",
    "letter": "Letter",
    "gap": "Gap",
    "region_persons": "Persons of the region",
    "region_countries": "Countries of the region",
    "share_of_region": "Share of the region",
    "choice_label": "Choice",
    "option_label": "Option",
    "as_selected": "As selected",
    "headline": "Counts as covered",
    "moves": "Moves it by",
    "from_base": "From the selection",
    "median_move": "Middle move",
    "largest_move": "Largest move",
    "choice_threshold": "Threshold",
    "choice_partial": "Partial evidence",
    "choice_unknown": "Unknown",
    "choice_reading": "Content",
    "choice_types": "Courses",
    "choice_exercises": "Exercises",
    "choice_e_learning": "E-learning",
    "choice_humanitarian": "Humanitarian providers",
    "choice_personnel": "Personnel",
    "choice_as_of": "Date",
    "location": "Marker stands at",
    "provider": "Kind",
    "mission_name": "Name",
    "share_covered": "Documented",
    "bounds": "Bounds",
    "share_of_mission": "Share of the mission",
    "column_label": "Column",
    "function_label": "Function",
    "reaching": "At the threshold",
    "all_persons": "All persons",
    "stands": "Where it stands",
}
# Columns that only a file needs: codes that a label stands beside, ids, the repeated total.
FILE_ONLY = ("country_class", "state", "persons_total", "courses_total", "centre_id", "course_id",
             "persons_open", "test", "centres_total",
    "column_code", "theme", "topic", "language_code",
)
# Pixels; the others take the width of their text.
WIDTHS: Mapping[str, int] = {
    "rank": 52, "country_name": 150, "country_iso3": 55, "persons": 70, "share_of_all": 142,
    "class_label": 115, "state_letter": 50, "courses": 62, "course_title": 230, "level": 172,
    "centre_name": 150, "evidence": 420, "evidence_kind": 110, "source_url": 125,
    "workbook_cell": 122,
    "grade": 58, "documented_of": 120, "filled_of": 120, "sources": 70, "sources_per_course": 120,
    "newest_year": 95, "age_years": 90, "why": 420, "coded": 150, "suggested": 150,
    "because": 260, "sign": 30, "rows": 60, "expected": 80, "severity": 80, "code": 130,
    "sha256": 480, "test": 100,
    "priority": 65, "question": 520, "indicator": 250, "indicator_id": 150, "how": 280,
    "cannot_tell": 280, "definition": 280,
    "step": 50, "covered_then": 150, "action": 75, "ask": 210, "why_centre": 300,
    "centre_courses": 100, "other_centres": 100, "questions": 110, "office": 200,
}  # fmt: skip
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
