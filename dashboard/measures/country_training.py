"""What the review holds of one country: its centres, its courses and their languages."""

import numpy as np
import pandas as pd

from dashboard.edition.selection import Selection, state_labels
from dashboard.edition.tables import Tables
from dashboard.measures.courses import considered, receipts

CENTRE_COLUMNS = (
    "centre_name",
    "acronym",
    "centre_name_local",
    "city",
    "operator",
    "provider_type",
    "scope",
    "established_year",
    "courses",
    "level",
    "website",
    "source_url",
    "workbook_cell",
    "centre_id",
)
NO_COURSE = "no-course"


def country_courses(tables: Tables, selection: Selection, iso3: str) -> pd.DataFrame:
    """The considered courses of a country: `receipts` with course_type, audiences, languages and
    topics as labels in the order of the vocabulary, empty where the review does not know them."""
    kept = considered(tables, selection) & _of(tables, iso3)
    rows = receipts(tables, kept)
    courses = tables.courses[kept].set_index("course_id")
    types = courses["course_type"].reindex(rows["course_id"])
    links = {
        "audiences": _labels(tables, tables.audiences, "audience", kept),
        "languages": _labels(tables, tables.languages, "language", kept),
        "topics": _labels(tables, tables.topics, "topic", kept),
    }
    return rows.assign(
        course_type=[tables.package.label("course_types", code) for code in types],
        **{name: [found.get(id, "") for id in rows["course_id"]] for name, found in links.items()},
    )


def country_centres(tables: Tables, selection: Selection, iso3: str) -> pd.DataFrame:
    """The centres of a country by name (`CENTRE_COLUMNS`).

    courses: number considered; level: label of the highest of them, or that none is left.
    city is that of the matrix; empty where the review does not know it. Kinds are labels.
    """
    package = tables.package
    centres = tables.centres[tables.centres["country_iso3"] == iso3]
    kept = tables.courses[considered(tables, selection) & _of(tables, iso3)]
    by_centre = kept.groupby("centre_id")["level_position"]
    courses = by_centre.size().reindex(centres["centre_id"], fill_value=0).to_numpy()
    highest = by_centre.min().reindex(centres["centre_id"]).to_numpy()
    levels = package.codes("levels")
    states = [NO_COURSE if np.isnan(level) else levels[int(level)] for level in highest]
    labels = state_labels(selection, package)
    kinds = {
        column: [package.label(vocabulary, code) for code in centres[column]]
        for column, vocabulary in (
            ("operator", "operators"),
            ("provider_type", "provider_types"),
            ("scope", "scopes"),
        )
    }
    row = centres["matrix_row"].astype("string")
    frame = centres.assign(
        **kinds,
        courses=courses,
        level=[labels[state] for state in states],
        workbook_cell=(centres["matrix_sheet"] + "!row " + row).fillna(""),
    )
    return frame.sort_values(["centre_name", "centre_id"])[list(CENTRE_COLUMNS)].reset_index(
        drop=True
    )


def country_languages(tables: Tables, selection: Selection, iso3: str) -> pd.DataFrame:
    """Languages of instruction of a country's considered courses, the most frequent first.

    Columns: language, language_label, courses, reaching (courses at or above the threshold). A
    course in two languages counts in both. The last row, with an empty language, holds the courses
    whose language is not recorded; it is there only when there are such courses.
    """
    kept = considered(tables, selection) & _of(tables, iso3)
    threshold = tables.package.codes("levels").index(selection.threshold)
    reaching = (tables.courses["level_position"] <= threshold).to_numpy()
    links = tables.languages[kept[tables.languages["course_position"]]]
    position = links["course_position"].to_numpy()
    counts = (
        links.assign(courses=1, reaching=reaching[position].astype("int64"))
        .groupby("language", as_index=False)[["courses", "reaching"]]
        .sum()
        .sort_values(["courses", "language"], ascending=[False, True])
    )
    silent = kept.copy()
    silent[position] = False
    rest = {"language": "", "courses": int(silent.sum()), "reaching": int(reaching[silent].sum())}
    frame = pd.concat([counts, pd.DataFrame([rest] if silent.any() else [])], ignore_index=True)
    labels = [_language(tables, code) for code in frame.get("language", ())]
    return frame.reindex(columns=["language", "courses", "reaching"]).assign(language_label=labels)


def _language(tables: Tables, code: str) -> str:
    return tables.package.label("languages", code) if code else "Language not recorded"


def _of(tables: Tables, iso3: str) -> np.ndarray:
    return (tables.courses["country_iso3"] == iso3).to_numpy()


def _labels(tables: Tables, links: pd.DataFrame, name: str, kept: np.ndarray) -> dict[str, str]:
    """Labels of a course's audiences, languages or topics in one text, by course_id."""
    vocabulary = f"{name}s"
    order = {code: number for number, code in enumerate(tables.package.codes(vocabulary))}
    rows = links[kept[links["course_position"]]]
    codes = rows.groupby("course_id")[name].agg(list).to_dict()
    return {
        course: ", ".join(
            tables.package.label(vocabulary, code)
            for code in sorted(found, key=lambda code: order.get(code, len(order)))
        )
        for course, found in codes.items()
    }
