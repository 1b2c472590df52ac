"""Which courses a selection considers, and the receipts of each: source and workbook cell."""

import numpy as np
import pandas as pd

from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables

RECEIPT_COLUMNS = (
    "country_name",
    "country_iso3",
    "centre_name",
    "course_title",
    "level",
    "evidence",
    "evidence_kind",
    "years",
    "source_url",
    "workbook_cell",
    "course_id",
)


def considered(tables: Tables, selection: Selection) -> np.ndarray:
    """Boolean mask over `tables.courses`: the courses that the selection considers.

    Within a filter one match is enough; the filters all have to match. A course of which the
    filtered thing is unknown is left out: it cannot be said to match.
    """
    courses = tables.courses
    kept = np.ones(len(courses), dtype=bool)
    if selection.course_types:
        kept &= courses["course_type"].isin(selection.course_types).to_numpy()
    if selection.providers:
        kept &= courses["provider_type"].isin(selection.providers).to_numpy()
    for links, column, wanted in (
        (tables.audiences, "audience", selection.audiences),
        (tables.languages, "language", selection.languages),
    ):
        if wanted:
            matching = links.loc[links[column].isin(wanted), "course_position"]
            kept &= np.isin(np.arange(len(courses)), matching.to_numpy())
    if selection.years:
        kept &= _given_in(courses, *selection.years)
    return kept


def _given_in(courses: pd.DataFrame, first: int, last: int) -> np.ndarray:
    """Courses whose years overlap [first, last].

    A start without an end is still running, an end without a start began at an unknown earlier
    time; a course without any year is left out.
    """
    start = courses["year_from"].to_numpy(dtype="float64", na_value=-np.inf)
    end = courses["year_to"].to_numpy(dtype="float64", na_value=np.inf)
    dated = np.isfinite(start) | np.isfinite(end)
    return dated & (start <= last) & (end >= first)


def receipts(tables: Tables, kept: np.ndarray) -> pd.DataFrame:
    """Courses behind a figure (`RECEIPT_COLUMNS`), by country, centre, level and title.

    `level`, `evidence_kind`: labels; `workbook_cell`: "Matrix!row 123".
    """
    rows = tables.courses.loc[kept].sort_values(
        ["country_name", "centre_name", "level_position", "course_title", "course_id"]
    )
    package = tables.package
    labels = {code: package.label("levels", code) for code in package.codes("levels")}
    kinds = {code: package.label("evidence_types", code) for code in rows["evidence_type"].unique()}
    receipt = rows.assign(
        level=rows["cmcoord_level"].map(labels),
        evidence_kind=rows["evidence_type"].map(kinds),
        years=_years(rows),
        workbook_cell=_workbook_cell(rows),
    )
    return receipt[list(RECEIPT_COLUMNS)].reset_index(drop=True)


def _years(rows: pd.DataFrame) -> pd.Series:
    start = rows["year_from"].astype("string").fillna("")
    end = rows["year_to"].astype("string").fillna("")
    open_ended = (start != "") & (end == "")
    text = start.where(start == end, start + "–" + end)
    return text.mask(open_ended, "since " + start).mask((start == "") & (end == ""), "")


def _workbook_cell(rows: pd.DataFrame) -> pd.Series:
    row = rows["matrix_row"].astype("string")
    return (rows["matrix_sheet"] + "!row " + row).fillna("")
