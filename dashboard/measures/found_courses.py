"""Rows of courses and of centres: short ones for a page, whole ones for a file."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from dashboard.edition.tables import Tables
from dashboard.measures.courses import receipts
from dashboard.measures.search import CENTRES, Found

# Columns of the whole rows: name -> (table, column) of the data package, which describes them.
_OF_COUNTRY: Mapping[str, tuple[str, str]] = {
    name: ("countries", name)
    for name in ("country_iso3", "country_name", "region", "subregion", "ocha_region")
}
_OF_CENTRE: Mapping[str, tuple[str, str]] = {
    name: ("centres", name)
    for name in (
        "centre_id",
        "centre_name",
        "centre_name_local",
        "acronym",
        "city",
        "operator",
        "provider_type",
        "scope",
    )
}
_OF_COURSE: Mapping[str, tuple[str, str]] = {
    name: ("courses", name)
    for name in (
        "course_id",
        "course_title",
        "course_title_local",
        "course_type",
        "duration_days_min",
        "duration_days_max",
        "year_from",
        "year_to",
        "is_un_recognised",
        "cmcoord_level",
        "level_basis",
        "evidence",
        "evidence_type",
    )
}
_LISTS: Mapping[str, tuple[str, str]] = {
    "audiences": ("course_audiences", "audience"),
    "languages": ("course_languages", "language"),
    "topics": ("course_topics", "topic"),
}
_PLACE = ("source_url", "matrix_sheet", "matrix_row")
COURSE_COLUMNS: Mapping[str, tuple[str, str]] = {
    **_OF_COUNTRY,
    **_OF_CENTRE,
    **_OF_COURSE,
    **_LISTS,
    **{name: ("courses", name) for name in _PLACE},
}
CENTRE_COLUMNS: Mapping[str, tuple[str, str]] = {
    **_OF_COUNTRY,
    **_OF_CENTRE,
    **{
        name: ("centres", name)
        for name in ("latitude", "longitude", "location_basis", "established_year", "website")
    },
    "courses": ("", "courses"),
    "cmcoord_level": ("courses", "cmcoord_level"),
    **{name: ("centres", name) for name in _PLACE},
}
SEPARATOR = "; "


def course_rows(tables: Tables, kept: np.ndarray) -> pd.DataFrame:
    """For a page: the receipts of the courses in the mask `kept`, with course_type (label)."""
    rows = receipts(tables, kept)
    types = tables.courses.set_index("course_id")["course_type"]
    labels = _labels(tables, "course_types", types)
    return rows.assign(course_type=rows["course_id"].map(types).map(labels))


def centre_rows(tables: Tables, found: Found) -> pd.DataFrame:
    """For a page: one row a centre found, by country and name.

    centre_name, acronym, city, country_name, country_iso3, provider_type (label), courses (found),
    level (label of the highest among them; empty without one), website, source_url,
    workbook_cell, centre_id.
    """
    rows = _centres(tables, found)
    levels = _labels(tables, "levels", rows["cmcoord_level"])
    kinds = _labels(tables, "provider_types", rows["provider_type"])
    sheet, row = rows["matrix_sheet"], rows["matrix_row"].astype("string")
    rows = rows.assign(
        provider_type=rows["provider_type"].map(kinds),
        level=rows["cmcoord_level"].map(levels),
        workbook_cell=(sheet + "!row " + row).fillna(""),
    )
    columns = [
        "centre_name",
        "acronym",
        "city",
        "country_name",
        "country_iso3",
        "provider_type",
        "courses",
        "level",
        "website",
        "source_url",
        "workbook_cell",
        "centre_id",
    ]
    return rows[columns]


def whole_rows(tables: Tables, found: Found, of: str) -> pd.DataFrame:
    """For a file: everything the tables say of each course or centre found, in codes.

    Columns: `COURSE_COLUMNS` or `CENTRE_COLUMNS`; lists have their codes apart by "; ". Sorted by
    identifier.
    """
    if of == CENTRES:
        return _centres(tables, found)[list(CENTRE_COLUMNS)].sort_values(
            "centre_id", ignore_index=True
        )
    own = [name for name in (*_OF_COURSE, *_PLACE, "centre_id") if name in tables.courses]
    rows = tables.courses[own].assign(
        **{name: _listed(tables, name, column) for name, (_, column) in _LISTS.items()}
    )[found.courses]
    rows = rows.merge(
        _with_country(tables, tables.centres)[[*_OF_COUNTRY, *_OF_CENTRE]],
        on="centre_id",
        how="left",
    )
    return rows[list(COURSE_COLUMNS)].sort_values("course_id", ignore_index=True)


def _listed(tables: Tables, name: str, column: str) -> pd.Series:
    links = getattr(tables, name)
    joined = links.groupby("course_position")[column].agg(SEPARATOR.join)
    return joined.reindex(range(len(tables.courses)), fill_value="").astype("str")


def _centres(tables: Tables, found: Found) -> pd.DataFrame:
    """The centres found, with country, number of courses found and the highest level of these."""
    courses = tables.courses[found.courses]
    by_centre = courses.groupby("centre_id")["level_position"].agg(["size", "min"])
    rows = _with_country(tables, tables.centres[found.centres])
    rows = rows.join(by_centre, on="centre_id")
    levels = dict(enumerate(tables.package.codes("levels")))
    return rows.assign(
        courses=rows["size"].fillna(0).astype("int64"),
        cmcoord_level=rows["min"].map(levels).fillna("").astype("str"),
    ).sort_values(["country_name", "centre_name", "centre_id"], ignore_index=True)


def _with_country(tables: Tables, centres: pd.DataFrame) -> pd.DataFrame:
    return centres.merge(tables.countries[list(_OF_COUNTRY)], on="country_iso3", how="left")


def _labels(tables: Tables, vocabulary: str, codes: Sequence[str] | pd.Series) -> dict[str, str]:
    known = {code: tables.package.label(vocabulary, code) for code in set(codes)}
    return known | {"": ""}
